-- Which poll has waited longest for its webhook: tally_time changes only with the numbers.

ALTER TABLE webhook_state ADD COLUMN told_time TEXT; -- when anything was told; null: not since this column is there
