-- What the request of a poll asked for, to know a repeat also when the poll was changed since.

-- HMAC of the request; null: an earlier version made the poll, or it is erased.
ALTER TABLE question ADD COLUMN request_hash TEXT CHECK (length(request_hash) = 43);
