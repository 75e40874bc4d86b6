CREATE DATABASE IF NOT EXISTS vote;
CREATE USER IF NOT EXISTS vote@localhost;
GRANT ALL ON vote.* TO vote@localhost;
-- A migration runs on a copy first (app/db/migrations/rehearsal.ts).
GRANT ALL ON vote_rehearsal.* TO vote@localhost;
