-- Proposals of better grades that somebody put aside: why, who and when. grade_proposal.state also knows dismissed; it ends, like the
-- others, when the verdict no longer proposes the grade.

-- +goose Up

ALTER TABLE grade_proposal ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE grade_proposal ADD COLUMN noted_by BIGINT NOT NULL DEFAULT 0; -- 0 = nobody put it aside
ALTER TABLE grade_proposal ADD COLUMN noted_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX ix_grade_proposal_since ON grade_proposal (state, since, customer_id);
