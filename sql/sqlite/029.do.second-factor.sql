-- The second factor of accounts: a secret for codes by time, and recovery codes. A used recovery code is deleted.

CREATE TABLE recovery_code (
  user_id INTEGER NOT NULL REFERENCES user (id),
  code_hash TEXT NOT NULL CHECK (length(code_hash) <= 43),
  PRIMARY KEY (user_id, code_hash)
) STRICT, WITHOUT ROWID;

-- Encrypted. Null: no second factor.
ALTER TABLE user ADD COLUMN totp_secret TEXT CHECK (length(totp_secret) <= 255);
-- Of the last accepted code, in units of 30 seconds since 1970.
ALTER TABLE user ADD COLUMN totp_step INTEGER NOT NULL DEFAULT 0;
