package staff

import (
	"context"
	"encoding/json"

	"kezhi/internal/clock"
	"kezhi/internal/db"
)

func insertImport(ctx context.Context, q db.Q, m Import) error {
	_, err := q.Exec(ctx, "INSERT INTO staff_import (id, target, file_id, file_name, state, created_by, created_at) VALUES (?,?,?,?,?,?,?)",
		m.ID, m.Target, m.FileID, m.File, m.State, m.CreatedBy, clock.Micros(m.CreatedAt))
	return err
}

const selectImport = "SELECT m.id, m.target, m.file_id, m.file_name, m.state, m.created_by, m.created_at, COALESCE(u.name, '') FROM staff_import m LEFT JOIN app_user u ON u.id = m.created_by"

func scanImport(r db.Rows) (Import, error) {
	m := Import{ID: r.Int64(0), Target: string(r.Bytes(1)), FileID: r.Int64(2), File: string(r.Bytes(3)), State: string(r.Bytes(4)), CreatedBy: r.Int64(5)}
	m.CreatedAt, m.ByName = clock.FromMicros(r.Int64(6)), string(r.Bytes(7))
	return m, nil
}

func getImport(ctx context.Context, q db.Q, importID int64) (Import, error) {
	return db.One(ctx, q, selectImport+" WHERE m.id = ?", []any{importID}, scanImport)
}

func listImports(ctx context.Context, q db.Q) ([]Import, error) {
	return db.List(ctx, q, selectImport+" ORDER BY m.id DESC LIMIT 50", nil, scanImport)
}

func setState(ctx context.Context, q db.Q, importID int64, state string) error {
	_, err := q.Exec(ctx, "UPDATE staff_import SET state = ? WHERE id = ?", state, importID)
	return err
}

func insertLine(ctx context.Context, q db.Q, importID int64, s Step) error {
	was, err := textOf(s.was)
	if err != nil {
		return err
	}
	became, err := textOf(s.became)
	if err != nil {
		return err
	}
	_, err = q.Exec(ctx, `INSERT INTO staff_line (import_id, position, line, entity_key, was, became)
		VALUES (?, (SELECT COALESCE(MAX(position), 0) + 1 FROM staff_line WHERE import_id = ?), ?, ?, ?, ?)`, importID, importID, s.Line, s.Key, was, became)
	return err
}

// listLines gives what an import changed, the last first.
func listLines(ctx context.Context, q db.Q, importID int64) ([]Step, error) {
	return db.List(ctx, q, "SELECT line, entity_key, was, became FROM staff_line WHERE import_id = ? ORDER BY position DESC", []any{importID}, func(r db.Rows) (Step, error) {
		s := Step{Line: int(r.Int64(0)), Key: string(r.Bytes(1))}
		var err error
		if s.was, err = valuesOf(r.Bytes(2)); err == nil {
			s.became, err = valuesOf(r.Bytes(3))
		}
		s.New = s.was == nil
		return s, err
	})
}

func textOf(v map[string]string) (string, error) {
	if v == nil {
		return "", nil
	}
	b, err := json.Marshal(v)
	return string(b), err
}

func valuesOf(text []byte) (map[string]string, error) {
	if len(text) == 0 {
		return nil, nil
	}
	var out map[string]string
	err := json.Unmarshal(text, &out)
	return out, err
}
