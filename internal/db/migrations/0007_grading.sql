-- Grading runs, verdicts (never edited) and the standing: which verdict counts now.

-- +goose Up

-- reference
CREATE TABLE grading_run (
    id BIGINT NOT NULL PRIMARY KEY,
    rulebook TEXT NOT NULL,
    version TEXT NOT NULL,
    adoption_id BIGINT NOT NULL,
    scheme TEXT NOT NULL,
    as_of TEXT /*postgres COLLATE "C"*/ NOT NULL,
    state TEXT NOT NULL,         -- running, done, failed, canceled
    in_scope BIGINT NOT NULL,
    graded BIGINT NOT NULL,
    without_verdict BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    written BIGINT NOT NULL,     -- verdicts that were new; 0 for a run that found everything as it was
    counts TEXT NOT NULL,        -- JSON: code -> number
    upto BIGINT NOT NULL,        -- the newest verdict id when the run ended: what the run found is read up to it; 0 = not ended
    job_id BIGINT NOT NULL,
    started_by BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    finished_at BIGINT
);
CREATE INDEX ix_grading_run_rulebook ON grading_run (rulebook, as_of, id);
CREATE INDEX ix_grading_run_job ON grading_run (job_id);

-- distributed: customer_id
CREATE TABLE verdict (
    customer_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    run_id BIGINT NOT NULL,      -- 0 = a decision of people
    rulebook TEXT NOT NULL,
    version TEXT NOT NULL,
    scheme TEXT NOT NULL,
    as_of TEXT /*postgres COLLATE "C"*/ NOT NULL,
    origin TEXT NOT NULL,        -- computed, override
    code TEXT NOT NULL,          -- '' = no verdict, for the reason
    position INTEGER NOT NULL,   -- of the code in its scheme, 0 = best
    reason TEXT NOT NULL,
    score BIGINT,                -- millionths
    expires_on TEXT,
    explanation TEXT NOT NULL,   -- JSON: inputs, items, clauses, what is missing for the next grade
    digest TEXT NOT NULL,        -- of everything above; an equal one is not written again
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (customer_id, id)
);
CREATE INDEX ix_verdict_scheme ON verdict (customer_id, scheme, as_of, id);
CREATE INDEX ix_verdict_day ON verdict (rulebook, as_of, customer_id, id);

-- distributed: customer_id
CREATE TABLE standing (
    customer_id BIGINT NOT NULL,
    scheme TEXT NOT NULL,
    rulebook TEXT NOT NULL,
    verdict_id BIGINT NOT NULL,
    code TEXT NOT NULL,
    position INTEGER NOT NULL,
    reason TEXT NOT NULL,
    score BIGINT,
    as_of TEXT /*postgres COLLATE "C"*/ NOT NULL,
    since TEXT NOT NULL,         -- the day this code began without interruption
    previous_code TEXT NOT NULL,
    PRIMARY KEY (customer_id, scheme)
);
CREATE INDEX ix_standing_code ON standing (scheme, code, customer_id);
CREATE INDEX ix_standing_order ON standing (scheme, position, customer_id);

-- Who moved from where to where in a run. distributed: customer_id
CREATE TABLE movement (
    customer_id BIGINT NOT NULL,
    run_id BIGINT NOT NULL,
    scheme TEXT NOT NULL,
    from_code TEXT NOT NULL,
    to_code TEXT NOT NULL,
    direction INTEGER NOT NULL,  -- 1 up, -1 down, 0 first verdict or aside
    as_of TEXT /*postgres COLLATE "C"*/ NOT NULL,
    PRIMARY KEY (customer_id, run_id)
);
CREATE INDEX ix_movement_run ON movement (run_id, direction, customer_id);
