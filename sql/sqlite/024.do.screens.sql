-- The screen of a poll: a timer that gives the earlier closing time back, and whether it shows the number of votes.

-- The closing time that a timer has set. It runs while close_time is the same.
ALTER TABLE question ADD COLUMN timer_end TEXT;
-- The closing time before the timer.
ALTER TABLE question ADD COLUMN timer_before TEXT;
-- 1: the screen shows the number of votes of a hidden result.
ALTER TABLE question ADD COLUMN screen_count INTEGER NOT NULL DEFAULT 1;
