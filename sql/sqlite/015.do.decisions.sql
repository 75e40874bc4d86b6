-- The time zone of a poll whose options are days or times, and what its organiser has decided.

ALTER TABLE question ADD COLUMN time_zone TEXT CHECK (length(time_zone) <= 64);
-- The choice that was decided for last. It stays when the decision is withdrawn.
ALTER TABLE question ADD COLUMN decided_id INTEGER;
ALTER TABLE question ADD COLUMN decision_text TEXT CHECK (length(decision_text) <= 500);
-- Null: nothing is decided, or the decision was withdrawn.
ALTER TABLE question ADD COLUMN decision_time TEXT;
-- Counts decisions and withdrawals.
ALTER TABLE question ADD COLUMN decisions INTEGER NOT NULL DEFAULT 0;
