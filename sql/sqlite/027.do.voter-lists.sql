-- Voter lists: invitations to vote in a poll, and quorums as a share of the list.

CREATE TABLE invitation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  question_id INTEGER NOT NULL REFERENCES question (id),
  number INTEGER NOT NULL, -- place in the list of the poll, from 1
  token_hash TEXT NOT NULL UNIQUE CHECK (length(token_hash) = 43),
  name TEXT CHECK (length(name) <= 40),
  revoked INTEGER NOT NULL DEFAULT 0,
  voted INTEGER NOT NULL DEFAULT 0, -- of anonymous polls, set when they close; elsewhere the votes tell
  create_time TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;
CREATE UNIQUE INDEX invitation_question_number ON invitation (question_id, number);

-- Counter: invitations that are not revoked.
ALTER TABLE question ADD COLUMN invited INTEGER NOT NULL DEFAULT 0;
-- Share of the invited that has to vote for the result to decide.
ALTER TABLE question ADD COLUMN quorum_percent INTEGER;
