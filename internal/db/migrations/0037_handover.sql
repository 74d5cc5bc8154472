-- Handovers: everything of a person to others, what is planned, signed, moved, and which customers were told.

-- +goose Up

-- reference
CREATE TABLE handover (
    id BIGINT NOT NULL PRIMARY KEY,
    number TEXT NOT NULL,        -- of the case of signatures, '' before it
    person_id BIGINT NOT NULL,   -- who hands over
    unit_id BIGINT NOT NULL,     -- the person's when it was opened, whose heads plan it; 0 = none
    reason TEXT NOT NULL,        -- leaves, moves
    from_on TEXT /*postgres COLLATE "C"*/ NOT NULL,
    away INTEGER NOT NULL,       -- 1 = not there to sign
    note TEXT NOT NULL,
    state TEXT NOT NULL,         -- planning, signing, moving, done, dropped
    rest_id BIGINT NOT NULL,     -- who gets what hangs on no customer, 0 = not chosen
    case_id BIGINT NOT NULL,     -- the case of signatures, 0 = none
    counts TEXT NOT NULL,        -- JSON list: kind, before, left
    loads TEXT NOT NULL,         -- JSON list: per person the customers before and after, as signed for
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    done_at BIGINT,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX ux_handover_person ON handover (person_id) WHERE state IN ('planning', 'signing', 'moving');

-- A customer of a handover. distributed: customer_id
CREATE TABLE handover_line (
    customer_id BIGINT NOT NULL,
    handover_id BIGINT NOT NULL,
    to_id BIGINT NOT NULL,       -- who gets it, 0 = nobody yet
    how TEXT NOT NULL,           -- rule, even, hand, rest; '' = not planned
    why TEXT NOT NULL,           -- JSON: what the owner rules say, null = they were not asked
    state TEXT NOT NULL,         -- open, moved, gone (belongs to somebody else since)
    told_how TEXT NOT NULL,      -- message, phone; '' = nobody has told the customer
    told_by BIGINT NOT NULL,     -- 0 = the program
    told_at BIGINT NOT NULL,
    told_note TEXT NOT NULL,
    PRIMARY KEY (customer_id, handover_id)
);
CREATE INDEX ix_handover_line_state ON handover_line (handover_id, state, customer_id);
CREATE INDEX ix_handover_line_to ON handover_line (handover_id, to_id, customer_id);

-- Who is to ring again may be somebody else than who rang.
ALTER TABLE phone_call ADD COLUMN again_by BIGINT NOT NULL DEFAULT 0;
UPDATE phone_call SET again_by = by_id;
CREATE INDEX ix_phone_call_again_by ON phone_call (again_by, again_open, again_at);

-- What customers are told in; the company may put it in its own words.
INSERT INTO message_template (id, name, channel, purpose, subject_zh, subject_en, body_zh, body_en, archived_at, version, created_by, created_at, updated_at) VALUES
    (1, '客户交接通知（短信） handover', 'sms', 'notice', '', '',
     '{{salutation}}您好：自{{detail}}起，由{{owner.name}}接替{{subject}}为您服务，您的事项照常办理。{{organisation}}',
     '{{salutation}}, from {{detail}} on {{owner.name}} looks after you in place of {{subject}}; everything under way goes on. {{organisation}}', NULL, 1, 0, 0, 0),
    (2, '客户交接通知（邮件） handover', 'mail', 'notice', '您的联系人变更通知', 'Your contact with us changes',
     '{{salutation}}您好：

自{{detail}}起，由{{owner.name}}接替{{subject}}为您服务，您的事项照常办理。

{{organisation}}',
     '{{salutation}},

from {{detail}} on {{owner.name}} looks after you in place of {{subject}}. Everything under way goes on.

{{organisation}}', NULL, 1, 0, 0, 0)
    ON CONFLICT DO NOTHING;
