-- Grades people decided on: by which clause, which of them were taken back, and which have ended. Requests for adoption that
-- are carried by a case, with what they would change.

-- +goose Up

ALTER TABLE grade_decision ADD COLUMN basis_rulebook TEXT NOT NULL DEFAULT ''; -- by whose clause it was decided, '' = not known
ALTER TABLE grade_decision ADD COLUMN basis_version TEXT NOT NULL DEFAULT '';
ALTER TABLE grade_decision ADD COLUMN basis_clause TEXT NOT NULL DEFAULT '';
ALTER TABLE grade_decision ADD COLUMN revokes BIGINT NOT NULL DEFAULT 0;       -- the decision this row takes back from its day on, 0 = none
CREATE INDEX ix_grade_decision_until ON grade_decision (rulebook, until_day);
CREATE INDEX ix_grade_decision_source ON grade_decision (source, source_id);

ALTER TABLE adoption_request ADD COLUMN case_id BIGINT NOT NULL DEFAULT 0;     -- that decides on it, 0 = of the time before cases did
ALTER TABLE adoption_request ADD COLUMN impact TEXT NOT NULL DEFAULT '';       -- JSON: who would move, once it is worked out
CREATE INDEX ix_adoption_request_case ON adoption_request (case_id);
UPDATE adoption_request SET state = 'withdrawn' WHERE state = 'open'; -- asked before cases decided: to be sent again
