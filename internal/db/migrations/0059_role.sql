-- Roles of the company's own, and customers shown to somebody for a time.

-- +goose Up

-- A role beside those that every installation has. People have it by its key in user_role. reference
CREATE TABLE role (
    id BIGINT NOT NULL PRIMARY KEY,
    role_key TEXT NOT NULL UNIQUE,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    note TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- What a role lets people do, and how far. reference
CREATE TABLE role_grant (
    role_id BIGINT NOT NULL,
    permission TEXT NOT NULL,
    reach TEXT NOT NULL,         -- own, all, or team, territory and unit joined by "+"
    PRIMARY KEY (role_id, permission)
);

-- A customer shared with somebody who would not see it otherwise, until a day. distributed: customer_id
CREATE TABLE customer_share (
    customer_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    access TEXT NOT NULL,        -- read, write
    reason TEXT NOT NULL,
    until_on TEXT /*postgres COLLATE "C"*/ NOT NULL, -- the last day
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    revoked_by BIGINT NOT NULL,  -- 0 = nobody
    revoked_at BIGINT,           -- NULL = it goes on until its last day
    PRIMARY KEY (customer_id, id)
);
CREATE INDEX ix_customer_share_user ON customer_share (user_id, until_on, customer_id) WHERE revoked_at IS NULL;
