package demo

import (
	"cmp"
	"context"
	"hash/fnv"
	"slices"

	"golang.org/x/sync/errgroup"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/duty"
	"kezhi/internal/errs"
)

// dutyMonths is how long before the reference date the sales people began to work by the service plan.
const dutyMonths = 3

// hands is how many people record what they did at the same time.
const hands = 8

// task is what becomes of a duty on a day.
type task struct {
	id    int64
	order string // within the day
	staff int
	waive bool
	note  string
}

// as gives the context in which a member of staff acts; -1 = the administrator.
func (l *loader) as(ctx context.Context, staff int) context.Context {
	if staff < 0 {
		return authz.With(ctx, l.admin)
	}
	return authz.With(ctx, l.staff[staff])
}

// work plans the duties from a day on, and works them off day by day until another. What the gradings of the year before would have planned
// is planned now: that is when the company began to work by the plan.
func (l *loader) work(ctx context.Context, from, to calendar.Date) error {
	if err := l.Drain(ctx); err != nil {
		return err
	}
	if _, err := l.Duties.Plan(ctx, dealerGrading); err != nil {
		return err
	}
	if err := l.schedule(ctx, from); err != nil {
		return err
	}
	for day := from; day < to; day++ {
		l.at(day, 6*60)
		if _, err := l.Duties.MarkMissed(ctx); err != nil {
			return err
		}
		if err := l.workDay(ctx, day); err != nil {
			return err
		}
		if err := l.bonds(ctx, day); err != nil {
			return err
		}
		if err := l.cases(ctx, day); err != nil {
			return err
		}
		if err := l.knowledge(ctx, day); err != nil {
			return err
		}
		if err := l.learn(ctx, day); err != nil {
			return err
		}
		if err := l.desk(ctx, day); err != nil {
			return err
		}
		if err := l.service(ctx, day); err != nil {
			return err
		}
		if err := l.events(ctx, day); err != nil {
			return err
		}
		if err := l.rate(ctx, day); err != nil {
			return err
		}
		l.progress(StageDuties, int64(day-l.c.Reference.AddMonths(-dutyMonths))+1, int64(l.c.Reference-l.c.Reference.AddMonths(-dutyMonths)))
	}
	return nil
}

// schedule decides for every duty that is new what becomes of it.
func (l *loader) schedule(ctx context.Context, from calendar.Date) error {
	f := duty.Filter{States: []duty.State{duty.Open}, From: calendar.None, To: l.c.Reference.AddDays(-1), Limit: 200}
	for {
		list, next, err := l.Duties.List(ctx, f)
		if err != nil {
			return err
		}
		for i := range list {
			l.decide(&list[i], from)
		}
		if f.Cursor = next; next == "" {
			return nil
		}
	}
}

// decide puts a duty onto the agenda of the day it is done, late perhaps, or leaves it undone. Most people do most of
// theirs in time; some are less reliable than others.
func (l *loader) decide(d *duty.Duty, from calendar.Date) {
	staff, known := l.byUser[d.OwnerID]
	if l.dutySeen[d.ID] || !known {
		return
	}
	l.dutySeen[d.ID] = true
	h := fnv.New64a()
	_, _ = h.Write([]byte(d.Customer.Code + d.Rule + d.DueOn.String()))
	s := streamOf(l.c.seed, h.Sum64())
	t := task{id: d.ID, order: d.Customer.Code + d.Rule, staff: staff, note: noteFor(s, d.Activity)}
	reliable := 800 + staff*37%180
	if staff%11 == 7 {
		reliable = 610
	}
	day := d.DueOn
	switch roll := s.below(1000); {
	case roll < reliable:
		day = min(l.c.days.works.OnOrAfter(max(day.AddDays(-s.below(8)), d.WindowFrom, from)), d.DueOn)
	case roll < reliable+90:
		day = l.c.days.works.OnOrAfter(day.AddDays(s.between(1, 12)))
	case roll < reliable+105:
		t.waive, t.note = true, "客户停业装修，双方约定顺延到下一期。"
	default:
		return
	}
	if day < l.c.Reference {
		l.agenda[day] = append(l.agenda[day], t)
	}
}

func noteFor(s source, activity string) string {
	words := visitNotes
	if activity != "visit" {
		words = callNotes
	}
	if note := pick(s, words); note != "" {
		return note
	}
	return "已联系客户，情况正常。"
}

// workDay does what is on the agenda of a day, hour by hour.
func (l *loader) workDay(ctx context.Context, day calendar.Date) error {
	tasks := l.agenda[day]
	slices.SortFunc(tasks, func(a, b task) int { return cmp.Compare(a.order, b.order) })
	for start, minute := 0, 9*60; start < len(tasks); start += hands {
		l.at(day, minute)
		minute = min(minute+5, 18*60)
		g, gctx := errgroup.WithContext(ctx)
		for _, t := range tasks[start:min(start+hands, len(tasks))] {
			g.Go(func() error { return l.do(gctx, t, day) })
		}
		if err := g.Wait(); err != nil {
			return err
		}
	}
	delete(l.agenda, day)
	return nil
}

// do settles a duty, as the person who owes it or, to waive it, as the director.
func (l *loader) do(ctx context.Context, t task, day calendar.Date) error {
	var err error
	if t.waive {
		_, err = l.Duties.Waive(l.as(ctx, l.director()), t.id, t.note)
	} else {
		_, err = l.Duties.Do(l.as(ctx, t.staff), t.id, duty.Evidence{Note: t.note, On: day})
	}
	if errs.CodeOf(err) == "duty.closed" {
		return nil // a grading in between changed the grade, and the plan with it
	}
	return err
}

func (l *loader) director() int {
	return slices.IndexFunc(l.c.Staff, func(p Person) bool { return p.Role == authz.RoleDirector })
}

// countDuties counts what became of the duties and what lies ahead.
func (l *loader) countDuties(ctx context.Context) error {
	f := duty.Filter{From: calendar.None, To: calendar.None, Limit: 200}
	for {
		list, next, err := l.Duties.List(ctx, f)
		if err != nil {
			return err
		}
		for i := range list {
			switch list[i].EffectiveState(l.c.Reference) {
			case duty.Kept:
				l.res.Duties.Kept++
			case duty.Late:
				l.res.Duties.Late++
			case duty.Missed:
				l.res.Duties.Missed++
			case duty.Waived:
				l.res.Duties.Waived++
			case duty.Open:
				l.res.Duties.Ahead++
			case duty.Dropped:
			}
		}
		if f.Cursor = next; next == "" {
			return nil
		}
	}
}
