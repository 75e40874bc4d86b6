-- What a ballot has once is stored in its first row (slot 0): revision, receipt, name and time. Older ballots have a receipt
-- and a time in every row. SQLite cannot change a column: the table is copied.

CREATE TABLE vote_copy (
  question_id INTEGER NOT NULL,
  voter TEXT NOT NULL CHECK (length(voter) <= 64), -- u: an account, b: a browser
  slot INTEGER NOT NULL, -- 0 is the guard: one ballot a voter
  choice_id INTEGER NOT NULL,
  value INTEGER,
  revision INTEGER NOT NULL DEFAULT 1,
  receipt TEXT CHECK (length(receipt) = 22), -- 128 random bits of the cast that wrote it
  name TEXT CHECK (length(name) <= 40),
  cast_time TEXT,
  PRIMARY KEY (question_id, voter, slot),
  FOREIGN KEY (question_id, choice_id) REFERENCES choice (question_id, id),
  CHECK (slot > 0 OR (receipt IS NOT NULL AND cast_time IS NOT NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO vote_copy SELECT question_id, voter, slot, choice_id, value, revision, receipt, name, cast_time FROM vote;
DROP TABLE vote;
ALTER TABLE vote_copy RENAME TO vote;
CREATE INDEX vote_choice ON vote (question_id, choice_id);
