-- Training: courses in editions, attempts at their questions, and certificates that expire.

-- +goose Up

-- reference
CREATE TABLE training_course (
    id BIGINT NOT NULL PRIMARY KEY,
    topic TEXT NOT NULL,           -- what a certificate of it proves: secrecy
    title TEXT NOT NULL,
    roles TEXT NOT NULL,           -- JSON list of roles it is for, empty = everybody
    units TEXT NOT NULL,           -- JSON list of units it is for with those below, empty = everybody
    state TEXT NOT NULL,           -- draft, published, withdrawn
    edition INTEGER NOT NULL,      -- the published one, 0 = none yet
    published_on TEXT /*postgres COLLATE "C"*/, -- first
    draft TEXT NOT NULL,           -- JSON: what is being written
    file_id BIGINT NOT NULL,       -- of the draft, 0 = none
    version BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- What a course said and asked; never changed. reference
CREATE TABLE training_edition (
    course_id BIGINT NOT NULL,
    edition INTEGER NOT NULL,
    content TEXT NOT NULL,         -- JSON
    file_id BIGINT NOT NULL,       -- 0 = none
    published_by BIGINT NOT NULL,
    published_at BIGINT NOT NULL,
    PRIMARY KEY (course_id, edition)
);

-- reference
CREATE TABLE training_attempt (
    id BIGINT NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL,
    course_id BIGINT NOT NULL,
    edition INTEGER NOT NULL,
    paper TEXT NOT NULL,           -- JSON: the questions and options in the order in which they were put
    answers TEXT NOT NULL,         -- JSON, empty while it is open
    state TEXT NOT NULL,           -- open, passed, failed, void
    score INTEGER NOT NULL,        -- per cent
    forgiven INTEGER NOT NULL,     -- no longer counts against the number of attempts
    begun_at BIGINT NOT NULL,
    ended_at BIGINT NOT NULL       -- 0 = open
);
CREATE INDEX ix_training_attempt ON training_attempt (user_id, course_id, id);
CREATE UNIQUE INDEX ux_training_open ON training_attempt (user_id, course_id) WHERE state = 'open';

-- reference
CREATE TABLE training_certificate (
    id BIGINT NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL,
    topic TEXT NOT NULL,
    title TEXT NOT NULL,
    number TEXT NOT NULL,          -- as its issuer numbers it
    course_id BIGINT NOT NULL,     -- 0 = issued elsewhere
    attempt_id BIGINT NOT NULL,
    issued_on TEXT /*postgres COLLATE "C"*/ NOT NULL,
    expires_on TEXT /*postgres COLLATE "C"*/, -- the last day it holds; none = it does not expire
    withdrawn TEXT NOT NULL,       -- why, empty = it holds
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX ix_training_certificate ON training_certificate (user_id, topic);
CREATE UNIQUE INDEX ux_training_certificate ON training_certificate (user_id, topic, issued_on, number);
