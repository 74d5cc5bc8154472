package complaint

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/flow"
	"kezhi/internal/rule"
)

// span bounds the cases that are read: moments of receipt in microseconds, and what the person may see.
type span struct {
	from, until int64
	scope       authz.Scope
}

func (s span) where() (string, []any) {
	scope, args := s.scope.Clause("c")
	return " FROM proc_case c WHERE c.kind = ? AND c.received_at >= ? AND c.received_at < ? AND " + scope, append([]any{Kind, s.from, s.until}, args...)
}

// kase is what is counted of a case.
type kase struct {
	adoption, customer, unit   int64
	procedure, channel         string
	received, due, ended       int64
	day                        calendar.Date // of receipt
	state                      flow.State
	withdrawn, over, goodEnded bool
}

// defKey names the definition a case keeps.
type defKey struct {
	adoption  int64
	procedure string
}

// definitions gives what the cases of a span keep, before they are walked over.
func (s *Service) definitions(ctx context.Context, q db.Q, sp span) (map[defKey]*flow.Definition, error) {
	where, args := sp.where()
	ids, err := db.List(ctx, q, "SELECT DISTINCT c.adoption_id"+where, args, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
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

// eachCase walks over the cases of a span, the first received first. The case is good until fn returns.
func eachCase(ctx context.Context, q db.Q, sp span, fn func(*kase) error) error {
	where, args := sp.where()
	rows, err := q.Query(ctx, "SELECT c.adoption_id, c.customer_id, c.unit_id, c.procedure, c.channel, c.received_at, c.due_at, COALESCE(c.ended_at, 0), c.status, c.good, c.state"+
		where+" ORDER BY c.received_at, c.id", args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var k kase
		var status string
		var state []byte
		err := rows.Scan(&k.adoption, &k.customer, &k.unit, &k.procedure, &k.channel, &k.received, &k.due, &k.ended, &status, &k.goodEnded, &state)
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
