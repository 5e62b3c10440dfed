CREATE TABLE "file_requests" (
	"id" serial PRIMARY KEY NOT NULL,
	"plan_id" integer NOT NULL,
	"codes" text[] NOT NULL,
	"letter" text NOT NULL,
	"body" text NOT NULL,
	"handler" text NOT NULL,
	"asked_entry_id" bigint NOT NULL,
	"asked_by" integer NOT NULL,
	"decided_entry_id" bigint,
	"granted" boolean,
	"paper_ids" integer[] NOT NULL
);
--> statement-breakpoint
ALTER TABLE "file_requests" ADD CONSTRAINT "file_requests_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file_requests" ADD CONSTRAINT "file_requests_asked_entry_id_entries_id_fk" FOREIGN KEY ("asked_entry_id") REFERENCES "public"."entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file_requests" ADD CONSTRAINT "file_requests_asked_by_people_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file_requests" ADD CONSTRAINT "file_requests_decided_entry_id_entries_id_fk" FOREIGN KEY ("decided_entry_id") REFERENCES "public"."entries"("id") ON DELETE no action ON UPDATE no action;