-- Imports: what was read, how it was mapped, what became of every line that did not pass, and what reverting needs.

-- +goose Up

-- reference
CREATE TABLE import (
    id BIGINT NOT NULL PRIMARY KEY,
    target TEXT NOT NULL,        -- customers, or a kind of fact (order, payment ...)
    state TEXT NOT NULL,         -- uploaded, checking, checked, queued, running, done, failed, canceled, reverting, reverted
    file_id BIGINT NOT NULL,
    file_name TEXT NOT NULL,
    digest TEXT NOT NULL,
    options TEXT NOT NULL,       -- JSON: mapping, constants, mode, date order, sheet, encoding
    counts TEXT NOT NULL,        -- JSON: read, imported, set aside, refused, created, updated, unchanged, amounts
    batch_id BIGINT NOT NULL,
    job_id BIGINT NOT NULL,
    error_code TEXT NOT NULL,
    error_args TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    finished_at BIGINT,
    reverted_at BIGINT
);
CREATE INDEX ix_import_created ON import (created_at, id);
CREATE INDEX ix_import_digest ON import (digest, target);
CREATE INDEX ix_import_state ON import (state);

-- Lines refused or set aside, with what the person may correct. reference
CREATE TABLE import_row (
    import_id BIGINT NOT NULL,
    line BIGINT NOT NULL,
    outcome TEXT NOT NULL,       -- refused, set_aside, ready (corrected, not yet run), imported (after a correction)
    cells TEXT NOT NULL,         -- JSON list, as read or as corrected
    problems TEXT NOT NULL,      -- JSON list of {path, code, args}
    fixed INTEGER NOT NULL,
    PRIMARY KEY (import_id, line)
);

-- What a customer was before an import changed it, so that the import can be reverted. reference
CREATE TABLE import_change (
    import_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    action TEXT NOT NULL,        -- created, updated, kept (reverting left it as it is)
    version BIGINT NOT NULL,     -- of the customer after the import
    before TEXT NOT NULL,        -- JSON of the record before; '' when created
    PRIMARY KEY (import_id, customer_id)
);

-- A remembered mapping, found again by the headers of the file. reference
CREATE TABLE import_mapping (
    id BIGINT NOT NULL PRIMARY KEY,
    target TEXT NOT NULL,
    name TEXT NOT NULL,
    header_key TEXT NOT NULL,    -- digest of the normalised headers
    options TEXT NOT NULL,
    user_id BIGINT NOT NULL,
    used_at BIGINT NOT NULL,
    UNIQUE (target, header_key)
);
