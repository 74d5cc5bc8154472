package main

import (
	"context"
	"io"

	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/demo"
)

// addDealKind adds the kind of fact that stands for the deals of the benchmark's shape.
func addDealKind(ctx context.Context, d *db.DB) error {
	return d.InTx(ctx, func(q db.Q) error {
		_, err := q.Exec(ctx, "INSERT INTO fact_kind (kind, label_zh, label_en, has_amount, position) VALUES ('deal', '商机', 'Deal', 1, 11)")
		return err
	})
}

// inputsOf gives what is written of customers, with the users who own them.
func inputsOf(list []demo.Customer, owners []int64) []customer.Input {
	out := make([]customer.Input, len(list))
	for i, c := range list {
		out[i] = c.Input
		if c.Owner >= 0 {
			out[i].OwnerID = owners[c.Owner]
		}
	}
	return out
}

// customerIDs gives the ids of all customers in a mixed order.
func customerIDs(ctx context.Context, d *db.DB) ([]int64, error) {
	return db.List(ctx, d.Read(), "SELECT id FROM customer ORDER BY name_key, id LIMIT 100000", nil, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
}

// userIDs gives the ids of users by login.
func userIDs(ctx context.Context, d *db.DB) (map[string]int64, error) {
	type row struct {
		login string
		id    int64
	}
	rows, err := db.List(ctx, d.Read(), "SELECT login, id FROM app_user LIMIT 1000", nil, func(r db.Rows) (row, error) {
		return row{string(r.Bytes(0)), r.Int64(1)}, nil
	})
	out := make(map[string]int64, len(rows))
	for _, r := range rows {
		out[r.login] = r.id
	}
	return out, err
}

// schema writes the text of a SQLite database's tables and indexes.
func schema(ctx context.Context, d *db.DB, w io.Writer) error {
	texts, err := db.List(ctx, d.Read(), "SELECT COALESCE(sql, '') FROM sqlite_master ORDER BY type, name LIMIT 10000", nil, func(r db.Rows) (string, error) {
		return string(r.Bytes(0)), nil
	})
	for _, t := range texts {
		if _, err := io.WriteString(w, t); err != nil {
			return err
		}
	}
	return err
}
