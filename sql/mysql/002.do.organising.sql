-- When a poll was opened again, and when its organiser removed it. One statement: MySQL commits each by itself.

ALTER TABLE question
  ADD COLUMN reopened_time DATETIME NULL,
  ADD COLUMN removed_time DATETIME NULL;
