package compliance

import (
	"context"
	"fmt"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/rule"
)

// filing is a report that was handed in.
type filing struct {
	rulebook, version, report string
	from, to, due             calendar.Date
	note                      string
	file                      int64 // what was handed in, 0 = nothing attached
	by                        int64
	at                        time.Time
	edition                   int64 // of a report the program makes itself, else 0
	receivedBy                int64
	receivedAt                time.Time // zero = nobody yet
	receivedEdition           int64
	receivedNote              string
}

type filingKey struct {
	report string
	from   calendar.Date
}

func filingsOf(ctx context.Context, q db.Q, rulebook string) (map[filingKey]filing, error) {
	out := map[filingKey]filing{}
	list, err := db.List(ctx, q, "SELECT "+filingColumns+" FROM report_filing WHERE rulebook = ?", []any{rulebook}, scanFiling)
	for _, f := range list {
		out[filingKey{f.report, f.from}] = f
	}
	return out, err
}

const filingColumns = "report, period_from, note, file_id, filed_by, filed_at, edition, received_by, received_at, received_edition, received_note"

func scanFiling(r db.Rows) (filing, error) {
	var f filing
	var at, received int64
	err := r.Scan(&f.report, &f.from, &f.note, &f.file, &f.by, &at, &f.edition, &f.receivedBy, &received, &f.receivedEdition, &f.receivedNote)
	f.at = clock.FromMicros(at)
	if received != 0 {
		f.receivedAt = clock.FromMicros(received)
	}
	return f, err
}

// filingOf gives the filing of a period; false when there is none.
func filingOf(ctx context.Context, q db.Q, rulebook, report string, from calendar.Date) (filing, bool, error) {
	f, err := db.One(ctx, q, "SELECT "+filingColumns+" FROM report_filing WHERE rulebook = ? AND report = ? AND period_from = ?", []any{rulebook, report, from}, scanFiling)
	if db.IsNoRows(err) {
		return f, false, nil
	}
	return f, err == nil, err
}

// receiveFiling notes who received what was handed in; false when somebody had before.
func receiveFiling(ctx context.Context, q db.Q, rulebook string, f filing) (bool, error) {
	n, err := q.Exec(ctx, `UPDATE report_filing SET received_by = ?, received_at = ?, received_edition = ?, received_note = ?
		WHERE rulebook = ? AND report = ? AND period_from = ? AND received_at = 0`,
		f.receivedBy, clock.Micros(f.receivedAt), f.receivedEdition, f.receivedNote, rulebook, f.report, f.from)
	return n == 1, err
}

// insertFiling notes a filing; false when the period was filed before.
func insertFiling(ctx context.Context, q db.Q, filingID int64, f filing) (bool, error) {
	n, err := q.Exec(ctx, `INSERT INTO report_filing (rulebook, report, period_from, id, version, period_to, due_on, file_id, note, filed_by, filed_at, edition) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)
		ON CONFLICT (rulebook, report, period_from) DO NOTHING`,
		f.rulebook, f.report, f.from, filingID, f.version, f.to, f.due, f.file, f.note, f.by, clock.Micros(f.at), f.edition)
	if err != nil {
		return false, fmt.Errorf("filing the report %s of %s: %w", f.report, f.rulebook, err)
	}
	return n == 1, nil
}

// isFiled says whether a file was handed in for a rulebook.
func isFiled(ctx context.Context, q db.Q, rulebook string, fileID int64) (bool, error) {
	n, err := db.One(ctx, q, "SELECT COUNT(*) FROM report_filing WHERE rulebook = ? AND file_id = ?", []any{rulebook, fileID}, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
	return n > 0, err
}

// unit is a department; parent 0 = it stands at the top.
type unit struct {
	id, parent int64
	name       rule.Text
}

// allUnits gives every unit by its code.
func allUnits(ctx context.Context, q db.Q) ([]unit, error) {
	return db.List(ctx, q, "SELECT id, COALESCE(parent_id, 0), name_zh, name_en FROM unit ORDER BY code, id", nil, func(r db.Rows) (unit, error) {
		var u unit
		err := r.Scan(&u.id, &u.parent, &u.name.Zh, &u.name.En)
		return u, err
	})
}

// peopleNames gives the names of everybody there ever was.
func peopleNames(ctx context.Context, q db.Q) (map[int64]string, error) {
	out := map[int64]string{}
	rows, err := q.Query(ctx, "SELECT id, name FROM app_user")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		out[rows.Int64(0)] = string(rows.Bytes(1))
	}
	return out, rows.Err()
}

// nameOf gives the name of a person, empty for one that is gone.
func nameOf(ctx context.Context, q db.Q, userID int64) (string, error) {
	name, err := db.One(ctx, q, "SELECT name FROM app_user WHERE id = ?", []any{userID}, func(r db.Rows) (string, error) { return string(r.Bytes(0)), nil })
	if db.IsNoRows(err) {
		return "", nil
	}
	return name, err
}
