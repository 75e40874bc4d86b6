-- Registrations that wait until their e-mail address is confirmed.

CREATE TABLE pending_account (
  token_hash TEXT PRIMARY KEY CHECK (length(token_hash) = 43), -- SHA-256 of the token in the link
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  phone TEXT,
  password TEXT NOT NULL, -- hash
  next TEXT NOT NULL, -- the page that the account is for
  expires_time TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX pending_account_expires ON pending_account (expires_time);
