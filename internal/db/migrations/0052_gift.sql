-- The register of gifts to customers, and what each customer got in a year.

-- +goose Up

-- distributed: customer_id
CREATE TABLE gift (
    customer_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    contact_id BIGINT NOT NULL,    -- who receives it, 0 = the customer as such
    what TEXT NOT NULL,
    occasion TEXT NOT NULL,
    value BIGINT NOT NULL,         -- minor units
    currency TEXT NOT NULL,
    cost_centre TEXT NOT NULL,
    giver_id BIGINT NOT NULL,      -- who hands it over
    on_day TEXT /*postgres COLLATE "C"*/ NOT NULL, -- it is meant for, or was handed over
    state TEXT NOT NULL,           -- waiting, approved, given, refused, cancelled, returned
    said TEXT NOT NULL,            -- why it was refused, cancelled or given back
    note TEXT NOT NULL,
    case_id BIGINT NOT NULL,       -- of its approval, 0 = it needed none
    fact_id BIGINT NOT NULL,       -- the fact it became, 0 = none
    idem_key TEXT NOT NULL,
    idem_hash TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (customer_id, id)
);
CREATE INDEX ix_gift_id ON gift (id);
CREATE INDEX ix_gift_day ON gift (on_day, id);
CREATE INDEX ix_gift_customer ON gift (customer_id, on_day, id);
CREATE UNIQUE INDEX ux_gift_key ON gift (customer_id, created_by, idem_key) WHERE idem_key <> '';

-- What the gifts of a customer come to in a civil year, those that wait and those to be handed over counted. distributed: customer_id
CREATE TABLE gift_year (
    customer_id BIGINT NOT NULL,
    year INTEGER NOT NULL,
    currency TEXT NOT NULL,
    used BIGINT NOT NULL,          -- minor units
    PRIMARY KEY (customer_id, year, currency)
);

INSERT INTO fact_kind (kind, label_zh, label_en, has_amount, position) VALUES ('gift', '礼品', 'Gift', 1, 15)
    ON CONFLICT (kind) DO UPDATE SET label_zh = excluded.label_zh, label_en = excluded.label_en, has_amount = excluded.has_amount;
