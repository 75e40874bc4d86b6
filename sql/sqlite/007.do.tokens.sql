-- Tokens of programs that act for an account.

CREATE TABLE token (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES user (id),
  token_hash TEXT NOT NULL UNIQUE CHECK (length(token_hash) = 43), -- SHA-256 of the token
  name TEXT NOT NULL CHECK (length(name) <= 40),
  scopes TEXT NOT NULL, -- separated by spaces
  expires_time TEXT,
  used_time TEXT,
  create_time TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;
CREATE INDEX token_user ON token (user_id);
