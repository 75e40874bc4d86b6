-- Of which poll a delivery tells, to delete it with the poll.

ALTER TABLE webhook_delivery
  ADD COLUMN question_id BIGINT NULL COMMENT 'null: written by a version without this column',
  ADD KEY question_id (question_id);
UPDATE webhook_delivery SET question_id = CAST(JSON_EXTRACT(payload, '$.data.question_id') AS SIGNED);
DELETE FROM webhook_delivery WHERE question_id IN (SELECT id FROM question WHERE delete_flag <> 0);
