-- Webhooks: what is sent where, the last state of each poll that was told, and what is still to be sent.

CREATE TABLE webhook (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES user (id),
  question_id INTEGER REFERENCES question (id), -- null: every poll of the user
  url TEXT NOT NULL CHECK (length(url) <= 1000),
  events TEXT NOT NULL, -- separated by spaces
  format TEXT NOT NULL,
  secret TEXT NOT NULL,
  disabled_time TEXT,
  failure TEXT CHECK (length(failure) <= 200), -- why the last attempt failed
  create_time TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;
CREATE INDEX webhook_user ON webhook (user_id);
CREATE INDEX webhook_question ON webhook (question_id);

CREATE TABLE webhook_state (
  webhook_id INTEGER NOT NULL REFERENCES webhook (id),
  question_id INTEGER NOT NULL REFERENCES question (id),
  revision INTEGER NOT NULL,
  tally_version INTEGER NOT NULL,
  open INTEGER NOT NULL,
  reopened_time TEXT,
  tally_time TEXT, -- when the last tally was told
  PRIMARY KEY (webhook_id, question_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE webhook_delivery (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  webhook_id INTEGER NOT NULL REFERENCES webhook (id),
  type TEXT NOT NULL,
  payload TEXT NOT NULL, -- JSON
  attempt INTEGER NOT NULL DEFAULT 0,
  next_time TEXT NOT NULL
) STRICT;
CREATE INDEX webhook_delivery_next ON webhook_delivery (next_time);
CREATE INDEX webhook_delivery_webhook ON webhook_delivery (webhook_id);
