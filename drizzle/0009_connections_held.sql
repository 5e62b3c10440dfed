CREATE TABLE "leases" (
	"name" text PRIMARY KEY NOT NULL,
	"term" integer NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"why" text,
	"since" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "met_chats" (
	"chat" text PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "inbox" ADD COLUMN "answered_at" timestamp with time zone;