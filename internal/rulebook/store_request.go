package rulebook

import (
	"context"
	"encoding/json"
	"fmt"
	"math"

	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
)

const requestColumns = "id, rulebook, version, settings, effective_from, note, state, requested_by, requested_at, decided_by, decided_at, reason, adoption_id, case_id, impact"

func scanRequest(r db.Rows) (Request, error) {
	var x Request
	var requested int64
	var decided *int64
	var settings, impact []byte
	var from string
	err := r.Scan(&x.ID, &x.Rulebook, &x.Version, &settings, &from, &x.Note, &x.State, &x.RequestedBy, &requested, &x.DecidedBy, &decided, &x.Reason, &x.AdoptionID, &x.CaseID, &impact)
	if err != nil {
		return x, err
	}
	x.RequestedAt, x.EffectiveFrom = clock.FromMicros(requested), calendar.None
	if from != "" {
		x.EffectiveFrom = calendar.FromBytes([]byte(from))
	}
	if decided != nil {
		x.DecidedAt = clock.FromMicros(*decided)
	}
	if len(impact) > 0 {
		if err := json.Unmarshal(impact, &x.Impact); err != nil {
			return x, err
		}
	}
	return x, json.Unmarshal(settings, &x.Settings)
}

// requestFilter narrows a list; empty members do not.
type requestFilter struct {
	Rulebook string
	State    string
	Before   int64 // id; 0 = from the newest
	Limit    int
}

func listRequests(ctx context.Context, q db.Q, f requestFilter) ([]Request, error) {
	before := f.Before
	if before == 0 {
		before = math.MaxInt64
	}
	return db.List(ctx, q, "SELECT "+requestColumns+" FROM adoption_request WHERE id < ? AND (? = '' OR rulebook = ?) AND (? = '' OR state = ?) ORDER BY id DESC LIMIT ?",
		[]any{before, f.Rulebook, f.Rulebook, f.State, f.State, f.Limit}, scanRequest)
}

func getRequest(ctx context.Context, q db.Q, requestID int64) (Request, error) {
	return db.One(ctx, q, "SELECT "+requestColumns+" FROM adoption_request WHERE id = ?", []any{requestID}, scanRequest)
}

func insertRequest(ctx context.Context, q db.Q, r Request) error {
	settings, err := settingsKey(r.Settings)
	if err != nil {
		return err
	}
	_, err = q.Exec(ctx, "INSERT INTO adoption_request ("+requestColumns+") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
		r.ID, r.Rulebook, r.Version, settings, r.EffectiveFrom.String(), r.Note, r.State, r.RequestedBy, clock.Micros(r.RequestedAt), 0, nil, "", 0, 0, "")
	if err != nil {
		return fmt.Errorf("writing a request to adopt %s: %w", r.Rulebook, err)
	}
	return nil
}

func setRequestCase(ctx context.Context, q db.Q, requestID, caseID int64) error {
	_, err := q.Exec(ctx, "UPDATE adoption_request SET case_id = ? WHERE id = ?", caseID, requestID)
	return err
}

func setRequestImpact(ctx context.Context, q db.Q, requestID int64, x Impact) error {
	text, err := json.Marshal(x)
	if err != nil {
		return err
	}
	_, err = q.Exec(ctx, "UPDATE adoption_request SET impact = ? WHERE id = ?", string(text), requestID)
	return err
}

// closeRequest writes a decision; false when the request is no longer open.
func closeRequest(ctx context.Context, q db.Q, r Request) (bool, error) {
	n, err := q.Exec(ctx, "UPDATE adoption_request SET state = ?, decided_by = ?, decided_at = ?, reason = ?, adoption_id = ? WHERE id = ? AND state = ?",
		r.State, r.DecidedBy, clock.Micros(r.DecidedAt), r.Reason, r.AdoptionID, r.ID, RequestOpen)
	return n == 1, err
}

// readers gives when each person confirmed having read a version.
func readers(ctx context.Context, q db.Q, rulebook, version string) (map[int64]int64, error) {
	out := map[int64]int64{}
	_, err := db.List(ctx, q, "SELECT user_id, read_at FROM rulebook_receipt WHERE rulebook = ? AND version = ?", []any{rulebook, version}, func(r db.Rows) (struct{}, error) {
		out[r.Int64(0)] = r.Int64(1)
		return struct{}{}, nil
	})
	return out, err
}

// insertReceipt notes a reading; the first one counts.
func insertReceipt(ctx context.Context, q db.Q, rulebook, version string, userID, at int64) (bool, error) {
	n, err := q.Exec(ctx, "INSERT INTO rulebook_receipt (rulebook, version, user_id, read_at) VALUES (?,?,?,?) ON CONFLICT (rulebook, version, user_id) DO NOTHING", rulebook, version, userID, at)
	return n == 1, err
}
