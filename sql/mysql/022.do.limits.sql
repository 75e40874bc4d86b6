-- Polls that take a number of ballots, and that need a number of ballots or a majority to decide.

ALTER TABLE question
  ADD COLUMN max_ballots INT NULL COMMENT 'voters that the poll takes; null: any number',
  ADD COLUMN quorum INT NULL COMMENT 'ballots that the result needs to decide',
  ADD COLUMN threshold VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'half: more than half of the ballots, two_thirds; null: the most';
