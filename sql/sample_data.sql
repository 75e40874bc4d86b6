-- The tutorial's people and polls. The accounts have no password and cannot sign in.
-- A statement ends with a semicolon at the end of a line. Both engines run this file.

INSERT INTO user (id, name, email, password) VALUES
  (1, 'Lucy', 'lucy@sample.invalid', ''),
  (2, 'Nancy', 'nancy@sample.invalid', ''),
  (3, 'Shirley', 'shirley@sample.invalid', '');

INSERT INTO question (id, user_id, slug, question_text, kind, max_choices, audience, listed, voters, tally_version) VALUES
  (1, 1, 'sample-language', 'Which programming language do you like best?', 'single', 1, 'members', 1, 6, 6),
  (2, 2, 'sample-fruit', 'Which fruit do you like best?', 'single', 1, 'link', 1, 6, 6),
  (3, 3, 'sample-weekend', 'What makes a good weekend?', 'multiple', 2, 'members', 1, 4, 4);

INSERT INTO choice (id, question_id, position, choice_text, votes) VALUES
  (1, 1, 1, 'python', 3), (2, 1, 2, 'java', 2), (3, 1, 3, 'go', 1),
  (4, 2, 1, 'Banana', 3), (5, 2, 2, 'Apple', 2), (6, 2, 3, 'Strawberry', 1),
  (7, 3, 1, 'A long walk', 3), (8, 3, 2, 'A good book', 2), (9, 3, 3, 'Dinner with friends', 1);

INSERT INTO vote (question_id, voter, slot, choice_id, receipt, cast_time) VALUES
  (1, 'b:sample-1', 0, 1, 'sample0000000000000001', '2026-01-01 12:00:00'),
  (1, 'b:sample-2', 0, 1, 'sample0000000000000002', '2026-01-01 12:00:00'),
  (1, 'b:sample-3', 0, 1, 'sample0000000000000003', '2026-01-01 12:00:00'),
  (1, 'b:sample-4', 0, 2, 'sample0000000000000004', '2026-01-01 12:00:00'),
  (1, 'b:sample-5', 0, 2, 'sample0000000000000005', '2026-01-01 12:00:00'),
  (1, 'b:sample-6', 0, 3, 'sample0000000000000006', '2026-01-01 12:00:00'),
  (2, 'b:sample-1', 0, 4, 'sample0000000000000007', '2026-01-01 12:00:00'),
  (2, 'b:sample-2', 0, 4, 'sample0000000000000008', '2026-01-01 12:00:00'),
  (2, 'b:sample-3', 0, 4, 'sample0000000000000009', '2026-01-01 12:00:00'),
  (2, 'b:sample-4', 0, 5, 'sample0000000000000010', '2026-01-01 12:00:00'),
  (2, 'b:sample-5', 0, 5, 'sample0000000000000011', '2026-01-01 12:00:00'),
  (2, 'b:sample-6', 0, 6, 'sample0000000000000012', '2026-01-01 12:00:00'),
  (3, 'b:sample-1', 0, 7, 'sample0000000000000013', '2026-01-01 12:00:00'),
  (3, 'b:sample-1', 1, 8, 'sample0000000000000013', '2026-01-01 12:00:00'),
  (3, 'b:sample-2', 0, 7, 'sample0000000000000014', '2026-01-01 12:00:00'),
  (3, 'b:sample-2', 1, 8, 'sample0000000000000014', '2026-01-01 12:00:00'),
  (3, 'b:sample-3', 0, 7, 'sample0000000000000015', '2026-01-01 12:00:00'),
  (3, 'b:sample-4', 0, 9, 'sample0000000000000016', '2026-01-01 12:00:00');
