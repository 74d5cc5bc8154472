-- Rulebooks in writing, requests to adopt them, who has read what is in force, and the reports that were filed.

-- +goose Up

-- A rulebook being written. reference
CREATE TABLE rulebook_draft (
    id BIGINT NOT NULL PRIMARY KEY,
    rulebook TEXT NOT NULL,      -- id as written, '' while the text cannot be read
    version TEXT NOT NULL,       -- number as written
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    files TEXT NOT NULL,         -- JSON object: name -> text
    based_on TEXT NOT NULL,      -- the version it began from, '' = none
    revision BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_by BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX ix_rulebook_draft_rulebook ON rulebook_draft (rulebook, id);

-- Who wrote a version asks those who may to adopt it. reference
CREATE TABLE adoption_request (
    id BIGINT NOT NULL PRIMARY KEY,
    rulebook TEXT NOT NULL,
    version TEXT NOT NULL,
    settings TEXT NOT NULL,      -- JSON object, as in adoption
    effective_from TEXT /*postgres COLLATE "C"*/ NOT NULL, -- '' = the day of the decision
    note TEXT NOT NULL,
    state TEXT NOT NULL,         -- open, approved, refused, withdrawn
    requested_by BIGINT NOT NULL,
    requested_at BIGINT NOT NULL,
    decided_by BIGINT NOT NULL,
    decided_at BIGINT,
    reason TEXT NOT NULL,
    adoption_id BIGINT NOT NULL  -- what an approval led to, 0 = nothing
);
CREATE INDEX ix_adoption_request_state ON adoption_request (state, id);
CREATE INDEX ix_adoption_request_rulebook ON adoption_request (rulebook, id);

-- Who has read and understood which version. reference
CREATE TABLE rulebook_receipt (
    rulebook TEXT NOT NULL,
    version TEXT NOT NULL,
    user_id BIGINT NOT NULL,
    read_at BIGINT NOT NULL,
    PRIMARY KEY (rulebook, version, user_id)
);

-- A report a rulebook asks for, handed in for a period. reference
CREATE TABLE report_filing (
    rulebook TEXT NOT NULL,
    report TEXT NOT NULL,        -- key of the report in its rulebook
    period_from TEXT /*postgres COLLATE "C"*/ NOT NULL, -- first day of the period it is about
    id BIGINT NOT NULL,
    version TEXT NOT NULL,       -- in force when it was filed
    period_to TEXT /*postgres COLLATE "C"*/ NOT NULL,
    due_on TEXT /*postgres COLLATE "C"*/ NOT NULL,
    file_id BIGINT NOT NULL,     -- what was handed in, 0 = nothing attached
    note TEXT NOT NULL,
    filed_by BIGINT NOT NULL,
    filed_at BIGINT NOT NULL,
    PRIMARY KEY (rulebook, report, period_from)
);
CREATE UNIQUE INDEX ix_report_filing_id ON report_filing (id);
