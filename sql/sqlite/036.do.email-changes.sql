-- New e-mail addresses that wait until they are confirmed: one an account.

CREATE TABLE email_change (
  user_id INTEGER PRIMARY KEY REFERENCES user (id),
  token_hash TEXT NOT NULL CHECK (length(token_hash) = 43), -- SHA-256 of the token in the link
  email TEXT NOT NULL,
  expires_time TEXT NOT NULL
) STRICT;
CREATE INDEX email_change_expires ON email_change (expires_time);
