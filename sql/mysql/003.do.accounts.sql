-- Disabled accounts, and links that set a new password. The table first: where the second statement fails, both run again.

CREATE TABLE IF NOT EXISTS password_reset (
  token_hash CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY COMMENT 'SHA-256 of the token in the link',
  user_id BIGINT NOT NULL,
  expires_time DATETIME NOT NULL,
  used_time DATETIME NULL COMMENT 'when it was used, or replaced by another one',
  KEY user_id (user_id),
  CONSTRAINT password_reset_user FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

ALTER TABLE user
  ADD COLUMN disabled_time DATETIME NULL,
  ADD KEY is_admin (is_admin);
