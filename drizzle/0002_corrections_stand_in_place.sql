ALTER TABLE "evidence" ADD COLUMN "withdrawn_by" bigint;--> statement-breakpoint
ALTER TABLE "postings" ADD COLUMN "place" bigint;--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_withdrawn_by_entries_id_fk" FOREIGN KEY ("withdrawn_by") REFERENCES "public"."entries"("id") ON DELETE no action ON UPDATE no action;