-- Of two that stand on one day the later one holds.
DELETE FROM "nodes" "one" USING "nodes" "other" WHERE "one"."indicator_id" = "other"."indicator_id" AND "one"."due" = "other"."due" AND "one"."id" < "other"."id";--> statement-breakpoint
DROP INDEX "nodes_indicator_id_index";--> statement-breakpoint
ALTER TABLE "nodes" ADD CONSTRAINT "nodes_indicator_id_due_unique" UNIQUE("indicator_id","due");