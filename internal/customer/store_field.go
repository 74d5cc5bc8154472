package customer

import (
	"context"
	"encoding/json"

	"kezhi/internal/db"
)

func customFields(ctx context.Context, q db.Q) ([]CustomField, error) {
	return db.List(ctx, q, `SELECT id, name, label_zh, label_en, type, choices, position, archived_at IS NOT NULL, version
		FROM custom_field ORDER BY archived_at IS NOT NULL, position, id`, nil, func(r db.Rows) (CustomField, error) {
		var f CustomField
		var choices []byte
		if err := r.Scan(&f.ID, &f.Name, &f.LabelZH, &f.LabelEN, &f.Type, &choices, &f.Position, &f.Archived, &f.Version); err != nil {
			return f, err
		}
		return f, json.Unmarshal(choices, &f.Choices)
	})
}

func loadBook(ctx context.Context, q db.Q) (fieldBook, error) {
	all, err := customFields(ctx, q)
	book := make(fieldBook, len(all))
	for _, f := range all {
		book[f.Name] = f
	}
	return book, err
}

func insertField(ctx context.Context, q db.Q, f CustomField, at int64) error {
	choices, err := json.Marshal(f.Choices)
	if err != nil {
		return err
	}
	_, err = q.Exec(ctx, `INSERT INTO custom_field (id, name, label_zh, label_en, type, choices, position, version, archived_at, created_at)
		VALUES (?,?,?,?,?,?,?,1,NULL,?)`, f.ID, f.Name, f.LabelZH, f.LabelEN, f.Type, string(choices), f.Position, at)
	return err
}

func updateField(ctx context.Context, q db.Q, f CustomField, version, at int64) (bool, error) {
	choices, err := json.Marshal(f.Choices)
	if err != nil {
		return false, err
	}
	var archived any
	if f.Archived {
		archived = at
	}
	n, err := q.Exec(ctx, "UPDATE custom_field SET label_zh = ?, label_en = ?, choices = ?, position = ?, archived_at = ?, version = version + 1 WHERE id = ? AND version = ?",
		f.LabelZH, f.LabelEN, string(choices), f.Position, archived, f.ID, version)
	return n == 1, err
}
