-- What the explanations of all customers by one version of a rulebook have in common is kept once; a verdict keeps what is its own.

-- +goose Up

-- Never changed and never removed: verdicts refer to it. reference
CREATE TABLE explanation_frame (
    id BIGINT NOT NULL PRIMARY KEY, -- from the content
    rulebook TEXT NOT NULL,
    version TEXT NOT NULL,
    scheme TEXT NOT NULL,
    frame TEXT NOT NULL,            -- JSON: pieces of text with holes
    created_at BIGINT NOT NULL
);

-- The frame that the text in explanation fills; 0 = that text is the whole explanation, as releases before 0.2.0 wrote it.
ALTER TABLE verdict ADD COLUMN frame BIGINT NOT NULL DEFAULT 0;

-- One index leads to what a run found, of all customers and of one; a customer's verdicts lie together under the primary key.
DROP INDEX ix_verdict_scheme;
DROP INDEX ix_verdict_day;
CREATE INDEX ix_verdict_found ON verdict (as_of, customer_id, scheme, id);

-- No query is led by it: lists sorted by grade come to the standing from the customer.
DROP INDEX ix_standing_order;

-- Rows that are found by their key only lie in the order of the key: one tree less to write.
/*sqlite
-- distributed: customer_id
CREATE TABLE standing_by_key (
    customer_id BIGINT NOT NULL,
    scheme TEXT NOT NULL,
    rulebook TEXT NOT NULL,
    verdict_id BIGINT NOT NULL,
    code TEXT NOT NULL,
    position INTEGER NOT NULL,
    reason TEXT NOT NULL,
    score BIGINT,
    as_of TEXT NOT NULL,
    since TEXT NOT NULL,
    previous_code TEXT NOT NULL,
    PRIMARY KEY (customer_id, scheme)
) WITHOUT ROWID;
INSERT INTO standing_by_key (customer_id, scheme, rulebook, verdict_id, code, position, reason, score, as_of, since, previous_code)
    SELECT customer_id, scheme, rulebook, verdict_id, code, position, reason, score, as_of, since, previous_code FROM standing ORDER BY customer_id, scheme;
DROP TABLE standing;
ALTER TABLE standing_by_key RENAME TO standing;
CREATE INDEX ix_standing_code ON standing (scheme, code, customer_id);

-- distributed: customer_id
CREATE TABLE movement_by_key (
    customer_id BIGINT NOT NULL,
    run_id BIGINT NOT NULL,
    scheme TEXT NOT NULL,
    from_code TEXT NOT NULL,
    to_code TEXT NOT NULL,
    direction INTEGER NOT NULL,
    as_of TEXT NOT NULL,
    PRIMARY KEY (customer_id, run_id)
) WITHOUT ROWID;
INSERT INTO movement_by_key (customer_id, run_id, scheme, from_code, to_code, direction, as_of)
    SELECT customer_id, run_id, scheme, from_code, to_code, direction, as_of FROM movement ORDER BY customer_id, run_id;
DROP TABLE movement;
ALTER TABLE movement_by_key RENAME TO movement;
CREATE INDEX ix_movement_run ON movement (run_id, direction, customer_id);
*/
