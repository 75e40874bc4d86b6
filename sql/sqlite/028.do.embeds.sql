-- Sites that may show a poll in a frame.

-- Origins with spaces between them, * for any. Null: none.
ALTER TABLE question ADD COLUMN embed_origins TEXT CHECK (length(embed_origins) <= 6000);
