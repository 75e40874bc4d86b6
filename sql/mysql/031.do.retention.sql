-- Polls that are deleted a number of days after they closed.

ALTER TABLE question
  ADD COLUMN retention_days INT NULL COMMENT 'from closing to deletion; null: kept',
  ADD KEY question_retention (retention_days);
