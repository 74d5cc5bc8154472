-- Promises made to customers: what, to whom, by whom, until when, and what became of them.

-- +goose Up

-- distributed: customer_id
CREATE TABLE promise (
    customer_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    contact_id BIGINT NOT NULL,    -- the person it was made to, 0 = the customer as such
    owner_id BIGINT NOT NULL,      -- who is to keep it, 0 = nobody yet
    by_owner INTEGER NOT NULL,     -- 1 = whoever looks after the customer; it goes with the customer
    unit_id BIGINT NOT NULL,       -- the unit of the customer, for data scope
    what TEXT NOT NULL,
    purpose TEXT NOT NULL,         -- what for, and for whose good
    made_on TEXT NOT NULL,
    made_in TEXT NOT NULL,         -- visit, call, case, or empty
    made_ref BIGINT NOT NULL,      -- that visit, call or case, 0 = none
    first_due TEXT NOT NULL,       -- the day that was promised at first
    due_on TEXT /*postgres COLLATE "C"*/ NOT NULL,
    moved INTEGER NOT NULL,        -- how often the day was moved
    state TEXT NOT NULL,           -- open, overdue (marked by night), kept, late, broken, withdrawn
    settled_on TEXT,               -- the day it was kept, broken or withdrawn
    said TEXT NOT NULL,            -- how it was kept, or why not
    fact_id BIGINT NOT NULL,       -- the fact its end became, 0 = none
    version BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (customer_id, id)
);
CREATE INDEX ix_promise_id ON promise (id);
CREATE INDEX ix_promise_owner ON promise (owner_id, due_on, id);
CREATE INDEX ix_promise_due ON promise (due_on, id);
CREATE INDEX ix_promise_customer ON promise (customer_id, due_on, id);
CREATE INDEX ix_promise_open ON promise (due_on, id) WHERE state = 'open';

-- What was done with a promise, in its order; never changed. distributed: customer_id
CREATE TABLE promise_step (
    customer_id BIGINT NOT NULL,
    promise_id BIGINT NOT NULL,
    position INTEGER NOT NULL,     -- 1 = made
    act TEXT NOT NULL,             -- make, keep, break, withdraw, move, reopen, give, overdue
    by_id BIGINT NOT NULL,         -- 0 = the program
    at BIGINT NOT NULL,
    from_on TEXT,                  -- the day promised before and after
    to_on TEXT,
    said TEXT NOT NULL,
    idem_key TEXT NOT NULL,
    idem_hash TEXT NOT NULL,
    PRIMARY KEY (customer_id, promise_id, position)
);
CREATE UNIQUE INDEX ux_promise_step_key ON promise_step (customer_id, by_id, idem_key) WHERE idem_key <> '';

INSERT INTO fact_kind (kind, label_zh, label_en, has_amount, position) VALUES
    ('promise_made', '作出承诺', 'Promise made', 0, 15),
    ('promise_kept', '承诺如期兑现', 'Promise kept', 0, 15),
    ('promise_late', '承诺逾期兑现', 'Promise kept late', 0, 15),
    ('promise_broken', '承诺未兑现', 'Promise broken', 0, 15),
    ('promise_overdue', '承诺逾期', 'Promise overdue', 0, 15)
    ON CONFLICT (kind) DO NOTHING;
