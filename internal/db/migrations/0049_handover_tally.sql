-- The counts of a handover are read from an index alone.

-- +goose Up

DROP INDEX ix_handover_line_to;
CREATE INDEX ix_handover_line_to ON handover_line (handover_id, to_id, state, told_how, customer_id);
