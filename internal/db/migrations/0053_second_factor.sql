-- What somebody proves beside the password, the short-lived steps of a sign-in, and when a session was proved last.

-- +goose Up

ALTER TABLE login_session ADD COLUMN proved_at BIGINT NOT NULL DEFAULT 0; -- when who sits there was proved last: at the sign-in, or before something that matters
ALTER TABLE login_session ADD COLUMN method TEXT NOT NULL DEFAULT 'password';

-- The app that gives somebody six figures (RFC 6238). reference
CREATE TABLE totp (
    user_id BIGINT NOT NULL PRIMARY KEY,
    secret TEXT NOT NULL,       -- sealed; '' = none is confirmed yet
    pending TEXT NOT NULL,      -- sealed: shown, and to be confirmed by a code; '' = none
    last_step BIGINT NOT NULL,  -- of the newest code that was accepted: none is accepted twice
    confirmed_at BIGINT NOT NULL
);

-- Codes on paper for the day the telephone is lost, each good for once. reference
CREATE TABLE recovery_code (
    user_id BIGINT NOT NULL,
    hash TEXT NOT NULL,
    salt TEXT NOT NULL,
    PRIMARY KEY (user_id, hash)
);

-- A step of a sign-in that waits for the next one: it lets nobody in. reference
CREATE TABLE login_step (
    token_hash TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,         -- second: the password was right
    user_id BIGINT NOT NULL,    -- 0 = not known yet
    data TEXT NOT NULL,         -- JSON
    tries BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX ix_login_step_expires ON login_step (expires_at);
