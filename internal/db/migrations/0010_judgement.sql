-- What people judge about customers, and what grading needs to judge only those again about whom something changed.

-- +goose Up

-- Judged values, never edited: the newest one from a day on or before the as-of day counts. distributed: customer_id
CREATE TABLE judgement (
    customer_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    rulebook TEXT NOT NULL,
    item TEXT NOT NULL,          -- name of the judgement in its rulebook
    value TEXT NOT NULL,         -- points as a decimal, or one of the answers; '' = taken back
    note TEXT NOT NULL,
    from_day TEXT /*postgres COLLATE "C"*/ NOT NULL, -- the first day on which it counts
    judged_by BIGINT NOT NULL,   -- 0 = the system
    judged_at BIGINT NOT NULL,
    PRIMARY KEY (customer_id, id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX ix_judgement_rulebook ON judgement (rulebook, customer_id, item, from_day, id);
CREATE INDEX ix_judgement_at ON judgement (judged_at, customer_id);

-- Whose facts a batch holds: publishing or reverting it concerns these customers. distributed: customer_id
CREATE TABLE fact_batch_customer (
    customer_id BIGINT NOT NULL,
    batch_id BIGINT NOT NULL,
    PRIMARY KEY (customer_id, batch_id)
) /*sqlite WITHOUT ROWID*/;
INSERT INTO fact_batch_customer (customer_id, batch_id) SELECT DISTINCT customer_id, batch_id FROM fact WHERE batch_id <> 0;
CREATE INDEX ix_fact_batch_customer_batch ON fact_batch_customer (batch_id, customer_id);
CREATE INDEX ix_fact_batch_changed ON fact_batch (changed_at);
-- Facts recorded one by one; the many that come in batches are not in it.
CREATE INDEX ix_fact_single ON fact (recorded_at, customer_id) WHERE batch_id = 0;

ALTER TABLE grading_run ADD COLUMN extent TEXT NOT NULL DEFAULT 'full'; -- full, changed (since the base), triggered (some customers at once)
ALTER TABLE grading_run ADD COLUMN base_id BIGINT NOT NULL DEFAULT 0;   -- the complete run of the same day that it goes on from

-- The customers a run judges, where it does not judge all. Emptied when the run ends. distributed: customer_id
CREATE TABLE grading_todo (
    customer_id BIGINT NOT NULL,
    run_id BIGINT NOT NULL,
    PRIMARY KEY (run_id, customer_id)
) /*sqlite WITHOUT ROWID*/;

-- Customers about whom something happened that a rulebook wants to see at once. distributed: customer_id
CREATE TABLE grading_trigger (
    customer_id BIGINT NOT NULL,
    rulebook TEXT NOT NULL,
    fact_id BIGINT NOT NULL,     -- the newest fact that met a trigger
    at BIGINT NOT NULL,
    PRIMARY KEY (rulebook, customer_id)
) /*sqlite WITHOUT ROWID*/;
