-- New e-mail addresses that wait until they are confirmed: one an account.

CREATE TABLE IF NOT EXISTS email_change (
  user_id BIGINT NOT NULL PRIMARY KEY,
  token_hash CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'SHA-256 of the token in the link',
  email VARCHAR(320) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  expires_time DATETIME NOT NULL,
  KEY expires_time (expires_time),
  CONSTRAINT email_change_user FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
