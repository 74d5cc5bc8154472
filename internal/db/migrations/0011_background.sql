-- Work in the background: events whose reaction failed are tried again and then parked; jobs keep what their asker may do.

-- +goose Up

ALTER TABLE event ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE event ADD COLUMN retry_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE event ADD COLUMN error TEXT NOT NULL DEFAULT '';
ALTER TABLE event ADD COLUMN parked_at BIGINT; -- tried too often: waits for a person
CREATE INDEX ix_event_failed ON event (id) WHERE tries > 0 AND handled_at IS NULL;

ALTER TABLE job ADD COLUMN reach TEXT NOT NULL DEFAULT ''; -- JSON: what its asker may do; '' = the program itself asked
