-- What a ballot has once is stored in its first row (slot 0): revision, receipt, name and time. Older ballots have a receipt
-- and a time in every row.

ALTER TABLE vote
  MODIFY receipt CHAR(22) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT '128 random bits of the cast that wrote it',
  MODIFY cast_time DATETIME NULL;
