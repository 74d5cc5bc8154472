-- Events (seminars, exchange meetings and other occasions): who is invited, who answered, who came, and what it cost.

-- +goose Up

-- reference
CREATE TABLE seminar (
    id BIGINT NOT NULL PRIMARY KEY,
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    kind TEXT NOT NULL,           -- seminar, exchange, thanks, training, meeting, hobby, other
    on_day TEXT /*postgres COLLATE "C"*/ NOT NULL,
    from_min INTEGER NOT NULL,    -- minutes of the day; both 0 = no time
    to_min INTEGER NOT NULL,
    place TEXT NOT NULL,
    about TEXT NOT NULL,
    organiser_id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL,      -- the organiser's, for data scope; 0 = none
    team TEXT NOT NULL,           -- JSON list of ids: who runs it beside the organiser
    capacity BIGINT NOT NULL,     -- people; 0 = no limit
    guests INTEGER NOT NULL,      -- how many each invited person may bring
    answer_by TEXT,               -- last day of answering by the link, NULL = the day itself
    budget BIGINT NOT NULL,       -- minor units
    currency TEXT NOT NULL,
    rulebook TEXT NOT NULL,       -- whose duties it keeps, '' = none
    rule TEXT NOT NULL,
    grade TEXT NOT NULL,          -- of a duty owed to a whole grade, '' = owed customer by customer
    clause TEXT NOT NULL,
    duty_zh TEXT NOT NULL,
    duty_en TEXT NOT NULL,
    state TEXT NOT NULL,          -- planned, held, cancelled
    reason TEXT NOT NULL,         -- of a cancellation
    summary TEXT NOT NULL,        -- what came of it, written when it was closed
    closed_by BIGINT NOT NULL,
    closed_at BIGINT,
    kept BIGINT NOT NULL,         -- duties that were kept by it
    taken BIGINT NOT NULL,        -- places of those who said yes
    last_number BIGINT NOT NULL,  -- of an invitation
    idem_key TEXT NOT NULL,
    idem_hash TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX ix_seminar_day ON seminar (on_day, id);
CREATE UNIQUE INDEX ux_seminar_key ON seminar (created_by, idem_key) WHERE idem_key <> '';

-- Who is invited or came without an invitation. distributed: customer_id
CREATE TABLE seminar_invite (
    customer_id BIGINT NOT NULL,  -- 0 = somebody who is no customer
    id BIGINT NOT NULL,
    seminar_id BIGINT NOT NULL,
    number BIGINT NOT NULL,       -- within the event, said at the door
    contact_id BIGINT NOT NULL,   -- 0 = the customer as such
    person TEXT NOT NULL,         -- name of whoever is invited or came
    company TEXT NOT NULL,        -- of somebody who is no customer
    phone TEXT NOT NULL,
    origin TEXT NOT NULL,         -- segment, hand, walk_in
    answer TEXT NOT NULL,         -- '' = none yet, yes, waiting, no, withdrawn
    guests BIGINT NOT NULL,       -- how many they bring
    guest_names TEXT NOT NULL,    -- JSON list, may be shorter
    note TEXT NOT NULL,
    answered_at BIGINT,
    answered_by BIGINT NOT NULL,  -- 0 = by the link, or not yet
    waiting_since BIGINT,         -- while they wait for a place
    moved_up_at BIGINT,           -- when a place became free for them
    came BIGINT NOT NULL,         -- how many people came, 0 = nobody
    came_at BIGINT,
    came_by BIGINT NOT NULL,      -- who checked them in
    fact_id BIGINT NOT NULL,      -- the attendance, 0 = none
    duty_id BIGINT NOT NULL,      -- the duty that was kept by it, 0 = none
    idem_key TEXT NOT NULL,
    idem_hash TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (customer_id, id)
);
CREATE INDEX ix_seminar_invite_id ON seminar_invite (id);
CREATE INDEX ix_seminar_invite_number ON seminar_invite (seminar_id, number);
CREATE UNIQUE INDEX ux_seminar_invite_customer ON seminar_invite (customer_id, seminar_id) WHERE customer_id <> 0;
CREATE UNIQUE INDEX ux_seminar_invite_key ON seminar_invite (customer_id, seminar_id, idem_key) WHERE idem_key <> '';

-- What an event cost, in its currency. reference
CREATE TABLE seminar_cost (
    seminar_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    what TEXT NOT NULL,
    amount BIGINT NOT NULL,       -- minor units; a correction may be negative
    on_day TEXT NOT NULL,
    idem_key TEXT NOT NULL,
    idem_hash TEXT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (seminar_id, id)
);
CREATE UNIQUE INDEX ux_seminar_cost_key ON seminar_cost (seminar_id, idem_key) WHERE idem_key <> '';

INSERT INTO fact_kind (kind, label_zh, label_en, has_amount, position) VALUES ('event_attendance', '参加活动', 'Event attended', 0, 12)
    ON CONFLICT (kind) DO NOTHING;
