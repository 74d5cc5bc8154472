-- What a customer has installed: a fact for each machine, with its serial number, warranty, place and contract as further fields.

-- +goose Up
INSERT INTO fact_kind (kind, label_zh, label_en, has_amount, position) VALUES ('installation', '装机', 'Installation', 0, 14) ON CONFLICT (kind) DO NOTHING;
