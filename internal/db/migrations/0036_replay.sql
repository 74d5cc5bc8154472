-- Which cases an import wrote, so that it can be taken back.

-- +goose Up

-- distributed: case_id
CREATE TABLE proc_replay (
    import_id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    acts BIGINT NOT NULL,        -- the version the case was written with: another one says that somebody worked on it
    PRIMARY KEY (import_id, case_id)
);
CREATE INDEX ix_proc_replay_case ON proc_replay (case_id);
