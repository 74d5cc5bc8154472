-- Lists of calls and visits walk an index in their own order.

-- +goose Up

DROP INDEX ix_phone_call_by;
CREATE INDEX ix_phone_call_at ON phone_call (called_at, id);
CREATE INDEX ix_phone_call_person ON phone_call (by_id, called_at, id);
CREATE INDEX ix_phone_call_of ON phone_call (customer_id, called_at, id);
CREATE INDEX ix_phone_call_open ON phone_call (again_at, id) WHERE again_open = 1;
