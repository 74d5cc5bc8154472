-- What people from outside began on the public pages, and how they rated the answer.

-- +goose Up

-- distributed: case_id
CREATE TABLE public_case (
    case_id BIGINT NOT NULL PRIMARY KEY,
    access TEXT /*postgres COLLATE "C"*/ NOT NULL, -- keyed digest of number and phone together: one is nothing without the other
    phone TEXT NOT NULL,         -- E.164, for the desk
    added INTEGER NOT NULL,      -- how often the customer added to it
    score INTEGER NOT NULL,      -- 1 to 5, 0 = not rated
    remark TEXT NOT NULL,        -- what the customer said along with it
    rated_at BIGINT,             -- when it was rated first
    fact_customer_id BIGINT NOT NULL, -- the fact the rating became, 0 = none
    fact_id BIGINT NOT NULL,
    fact_on TEXT /*postgres COLLATE "C"*/, -- its day, NULL = none
    created_at BIGINT NOT NULL
);
CREATE INDEX ix_public_case_access ON public_case (access);
