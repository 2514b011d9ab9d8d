-- Every node looks for overdue notices all the time, with a statement that mostly changes no row, and forgot the answers that it kept each
-- time. Told is what partners can read of a notice, row by row; when the newsroom was told of it is the newsroom's alone.
DROP TRIGGER "Notice_public_changed" ON "Notice";
CREATE TRIGGER "Notice_public_changed" AFTER INSERT OR DELETE ON "Notice" FOR EACH ROW EXECUTE FUNCTION "tell_public_changed"();
CREATE TRIGGER "Notice_public_updated" AFTER UPDATE ON "Notice" FOR EACH ROW
  WHEN (to_jsonb(OLD) - 'overdueToldAt' IS DISTINCT FROM to_jsonb(NEW) - 'overdueToldAt') EXECUTE FUNCTION "tell_public_changed"();
