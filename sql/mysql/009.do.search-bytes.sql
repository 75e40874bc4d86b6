-- The searched text as bytes: among 300,000 polls a search compares twice as fast as in a text of utf8mb4.

ALTER TABLE question MODIFY COLUMN search_text VARBINARY(2400) NULL;
