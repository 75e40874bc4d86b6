-- Polls that take a number of ballots, and that need a number of ballots or a majority to decide.

-- Voters that the poll takes. Null: any number.
ALTER TABLE question ADD COLUMN max_ballots INTEGER;
-- Ballots that the result needs to decide.
ALTER TABLE question ADD COLUMN quorum INTEGER;
-- half: more than half of the ballots; two_thirds. Null: the most.
ALTER TABLE question ADD COLUMN threshold TEXT CHECK (length(threshold) <= 10);
