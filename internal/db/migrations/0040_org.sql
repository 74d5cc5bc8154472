-- The tree of units with its history: what each unit was called, of which kind it was, where it hung and who led it, from which day to
-- which. The row of unit itself is what holds today.

-- +goose Up

ALTER TABLE unit ADD COLUMN kind TEXT NOT NULL DEFAULT 'department';  -- head_office, branch, department, team
ALTER TABLE unit ADD COLUMN manager_id BIGINT NOT NULL DEFAULT 0;     -- who leads it, 0 = nobody
ALTER TABLE unit ADD COLUMN from_on TEXT /*postgres COLLATE "C"*/;    -- its first day, NULL = before anything was written down
ALTER TABLE unit ADD COLUMN until_on TEXT /*postgres COLLATE "C"*/;   -- its last day, NULL = until further notice
ALTER TABLE unit ADD COLUMN merged_into BIGINT NOT NULL DEFAULT 0;    -- the unit that goes on for it, 0 = none
ALTER TABLE unit ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE unit ADD COLUMN updated_at BIGINT NOT NULL DEFAULT 0;
UPDATE unit SET kind = 'head_office' WHERE parent_id IS NULL;

-- The terms of a unit follow each other without a gap. reference
CREATE TABLE unit_term (
    unit_id BIGINT NOT NULL,
    position INTEGER NOT NULL,     -- 1 = the first
    parent_id BIGINT NOT NULL,     -- 0 = top
    kind TEXT NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    manager_id BIGINT NOT NULL,
    from_on TEXT /*postgres COLLATE "C"*/,  -- NULL = before anything was written down
    until_on TEXT /*postgres COLLATE "C"*/, -- NULL = until further notice
    changed_by BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (unit_id, position)
);
INSERT INTO unit_term (unit_id, position, parent_id, kind, name_zh, name_en, manager_id, changed_by, changed_at)
    SELECT id, 1, COALESCE(parent_id, 0), kind, name_zh, name_en, 0, 0, created_at FROM unit;

-- Counts the changes of who is who: units, people, their roles, posts and absences. A process knows by it that what it remembers is old.
ALTER TABLE post_mark RENAME TO org_mark;

DROP INDEX ix_app_user_unit;
CREATE INDEX ix_app_user_unit ON app_user (unit_id, state);
