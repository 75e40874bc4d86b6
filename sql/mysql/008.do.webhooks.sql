-- Webhooks: what is sent where, the last state of each poll that was told, and what is still to be sent.

CREATE TABLE IF NOT EXISTS webhook (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  user_id BIGINT NOT NULL,
  question_id BIGINT NULL COMMENT 'null: every poll of the user',
  url VARCHAR(1000) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  events VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'separated by spaces',
  format VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  secret VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  disabled_time DATETIME NULL,
  failure VARCHAR(200) NULL COMMENT 'why the last attempt failed',
  create_time DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  KEY user_id (user_id),
  KEY question_id (question_id),
  CONSTRAINT webhook_user FOREIGN KEY (user_id) REFERENCES user (id),
  CONSTRAINT webhook_question FOREIGN KEY (question_id) REFERENCES question (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS webhook_state (
  webhook_id BIGINT NOT NULL,
  question_id BIGINT NOT NULL,
  revision INT NOT NULL,
  tally_version BIGINT NOT NULL,
  open TINYINT NOT NULL,
  reopened_time DATETIME NULL,
  tally_time DATETIME NULL COMMENT 'when the last tally was told',
  PRIMARY KEY (webhook_id, question_id),
  KEY question_id (question_id),
  CONSTRAINT webhook_state_webhook FOREIGN KEY (webhook_id) REFERENCES webhook (id),
  CONSTRAINT webhook_state_question FOREIGN KEY (question_id) REFERENCES question (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS webhook_delivery (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  webhook_id BIGINT NOT NULL,
  type VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  payload TEXT NOT NULL COMMENT 'JSON',
  attempt INT NOT NULL DEFAULT 0,
  next_time DATETIME NOT NULL,
  KEY next_time (next_time),
  KEY webhook_id (webhook_id),
  CONSTRAINT webhook_delivery_webhook FOREIGN KEY (webhook_id) REFERENCES webhook (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
