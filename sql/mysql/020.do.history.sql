-- What was changed in a poll after its first vote. Lines are only added; the application's user cannot change one (app/db/migrations/grants.ts).

-- No foreign keys: a line must not lock the rows that it names.
CREATE TABLE IF NOT EXISTS question_edit (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  question_id BIGINT NOT NULL,
  revision INT NOT NULL COMMENT 'of the poll after the edit',
  act VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  choice_id BIGINT NULL COMMENT 'the option that it is about',
  `before` VARCHAR(2000) NULL,
  `after` VARCHAR(2000) NULL,
  create_time DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  KEY question_edit_question (question_id, id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

ALTER TABLE question
  ADD COLUMN edits INT NOT NULL DEFAULT 0 COMMENT 'lines of its history';
