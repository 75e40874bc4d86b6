-- Mail that is still to be sent. A row is deleted when it was sent.

CREATE TABLE IF NOT EXISTS mail (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  kind VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_id BIGINT NULL COMMENT 'whose mail it is; null: the address alone is known',
  invitation_id BIGINT NULL COMMENT 'the invitation that it brings',
  recipient VARCHAR(320) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL COMMENT 'e-mail address',
  locale VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'null: the language of the site',
  payload TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL COMMENT 'JSON, with links that are secrets',
  attempt INT NOT NULL DEFAULT 0,
  next_time DATETIME NULL COMMENT 'null: given up; then recipient and payload are erased',
  failure VARCHAR(200) NULL COMMENT 'why the last attempt failed',
  create_time DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  KEY next_time (next_time),
  KEY user_id (user_id),
  KEY invitation_id (invitation_id),
  CONSTRAINT mail_user FOREIGN KEY (user_id) REFERENCES user (id),
  CONSTRAINT mail_invitation FOREIGN KEY (invitation_id) REFERENCES account_invitation (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
