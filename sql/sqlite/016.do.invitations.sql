-- Invitations to register: links of administrators.

CREATE TABLE account_invitation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  token_hash TEXT NOT NULL UNIQUE CHECK (length(token_hash) = 43),
  create_time TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
  expires_time TEXT NOT NULL,
  used_time TEXT,
  user_id INTEGER -- the account that was made with it; no foreign key: it may be deleted later
) STRICT;
