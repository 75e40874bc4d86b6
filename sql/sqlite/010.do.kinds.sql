-- How ranked polls are counted, the points of a ballot, and the counter of what `choice.votes` cannot add up.

-- Ballots with this item. `12=5`: choice 12 with the value 5. `>9>5`: the ranking 9 before 5.
CREATE TABLE tally (
  question_id INTEGER NOT NULL REFERENCES question (id),
  item TEXT NOT NULL CHECK (length(item) <= 250),
  votes INTEGER NOT NULL,
  PRIMARY KEY (question_id, item)
) STRICT, WITHOUT ROWID;

ALTER TABLE question ADD COLUMN count_method TEXT;
ALTER TABLE question ADD COLUMN budget INTEGER;
