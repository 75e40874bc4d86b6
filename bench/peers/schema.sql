-- The tables of the peers: the same questions, choices and votes, without accounts.
CREATE TABLE question (
  id BIGINT AUTO_INCREMENT PRIMARY KEY,
  question_text VARCHAR(200) NOT NULL,
  closed_time DATETIME NULL
) ENGINE=InnoDB;
CREATE TABLE choice (
  id BIGINT AUTO_INCREMENT PRIMARY KEY,
  question_id BIGINT NOT NULL,
  choice_text VARCHAR(200) NOT NULL,
  votes INT NOT NULL DEFAULT 0,
  create_time DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  delete_flag TINYINT NOT NULL DEFAULT 0,
  UNIQUE KEY (question_id, id)
) ENGINE=InnoDB;
CREATE TABLE vote (
  id BIGINT AUTO_INCREMENT PRIMARY KEY,
  question_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  choice_id BIGINT NOT NULL,
  UNIQUE KEY (question_id, user_id)
) ENGINE=InnoDB;
