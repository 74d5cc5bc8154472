-- Ownership: who looks after which customer and why, runs of the owner rules, those beside the owner, and contracted areas.

-- +goose Up

-- Who looked after a customer, from when to when, and why. A term ends when the next one begins. distributed: customer_id
CREATE TABLE owner_term (
    customer_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    owner_id BIGINT NOT NULL,    -- 0 = nobody
    how TEXT NOT NULL,           -- rule, hand, claim, return, lapse, handover
    rulebook TEXT NOT NULL,      -- of a rule; '' for the others
    version TEXT NOT NULL,
    rule TEXT NOT NULL,
    precedence INTEGER NOT NULL, -- 0 = by no rule
    clause TEXT NOT NULL,
    why TEXT NOT NULL,           -- JSON: the explanation as it was known then
    source_id BIGINT NOT NULL,   -- the run or handover, 0 = none
    by_id BIGINT NOT NULL,       -- whoever did it, 0 = the program
    from_on TEXT /*postgres COLLATE "C"*/ NOT NULL,
    until_on TEXT /*postgres COLLATE "C"*/, -- the day the next term began, NULL = goes on
    created_at BIGINT NOT NULL,
    PRIMARY KEY (customer_id, id)
);
CREATE UNIQUE INDEX ix_owner_term_now ON owner_term (customer_id) WHERE until_on IS NULL;
CREATE INDEX ix_owner_term_owner ON owner_term (owner_id, how) WHERE until_on IS NULL;
CREATE INDEX ix_owner_term_day ON owner_term (from_on, customer_id);

-- A run of the owner rules over all customers: what would change, and what did. reference
CREATE TABLE owner_run (
    id BIGINT NOT NULL PRIMARY KEY, -- that of the job that works it out
    rulebook TEXT NOT NULL,
    version TEXT NOT NULL,
    state TEXT NOT NULL,         -- working, ready, failed
    in_scope BIGINT NOT NULL,
    moves BIGINT NOT NULL,       -- customers who would change hands
    conflicts BIGINT NOT NULL,   -- customers with a conflict
    unowned BIGINT NOT NULL,     -- customers nobody may look after
    loads TEXT NOT NULL,         -- JSON: per person the customers before and after
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    finished_at BIGINT
);

-- What a run says of a customer whose owner or reason changes, or about whom there is a conflict. distributed: customer_id
CREATE TABLE owner_line (
    customer_id BIGINT NOT NULL,
    run_id BIGINT NOT NULL,
    from_id BIGINT NOT NULL,
    to_id BIGINT NOT NULL,
    rule TEXT NOT NULL,
    precedence INTEGER NOT NULL,
    clause TEXT NOT NULL,
    why TEXT NOT NULL,           -- JSON
    kinds TEXT NOT NULL,         -- the kinds of conflicts, separated by spaces and with one at each end; '' = none
    state TEXT NOT NULL,         -- open, chosen, applied, stale (somebody changed the owner since)
    PRIMARY KEY (customer_id, run_id)
);
CREATE INDEX ix_owner_line_run ON owner_line (run_id, state, customer_id);

-- Those beside the owner. distributed: customer_id
CREATE TABLE customer_team (
    customer_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    part TEXT NOT NULL,          -- what the person does there, in the company's words
    from_on TEXT /*postgres COLLATE "C"*/ NOT NULL,
    until_on TEXT /*postgres COLLATE "C"*/, -- the last day, NULL = until further notice
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (customer_id, id)
);
CREATE INDEX ix_customer_team_user ON customer_team (user_id, customer_id);

-- Who answers for the customers of an area. reference
CREATE TABLE area_contract (
    id BIGINT NOT NULL PRIMARY KEY,
    region TEXT /*postgres COLLATE "C"*/ NOT NULL, -- division code of 2, 4 or 6 digits
    street TEXT NOT NULL,        -- street or compound, as addresses write it; '' = the whole region
    user_id BIGINT NOT NULL,     -- 0 = a unit
    unit_id BIGINT NOT NULL,     -- 0 = a person
    from_on TEXT /*postgres COLLATE "C"*/ NOT NULL,
    until_on TEXT /*postgres COLLATE "C"*/, -- the last day, NULL = until further notice
    version BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX ix_area_contract_region ON area_contract (region, street);
