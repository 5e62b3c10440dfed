CREATE TABLE "accounts" (
	"platform" text NOT NULL,
	"account" text NOT NULL,
	"person_id" integer NOT NULL,
	"bound_at" timestamp with time zone NOT NULL,
	"spoke_at" timestamp with time zone,
	CONSTRAINT "accounts_platform_account_pk" PRIMARY KEY("platform","account")
);
--> statement-breakpoint
CREATE TABLE "attempts" (
	"id" serial PRIMARY KEY NOT NULL,
	"platform" text NOT NULL,
	"account" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "baselines" (
	"indicator_id" integer PRIMARY KEY NOT NULL,
	"posting_id" bigint NOT NULL,
	"source" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bulletins" (
	"id" serial PRIMARY KEY NOT NULL,
	"plan_id" integer NOT NULL,
	"period" text NOT NULL,
	"frozen_at" timestamp with time zone NOT NULL,
	"figures" jsonb NOT NULL,
	"state" text NOT NULL,
	"entry_id" bigint NOT NULL,
	CONSTRAINT "bulletins_plan_id_period_unique" UNIQUE("plan_id","period")
);
--> statement-breakpoint
CREATE TABLE "calendar_days" (
	"plan_id" integer NOT NULL,
	"day" date NOT NULL,
	"kind" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "calendar_days_plan_id_day_pk" PRIMARY KEY("plan_id","day")
);
--> statement-breakpoint
CREATE TABLE "categories" (
	"id" serial PRIMARY KEY NOT NULL,
	"plan_id" integer NOT NULL,
	"code" text NOT NULL,
	"title" text NOT NULL,
	CONSTRAINT "categories_plan_id_code_unique" UNIQUE("plan_id","code")
);
--> statement-breakpoint
CREATE TABLE "closeouts" (
	"id" serial PRIMARY KEY NOT NULL,
	"task_id" integer NOT NULL,
	"requested_entry_id" bigint NOT NULL,
	"missing" jsonb NOT NULL,
	"insisted" boolean DEFAULT false NOT NULL,
	"steps" jsonb NOT NULL,
	"outcome" text
);
--> statement-breakpoint
CREATE TABLE "conversations" (
	"person_id" integer NOT NULL,
	"chat" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"last_task" text,
	"rest" jsonb,
	"question" jsonb,
	CONSTRAINT "conversations_person_id_chat_pk" PRIMARY KEY("person_id","chat")
);
--> statement-breakpoint
CREATE TABLE "entries" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"plan_id" integer NOT NULL,
	"task_id" integer,
	"chain" text NOT NULL,
	"seq" integer NOT NULL,
	"act" text NOT NULL,
	"person_id" integer,
	"for_person_id" integer,
	"platform" text,
	"chat" text,
	"message_id" text,
	"at" timestamp with time zone NOT NULL,
	"detail" jsonb NOT NULL,
	"words_hash" text,
	"prev" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "entries_plan_id_chain_seq_unique" UNIQUE("plan_id","chain","seq")
);
--> statement-breakpoint
CREATE TABLE "evidence" (
	"id" serial PRIMARY KEY NOT NULL,
	"indicator_id" integer NOT NULL,
	"entry_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"dated_on" date,
	"kept_at" text NOT NULL,
	"file_hash" text
);
--> statement-breakpoint
CREATE TABLE "extensions" (
	"id" serial PRIMARY KEY NOT NULL,
	"task_id" integer NOT NULL,
	"asked_entry_id" bigint NOT NULL,
	"decided_entry_id" bigint,
	"from_day" date NOT NULL,
	"to_day" date NOT NULL,
	"late" boolean NOT NULL,
	"granted" boolean
);
--> statement-breakpoint
CREATE TABLE "facts" (
	"name" text NOT NULL,
	"value" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "follow_ups" (
	"id" serial PRIMARY KEY NOT NULL,
	"plan_id" integer NOT NULL,
	"task_id" integer,
	"meeting_id" integer,
	"entry_id" bigint NOT NULL,
	"owner_id" integer,
	"due" date,
	"done_entry_id" bigint
);
--> statement-breakpoint
CREATE TABLE "groups" (
	"id" serial PRIMARY KEY NOT NULL,
	"plan_id" integer NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"platform" text NOT NULL,
	"chat_id" text NOT NULL,
	"audience" text NOT NULL,
	"section_id" integer,
	"sealed_address" text,
	"sealed_secret" text,
	"paused_by" integer,
	"paused_at" timestamp with time zone,
	"gone" text,
	CONSTRAINT "groups_plan_id_code_unique" UNIQUE("plan_id","code"),
	CONSTRAINT "groups_platform_chat_id_unique" UNIQUE("platform","chat_id")
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"platform" text NOT NULL,
	"bot" text NOT NULL,
	"message_id" text NOT NULL,
	"sender" text NOT NULL,
	"chat" text NOT NULL,
	"person_id" integer,
	"at" timestamp with time zone NOT NULL,
	"proof" text NOT NULL,
	"reply" jsonb,
	CONSTRAINT "inbox_platform_bot_message_id_sender_pk" PRIMARY KEY("platform","bot","message_id","sender")
);
--> statement-breakpoint
CREATE TABLE "indicators" (
	"id" serial PRIMARY KEY NOT NULL,
	"task_id" integer NOT NULL,
	"code" text NOT NULL,
	"label" text NOT NULL,
	"aliases" text[] NOT NULL,
	"unit" text NOT NULL,
	"unit_aliases" text[] NOT NULL,
	"comparator" text NOT NULL,
	"target" numeric(18, 4) NOT NULL,
	"target_high" numeric(18, 4),
	"clock" text NOT NULL,
	"subject" text NOT NULL,
	"class" text NOT NULL,
	"kind" text NOT NULL,
	"level" text,
	"preset" boolean DEFAULT false NOT NULL,
	"explicit" boolean DEFAULT false NOT NULL,
	"ratio" jsonb,
	"retired" boolean DEFAULT false NOT NULL,
	CONSTRAINT "indicators_task_id_code_unique" UNIQUE("task_id","code")
);
--> statement-breakpoint
CREATE TABLE "invites" (
	"hash" text PRIMARY KEY NOT NULL,
	"plan_id" integer NOT NULL,
	"person_id" integer,
	"audience" text,
	"section_id" integer,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "letters" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"plan_id" integer NOT NULL,
	"key" text NOT NULL,
	"push" text NOT NULL,
	"platform" text NOT NULL,
	"group_id" integer,
	"person_id" integer,
	"account" text,
	"robot" text NOT NULL,
	"reply" jsonb NOT NULL,
	"tasks" text[] NOT NULL,
	"marks" text[] NOT NULL,
	"uuid" text NOT NULL,
	"once" boolean DEFAULT false NOT NULL,
	"quiet" boolean DEFAULT true NOT NULL,
	"state" text NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"again" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"claimed_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"why" text,
	"seen_at" timestamp with time zone,
	CONSTRAINT "letters_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "lights" (
	"id" serial PRIMARY KEY NOT NULL,
	"task_id" integer NOT NULL,
	"light" text NOT NULL,
	"day" date NOT NULL,
	CONSTRAINT "lights_task_id_day_unique" UNIQUE("task_id","day")
);
--> statement-breakpoint
CREATE TABLE "listings" (
	"id" serial PRIMARY KEY NOT NULL,
	"task_id" integer NOT NULL,
	"proposed_entry_id" bigint NOT NULL,
	"ordered_entry_id" bigint,
	"lifted_entry_id" bigint,
	"ordered_on" date,
	"term" date,
	"lifted_on" date
);
--> statement-breakpoint
CREATE TABLE "lookbacks" (
	"id" serial PRIMARY KEY NOT NULL,
	"task_id" integer NOT NULL,
	"entry_id" bigint NOT NULL,
	"result" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "measures" (
	"id" serial PRIMARY KEY NOT NULL,
	"plan_id" integer NOT NULL,
	"code" text NOT NULL,
	"title" text NOT NULL,
	"category" text NOT NULL,
	CONSTRAINT "measures_plan_id_code_unique" UNIQUE("plan_id","code")
);
--> statement-breakpoint
CREATE TABLE "meetings" (
	"id" serial PRIMARY KEY NOT NULL,
	"plan_id" integer NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"place" text NOT NULL,
	"held_entry_id" bigint,
	"people" integer,
	"minutes" integer
);
--> statement-breakpoint
CREATE TABLE "nodes" (
	"id" serial PRIMARY KEY NOT NULL,
	"indicator_id" integer NOT NULL,
	"due" date NOT NULL,
	"value" numeric(18, 4) NOT NULL,
	"entry_id" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" serial PRIMARY KEY NOT NULL,
	"plan_id" integer NOT NULL,
	"name" text NOT NULL,
	"post" text NOT NULL,
	"address" text NOT NULL,
	"section_id" integer NOT NULL,
	"roles" text[] NOT NULL,
	"rank" integer NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "people_plan_id_name_unique" UNIQUE("plan_id","name")
);
--> statement-breakpoint
CREATE TABLE "plans" (
	"id" serial PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"title" text NOT NULL,
	"org" text NOT NULL,
	"year" integer NOT NULL,
	"starts" date NOT NULL,
	"ends" date NOT NULL,
	"since" date NOT NULL,
	"time_zone" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"settings" jsonb NOT NULL,
	"contact" jsonb NOT NULL,
	"sample" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"head_seq" integer DEFAULT 0 NOT NULL,
	"head_hash" text DEFAULT '' NOT NULL,
	CONSTRAINT "plans_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "postings" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"entry_id" bigint NOT NULL,
	"indicator_id" integer NOT NULL,
	"person_id" integer,
	"period" text NOT NULL,
	"happened_on" date NOT NULL,
	"op" text NOT NULL,
	"value" numeric(18, 4),
	"part" numeric(18, 4),
	"facet" text,
	"confirmed" boolean NOT NULL,
	"withdrawn_by" bigint
);
--> statement-breakpoint
CREATE TABLE "quarantine" (
	"id" serial PRIMARY KEY NOT NULL,
	"platform" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"reason" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "robots" (
	"robot" text PRIMARY KEY NOT NULL,
	"spent" jsonb NOT NULL,
	"paused_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "sections" (
	"id" serial PRIMARY KEY NOT NULL,
	"plan_id" integer NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"aliases" text[] NOT NULL,
	"rank" integer NOT NULL,
	"retired" boolean DEFAULT false NOT NULL,
	CONSTRAINT "sections_plan_id_code_unique" UNIQUE("plan_id","code")
);
--> statement-breakpoint
CREATE TABLE "tasks" (
	"id" serial PRIMARY KEY NOT NULL,
	"plan_id" integer NOT NULL,
	"serial" integer,
	"code" text NOT NULL,
	"title" text NOT NULL,
	"category" text,
	"measure" text,
	"leader_id" integer,
	"section_id" integer,
	"co_section_ids" integer[] NOT NULL,
	"deadline" date,
	"clock" text NOT NULL,
	"level" text NOT NULL,
	"standard" text NOT NULL,
	"duty" boolean DEFAULT false NOT NULL,
	"merged_with" text,
	"source_text" text DEFAULT '' NOT NULL,
	"source_place" text DEFAULT '' NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"submitted_on" date,
	"closed_on" date,
	"retired" boolean DEFAULT false NOT NULL,
	"head_seq" integer DEFAULT 0 NOT NULL,
	"head_hash" text DEFAULT '' NOT NULL,
	CONSTRAINT "tasks_plan_id_code_unique" UNIQUE("plan_id","code")
);
--> statement-breakpoint
CREATE TABLE "words" (
	"entry_id" bigint PRIMARY KEY NOT NULL,
	"salt" text NOT NULL,
	"text" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "baselines" ADD CONSTRAINT "baselines_indicator_id_indicators_id_fk" FOREIGN KEY ("indicator_id") REFERENCES "public"."indicators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "baselines" ADD CONSTRAINT "baselines_posting_id_postings_id_fk" FOREIGN KEY ("posting_id") REFERENCES "public"."postings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletins" ADD CONSTRAINT "bulletins_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletins" ADD CONSTRAINT "bulletins_entry_id_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_days" ADD CONSTRAINT "calendar_days_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "categories" ADD CONSTRAINT "categories_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "closeouts" ADD CONSTRAINT "closeouts_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."tasks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "closeouts" ADD CONSTRAINT "closeouts_requested_entry_id_entries_id_fk" FOREIGN KEY ("requested_entry_id") REFERENCES "public"."entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entries_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entries_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."tasks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entries_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entries_for_person_id_people_id_fk" FOREIGN KEY ("for_person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_indicator_id_indicators_id_fk" FOREIGN KEY ("indicator_id") REFERENCES "public"."indicators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_entry_id_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "extensions" ADD CONSTRAINT "extensions_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."tasks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "extensions" ADD CONSTRAINT "extensions_asked_entry_id_entries_id_fk" FOREIGN KEY ("asked_entry_id") REFERENCES "public"."entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "extensions" ADD CONSTRAINT "extensions_decided_entry_id_entries_id_fk" FOREIGN KEY ("decided_entry_id") REFERENCES "public"."entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."tasks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_entry_id_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_owner_id_people_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_done_entry_id_entries_id_fk" FOREIGN KEY ("done_entry_id") REFERENCES "public"."entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "groups" ADD CONSTRAINT "groups_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "groups" ADD CONSTRAINT "groups_section_id_sections_id_fk" FOREIGN KEY ("section_id") REFERENCES "public"."sections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "groups" ADD CONSTRAINT "groups_paused_by_people_id_fk" FOREIGN KEY ("paused_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbox" ADD CONSTRAINT "inbox_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicators" ADD CONSTRAINT "indicators_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."tasks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invites" ADD CONSTRAINT "invites_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invites" ADD CONSTRAINT "invites_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invites" ADD CONSTRAINT "invites_section_id_sections_id_fk" FOREIGN KEY ("section_id") REFERENCES "public"."sections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "letters" ADD CONSTRAINT "letters_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "letters" ADD CONSTRAINT "letters_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "letters" ADD CONSTRAINT "letters_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lights" ADD CONSTRAINT "lights_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."tasks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "listings" ADD CONSTRAINT "listings_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."tasks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "listings" ADD CONSTRAINT "listings_proposed_entry_id_entries_id_fk" FOREIGN KEY ("proposed_entry_id") REFERENCES "public"."entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "listings" ADD CONSTRAINT "listings_ordered_entry_id_entries_id_fk" FOREIGN KEY ("ordered_entry_id") REFERENCES "public"."entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "listings" ADD CONSTRAINT "listings_lifted_entry_id_entries_id_fk" FOREIGN KEY ("lifted_entry_id") REFERENCES "public"."entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lookbacks" ADD CONSTRAINT "lookbacks_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."tasks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lookbacks" ADD CONSTRAINT "lookbacks_entry_id_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "measures" ADD CONSTRAINT "measures_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_held_entry_id_entries_id_fk" FOREIGN KEY ("held_entry_id") REFERENCES "public"."entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "nodes" ADD CONSTRAINT "nodes_indicator_id_indicators_id_fk" FOREIGN KEY ("indicator_id") REFERENCES "public"."indicators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_section_id_sections_id_fk" FOREIGN KEY ("section_id") REFERENCES "public"."sections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_entry_id_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_indicator_id_indicators_id_fk" FOREIGN KEY ("indicator_id") REFERENCES "public"."indicators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_withdrawn_by_entries_id_fk" FOREIGN KEY ("withdrawn_by") REFERENCES "public"."entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sections" ADD CONSTRAINT "sections_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_leader_id_people_id_fk" FOREIGN KEY ("leader_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_section_id_sections_id_fk" FOREIGN KEY ("section_id") REFERENCES "public"."sections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "words" ADD CONSTRAINT "words_entry_id_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "accounts_person_id_index" ON "accounts" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "attempts_platform_account_at_index" ON "attempts" USING btree ("platform","account","at");--> statement-breakpoint
CREATE INDEX "closeouts_task_id_index" ON "closeouts" USING btree ("task_id");--> statement-breakpoint
CREATE INDEX "entries_task_id_index" ON "entries" USING btree ("task_id");--> statement-breakpoint
CREATE INDEX "entries_person_id_at_index" ON "entries" USING btree ("person_id","at");--> statement-breakpoint
CREATE INDEX "evidence_indicator_id_index" ON "evidence" USING btree ("indicator_id");--> statement-breakpoint
CREATE INDEX "extensions_task_id_index" ON "extensions" USING btree ("task_id");--> statement-breakpoint
CREATE UNIQUE INDEX "facts_name_index" ON "facts" USING btree ("name");--> statement-breakpoint
CREATE INDEX "inbox_proof_index" ON "inbox" USING btree ("proof");--> statement-breakpoint
CREATE INDEX "letters_state_due_at_index" ON "letters" USING btree ("state","due_at");--> statement-breakpoint
CREATE INDEX "letters_open" ON "letters" USING btree ("robot","due_at","id") WHERE state in ('pending', 'waiting', 'sending');--> statement-breakpoint
CREATE INDEX "letters_push_person_id_index" ON "letters" USING btree ("push","person_id");--> statement-breakpoint
CREATE INDEX "listings_task_id_index" ON "listings" USING btree ("task_id");--> statement-breakpoint
CREATE INDEX "lookbacks_task_id_index" ON "lookbacks" USING btree ("task_id");--> statement-breakpoint
CREATE INDEX "postings_indicator_id_index" ON "postings" USING btree ("indicator_id");--> statement-breakpoint
CREATE INDEX "postings_entry_id_index" ON "postings" USING btree ("entry_id");--> statement-breakpoint
CREATE INDEX "tasks_deadline_index" ON "tasks" USING btree ("deadline");