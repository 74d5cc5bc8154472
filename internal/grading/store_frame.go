package grading

import (
	"context"
	"fmt"
	"time"

	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/rule"
)

// insertFrame keeps a frame, once.
func insertFrame(ctx context.Context, q db.Q, run *Run, f *rule.Frame, now time.Time) error {
	_, err := q.Exec(ctx, `INSERT INTO explanation_frame (id, rulebook, version, scheme, frame, created_at) VALUES (?,?,?,?,?,?) ON CONFLICT (id) DO NOTHING`,
		f.ID(), run.Rulebook, run.Version, run.Scheme, string(f.Text()), clock.Micros(now))
	if err != nil {
		return fmt.Errorf("keeping the frame of explanations: %w", err)
	}
	text, err := frameText(ctx, q, f.ID())
	if err == nil && string(text) != string(f.Text()) {
		err = fmt.Errorf("%w: two frames have the number %d", rule.ErrPack, f.ID())
	}
	return err
}

func frameText(ctx context.Context, q db.Q, id int64) ([]byte, error) {
	var text []byte
	err := db.Get(ctx, q, "SELECT frame FROM explanation_frame WHERE id = ?", []any{id}, &text)
	return text, err
}
