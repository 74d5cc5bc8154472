package duty

import (
	"context"
	"slices"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/fact"
	"kezhi/internal/rule"
)

// learnt is what the rules of a chunk read of its customers: only what some rule asks for is loaded.
type learnt struct {
	birthday map[int64]calendar.Yearly
	special  map[int64][]Special
	dates    map[int64]map[string]calendar.Date
	events   map[int64][]Event
	history  map[int64]map[string][]Stretch // by customer and scheme
}

// tell completes a subject.
func (l *learnt) tell(g *graded) {
	g.Birthday, g.Special, g.Dates, g.Events = l.birthday[g.CustomerID], l.special[g.CustomerID], l.dates[g.CustomerID], l.events[g.CustomerID]
	for _, h := range l.history[g.CustomerID][g.scheme] {
		if h.From < g.Since {
			g.History = append(g.History, h)
		}
	}
}

// learn loads what the rules of the grades in a chunk read.
func (w *planWriter) learn(ctx context.Context, list []graded) error {
	w.known = learnt{}
	rules := w.rulesOf(list)
	lo, hi := list[0].CustomerID, list[len(list)-1].CustomerID
	if err := w.learnDates(ctx, rules, lo, hi); err != nil {
		return err
	}
	if err := w.learnFacts(ctx, rules, lo, hi); err != nil {
		return err
	}
	return w.learnGrades(ctx, list)
}

// rulesOf gives the rules of all grades of the chunk, each once.
func (w *planWriter) rulesOf(list []graded) []*rule.DutyRule {
	var out []*rule.DutyRule
	seen := map[string]bool{}
	asked := map[[2]string]bool{}
	for _, g := range list {
		at := [2]string{g.scheme, g.Grade}
		if g.Grade == "" || asked[at] {
			continue
		}
		asked[at] = true
		rules := w.book.Rules(g.scheme, g.Grade)
		for i := range rules {
			if r := &rules[i]; !seen[r.Key] && !r.EachGrade {
				seen[r.Key] = true
				out = append(out, r)
			}
		}
	}
	return out
}

func (w *planWriter) learnDates(ctx context.Context, rules []*rule.DutyRule, lo, hi int64) error {
	own := false
	var fields, kinds []string
	for _, r := range rules {
		for _, o := range r.On {
			switch {
			case o.Kind == rule.OnBirthday:
				kinds = append(kinds, kindBirthday)
			case o.Kind == rule.OnSpecial:
				kinds = append(kinds, kindNamed)
			case o.Kind == rule.OnFestival:
			case o.Name == "since" || o.Name == "created_on":
				own = true
			case !slices.Contains(fields, o.Name):
				fields = append(fields, o.Name)
			}
		}
	}
	err := w.learnDays(ctx, kinds, lo, hi)
	if err != nil {
		return err
	}
	w.known.dates = map[int64]map[string]calendar.Date{}
	keep := func(customerID int64, field string, day calendar.Date) {
		if w.known.dates[customerID] == nil {
			w.known.dates[customerID] = map[string]calendar.Date{}
		}
		w.known.dates[customerID][field] = day
	}
	if own {
		err = ownDates(ctx, w.q, lo, hi, func(customerID int64, since calendar.Date, createdAt int64) {
			if since != calendar.None {
				keep(customerID, "since", since)
			}
			keep(customerID, "created_on", calendar.FromTime(time.UnixMicro(createdAt), w.s.loc))
		})
	}
	if err == nil && len(fields) > 0 {
		err = customDates(ctx, w.q, lo, hi, fields, keep)
	}
	return err
}

// learnDays reads the birthdays and the days with a name.
func (w *planWriter) learnDays(ctx context.Context, kinds []string, lo, hi int64) error {
	if len(kinds) == 0 {
		return nil
	}
	w.known.birthday, w.known.special = map[int64]calendar.Yearly{}, map[int64][]Special{}
	return specialDays(ctx, w.q, kinds, lo, hi, func(customerID int64, kind string, d Special) {
		if kind == kindNamed {
			w.known.special[customerID] = append(w.known.special[customerID], d)
		} else if _, has := w.known.birthday[customerID]; !has {
			w.known.birthday[customerID] = d.On
		}
	})
}

// learnFacts reads the facts that bring duties: those of a kind whose date counts from its whole history, the others from as long ago as
// they may still matter.
func (w *planWriter) learnFacts(ctx context.Context, rules []*rule.DutyRule, lo, hi int64) error {
	w.known.events = map[int64][]Event{}
	var recent, all []*rule.DutyRule
	from := w.planner.h.Today
	for _, r := range rules {
		switch r.Way() {
		case rule.WayFactDate:
			all = append(all, r)
		case rule.WayFact:
			recent = append(recent, r)
			// A working day may be two calendar days, and holidays come between.
			back := r.Within.Period.ApproxDays() + 2*r.Within.Working + lateFacts + 2*maxIdleDays
			from = min(from, w.planner.h.Today.AddDays(-back))
		}
	}
	if err := w.scanFacts(ctx, recent, from, lo, hi); err != nil {
		return err
	}
	return w.scanFacts(ctx, all, calendar.None, lo, hi)
}

func (w *planWriter) scanFacts(ctx context.Context, rules []*rule.DutyRule, from calendar.Date, lo, hi int64) error {
	if len(rules) == 0 {
		return nil
	}
	var kinds []string
	for _, r := range rules {
		kinds = append(kinds, r.Of)
	}
	slices.Sort(kinds)
	hidden, err := fact.Hidden(ctx, w.q)
	if err != nil {
		return err
	}
	found := map[int64][]Event{}
	reversed := map[int64]bool{}
	x := &eventReader{}
	x.fact.Attr = func(name string) string { return fact.Attr(x.attrs, name) }
	needs := fact.Needs{Document: true, Product: true, Quantity: true, At: true, Attrs: true}
	err = fact.Scan(ctx, w.q, from, lo, hi+1, slices.Compact(kinds), needs, hidden, calendar.FromBytes([]byte("9999-12-31")), func(customerID int64, f *fact.Row) error {
		if f.Reverses != 0 {
			reversed[f.Reverses] = true
			return nil
		}
		x.read(f)
		for _, r := range rules {
			if r.Of == f.Kind && r.Met(&x.fact) {
				found[customerID] = append(found[customerID], Event{Rule: r.Key, Fact: f.ID, On: f.On, Day: x.day(r.OfDate)})
			}
		}
		return nil
	})
	for customerID, list := range found {
		list = slices.DeleteFunc(list, func(e Event) bool { return reversed[e.Fact] })
		w.known.events[customerID] = append(w.known.events[customerID], list...)
	}
	return err
}

// eventReader gives a row of the scan to the conditions of rules.
type eventReader struct {
	fact  rule.Fact
	attrs []byte
}

func (x *eventReader) read(r *fact.Row) {
	f := &x.fact
	f.ID, f.Reverses, f.Kind, f.Currency, f.Status, f.On, f.At = r.ID, r.Reverses, r.Kind, r.Currency, r.Status, r.On, r.At
	f.Amount, f.HasAmount, f.Quantity, f.Document, f.Product = r.Amount, r.HasAmount, r.Quantity, r.Document, r.Product
	x.attrs = r.Attrs
}

// day reads a date of the fact; None when there is none that can be read.
func (x *eventReader) day(field string) calendar.Date {
	if field == "" {
		return calendar.None
	}
	day, err := calendar.Parse(fact.Attr(x.attrs, field))
	if err != nil {
		return calendar.None
	}
	return day
}

// learnGrades reads the earlier grades of those customers that moved between grades which the same rule covers.
func (w *planWriter) learnGrades(ctx context.Context, list []graded) error {
	var ids []int64
	for _, g := range list {
		if g.Grade == "" || g.previous == "" || g.archived {
			continue
		}
		for _, r := range w.book.Rules(g.scheme, g.Grade) {
			if slices.Contains(r.Grades, g.previous) && g.previous != g.Grade {
				ids = append(ids, g.CustomerID)
				break
			}
		}
	}
	if len(ids) == 0 {
		return nil
	}
	w.known.history = map[int64]map[string][]Stretch{}
	err := pastGrades(ctx, w.q, w.rulebook, slices.Compact(ids), func(customerID int64, scheme, code string, asOf calendar.Date) {
		byScheme := w.known.history[customerID]
		if byScheme == nil {
			byScheme = map[string][]Stretch{}
			w.known.history[customerID] = byScheme
		}
		byScheme[scheme] = follow(byScheme[scheme], Stretch{code, asOf})
	})
	for _, byScheme := range w.known.history {
		for _, stretches := range byScheme {
			slices.Reverse(stretches)
		}
	}
	return err
}

// follow adds a later verdict to the stretches of a customer: the same grade goes on, another one of the same day replaces the one before.
func follow(list []Stretch, next Stretch) []Stretch {
	if n := len(list); n > 0 && list[n-1].From == next.From {
		list = list[:n-1]
	}
	if n := len(list); n > 0 && list[n-1].Grade == next.Grade {
		return list
	}
	return append(list, next)
}
