package procedure

import (
	"context"

	"kezhi/internal/db"
)

// replayedRef is a case that an import wrote.
type replayedRef struct {
	caseID        int64
	number, start string // start is the key under which it was claimed
}

func insertReplayed(ctx context.Context, q db.Q, importID int64, cases []replayedCase) error {
	if importID == 0 {
		return nil
	}
	_, err := db.Insert(ctx, q, db.Bulk{
		Table: "proc_replay", Columns: []string{"import_id", "case_id", "acts"}, Key: []string{"import_id", "case_id"}, N: len(cases),
		Bind: func(i int, b db.Binder) {
			b.Int64(importID)
			b.Int64(cases[i].ID)
			b.Int64(cases[i].RowVersion)
		},
	})
	return err
}

func countReplayed(ctx context.Context, q db.Q, importID int64) (int64, error) {
	var n int64
	err := db.Get(ctx, q, "SELECT COUNT(*) FROM proc_replay WHERE import_id = ?", []any{importID}, &n)
	return n, err
}

// replayedBy gives a page of the cases an import wrote that are still there, by id.
func replayedBy(ctx context.Context, q db.Q, importID, after int64, limit int) ([]replayedRef, error) {
	return db.List(ctx, q, `SELECT c.id, c.number, c.rulebook, c.procedure FROM proc_replay r JOIN proc_case c ON c.id = r.case_id
		WHERE r.import_id = ? AND r.case_id > ? ORDER BY r.case_id LIMIT ?`, []any{importID, after, limit}, func(r db.Rows) (replayedRef, error) {
		var p replayedRef
		var rulebook, procedure string
		err := r.Scan(&p.caseID, &p.number, &rulebook, &procedure)
		p.start = replayKey(rulebook, procedure, p.number)
		return p, err
	})
}

// takeBack takes away those of some replayed cases that are as they were written, with all that hangs on them, and gives their number.
// Whoever acts on one at the same time either comes first, and it stays, or finds it gone.
func takeBack(ctx context.Context, q db.Q, page []replayedRef) (int64, error) {
	ids, starts := make([]any, len(page)), make([]any, len(page))
	for i := range page {
		ids[i], starts[i] = page[i].caseID, page[i].start
	}
	in := db.In(len(ids))
	n, err := q.Exec(ctx, `DELETE FROM proc_case WHERE id IN `+in+` AND row_version = (SELECT r.acts FROM proc_replay r WHERE r.case_id = proc_case.id)
		AND NOT EXISTS (SELECT 1 FROM proc_link l WHERE l.case_id = proc_case.id) AND NOT EXISTS (SELECT 1 FROM proc_file f WHERE f.case_id = proc_case.id)
		AND NOT EXISTS (SELECT 1 FROM article_case a WHERE a.case_id = proc_case.id)
		AND NOT EXISTS (SELECT 1 FROM promise p WHERE p.customer_id = proc_case.customer_id AND p.made_in = 'case' AND p.made_ref = proc_case.id)`, ids...)
	if err != nil || n == 0 {
		return n, err
	}
	for _, table := range []string{"proc_act", "proc_task", "proc_term", "proc_party", "proc_notice", "proc_replay"} {
		if _, err := q.Exec(ctx, "DELETE FROM "+table+" WHERE case_id IN "+in+" AND NOT EXISTS (SELECT 1 FROM proc_case c WHERE c.id = "+table+".case_id)", ids...); err != nil {
			return n, err
		}
	}
	_, err = q.Exec(ctx, "DELETE FROM proc_start WHERE idem_key IN "+in+" AND NOT EXISTS (SELECT 1 FROM proc_case c WHERE c.id = proc_start.case_id)", starts...)
	return n, err
}
