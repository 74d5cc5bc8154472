-- What a unit and a person answered for this year, and the customers of an area, counted without a walk through everybody's.

-- +goose Up

-- Nothing open is in them, so that planning, which writes very many duties, writes no page of them.
CREATE INDEX ix_duty_settled_unit ON duty (due_unit_id, due_on, rulebook, rule, grade, state, due_owner_id) WHERE state <> 'dropped' AND state <> 'open';
CREATE INDEX ix_duty_settled_owner ON duty (due_owner_id, due_on, rulebook, rule, grade, state, due_unit_id) WHERE state <> 'dropped' AND state <> 'open';

-- It begins with an expression, so that no list takes it for its filter and sorts what it finds.
CREATE INDEX ix_customer_area ON customer ((region || ''), region, owner_id, unit_id, archived_at) WHERE archived_at IS NULL;
