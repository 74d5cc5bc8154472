package handover

import (
	"context"
	"encoding/json"
	"slices"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// person is somebody of the organisation as far as handovers ask.
type person struct {
	id, unit int64
	name     string
	active   bool
}

func loadPerson(ctx context.Context, q db.Q, userID int64) (person, error) {
	return db.One(ctx, q, "SELECT id, COALESCE(unit_id, 0), name, state FROM app_user WHERE id = ?", []any{userID}, func(r db.Rows) (person, error) {
		return person{r.Int64(0), r.Int64(1), string(r.Bytes(2)), string(r.Bytes(3)) == "active"}, nil
	})
}

// assigns gives how far somebody may assign customers.
func assigns(ctx context.Context, q db.Q, userID int64) (authz.Reach, error) {
	roles, err := db.List(ctx, q, "SELECT role FROM user_role WHERE user_id = ?", []any{userID}, func(r db.Rows) (string, error) { return string(r.Bytes(0)), nil })
	return authz.GrantsOf(roles)[authz.CustomerAssign], err
}

// countOwned counts the customers somebody looks after.
func countOwned(ctx context.Context, q db.Q, userID int64) (n int64, err error) {
	return n, db.Get(ctx, q, "SELECT COUNT(*) FROM customer WHERE owner_id = ? AND archived_at IS NULL", []any{userID}, &n)
}

// underWay gives the handover of a person that is not over, 0 = none.
func underWay(ctx context.Context, q db.Q, userID int64) (n int64, err error) {
	err = db.Get(ctx, q, "SELECT id FROM handover WHERE person_id = ? AND state IN ('planning', 'signing', 'moving')", []any{userID}, &n)
	if db.IsNoRows(err) {
		return 0, nil
	}
	return n, err
}

func insertHandover(ctx context.Context, q db.Q, h *Handover) error {
	at := clock.Micros(h.CreatedAt)
	_, err := q.Exec(ctx, `INSERT INTO handover (id, number, person_id, unit_id, reason, from_on, away, note, state, rest_id, case_id, counts, loads, created_by, created_at, updated_at, done_at, version)
		VALUES (?,'',?,?,?,?,?,?,?,?,0,'[]','[]',?,?,?,NULL,1)`, h.ID, h.PersonID, h.PersonUnit, h.Reason, h.From, h.Away, h.Note, string(h.State), h.RestID, h.CreatedBy, at, at)
	return err
}

// lockHandover keeps everybody else from writing a handover until the caller's transaction is over.
func lockHandover(ctx context.Context, q db.Q, handoverID int64) error {
	_, err := q.Exec(ctx, "UPDATE handover SET version = version WHERE id = ?", handoverID)
	return err
}

// updateHandover writes a handover unless it was changed since it was loaded; false then.
func updateHandover(ctx context.Context, q db.Q, h *Handover, now int64) (bool, error) {
	counts, err := json.Marshal(append([]Count{}, h.Counts...))
	if err != nil {
		return false, err
	}
	loads, err := json.Marshal(append([]Load{}, h.Loads...))
	if err != nil {
		return false, err
	}
	n, err := q.Exec(ctx, `UPDATE handover SET number = ?, from_on = ?, away = ?, note = ?, state = ?, rest_id = ?, case_id = ?, job_id = ?, counts = ?, loads = ?, updated_at = ?,
		done_at = ?, 		version = version + 1 WHERE id = ? AND version = ?`,
		h.Number, h.From, h.Away, h.Note, string(h.State), h.RestID, h.CaseID, h.JobID, string(counts), string(loads), now, h.DoneAt, h.ID, h.Version)
	h.Version++
	return n == 1, err
}

const selectHandover = `SELECT h.id, h.number, h.person_id, COALESCE(p.name, ''), h.unit_id, h.reason, h.from_on, h.away, h.note, h.state, h.rest_id, COALESCE(r.name, ''),
	h.case_id, h.job_id, COALESCE(j.state, ''), COALESCE(j.error_code, ''), COALESCE(j.error_args, 'null'), h.counts, h.loads, h.created_by, COALESCE(c.name, ''),
	h.created_at, h.done_at, h.version
	FROM handover h LEFT JOIN app_user p ON p.id = h.person_id LEFT JOIN app_user r ON r.id = h.rest_id LEFT JOIN app_user c ON c.id = h.created_by
	LEFT JOIN job j ON j.id = h.job_id`

func scanHandover(r db.Rows) (Handover, error) {
	var h Handover
	var state string
	var args, counts, loads []byte
	var created int64
	err := r.Scan(&h.ID, &h.Number, &h.PersonID, &h.PersonName, &h.PersonUnit, &h.Reason, &h.From, &h.Away, &h.Note, &state, &h.RestID, &h.RestName,
		&h.CaseID, &h.JobID, &h.Job.State, &h.Job.Code, &args, &counts, &loads, &h.CreatedBy, &h.HeadName, &created, &h.DoneAt, &h.Version)
	if err != nil {
		return h, err
	}
	h.State, h.CreatedAt = State(state), clock.FromMicros(created)
	if err := json.Unmarshal(args, &h.Job.Args); err != nil {
		return h, err
	}
	if err := json.Unmarshal(counts, &h.Counts); err != nil {
		return h, err
	}
	return h, json.Unmarshal(loads, &h.Loads)
}

func loadHandover(ctx context.Context, q db.Q, handoverID int64) (Handover, error) {
	h, err := db.One(ctx, q, selectHandover+" WHERE h.id = ?", []any{handoverID}, scanHandover)
	if err != nil {
		return h, err
	}
	h.Lines, err = tally(ctx, q, h.ID)
	return h, err
}

// Filter says which handovers are meant.
type Filter struct {
	State    State // "" = all
	PersonID int64 // 0 = everybody's

	before int64
}

// listHandovers gives the handovers somebody has a part in, the newest first.
func listHandovers(ctx context.Context, q db.Q, actor authz.Actor, f Filter, limit int) ([]Handover, error) {
	sql, args := " WHERE 1=1", []any{}
	add := func(on bool, clause string, more ...any) {
		if on {
			sql += " AND " + clause
			args = append(args, more...)
		}
	}
	scope := actor.Scope(authz.CustomerAssign)
	part := "(h.person_id = ? OR h.rest_id = ? OR EXISTS (SELECT 1 FROM handover_line l WHERE l.handover_id = h.id AND l.to_id = ?)) AND h.state IN ('signing', 'moving', 'done')"
	mine := []any{actor.UserID, actor.UserID, actor.UserID}
	switch {
	case actor.Grants[authz.CustomerAssign] == authz.ReachNone:
		add(true, part, mine...)
	case !scope.All:
		over := "1=0"
		var units []any
		if len(scope.UnitIDs) > 0 {
			over, units = "h.unit_id IN "+db.In(len(scope.UnitIDs)), db.Args(scope.UnitIDs)
		}
		add(true, "("+over+" AND h.person_id <> ? OR "+part+")", append(append(units, actor.UserID), mine...)...)
	default: // the giver learns of it when it is signed for
		add(true, "(h.person_id <> ? OR "+part+")", append([]any{actor.UserID}, mine...)...)
	}
	add(f.State != "", "h.state = ?", string(f.State))
	add(f.PersonID != 0, "h.person_id = ?", f.PersonID)
	add(f.before != 0, "h.id < ?", f.before)
	list, err := db.List(ctx, q, selectHandover+sql+" ORDER BY h.id DESC LIMIT ?", append(args, limit), scanHandover)
	if err != nil || len(list) == 0 {
		return list, err
	}
	ids := make([]int64, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	lines, err := tallies(ctx, q, ids)
	for i := range list {
		list[i].Lines = lines[list[i].ID]
	}
	return list, err
}

// listOrphans gives who is disabled and still has customers.
func listOrphans(ctx context.Context, q db.Q, scope authz.Scope) ([]Orphaned, error) {
	clause, args := scope.Clause("c")
	return db.List(ctx, q, `SELECT u.id, u.name, COUNT(*) FROM app_user u JOIN customer c ON c.owner_id = u.id WHERE u.state <> 'active' AND c.archived_at IS NULL AND `+clause+
		" GROUP BY u.id, u.name ORDER BY 3 DESC, 1 LIMIT 100", args,
		func(r db.Rows) (Orphaned, error) { return Orphaned{r.Int64(0), string(r.Bytes(1)), r.Int64(2)}, nil })
}

// listCovers gives absences that are not over, behind a first day and an id (nil = from the first).
func listCovers(ctx context.Context, q db.Q, scope authz.Scope, today calendar.Date, after []string, limit int) ([]Cover, error) {
	clause, args := scope.ClauseOn("u.id", "u.unit_id")
	if after != nil {
		last, err := id.Parse(after[1])
		if err != nil {
			return nil, errs.New(errs.Invalid, "cursor.invalid")
		}
		clause, args = clause+" AND (a.from_on, a.id) > (?, ?)", append(slices.Clone(args), after[0], last)
	}
	return db.List(ctx, q, `SELECT a.id, a.user_id, u.name, a.substitute_id, COALESCE(w.name, ''), a.from_on, a.until_on, a.reason,
		(SELECT COUNT(*) FROM customer c WHERE c.owner_id = a.user_id AND c.archived_at IS NULL)
		FROM absence a JOIN app_user u ON u.id = a.user_id LEFT JOIN app_user w ON w.id = a.substitute_id WHERE a.until_on >= ? AND `+clause+" ORDER BY a.from_on, a.id LIMIT ?",
		append(append([]any{today}, args...), limit), func(r db.Rows) (Cover, error) {
			var c Cover
			return c, r.Scan(&c.ID, &c.UserID, &c.Name, &c.SubstituteID, &c.SubstituteName, &c.From, &c.Until, &c.Reason, &c.Customers)
		})
}

// absent gives whose absence it is. ErrNoRows when there is none.
func absent(ctx context.Context, q db.Q, absenceID int64) (userID int64, err error) {
	return userID, db.Get(ctx, q, "SELECT user_id FROM absence WHERE id = ?", []any{absenceID}, &userID)
}
