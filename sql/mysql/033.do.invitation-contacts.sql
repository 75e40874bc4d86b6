-- E-mail addresses of voter lists. A row is deleted when its vote needs no more mail.

CREATE TABLE IF NOT EXISTS invitation_contact (
  invitation_id BIGINT NOT NULL PRIMARY KEY,
  question_id BIGINT NOT NULL,
  sealed VARCHAR(2000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'address and token, encrypted',
  reminded TINYINT NOT NULL DEFAULT 0,
  create_time DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  KEY question_id (question_id),
  CONSTRAINT invitation_contact_invitation FOREIGN KEY (invitation_id) REFERENCES invitation (id),
  CONSTRAINT invitation_contact_question FOREIGN KEY (question_id) REFERENCES question (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
