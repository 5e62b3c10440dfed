CREATE TABLE "seals" (
	"plan_id" integer NOT NULL,
	"day" date NOT NULL,
	"heads" jsonb NOT NULL,
	"prev" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "seals_plan_id_day_pk" PRIMARY KEY("plan_id","day")
);
--> statement-breakpoint
ALTER TABLE "seals" ADD CONSTRAINT "seals_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE OR REPLACE FUNCTION entries_stand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% are append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER seals_stand BEFORE UPDATE OR DELETE ON "seals" FOR EACH ROW EXECUTE FUNCTION entries_stand();
--> statement-breakpoint
CREATE TRIGGER seals_stand_whole BEFORE TRUNCATE ON "seals" FOR EACH STATEMENT EXECUTE FUNCTION entries_stand();
