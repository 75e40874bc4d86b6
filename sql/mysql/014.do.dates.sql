-- Options that are days or times.

ALTER TABLE choice
  ADD COLUMN starts VARCHAR(19) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'a day, or a time in UTC; null: the option is a text',
  ADD COLUMN ends VARCHAR(19) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'the last day, or a time in UTC';
