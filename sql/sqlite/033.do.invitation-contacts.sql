-- E-mail addresses of voter lists. A row is deleted when its vote needs no more mail.

CREATE TABLE invitation_contact (
  invitation_id INTEGER PRIMARY KEY REFERENCES invitation (id),
  question_id INTEGER NOT NULL REFERENCES question (id),
  sealed TEXT NOT NULL CHECK (length(sealed) <= 2000), -- address and token, encrypted
  reminded INTEGER NOT NULL DEFAULT 0,
  create_time TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;
CREATE INDEX invitation_contact_question ON invitation_contact (question_id);
