-- What customers prefer and what is to be left alone, and since when nobody knows whether a message arrived.

-- +goose Up

ALTER TABLE contact_wish ADD COLUMN channel TEXT NOT NULL DEFAULT '';  -- the way they like to be written to, '' = not said
ALTER TABLE contact_wish ADD COLUMN taboos TEXT NOT NULL DEFAULT '';   -- what not to mention, give or do

-- Of the first attempt of which nobody knows whether it arrived, 0 = none: only for a while does the other side know it again.
ALTER TABLE message ADD COLUMN doubt_at BIGINT NOT NULL DEFAULT 0;
