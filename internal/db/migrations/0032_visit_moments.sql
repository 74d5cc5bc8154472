-- What happened on a visit keeps the moment the phone says beside the one we heard of it.

-- +goose Up

ALTER TABLE visit ADD COLUMN set_out_at BIGINT;      -- by the phone's clock, like arrived_at
ALTER TABLE visit ADD COLUMN arrival_told_at BIGINT; -- when we heard of the check-in
ALTER TABLE visit ADD COLUMN reported_at BIGINT;     -- when the report was written, by the phone's clock; done_at is when it came in
