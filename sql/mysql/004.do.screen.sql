-- Whether screens that present a poll show its result.

ALTER TABLE question
  ADD COLUMN on_screen TINYINT NULL COMMENT '1 shown, 0 hidden, null as any guest sees it';
