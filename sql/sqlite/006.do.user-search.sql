-- The text that is searched, kept by the program (app/values/text.ts); null: not made yet, and the e-mail may not be canonical.

ALTER TABLE user ADD COLUMN search_text TEXT;
