-- Plans: what a duty is for where no cadence brings it, who is told when it is missed, and who may excuse it.

-- +goose Up

ALTER TABLE duty ADD COLUMN occasion TEXT NOT NULL DEFAULT '';      -- birthday, festival(mid_autumn), fact(delivery) ...; '' = a cadence
ALTER TABLE duty ADD COLUMN waive_by TEXT NOT NULL DEFAULT '';      -- role that may excuse it, procedure, or '' = whoever has the permission
ALTER TABLE duty ADD COLUMN escalate_to TEXT NOT NULL DEFAULT '';   -- role that is told when it is missed, '' = nobody
ALTER TABLE duty ADD COLUMN escalate_on TEXT;                       -- the day on which that is due
ALTER TABLE duty ADD COLUMN escalated_to BIGINT NOT NULL DEFAULT 0; -- who was told, 0 = nobody yet
ALTER TABLE duty ADD COLUMN escalated_at BIGINT;                    -- when, also where nobody held the role
CREATE INDEX ix_duty_escalate ON duty (escalate_on, id) WHERE state = 'missed' AND escalate_to <> '' AND escalated_at IS NULL;
CREATE INDEX ix_duty_escalated ON duty (escalated_to, state, due_on, id) WHERE escalated_to <> 0;
