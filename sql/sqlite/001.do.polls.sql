-- Users, questions, choices, votes and sessions. Times are UTC as 'YYYY-MM-DD HH:MM:SS'.
-- A statement ends with a semicolon at the end of a line.

CREATE TABLE user (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  delete_flag INTEGER NOT NULL DEFAULT 0,
  name TEXT NOT NULL CHECK (length(name) <= 40),
  email TEXT NOT NULL UNIQUE CHECK (length(email) <= 254),
  phone TEXT UNIQUE CHECK (length(phone) <= 16), -- E.164
  password TEXT NOT NULL, -- argon2id; empty: cannot sign in
  locale TEXT,
  is_admin INTEGER NOT NULL DEFAULT 0,
  session_epoch INTEGER NOT NULL DEFAULT 0, -- a session is valid while it bears this number
  create_time TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;

CREATE TABLE question (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  delete_flag INTEGER NOT NULL DEFAULT 0,
  user_id INTEGER NOT NULL REFERENCES user (id),
  slug TEXT NOT NULL UNIQUE CHECK (length(slug) <= 40),
  question_text TEXT NOT NULL CHECK (length(question_text) <= 200),
  description TEXT NOT NULL DEFAULT '' CHECK (length(description) <= 2000),
  kind TEXT NOT NULL DEFAULT 'single',
  min_choices INTEGER NOT NULL DEFAULT 1,
  max_choices INTEGER NOT NULL DEFAULT 1,
  audience TEXT NOT NULL DEFAULT 'link',
  results TEXT NOT NULL DEFAULT 'always',
  revote INTEGER NOT NULL DEFAULT 1,
  listed INTEGER NOT NULL DEFAULT 0,
  close_time TEXT, -- when it closes by itself
  closed_time TEXT, -- when it was closed by hand
  revision INTEGER NOT NULL DEFAULT 1, -- edits; its choices change only with it
  tally_version INTEGER NOT NULL DEFAULT 0, -- every change of the tally
  voters INTEGER NOT NULL DEFAULT 0, -- counter: votes with slot 0
  create_time TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;
CREATE INDEX question_user ON question (user_id);
CREATE INDEX question_listed ON question (listed, delete_flag, id);

CREATE TABLE choice (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  delete_flag INTEGER NOT NULL DEFAULT 0, -- retired: no new votes
  question_id INTEGER NOT NULL REFERENCES question (id),
  position INTEGER NOT NULL,
  choice_text TEXT NOT NULL CHECK (length(choice_text) <= 200),
  votes INTEGER NOT NULL DEFAULT 0, -- counter: votes with this choice
  create_time TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (question_id, id)
) STRICT;

-- The composite key to choice makes a vote for another question's choice impossible to store.
CREATE TABLE vote (
  question_id INTEGER NOT NULL,
  voter TEXT NOT NULL CHECK (length(voter) <= 64), -- u: an account, b: a browser
  slot INTEGER NOT NULL, -- 0 is the guard: one ballot a voter
  choice_id INTEGER NOT NULL,
  receipt TEXT NOT NULL CHECK (length(receipt) = 22), -- 128 random bits of the cast that wrote it
  cast_time TEXT NOT NULL,
  PRIMARY KEY (question_id, voter, slot),
  FOREIGN KEY (question_id, choice_id) REFERENCES choice (question_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX vote_choice ON vote (question_id, choice_id);

-- Sessions of the embedded mode; with Redis configured they live there. Without data: a tombstone.
CREATE TABLE session (
  id TEXT PRIMARY KEY,
  data TEXT,
  expires INTEGER NOT NULL -- milliseconds since 1970
) STRICT, WITHOUT ROWID;
CREATE INDEX session_expires ON session (expires);
