-- What was changed in a poll after its first vote. Lines are only added.

-- No foreign keys: a line must not lock the rows that it names.
CREATE TABLE question_edit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  question_id INTEGER NOT NULL,
  revision INTEGER NOT NULL, -- of the poll after the edit
  act TEXT NOT NULL CHECK (length(act) <= 20),
  choice_id INTEGER, -- the option that it is about
  "before" TEXT CHECK (length("before") <= 2000),
  "after" TEXT CHECK (length("after") <= 2000),
  create_time TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;
CREATE INDEX question_edit_question ON question_edit (question_id, id);
CREATE TRIGGER question_edit_update BEFORE UPDATE ON question_edit BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;
CREATE TRIGGER question_edit_delete BEFORE DELETE ON question_edit BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;

ALTER TABLE question ADD COLUMN edits INTEGER NOT NULL DEFAULT 0; -- lines of its history
