-- The knowledge base: articles with all their versions, their reviews, the words they are found by, and the cases they helped with.

-- +goose Up

-- reference
CREATE TABLE article (
    id BIGINT NOT NULL PRIMARY KEY,
    state TEXT NOT NULL,          -- draft, published, withdrawn
    audience TEXT NOT NULL,       -- internal, public
    keeper_id BIGINT NOT NULL,    -- who answers for it
    latest BIGINT NOT NULL,       -- number of the newest version
    published BIGINT NOT NULL,    -- number of the version last published, 0 = none
    sort_key TEXT /*postgres COLLATE "C"*/ NOT NULL, -- pinyin order of the title that is shown
    review_on TEXT /*postgres COLLATE "C"*/, -- the day by which the keeper looks at it again, NULL = none set
    uses BIGINT NOT NULL,         -- cases it was attached to
    origin_case BIGINT NOT NULL,  -- the case whose solution it holds, 0 = none
    version BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX ix_article_updated ON article (updated_at, id);
CREATE INDEX ix_article_sort ON article (sort_key, id);
CREATE INDEX ix_article_uses ON article (uses, id);
CREATE INDEX ix_article_review ON article (review_on, id);
CREATE INDEX ix_article_keeper ON article (keeper_id, review_on);
CREATE UNIQUE INDEX ix_article_origin ON article (origin_case) WHERE origin_case > 0;

-- A text as somebody saved it; never changed, but for the mark that it was published. reference
CREATE TABLE article_version (
    article_id BIGINT NOT NULL,
    no BIGINT NOT NULL,           -- 1, 2, 3 ...
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,       -- '' = not in this language
    body_zh TEXT NOT NULL,        -- Markdown
    body_en TEXT NOT NULL,
    note TEXT NOT NULL,           -- why it was changed
    by_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    published_by BIGINT NOT NULL, -- 0 = never published
    published_at BIGINT NOT NULL,
    PRIMARY KEY (article_id, no)
) /*sqlite WITHOUT ROWID*/;

-- reference
CREATE TABLE article_tag (
    article_id BIGINT NOT NULL,
    tag TEXT /*postgres COLLATE "C"*/ NOT NULL,
    PRIMARY KEY (article_id, tag)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX ix_article_tag_tag ON article_tag (tag, article_id);

-- Somebody looked at an article and said that it still holds. reference
CREATE TABLE article_review (
    article_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    by_id BIGINT NOT NULL,
    on_day TEXT /*postgres COLLATE "C"*/ NOT NULL,
    next_on TEXT /*postgres COLLATE "C"*/ NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (article_id, id)
) /*sqlite WITHOUT ROWID*/;

-- The words of the text that is shown, as internal/search makes them. reference
CREATE TABLE article_term (
    term TEXT /*postgres COLLATE "C"*/ NOT NULL,
    article_id BIGINT NOT NULL,
    PRIMARY KEY (term, article_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX ix_article_term_article ON article_term (article_id);

-- Which articles helped with a case. distributed: case_id
CREATE TABLE article_case (
    case_id BIGINT NOT NULL,
    article_id BIGINT NOT NULL,
    by_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (case_id, article_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX ix_article_case_article ON article_case (article_id, case_id);
