-- Data keys, wrapped under a master key that is not in the database, and which of them seals each upload.

-- +goose Up

-- reference
CREATE TABLE data_key (
    id BIGINT NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL,         -- seal: contents and fields; mark: keyed digests
    state TEXT NOT NULL,           -- active, retired
    wrapped TEXT NOT NULL,         -- the key, sealed under the master key
    master TEXT NOT NULL,          -- which master key that is
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX ux_data_key_active ON data_key (purpose) WHERE state = 'active';

ALTER TABLE file ADD COLUMN key_id BIGINT NOT NULL DEFAULT 0;    -- the data key of the content, 0 = it is not sealed
ALTER TABLE file ADD COLUMN sealed_as BIGINT NOT NULL DEFAULT 0; -- what the content is bound to; uploads that share a content share it
CREATE INDEX ix_file_key ON file (key_id, digest);
CREATE INDEX ix_file_digest ON file (digest);
