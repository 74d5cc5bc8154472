-- The complaint statistics of each month as they were made, and the receipt of the reports a rulebook asks for.

-- +goose Up

-- The statistics of a month as they were made. A row never changes: making them anew writes the next edition. reference
CREATE TABLE complaint_table (
    id BIGINT NOT NULL PRIMARY KEY,
    rulebook TEXT NOT NULL,
    report TEXT NOT NULL,        -- key of the report in its rulebook
    month TEXT /*postgres COLLATE "C"*/ NOT NULL, -- YYYY-MM
    edition BIGINT NOT NULL,     -- 1, 2 ...
    version TEXT NOT NULL,       -- of the rulebook that asked for them
    content TEXT NOT NULL,       -- JSON of the figures
    complaints BIGINT NOT NULL,  -- how many were received in the month
    reason TEXT NOT NULL,        -- why they were made by hand, '' = by the calendar
    made_by BIGINT NOT NULL,     -- 0 = the calendar
    made_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX ix_complaint_table_edition ON complaint_table (rulebook, report, month, edition);

-- Which edition was handed in, where the program makes the report itself; 0 = it does not.
ALTER TABLE report_filing ADD COLUMN edition BIGINT NOT NULL DEFAULT 0;
-- Who received the report, and when; 0 = nobody yet.
ALTER TABLE report_filing ADD COLUMN received_by BIGINT NOT NULL DEFAULT 0;
ALTER TABLE report_filing ADD COLUMN received_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE report_filing ADD COLUMN received_edition BIGINT NOT NULL DEFAULT 0;
ALTER TABLE report_filing ADD COLUMN received_note TEXT NOT NULL DEFAULT '';
