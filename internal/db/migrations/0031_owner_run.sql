-- Runs of the owner rules keep count of their lines themselves: lines go when a newer run is ready, the figures stay.

-- +goose Up

ALTER TABLE owner_run ADD COLUMN open_lines BIGINT NOT NULL DEFAULT 0;
ALTER TABLE owner_run ADD COLUMN chosen_lines BIGINT NOT NULL DEFAULT 0;
ALTER TABLE owner_run ADD COLUMN applied_lines BIGINT NOT NULL DEFAULT 0;
ALTER TABLE owner_run ADD COLUMN stale_lines BIGINT NOT NULL DEFAULT 0;
UPDATE owner_run SET
    open_lines = (SELECT COUNT(*) FROM owner_line l WHERE l.run_id = owner_run.id AND l.state = 'open'),
    chosen_lines = (SELECT COUNT(*) FROM owner_line l WHERE l.run_id = owner_run.id AND l.state = 'chosen'),
    applied_lines = (SELECT COUNT(*) FROM owner_line l WHERE l.run_id = owner_run.id AND l.state = 'applied'),
    stale_lines = (SELECT COUNT(*) FROM owner_line l WHERE l.run_id = owner_run.id AND l.state = 'stale');
