-- Sites that may show a poll in a frame.

ALTER TABLE question
  ADD COLUMN embed_origins VARCHAR(6000) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'origins with spaces between them, * for any; null: none';
