package segment

import (
	"context"
	"encoding/json"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
)

const selectSegment = `SELECT s.id, s.name, s.note, s.mode, s.definition, s.members, s.refreshed_on, s.refreshed_at, s.archived_at, s.created_by, COALESCE(u.name, ''), s.version, s.updated_at
	FROM segment s LEFT JOIN app_user u ON u.id = s.created_by `

func scan(r db.Rows) (Segment, error) {
	var s Segment
	var definition []byte
	var refreshed, updated int64
	var archived *int64
	err := r.Scan(&s.ID, &s.Name, &s.Note, &s.Mode, &definition, &s.Members, &s.RefreshedOn, &refreshed, &archived, &s.CreatedBy, &s.CreatorName, &s.Version, &updated)
	if err != nil {
		return s, err
	}
	s.UpdatedAt = clock.FromMicros(updated)
	if refreshed != 0 {
		s.RefreshedAt = clock.FromMicros(refreshed)
	}
	if archived != nil {
		at := clock.FromMicros(*archived)
		s.ArchivedAt = &at
	}
	return s, json.Unmarshal(definition, &s.Groups)
}

func load(ctx context.Context, q db.Q, segmentID int64) (Segment, error) {
	return db.One(ctx, q, selectSegment+"WHERE s.id = ?", []any{segmentID}, scan)
}

func named(ctx context.Context, q db.Q, name string) (Segment, error) {
	return db.One(ctx, q, selectSegment+"WHERE s.name = ? AND s.archived_at IS NULL", []any{name}, scan)
}

func list(ctx context.Context, q db.Q) ([]Segment, error) {
	return db.List(ctx, q, selectSegment+"WHERE s.archived_at IS NULL ORDER BY s.name, s.id LIMIT ?", []any{maxSegments}, scan)
}

// seen counts the members of each segment that lie within a scope.
func seen(ctx context.Context, q db.Q, scope authz.Scope) (map[int64]int64, error) {
	clause, args := scope.Clause("c")
	rows, err := q.Query(ctx, `SELECT m.segment_id, COUNT(*) FROM segment_member m JOIN customer c ON c.id = m.customer_id
		WHERE c.archived_at IS NULL AND `+clause+" GROUP BY m.segment_id", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[int64]int64{}
	for rows.Next() {
		out[rows.Int64(0)] = rows.Int64(1)
	}
	return out, rows.Err()
}

func nameTaken(ctx context.Context, q db.Q, name string, except int64) (bool, error) {
	var n int64
	err := db.Get(ctx, q, "SELECT COUNT(*) FROM segment WHERE name = ? AND id <> ? AND archived_at IS NULL", []any{name, except}, &n)
	return n > 0, err
}

func countSegments(ctx context.Context, q db.Q) (n int64, err error) {
	return n, db.Get(ctx, q, "SELECT COUNT(*) FROM segment WHERE archived_at IS NULL", nil, &n)
}

func insert(ctx context.Context, q db.Q, segmentID int64, in Input, by int64, now time.Time) error {
	definition, err := json.Marshal(groupsOf(in))
	if err != nil {
		return err
	}
	at := clock.Micros(now)
	_, err = q.Exec(ctx, `INSERT INTO segment (id, name, note, mode, definition, members, refreshed_on, refreshed_at, archived_at, created_by, version, created_at, updated_at)
		VALUES (?,?,?,?,?,0,NULL,0,NULL,?,1,?,?)`, segmentID, in.Name, in.Note, in.Mode, string(definition), by, at, at)
	return err
}

func groupsOf(in Input) []Group {
	if in.Groups == nil {
		return []Group{}
	}
	return in.Groups
}

func update(ctx context.Context, q db.Q, cur Segment, in Input, now time.Time) (bool, error) {
	definition, err := json.Marshal(groupsOf(in))
	if err != nil {
		return false, err
	}
	n, err := q.Exec(ctx, "UPDATE segment SET name = ?, note = ?, mode = ?, definition = ?, version = version + 1, updated_at = ? WHERE id = ? AND version = ?",
		in.Name, in.Note, in.Mode, string(definition), clock.Micros(now), cur.ID, cur.Version)
	return n == 1, err
}

func archive(ctx context.Context, q db.Q, cur Segment, now time.Time) (bool, error) {
	at := clock.Micros(now)
	n, err := q.Exec(ctx, "UPDATE segment SET archived_at = ?, version = version + 1, updated_at = ? WHERE id = ? AND version = ?", at, at, cur.ID, cur.Version)
	return n == 1, err
}

// members gives the ids of the members in ascending order.
func members(ctx context.Context, q db.Q, segmentID int64) ([]int64, error) {
	return db.List(ctx, q, "SELECT customer_id FROM segment_member WHERE segment_id = ? ORDER BY customer_id", []any{segmentID},
		func(r db.Rows) (int64, error) { return r.Int64(0), nil })
}

func addMember(ctx context.Context, q db.Q, segmentID, customerID int64, on calendar.Date) error {
	_, err := q.Exec(ctx, "INSERT INTO segment_member (customer_id, segment_id, since) VALUES (?,?,?) ON CONFLICT (customer_id, segment_id) DO NOTHING",
		customerID, segmentID, on)
	return err
}

func removeMember(ctx context.Context, q db.Q, segmentID, customerID int64) error {
	_, err := q.Exec(ctx, "DELETE FROM segment_member WHERE customer_id = ? AND segment_id = ?", customerID, segmentID)
	return err
}

func refreshed(ctx context.Context, q db.Q, segmentID, n int64, on calendar.Date, now time.Time) error {
	_, err := q.Exec(ctx, "UPDATE segment SET members = ?, refreshed_on = ?, refreshed_at = ? WHERE id = ?", n, on, clock.Micros(now), segmentID)
	return err
}
