-- The text that is searched, kept by the program (app/values/text.ts); null: not made yet. An index for lists of open polls.

ALTER TABLE question ADD COLUMN search_text TEXT;
CREATE INDEX question_listed_search ON question (listed, delete_flag, id, search_text);
CREATE INDEX question_listed_open ON question (listed, delete_flag, closed_time, close_time, id);
