-- Options that are days or times. `starts`: a day, or a time in UTC; null: the option is a text. `ends`: the last day, or a time.

ALTER TABLE choice ADD COLUMN starts TEXT CHECK (length(starts) <= 19);
ALTER TABLE choice ADD COLUMN ends TEXT CHECK (length(ends) <= 19);
