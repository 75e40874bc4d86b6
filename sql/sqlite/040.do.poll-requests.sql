-- What the request of a poll asked for: to know a repeat also when the poll was changed since, and whether it set a maximum.

-- HMAC of the request; null: an earlier version made the poll, or it is erased.
ALTER TABLE question ADD COLUMN request_hash TEXT CHECK (length(request_hash) = 43);
-- 1: max_choices was set; 0: where it is the number of options, it follows that.
ALTER TABLE question ADD COLUMN max_fixed INTEGER NOT NULL DEFAULT 0;
