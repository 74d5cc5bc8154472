package compliance

import (
	"context"
	"fmt"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
)

// filing is a report that was handed in.
type filing struct {
	rulebook, version, report string
	from, to, due             calendar.Date
	note                      string
	by                        int64
	at                        time.Time
}

type filingKey struct {
	report string
	from   calendar.Date
}

func filingsOf(ctx context.Context, q db.Q, rulebook string) (map[filingKey]filing, error) {
	out := map[filingKey]filing{}
	_, err := db.List(ctx, q, "SELECT report, period_from, note, filed_by, filed_at FROM report_filing WHERE rulebook = ?", []any{rulebook}, func(r db.Rows) (struct{}, error) {
		var f filing
		var at int64
		err := r.Scan(&f.report, &f.from, &f.note, &f.by, &at)
		f.at = clock.FromMicros(at)
		out[filingKey{f.report, f.from}] = f
		return struct{}{}, err
	})
	return out, err
}

// insertFiling notes a filing; false when the period was filed before.
func insertFiling(ctx context.Context, q db.Q, filingID int64, f filing) (bool, error) {
	n, err := q.Exec(ctx, `INSERT INTO report_filing (rulebook, report, period_from, id, version, period_to, due_on, file_id, note, filed_by, filed_at) VALUES (?,?,?,?,?,?,?,?,?,?,?)
		ON CONFLICT (rulebook, report, period_from) DO NOTHING`,
		f.rulebook, f.report, f.from, filingID, f.version, f.to, f.due, 0, f.note, f.by, clock.Micros(f.at))
	if err != nil {
		return false, fmt.Errorf("filing the report %s of %s: %w", f.report, f.rulebook, err)
	}
	return n == 1, nil
}

// nameOf gives the name of a person, empty for one that is gone.
func nameOf(ctx context.Context, q db.Q, userID int64) (string, error) {
	name, err := db.One(ctx, q, "SELECT name FROM app_user WHERE id = ?", []any{userID}, func(r db.Rows) (string, error) { return string(r.Bytes(0)), nil })
	if db.IsNoRows(err) {
		return "", nil
	}
	return name, err
}
