-- Services by which people sign in elsewhere (OpenID Connect), and who is who there. 0059_signon.

-- +goose Up

-- reference
CREATE TABLE signon_provider (
    id BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    issuer TEXT NOT NULL,
    client_id TEXT NOT NULL,
    client_secret TEXT NOT NULL, -- sealed; '' = none
    address TEXT NOT NULL,       -- under which browsers see this program
    scopes TEXT NOT NULL,        -- beside openid, separated by blanks
    match_by TEXT NOT NULL,      -- none, email, login: how somebody who comes for the first time is found
    login_claim TEXT NOT NULL,
    may_create INTEGER NOT NULL,
    role_claim TEXT NOT NULL,    -- '' = roles are given here
    roles TEXT NOT NULL,         -- JSON: value of the claim -> role
    unit_claim TEXT NOT NULL,    -- holds the code of a unit; '' = units are given here
    trusted INTEGER NOT NULL,    -- it asks for a second factor itself
    active INTEGER NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- reference
CREATE TABLE signon_link (
    provider_id BIGINT NOT NULL,
    subject TEXT NOT NULL,
    user_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL,
    PRIMARY KEY (provider_id, subject)
);
CREATE INDEX ix_signon_link_user ON signon_link (user_id);
