-- Who sees who voted what, and the keys of anonymous polls.

CREATE TABLE question_key (
  question_id INTEGER PRIMARY KEY REFERENCES question (id),
  secret TEXT NOT NULL CHECK (length(secret) = 43) -- 256 random bits; erased when the poll closes
) STRICT;

ALTER TABLE question ADD COLUMN privacy TEXT NOT NULL DEFAULT 'hidden';
