package workbench

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
)

const selectMovement = "SELECT m.customer_id, c.code, c.name, COALESCE(g.rulebook, ''), m.scheme, m.from_code, m.to_code, m.direction, m.as_of, m.run_id"

func scanMovement(r db.Rows) (Movement, error) {
	var m Movement
	err := r.Scan(&m.CustomerID, &m.Code, &m.Name, &m.Rulebook, &m.Scheme, &m.FromCode, &m.ToCode, &m.Direction, &m.AsOf, &m.RunID)
	return m, err
}

// movementsOf starts from the person's customers: they are few, the movements of a run are many.
func movementsOf(ctx context.Context, q db.Q, userID int64, since calendar.Date) ([]Movement, error) {
	return db.List(ctx, q, selectMovement+` FROM customer c JOIN movement m ON m.customer_id = c.id LEFT JOIN grading_run g ON g.id = m.run_id
		WHERE c.owner_id = ? AND c.archived_at IS NULL AND m.direction <> 0 AND m.as_of >= ?
		ORDER BY m.as_of DESC, m.run_id DESC, c.sort_key, c.id LIMIT ?`, []any{userID, since, maxMoved + 1}, scanMovement)
}

// movementsWithin goes through the newest gradings that moved anybody, and stops when enough was found: the customers of a unit are many.
func movementsWithin(ctx context.Context, q db.Q, scope authz.Scope, since calendar.Date) ([]Movement, error) {
	runs, err := db.List(ctx, q, `SELECT id FROM grading_run WHERE state = 'done' AND changed > 0 AND as_of >= ? ORDER BY as_of DESC, id DESC LIMIT ?`,
		[]any{since, maxRuns}, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
	if err != nil {
		return nil, err
	}
	where, args := scope.Clause("c")
	var out []Movement
	for _, run := range runs {
		page, err := db.List(ctx, q, selectMovement+` FROM movement m JOIN customer c ON c.id = m.customer_id LEFT JOIN grading_run g ON g.id = m.run_id
			WHERE m.run_id = ? AND m.direction IN (1, -1) AND c.archived_at IS NULL AND `+where+` LIMIT ?`,
			append(append([]any{run}, args...), maxMoved+1-len(out)), scanMovement)
		if err != nil {
			return nil, err
		}
		if out = append(out, page...); len(out) > maxMoved {
			break
		}
	}
	return out, nil
}

func gradesOf(ctx context.Context, q db.Q, userID int64) ([]GradeCount, error) {
	return db.List(ctx, q, `SELECT s.scheme, s.code, MIN(s.position), COUNT(*) FROM customer c JOIN standing s ON s.customer_id = c.id
		WHERE c.owner_id = ? AND c.archived_at IS NULL GROUP BY s.scheme, s.code ORDER BY s.scheme, 3, s.code`, []any{userID},
		func(r db.Rows) (GradeCount, error) {
			var g GradeCount
			err := r.Scan(&g.Scheme, &g.Code, &g.Position, &g.Customers)
			return g, err
		})
}

const (
	selectDay = "SELECT d.customer_id, d.contact_id, d.id, d.name, d.lunar, d.month_day, c.name, COALESCE(p.name, ''), COALESCE(p.title, ''), COALESCE(p.phone, '') FROM "
	dayPerson = ` LEFT JOIN contact p ON p.customer_id = d.customer_id AND p.id = d.contact_id
		WHERE d.customer_id = c.id AND c.archived_at IS NULL AND p.archived_at IS NULL AND `
)

// specialDaysIn gives the special days of the week by their day. The own customers are few, so they come first; of a unit the days do,
// one after the other, until enough were found.
func specialDaysIn(ctx context.Context, q db.Q, whose Whose, scope authz.Scope, today calendar.Date) ([]SpecialDay, error) {
	keys, on := yearlyIn(today)
	scan := func(r db.Rows) (SpecialDay, error) {
		var d SpecialDay
		var monthDay int64
		err := r.Scan(&d.CustomerID, &d.ContactID, &d.dayID, &d.Day, &d.Lunar, &monthDay, &d.Customer, &d.Name, &d.Title, &d.Phone)
		d.On = on[yearlyKey(d.Lunar, monthDay)]
		return d, err
	}
	where, args := scope.Clause("c")
	var list []SpecialDay
	var err error
	if whose == Mine {
		list, err = db.List(ctx, q, selectDay+"customer c CROSS JOIN special_day d"+dayPerson+where+" AND d.lunar * 10000 + d.month_day IN "+db.In(len(keys)),
			append(args, db.Args(keys)...), scan)
	} else {
		for _, key := range keys {
			var page []SpecialDay
			page, err = db.List(ctx, q, selectDay+"special_day d CROSS JOIN customer c"+dayPerson+where+" AND d.lunar = ? AND d.month_day = ? LIMIT ?",
				append(slices.Clone(args), key/10_000, key%10_000, maxDays-len(list)), scan)
			if list = append(list, page...); err != nil || len(list) >= maxDays {
				break
			}
		}
	}
	slices.SortFunc(list, func(a, b SpecialDay) int { return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(a.dayID, b.dayID)) })
	return list[:min(len(list), maxDays)], err
}

// importsOf gives the imports that a person began and that wait for a decision, or failed, newest first.
func importsOf(ctx context.Context, q db.Q, userID int64) ([]Import, error) {
	return db.List(ctx, q, `SELECT id, target, file_name, state, error_code, created_at FROM import
		WHERE created_by = ? AND state IN ('uploaded', 'checked', 'running', 'reverting', 'failed') ORDER BY created_at DESC, id DESC LIMIT ?`,
		[]any{userID, maxImports}, func(r db.Rows) (Import, error) {
			var m Import
			err := r.Scan(&m.ID, &m.Target, &m.FileName, &m.State, &m.ErrorCode, &m.At)
			return m, err
		})
}

// failedMessages starts from the messages: those that failed are few.
func failedMessages(ctx context.Context, q db.Q, scope authz.Scope, since int64) (int64, error) {
	where, args := scope.Clause("c")
	return count(ctx, q, `SELECT 1 FROM message m JOIN customer c ON c.id = m.customer_id
		WHERE m.state IN ('failed', 'unclear') AND m.created_at >= ? AND `+where, append([]any{since}, args...))
}

func withoutOwner(ctx context.Context, q db.Q, scope authz.Scope) (int64, error) {
	where, args := scope.Clause("c")
	return count(ctx, q, "SELECT 1 FROM customer c WHERE c.owner_id = 0 AND c.archived_at IS NULL AND "+where, args)
}

func withoutVerdict(ctx context.Context, q db.Q, scope authz.Scope) (int64, error) {
	where, args := scope.Clause("c")
	return count(ctx, q, `SELECT 1 FROM (SELECT c.id FROM customer c WHERE c.archived_at IS NULL AND `+where+` ORDER BY c.id DESC LIMIT ?) AS n
		WHERE NOT EXISTS (SELECT 1 FROM standing s WHERE s.customer_id = n.id AND s.code <> '')`, append(args, maxLook))
}

// count counts rows up to one more than are told.
func count(ctx context.Context, q db.Q, rows string, args []any) (int64, error) {
	var n int64
	err := db.Get(ctx, q, "SELECT COUNT(*) FROM ("+rows+" LIMIT ?) AS x", append(args, maxAlert+1), &n)
	return n, err
}

// settledDuties counts this year's duties that were kept, late or missed, by who answered for them on their day. The open ones of past days
// are missed ones.
func settledDuties(ctx context.Context, q db.Q, scope authz.Scope, today calendar.Date) ([]settled, error) {
	var parts []string
	var args []any
	add := func(state, cond string, until calendar.Date, who string, whose ...any) {
		parts = append(parts, "SELECT d.rulebook, d.rule, d.grade, "+state+", COUNT(*) FROM duty d WHERE "+who+" AND "+cond+
			" AND d.due_on >= ? AND d.due_on <= ? GROUP BY d.rulebook, d.rule, d.grade, d.state")
		args = append(append(args, whose...), today.YearStart(), until)
	}
	// The condition of the partial indexes, one of which leads to what a unit answered for and one to what a person did.
	const over = "d.state <> 'dropped' AND d.state <> 'open' AND d.state <> 'waived'"
	if len(scope.UnitIDs) == 0 {
		add("d.state", over, today, "d.due_owner_id = ?", scope.OwnerID)
	} else {
		units, in := db.Args(scope.UnitIDs), db.In(len(scope.UnitIDs))
		add("d.state", over, today, "d.due_unit_id IN "+in, units...)
		add("d.state", over, today, "d.due_owner_id = ? AND d.due_unit_id NOT IN "+in, append([]any{scope.OwnerID}, units...)...)
	}
	where, whose := scope.PersonClause("d")
	add("'missed'", "d.state = 'open'", today.AddDays(-1), where, whose...)
	return db.List(ctx, q, strings.Join(parts, " UNION ALL "), args, func(r db.Rows) (settled, error) {
		var x settled
		err := r.Scan(&x.rulebook, &x.rule, &x.grade, &x.state, &x.n)
		return x, err
	})
}

func standingsIn(ctx context.Context, q db.Q, scope authz.Scope) ([]standing, error) {
	where, args := scope.Clause("c")
	// The customers come first: those of a person or a unit are few, the standings are everybody's.
	return db.List(ctx, q, `SELECT s.scheme, s.code, COUNT(*) FROM customer c CROSS JOIN standing s
		WHERE s.customer_id = c.id AND `+where+` AND c.archived_at IS NULL GROUP BY s.scheme, s.code`, args, func(r db.Rows) (standing, error) {
		var x standing
		err := r.Scan(&x.scheme, &x.code, &x.n)
		return x, err
	})
}
