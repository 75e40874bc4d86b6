-- Rooms: polls that are shown one after the other, and the right options of a quiz. The tables first: where the last statement fails, all run again.

CREATE TABLE IF NOT EXISTS room (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  user_id BIGINT NOT NULL,
  title VARCHAR(100) NOT NULL,
  code CHAR(6) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'digits; null: the room is closed',
  active_id BIGINT NULL COMMENT 'the question that is shown now',
  show_count TINYINT NOT NULL DEFAULT 1 COMMENT 'its screen shows the number of votes of a hidden result',
  create_time DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE KEY code (code),
  KEY user_id (user_id),
  KEY active_id (active_id),
  CONSTRAINT room_user FOREIGN KEY (user_id) REFERENCES user (id),
  CONSTRAINT room_active FOREIGN KEY (active_id) REFERENCES question (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS room_question (
  room_id BIGINT NOT NULL,
  question_id BIGINT NOT NULL,
  position INT NOT NULL,
  PRIMARY KEY (room_id, question_id),
  KEY question_id (question_id),
  CONSTRAINT room_question_room FOREIGN KEY (room_id) REFERENCES room (id),
  CONSTRAINT room_question_question FOREIGN KEY (question_id) REFERENCES question (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

ALTER TABLE choice
  ADD COLUMN correct TINYINT NOT NULL DEFAULT 0 COMMENT 'the right answer of a quiz, told when the poll is closed';
