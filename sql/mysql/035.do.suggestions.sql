-- Options that voters suggest. The table first: where the last statement fails, all run again.

CREATE TABLE IF NOT EXISTS suggestion (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  question_id BIGINT NOT NULL,
  voter VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'null: the account is deleted, or the anonymous poll is closed',
  choice_text VARCHAR(200) NOT NULL,
  state VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'waiting, accepted, refused',
  KEY question_id (question_id),
  KEY voter (voter),
  CONSTRAINT suggestion_question FOREIGN KEY (question_id) REFERENCES question (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

ALTER TABLE question
  ADD COLUMN suggestions VARCHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'off' COMMENT 'off, review, on',
  ADD COLUMN suggested INT NOT NULL DEFAULT 0 COMMENT 'of its revisions, the newest that only added an option of a voter';
