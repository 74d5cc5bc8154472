package ownership

import (
	"cmp"
	"context"
	"slices"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
)

// Bounds of the days within which a contact counts.
const (
	minDays = 1
	maxDays = 730
)

// Tracked is what a unit, or a person in it, makes of the customers.
type Tracked struct {
	UnitID    int64
	UnitName  [2]string
	UserID    int64 // 0 = the unit as a whole, or its customers nobody looks after
	UserName  string
	Customers int64
	Owned     int64
	ByRule    int64 // owner given by a rule
	ByHand    int64 // chosen by somebody, or never given a reason
	Claimed   int64 // taken out of the pool
	Contacted int64 // with a contact within the days
	Changed   int64 // given to somebody else this month
}

// Tracking counts by unit and by person.
type Tracking struct {
	On    calendar.Date
	Days  int
	Units []Tracked
	Staff []Tracked
}

// Tracking counts the customers the actor may see: by department and by person, how many are looked after and by which kind of
// reason, contacted within some days, and given to somebody else this month. Needs customer.read. Errors: invalid_input.
func (s *Service) Tracking(ctx context.Context, days int) (Tracking, error) {
	return s.tracking(ctx, authz.CustomerRead, days)
}

// TrackingToExport is Tracking over the customers the actor may take out of the program, audited. Needs customer.export.
// Errors: invalid_input.
func (s *Service) TrackingToExport(ctx context.Context, days int) (Tracking, error) {
	t, err := s.tracking(ctx, authz.CustomerExport, days)
	if err != nil {
		return t, err
	}
	return t, s.db.InTx(ctx, func(q db.Q) error {
		detail := map[string]any{"report": "owner_tracking", "days": days}
		return audit.Write(ctx, q, s.now(), audit.Entry{Action: "customer.export", Entity: "customer", Detail: detail})
	})
}

func (s *Service) tracking(ctx context.Context, p authz.Permission, days int) (Tracking, error) {
	actor, err := authz.Require(ctx, p)
	if err != nil {
		return Tracking{}, err
	}
	var v errs.Validation
	v.Check(days >= minDays && days <= maxDays, "days", "field.choice")
	if err := v.Err(); err != nil {
		return Tracking{}, err
	}
	out := Tracking{On: s.Today(), Days: days}
	var rows []Tracked
	err = s.db.InRead(ctx, func(q db.Q) error {
		if rows, err = trackedRows(ctx, q, actor.Scope(p), out.On.AddDays(1-days), out.On.MonthStart()); err != nil {
			return err
		}
		units, err := unitNames(ctx, q)
		for i := range rows {
			rows[i].UnitName = units[rows[i].UnitID]
		}
		return err
	})
	if err != nil {
		return Tracking{}, err
	}
	out.sum(rows)
	return out, nil
}

// sum adds the people of each unit up; rows come by unit and person.
func (t *Tracking) sum(rows []Tracked) {
	at := map[int64]int{}
	for _, r := range rows {
		i, ok := at[r.UnitID]
		if !ok {
			i = len(t.Units)
			at[r.UnitID] = i
			t.Units = append(t.Units, Tracked{UnitID: r.UnitID, UnitName: r.UnitName})
		}
		u := &t.Units[i]
		u.Customers += r.Customers
		u.Owned += r.Owned
		u.ByRule += r.ByRule
		u.ByHand += r.ByHand
		u.Claimed += r.Claimed
		u.Contacted += r.Contacted
		u.Changed += r.Changed
	}
	t.Staff = rows
	more := func(a, b Tracked) int {
		return cmp.Or(cmp.Compare(b.Customers, a.Customers), cmp.Compare(a.UnitID, b.UnitID), cmp.Compare(a.UserID, b.UserID))
	}
	slices.SortFunc(t.Units, more)
	slices.SortFunc(t.Staff, more)
}
