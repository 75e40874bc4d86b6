-- The time zone of a poll whose options are days or times, and what its organiser has decided.

ALTER TABLE question
  ADD COLUMN time_zone VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN decided_id BIGINT NULL COMMENT 'the choice that was decided for last; it stays when the decision is withdrawn',
  ADD COLUMN decision_text VARCHAR(500) NULL,
  ADD COLUMN decision_time DATETIME NULL COMMENT 'null: nothing is decided, or the decision was withdrawn',
  ADD COLUMN decisions INT NOT NULL DEFAULT 0 COMMENT 'counts decisions and withdrawals';
