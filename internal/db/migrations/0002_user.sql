-- Units, users, roles held, sessions, personal tokens.

-- +goose Up

-- reference
CREATE TABLE unit (
    id BIGINT NOT NULL PRIMARY KEY,
    parent_id BIGINT,
    code TEXT NOT NULL UNIQUE,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- reference
CREATE TABLE app_user (
    id BIGINT NOT NULL PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    password_hash TEXT NOT NULL, -- argon2id in PHC form; '' = cannot sign in with a password
    unit_id BIGINT,
    state TEXT NOT NULL,         -- active, disabled
    locale TEXT NOT NULL,
    theme TEXT NOT NULL,
    prefs TEXT NOT NULL,         -- JSON: favourites, density, column choices
    must_change_password INTEGER NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX ix_app_user_unit ON app_user (unit_id);

-- reference
CREATE TABLE user_role (
    user_id BIGINT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (user_id, role)
);

-- reference
CREATE TABLE login_session (
    token_hash TEXT NOT NULL PRIMARY KEY,
    id BIGINT NOT NULL UNIQUE,
    user_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    address TEXT NOT NULL,
    agent TEXT NOT NULL
);
CREATE INDEX ix_session_user ON login_session (user_id);

-- reference
CREATE TABLE api_token (
    token_hash TEXT NOT NULL PRIMARY KEY,
    id BIGINT NOT NULL UNIQUE,
    user_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX ix_api_token_user ON api_token (user_id);
