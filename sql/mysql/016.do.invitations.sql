-- Invitations to register: links of administrators.

CREATE TABLE IF NOT EXISTS account_invitation (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  token_hash CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  create_time DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  expires_time DATETIME NOT NULL,
  used_time DATETIME NULL,
  user_id BIGINT NULL COMMENT 'the account that was made with it; no foreign key: it may be deleted later',
  UNIQUE KEY token_hash (token_hash)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
