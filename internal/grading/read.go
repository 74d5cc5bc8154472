package grading

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
)

// historyRuns is how many runs the history of the grade mix shows.
const historyRuns = 12

// visibleRun gives a run and the scope within which the actor may see what it found.
func (s *Service) visibleRun(ctx context.Context, runID int64) (Run, authz.Scope, error) {
	actor, err := authz.Require(ctx, authz.GradingRead)
	if err != nil {
		return Run{}, authz.Scope{}, err
	}
	run, err := getRun(ctx, s.db.Read(), runID)
	return run, actor.Scope(authz.GradingRead), err
}

// RunFilter bounds a list of runs; empty members bound nothing.
type RunFilter struct{ Rulebook, Scheme, State string }

// Runs gives runs newest first, the cursor of the next page. Who may not see all
// customers gets the counts of the customers within reach. Needs grading.read.
func (s *Service) Runs(ctx context.Context, f RunFilter, cursor string, limit int) ([]Run, string, error) {
	actor, err := authz.Require(ctx, authz.GradingRead)
	if err != nil {
		return nil, "", err
	}
	before := int64(0)
	if vals, err := db.DecodeCursor(cursor, 1); err != nil {
		return nil, "", err
	} else if vals != nil {
		if before, err = number(vals[0]); err != nil {
			return nil, "", err
		}
	}
	list, err := listRuns(ctx, s.db.Read(), f, before, limit+1)
	if err != nil {
		return nil, "", err
	}
	next := ""
	if len(list) > limit {
		list = list[:limit]
		next = db.EncodeCursor(id.String(list[limit-1].ID))
	}
	for i := range list {
		if err := s.within(ctx, &list[i], actor.Scope(authz.GradingRead)); err != nil {
			return nil, "", err
		}
	}
	return list, next, nil
}

// within replaces a run's counts by those of a scope.
func (s *Service) within(ctx context.Context, run *Run, scope authz.Scope) error {
	if scope.All {
		return nil
	}
	var err error
	run.Tally, err = foundTally(ctx, s.db.Read(), *run, scope)
	return err
}

// Run gives one run, its counts bounded like those of Runs. Needs grading.read.
func (s *Service) Run(ctx context.Context, runID int64) (Run, error) {
	run, scope, err := s.visibleRun(ctx, runID)
	if err != nil {
		return Run{}, err
	}
	return run, s.within(ctx, &run, scope)
}

// Found gives a page of what a run found about the customers within reach, and the cursor of the next page. Needs grading.read.
func (s *Service) Found(ctx context.Context, runID int64, f FoundFilter) ([]Found, string, error) {
	run, scope, err := s.visibleRun(ctx, runID)
	if err != nil {
		return nil, "", err
	}
	after, err := f.after()
	if err != nil {
		return nil, "", err
	}
	list, err := listFound(ctx, s.db.Read(), run, scope, f, after)
	if err != nil || len(list) <= f.Limit {
		return list, "", err
	}
	list = list[:f.Limit]
	return list, f.cursor(list[f.Limit-1]), nil
}

func (f FoundFilter) cursor(last Found) string {
	if f.Sort == "score" {
		score := int64(noScore)
		if last.Score != nil {
			score = *last.Score
		}
		return db.EncodeCursor("score", strconv.FormatInt(score, 10), id.String(last.CustomerID))
	}
	return db.EncodeCursor("code", last.CustomerCode, id.String(last.CustomerID))
}

// after reads the cursor into the values of the keyset; a cursor of another sort is refused.
func (f FoundFilter) after() ([]any, error) {
	vals, err := db.DecodeCursor(f.Cursor, 3)
	if err != nil || vals == nil {
		return nil, err
	}
	want := cmp.Or(f.Sort, "code")
	customerID, err := number(vals[2])
	if err != nil || vals[0] != want {
		return nil, errs.New(errs.Invalid, "cursor.invalid")
	}
	if want == "code" {
		return []any{vals[1], customerID}, nil
	}
	score, err := number(vals[1])
	return []any{score, customerID}, err
}

func number(text string) (int64, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, errs.New(errs.Invalid, "cursor.invalid")
	}
	return n, nil
}

// Overview is how a rulebook's grades are spread now, how they moved last, and how they were before.
type Overview struct {
	Rulebook string
	Scheme   rule.Scheme
	Now      map[string]int64 // code -> customers; "" = without a verdict
	Last     *Run             // the newest completed run; nil before the first
	Moves    []Move           // of the last run, the unmoved included, best grades first
	History  []Run            // completed runs, oldest first
}

// Overview is of one scheme, "" = the first; it needs grading.read, and all numbers are of the customers within reach.
// Errors: rulebook.unknown, grading.unknown_scheme.
func (s *Service) Overview(ctx context.Context, rulebookID, scheme string) (Overview, error) {
	actor, err := authz.Require(ctx, authz.GradingRead)
	if err != nil {
		return Overview{}, err
	}
	scope := actor.Scope(authz.GradingRead)
	in, err := s.schemeOf(ctx, rulebookID, scheme)
	if err != nil {
		return Overview{}, err
	}
	out := Overview{Rulebook: rulebookID, Scheme: in.Scheme}
	q := s.db.Read()
	if out.Now, err = standingCounts(ctx, q, out.Scheme.ID, rulebookID, scope); err != nil {
		return out, err
	}
	if out.History, err = daysGraded(ctx, q, rulebookID, in.Scheme.ID, firstDay, lastDay, historyRuns); err != nil {
		return out, err
	}
	slices.Reverse(out.History)
	for i := range out.History {
		if err := s.within(ctx, &out.History[i], scope); err != nil {
			return out, err
		}
	}
	if n := len(out.History); n > 0 {
		out.Last = &out.History[n-1]
		out.Moves, err = s.moves(ctx, *out.Last, out.Scheme, scope)
	}
	return out, err
}

// moves gives the movement matrix of a run: those who moved as stored, and those who stayed as the rest.
func (s *Service) moves(ctx context.Context, run Run, scheme rule.Scheme, scope authz.Scope) ([]Move, error) {
	list, err := movesOf(ctx, s.db.Read(), run.ID, scope)
	if err != nil {
		return nil, err
	}
	came := map[string]int64{}
	for _, m := range list {
		came[m.To] += m.Count
	}
	stayed := copyCounts(run.Counts)
	stayed[""] = run.WithoutVerdict
	for code, n := range stayed {
		if rest := n - came[code]; rest > 0 {
			list = append(list, Move{From: code, To: code, Count: rest})
		}
	}
	place := func(code string) int {
		if i := slices.IndexFunc(scheme.Labels, func(l rule.Label) bool { return l.Code == code }); i >= 0 {
			return i
		}
		return len(scheme.Labels)
	}
	slices.SortFunc(list, func(a, b Move) int {
		return cmp.Or(cmp.Compare(place(a.From), place(b.From)), cmp.Compare(place(a.To), place(b.To)), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	return list, nil
}

// firstDay and lastDay bound nothing that occurs.
var (
	firstDay, _ = calendar.Parse("0001-01-01")
	lastDay, _  = calendar.Parse("9999-12-31")
)

// schemeOf gives a scheme of a rulebook as it is in force today, or else of its newest version; "" is the first one. Needs
// grading.read. Errors: rulebook.unknown, grading.unknown_scheme.
func (s *Service) schemeOf(ctx context.Context, rulebookID, scheme string) (rulebook.InForce, error) {
	if _, err := authz.Require(ctx, authz.GradingRead); err != nil {
		return rulebook.InForce{}, err
	}
	// Who may read grades may read what they are called.
	ctx = authz.With(ctx, authz.System("grading"))
	in, err := s.books.InForce(ctx, s.db.Read(), rulebookID, s.Today())
	if errs.CodeOf(err) == "rulebook.not_in_force" {
		in, err = s.books.Draft(ctx, rulebookID, "", nil)
	}
	if err != nil {
		return in, err
	}
	one, ok := in.For(scheme)
	if !ok {
		return in, errs.New(errs.NotFound, "grading.unknown_scheme", "rulebook", rulebookID, "scheme", scheme)
	}
	return one, nil
}

// SchemeOf is a scheme of a rulebook with its labels, best first.
type SchemeOf struct {
	Rulebook string
	Title    rule.Text
	Adopted  bool
	Scheme   rule.Scheme
}

// Schemes gives the schemes of all rulebooks, those of one rulebook in their order, as of the version in force or else the
// newest. Needs grading.read.
func (s *Service) Schemes(ctx context.Context) ([]SchemeOf, error) {
	if _, err := authz.Require(ctx, authz.GradingRead); err != nil {
		return nil, err
	}
	list, err := s.books.List(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]SchemeOf, 0, len(list))
	for _, o := range list {
		one := SchemeOf{Rulebook: o.Newest.Rulebook, Title: o.Newest.Title, Adopted: o.InForce != nil || o.Next != nil}
		in, err := s.schemeOf(ctx, o.Newest.Rulebook, "")
		if err != nil { // a text that does not compile still has its labels
			if one.Scheme = o.Scheme; len(one.Scheme.Labels) > 0 {
				out = append(out, one)
			}
			continue
		}
		for _, one.Scheme = range in.Program.Schemes() {
			out = append(out, one)
		}
	}
	return out, nil
}

// OfCustomer gives the verdicts on a customer newest first, without their explanations, and the cursor of the next page.
// Needs grading.read over the customer.
func (s *Service) OfCustomer(ctx context.Context, customerID int64, cursor string, limit int) ([]Verdict, string, error) {
	if _, err := s.guard(ctx, customerID); err != nil {
		return nil, "", err
	}
	before := int64(0)
	if vals, err := db.DecodeCursor(cursor, 1); err != nil {
		return nil, "", err
	} else if vals != nil {
		if before, err = number(vals[0]); err != nil {
			return nil, "", err
		}
	}
	list, err := customerVerdicts(ctx, s.db.Read(), customerID, before, limit+1)
	if err != nil || len(list) <= limit {
		return list, "", err
	}
	list = list[:limit]
	return list, db.EncodeCursor(id.String(list[limit-1].ID)), nil
}

// Why gives a stored verdict with its reasons and the clauses it cites. Needs grading.read over the customer.
func (s *Service) Why(ctx context.Context, customerID, verdictID int64) (Explained, error) {
	c, err := s.guard(ctx, customerID)
	if err != nil {
		return Explained{}, err
	}
	v, err := getVerdict(ctx, s.db.Read(), customerID, verdictID)
	if err != nil {
		return Explained{}, err
	}
	return s.explained(ctx, v, ExplainedCustomer{ID: id.String(c.ID), Code: c.Code, Name: c.Name})
}

// Standings gives the verdicts that count now for a customer, by scheme. Needs grading.read over the customer.
func (s *Service) Standings(ctx context.Context, customerID int64) ([]Standing, error) {
	if _, err := s.guard(ctx, customerID); err != nil {
		return nil, err
	}
	return customerStandings(ctx, s.db.Read(), customerID)
}

// guard authorises the actor for one customer.
func (s *Service) guard(ctx context.Context, customerID int64) (customer.Ref, error) {
	if _, err := authz.Require(ctx, authz.GradingRead); err != nil {
		return customer.Ref{}, err
	}
	return s.customers.Guard(ctx, authz.GradingRead, customerID)
}
