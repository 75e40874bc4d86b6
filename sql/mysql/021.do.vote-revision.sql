-- The revision of the poll that a vote was cast under. Older votes are of a time before any edit of a poll with votes.

ALTER TABLE vote ADD COLUMN revision INT NOT NULL DEFAULT 1;
