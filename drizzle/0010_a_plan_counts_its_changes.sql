-- Whatever is kept of a plan hangs on its version: it rises with every change of tasks, indicators, sections, people or days.
CREATE FUNCTION plan_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE plans SET version = version + 1 WHERE id = coalesce(NEW.plan_id, OLD.plan_id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION plan_changed_by_indicator() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE plans SET version = version + 1
    WHERE id = (SELECT plan_id FROM tasks WHERE id = coalesce(NEW.task_id, OLD.task_id));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER plan_changed AFTER INSERT OR UPDATE OR DELETE ON "sections" FOR EACH ROW EXECUTE FUNCTION plan_changed();
--> statement-breakpoint
CREATE TRIGGER plan_changed AFTER INSERT OR UPDATE OR DELETE ON "people" FOR EACH ROW EXECUTE FUNCTION plan_changed();
--> statement-breakpoint
CREATE TRIGGER plan_changed AFTER INSERT OR UPDATE OR DELETE ON "measures" FOR EACH ROW EXECUTE FUNCTION plan_changed();
--> statement-breakpoint
CREATE TRIGGER plan_changed AFTER INSERT OR UPDATE OR DELETE ON "calendar_days" FOR EACH ROW EXECUTE FUNCTION plan_changed();
--> statement-breakpoint
-- Not where a task stands, nor the head of its chain, which move with every message.
CREATE TRIGGER plan_changed AFTER INSERT OR DELETE OR UPDATE OF "serial", "code", "title", "category", "measure", "leader_id", "section_id", "co_section_ids", "clock", "level", "duty", "merged_with", "retired" ON "tasks" FOR EACH ROW EXECUTE FUNCTION plan_changed();
--> statement-breakpoint
CREATE TRIGGER plan_changed AFTER INSERT OR UPDATE OR DELETE ON "indicators" FOR EACH ROW EXECUTE FUNCTION plan_changed_by_indicator();
