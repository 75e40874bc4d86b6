-- Of which poll a delivery tells, to delete it with the poll.

ALTER TABLE webhook_delivery ADD COLUMN question_id INTEGER; -- null: written by a version without this column
CREATE INDEX webhook_delivery_question ON webhook_delivery (question_id);
UPDATE webhook_delivery SET question_id = json_extract(payload, '$.data.question_id');
DELETE FROM webhook_delivery WHERE question_id IN (SELECT id FROM question WHERE delete_flag <> 0);
