-- Polls that are deleted a number of days after they closed, with their history.

ALTER TABLE question ADD COLUMN retention_days INTEGER; -- null: kept
CREATE INDEX question_retention ON question (retention_days) WHERE retention_days IS NOT NULL;

-- A line of the history goes with its poll alone, and a deleted poll stays deleted.
DROP TRIGGER question_edit_delete;
CREATE TRIGGER question_edit_delete BEFORE DELETE ON question_edit WHEN EXISTS (SELECT 1 FROM question WHERE id = OLD.question_id AND delete_flag = 0) BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;
CREATE TRIGGER question_undelete BEFORE UPDATE OF delete_flag ON question WHEN OLD.delete_flag <> 0 AND NEW.delete_flag = 0 BEGIN SELECT RAISE(ABORT, 'a deleted poll stays deleted'); END;
