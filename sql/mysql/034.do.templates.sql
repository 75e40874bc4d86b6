-- Templates: polls without votes that accounts have saved, for the form of a new poll.

CREATE TABLE IF NOT EXISTS poll_template (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  user_id BIGINT NOT NULL,
  name VARCHAR(200) NOT NULL,
  poll MEDIUMTEXT NOT NULL COMMENT 'JSON: a body of POST /questions',
  create_time DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  KEY user_id (user_id),
  CONSTRAINT poll_template_user FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
