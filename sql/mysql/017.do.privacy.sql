-- Who sees who voted what, and the keys of anonymous polls. The table first: where the last statement fails, all run again.

CREATE TABLE IF NOT EXISTS question_key (
  question_id BIGINT NOT NULL PRIMARY KEY,
  secret CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT '256 random bits; erased when the poll closes',
  CONSTRAINT question_key_question FOREIGN KEY (question_id) REFERENCES question (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

ALTER TABLE question
  ADD COLUMN privacy VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'hidden';
