-- The screen of a poll: a timer that gives the earlier closing time back, and whether it shows the number of votes.

ALTER TABLE question
  ADD COLUMN timer_end DATETIME NULL COMMENT 'the closing time that a timer has set; it runs while close_time is the same',
  ADD COLUMN timer_before DATETIME NULL COMMENT 'the closing time before the timer',
  ADD COLUMN screen_count TINYINT NOT NULL DEFAULT 1 COMMENT 'the screen shows the number of votes of a hidden result';
