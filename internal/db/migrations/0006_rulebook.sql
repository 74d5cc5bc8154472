-- Rulebooks: versions as files, their adoption, and who has read them.

-- +goose Up

-- reference
CREATE TABLE rulebook_version (
    rulebook TEXT NOT NULL,
    version TEXT NOT NULL,
    digest TEXT NOT NULL,        -- of the files; one version is one text for ever
    files TEXT NOT NULL,         -- JSON object: name -> text
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    origin TEXT NOT NULL,        -- shipped, own
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (rulebook, version)
);

-- reference
CREATE TABLE adoption (
    id BIGINT NOT NULL PRIMARY KEY,
    rulebook TEXT NOT NULL,
    version TEXT NOT NULL,
    settings TEXT NOT NULL,      -- JSON object: the company's values where they differ from the defaults
    effective_from TEXT /*postgres COLLATE "C"*/ NOT NULL, -- in force from this day until the next adoption's day
    note TEXT NOT NULL,
    adopted_by BIGINT NOT NULL,
    adopted_at BIGINT NOT NULL
);
CREATE INDEX ix_adoption_rulebook ON adoption (rulebook, effective_from, id);
