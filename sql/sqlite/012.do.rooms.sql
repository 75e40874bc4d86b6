-- Rooms: polls that are shown one after the other, and the right options of a quiz.

CREATE TABLE room (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES user (id),
  title TEXT NOT NULL CHECK (length(title) <= 100),
  code TEXT UNIQUE CHECK (length(code) = 6), -- digits; null: the room is closed
  active_id INTEGER REFERENCES question (id), -- the question that is shown now
  show_count INTEGER NOT NULL DEFAULT 1, -- its screen shows the number of votes of a hidden result
  create_time TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;
CREATE INDEX room_user ON room (user_id);
CREATE INDEX room_active ON room (active_id);

CREATE TABLE room_question (
  room_id INTEGER NOT NULL REFERENCES room (id),
  question_id INTEGER NOT NULL REFERENCES question (id),
  position INTEGER NOT NULL,
  PRIMARY KEY (room_id, question_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX room_question_question ON room_question (question_id);

ALTER TABLE choice ADD COLUMN correct INTEGER NOT NULL DEFAULT 0; -- the right answer of a quiz, told when the poll is closed
