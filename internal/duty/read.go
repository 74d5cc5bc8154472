package duty

import (
	"context"
	"slices"
	"strconv"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

var buckets = []Bucket{"", BucketToday, BucketWeek, BucketOverdue, BucketUpcoming, BucketDone}

// States lists all states in the order in which they are offered.
var States = []State{Open, Missed, Kept, Late, Waived, Dropped}

// Validate checks the filter's words and bounds.
func (f Filter) Validate() error {
	var v errs.Validation
	v.Check(slices.Contains(buckets, f.Bucket), "bucket", "field.not_allowed", "value", string(f.Bucket))
	for _, s := range f.States {
		v.Check(slices.Contains(States, s), "state", "field.not_allowed", "value", string(s))
	}
	for _, name := range f.Not {
		v.Check(slices.Contains([]string{"owner", "unit", "segment", "activity", "grade", "rulebook"}, name), "not", "field.not_allowed", "value", name)
	}
	v.Check(!f.asDue() || len(f.Rulebooks) > 0 && !slices.Contains(f.Not, "rulebook"), "rulebook", "duty.as_due_rulebook")
	v.Check(f.From == calendar.None || f.To == calendar.None || f.From <= f.To, "to", "duty.range_reversed")
	return v.Err()
}

// List gives the duties the actor may see, by their day (done ones newest first), and the cursor of the next page. With f.Escalated
// those of which the actor was told, also where they lie outside the actor's reach.
// With f.AsDue those out of reach by now come without the customer's phone and region and what was noted.
// Needs duty.read. Errors: invalid_input, cursor.invalid.
func (s *Service) List(ctx context.Context, f Filter) ([]Duty, string, error) {
	actor, err := authz.Require(ctx, authz.DutyRead)
	if err != nil {
		return nil, "", err
	}
	scopes := []authz.Scope{actor.Scope(authz.DutyRead)}
	if f.Escalated {
		scopes = nil // whoever was told of a duty sees it, wherever it is owed
	}
	return s.list(ctx, f, actor, scopes)
}

func (s *Service) list(ctx context.Context, f Filter, actor authz.Actor, scopes []authz.Scope) ([]Duty, string, error) {
	if err := f.Validate(); err != nil {
		return nil, "", err
	}
	if f.Limit == 0 {
		f.Limit = 50
	}
	f.Limit = min(max(f.Limit, 1), 200)
	var out []Duty
	next := ""
	err := s.db.InRead(ctx, func(q db.Q) error {
		var err error
		if f.DueUnitIDs, err = withBelow(ctx, q, f.DueUnitIDs); err != nil {
			return err
		}
		if out, next, err = listDuties(ctx, q, f, actor.UserID, scopes, s.Today()); err != nil {
			return err
		}
		if err = addWaivable(ctx, q, out, actor.UserID); err != nil {
			return err
		}
		return addPhones(ctx, q, out)
	})
	for i := range out {
		if !inReach(actor, authz.DutyRead, &out[i]) {
			out[i].withhold()
		}
	}
	return out, next, err
}

// OfCustomer gives the first duties of a customer that are not done, missed ones first, and how many there are.
// The caller has authorised the actor for the customer.
func (s *Service) OfCustomer(ctx context.Context, customerID int64, limit int) (list []Duty, open, overdue int64, err error) {
	actor, err := authz.Require(ctx, authz.DutyRead)
	if err != nil {
		return nil, 0, 0, err
	}
	err = s.db.InRead(ctx, func(q db.Q) error {
		if list, open, overdue, err = pendingPage(ctx, q, customerID, s.Today(), limit); err != nil {
			return err
		}
		return addWaivable(ctx, q, list, actor.UserID)
	})
	return list, open, overdue, err
}

// AwayFrom gives the absences of a person that are not over on a day: whoever plans work asks it. Needs duty.read over the person;
// of somebody out of reach there are none.
func (s *Service) AwayFrom(ctx context.Context, userID int64, from calendar.Date) ([]Away, error) {
	actor, err := authz.Require(ctx, authz.DutyRead)
	if err != nil {
		return nil, err
	}
	unit, err := unitOf(ctx, s.db.Read(), userID)
	if err != nil || !actor.Scope(authz.DutyRead).CoversPerson(userID, unit) {
		return nil, err
	}
	return awayOf(ctx, s.db.Read(), userID, from)
}

// Get gives a duty with its files. Needs duty.read, over the duty or its customer, as the one who was told that it was missed, or where
// the duty was answered for on its day; then without the customer's phone and region and what was noted, unless it is within reach by now.
// Error: not_found.
func (s *Service) Get(ctx context.Context, dutyID int64) (Duty, error) {
	actor, err := authz.Require(ctx, authz.DutyRead)
	if err != nil {
		return Duty{}, err
	}
	var d Duty
	err = s.db.InRead(ctx, func(q db.Q) error {
		d, err = s.load(ctx, q, dutyID)
		return err
	})
	if err != nil {
		return Duty{}, err
	}
	if !visible(actor, authz.DutyRead, &d) {
		return Duty{}, db.ErrNoRows
	}
	if !inReach(actor, authz.DutyRead, &d) {
		d.withhold()
	}
	return d, nil
}

// Counts gives the figures of the duties the actor may see, or of those the actor owes (mine). Needs duty.read.
func (s *Service) Counts(ctx context.Context, mine bool) (Counts, error) {
	actor, err := authz.Require(ctx, authz.DutyRead)
	if err != nil {
		return Counts{}, err
	}
	today := s.Today()
	where, args := actor.Scope(authz.DutyRead).PersonClause("d")
	if mine {
		where, args = "d.owner_id = ?", []any{actor.UserID}
	}
	rows, err := countDuties(ctx, s.db.Read(), where, args, today)
	if err != nil {
		return Counts{}, err
	}
	return sumCounts(rows, today), nil
}

func sumCounts(rows []countRow, today calendar.Date) Counts {
	var c Counts
	month := today.MonthStart()
	for _, r := range rows {
		switch {
		case r.state == Kept:
			c.KeptMonth += r.n
		case r.state == Late:
			c.LateMonth += r.n
		case r.due < today: // missed, or open and about to be marked so
			c.Overdue += r.n
			if r.due >= month {
				c.MissedMonth += r.n
			}
		case r.state == Open:
			c.Week += r.n
			if r.due == today {
				c.Today += r.n
			}
		}
	}
	return c
}

// newestFirst says whether the list runs backwards: what is done is read from its end.
func (f Filter) newestFirst() bool { return f.Bucket == BucketDone }

func (f Filter) cursorOf(d Duty) string { return db.EncodeCursor(d.DueOn.String(), id.String(d.ID)) }

func (f Filter) afterClause(after []string) (string, []any, error) {
	due, derr := calendar.Parse(after[0])
	last, ierr := id.Parse(after[1])
	if derr != nil || ierr != nil {
		return "", nil, errs.New(errs.Invalid, "cursor.invalid")
	}
	if f.newestFirst() {
		return "(d.due_on, d.id) < (?, ?)", []any{due, last}, nil
	}
	return "(d.due_on, d.id) > (?, ?)", []any{due, last}, nil
}

// perMilleText gives part of whole in per cent with one decimal, rounded half to even: 2 of 3 is "66.7".
func perMilleText(part, whole int64) string {
	n := part * 1000
	q, r := n/whole, n%whole
	if 2*r > whole || (2*r == whole && q%2 == 1) {
		q++
	}
	return strconv.FormatInt(q/10, 10) + "." + strconv.FormatInt(q%10, 10)
}
