-- The payload of a webhook has all options of a poll, retired ones as well: more than the 65,535 bytes of a TEXT.

ALTER TABLE webhook_delivery MODIFY payload MEDIUMTEXT NOT NULL COMMENT 'JSON';

-- In anonymous polls the ballot of a deleted account has a key like the others. The former key is 128 random bits.
UPDATE question q JOIN vote v ON v.question_id = q.id
  SET v.voter = CONCAT('a:', REPLACE(REPLACE(TRIM(TRAILING '=' FROM TO_BASE64(UNHEX(SHA2(v.voter, 256)))), '+', '-'), '/', '_'))
  WHERE q.privacy = 'anonymous' AND v.voter LIKE 'x:%';
