-- Options that take a number of voters.

ALTER TABLE choice ADD COLUMN capacity INT NULL COMMENT 'voters that the option takes; null: any number';
