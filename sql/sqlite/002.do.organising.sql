-- When a poll was opened again, and when its organiser removed it.

ALTER TABLE question ADD COLUMN reopened_time TEXT;
ALTER TABLE question ADD COLUMN removed_time TEXT;
