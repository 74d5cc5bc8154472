package grading

import (
	"context"
	"maps"
	"slices"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/fact"
	"kezhi/internal/id"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
)

// GradeValue is what a grade brings and costs.
type GradeValue struct {
	Code     string // "" = without a verdict
	Position int
	Count    int64
	Revenue  map[string]int64 // currency -> minor units
	Duties   int64            // done
	Minutes  int64            // by the hours its rulebook gives a duty, else by the usual time of its activity
}

// Value is revenue and effort per grade over the twelve months up to a day.
type Value struct {
	Scheme     rule.Scheme
	Run        Run
	From       calendar.Date // the first day
	Kind       string
	Currencies []string
	Rows       []GradeValue // best first, those without a verdict last
}

// Value gives per grade, as of a day (None = the newest complete run; a day without one means the newest before it), the
// customers, the sum of the amounts of a kind of facts over the twelve months up to that day, and what was done for them in
// that time. Needs grading.read; only customers within reach count. Errors: rulebook.unknown, grading.unknown_scheme, grading.no_run.
func (s *Service) Value(ctx context.Context, rulebookID, scheme string, asOf calendar.Date, kind string) (Value, error) {
	in, scope, err := s.movementScope(ctx, rulebookID, scheme)
	if err != nil {
		return Value{}, err
	}
	if asOf == calendar.None {
		asOf = lastDay
	}
	run, err := s.runBefore(ctx, rulebookID, in.Scheme.ID, asOf)
	if err != nil {
		return Value{}, err
	}
	after := run.AsOf.AddMonths(-12)
	out := Value{Scheme: in.Scheme, Run: run, From: after.AddDays(1), Kind: kind}
	var revenue map[string]map[string]int64
	var duties []doneDuties
	err = s.db.InRead(ctx, func(q db.Q) error {
		var err error
		if revenue, err = revenueByCode(ctx, q, &run, scope, kind, after, run.AsOf); err != nil {
			return err
		}
		duties, err = dutiesByCode(ctx, q, &run, scope, after, run.AsOf)
		return err
	})
	if err == nil {
		err = s.timeThem(ctx, duties)
	}
	if err != nil {
		return out, err
	}
	if err := s.within(ctx, &run, scope); err != nil {
		return out, err
	}
	out.Run = run
	out.fill(revenue, duties)
	return out, nil
}

// doneDuties counts duties of one rule of a rulebook's version that were done for customers of a grade.
type doneDuties struct {
	code, rulebook, version, rule, activity string
	n, each                                 int64 // how many, and the minutes of one
}

// timeThem gives each rule the time the version that planned it says; the usual time of the activity where it says none, or
// where the version is gone.
func (s *Service) timeThem(ctx context.Context, list []doneDuties) error {
	type version struct{ rulebook, version string }
	known := map[version]map[string]int64{}
	for i := range list {
		d := &list[i]
		at := version{d.rulebook, d.version}
		if _, done := known[at]; !done {
			known[at] = map[string]int64{}
			e, err := s.books.Edition(ctx, d.rulebook, d.version)
			if err != nil && errs.KindOf(err) != errs.NotFound {
				return err
			}
			if err == nil {
				for _, r := range e.Book.Duties() {
					known[at][r.Key] = r.Minutes
				}
			}
		}
		if d.each = known[at][d.rule]; d.each == 0 {
			d.each = rule.UsualMinutes(d.activity)
		}
	}
	return nil
}

func (v *Value) fill(revenue map[string]map[string]int64, duties []doneDuties) {
	seen := map[string]bool{}
	for i, l := range append(slices.Clone(v.Scheme.Labels), rule.Label{}) {
		row := GradeValue{Code: l.Code, Position: i, Count: v.Run.Counts[l.Code], Revenue: revenue[l.Code]}
		if l.Code == "" {
			row.Count = v.Run.WithoutVerdict
		}
		for _, d := range duties {
			if d.code == l.Code {
				row.Duties += d.n
				row.Minutes += d.n * d.each
			}
		}
		for currency := range row.Revenue {
			seen[currency] = true
		}
		v.Rows = append(v.Rows, row)
	}
	v.Currencies = slices.Sorted(maps.Keys(seen))
}

// RankAccuracy compares grades with what customers bought afterwards.
type RankAccuracy struct {
	From, To  calendar.Date // the days after the grading, both inclusive
	Currency  string
	Customers int64
	Agreeing  int64
}

// Accuracy is how well a grading stood the test of people and of time.
type Accuracy struct {
	Scheme    rule.Scheme
	Run       Run
	Judged    int64 // graded customers
	Corrected int64 // of them, those about whom people decided otherwise afterwards
	Rank      *RankAccuracy
}

// minFollowing is how many days must have passed before sales say anything about a grading.
const minFollowing = 90

// Accuracy gives two shares about the grading of a day (None = the newest; a day without a complete run means the newest before
// it). Corrected: graded customers that got an override of the scheme afterwards, or a judged value for a day the run had
// covered. Rank: customers are put in the order of their sales in the twelve months after the day (at least 90 days of
// them); as many from the top as there are A would have been A, and so on; the share that really was. Customers with equal
// sales agree when any order among them makes them agree. Needs grading.read; only customers within reach count.
func (s *Service) Accuracy(ctx context.Context, rulebookID, scheme string, asOf calendar.Date) (Accuracy, error) {
	in, scope, err := s.movementScope(ctx, rulebookID, scheme)
	if err != nil {
		return Accuracy{}, err
	}
	if asOf == calendar.None {
		asOf = lastDay
	}
	run, err := s.runBefore(ctx, rulebookID, in.Scheme.ID, asOf)
	if err != nil {
		return Accuracy{}, err
	}
	out := Accuracy{Scheme: in.Scheme}
	err = s.db.InRead(ctx, func(q db.Q) error {
		var err error
		if out.Corrected, err = countCorrected(ctx, q, &run, scope); err != nil {
			return err
		}
		to := min(run.AsOf.AddMonths(12), s.Today())
		if to < run.AsOf.AddDays(minFollowing) {
			return nil
		}
		r := RankAccuracy{From: run.AsOf.AddDays(1), To: to}
		if r.Currency, err = mainCurrency(ctx, q, run.AsOf, to); err != nil || r.Currency == "" {
			return err
		}
		var order rankOrder
		if err := eachBySales(ctx, q, &run, scope, r.Currency, run.AsOf, to, order.add); err != nil {
			return err
		}
		r.Customers, r.Agreeing = order.agreeing()
		out.Rank = &r
		return nil
	})
	if err != nil {
		return out, err
	}
	err = s.within(ctx, &run, scope)
	out.Run, out.Judged = run, run.Graded
	return out, err
}

// rankOrder gathers customers in the order of their sales, the most first: per block of equal sales how many of each grade.
type rankOrder struct {
	blocks []rankBlock
	last   int64
	grades map[int]int64
	n      int64
}

type rankBlock struct {
	n      int64
	grades map[int]int64
}

func (o *rankOrder) add(position int, sales int64) {
	if o.grades == nil {
		o.grades = map[int]int64{}
	}
	if len(o.blocks) == 0 || sales != o.last {
		o.blocks = append(o.blocks, rankBlock{grades: map[int]int64{}})
		o.last = sales
	}
	b := &o.blocks[len(o.blocks)-1]
	b.n++
	b.grades[position]++
	o.grades[position]++
	o.n++
}

// agreeing counts those whose grade is the one their place gives: a grade with k customers has the next k places.
func (o *rankOrder) agreeing() (customers, agree int64) {
	type stretch struct{ from, to int64 } // places [from, to)
	places := map[int]stretch{}
	at := int64(0)
	for _, position := range slices.Sorted(maps.Keys(o.grades)) {
		places[position] = stretch{at, at + o.grades[position]}
		at += o.grades[position]
	}
	at = 0
	for _, b := range o.blocks {
		for position, n := range b.grades {
			p := places[position]
			// Of a block on places [at, at+n) at most as many can agree as places of the grade lie within it.
			agree += min(n, max(0, min(p.to, at+b.n)-max(p.from, at)))
		}
		at += b.n
	}
	return o.n, agree
}

// Coverage says whether everybody in scope has a verdict.
type Coverage struct {
	Scheme      rule.Scheme
	Run         *Run // the newest complete run; nil before the first
	Reasons     map[string]int64
	ReasonText  func(code string) rule.Text
	NotYet      int64 // in scope today and never judged, or not since they came into scope
	NotYetBound bool  // there are more than could be looked at
}

// coverageLook is how many customers without a standing are looked at for one answer.
const coverageLook = 200_000

// Coverage gives how many customers in scope have a verdict, and why the others have none. Needs grading.read; only customers
// within reach count. Errors: rulebook.unknown, grading.unknown_scheme.
func (s *Service) Coverage(ctx context.Context, rulebookID, scheme string) (Coverage, error) {
	in, scope, err := s.movementScope(ctx, rulebookID, scheme)
	if err != nil {
		return Coverage{}, err
	}
	out := Coverage{Scheme: in.Scheme, ReasonText: in.Program.ReasonText, Reasons: map[string]int64{}}
	runs, err := daysGraded(ctx, s.db.Read(), rulebookID, in.Scheme.ID, firstDay, lastDay, 1)
	if err != nil {
		return out, err
	}
	if len(runs) > 0 {
		run := runs[0]
		if out.Reasons, err = reasonsOf(ctx, s.db.Read(), &run, scope); err != nil {
			return out, err
		}
		if err := s.within(ctx, &run, scope); err != nil {
			return out, err
		}
		out.Run = &run
	}
	w := unjudgedWalk{s: s, in: in, scope: scope, look: coverageLook}
	err = w.each(ctx, 0, func(*member) bool { out.NotYet++; return true })
	out.NotYetBound = w.bounded
	return out, err
}

// unjudgedWalk goes through the customers in scope about whom a scheme says nothing.
type unjudgedWalk struct {
	s       *Service
	in      rulebook.InForce
	scope   authz.Scope
	look    int
	bounded bool // stopped before the end
	at      int64
}

// each hands them over in the order of their ids until fn says stop or enough were looked at.
func (w *unjudgedWalk) each(ctx context.Context, after int64, fn func(*member) bool) error {
	segments, err := w.s.segmentsFor(ctx, w.in, w.s.Today())
	if err != nil {
		return err
	}
	return w.s.db.InRead(ctx, func(q db.Q) error {
		hidden, err := fact.Hidden(ctx, q)
		if err != nil {
			return err
		}
		b := (&judgement{in: w.in, asOf: w.s.Today(), loc: w.s.loc, hidden: hidden, segments: segments}).bench()
		w.at = after
		for looked := 0; looked < w.look; {
			ids, err := unjudgedAfter(ctx, q, w.in.Book.ID(), w.in.Scheme.ID, w.scope, w.at, pageSize)
			if err != nil || len(ids) == 0 {
				return err
			}
			page, err := b.j.reader(false).members(ctx, q, span{ids: ids})
			if err != nil {
				return err
			}
			if more, err := w.page(b, page, fn); err != nil || !more {
				return err
			}
			looked += len(ids)
		}
		w.bounded = true
		return nil
	})
}

// page hands over those of a page that are in scope; more is false when fn said stop.
func (w *unjudgedWalk) page(b *bench, page []member, fn func(*member) bool) (more bool, err error) {
	for i := range page {
		w.at = page[i].id
		ok, err := b.inScope(&page[i])
		if err != nil {
			return false, err
		}
		if ok && !fn(&page[i]) {
			w.bounded = true
			return false, nil
		}
	}
	return true, nil
}

// NotYetJudged lists the customers in scope today about whom a scheme says nothing, by id, and gives the cursor of the next page;
// a page may be short and still have a next one. Needs grading.read; only customers within reach count.
func (s *Service) NotYetJudged(ctx context.Context, rulebookID, scheme, cursor string, limit int) ([]OpenJudgement, string, error) {
	in, scope, err := s.movementScope(ctx, rulebookID, scheme)
	if err != nil {
		return nil, "", err
	}
	after := int64(0)
	vals, err := db.DecodeCursor(cursor, 1)
	if err == nil && vals != nil {
		after, err = number(vals[0])
	}
	if err != nil {
		return nil, "", err
	}
	var out []OpenJudgement
	w := unjudgedWalk{s: s, in: in, scope: scope, look: openLook}
	last := after
	err = w.each(ctx, after, func(m *member) bool {
		if len(out) == limit {
			return false
		}
		last = m.id
		out = append(out, OpenJudgement{CustomerID: m.id, CustomerCode: m.code, CustomerName: m.name, Region: m.region, OwnerID: m.owner})
		return true
	})
	if err != nil {
		return nil, "", err
	}
	next := ""
	if w.bounded {
		if len(out) < limit {
			last = w.at
		}
		next = db.EncodeCursor(id.String(last))
	}
	return out, next, s.nameOwners(ctx, out)
}

// byCount sorts keys, the most frequent first.
func byCount(counts map[string]int64) []string {
	keys := slices.Sorted(maps.Keys(counts))
	slices.SortStableFunc(keys, func(a, b string) int { return compare(counts[b], counts[a]) })
	return keys
}
