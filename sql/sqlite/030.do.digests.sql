-- Accounts that want a mail a day about their polls.

CREATE TABLE mail_digest (
  user_id INTEGER PRIMARY KEY REFERENCES user (id),
  told TEXT NOT NULL, -- JSON: voters and state of each poll, as the last mail said
  next_time TEXT NOT NULL
) STRICT;
CREATE INDEX mail_digest_next ON mail_digest (next_time);
