package demo

import (
	"context"
	"encoding/json"

	"kezhi/internal/clock"
	"kezhi/internal/db"
)

// loadedSetting keeps the result of a finished load, so that a second start finds its logins and knows that it is whole.
const loadedSetting = "demo_loaded"

// Remember notes that a load is whole.
func Remember(ctx context.Context, d *db.DB, now clock.Clock, res Result) error {
	text, err := json.Marshal(res)
	if err != nil {
		return err
	}
	return d.InTx(ctx, func(q db.Q) error {
		_, err := q.Exec(ctx, "INSERT INTO setting (name, value, updated_at) VALUES (?,?,?)", loadedSetting, string(text), clock.Micros(now()))
		return err
	})
}

// Loaded gives the result of the load this database was made by; ok is false when there was none or it was not finished.
func Loaded(ctx context.Context, q db.Q) (res Result, ok bool, err error) {
	var text string
	err = db.Get(ctx, q, "SELECT value FROM setting WHERE name = ?", []any{loadedSetting}, &text)
	if db.IsNoRows(err) {
		return res, false, nil
	}
	if err != nil {
		return res, false, err
	}
	return res, true, json.Unmarshal([]byte(text), &res)
}
