-- Fewer trees of keys to write in a grading. The key of verdicts leads to a customer's verdicts, and among them to those of a day and
-- scheme; the key of movements leads to those of a run, and an index of its own to those of a customer that went up or down.

-- +goose Up

DROP INDEX ix_verdict_found;
DROP INDEX ix_movement_run;

/*postgres
ALTER TABLE verdict DROP CONSTRAINT verdict_pkey, ADD PRIMARY KEY (customer_id, as_of, scheme, id);
ALTER TABLE movement DROP CONSTRAINT movement_pkey, ADD PRIMARY KEY (run_id, customer_id);
*/

/*sqlite
-- distributed: customer_id
CREATE TABLE verdict_by_day (
    customer_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    run_id BIGINT NOT NULL,
    rulebook TEXT NOT NULL,
    version TEXT NOT NULL,
    scheme TEXT NOT NULL,
    as_of TEXT NOT NULL,
    origin TEXT NOT NULL,
    code TEXT NOT NULL,
    position INTEGER NOT NULL,
    reason TEXT NOT NULL,
    score BIGINT,
    expires_on TEXT,
    explanation TEXT NOT NULL,
    digest TEXT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    frame BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (customer_id, as_of, scheme, id)
);
INSERT INTO verdict_by_day (customer_id, id, run_id, rulebook, version, scheme, as_of, origin, code, position, reason, score, expires_on, explanation, digest,
        created_by, created_at, frame)
    SELECT customer_id, id, run_id, rulebook, version, scheme, as_of, origin, code, position, reason, score, expires_on, explanation, digest,
        created_by, created_at, frame FROM verdict ORDER BY rowid;
DROP TABLE verdict;
ALTER TABLE verdict_by_day RENAME TO verdict;

-- distributed: customer_id
CREATE TABLE movement_by_run (
    customer_id BIGINT NOT NULL,
    run_id BIGINT NOT NULL,
    scheme TEXT NOT NULL,
    from_code TEXT NOT NULL,
    to_code TEXT NOT NULL,
    direction INTEGER NOT NULL,
    as_of TEXT NOT NULL,
    PRIMARY KEY (run_id, customer_id)
) WITHOUT ROWID;
INSERT INTO movement_by_run (customer_id, run_id, scheme, from_code, to_code, direction, as_of)
    SELECT customer_id, run_id, scheme, from_code, to_code, direction, as_of FROM movement ORDER BY run_id, customer_id;
DROP TABLE movement;
ALTER TABLE movement_by_run RENAME TO movement;
*/

CREATE INDEX ix_movement_customer ON movement (customer_id) WHERE direction <> 0;
