-- Greetings: the messages of a duty are found by what asked for them.

-- +goose Up

CREATE INDEX ix_message_ref ON message (ref) WHERE ref <> '';
