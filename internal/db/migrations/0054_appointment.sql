-- Appointments that a regulation asks for, and next visits that were agreed in a report.

-- +goose Up

ALTER TABLE duty ADD COLUMN appointment INTEGER NOT NULL DEFAULT 0; -- 1 = nobody goes before an appointment is recorded

ALTER TABLE visit ADD COLUMN appt_with TEXT NOT NULL DEFAULT '';    -- with whom it was agreed
ALTER TABLE visit ADD COLUMN appt_how TEXT NOT NULL DEFAULT '';     -- phone, mail, in_person, referral, other; empty = not agreed
ALTER TABLE visit ADD COLUMN appt_at BIGINT;                        -- when that was recorded
ALTER TABLE visit ADD COLUMN no_appt TEXT NOT NULL DEFAULT '';      -- why they went without one
ALTER TABLE visit ADD COLUMN agreed_in BIGINT NOT NULL DEFAULT 0;   -- the visit in whose report it was agreed, 0 = planned otherwise
