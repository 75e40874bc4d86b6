-- The text that is searched, kept by the program (app/values/text.ts); null: not made yet. An index for lists of open polls.

ALTER TABLE question
  ADD COLUMN search_text VARCHAR(600) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  ADD KEY listed_search (listed, delete_flag, id, search_text),
  ADD KEY listed_open (listed, delete_flag, closed_time, close_time, id);
