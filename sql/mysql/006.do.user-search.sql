-- The text that is searched, kept by the program (app/values/text.ts); null: not made yet, and the e-mail may not be canonical.

ALTER TABLE user
  ADD COLUMN search_text VARCHAR(1000) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL;
