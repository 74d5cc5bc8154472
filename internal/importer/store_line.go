package importer

import (
	"context"
	"encoding/json"
	"strconv"

	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/errs"
)

// refusedKept and setAsideKept bound the lines kept per import, so that the table does not grow with the file; the file with the
// failed rows is complete nevertheless, because it is made from the stored file.
const (
	refusedKept  = 100_000
	setAsideKept = 1_000
)

const lineColumns = "line, outcome, cells, problems, fixed"

func scanLine(r db.Rows) (Line, error) {
	var l Line
	var cells, problems []byte
	if err := r.Scan(&l.Line, &l.Outcome, &cells, &problems, &l.Fixed); err != nil {
		return l, err
	}
	if err := json.Unmarshal(cells, &l.Cells); err != nil {
		return l, err
	}
	return l, json.Unmarshal(problems, &l.Problems)
}

// listLines gives a page of kept lines in the order of the file.
func listLines(ctx context.Context, q db.Q, importID int64, outcome, cursor string, limit int) ([]Line, string, error) {
	after, err := db.DecodeCursor(cursor, 1)
	if err != nil {
		return nil, "", err
	}
	last := int64(0)
	if after != nil {
		if last, err = strconv.ParseInt(after[0], 10, 64); err != nil {
			return nil, "", errs.New(errs.Invalid, "cursor.invalid")
		}
	}
	limit = min(max(limit, 1), 200)
	out, err := db.List(ctx, q, "SELECT "+lineColumns+" FROM import_row WHERE import_id = ? AND line > ? AND (outcome = ? OR ? = '') ORDER BY line LIMIT ?",
		[]any{importID, last, outcome, outcome, limit + 1}, scanLine)
	if err != nil || len(out) <= limit {
		return out, "", err
	}
	return out[:limit], db.EncodeCursor(strconv.FormatInt(out[limit-1].Line, 10)), nil
}

func loadLine(ctx context.Context, q db.Q, importID, no int64) (Line, error) {
	return db.One(ctx, q, "SELECT "+lineColumns+" FROM import_row WHERE import_id = ? AND line = ?", []any{importID, no}, scanLine)
}

// loadFixes gives the lines that people corrected. Their number is bounded by what is kept.
func loadFixes(ctx context.Context, q db.Q, importID int64) (map[int64][]string, error) {
	lines, err := db.List(ctx, q, "SELECT "+lineColumns+" FROM import_row WHERE import_id = ? AND fixed = 1", []any{importID}, scanLine)
	out := make(map[int64][]string, len(lines))
	for _, l := range lines {
		out[l.Line] = l.Cells
	}
	return out, err
}

// clearLines forgets the lines of the check before; corrections stay unless all is set.
func clearLines(ctx context.Context, q db.Q, importID int64, all bool) error {
	text := "DELETE FROM import_row WHERE import_id = ? AND fixed = 0"
	if all {
		text = "DELETE FROM import_row WHERE import_id = ?"
	}
	_, err := q.Exec(ctx, text, importID)
	return err
}

// insertLines keeps lines that are not corrected ones.
func insertLines(ctx context.Context, q db.Q, importID int64, lines []Line) error {
	cells, problems := make([][]byte, len(lines)), make([][]byte, len(lines))
	for i, l := range lines {
		var err error
		if cells[i], problems[i], err = l.encoded(); err != nil {
			return err
		}
	}
	_, err := db.Insert(ctx, q, db.Bulk{
		Table: "import_row", Columns: []string{"import_id", "line", "outcome", "cells", "problems", "fixed"}, Key: []string{"import_id", "line"}, N: len(lines),
		Bind: func(i int, b db.Binder) {
			b.Int64(importID)
			b.Int64(lines[i].Line)
			b.Text(lines[i].Outcome)
			b.Bytes(cells[i])
			b.Bytes(problems[i])
			b.Int64(0)
		},
	})
	return err
}

func (l Line) encoded() (cells, problems []byte, err error) {
	if l.Cells == nil {
		l.Cells = []string{}
	}
	if l.Problems == nil {
		l.Problems = []errs.Field{}
	}
	if cells, err = json.Marshal(l.Cells); err != nil {
		return nil, nil, err
	}
	problems, err = json.Marshal(l.Problems)
	return cells, problems, err
}

// updateLine writes a corrected line back.
func updateLine(ctx context.Context, q db.Q, importID int64, l Line) error {
	cells, problems, err := l.encoded()
	if err != nil {
		return err
	}
	_, err = q.Exec(ctx, "UPDATE import_row SET outcome = ?, cells = ?, problems = ?, fixed = ? WHERE import_id = ? AND line = ?",
		l.Outcome, cells, problems, l.Fixed, importID, l.Line)
	return err
}

// What an import did to a customer.
const (
	changeCreated = "created"
	changeUpdated = "updated"
	changeKept    = "kept"
)

// noteCreated remembers which customers an import created.
func noteCreated(ctx context.Context, q db.Q, importID int64, ids []int64) error {
	_, err := insertChanges(ctx, q, importID, len(ids), func(i int) (int64, string, int64, []byte) { return ids[i], changeCreated, 1, nil })
	return err
}

// noteUpdated remembers what customers were before an import changed them, and gives how many it had not touched before. The first state is the
// one to be put back; the version is the last one.
func noteUpdated(ctx context.Context, q db.Q, importID int64, changed []customer.Changed) (int64, error) {
	again, err := insertChanges(ctx, q, importID, len(changed), func(i int) (int64, string, int64, []byte) {
		return changed[i].ID, changeUpdated, changed[i].Version, changed[i].Before
	})
	if err != nil {
		return 0, err
	}
	for _, i := range again {
		_, err := q.Exec(ctx, "UPDATE import_change SET version = ? WHERE import_id = ? AND customer_id = ?", changed[i].Version, importID, changed[i].ID)
		if err != nil {
			return 0, err
		}
	}
	return int64(len(changed) - len(again)), nil
}

func insertChanges(ctx context.Context, q db.Q, importID int64, n int, at func(i int) (int64, string, int64, []byte)) ([]int, error) {
	return db.Insert(ctx, q, db.Bulk{
		Table: "import_change", Columns: []string{"import_id", "customer_id", "action", "version", "before"}, Key: []string{"import_id", "customer_id"}, N: n,
		Bind: func(i int, b db.Binder) {
			customerID, action, version, before := at(i)
			b.Int64(importID)
			b.Int64(customerID)
			b.Text(action)
			b.Int64(version)
			b.Bytes(before)
		},
	})
}

// nextChanges gives changes that are not taken back yet.
func nextChanges(ctx context.Context, q db.Q, importID int64, limit int) ([]customer.Revert, error) {
	return db.List(ctx, q, "SELECT customer_id, version, before FROM import_change WHERE import_id = ? AND action <> 'kept' ORDER BY customer_id LIMIT ?",
		[]any{importID, limit}, func(r db.Rows) (customer.Revert, error) {
			var v customer.Revert
			var before []byte
			err := r.Scan(&v.ID, &v.Version, &before)
			v.Before = before
			return v, err
		})
}

func deleteChanges(ctx context.Context, q db.Q, importID int64, ids []int64) error {
	_, err := q.Exec(ctx, "DELETE FROM import_change WHERE import_id = ? AND customer_id IN "+db.In(len(ids)), append([]any{importID}, db.Args(ids)...)...)
	return err
}

// keepChanges marks what reverting left as it is, so that it can be listed.
func keepChanges(ctx context.Context, q db.Q, importID int64, ids []int64) error {
	_, err := q.Exec(ctx, "UPDATE import_change SET action = 'kept' WHERE import_id = ? AND customer_id IN "+db.In(len(ids)), append([]any{importID}, db.Args(ids)...)...)
	return err
}

// keptCustomers gives customers that reverting left as they are.
func keptCustomers(ctx context.Context, q db.Q, importID int64, limit int) ([]int64, error) {
	return db.List(ctx, q, "SELECT customer_id FROM import_change WHERE import_id = ? AND action = 'kept' ORDER BY customer_id LIMIT ?",
		[]any{importID, limit}, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
}

// keptBetween gives the kept lines of a chunk by their number.
func keptBetween(ctx context.Context, q db.Q, importID int64, c *chunk) (map[int64]Line, error) {
	if len(c.lines) == 0 {
		return nil, nil
	}
	lines, err := db.List(ctx, q, "SELECT "+lineColumns+" FROM import_row WHERE import_id = ? AND line >= ? AND line <= ?",
		[]any{importID, c.lines[0].no, c.lines[len(c.lines)-1].no}, scanLine)
	out := make(map[int64]Line, len(lines))
	for _, l := range lines {
		out[l.Line] = l
	}
	return out, err
}
