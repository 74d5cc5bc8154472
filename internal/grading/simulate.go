package grading

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/id"
	"kezhi/internal/job"
	"kezhi/internal/rulebook"
)

// cellLimit is how many customers of a cell of the movement matrix are named: the first by code.
const cellLimit = 200

// Draft is a rulebook to be tried out: a registered version, or files that are not registered. Settings differ from the
// defaults where given.
type Draft struct {
	Rulebook string            `json:"rulebook"`
	Version  string            `json:"version"` // empty = the newest
	Files    map[string]string `json:"files,omitempty"`
	Settings map[string]string `json:"settings,omitempty"`
}

// Simulation is what a draft would do: who would move from the standing of today to where. Nothing of it is stored.
type Simulation struct {
	Rulebook       string           `json:"rulebook"`
	Version        string           `json:"version"`
	Scheme         string           `json:"scheme"`
	AsOf           string           `json:"as_of" format:"date"`
	InScope        int64            `json:"in_scope"`
	Graded         int64            `json:"graded"`
	WithoutVerdict int64            `json:"without_verdict"`
	Changed        int64            `json:"changed"`
	Before         map[string]int64 `json:"before" doc:"Code to customers now"`
	After          map[string]int64 `json:"after" doc:"Code to customers by the draft"`
	Cells          []Cell           `json:"cells" nullable:"false" doc:"The movement matrix, best grades first"`
}

// Cell is one cell of a movement matrix.
type Cell struct {
	From      string         `json:"from" doc:"Empty for no verdict"`
	To        string         `json:"to" doc:"Empty for no verdict"`
	Direction int            `json:"direction" enum:"-1,0,1" doc:"1 up, -1 down, 0 otherwise"`
	Count     int64          `json:"count"`
	Customers []CellCustomer `json:"customers" nullable:"false" doc:"The first 200 by code; none where nothing moves"`

	fromPos, toPos int
}

// CellCustomer is a customer named in a cell.
type CellCustomer struct {
	ID     string `json:"id"`
	Code   string `json:"code"`
	Name   string `json:"name"`
	Score  string `json:"score"`
	Reason string `json:"reason" doc:"Why there would be no verdict"`
}

// Simulate judges everybody by a draft and compares with the standing, without storing anything. Needs grading.run over all
// customers. Errors: those of rulebook.Draft and DraftFiles.
func (s *Service) Simulate(ctx context.Context, draft Draft, asOf calendar.Date, progress func(done, total int64) error) (Simulation, error) {
	if _, err := requireAll(ctx); err != nil {
		return Simulation{}, err
	}
	in, err := s.draft(ctx, draft)
	if err != nil {
		return Simulation{}, err
	}
	n, err := countCustomers(ctx, s.db.Read())
	if err != nil {
		return Simulation{}, err
	}
	total, done := n, int64(0)
	if in.Program.NeedsPopulation() {
		total += n
	}
	report := func(n int64) error {
		done = min(done+n, total)
		return progress(done, total)
	}
	j, err := begin(ctx, s.db, s.loc, s.pace, in, asOf, report)
	if err != nil {
		return Simulation{}, err
	}
	m := newMatrix(in, asOf)
	err = j.judgeAll(ctx, s.db, spans, 0, func(ctx context.Context, at span, page []outcome) error {
		held, err := standingsIn(ctx, s.db.Read(), in.Scheme.ID, at)
		if err != nil {
			return err
		}
		for i := range page {
			m.add(&page[i], held[page[i].member.id])
		}
		return report(at.n)
	})
	return m.result(), err
}

func (s *Service) draft(ctx context.Context, d Draft) (rulebook.InForce, error) {
	if len(d.Files) > 0 {
		return s.books.DraftFiles(ctx, d.Files, d.Settings)
	}
	return s.books.Draft(ctx, d.Rulebook, d.Version, d.Settings)
}

type simulateArgs struct {
	Draft Draft  `json:"draft"`
	AsOf  string `json:"as_of"`
}

// StartSimulation checks a draft and enqueues its simulation; the job's result is a Simulation. Needs grading.run over all
// customers. Errors: rulebook.unknown_version, rulebook.bad_settings.
func (s *Service) StartSimulation(ctx context.Context, draft Draft, asOf calendar.Date) (jobID int64, err error) {
	if _, err := requireAll(ctx); err != nil {
		return 0, err
	}
	in, err := s.draft(ctx, draft)
	if err != nil {
		return 0, err
	}
	draft.Version = in.Version
	err = s.db.InTx(ctx, func(q db.Q) error {
		jobID, err = s.runner.Enqueue(ctx, q, job.Spec{Kind: jobSimulate, Args: simulateArgs{draft, asOf.String()}, MaxAttempts: 1})
		return err
	})
	return jobID, err
}

func (s *Service) doSimulate(ctx context.Context, run *job.Run) error {
	var args simulateArgs
	if err := run.Decode(&args); err != nil {
		return err
	}
	asOf, err := calendar.Parse(args.AsOf)
	if err != nil {
		return err
	}
	out, err := s.Simulate(ctx, args.Draft, asOf, func(done, total int64) error { return run.Progress(ctx, done, total) })
	if err == nil {
		run.SetResult(out)
	}
	return err
}

// matrix collects a simulation. It keeps at most cellLimit customers a cell.
type matrix struct {
	out   Simulation
	in    rulebook.InForce
	cells map[[2]string]*Cell
}

func newMatrix(in rulebook.InForce, asOf calendar.Date) *matrix {
	return &matrix{in: in, cells: map[[2]string]*Cell{}, out: Simulation{
		Rulebook: in.Book.ID(), Version: in.Version, Scheme: in.Scheme.ID, AsOf: asOf.String(),
		Before: map[string]int64{}, After: map[string]int64{},
	}}
}

// add counts one customer with its standing (zero without one).
func (m *matrix) add(x *outcome, before Standing) {
	v := x.verdict()
	reason := v.Reason
	if !x.inScope {
		if before.Code == "" {
			return
		}
		reason = reasonNotInScope
	} else {
		m.out.InScope++
	}
	to := v.Code
	if before.Code != "" {
		m.out.Before[before.Code]++
	}
	if to != "" {
		m.out.Graded++
		m.out.After[to]++
	} else if x.inScope {
		m.out.WithoutVerdict++
	}
	c := m.cell(before, to)
	c.Count++
	if before.Code == to {
		return
	}
	m.out.Changed++
	one := CellCustomer{ID: id.String(x.member.id), Code: x.member.code, Name: x.member.name, Reason: reason}
	if v.HasScore {
		one.Score = FormatScore(&v.ScoreMicro)
	}
	c.keep(one)
}

func (m *matrix) cell(before Standing, to string) *Cell {
	key := [2]string{before.Code, to}
	c := m.cells[key]
	if c == nil {
		from, now := before, Standing{Code: to, Position: m.in.Position(to)}
		from.Position = m.in.Position(before.Code)
		c = &Cell{From: before.Code, To: to, Direction: direction(from, now), Customers: []CellCustomer{}, fromPos: from.Position, toPos: now.Position}
		m.cells[key] = c
	}
	return c
}

// keep inserts by code and drops what goes beyond the limit.
func (c *Cell) keep(one CellCustomer) {
	i, _ := slices.BinarySearchFunc(c.Customers, one, func(a, b CellCustomer) int { return cmp.Or(strings.Compare(a.Code, b.Code), cmp.Compare(a.ID, b.ID)) })
	if i >= cellLimit {
		return
	}
	c.Customers = slices.Insert(c.Customers, i, one)
	c.Customers = c.Customers[:min(len(c.Customers), cellLimit)]
}

func (m *matrix) result() Simulation {
	m.out.Cells = []Cell{}
	for _, c := range m.cells {
		m.out.Cells = append(m.out.Cells, *c)
	}
	slices.SortFunc(m.out.Cells, func(a, b Cell) int {
		return cmp.Or(cmp.Compare(a.fromPos, b.fromPos), cmp.Compare(a.toPos, b.toPos), strings.Compare(a.From, b.From), strings.Compare(a.To, b.To))
	})
	return m.out
}
