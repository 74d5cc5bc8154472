package visit

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

const selectVisit = `SELECT v.customer_id, v.id, v.owner_id, v.unit_id, v.duty_id, v.state, v.on_day, v.from_min, v.to_min, v.purpose, v.place, v.ours, v.theirs,
	v.needs_appointment, v.arrived_at, v.lat_e6, v.lon_e6, COALESCE(v.accuracy_m, 0), v.distance_m, v.report, v.met, v.feedback, v.next_on, v.reason, v.fact_id,
	v.done_at, v.set_out_at, v.arrival_told_at, v.reported_at, v.created_at, v.version, COALESCE(c.code, ''), COALESCE(c.name, ''), COALESCE(c.region, ''), COALESCE(c.address, ''), COALESCE(c.owner_id, 0), COALESCE(c.unit_id, 0),
	p.lat_e6, p.lon_e6, COALESCE(o.name, ''), COALESCE(d.title_zh, ''), COALESCE(d.title_en, ''), COALESCE(d.clause, ''), d.window_from, d.due_on,
	COALESCE(d.appointment, 0), v.appt_with, v.appt_how, v.appt_at, v.no_appt, v.agreed_in
	FROM visit v LEFT JOIN customer c ON c.id = v.customer_id LEFT JOIN customer_place p ON p.customer_id = v.customer_id
	LEFT JOIN app_user o ON o.id = v.owner_id LEFT JOIN duty d ON d.customer_id = v.customer_id AND d.id = v.duty_id`

func scanVisit(r db.Rows) (Visit, error) {
	var v Visit
	var ours, theirs []byte
	var lat, lon, placeLat, placeLon *int64
	var d DutyRef
	err := r.Scan(&v.CustomerID, &v.ID, &v.OwnerID, &v.UnitID, &v.DutyID, &v.State, &v.On, &v.FromMin, &v.ToMin, &v.Purpose, &v.Place, &ours, &theirs,
		&v.NeedsAppointment, &v.ArrivedAt, &lat, &lon, &v.AccuracyM, &v.DistanceM, &v.Report, &v.Met, &v.Feedback, &v.NextOn, &v.Reason, &v.FactID,
		&v.DoneAt, &v.SetOutAt, &v.ArrivalToldAt, &v.ReportedAt, &v.CreatedAt, &v.Version, &v.Customer.Code, &v.Customer.Name, &v.Customer.Region, &v.Customer.Address, &v.Customer.OwnerID, &v.Customer.UnitID,
		&placeLat, &placeLon, &v.OwnerName, &d.TitleZh, &d.TitleEn, &d.Clause, &d.WindowFrom, &d.DueOn,
		&d.Appointment, &v.Appointment.With, &v.Appointment.How, &v.Appointment.At, &v.NoAppointment, &v.AgreedIn)
	if err != nil {
		return v, err
	}
	v.Where, v.Customer.Place = spotOf(lat, lon), spotOf(placeLat, placeLon)
	if v.DutyID != 0 {
		v.Duty = &d
	}
	if err := json.Unmarshal(ours, &v.Ours); err != nil {
		return v, err
	}
	return v, json.Unmarshal(theirs, &v.Theirs)
}

func spotOf(lat, lon *int64) *Spot {
	if lat == nil || lon == nil {
		return nil
	}
	return &Spot{*lat, *lon}
}

// columns gives a spot as its two columns; NULL where it is not known.
func (s *Spot) columns() (lat, lon *int64) {
	if s == nil {
		return nil, nil
	}
	return &s.LatE6, &s.LonE6
}

func load(ctx context.Context, q db.Q, visitID int64) (Visit, error) {
	v, err := db.One(ctx, q, selectVisit+" WHERE v.id = ?", []any{visitID}, scanVisit)
	if err != nil {
		return v, err
	}
	v.Files, err = db.List(ctx, q, `SELECT f.id, f.name, f.media_type, f.size, vf.part FROM visit_file vf JOIN file f ON f.id = vf.file_id
		WHERE vf.customer_id = ? AND vf.visit_id = ? ORDER BY vf.part, vf.position`, []any{v.CustomerID, v.ID}, func(r db.Rows) (File, error) {
		var f File
		err := r.Scan(&f.ID, &f.Name, &f.MediaType, &f.Size, &f.Part)
		return f, err
	})
	return v, err
}

func visitsOfFile(ctx context.Context, q db.Q, fileID int64) ([]Visit, error) {
	return db.List(ctx, q, selectVisit+" JOIN visit_file vf ON vf.customer_id = v.customer_id AND vf.visit_id = v.id WHERE vf.file_id = ?", []any{fileID}, scanVisit)
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

// within bounds rows of the alias to those whose person or customer lies in the scope.
func (p *predicate) within(scope authz.Scope, alias string) {
	if scope.All {
		return
	}
	own, a := scope.PersonClause(alias)
	of, b := scope.Clause("c")
	p.add(true, "("+own+" OR "+of+")", append(slices.Clone(a), b...)...)
}

// ways narrows rows of a table to the first of each of the two ways in which one person sees them: the row is the person's, or
// the customer is. Each way walks its own index and stops after a page; one condition for both would walk everybody's rows. The
// conditions collected before hold in both; they may ask for the row and the customer (c) only.
func (p *predicate) ways(alias, table, person string, userID int64, order string, limit int) {
	where, args := p.where(), slices.Clone(p.args)
	var by []string
	for part := range strings.SplitSeq(order, ", ") {
		by = append(by, alias+"."+part)
	}
	one := func(cond string) string {
		p.args = append(append(append(p.args, args...), userID), limit)
		return "SELECT id FROM (SELECT " + alias + ".id FROM " + table + " " + alias + " LEFT JOIN customer c ON c.id = " + alias + ".customer_id" +
			where + " AND " + cond + " ORDER BY " + strings.Join(by, ", ") + " LIMIT ?) AS w"
	}
	p.conds = append(p.conds, alias+".id IN ("+one(alias+"."+person+" = ?")+" UNION ALL "+one("c.owner_id = ?")+")")
}

func (p *predicate) where() string { return " WHERE " + strings.Join(append(p.conds, "1=1"), " AND ") }

func listVisits(ctx context.Context, q db.Q, f Filter, scope authz.Scope) ([]Visit, string, error) {
	p := &predicate{}
	p.within(scope, "v")
	p.add(f.From != calendar.None, "v.on_day >= ?", f.From)
	p.add(f.To != calendar.None, "v.on_day <= ?", f.To)
	p.add(len(f.OwnerIDs) > 0, "v.owner_id IN "+db.In(len(f.OwnerIDs)), db.Args(f.OwnerIDs)...)
	p.add(f.CustomerID != 0, "v.customer_id = ?", f.CustomerID)
	p.add(f.DutyID != 0, "v.duty_id = ?", f.DutyID)
	p.add(len(f.States) > 0, "v.state IN "+db.In(len(f.States)), db.Args(f.States)...)
	after, err := db.DecodeCursor(f.Cursor, 2)
	if err != nil {
		return nil, "", err
	}
	if after != nil {
		day, derr := calendar.Parse(after[0])
		last, ierr := id.Parse(after[1])
		if derr != nil || ierr != nil {
			return nil, "", errs.New(errs.Invalid, "cursor.invalid")
		}
		p.add(true, "(v.on_day, v.id) > (?, ?)", day, last)
	}
	if scope.OwnOnly() && f.CustomerID == 0 && f.DutyID == 0 && len(f.OwnerIDs) == 0 {
		p.ways("v", "visit", "owner_id", scope.OwnerID, "on_day, id", f.Limit+1)
	}
	list, err := db.List(ctx, q, selectVisit+p.where()+" ORDER BY v.on_day, v.id LIMIT ?", append(p.args, f.Limit+1), scanVisit)
	if err != nil || len(list) <= f.Limit {
		return list, "", err
	}
	list = list[:f.Limit]
	last := list[f.Limit-1]
	return list, db.EncodeCursor(last.On.String(), id.String(last.ID)), nil
}

func insertVisit(ctx context.Context, q db.Q, v Visit, by, now int64) error {
	ours, err := json.Marshal(v.Ours)
	if err != nil {
		return err
	}
	theirs, err := json.Marshal(v.Theirs)
	if err != nil {
		return err
	}
	_, err = q.Exec(ctx, `INSERT INTO visit (customer_id, id, owner_id, unit_id, duty_id, state, on_day, from_min, to_min, purpose, place, ours, theirs,
		needs_appointment, report, met, feedback, reason, fact_id, version, created_by, created_at, updated_at,
		appt_with, appt_how, appt_at, no_appt, agreed_in)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,'','','','',0,1,?,?,?,?,?,?,'',?)`,
		v.CustomerID, v.ID, v.OwnerID, v.UnitID, v.DutyID, v.State, v.On, v.FromMin, v.ToMin, v.Purpose, v.Place, string(ours), string(theirs),
		v.NeedsAppointment, by, now, now, v.Appointment.With, v.Appointment.How, v.Appointment.At, v.AgreedIn)
	return err
}

// updateVisit writes a visit unless somebody else changed it since it was loaded; false then.
func updateVisit(ctx context.Context, q db.Q, v, next Visit, now int64) (bool, error) {
	lat, lon := next.Where.columns()
	n, err := q.Exec(ctx, `UPDATE visit SET state = ?, on_day = ?, from_min = ?, to_min = ?, arrived_at = ?, lat_e6 = ?, lon_e6 = ?, accuracy_m = ?, distance_m = ?,
		report = ?, met = ?, feedback = ?, next_on = ?, reason = ?, fact_id = ?, done_at = ?, set_out_at = ?, arrival_told_at = ?, reported_at = ?, appt_with = ?, appt_how = ?, appt_at = ?, no_appt = ?, agreed_in = ?,
		version = version + 1, updated_at = ?
		WHERE customer_id = ? AND id = ? AND version = ?`,
		next.State, next.On, next.FromMin, next.ToMin, next.ArrivedAt, lat, lon, next.AccuracyM, next.DistanceM,
		next.Report, next.Met, next.Feedback, next.NextOn, next.Reason, next.FactID, next.DoneAt, next.SetOutAt, next.ArrivalToldAt, next.ReportedAt,
		next.Appointment.With, next.Appointment.How, next.Appointment.At, next.NoAppointment, next.AgreedIn, now, v.CustomerID, v.ID, v.Version)
	return n == 1, err
}

// aheadOf gives the visits to a customer nobody has set out for.
func aheadOf(ctx context.Context, q db.Q, customerID int64) ([]Visit, error) {
	return db.List(ctx, q, selectVisit+" WHERE v.customer_id = ? AND v.state IN ('planned', 'asked', 'confirmed') ORDER BY v.id", []any{customerID}, scanVisit)
}

// giveVisit has somebody else go, 0 = nobody yet, unless somebody changed the visit since it was loaded; false then.
func giveVisit(ctx context.Context, q db.Q, v Visit, owner, unit, now int64) (bool, error) {
	n, err := q.Exec(ctx, "UPDATE visit SET owner_id = ?, unit_id = ?, version = version + 1, updated_at = ? WHERE customer_id = ? AND id = ? AND version = ?",
		owner, unit, now, v.CustomerID, v.ID, v.Version)
	return n == 1, err
}

func addFiles(ctx context.Context, q db.Q, v Visit, part string, ids []int64) error {
	for i, f := range ids {
		if slices.ContainsFunc(v.Files, func(had File) bool { return had.ID == f }) {
			continue
		}
		_, err := q.Exec(ctx, "INSERT INTO visit_file (customer_id, visit_id, file_id, part, position) VALUES (?,?,?,?,?)", v.CustomerID, v.ID, f, part, i)
		if err != nil {
			return err
		}
	}
	return nil
}

func savePlace(ctx context.Context, q db.Q, customerID int64, at Spot, by, now int64) error {
	_, err := q.Exec(ctx, `INSERT INTO customer_place (customer_id, lat_e6, lon_e6, set_by, set_at) VALUES (?,?,?,?,?)
		ON CONFLICT (customer_id) DO UPDATE SET lat_e6 = excluded.lat_e6, lon_e6 = excluded.lon_e6, set_by = excluded.set_by, set_at = excluded.set_at`,
		customerID, at.LatE6, at.LonE6, by, now)
	return err
}

// ownerExists refuses to send somebody who is not there.
func ownerExists(ctx context.Context, q db.Q, userID int64) error {
	if userID == 0 {
		return nil
	}
	var n int64
	if err := db.Get(ctx, q, "SELECT COUNT(*) FROM app_user WHERE id = ? AND state = 'active'", []any{userID}, &n); err != nil {
		return err
	}
	var v errs.Validation
	v.Check(n > 0, "owner_id", "field.not_allowed", "value", id.String(userID))
	return v.Err()
}

// dutyToKeep has a visit keep the first duty of visiting its customer that its person owes around its day and for which none is ahead.
func dutyToKeep(ctx context.Context, q db.Q, v *Visit) error {
	err := db.Get(ctx, q, `SELECT d.id, d.title_zh, d.appointment FROM duty d WHERE d.customer_id = ? AND d.owner_id = ? AND d.activity = 'visit' AND d.state = 'open'
		AND d.window_from <= ? AND d.due_on >= ? AND NOT EXISTS (SELECT 1 FROM visit x WHERE x.duty_id = d.id AND x.state NOT IN ('done', 'cancelled'))
		ORDER BY d.due_on, d.id LIMIT 1`, []any{v.CustomerID, v.OwnerID, v.On, v.On}, &v.DutyID, &v.Purpose, &v.NeedsAppointment)
	if db.IsNoRows(err) {
		return nil
	}
	return err
}

// dutyFree refuses a second visit for a duty while the first is still to take place, and says whether the duty asks for an
// appointment first. Touching the duty's row makes two who plan at once wait for each other.
func dutyFree(ctx context.Context, q db.Q, dutyID int64) (appointment bool, err error) {
	if _, err := q.Exec(ctx, "UPDATE duty SET updated_at = updated_at WHERE id = ?", dutyID); err != nil {
		return false, err
	}
	if err := db.Get(ctx, q, "SELECT appointment FROM duty WHERE id = ?", []any{dutyID}, &appointment); err != nil {
		return false, err
	}
	on, err := db.One(ctx, q, "SELECT on_day FROM visit WHERE duty_id = ? AND state NOT IN ('done', 'cancelled')", []any{dutyID},
		func(r db.Rows) (calendar.Date, error) {
			var d calendar.Date
			err := r.Scan(&d)
			return d, err
		})
	if db.IsNoRows(err) {
		return appointment, nil
	}
	if err != nil {
		return false, err
	}
	return false, errs.New(errs.Conflict, "visit.duty_planned", "on", on.String())
}

// claim takes an idempotency key; false when it is taken.
func claim(ctx context.Context, q db.Q, userID int64, key, hash string, ref, now int64) (bool, error) {
	n, err := q.Exec(ctx, "INSERT INTO visit_request (user_id, idem_key, hash, ref_id, created_at) VALUES (?,?,?,?,?) ON CONFLICT (user_id, idem_key) DO NOTHING",
		userID, key, hash, ref, now)
	return n == 1, err
}

func requestOf(ctx context.Context, q db.Q, userID int64, key string) (ref int64, hash string, err error) {
	err = db.Get(ctx, q, "SELECT ref_id, hash FROM visit_request WHERE user_id = ? AND idem_key = ?", []any{userID, key}, &ref, &hash)
	return ref, hash, err
}
