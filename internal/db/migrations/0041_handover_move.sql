-- The job that moves a handover, and what it could not move, with the reason.

-- +goose Up

ALTER TABLE handover ADD COLUMN job_id BIGINT NOT NULL DEFAULT 0;
UPDATE handover SET job_id = COALESCE((SELECT MAX(j.id) FROM job j WHERE j.unique_key = 'handover.move:' || CAST(handover.id AS TEXT)), 0);

-- reference
CREATE TABLE handover_kept (
    handover_id BIGINT NOT NULL,
    kind TEXT /*postgres COLLATE "C"*/ NOT NULL,          -- duties, cases, steps, visits, calls, promises
    thing_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL, -- 0 = hangs on no customer
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    due TEXT /*postgres COLLATE "C"*/ NOT NULL,  -- '' = none
    code TEXT NOT NULL,          -- of the sentence that says why it stayed
    args TEXT NOT NULL,          -- JSON
    PRIMARY KEY (handover_id, kind, thing_id)
);
