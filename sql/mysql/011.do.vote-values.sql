-- What a ballot gives an option: a score, an answer or points. In a ranked poll `slot` is the rank.

ALTER TABLE vote ADD COLUMN value SMALLINT NULL;
