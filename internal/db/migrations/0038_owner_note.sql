-- What whoever gave a customer back to the pool said about it.

-- +goose Up

ALTER TABLE owner_term ADD COLUMN note TEXT NOT NULL DEFAULT '';
