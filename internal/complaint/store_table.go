package complaint

import (
	"context"
	"encoding/json"
	"fmt"

	"kezhi/internal/clock"
	"kezhi/internal/db"
)

const tableColumns = `t.id, t.rulebook, t.report, t.version, t.month, t.edition, t.complaints, t.reason, t.made_by, COALESCE(u.name, ''), t.made_at`

const tableFrom = " FROM complaint_table t LEFT JOIN app_user u ON u.id = t.made_by"

// maxTables bounds the list of what was made.
const maxTables = 240

// insertTable keeps a table; false when there is one of that edition.
func insertTable(ctx context.Context, q db.Q, t Table) (bool, error) {
	content, err := json.Marshal(t.Figures)
	if err != nil {
		return false, err
	}
	n, err := q.Exec(ctx, `INSERT INTO complaint_table (id, rulebook, report, month, edition, version, content, complaints, reason, made_by, made_at)
		VALUES (?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (rulebook, report, month, edition) DO NOTHING`,
		t.ID, t.Rulebook, t.Report, t.Month, t.Edition, t.Version, string(content), t.Complaints, t.Reason, t.MadeBy, clock.Micros(t.MadeAt))
	if err != nil {
		return false, fmt.Errorf("keeping the complaint statistics of %s: %w", t.Month, err)
	}
	return n == 1, nil
}

// lastEdition gives the newest edition of a month, 0 = none was made.
func lastEdition(ctx context.Context, q db.Q, rulebook, report, month string) (int64, error) {
	return db.One(ctx, q, "SELECT COALESCE(MAX(edition), 0) FROM complaint_table WHERE rulebook = ? AND report = ? AND month = ?", []any{rulebook, report, month},
		func(r db.Rows) (int64, error) { return r.Int64(0), nil })
}

func listTables(ctx context.Context, q db.Q) ([]Table, error) {
	return db.List(ctx, q, "SELECT "+tableColumns+", ''"+tableFrom+" ORDER BY t.month DESC, t.rulebook, t.report, t.edition DESC LIMIT ?", []any{maxTables}, scanTable)
}

func getTable(ctx context.Context, q db.Q, tableID int64) (Table, error) {
	return db.One(ctx, q, "SELECT "+tableColumns+", t.content"+tableFrom+" WHERE t.id = ?", []any{tableID}, scanTable)
}

func scanTable(r db.Rows) (Table, error) {
	var t Table
	var at int64
	var content []byte
	err := r.Scan(&t.ID, &t.Rulebook, &t.Report, &t.Version, &t.Month, &t.Edition, &t.Complaints, &t.Reason, &t.MadeBy, &t.MadeByName, &at, &content)
	if err != nil {
		return t, err
	}
	t.MadeAt = clock.FromMicros(at)
	if len(content) == 0 {
		return t, nil
	}
	t.Figures = &Statistics{}
	if err := json.Unmarshal(content, t.Figures); err != nil {
		return t, fmt.Errorf("reading the complaint statistics of %s: %w", t.Month, err)
	}
	return t, nil
}
