package promise

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

const selectPromise = `SELECT p.customer_id, p.id, p.contact_id, p.owner_id, p.by_owner, p.unit_id, p.what, p.purpose, p.made_on, p.made_in, p.made_ref, p.first_due,
	p.due_on, p.moved, p.state, p.settled_on, p.said, p.fact_id, p.version, p.created_by, p.created_at,
	COALESCE(c.code, ''), COALESCE(c.name, ''), COALESCE(c.owner_id, 0), COALESCE(c.unit_id, 0), COALESCE(c.region, ''), COALESCE(k.name, ''), COALESCE(o.name, '')
	FROM promise p LEFT JOIN customer c ON c.id = p.customer_id LEFT JOIN contact k ON k.customer_id = p.customer_id AND k.id = p.contact_id
	LEFT JOIN app_user o ON o.id = p.owner_id`

func scanPromise(r db.Rows) (Promise, error) {
	var p Promise
	err := r.Scan(&p.CustomerID, &p.ID, &p.ContactID, &p.OwnerID, &p.ByOwner, &p.UnitID, &p.What, &p.Purpose, &p.MadeOn, &p.MadeIn, &p.MadeRef, &p.FirstDue,
		&p.DueOn, &p.Moved, &p.State, &p.SettledOn, &p.Said, &p.FactID, &p.Version, &p.CreatedBy, &p.CreatedAt,
		&p.Customer.Code, &p.Customer.Name, &p.Customer.OwnerID, &p.Customer.UnitID, &p.Customer.Region, &p.Contact, &p.OwnerName)
	return p, err
}

// load gives a promise with its history.
func load(ctx context.Context, q db.Q, promiseID int64) (Promise, error) {
	p, err := db.One(ctx, q, selectPromise+" WHERE p.id = ?", []any{promiseID}, scanPromise)
	if err != nil {
		return p, err
	}
	p.Steps, err = db.List(ctx, q, `SELECT t.act, t.by_id, COALESCE(u.name, ''), t.at, t.from_on, t.to_on, t.said FROM promise_step t
		LEFT JOIN app_user u ON u.id = t.by_id WHERE t.customer_id = ? AND t.promise_id = ? ORDER BY t.position`, []any{p.CustomerID, p.ID},
		func(r db.Rows) (Step, error) {
			var t Step
			err := r.Scan(&t.Act, &t.ByID, &t.ByName, &t.At, &t.From, &t.To, &t.Said)
			return t, err
		})
	return p, err
}

func insertPromise(ctx context.Context, q db.Q, p Promise) error {
	_, err := q.Exec(ctx, `INSERT INTO promise (customer_id, id, contact_id, owner_id, by_owner, unit_id, what, purpose, made_on, made_in, made_ref, first_due, due_on,
		moved, state, settled_on, said, fact_id, version, created_by, created_at, updated_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,0,?,NULL,'',0,1,?,?,?)`,
		p.CustomerID, p.ID, p.ContactID, p.OwnerID, p.ByOwner, p.UnitID, p.What, p.Purpose, p.MadeOn, p.MadeIn, p.MadeRef, p.FirstDue, p.DueOn,
		p.State, p.CreatedBy, p.CreatedAt, p.CreatedAt)
	return err
}

// updatePromise writes a promise unless somebody else changed it since it was loaded; false then.
func updatePromise(ctx context.Context, q db.Q, p, next Promise, now int64) (bool, error) {
	n, err := q.Exec(ctx, `UPDATE promise SET owner_id = ?, unit_id = ?, due_on = ?, moved = ?, state = ?, settled_on = ?, said = ?, fact_id = ?,
		version = version + 1, updated_at = ? WHERE customer_id = ? AND id = ? AND version = ?`,
		next.OwnerID, next.UnitID, next.DueOn, next.Moved, next.State, next.SettledOn, next.Said, next.FactID, now, p.CustomerID, p.ID, p.Version)
	return n == 1, err
}

// setFact names the fact that the end of a promise became; whoever does it holds the promise by updatePromise.
func setFact(ctx context.Context, q db.Q, p Promise) error {
	_, err := q.Exec(ctx, "UPDATE promise SET fact_id = ? WHERE customer_id = ? AND id = ?", p.FactID, p.CustomerID, p.ID)
	return err
}

// addStep writes the next entry of a promise's history; the update of the promise before it keeps others from the same position.
func addStep(ctx context.Context, q db.Q, p Promise, t Step, r request) error {
	_, err := q.Exec(ctx, `INSERT INTO promise_step (customer_id, promise_id, position, act, by_id, at, from_on, to_on, said, idem_key, idem_hash)
		SELECT CAST(? AS BIGINT), CAST(? AS BIGINT), COALESCE(MAX(position), 0) + 1, CAST(? AS TEXT), CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS TEXT), CAST(? AS TEXT),
			CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT)
		FROM promise_step WHERE customer_id = ? AND promise_id = ?`,
		p.CustomerID, p.ID, t.Act, t.ByID, t.At, t.From, t.To, t.Said, r.key, r.hash, p.CustomerID, p.ID)
	return err
}

func stepOfKey(ctx context.Context, q db.Q, customerID, userID int64, key string) (promiseID int64, hash string, err error) {
	err = db.Get(ctx, q, "SELECT promise_id, idem_hash FROM promise_step WHERE customer_id = ? AND by_id = ? AND idem_key <> '' AND idem_key = ?",
		[]any{customerID, userID, key}, &promiseID, &hash)
	return promiseID, hash, err
}

// markedBefore says whether the history tells already that the promise was overdue for its day.
func markedBefore(ctx context.Context, q db.Q, p Promise) (bool, error) {
	var n int64
	err := db.Get(ctx, q, "SELECT COUNT(*) FROM promise_step WHERE customer_id = ? AND promise_id = ? AND act = 'overdue' AND to_on = ?",
		[]any{p.CustomerID, p.ID, p.DueOn}, &n)
	return n > 0, err
}

// passed gives the open promises whose day lies before today; it uses the partial index, so the state is written out.
func passed(ctx context.Context, q db.Q, today calendar.Date, limit int) ([]Promise, error) {
	return db.List(ctx, q, selectPromise+" WHERE p.state = 'open' AND p.due_on < ? ORDER BY p.due_on, p.id LIMIT ?", []any{today, limit}, scanPromise)
}

func liveOf(ctx context.Context, q db.Q, customerID int64) ([]Promise, error) {
	return db.List(ctx, q, selectPromise+" WHERE p.customer_id = ? AND p.state IN ('open', 'overdue') ORDER BY p.id", []any{customerID}, scanPromise)
}

// predicate collects conditions with their arguments.
type predicate struct {
	conds []string
	args  []any
}

func (p *predicate) add(on bool, cond string, args ...any) {
	if on {
		p.conds, p.args = append(p.conds, cond), append(p.args, args...)
	}
}

func (p *predicate) where() string { return " WHERE " + strings.Join(append(p.conds, "1=1"), " AND ") }

// ways bounds promises (p, with their customers c) to what a filter and all scopes let through: those of all predicates together, none
// twice. Whoever reaches only the own ones comes to them by two indexes, to the few there are; an OR would go through everybody's.
func ways(f Filter, scopes []authz.Scope, today calendar.Date) []*predicate {
	i := slices.IndexFunc(scopes, authz.Scope.OwnOnly)
	if i < 0 {
		return []*predicate{matching(f, scopes, today)}
	}
	owner := scopes[i].OwnerID
	own, theirs := matching(f, slices.Delete(slices.Clone(scopes), i, i+1), today), matching(f, slices.Delete(slices.Clone(scopes), i, i+1), today)
	own.add(true, "p.owner_id = ?", owner)
	theirs.add(true, "c.owner_id = ? AND p.owner_id <> ?", owner, owner)
	return []*predicate{own, theirs}
}

// matching is one predicate of ways; a scope is an OR over owner and unit of the promise and of its customer.
func matching(f Filter, scopes []authz.Scope, today calendar.Date) *predicate {
	p := &predicate{}
	for _, scope := range scopes {
		if scope.All {
			continue
		}
		own, a := scope.PersonClause("p")
		of, b := scope.Clause("c")
		p.add(true, "("+own+" OR "+of+")", append(append([]any{}, a...), b...)...)
	}
	p.add(f.CustomerID != 0, "p.customer_id = ?", f.CustomerID)
	p.add(len(f.OwnerIDs) > 0, "p.owner_id IN "+db.In(len(f.OwnerIDs)), db.Args(f.OwnerIDs)...)
	p.add(len(f.Origins) > 0, "p.made_in IN "+db.In(len(f.Origins)), db.Args(f.Origins)...)
	p.add(f.MadeRef != 0, "p.made_ref = ?", f.MadeRef)
	p.add(f.From != calendar.None, "p.due_on >= ?", f.From)
	p.add(f.To != calendar.None, "p.due_on <= ?", f.To)
	var states []string
	for _, st := range f.States {
		switch st {
		case Open:
			states = append(states, "p.state IN ('open', 'overdue') AND p.due_on >= ?")
			p.args = append(p.args, today)
		case Overdue:
			states = append(states, "p.state IN ('open', 'overdue') AND p.due_on < ?")
			p.args = append(p.args, today)
		default:
			states = append(states, "p.state = ?")
			p.args = append(p.args, st)
		}
	}
	if len(states) > 0 {
		p.conds = append(p.conds, "("+strings.Join(states, " OR ")+")")
	}
	return p
}

func list(ctx context.Context, q db.Q, f Filter, scopes []authz.Scope, today calendar.Date) ([]Promise, string, error) {
	sign, direction, order := ">", "", 1
	if f.Newest {
		sign, direction, order = "<", " DESC", -1
	}
	after, err := db.DecodeCursor(f.Cursor, 2)
	if err != nil {
		return nil, "", err
	}
	var day calendar.Date
	var last int64
	if after != nil {
		var derr, ierr error
		day, derr = calendar.Parse(after[0])
		last, ierr = id.Parse(after[1])
		if derr != nil || ierr != nil {
			return nil, "", errs.New(errs.Invalid, "cursor.invalid")
		}
	}
	var rows []Promise
	for _, p := range ways(f, scopes, today) {
		p.add(after != nil, "(p.due_on, p.id) "+sign+" (?, ?)", day, last)
		part, err := db.List(ctx, q, selectPromise+p.where()+" ORDER BY p.due_on"+direction+", p.id"+direction+" LIMIT ?", append(p.args, f.Limit+1), scanPromise)
		if err != nil {
			return nil, "", err
		}
		rows = append(rows, part...)
	}
	slices.SortFunc(rows, func(a, b Promise) int { return order * cmp.Or(cmp.Compare(a.DueOn, b.DueOn), cmp.Compare(a.ID, b.ID)) })
	if len(rows) <= f.Limit {
		return rows, "", nil
	}
	rows = rows[:f.Limit]
	end := rows[f.Limit-1]
	return rows, db.EncodeCursor(end.DueOn.String(), id.String(end.ID)), nil
}

func counts(ctx context.Context, q db.Q, f Filter, scope authz.Scope, today calendar.Date) (Counts, error) {
	out := Counts{Of: map[State]int64{}}
	type pair struct {
		state State
		n     int64
	}
	var total int64
	for _, p := range ways(f, []authz.Scope{scope}, today) {
		rows, err := db.List(ctx, q, `SELECT w.st, COUNT(*) FROM (
			SELECT CASE WHEN p.state IN ('open', 'overdue') THEN CASE WHEN p.due_on < ? THEN 'overdue' ELSE 'open' END ELSE p.state END AS st
			FROM promise p LEFT JOIN customer c ON c.id = p.customer_id`+p.where()+` LIMIT ?) AS w GROUP BY w.st`,
			append(append([]any{today}, p.args...), maxCounted+1), func(r db.Rows) (pair, error) {
				var x pair
				err := r.Scan(&x.state, &x.n)
				return x, err
			})
		if err != nil {
			return out, err
		}
		for _, x := range rows {
			out.Of[x.state] += x.n
			total += x.n
		}
	}
	out.More = total > maxCounted
	return out, nil
}

func isActive(ctx context.Context, q db.Q, userID int64) (bool, error) {
	var n int64
	err := db.Get(ctx, q, "SELECT COUNT(*) FROM app_user WHERE id = ? AND state = 'active'", []any{userID}, &n)
	return n > 0, err
}

// nameOf gives a person's name, empty for nobody.
func nameOf(ctx context.Context, q db.Q, userID int64) (string, error) {
	var name string
	err := db.Get(ctx, q, "SELECT name FROM app_user WHERE id = ?", []any{userID}, &name)
	if db.IsNoRows(err) {
		return "", nil
	}
	return name, err
}

// tables are where the things lie in which a promise may be made.
var tables = map[Origin]struct{ name, column string }{
	InVisit: {"visit", "id"}, InCall: {"phone_call", "id"}, InCase: {"proc_case", "id"}, InSeminar: {"seminar_invite", "seminar_id"},
}

// tookPlace says whether the visit, call or case concerns the customer, or the customer was invited to the event.
func tookPlace(ctx context.Context, q db.Q, customerID int64, in Origin, ref int64) (bool, error) {
	var n int64
	at := tables[in]
	err := db.Get(ctx, q, "SELECT COUNT(*) FROM "+at.name+" WHERE "+at.column+" = ? AND customer_id = ?", []any{ref, customerID}, &n)
	return n > 0, err
}

// held finds what somebody has still to keep.
const held = " WHERE p.owner_id = ? AND p.state IN ('open', 'overdue')"

func countHeld(ctx context.Context, q db.Q, userID int64) (n int64, err error) {
	return n, db.Get(ctx, q, "SELECT COUNT(*) FROM promise p"+held, []any{userID}, &n)
}

func listHeld(ctx context.Context, q db.Q, userID, after int64, limit int) ([]Promise, error) {
	return db.List(ctx, q, selectPromise+held+" AND p.id > ? ORDER BY p.id LIMIT ?", []any{userID, after, limit}, scanPromise)
}
