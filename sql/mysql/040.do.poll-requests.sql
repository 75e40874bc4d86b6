-- What the request of a poll asked for, to know a repeat also when the poll was changed since.

ALTER TABLE question
  ADD COLUMN request_hash CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'HMAC of the request; null: an earlier version made the poll, or it is erased';
