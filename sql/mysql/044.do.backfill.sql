-- Which upgrades have filled the columns that the program keeps: a process may end between its last migration and that.

CREATE TABLE IF NOT EXISTS backfill (
  version INT NOT NULL PRIMARY KEY COMMENT 'of the schema to which all rows were brought'
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
