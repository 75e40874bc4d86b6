-- The name that a guest gives in a poll with names; in slot 0 of the ballot. Accounts have their names in `user`.

ALTER TABLE vote ADD COLUMN name TEXT CHECK (length(name) <= 40);
