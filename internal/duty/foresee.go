package duty

import (
	"cmp"
	"context"
	"slices"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/job"
	"kezhi/internal/rule"
)

// Foresight is what a planning over the coming twelve months would come to for the customers as they are graded today, together with
// what is planned already. Nothing of it is stored but the result of its job.
type Foresight struct {
	Rulebook  string `json:"rulebook"`
	Version   string `json:"version"`
	From      string `json:"from" doc:"Today"`
	To        string `json:"to" doc:"The last day of the twelfth month"`
	Customers int64  `json:"customers" doc:"Under this rulebook"`
	Duties    int64  `json:"duties" doc:"By this rulebook, in the whole time"`
	Minutes   int64  `json:"minutes"`
	// Months are the first days of the months; every list of a person goes by them.
	Months []string     `json:"months" nullable:"false"`
	People []PersonLoad `json:"people" nullable:"false" doc:"Those with most to do first, at most 200"`
	Others int          `json:"others" doc:"People with something to do who are not listed"`
	// Impossible is by this rulebook.
	Impossible []Impossible `json:"impossible" nullable:"false"`
}

// PersonLoad is what one person owes by month.
type PersonLoad struct {
	OwnerID   string      `json:"owner_id" doc:"Empty for what nobody owes"`
	OwnerName string      `json:"owner_name"`
	AtMost    int         `json:"at_most,omitempty" doc:"The fewest duties a day the rulebook lets the person have, among those owed by it; absent where it says nothing"`
	Months    []MonthLoad `json:"months" nullable:"false"`
}

// MonthLoad is what a person owes in a month.
type MonthLoad struct {
	Duties       int64 `json:"duties" doc:"By the rulebook that is looked at"`
	Minutes      int64 `json:"minutes"`
	OtherDuties  int64 `json:"other_duties" doc:"By the other rulebooks"`
	OtherMinutes int64 `json:"other_minutes"`
	Days         int   `json:"days" doc:"Working days on which the person is there"`
}

// maxPeople bounds the list of a Foresight.
const maxPeople = 200

// Foresee plans the coming twelve months for everybody without storing anything. Needs grading.run over all customers.
// Errors: rulebook.unknown, rulebook.unknown_version.
func (s *Service) Foresee(ctx context.Context, a Asked, report func(customers int64) error) (Foresight, error) {
	if err := requireAll(ctx); err != nil {
		return Foresight{}, err
	}
	asked, err := s.asked(ctx, a)
	if err != nil {
		return Foresight{}, err
	}
	today := s.Today()
	f := &foreseer{s: s, today: today, until: today.MonthStart().AddMonths(12).AddDays(-1), people: map[int64][]MonthLoad{}, atMost: map[int64]int{}, report: report}
	var books []string
	err = s.db.InRead(ctx, func(q db.Q) error {
		if f.desk, err = openDesk(ctx, q, today); err != nil {
			return err
		}
		books, err = gradedRulebooks(ctx, q)
		return err
	})
	if err != nil {
		return Foresight{}, err
	}
	out := Foresight{Rulebook: a.Rulebook, Version: asked.Version, From: today.String(), To: f.until.String(), Impossible: []Impossible{}}
	for _, b := range books {
		book, own := asked, b == a.Rulebook
		if !own {
			if book, err = s.rules(ctx, s.db.Read(), b, today); err != nil {
				if notInForce(err) {
					continue
				}
				return out, err
			}
		}
		res, err := f.book(ctx, b, book, own)
		if err != nil {
			return out, err
		}
		if own {
			out.Customers, out.Impossible = res.Customers, append(out.Impossible, res.Impossible...)
		}
	}
	return out, f.result(ctx, &out)
}

func requireAll(ctx context.Context) error {
	a, err := authz.Require(ctx, authz.GradingRun)
	if err == nil && a.Grants[authz.GradingRun] != authz.ReachAll {
		err = errs.New(errs.Forbidden, "auth.forbidden", "permission", string(authz.GradingRun))
	}
	return err
}

// foreseer adds up what a planning would come to. Its size follows from the people and the months.
type foreseer struct {
	s            *Service
	today, until calendar.Date
	desk         *desk
	people       map[int64][]MonthLoad
	atMost       map[int64]int
	customers    int64
	report       func(int64) error
}

// book goes over the customers of one rulebook, chunk by chunk, each on its own snapshot.
func (f *foreseer) book(ctx context.Context, name string, book InForce, own bool) (PlanResult, error) {
	res := PlanResult{Rulebook: name}
	h := Horizon{Today: f.today, From: f.today, Until: f.until, InForce: book.Since}
	for after, done := int64(0), false; !done; {
		err := f.s.db.InRead(ctx, func(q db.Q) error {
			w := f.s.writerOf(q, name, book, h, f.today, f.desk, &res)
			add := func(ctx context.Context, g graded, have []existing) error { return f.customer(ctx, w, g, have, own) }
			last, _, err := w.each(ctx, after, add)
			if err != nil {
				return err
			}
			after, done = last, last == 0
			if !done {
				return nil
			}
			have, err := existingOf(ctx, q, name, 0, 0)
			if err == nil {
				_, err = w.eachGrade(ctx, have[0], add)
			}
			return err
		})
		if err != nil {
			return res, err
		}
		f.desk.keep()
		if err := f.report(f.customers + res.Customers); err != nil {
			return res, err
		}
	}
	f.customers += res.Customers
	return res, nil
}

// customer adds what would stay of what is planned, and what would be new.
func (f *foreseer) customer(ctx context.Context, w *planWriter, g graded, have []existing, own bool) error {
	plan, err := w.planOf(ctx, &g, have)
	if err != nil {
		return err
	}
	rules := w.book.Rules(g.scheme, g.Grade)
	for _, e := range have {
		if e.scheme != g.scheme || e.state != Open || e.due < f.today {
			continue
		}
		if !plan.Wants(e.key) {
			w.desk.of(e.ownerID).note(e.due, -1)
			continue
		}
		due := e.due
		if i := slices.IndexFunc(plan.Fixed, func(p Planned) bool { return p.Key == e.key }); i >= 0 && plan.Fixed[i].moves(e.due, g.Grade) {
			due = plan.Fixed[i].DueOn
		}
		i := slices.IndexFunc(rules, func(r rule.DutyRule) bool { return r.Key == e.rule })
		if i < 0 {
			continue
		}
		if err := f.owed(ctx, w, &g, e.role, due, &rules[i], own); err != nil {
			return err
		}
	}
	for _, p := range plan.Duties {
		if err := f.owed(ctx, w, &g, roleOf(p.Rule), p.DueOn, p.Rule, own); err != nil {
			return err
		}
	}
	return nil
}

// owed adds one duty to the month of whoever would owe it.
func (f *foreseer) owed(ctx context.Context, w *planWriter, g *graded, role string, due calendar.Date, r *rule.DutyRule, own bool) error {
	owner, err := w.who.owes(ctx, w.q, role, *g)
	if err != nil || due > f.until {
		return err
	}
	list := f.people[owner]
	if list == nil {
		list = f.months(owner)
		f.people[owner] = list
	}
	m := &list[monthsBetween(f.today, due)]
	if !own {
		m.OtherDuties++
		m.OtherMinutes += r.Minutes
		return nil
	}
	m.Duties++
	m.Minutes += r.Minutes
	if most := r.AtMost(g.Grade); most > 0 && (f.atMost[owner] == 0 || most < f.atMost[owner]) {
		f.atMost[owner] = most
	}
	return nil
}

// monthsBetween gives how many months after that of a lies the month of b.
func monthsBetween(a, b calendar.Date) int {
	ay, am, _ := a.Civil()
	by, bm, _ := b.Civil()
	return 12*(by-ay) + bm - am
}

// months gives the empty months of a person, with the working days on which the person is there.
func (f *foreseer) months(owner int64) []MonthLoad {
	out := make([]MonthLoad, 12)
	if owner == 0 {
		return out
	}
	diary := f.desk.of(owner)
	for day := f.today; day <= f.until; day++ {
		if away, _ := diary.awayOn(day); !away && f.s.work.IsWorking(day) {
			out[monthsBetween(f.today, day)].Days++
		}
	}
	return out
}

// result lists the people, and sums up.
func (f *foreseer) result(ctx context.Context, out *Foresight) error {
	for i := range 12 {
		out.Months = append(out.Months, f.today.MonthStart().AddMonths(i).String())
	}
	var owners []int64
	work := map[int64]int64{}
	for owner, months := range f.people {
		owners = append(owners, owner)
		for _, m := range months {
			out.Duties += m.Duties
			out.Minutes += m.Minutes
			work[owner] += m.Minutes + m.OtherMinutes
		}
	}
	slices.SortFunc(owners, func(a, b int64) int { return cmp.Or(cmp.Compare(work[b], work[a]), cmp.Compare(a, b)) })
	if len(owners) > maxPeople {
		out.Others = len(owners) - maxPeople
		owners = owners[:maxPeople]
	}
	names, err := peopleNames(ctx, f.s.db.Read(), owners)
	out.People = []PersonLoad{}
	for _, owner := range owners {
		out.People = append(out.People, PersonLoad{OwnerID: id.Optional(owner), OwnerName: names[owner], AtMost: f.atMost[owner], Months: f.people[owner]})
	}
	return err
}

// StartForesight enqueues Foresee; the job's result is a Foresight. Needs grading.run over all customers. Errors: those of Foresee.
func (s *Service) StartForesight(ctx context.Context, a Asked) (jobID int64, err error) {
	if err := requireAll(ctx); err != nil {
		return 0, err
	}
	if _, err := s.asked(ctx, a); err != nil {
		return 0, err
	}
	err = s.db.InTx(ctx, func(q db.Q) error {
		jobID, err = s.queue.Enqueue(ctx, q, job.Spec{Kind: JobPreview, Args: a, MaxAttempts: 1})
		return err
	})
	return jobID, err
}

func (s *Service) previewJob(ctx context.Context, run *job.Run) error {
	var a Asked
	if err := run.Decode(&a); err != nil {
		return err
	}
	out, err := s.Foresee(ctx, a, func(n int64) error { return run.Progress(ctx, n, 0) })
	if err == nil {
		run.SetResult(out)
	}
	return err
}
