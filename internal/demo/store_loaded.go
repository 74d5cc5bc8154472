package demo

import (
	"context"

	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/setting"
)

// loadedSetting keeps the result of a finished load, so that a second start finds its logins and knows that it is whole.
const loadedSetting = "demo_loaded"

// Remember notes that a load is whole.
func Remember(ctx context.Context, d *db.DB, now clock.Clock, res Result) error {
	return d.InTx(ctx, func(q db.Q) error { return setting.Save(ctx, q, loadedSetting, res, clock.Micros(now())) })
}

// Loaded gives the result of the load this database was made by; ok is false when there was none or it was not finished.
func Loaded(ctx context.Context, q db.Q) (res Result, ok bool, err error) {
	var kept *Result
	if err = setting.Load(ctx, q, loadedSetting, &kept); err != nil || kept == nil {
		return res, false, err
	}
	return *kept, true, nil
}
