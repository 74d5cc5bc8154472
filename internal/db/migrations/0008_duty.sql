-- Duties: what is owed by a day, and its evidence.

-- +goose Up

-- distributed: customer_id
CREATE TABLE duty (
    customer_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    rulebook TEXT NOT NULL,
    version TEXT NOT NULL,       -- of the rulebook that planned it
    scheme TEXT NOT NULL,
    rule TEXT NOT NULL,          -- key of the duty rule in its rulebook
    clause TEXT NOT NULL,
    title_zh TEXT NOT NULL,      -- what is owed, as the rulebook said it then
    title_en TEXT NOT NULL,
    verdict_id BIGINT NOT NULL,  -- the verdict that caused it, 0 = none
    grade TEXT NOT NULL,
    activity TEXT NOT NULL,      -- visit, call, greeting ...; also the kind of the fact it becomes
    every TEXT NOT NULL,         -- the cadence as an ISO period: P1M
    evidence TEXT NOT NULL,      -- what the rule asks to be shown: visit_report
    assumed INTEGER NOT NULL,    -- the cadence is the company's, not the text's
    role TEXT NOT NULL,          -- whose it is by the rule: owner, or a role of the organisation
    owner_id BIGINT NOT NULL,    -- who owes it, 0 = nobody yet
    unit_id BIGINT NOT NULL,     -- the unit of the customer, for data scope
    window_from TEXT /*postgres COLLATE "C"*/ NOT NULL, -- first day on which doing it counts
    due_on TEXT /*postgres COLLATE "C"*/ NOT NULL,
    state TEXT NOT NULL,         -- open, missed, kept, late, waived, dropped
    plan_key TEXT NOT NULL,      -- rule, anchor and occurrence: planning twice plans once; a dropped duty gives its key back
    done_on TEXT,                -- the day of the evidence
    done_at BIGINT,              -- the moment it was recorded, waived or dropped
    done_by BIGINT NOT NULL,
    note TEXT NOT NULL,
    fact_id BIGINT NOT NULL,     -- the fact it became, 0 = none
    reason TEXT NOT NULL,        -- of a waiver, or of evidence older than the window
    idem_key TEXT NOT NULL,      -- of the request that did it, '' = none
    idem_hash TEXT NOT NULL,     -- of that request's input
    version_no BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (customer_id, id)
);
CREATE UNIQUE INDEX ix_duty_plan ON duty (customer_id, plan_key);
CREATE INDEX ix_duty_id ON duty (id);
-- A list is merged from one branch per state; each branch walks one of these in its order.
CREATE INDEX ix_duty_owner ON duty (owner_id, state, due_on, id);
CREATE INDEX ix_duty_due ON duty (state, due_on, id, owner_id, unit_id);
CREATE INDEX ix_duty_customer ON duty (customer_id, state, due_on, id);

-- The files shown as evidence; whoever may see the customer may open them. distributed: customer_id
CREATE TABLE duty_file (
    customer_id BIGINT NOT NULL,
    duty_id BIGINT NOT NULL,
    file_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (customer_id, duty_id, file_id)
);
CREATE INDEX ix_duty_file_file ON duty_file (file_id);

-- The timeline asks which imports touched a customer.
CREATE INDEX ix_import_change_customer ON import_change (customer_id, import_id);
