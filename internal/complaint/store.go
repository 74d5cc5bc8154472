package complaint

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/flow"
	"kezhi/internal/rule"
)

// span bounds the cases that are read: moments of receipt in microseconds, and what the person may see.
type span struct {
	from, until int64
	rulebook    string // "" = all
	scope       authz.Scope
}

// where gives the condition on a case c of a kind, with its arguments.
func (s span) where(kind string) (string, []any) {
	where, args := "c.kind = ? AND c.received_at >= ? AND c.received_at < ?", []any{kind, s.from, s.until}
	if s.rulebook != "" {
		where, args = where+" AND c.rulebook = ?", append(args, s.rulebook)
	}
	scope, more := s.scope.PersonClause("c")
	return where + " AND " + scope, append(args, more...)
}

// kase is what is counted of a case.
type kase struct {
	id                         int64
	adoption, customer, unit   int64
	owner                      int64
	procedure, channel         string
	received, due, ended       int64
	number                     string
	day                        calendar.Date // of receipt
	score                      int           // the customer's rating, 0 = none
	state                      flow.State
	withdrawn, over, goodEnded bool
}

// defKey names the definition a case keeps.
type defKey struct {
	adoption  int64
	procedure string
}

// definitions gives what the cases of a span keep, before they are walked over.
func (s *Service) definitions(ctx context.Context, q db.Q, kind string, sp span) (map[defKey]*flow.Definition, error) {
	where, args := sp.where(kind)
	ids, err := db.List(ctx, q, "SELECT DISTINCT c.adoption_id FROM proc_case c WHERE "+where, args, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
	if err != nil {
		return nil, err
	}
	out := map[defKey]*flow.Definition{}
	for _, n := range ids {
		e, err := s.books.Adopted(ctx, q, n)
		if err != nil {
			return nil, fmt.Errorf("reading the rulebook of adoption %d: %w", n, err)
		}
		for _, d := range e.Procedures {
			out[defKey{n, d.Key}] = d
		}
	}
	return out, nil
}

// eachCase walks over the cases of a kind and span, the first received first. The case is good until fn returns.
func eachCase(ctx context.Context, q db.Q, kind string, sp span, fn func(*kase) error) error {
	where, args := sp.where(kind)
	rows, err := q.Query(ctx, `SELECT c.id, c.number, c.adoption_id, c.customer_id, c.unit_id, c.owner_id, c.procedure, c.channel, c.received_at, c.due_at, COALESCE(c.ended_at, 0),
			c.status, c.good, c.state FROM proc_case c WHERE `+where+" ORDER BY c.received_at, c.id", args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var k kase
		var status string
		var state []byte
		err := rows.Scan(&k.id, &k.number, &k.adoption, &k.customer, &k.unit, &k.owner, &k.procedure, &k.channel, &k.received, &k.due, &k.ended, &status, &k.goodEnded, &state)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(state, &k.state); err != nil {
			return fmt.Errorf("reading the state of a complaint: %w", err)
		}
		k.withdrawn, k.over = status == flow.Withdrawn, status == flow.Ended
		if err := fn(&k); err != nil {
			return err
		}
	}
	return rows.Err()
}

// unitNames gives the names of all units by their id as text, and that of the organisation.
func unitNames(ctx context.Context, q db.Q) (names map[string]rule.Text, house rule.Text, err error) {
	rows, err := q.Query(ctx, "SELECT id, COALESCE(parent_id, 0), name_zh, name_en FROM unit ORDER BY id")
	if err != nil {
		return nil, house, err
	}
	defer rows.Close()
	names = map[string]rule.Text{}
	for rows.Next() {
		name := rule.Text{Zh: string(rows.Bytes(2)), En: string(rows.Bytes(3))}
		names[strconv.FormatInt(rows.Int64(0), 10)] = name
		if house.Zh == "" && rows.Int64(1) == 0 {
			house = name
		}
	}
	return names, house, rows.Err()
}

// factRating is the kind of the facts in which customers rate how their complaint was dealt with: the number of the case is
// the document, the field score the rating from 1 to 5.
const factRating = "satisfaction"

// ratings gives what customers said of the cases received from a day on, by the id of the case; the last rating counts.
func ratings(ctx context.Context, q db.Q, sp span, from calendar.Date) (map[int64]int, error) {
	where, args := sp.where(Kind)
	rows, err := q.Query(ctx, `SELECT c.id, f.attrs FROM proc_case c JOIN fact f ON f.customer_id = c.customer_id AND f.document = c.number
		WHERE `+where+` AND c.customer_id <> 0 AND f.kind = ? AND f.occurred_on >= ? AND f.reverses = 0
			AND f.batch_id NOT IN (SELECT id FROM fact_batch WHERE state <> 'visible')
			AND NOT EXISTS (SELECT 1 FROM fact x WHERE x.customer_id = f.customer_id AND x.occurred_on = f.occurred_on AND x.reverses = f.id)
		ORDER BY f.recorded_at, f.id`, append(args, factRating, from)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[int64]int{}
	for rows.Next() {
		var attrs struct {
			Score json.RawMessage `json:"score"`
		}
		if err := json.Unmarshal(rows.Bytes(1), &attrs); err != nil {
			return nil, fmt.Errorf("reading a rating: %w", err)
		}
		if n, err := strconv.Atoi(strings.Trim(string(attrs.Score), `"`)); err == nil && n >= 1 && n <= 5 {
			out[rows.Int64(0)] = n
		}
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return out, strangersRatings(ctx, q, where, args, out)
}

// strangersRatings adds what people said of cases about no customer on file. A fact needs a customer, so their ratings stand with
// the case alone; they are satisfied or not like anybody else, and count as much.
func strangersRatings(ctx context.Context, q db.Q, where string, args []any, out map[int64]int) error {
	rows, err := q.Query(ctx, "SELECT c.id, p.score FROM proc_case c JOIN public_case p ON p.case_id = c.id WHERE "+where+" AND c.customer_id = 0 AND p.score > 0", args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		out[rows.Int64(0)] = int(rows.Int64(1))
	}
	return rows.Err()
}
