-- Polls of guests: without an account, managed by a secret link. The table first: where the last statement fails, all run again.

CREATE TABLE IF NOT EXISTS question_manager (
  question_id BIGINT NOT NULL PRIMARY KEY,
  token_hash CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  UNIQUE KEY token_hash (token_hash),
  CONSTRAINT question_manager_question FOREIGN KEY (question_id) REFERENCES question (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

ALTER TABLE question MODIFY user_id BIGINT NULL COMMENT 'null: made by a guest, see question_manager';
