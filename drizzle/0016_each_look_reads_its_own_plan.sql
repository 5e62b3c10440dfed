DROP INDEX "letters_push_person_id_index";--> statement-breakpoint
DROP INDEX "tasks_deadline_index";--> statement-breakpoint
DROP INDEX "letters_open";--> statement-breakpoint
CREATE INDEX "evidence_entry_id_index" ON "evidence" USING btree ("entry_id");--> statement-breakpoint
CREATE INDEX "follow_ups_plan_id_index" ON "follow_ups" USING btree ("plan_id");--> statement-breakpoint
CREATE INDEX "handovers_plan_id_index" ON "handovers" USING btree ("plan_id");--> statement-breakpoint
CREATE INDEX "letters_unseen" ON "letters" USING btree ("person_id") WHERE seen_at is null;--> statement-breakpoint
CREATE INDEX "letters_plan_id_created_at_index" ON "letters" USING btree ("plan_id","created_at");--> statement-breakpoint
CREATE INDEX "meetings_plan_id_index" ON "meetings" USING btree ("plan_id");--> statement-breakpoint
CREATE INDEX "nodes_indicator_id_index" ON "nodes" USING btree ("indicator_id");--> statement-breakpoint
CREATE INDEX "letters_open" ON "letters" USING btree ("plan_id","robot","due_at") WHERE ended_at is null;