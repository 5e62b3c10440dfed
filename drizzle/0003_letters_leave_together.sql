CREATE TABLE "slots" (
	"plan_id" integer NOT NULL,
	"push" text NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	CONSTRAINT "slots_plan_id_push_due_at_pk" PRIMARY KEY("plan_id","push","due_at")
);
--> statement-breakpoint
DROP INDEX "letters_state_due_at_index";--> statement-breakpoint
DROP INDEX "letters_open";--> statement-breakpoint
ALTER TABLE "letters" ADD COLUMN "left_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "letters" ADD COLUMN "tried_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "slots" ADD CONSTRAINT "slots_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "letters_robot_tried_at_index" ON "letters" USING btree ("robot","tried_at");--> statement-breakpoint
CREATE INDEX "letters_open" ON "letters" USING btree ("robot","due_at","id") WHERE ended_at is null;--> statement-breakpoint
ALTER TABLE "letters" DROP COLUMN "claimed_at";--> statement-breakpoint
ALTER TABLE "robots" DROP COLUMN "spent";