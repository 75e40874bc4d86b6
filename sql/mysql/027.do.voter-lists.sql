-- Voter lists: invitations to vote in a poll, and quorums as a share of the list. The table first: where the last statement fails, all run again.

CREATE TABLE IF NOT EXISTS invitation (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  question_id BIGINT NOT NULL,
  number INT NOT NULL COMMENT 'place in the list of the poll, from 1',
  token_hash CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(40) NULL,
  revoked TINYINT NOT NULL DEFAULT 0,
  voted TINYINT NOT NULL DEFAULT 0 COMMENT 'of anonymous polls, set when they close; elsewhere the votes tell',
  create_time DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE KEY token_hash (token_hash),
  UNIQUE KEY question_number (question_id, number),
  CONSTRAINT invitation_question FOREIGN KEY (question_id) REFERENCES question (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

ALTER TABLE question
  ADD COLUMN invited INT NOT NULL DEFAULT 0 COMMENT 'counter: invitations that are not revoked',
  ADD COLUMN quorum_percent INT NULL COMMENT 'share of the invited that has to vote for the result to decide';
