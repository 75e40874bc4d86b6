-- Registrations that wait until their e-mail address is confirmed.

CREATE TABLE IF NOT EXISTS pending_account (
  token_hash CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY COMMENT 'SHA-256 of the token in the link',
  name VARCHAR(160) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  email VARCHAR(320) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  phone VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
  password VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'hash',
  next VARCHAR(600) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'the page that the account is for',
  expires_time DATETIME NOT NULL,
  KEY expires_time (expires_time)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
