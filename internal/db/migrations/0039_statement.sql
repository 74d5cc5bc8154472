-- Statements of service: what a customer was told that was done in a year, numbered and kept as it was said.

-- +goose Up

-- distributed: customer_id
CREATE TABLE service_statement (
    customer_id BIGINT NOT NULL,
    year INTEGER NOT NULL,
    edition INTEGER NOT NULL,      -- 1 = the first of the year
    id BIGINT NOT NULL,
    number TEXT NOT NULL,
    digest TEXT NOT NULL,          -- of the content without its last day: while it stays, there is no further edition
    content TEXT NOT NULL,         -- JSON
    issued_by BIGINT NOT NULL,     -- 0 = the system
    issued_at BIGINT NOT NULL,
    PRIMARY KEY (customer_id, year, edition)
);
CREATE INDEX ix_service_statement_id ON service_statement (id);
