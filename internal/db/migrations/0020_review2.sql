-- Notices about what is no case, and the customers of a campaign that were reopened, without going through all lines.

-- +goose Up

ALTER TABLE proc_notice ADD COLUMN about TEXT NOT NULL DEFAULT '';    -- 'review:ID'; '' = the case
ALTER TABLE proc_notice ADD COLUMN title_zh TEXT NOT NULL DEFAULT ''; -- of what it is about, where that is no case
ALTER TABLE proc_notice ADD COLUMN title_en TEXT NOT NULL DEFAULT '';
CREATE INDEX ix_proc_notice_about ON proc_notice (user_id, about) WHERE about <> '';
CREATE INDEX ix_review_line_reopened ON review_line (review_id) WHERE state = 'reopened';
