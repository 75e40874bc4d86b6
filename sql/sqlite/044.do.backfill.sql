-- Which upgrades have filled the columns that the program keeps: a process may end between its last migration and that.

CREATE TABLE backfill (
  version INTEGER NOT NULL PRIMARY KEY -- of the schema to which all rows were brought
) STRICT;
