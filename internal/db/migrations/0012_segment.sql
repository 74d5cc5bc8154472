-- Segments: named groups of customers, and who belongs to them.

-- +goose Up

-- reference
CREATE TABLE segment (
    id BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    note TEXT NOT NULL,
    mode TEXT NOT NULL,          -- static, dynamic
    definition TEXT NOT NULL,    -- JSON: groups of conditions; a customer that meets one of them belongs
    members BIGINT NOT NULL,     -- at the last refresh
    refreshed_on TEXT /*postgres COLLATE "C"*/, -- the day the conditions were worked out for; NULL = never
    refreshed_at BIGINT NOT NULL,
    archived_at BIGINT,
    created_by BIGINT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- distributed: customer_id
CREATE TABLE segment_member (
    customer_id BIGINT NOT NULL,
    segment_id BIGINT NOT NULL,
    since TEXT /*postgres COLLATE "C"*/ NOT NULL, -- the day the customer came in
    PRIMARY KEY (customer_id, segment_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX ix_segment_member_segment ON segment_member (segment_id, customer_id);
