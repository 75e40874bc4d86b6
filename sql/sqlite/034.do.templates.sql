-- Templates: polls without votes that accounts have saved, for the form of a new poll.

CREATE TABLE poll_template (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES user (id),
  name TEXT NOT NULL CHECK (length(name) <= 200),
  poll TEXT NOT NULL, -- JSON: a body of POST /questions
  create_time TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;
CREATE INDEX poll_template_user ON poll_template (user_id);
