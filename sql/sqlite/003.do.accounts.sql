-- Disabled accounts, links that set a new password, and whose a session is.

ALTER TABLE user ADD COLUMN disabled_time TEXT;
CREATE INDEX user_is_admin ON user (is_admin) WHERE is_admin = 1;

CREATE TABLE password_reset (
  token_hash TEXT PRIMARY KEY CHECK (length(token_hash) = 43), -- SHA-256 of the token in the link
  user_id INTEGER NOT NULL REFERENCES user (id),
  expires_time TEXT NOT NULL,
  used_time TEXT -- when it was used, or replaced by another one
) STRICT, WITHOUT ROWID;
CREATE INDEX password_reset_user ON password_reset (user_id);

ALTER TABLE session ADD COLUMN user_id INTEGER;
UPDATE session SET user_id = json_extract(data, '$.userId') WHERE json_valid(data);
CREATE INDEX session_user ON session (user_id);
