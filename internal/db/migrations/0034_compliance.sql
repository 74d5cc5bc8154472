-- Compliance: who answered for a duty on its day, and an index from which every count of what is past is read alone. What is still open
-- is not in it: a year of duties planned ahead would cost twice as much to write, and of those a count sees the few days to its end.

-- +goose Up

-- owner_id and unit_id go with the customer as long as the duty is not done; these two stand still once its day has passed.
ALTER TABLE duty ADD COLUMN due_owner_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE duty ADD COLUMN due_unit_id BIGINT NOT NULL DEFAULT 0;
UPDATE duty SET due_owner_id = owner_id, due_unit_id = unit_id;
CREATE INDEX ix_duty_comply ON duty (rulebook, due_on, clause, rule, grade, state, due_unit_id, due_owner_id) WHERE state <> 'dropped' AND state <> 'open';
