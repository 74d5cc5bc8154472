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

const selectBirthday = "SELECT b.customer_id, b.id, c.name, b.name, b.title, b.phone, b.birth_day"

// birthdaysIn gives the birthdays of the week by their day. The own customers are few, so they come first; of a unit the
// contacts with that birthday do, day by day, until enough were found.
func birthdaysIn(ctx context.Context, q db.Q, whose Whose, scope authz.Scope, today calendar.Date) ([]Birthday, error) {
	days, on := weekOf(today)
	scan := func(r db.Rows) (Birthday, error) {
		var b Birthday
		var monthDay int64
		err := r.Scan(&b.CustomerID, &b.ContactID, &b.Customer, &b.Name, &b.Title, &b.Phone, &monthDay)
		b.On = on[monthDay]
		return b, err
	}
	where, args := scope.Clause("c")
	var list []Birthday
	var err error
	if whose == Mine {
		list, err = db.List(ctx, q, selectBirthday+` FROM customer c CROSS JOIN contact b
			WHERE b.customer_id = c.id AND `+where+` AND c.archived_at IS NULL AND b.archived_at IS NULL AND b.birth_day IN `+db.In(len(days)),
			append(args, db.Args(days)...), scan)
	} else {
		for _, day := range days {
			var page []Birthday
			// The condition of the partial index on birth_day is written out here.
			page, err = db.List(ctx, q, selectBirthday+` FROM contact b JOIN customer c ON c.id = b.customer_id
				WHERE b.birth_day > 0 AND b.birth_day = ? AND b.archived_at IS NULL AND c.archived_at IS NULL AND `+where+` LIMIT ?`,
				append(append([]any{day}, args...), maxBirthdays-len(list)), scan)
			if list = append(list, page...); err != nil || len(list) >= maxBirthdays {
				break
			}
		}
	}
	slices.SortFunc(list, func(a, b Birthday) int {
		if a.On != b.On {
			return int(a.On - b.On)
		}
		return cmp.Compare(a.ContactID, b.ContactID)
	})
	return list[:min(len(list), maxBirthdays)], err
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
	where, whose := scope.Clause("d")
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
