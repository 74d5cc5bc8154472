package demo

import (
	"context"

	"kezhi/internal/db"
	"kezhi/internal/errs"
)

// refuseUnlessEmpty makes sure that the demo mixes with nobody's data. Error: demo.not_empty.
func refuseUnlessEmpty(ctx context.Context, q db.Q) error {
	var customers, users int64
	if err := db.Get(ctx, q, "SELECT (SELECT COUNT(*) FROM customer), (SELECT COUNT(*) FROM app_user)", nil, &customers, &users); err != nil {
		return err
	}
	if customers > 0 || users > 0 {
		return errs.New(errs.Conflict, "demo.not_empty", "customers", customers, "users", users)
	}
	return nil
}
