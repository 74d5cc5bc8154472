-- Messages to customers: templates, what customers want, and the log of what went out.

-- +goose Up

-- reference
CREATE TABLE message_template (
    id BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    channel TEXT NOT NULL,      -- mail, sms, wecom, webhook
    purpose TEXT NOT NULL,      -- greeting, notice, offer, answer
    subject_zh TEXT NOT NULL,
    subject_en TEXT NOT NULL,
    body_zh TEXT NOT NULL,
    body_en TEXT NOT NULL,
    archived_at BIGINT,
    version BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX ux_message_template_name ON message_template (name) WHERE archived_at IS NULL;

-- How a customer (contact 0) or one of its contacts wants to be treated. distributed: customer_id
CREATE TABLE contact_wish (
    customer_id BIGINT NOT NULL,
    contact_id BIGINT NOT NULL,
    blocked INTEGER NOT NULL,    -- nobody writes to them
    reason TEXT NOT NULL,
    language TEXT NOT NULL,      -- zh, en, '' = the organisation's
    quiet_from INTEGER NOT NULL, -- minute of the day, -1 = the organisation's hours
    quiet_to INTEGER NOT NULL,
    salutation TEXT NOT NULL,
    best_time TEXT NOT NULL,
    likes TEXT NOT NULL,
    wecom TEXT NOT NULL,         -- user in WeCom
    version BIGINT NOT NULL,
    updated_by BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (customer_id, contact_id)
);

-- The last word about one channel. distributed: customer_id
CREATE TABLE consent (
    customer_id BIGINT NOT NULL,
    contact_id BIGINT NOT NULL,
    channel TEXT NOT NULL,
    is_out INTEGER NOT NULL,     -- wants nothing by this channel
    source TEXT NOT NULL,        -- staff, link
    at BIGINT NOT NULL,
    by_id BIGINT NOT NULL,
    PRIMARY KEY (customer_id, contact_id, channel)
);

-- distributed: customer_id
CREATE TABLE message (
    customer_id BIGINT NOT NULL, -- 0 = a test of an administrator
    id BIGINT NOT NULL,
    contact_id BIGINT NOT NULL,  -- 0 = the customer itself
    recipient TEXT NOT NULL,
    address TEXT NOT NULL,
    channel TEXT NOT NULL,
    purpose TEXT NOT NULL,
    template_id BIGINT NOT NULL, -- 0 = written by hand
    language TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,         -- queued, sending, sent, failed, suppressed, unclear, stopped
    why TEXT NOT NULL,           -- code of a sentence
    why_args TEXT NOT NULL,      -- JSON
    attempts INTEGER NOT NULL,
    next_at BIGINT NOT NULL,     -- when it is tried next, while queued
    until_at BIGINT NOT NULL,    -- afterwards it is pointless, 0 = never
    claimed_at BIGINT NOT NULL,  -- of the last attempt, 0 = none
    provider_id TEXT NOT NULL,   -- the other side's name for it
    ref TEXT NOT NULL,           -- what asked for it: duty:12, case:7
    idem_key TEXT,               -- of the request
    idem_hash TEXT NOT NULL,
    fact_id BIGINT NOT NULL,     -- the fact it became, 0 = none
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    sent_at BIGINT NOT NULL,     -- 0 = not sent
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (customer_id, id)
);
CREATE UNIQUE INDEX ux_message_key ON message (customer_id, idem_key) WHERE idem_key IS NOT NULL;
CREATE INDEX ix_message_id ON message (id);
CREATE INDEX ix_message_due ON message (state, next_at, id);
CREATE INDEX ix_message_recent ON message (customer_id, claimed_at);

INSERT INTO fact_kind (kind, label_zh, label_en, has_amount, position) VALUES ('contact', '联系', 'Contact', 0, 14) ON CONFLICT (kind) DO NOTHING;
