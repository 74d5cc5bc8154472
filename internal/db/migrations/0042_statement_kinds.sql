-- Which sources an edition of a statement tells of: readers with other rights have editions of their own. And the way from a customer to
-- the messages of a year.

-- +goose Up

ALTER TABLE service_statement ADD COLUMN kinds TEXT NOT NULL DEFAULT ''; -- between commas; '' = of before, not written down
CREATE INDEX ix_message_sent ON message (customer_id, sent_at) WHERE state = 'sent';
