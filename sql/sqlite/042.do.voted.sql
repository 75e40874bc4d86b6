-- Whether a poll ever had a vote: after the first one it is only corrected, also where all votes were withdrawn.

-- 1: a ballot was stored or withdrawn since this column is there; voters counts those from before.
ALTER TABLE question ADD COLUMN voted INTEGER NOT NULL DEFAULT 0;
