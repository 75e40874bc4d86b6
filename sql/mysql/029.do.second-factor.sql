-- The second factor of accounts: a secret for codes by time, and recovery codes. A used recovery code is deleted.

CREATE TABLE IF NOT EXISTS recovery_code (
  user_id BIGINT NOT NULL,
  code_hash VARCHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (user_id, code_hash),
  CONSTRAINT recovery_code_user FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

ALTER TABLE user
  ADD COLUMN totp_secret VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'encrypted; null: no second factor',
  ADD COLUMN totp_step BIGINT NOT NULL DEFAULT 0 COMMENT 'of the last accepted code, in units of 30 seconds since 1970';
