-- Mail that is still to be sent. A row is deleted when it was sent.

CREATE TABLE mail (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  user_id INTEGER REFERENCES user (id), -- whose mail it is; null: the address alone is known
  invitation_id INTEGER REFERENCES account_invitation (id), -- the invitation that it brings
  recipient TEXT NOT NULL CHECK (length(recipient) <= 320), -- e-mail address
  locale TEXT, -- null: the language of the site
  payload TEXT NOT NULL, -- JSON, with links that are secrets
  attempt INTEGER NOT NULL DEFAULT 0,
  next_time TEXT, -- null: given up; then recipient and payload are erased
  failure TEXT CHECK (length(failure) <= 200), -- why the last attempt failed
  create_time TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;
CREATE INDEX mail_next ON mail (next_time);
CREATE INDEX mail_user ON mail (user_id);
CREATE INDEX mail_invitation ON mail (invitation_id);
