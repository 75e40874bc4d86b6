-- Accounts that want a mail a day about their polls.

CREATE TABLE IF NOT EXISTS mail_digest (
  user_id BIGINT NOT NULL PRIMARY KEY,
  told MEDIUMTEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'JSON: voters and state of each poll, as the last mail said',
  next_time DATETIME NOT NULL,
  KEY next_time (next_time),
  CONSTRAINT mail_digest_user FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
