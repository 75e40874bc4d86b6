-- Whether a poll ever had a vote: after the first one it is only corrected, also where all votes were withdrawn.

ALTER TABLE question
  ADD COLUMN voted TINYINT NOT NULL DEFAULT 0 COMMENT '1: a ballot was stored or withdrawn since this column is there; voters counts those from before';
