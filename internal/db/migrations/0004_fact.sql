-- Facts, clustered by customer: a batch reads them in the order (customer, day) without sorting.

-- +goose Up

-- A batch is a set of facts that arrived together; facts of a batch that is not visible do not exist for any reader.
-- reference
CREATE TABLE fact_batch (
    id BIGINT NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,        -- import, demo
    state TEXT NOT NULL,         -- loading, visible, reverted, failed, purged
    facts BIGINT NOT NULL,
    lease_until BIGINT NOT NULL, -- while loading: whoever loads is taken for dead after this moment
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX ix_fact_batch_hidden ON fact_batch (id) WHERE state <> 'visible';
-- One load at a time: two loads of the same file at once must not both find a line missing.
CREATE UNIQUE INDEX ix_fact_batch_loading ON fact_batch (state) WHERE state = 'loading';

-- Counts the changes of what readers of facts see; a batch job knows by it whether anything is new. reference
CREATE TABLE fact_mark (
    id INTEGER NOT NULL PRIMARY KEY,
    seq BIGINT NOT NULL
);
INSERT INTO fact_mark (id, seq) VALUES (1, 0);

-- distributed: customer_id
CREATE TABLE fact (
    customer_id BIGINT NOT NULL,
    occurred_on TEXT /*postgres COLLATE "C"*/ NOT NULL, -- YYYY-MM-DD in the organisation's time zone
    id BIGINT NOT NULL,         -- from the content of an imported fact, so that the same line cannot count twice
    kind TEXT NOT NULL,         -- order, payment, delivery, balance, visit, call ...
    occurred_at BIGINT,         -- the moment, where it is known
    amount BIGINT,              -- minor units
    currency TEXT NOT NULL,     -- '' where there is no amount
    quantity BIGINT,            -- thousandths
    status TEXT NOT NULL,
    document TEXT NOT NULL,     -- number of the invoice, order, contract
    product TEXT NOT NULL,
    attrs TEXT NOT NULL,        -- JSON object of everything else
    batch_id BIGINT NOT NULL,   -- 0 = recorded one by one
    reverses BIGINT NOT NULL,   -- id of the fact of the same customer and day that this one takes back, 0 = none
    recorded_by BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    PRIMARY KEY (customer_id, occurred_on, id)
) /*sqlite WITHOUT ROWID*/ /*postgres PARTITION BY HASH (customer_id)*/;

/*postgres
-- +goose StatementBegin
DO $$ BEGIN
    FOR i IN 0..7 LOOP
        EXECUTE format('CREATE TABLE fact_p%s PARTITION OF fact FOR VALUES WITH (MODULUS 8, REMAINDER %s)', i, i);
    END LOOP;
END $$;
-- +goose StatementEnd
*/

-- What a company may record as a fact, with its words. reference
CREATE TABLE fact_kind (
    kind TEXT NOT NULL PRIMARY KEY,
    label_zh TEXT NOT NULL,
    label_en TEXT NOT NULL,
    has_amount INTEGER NOT NULL,
    position INTEGER NOT NULL
);
INSERT INTO fact_kind (kind, label_zh, label_en, has_amount, position) VALUES
    ('order', '订单', 'Order', 1, 1), ('payment', '回款', 'Payment', 1, 2), ('delivery', '发货', 'Delivery', 1, 3),
    ('balance', '余额', 'Balance', 1, 4), ('visit', '拜访', 'Visit', 0, 5), ('call', '电话', 'Call', 0, 6),
    ('greeting', '问候', 'Greeting', 0, 7), ('complaint', '投诉', 'Complaint', 0, 8), ('meeting', '会议', 'Meeting', 0, 9),
    ('note', '记事', 'Note', 0, 10), ('survey', '调查', 'Survey', 0, 11), ('event', '活动', 'Event', 0, 12), ('report', '报告', 'Report', 0, 13);
