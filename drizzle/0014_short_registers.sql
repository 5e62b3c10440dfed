CREATE TABLE "register_rows" (
	"id" serial PRIMARY KEY NOT NULL,
	"plan_id" integer NOT NULL,
	"register" text NOT NULL,
	"number" integer NOT NULL,
	"entry_id" bigint NOT NULL,
	"section_id" integer,
	"education" boolean DEFAULT false NOT NULL,
	"day" date NOT NULL,
	"due" date,
	"done_entry_id" bigint,
	CONSTRAINT "register_rows_plan_id_register_number_unique" UNIQUE("plan_id","register","number")
);
--> statement-breakpoint
ALTER TABLE "register_rows" ADD CONSTRAINT "register_rows_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "register_rows" ADD CONSTRAINT "register_rows_entry_id_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "register_rows" ADD CONSTRAINT "register_rows_section_id_sections_id_fk" FOREIGN KEY ("section_id") REFERENCES "public"."sections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "register_rows" ADD CONSTRAINT "register_rows_done_entry_id_entries_id_fk" FOREIGN KEY ("done_entry_id") REFERENCES "public"."entries"("id") ON DELETE no action ON UPDATE no action;