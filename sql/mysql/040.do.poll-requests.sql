-- What the request of a poll asked for: to know a repeat also when the poll was changed since, and whether it set a maximum.

ALTER TABLE question
  ADD COLUMN request_hash CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'HMAC of the request; null: an earlier version made the poll, or it is erased',
  ADD COLUMN max_fixed TINYINT NOT NULL DEFAULT 0 COMMENT '1: max_choices was set; 0: where it is the number of options, it follows that';
