-- Options that voters suggest.

CREATE TABLE suggestion (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  question_id INTEGER NOT NULL REFERENCES question (id),
  voter TEXT CHECK (length(voter) <= 64), -- null: the account is deleted, or the anonymous poll is closed
  choice_text TEXT NOT NULL CHECK (length(choice_text) <= 200),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'accepted', 'refused'))
) STRICT;
CREATE INDEX suggestion_question ON suggestion (question_id);
CREATE INDEX suggestion_voter ON suggestion (voter);

-- off, review, on.
ALTER TABLE question ADD COLUMN suggestions TEXT NOT NULL DEFAULT 'off' CHECK (length(suggestions) <= 6);
-- Of its revisions, the newest that only added an option of a voter.
ALTER TABLE question ADD COLUMN suggested INTEGER NOT NULL DEFAULT 0;
