-- Polls of guests: without an account, managed by a secret link.

CREATE TABLE question_manager (
  question_id INTEGER PRIMARY KEY REFERENCES question (id),
  token_hash TEXT NOT NULL UNIQUE
) STRICT;

-- The owner may be missing: made by a guest, see question_manager. The column is copied, because this engine changes none.
DROP INDEX question_user;
ALTER TABLE question ADD COLUMN owner_id INTEGER REFERENCES user (id);
UPDATE question SET owner_id = user_id;
ALTER TABLE question DROP COLUMN user_id;
ALTER TABLE question RENAME COLUMN owner_id TO user_id;
CREATE INDEX question_user ON question (user_id);
