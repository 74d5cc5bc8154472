package visit

import (
	"context"
	"slices"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/duty"
	"kezhi/internal/errs"
)

const (
	maxAgendaDays = 42  // six weeks: a month with the days around it
	maxAgenda     = 400 // visits, and as many duties
	owedPages     = 50  // of 200 duties each: how far it is looked for those without a visit
)

// Day is a day of an agenda.
type Day struct {
	On             calendar.Date
	Working        bool
	NameZh, NameEn string // of a holiday or a make-up working day
	Away           bool   // the one person whose agenda it is, is absent
}

// Agenda is what is on some days: visits, and duties that come due on them and for which no visit is planned.
type Agenda struct {
	Days   []Day
	Visits []Visit
	Duties []duty.Duty
	More   bool // there are more visits or duties than are given
}

// AgendaOf gives the agenda of the days from and to, both included, at most six weeks: of these people, or of everybody within the
// actor's reach. Cancelled visits are left out. Needs duty.read. Error: invalid_input.
func (s *Service) AgendaOf(ctx context.Context, from, to calendar.Date, ownerIDs []int64) (Agenda, error) {
	actor, err := authz.Require(ctx, authz.DutyRead)
	if err != nil {
		return Agenda{}, err
	}
	var v errs.Validation
	v.Check(from != calendar.None, "from", "field.required")
	v.Check(to != calendar.None, "to", "field.required")
	v.Check(from <= to, "to", "duty.range_reversed")
	v.Check(to-from < maxAgendaDays, "to", "visit.agenda_too_long", "days", maxAgendaDays)
	if err := v.Err(); err != nil {
		return Agenda{}, err
	}
	var a Agenda
	if a.Days, err = s.days(ctx, from, to, ownerIDs); err != nil {
		return Agenda{}, err
	}
	f := Filter{From: from, To: to, OwnerIDs: ownerIDs, States: notCancelled, Limit: maxAgenda}
	var more string
	if a.Visits, more, err = listVisits(ctx, s.db.Read(), f, actor.Scope(authz.DutyRead)); err != nil {
		return Agenda{}, err
	}
	a.More = more != ""
	owed, moreDuties, err := s.owed(ctx, duty.Filter{OwnerIDs: ownerIDs, States: []duty.State{duty.Open, duty.Missed}, From: from, To: to})
	a.Duties, a.More = owed, a.More || moreDuties
	return a, err
}

var notCancelled = []State{Planned, Asked, Confirmed, UnderWay, Arrived, Done}

// owed gives the first duties a filter means for which no visit is ahead. Those with one do not count, however many there are; it stops
// looking after owedPages.
func (s *Service) owed(ctx context.Context, f duty.Filter) (list []duty.Duty, more bool, err error) {
	f.Limit = 200
	for range owedPages {
		page, next, err := s.duties.List(ctx, f)
		if err != nil {
			return nil, false, err
		}
		planned, err := plannedDuties(ctx, s.db.Read(), page)
		if err != nil {
			return nil, false, err
		}
		list = append(list, slices.DeleteFunc(page, func(d duty.Duty) bool { return planned[d.ID] })...)
		if f.Cursor = next; next == "" || len(list) >= maxAgenda {
			break
		}
	}
	if len(list) > maxAgenda {
		return list[:maxAgenda], true, nil
	}
	return list, f.Cursor != "", nil
}

// days says of each day whether it is worked, and whether the one person asked about is there.
func (s *Service) days(ctx context.Context, from, to calendar.Date, ownerIDs []int64) ([]Day, error) {
	var away []duty.Away
	if len(ownerIDs) == 1 {
		var err error
		if away, err = s.duties.AwayFrom(ctx, ownerIDs[0], from); err != nil {
			return nil, err
		}
	}
	var out []Day
	for d := from; d <= to; d = d.AddDays(1) {
		special, _ := s.work.Special(d)
		out = append(out, Day{
			On: d, Working: s.work.IsWorking(d), NameZh: special.Zh, NameEn: special.En,
			Away: slices.ContainsFunc(away, func(a duty.Away) bool { return a.From <= d && d <= a.Until }),
		})
	}
	return out, nil
}
