-- Entries are append-only: the database itself refuses to change or remove one.
CREATE FUNCTION entries_stand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'entries are append-only' USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER entries_stand BEFORE UPDATE OR DELETE ON "entries" FOR EACH ROW EXECUTE FUNCTION entries_stand();
--> statement-breakpoint
CREATE TRIGGER entries_stand_whole BEFORE TRUNCATE ON "entries" FOR EACH STATEMENT EXECUTE FUNCTION entries_stand();
