-- Keys of devices by which somebody signs in without a password (WebAuthn). 0058_passkey.

-- +goose Up

-- reference
CREATE TABLE passkey (
    id BIGINT NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL,
    credential_id TEXT NOT NULL UNIQUE, -- base64url
    name TEXT NOT NULL,
    data TEXT NOT NULL,                 -- JSON: public key, counter, flags; nothing secret
    created_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL             -- 0 = not yet
);
CREATE INDEX ix_passkey_user ON passkey (user_id);
