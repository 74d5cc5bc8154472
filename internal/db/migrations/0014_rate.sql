-- Exchange rates the company keeps.

-- +goose Up

-- A row is never removed: a rate that was taken back is empty, so that it shows since when gradings may differ. reference
CREATE TABLE exchange_rate (
    home TEXT /*postgres COLLATE "C"*/ NOT NULL,     -- the currency it converts into
    currency TEXT /*postgres COLLATE "C"*/ NOT NULL, -- the currency it converts
    from_day TEXT /*postgres COLLATE "C"*/ NOT NULL, -- the first day it applies
    rate TEXT NOT NULL,                              -- units of home for one of currency, a plain decimal; '' = taken back
    set_by BIGINT NOT NULL,
    set_at BIGINT NOT NULL,
    PRIMARY KEY (home, currency, from_day)
);
