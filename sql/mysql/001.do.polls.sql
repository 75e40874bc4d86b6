-- Users, questions, choices and votes. Times are UTC; what is compared exactly has a binary collation.
-- A statement ends with a semicolon at the end of a line.

CREATE TABLE IF NOT EXISTS user (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  delete_flag TINYINT NOT NULL DEFAULT 0,
  name VARCHAR(40) NOT NULL,
  email VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  phone VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'E.164',
  password VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'argon2id; empty: cannot sign in',
  locale VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NULL,
  is_admin TINYINT NOT NULL DEFAULT 0,
  session_epoch INT NOT NULL DEFAULT 0 COMMENT 'a session is valid while it bears this number',
  create_time DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE KEY email (email),
  UNIQUE KEY phone (phone)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS question (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  delete_flag TINYINT NOT NULL DEFAULT 0,
  user_id BIGINT NOT NULL,
  slug VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  question_text VARCHAR(200) NOT NULL,
  description VARCHAR(2000) NOT NULL DEFAULT '',
  kind VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'single',
  min_choices INT NOT NULL DEFAULT 1,
  max_choices INT NOT NULL DEFAULT 1,
  audience VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'link',
  results VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'always',
  revote TINYINT NOT NULL DEFAULT 1,
  listed TINYINT NOT NULL DEFAULT 0,
  close_time DATETIME NULL COMMENT 'when it closes by itself',
  closed_time DATETIME NULL COMMENT 'when it was closed by hand',
  revision INT NOT NULL DEFAULT 1 COMMENT 'edits; its choices change only with it',
  tally_version BIGINT NOT NULL DEFAULT 0 COMMENT 'every change of the tally',
  voters INT NOT NULL DEFAULT 0 COMMENT 'counter: votes with slot 0',
  create_time DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE KEY slug (slug),
  KEY user_id (user_id),
  KEY listed (listed, delete_flag, id),
  CONSTRAINT question_user FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS choice (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  delete_flag TINYINT NOT NULL DEFAULT 0 COMMENT 'retired: no new votes',
  question_id BIGINT NOT NULL,
  position INT NOT NULL,
  choice_text VARCHAR(200) NOT NULL,
  votes INT NOT NULL DEFAULT 0 COMMENT 'counter: votes with this choice',
  create_time DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE KEY question_choice (question_id, id),
  CONSTRAINT choice_question FOREIGN KEY (question_id) REFERENCES question (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- The composite key to choice makes a vote for another question's choice impossible to store.
CREATE TABLE IF NOT EXISTS vote (
  question_id BIGINT NOT NULL,
  voter VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'u: an account, b: a browser',
  slot INT NOT NULL COMMENT '0 is the guard: one ballot a voter',
  choice_id BIGINT NOT NULL,
  receipt CHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT '128 random bits of the cast that wrote it',
  cast_time DATETIME NOT NULL,
  PRIMARY KEY (question_id, voter, slot),
  KEY question_choice (question_id, choice_id),
  CONSTRAINT vote_choice FOREIGN KEY (question_id, choice_id) REFERENCES choice (question_id, id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
