-- The payload of a webhook has all options of a poll, retired ones as well: more than the 65,535 bytes of a TEXT.

ALTER TABLE webhook_delivery MODIFY payload MEDIUMTEXT NOT NULL COMMENT 'JSON';
