package grading

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
)

// Bounds of what is shown over time.
const (
	mixDays        = 36 // days of the grade mix
	stabilitySteps = 12 // steps between two days
)

// MixDay is how the grades were spread on a day.
type MixDay struct {
	Run    Run
	Counts map[string]int64 // code -> customers; "" = without a verdict
	Total  int64
}

// Mix is the grade mix over time.
type Mix struct {
	Scheme rule.Scheme
	Days   []MixDay // oldest first
}

// Mix gives how the grades were spread on each day between two (None = no bound) that has a complete run: the newest 36
// days. Needs grading.read; only customers within reach count. Errors: rulebook.unknown, grading.unknown_scheme.
func (s *Service) Mix(ctx context.Context, rulebookID, scheme string, from, to calendar.Date) (Mix, error) {
	in, scope, err := s.movementScope(ctx, rulebookID, scheme)
	if err != nil {
		return Mix{}, err
	}
	if from == calendar.None {
		from = firstDay
	}
	if to == calendar.None {
		to = lastDay
	}
	runs, err := daysGraded(ctx, s.db.Read(), rulebookID, in.Scheme.ID, from, to, mixDays)
	if err != nil {
		return Mix{}, err
	}
	slices.Reverse(runs)
	out := Mix{Scheme: in.Scheme}
	for _, run := range runs {
		if err := s.within(ctx, &run, scope); err != nil {
			return out, err
		}
		day := MixDay{Run: run, Counts: copyCounts(run.Counts), Total: run.Graded + run.WithoutVerdict}
		day.Counts[""] = run.WithoutVerdict
		out.Days = append(out.Days, day)
	}
	return out, nil
}

// movementScope resolves the scheme and the reach of the reader.
func (s *Service) movementScope(ctx context.Context, rulebookID, scheme string) (rulebook.InForce, authz.Scope, error) {
	actor, err := authz.Require(ctx, authz.GradingRead)
	if err != nil {
		return rulebook.InForce{}, authz.Scope{}, err
	}
	in, err := s.schemeOf(ctx, rulebookID, scheme)
	return in, actor.Scope(authz.GradingRead), err
}

// runBefore gives the newest complete run of a scheme as of a day or before it. Error: grading.no_run.
func (s *Service) runBefore(ctx context.Context, rulebookID, scheme string, on calendar.Date) (Run, error) {
	list, err := daysGraded(ctx, s.db.Read(), rulebookID, scheme, firstDay, on, 1)
	if err == nil && len(list) == 0 {
		err = errs.New(errs.NotFound, "grading.no_run", "rulebook", rulebookID, "date", on.String())
	}
	if err != nil {
		return Run{}, err
	}
	return list[0], nil
}

// twoRuns gives the runs of two days; None means the newest and the one before it.
func (s *Service) twoRuns(ctx context.Context, rulebookID, scheme string, from, to calendar.Date) (earlier, later Run, err error) {
	if to == calendar.None {
		to = lastDay
	}
	if later, err = s.runBefore(ctx, rulebookID, scheme, to); err != nil {
		return earlier, later, err
	}
	if from == calendar.None {
		from = later.AsOf.AddDays(-1)
	}
	earlier, err = s.runBefore(ctx, rulebookID, scheme, from)
	return earlier, later, err
}

// Matrix is who went from where to where between two days.
type Matrix struct {
	Scheme         rule.Scheme
	Earlier, Later Run
	Cells          []Move // best grades first; codes "" = no verdict, "-" = not in scope that day
	Stayed         int64  // graded on both days with the same code
	Up, Down       int64
	Aside          int64 // to or from no verdict
	Entered, Left  int64 // of the scope
}

// Matrix compares what two days say, not what happened between them. None means the newest day with a complete run, or the one
// before; a day without one means the newest before it. Needs grading.read; only customers within reach count.
// Errors: rulebook.unknown, grading.unknown_scheme, grading.no_run.
func (s *Service) Matrix(ctx context.Context, rulebookID, scheme string, from, to calendar.Date) (Matrix, error) {
	in, scope, err := s.movementScope(ctx, rulebookID, scheme)
	if err != nil {
		return Matrix{}, err
	}
	earlier, later, err := s.twoRuns(ctx, rulebookID, in.Scheme.ID, from, to)
	if err != nil {
		return Matrix{}, err
	}
	return s.matrixOf(ctx, in.Scheme, &earlier, &later, scope)
}

func (s *Service) matrixOf(ctx context.Context, scheme rule.Scheme, earlier, later *Run, scope authz.Scope) (Matrix, error) {
	out := Matrix{Scheme: scheme, Earlier: *earlier, Later: *later}
	cells, err := s.moveCells(ctx, earlier, later, scope)
	if err != nil {
		return out, err
	}
	place := func(code string) int {
		switch i := slices.IndexFunc(scheme.Labels, func(l rule.Label) bool { return l.Code == code }); {
		case i >= 0:
			return i
		case code == outside:
			return len(scheme.Labels) + 2
		case code == "":
			return len(scheme.Labels) + 1
		}
		return len(scheme.Labels)
	}
	for _, c := range cells {
		m := Move{From: c.from, To: c.to, Count: c.n}
		out.count(&m, place)
		out.Cells = append(out.Cells, m)
	}
	slices.SortFunc(out.Cells, func(a, b Move) int {
		return cmp.Or(cmp.Compare(place(a.From), place(b.From)), cmp.Compare(place(a.To), place(b.To)), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	return out, nil
}

// count sorts a cell into the sums and gives it its direction.
func (x *Matrix) count(m *Move, place func(string) int) {
	from, to := place(m.From), place(m.To)
	switch {
	case m.From == outside:
		x.Entered += m.Count
	case m.To == outside:
		x.Left += m.Count
	case m.From == "" && m.To == "":
	case m.From == "" || m.To == "":
		x.Aside += m.Count
	case m.From == m.To:
		x.Stayed += m.Count
	case to < from:
		m.Direction, x.Up = 1, x.Up+m.Count
	default:
		m.Direction, x.Down = -1, x.Down+m.Count
	}
}

// remembered keeps answers about complete runs, which never change, for whoever may see everybody.
type remembered struct {
	sync.Mutex
	cells map[string][]moveCell
}

// rememberLimit bounds what is kept; a matrix is some hundred bytes.
const rememberLimit = 256

// moveCells counts who went from where to where between two runs.
func (s *Service) moveCells(ctx context.Context, earlier, later *Run, scope authz.Scope) ([]moveCell, error) {
	key := fmt.Sprint(earlier.ID, "-", later.ID)
	if scope.All {
		s.remembered.Lock()
		cells, ok := s.remembered.cells[key]
		s.remembered.Unlock()
		if ok {
			return cells, nil
		}
	}
	var cells []moveCell
	err := s.db.InRead(ctx, func(q db.Q) error {
		came, err := comeTo(ctx, q, earlier, later, scope)
		if err != nil {
			return err
		}
		left, err := gone(ctx, q, earlier, later, scope)
		cells = slices.Concat(came, left)
		return err
	})
	if err != nil || !scope.All {
		return cells, err
	}
	s.remembered.Lock()
	defer s.remembered.Unlock()
	if s.remembered.cells == nil || len(s.remembered.cells) >= rememberLimit {
		s.remembered.cells = map[string][]moveCell{}
	}
	s.remembered.cells[key] = cells
	return cells, nil
}

// Moved is a customer behind a cell of a matrix.
type Moved struct {
	CustomerID   int64
	CustomerCode string
	CustomerName string
	Region       string
	OwnerID      int64
	OwnerName    string
	From, To     string
	FromVerdict  int64 // 0 = none
	ToVerdict    int64
	FromScore    *int64 // millionths
	ToScore      *int64
}

// MovedFilter names a cell of a matrix.
type MovedFilter struct {
	Rulebook, Scheme string
	From, To         calendar.Date
	FromCode, ToCode string // "" = no verdict, "-" = not in scope
	Cursor           string
	Limit            int // 1 to 200
}

// Moved gives a page of the customers behind a cell, by code, and the cursor of the next page. Needs what Matrix needs.
func (s *Service) Moved(ctx context.Context, f MovedFilter) ([]Moved, string, error) {
	in, scope, err := s.movementScope(ctx, f.Rulebook, f.Scheme)
	if err != nil {
		return nil, "", err
	}
	earlier, later, err := s.twoRuns(ctx, f.Rulebook, in.Scheme.ID, f.From, f.To)
	if err != nil {
		return nil, "", err
	}
	vals, err := db.DecodeCursor(f.Cursor, 2)
	if err != nil {
		return nil, "", err
	}
	var after []any
	if vals != nil {
		customerID, err := number(vals[1])
		if err != nil {
			return nil, "", err
		}
		after = []any{vals[0], customerID}
	}
	list, err := listMoved(ctx, s.db.Read(), &earlier, &later, scope, f, after)
	if err != nil || len(list) <= f.Limit {
		return list, "", err
	}
	list = list[:f.Limit]
	last := list[f.Limit-1]
	return list, db.EncodeCursor(last.CustomerCode, id.String(last.CustomerID)), nil
}

// StabilityStep is how many grades stayed from one day to the next.
type StabilityStep struct {
	From, To  calendar.Date
	Compared  int64 // graded on both days
	Unchanged int64
	Up, Down  int64
	Aside     int64 // lost or got a verdict
}

// Stability gives the share of grades that stayed, between each two consecutive days with complete runs: the newest twelve
// steps, oldest first. Needs grading.read; only customers within reach count.
func (s *Service) Stability(ctx context.Context, rulebookID, scheme string) (rule.Scheme, []StabilityStep, error) {
	in, scope, err := s.movementScope(ctx, rulebookID, scheme)
	if err != nil {
		return rule.Scheme{}, nil, err
	}
	runs, err := daysGraded(ctx, s.db.Read(), rulebookID, in.Scheme.ID, firstDay, lastDay, stabilitySteps+1)
	if err != nil {
		return in.Scheme, nil, err
	}
	slices.Reverse(runs)
	var out []StabilityStep
	for i := 1; i < len(runs); i++ {
		m, err := s.matrixOf(ctx, in.Scheme, &runs[i-1], &runs[i], scope)
		if err != nil {
			return in.Scheme, nil, err
		}
		out = append(out, StabilityStep{
			From: runs[i-1].AsOf, To: runs[i].AsOf, Compared: m.Stayed + m.Up + m.Down, Unchanged: m.Stayed, Up: m.Up, Down: m.Down, Aside: m.Aside,
		})
	}
	return in.Scheme, out, nil
}
