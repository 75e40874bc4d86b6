CREATE DATABASE IF NOT EXISTS vote;
CREATE USER IF NOT EXISTS vote@localhost;
GRANT ALL ON vote.* TO vote@localhost;
-- A migration is tried on a copy first (app/db/rehearsal.ts).
GRANT ALL ON vote_rehearsal.* TO vote@localhost;
