-- Settings, jobs, the audit chain and the event outbox: what every feature writes beside its own rows.
-- Each table says how it is spread when it is distributed: "distributed: COLUMN", or "reference" for small shared tables.

-- +goose Up

-- reference
CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- reference
CREATE TABLE job (
    id BIGINT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    args TEXT NOT NULL,
    state TEXT NOT NULL, -- waiting, running, done, failed, canceled
    unique_key TEXT,     -- at most one waiting or running job per key
    run_at BIGINT NOT NULL,
    attempts INTEGER NOT NULL,
    max_attempts INTEGER NOT NULL,
    lease_until BIGINT NOT NULL,
    leased_by TEXT NOT NULL,
    done_count BIGINT NOT NULL,
    total_count BIGINT NOT NULL,
    cursor TEXT NOT NULL,
    cancel_requested INTEGER NOT NULL,
    result TEXT NOT NULL,
    error_code TEXT NOT NULL,
    error_args TEXT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    started_at BIGINT,
    finished_at BIGINT
);
CREATE INDEX ix_job_due ON job (state, run_at);
CREATE INDEX ix_job_mine ON job (created_by, id);
CREATE UNIQUE INDEX ix_job_unique ON job (unique_key) WHERE state IN ('waiting', 'running');

-- reference
CREATE TABLE schedule (
    name TEXT NOT NULL PRIMARY KEY,
    next_at BIGINT NOT NULL
);

-- reference
CREATE TABLE audit_head (
    chain INTEGER NOT NULL PRIMARY KEY,
    seq BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO audit_head (chain, seq, hash) VALUES (1, 0, '');

-- reference
CREATE TABLE audit_entry (
    seq BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    actor_id BIGINT NOT NULL,
    actor_name TEXT NOT NULL,
    action TEXT NOT NULL,    -- customer.update
    entity TEXT NOT NULL,    -- customer
    entity_id TEXT NOT NULL,
    customer_id BIGINT NOT NULL, -- 0 = concerns no single customer
    detail TEXT NOT NULL,    -- JSON: before and after per field, reason, counts
    request_id TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX ix_audit_customer ON audit_entry (customer_id, seq);
CREATE INDEX ix_audit_entity ON audit_entry (entity, entity_id, seq);

/*sqlite
-- +goose StatementBegin
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit_entry BEGIN SELECT RAISE(ABORT, 'audit entries are append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit_entry BEGIN SELECT RAISE(ABORT, 'audit entries are append-only'); END;
-- +goose StatementEnd
*/
/*postgres
-- +goose StatementBegin
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'audit entries are append-only'; END $$;
-- +goose StatementEnd
CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
*/

-- reference
CREATE TABLE event (
    id BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    customer_id BIGINT NOT NULL,
    payload TEXT NOT NULL,
    handled_at BIGINT
);
CREATE INDEX ix_event_open ON event (id) WHERE handled_at IS NULL;

-- reference
CREATE TABLE file (
    id BIGINT NOT NULL PRIMARY KEY,
    digest TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
