-- Sheets of people and units that were brought in, with what each line changed, so that it can be taken back.

-- +goose Up

-- reference
CREATE TABLE staff_import (
    id BIGINT NOT NULL PRIMARY KEY,
    target TEXT NOT NULL,      -- people, units
    file_id BIGINT NOT NULL,
    file_name TEXT NOT NULL,
    state TEXT NOT NULL,       -- checked, applied, undone
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

-- Written before the line takes effect: what was before, and what is to be afterwards. reference
CREATE TABLE staff_line (
    import_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    line INTEGER NOT NULL,
    entity_key TEXT NOT NULL,  -- login or code
    was TEXT NOT NULL,         -- JSON; '' = it did not exist
    became TEXT NOT NULL,      -- JSON
    PRIMARY KEY (import_id, position)
);
