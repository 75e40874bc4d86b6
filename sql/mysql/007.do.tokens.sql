-- Tokens of programs that act for an account.

CREATE TABLE IF NOT EXISTS token (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  user_id BIGINT NOT NULL,
  token_hash CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'SHA-256 of the token',
  name VARCHAR(40) NOT NULL,
  scopes VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'separated by spaces',
  expires_time DATETIME NULL,
  used_time DATETIME NULL,
  create_time DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE KEY token_hash (token_hash),
  KEY user_id (user_id),
  CONSTRAINT token_user FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
