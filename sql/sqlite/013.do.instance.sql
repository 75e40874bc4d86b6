-- The instance: the log of administrative acts, reports of polls, and settings that administrators change.

-- No foreign keys: a line must not lock the rows that it names. Ids are never given again.
CREATE TABLE admin_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  admin_id INTEGER, -- null: a command
  act TEXT NOT NULL CHECK (length(act) <= 20),
  user_id INTEGER,
  question_id INTEGER,
  detail TEXT NOT NULL DEFAULT '' CHECK (length(detail) <= 200),
  create_time TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;
CREATE TRIGGER admin_log_update BEFORE UPDATE ON admin_log BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER admin_log_delete BEFORE DELETE ON admin_log BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

-- Who reported is not stored. No foreign key: a report must not lock the row that votes wait for.
CREATE TABLE report (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  question_id INTEGER NOT NULL,
  reason TEXT NOT NULL CHECK (length(reason) <= 500),
  create_time TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;
CREATE INDEX report_question ON report (question_id);

CREATE TABLE setting (
  name TEXT PRIMARY KEY CHECK (length(name) <= 40),
  value TEXT NOT NULL -- JSON
) STRICT, WITHOUT ROWID;
