ALTER TABLE "listings" ADD COLUMN "refused_entry_id" bigint;--> statement-breakpoint
ALTER TABLE "listings" ADD COLUMN "lift_proposed_entry_id" bigint;--> statement-breakpoint
ALTER TABLE "listings" ADD CONSTRAINT "listings_refused_entry_id_entries_id_fk" FOREIGN KEY ("refused_entry_id") REFERENCES "public"."entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "listings" ADD CONSTRAINT "listings_lift_proposed_entry_id_entries_id_fk" FOREIGN KEY ("lift_proposed_entry_id") REFERENCES "public"."entries"("id") ON DELETE no action ON UPDATE no action;