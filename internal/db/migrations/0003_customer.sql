-- Customers with everything their record holds, the search index, changes of many at once, and the saved views.

-- +goose Up

-- distributed: id
CREATE TABLE customer (
    id BIGINT NOT NULL PRIMARY KEY,
    code TEXT /*postgres COLLATE "C"*/ NOT NULL,
    party TEXT NOT NULL,          -- org, person
    name TEXT NOT NULL,
    name_en TEXT NOT NULL,
    former_names TEXT NOT NULL,   -- JSON list
    name_key TEXT NOT NULL,       -- normalised, for duplicates
    sort_key TEXT /*postgres COLLATE "C"*/ NOT NULL, -- pinyin order
    kind TEXT NOT NULL,           -- of customer_kind, '' = not said
    status TEXT NOT NULL,         -- prospect, active, dormant, lost
    region TEXT /*postgres COLLATE "C"*/ NOT NULL,  -- division code of 2, 4 or 6 digits, '' = unknown
    industry TEXT /*postgres COLLATE "C"*/ NOT NULL, -- GB/T 4754-2017 code, '' = unknown
    address TEXT NOT NULL,
    owner_id BIGINT NOT NULL,     -- 0 = nobody yet
    unit_id BIGINT NOT NULL,      -- the owner's unit, for data scope; 0 = none
    custom TEXT NOT NULL,         -- JSON object
    note TEXT NOT NULL,
    since TEXT /*postgres COLLATE "C"*/,
    import_id BIGINT NOT NULL,    -- the import that created it, 0 = by hand
    archived_at BIGINT,
    version BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
) /*sqlite WITHOUT ROWID*/;
-- The indexes of the orders carry what lists filter by, so that a filter is read off the index and not off ten thousand rows.
CREATE INDEX ix_customer_sort ON customer (sort_key, id, kind, status, region, owner_id, unit_id, archived_at);
CREATE INDEX ix_customer_code ON customer (code, id, kind, status, region, owner_id, unit_id, archived_at);
CREATE INDEX ix_customer_updated ON customer (updated_at, id, kind, status, region, owner_id, unit_id, archived_at);
CREATE INDEX ix_customer_created ON customer (created_at, id, kind, status, region, owner_id, unit_id, archived_at);
CREATE INDEX ix_customer_name_key ON customer (name_key);
CREATE INDEX ix_customer_owner ON customer (owner_id, sort_key, id);
CREATE INDEX ix_customer_import ON customer (import_id);
-- SQLite, which has no statistics here, would take these and sort what it finds, where walking the index of the order finds a page at once.
/*postgres
CREATE INDEX ix_customer_unit ON customer (unit_id, sort_key, id);
CREATE INDEX ix_customer_kind ON customer (kind, sort_key, id);
*/

-- The one place where a code is unique across all shards. distributed: code
CREATE TABLE customer_code (
    code TEXT /*postgres COLLATE "C"*/ NOT NULL PRIMARY KEY,
    customer_id BIGINT NOT NULL
) /*sqlite WITHOUT ROWID*/;

-- The last number given to a customer without a code; its row is also the lock under which duplicates are looked for. reference
CREATE TABLE customer_counter (
    name TEXT NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO customer_counter (name, value) VALUES ('code', 0);

-- What a company calls the sorts of its customers. reference
CREATE TABLE customer_kind (
    kind TEXT NOT NULL PRIMARY KEY,
    label_zh TEXT NOT NULL,
    label_en TEXT NOT NULL,
    position INTEGER NOT NULL
);
INSERT INTO customer_kind (kind, label_zh, label_en, position) VALUES
    ('dealer', '经销商', 'Dealer', 1), ('franchisee', '加盟商', 'Franchisee', 2), ('oem', 'OEM客户', 'OEM customer', 3),
    ('agent', '代理商', 'Agent', 4), ('key_account', '直供大客户', 'Direct key account', 5), ('wholesale', '批发客户', 'Wholesale customer', 6),
    ('retail', '零售客户', 'Retail customer', 7), ('project', '工程客户', 'Project customer', 8), ('other', '其他', 'Other', 9);

-- distributed: customer_id
CREATE TABLE identifier (
    customer_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    type TEXT NOT NULL,       -- uscc, id_card, phone, email, tax, other
    value TEXT NOT NULL,
    value_key TEXT NOT NULL,  -- normalised, for search and duplicates
    override_reason TEXT NOT NULL, -- why a failed check digit is accepted
    PRIMARY KEY (customer_id, id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX ix_identifier_key ON identifier (type, value_key);

-- distributed: customer_id
CREATE TABLE customer_tag (
    customer_id BIGINT NOT NULL,
    tag TEXT /*postgres COLLATE "C"*/ NOT NULL,
    PRIMARY KEY (customer_id, tag)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX ix_customer_tag_tag ON customer_tag (tag, customer_id);

-- distributed: customer_id
CREATE TABLE contact (
    customer_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    phone TEXT NOT NULL,      -- E.164, with ;ext=… where there is an extension
    email TEXT NOT NULL,
    birthday TEXT,
    birth_day INTEGER NOT NULL, -- month * 100 + day of the birthday, 0 = unknown: for "whose birthday is this week"
    is_primary INTEGER NOT NULL,
    note TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    archived_at BIGINT,
    PRIMARY KEY (customer_id, id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX ix_contact_birth_day ON contact (birth_day, customer_id) WHERE birth_day > 0;

-- distributed: customer_id
CREATE TABLE relation (
    customer_id BIGINT NOT NULL, -- from
    id BIGINT NOT NULL,
    other_id BIGINT NOT NULL,    -- to
    type TEXT NOT NULL,          -- parent, subsidiary, guarantor, kin, owner, other: what the other is to this customer
    share_bp INTEGER,            -- hundredths of a per cent, where a share is meant
    note TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    archived_at BIGINT,
    PRIMARY KEY (customer_id, id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX ix_relation_other ON relation (other_id);

-- The fields a company adds to its customers. reference
CREATE TABLE custom_field (
    id BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    label_zh TEXT NOT NULL,
    label_en TEXT NOT NULL,
    type TEXT NOT NULL,       -- text, number, date, choice, flag
    choices TEXT NOT NULL,    -- JSON list
    position INTEGER NOT NULL,
    version BIGINT NOT NULL,
    archived_at BIGINT,
    created_at BIGINT NOT NULL
);

-- The values of customer.custom once more, one per row, so that lists can be filtered by them. distributed: customer_id
CREATE TABLE custom_value (
    customer_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    value TEXT /*postgres COLLATE "C"*/ NOT NULL,
    amount BIGINT,            -- of a number, in millionths
    PRIMARY KEY (customer_id, name)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX ix_custom_value_name ON custom_value (name, value, customer_id);

-- Search: one row per term of a customer. distributed: customer_id
CREATE TABLE search_term (
    term TEXT /*postgres COLLATE "C"*/ NOT NULL,
    customer_id BIGINT NOT NULL,
    PRIMARY KEY (term, customer_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX ix_search_term_customer ON search_term (customer_id, term);

-- A change of many customers at once. Its id is that of its job, where it has one. reference
CREATE TABLE bulk (
    id BIGINT NOT NULL PRIMARY KEY,
    action TEXT NOT NULL,     -- assign, add_tag, remove_tag, set_status, archive
    value TEXT NOT NULL,      -- id of the owner, the tag, the status
    state TEXT NOT NULL,      -- running, done, canceled, undoing, undone
    total BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    undone_at BIGINT
);

-- Who is part of it, and what was there before. distributed: customer_id
CREATE TABLE bulk_item (
    customer_id BIGINT NOT NULL,
    bulk_id BIGINT NOT NULL,
    state TEXT NOT NULL,      -- waiting, changed, unchanged, undone, kept (somebody changed it since)
    before TEXT NOT NULL,     -- the value before; '' where it was absent
    PRIMARY KEY (customer_id, bulk_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX ix_bulk_item_bulk ON bulk_item (bulk_id, state, customer_id);

-- reference
CREATE TABLE saved_view (
    id BIGINT NOT NULL PRIMARY KEY,
    page TEXT NOT NULL,
    name TEXT NOT NULL,
    user_id BIGINT NOT NULL,
    shared INTEGER NOT NULL,
    is_default INTEGER NOT NULL,
    query TEXT NOT NULL,      -- JSON: filters, sort, columns
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX ix_saved_view_page ON saved_view (page, user_id);
