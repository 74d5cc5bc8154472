package seal

import (
	"context"
	"time"

	"kezhi/internal/clock"
	"kezhi/internal/db"
)

// The purposes of data keys.
const (
	purposeSeal = "seal"
	purposeMark = "mark"
)

// row is a data key as it is kept.
type row struct {
	id                              int64
	purpose, state, wrapped, master string
	at                              time.Time
}

func loadRows(ctx context.Context, q db.Q) ([]row, error) {
	return db.List(ctx, q, "SELECT id, purpose, state, wrapped, master, created_at FROM data_key ORDER BY id", nil, func(r db.Rows) (row, error) {
		var x row
		var at int64
		err := r.Scan(&x.id, &x.purpose, &x.state, &x.wrapped, &x.master, &at)
		x.at = clock.FromMicros(at)
		return x, err
	})
}

// insertRow writes an active key, unless there is one of its purpose.
func insertRow(ctx context.Context, q db.Q, x row) error {
	_, err := q.Exec(ctx, `INSERT INTO data_key (id, purpose, state, wrapped, master, created_at) VALUES (?,?,'active',?,?,?)
		ON CONFLICT (purpose) WHERE state = 'active' DO NOTHING`, x.id, x.purpose, x.wrapped, x.master, clock.Micros(x.at))
	return err
}

func retire(ctx context.Context, q db.Q, purpose string) error {
	_, err := q.Exec(ctx, "UPDATE data_key SET state = 'retired' WHERE purpose = ? AND state = 'active'", purpose)
	return err
}

// rewrap puts a key under another master key, unless somebody else did meanwhile.
func rewrap(ctx context.Context, q db.Q, x row, wrapped, master string) error {
	_, err := q.Exec(ctx, "UPDATE data_key SET wrapped = ?, master = ? WHERE id = ? AND master = ?", wrapped, master, x.id, x.master)
	return err
}
