-- Days of a customer or of one of its contacts that come back every year: birthdays and whatever else has a name, by the solar or by
-- the lunar calendar. Birthdays, which stood with the contacts, are kept here and nowhere else.

-- +goose Up

-- distributed: customer_id
CREATE TABLE special_day (
    customer_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    contact_id BIGINT NOT NULL,   -- whose day it is, 0 = the customer's own
    kind TEXT NOT NULL,           -- birthday, or day: one with a name
    name TEXT NOT NULL,           -- of the day; empty for birthdays
    lunar INTEGER NOT NULL,       -- 1 = month and day are those of the lunar calendar
    year INTEGER NOT NULL,        -- in which it happened first, 0 = not known
    month_day INTEGER NOT NULL,   -- month * 100 + day
    note TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (customer_id, id)
) /*sqlite WITHOUT ROWID*/;
CREATE UNIQUE INDEX ux_special_day_birthday ON special_day (customer_id, contact_id) WHERE kind = 'birthday';
CREATE INDEX ix_special_day_on ON special_day (lunar, month_day, customer_id);

INSERT INTO special_day (customer_id, id, contact_id, kind, name, lunar, year, month_day, note, version, created_at, updated_at)
    SELECT customer_id, id, id, 'birthday', '', 0, CAST(SUBSTR(birthday, 1, 4) AS INTEGER), birth_day, '', 1, updated_at, updated_at
    FROM contact WHERE birthday IS NOT NULL AND birth_day > 0;

DROP INDEX ix_contact_birth_day;
ALTER TABLE contact DROP COLUMN birthday;
ALTER TABLE contact DROP COLUMN birth_day;
