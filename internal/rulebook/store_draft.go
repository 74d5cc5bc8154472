package rulebook

import (
	"context"
	"encoding/json"
	"fmt"

	"kezhi/internal/clock"
	"kezhi/internal/db"
)

const draftColumns = "id, rulebook, version, title_zh, title_en, based_on, revision, created_by, created_at, updated_by, updated_at"

func scanDraft(r db.Rows) (Draft, error) {
	var d Draft
	var created, updated int64
	err := r.Scan(&d.ID, &d.Rulebook, &d.Version, &d.Title.Zh, &d.Title.En, &d.BasedOn, &d.Revision, &d.CreatedBy, &created, &d.UpdatedBy, &updated)
	d.CreatedAt, d.UpdatedAt = clock.FromMicros(created), clock.FromMicros(updated)
	return d, err
}

// listDrafts gives all drafts, or those of one rulebook, newest first, without their files.
func listDrafts(ctx context.Context, q db.Q, rulebook string) ([]Draft, error) {
	return db.List(ctx, q, "SELECT "+draftColumns+" FROM rulebook_draft WHERE ? = '' OR rulebook = ? ORDER BY id DESC LIMIT ?",
		[]any{rulebook, rulebook, maxDrafts}, scanDraft)
}

func countDrafts(ctx context.Context, q db.Q) (int64, error) {
	return db.One(ctx, q, "SELECT COUNT(*) FROM rulebook_draft", nil, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
}

func getDraft(ctx context.Context, q db.Q, draftID int64) (Draft, error) {
	d, err := db.One(ctx, q, "SELECT "+draftColumns+" FROM rulebook_draft WHERE id = ?", []any{draftID}, scanDraft)
	if err != nil {
		return d, err
	}
	var raw []byte
	if err := db.Get(ctx, q, "SELECT files FROM rulebook_draft WHERE id = ?", []any{draftID}, &raw); err != nil {
		return d, err
	}
	if err := json.Unmarshal(raw, &d.Files); err != nil {
		return d, fmt.Errorf("reading the files of draft %d: %w", draftID, err)
	}
	return d, nil
}

func insertDraft(ctx context.Context, q db.Q, d Draft) error {
	raw, err := json.Marshal(d.Files)
	if err != nil {
		return err
	}
	_, err = q.Exec(ctx, "INSERT INTO rulebook_draft ("+draftColumns+", files) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
		d.ID, d.Rulebook, d.Version, d.Title.Zh, d.Title.En, d.BasedOn, d.Revision, d.CreatedBy, clock.Micros(d.CreatedAt), d.UpdatedBy, clock.Micros(d.UpdatedAt), string(raw))
	if err != nil {
		return fmt.Errorf("writing a draft of %s: %w", d.Rulebook, err)
	}
	return nil
}

// updateDraft writes the draft at its next revision; false when somebody else saved it meanwhile.
func updateDraft(ctx context.Context, q db.Q, d Draft, revision int64) (bool, error) {
	raw, err := json.Marshal(d.Files)
	if err != nil {
		return false, err
	}
	n, err := q.Exec(ctx, `UPDATE rulebook_draft SET rulebook = ?, version = ?, title_zh = ?, title_en = ?, files = ?, revision = revision + 1, updated_by = ?, updated_at = ?
		WHERE id = ? AND revision = ?`,
		d.Rulebook, d.Version, d.Title.Zh, d.Title.En, string(raw), d.UpdatedBy, clock.Micros(d.UpdatedAt), d.ID, revision)
	return n == 1, err
}

func deleteDraft(ctx context.Context, q db.Q, draftID, revision int64) (bool, error) {
	n, err := q.Exec(ctx, "DELETE FROM rulebook_draft WHERE id = ? AND revision = ?", draftID, revision)
	return n == 1, err
}
