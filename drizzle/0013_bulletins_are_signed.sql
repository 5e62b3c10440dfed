ALTER TABLE "bulletins" ADD COLUMN "enclosed" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "bulletins" ADD COLUMN "released_on" date;--> statement-breakpoint
ALTER TABLE "bulletins" ADD COLUMN "correction_entry_id" bigint;--> statement-breakpoint
ALTER TABLE "bulletins" ADD COLUMN "correction_signed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "bulletins" ADD CONSTRAINT "bulletins_correction_entry_id_entries_id_fk" FOREIGN KEY ("correction_entry_id") REFERENCES "public"."entries"("id") ON DELETE no action ON UPDATE no action;