-- Visits and calls: when somebody goes to a customer or rings, what came of it, and where the customer is found.

-- +goose Up

-- distributed: customer_id
CREATE TABLE visit (
    customer_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    owner_id BIGINT NOT NULL,      -- who goes
    unit_id BIGINT NOT NULL,       -- the unit of the customer when it was planned, for data scope
    duty_id BIGINT NOT NULL,       -- the duty it keeps, 0 = none
    state TEXT NOT NULL,           -- planned, asked, confirmed, under_way, arrived, done, cancelled
    on_day TEXT /*postgres COLLATE "C"*/ NOT NULL,
    from_min INTEGER NOT NULL,     -- minutes after midnight; both 0 = no time agreed
    to_min INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    place TEXT NOT NULL,
    ours TEXT NOT NULL,            -- JSON list of names: who goes along
    theirs TEXT NOT NULL,          -- JSON list of names: whom they want to meet
    needs_appointment INTEGER NOT NULL, -- 1 = the customer must have agreed before anybody sets out
    arrived_at BIGINT,             -- the moment of the check-in, by the phone's clock
    lat_e6 BIGINT,                 -- where, in millionths of a degree; NULL = not known
    lon_e6 BIGINT,
    accuracy_m BIGINT,
    distance_m BIGINT,             -- from the customer's place; NULL = not known
    report TEXT NOT NULL,
    met TEXT NOT NULL,             -- whom they met
    feedback TEXT NOT NULL,        -- what the customer had to say about us
    next_on TEXT,                  -- the day agreed for the next visit
    reason TEXT NOT NULL,          -- of a cancellation
    fact_id BIGINT NOT NULL,       -- the fact it became, 0 = none
    done_at BIGINT,
    version BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (customer_id, id)
);
CREATE INDEX ix_visit_id ON visit (id);
CREATE INDEX ix_visit_owner ON visit (owner_id, on_day, id);
CREATE INDEX ix_visit_day ON visit (on_day, id);
CREATE INDEX ix_visit_customer ON visit (customer_id, on_day, id);
CREATE INDEX ix_visit_duty ON visit (duty_id, state);

-- Photos of the arrival and files of the report. distributed: customer_id
CREATE TABLE visit_file (
    customer_id BIGINT NOT NULL,
    visit_id BIGINT NOT NULL,
    file_id BIGINT NOT NULL,
    part TEXT NOT NULL,            -- arrival, report
    position INTEGER NOT NULL,
    PRIMARY KEY (customer_id, visit_id, file_id)
);
CREATE INDEX ix_visit_file_file ON visit_file (file_id);

-- Where a customer is found on the map. distributed: customer_id
CREATE TABLE customer_place (
    customer_id BIGINT NOT NULL,
    lat_e6 BIGINT NOT NULL,
    lon_e6 BIGINT NOT NULL,
    set_by BIGINT NOT NULL,
    set_at BIGINT NOT NULL,
    PRIMARY KEY (customer_id)
);

-- distributed: customer_id
CREATE TABLE phone_call (
    customer_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    by_id BIGINT NOT NULL,         -- who rang
    unit_id BIGINT NOT NULL,       -- the unit of the customer, for data scope
    duty_id BIGINT NOT NULL,       -- the duty it was for, 0 = none
    outcome TEXT NOT NULL,         -- reached, not_reached, call_again
    direction TEXT NOT NULL,       -- out, in
    whom TEXT NOT NULL,            -- who was rung, or rang
    phone TEXT NOT NULL,
    note TEXT NOT NULL,
    called_at BIGINT NOT NULL,
    on_day TEXT /*postgres COLLATE "C"*/ NOT NULL,
    again_at BIGINT,               -- the moment to ring again
    again_open INTEGER NOT NULL,   -- 1 = nobody has rung again yet
    fact_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (customer_id, id)
);
CREATE INDEX ix_phone_call_id ON phone_call (id);
CREATE INDEX ix_phone_call_customer ON phone_call (customer_id, again_open);
CREATE INDEX ix_phone_call_again ON phone_call (by_id, again_open, again_at);
CREATE INDEX ix_phone_call_by ON phone_call (by_id, id);

-- Requests by their idempotency key: phones send again what they got no answer to. reference
CREATE TABLE visit_request (
    user_id BIGINT NOT NULL,
    idem_key TEXT NOT NULL,
    hash TEXT NOT NULL,
    ref_id BIGINT NOT NULL,        -- the visit, call or promise it concerned
    created_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, idem_key)
);

-- An attempt to reach a customer is not yet a call.
INSERT INTO fact_kind (kind, label_zh, label_en, has_amount, position) VALUES ('attempt', '联系未果', 'Attempted contact', 0, 14)
    ON CONFLICT (kind) DO NOTHING;
