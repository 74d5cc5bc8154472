-- Accounts of programs, what a token may do, and the devices somebody has signed in from.

-- +goose Up

ALTER TABLE app_user ADD COLUMN kind TEXT NOT NULL DEFAULT 'person'; -- person; service = a program: no password, tokens only
ALTER TABLE api_token ADD COLUMN scopes TEXT NOT NULL DEFAULT '';    -- JSON list of permissions; '' = everything its owner may do
ALTER TABLE api_token ADD COLUMN created_by BIGINT NOT NULL DEFAULT 0;

-- A device from which somebody has signed in: wrong passwords tried elsewhere do not keep it out. reference
CREATE TABLE known_device (
    token_hash TEXT NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX ix_known_device_user ON known_device (user_id);
