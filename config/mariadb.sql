CREATE DATABASE IF NOT EXISTS vote;
CREATE USER IF NOT EXISTS vote@localhost;
GRANT ALL ON vote.* TO vote@localhost;
