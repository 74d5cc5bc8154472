-- The audit log is searched by who and when.

-- +goose Up

CREATE INDEX ix_audit_actor ON audit_entry (actor_id, seq);
CREATE INDEX ix_audit_at ON audit_entry (at);
