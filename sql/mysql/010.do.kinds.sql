-- How ranked polls are counted, the points of a ballot, and the counter of what `choice.votes` cannot add up.

CREATE TABLE IF NOT EXISTS tally (
  question_id BIGINT NOT NULL,
  item VARCHAR(250) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT '12=5: choice 12 with the value 5. >9>5: the ranking 9 before 5',
  votes INT NOT NULL COMMENT 'ballots with this item',
  PRIMARY KEY (question_id, item),
  CONSTRAINT tally_question FOREIGN KEY (question_id) REFERENCES question (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

ALTER TABLE question
  ADD COLUMN count_method VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'of ranked polls',
  ADD COLUMN budget INT NULL COMMENT 'points of a ballot';
