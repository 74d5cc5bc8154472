package grading

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/id"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
)

// simulator collects a simulation. It keeps at most cellLimit customers a cell.
type simulator struct {
	out     Simulation
	schemes []*schemeMatrix
	effort  effort
}

// schemeMatrix collects the moves of one scheme.
type schemeMatrix struct {
	moves SchemeMoves
	draft rulebook.InForce
	cells map[[2]string]*Cell
	now   rulebook.InForce // the same scheme in force; zero when it is not there
	nowAt int              // its place among the schemes in force, -1 = not there
}

// newSimulator begins a comparison with what is in force; now is nil when nothing is.
func newSimulator(in rulebook.InForce, now *rulebook.InForce, asOf calendar.Date) *simulator {
	m := &simulator{out: Simulation{Rulebook: in.Book.ID(), Version: in.Version, To: in.Version, AsOf: asOf.String()}, effort: effort{}}
	if now != nil {
		m.out.From = now.Version
	}
	for _, f := range in.All() {
		one := &schemeMatrix{
			draft: f, nowAt: -1, cells: map[[2]string]*Cell{}, moves: SchemeMoves{Scheme: f.Scheme.ID, Before: map[string]int64{}, After: map[string]int64{}},
		}
		if now != nil {
			for i, held := range now.All() {
				if held.Scheme.ID == f.Scheme.ID {
					one.now, one.nowAt = held, i
				}
			}
		}
		m.schemes = append(m.schemes, one)
	}
	return m
}

// side is what one of the two says about a customer in a scheme.
type side struct {
	code        string
	reason      string
	frame       *rule.Frame // nil without an explanation
	explanation []byte      // packed
	score       *int64
}

func sideOf(o *outcome, scheme int) side {
	if scheme < 0 || scheme >= len(o.said) {
		return side{}
	}
	x := &o.said[scheme]
	out := side{code: x.verdict.Code, reason: x.verdict.Reason, frame: x.frame, explanation: x.explanation}
	if x.verdict.HasScore {
		out.score = &x.verdict.ScoreMicro
	}
	return out
}

// add compares what both say about a customer.
func (m *simulator) add(page *pairPage, i int) {
	o := &page.draft[i]
	if o.inScope {
		m.out.InScope++
	}
	for at, s := range m.schemes {
		after, before := sideOf(o, at), side{}
		if page.now != nil {
			before = sideOf(&page.now[i], s.nowAt)
		} else {
			before.code = page.stood[s.moves.Scheme][o.member.id].Code
		}
		s.add(o, before, after)
		if s.nowAt >= 0 {
			m.effort.add(o.member.owner, -1, s.now.Program.DutiesFor(before.code))
		}
		m.effort.add(o.member.owner, 1, s.draft.Program.DutiesFor(after.code))
	}
}

func (s *schemeMatrix) add(o *outcome, before, after side) {
	if !o.inScope {
		if before.code == "" {
			return
		}
		after.reason = reasonNotInScope
	}
	if before.code != "" {
		s.moves.Before[before.code]++
	}
	if after.code != "" {
		s.moves.Graded++
		s.moves.After[after.code]++
	} else if o.inScope {
		s.moves.WithoutVerdict++
	}
	c := s.cell(before.code, after.code)
	c.Count++
	if before.code == after.code {
		return
	}
	s.moves.Changed++
	one := CellCustomer{ID: id.String(o.member.id), Code: o.member.code, Name: o.member.name, Reason: after.reason, Score: FormatScore(after.score)}
	if at, ok := c.place(one); ok {
		one.Reasons = moveReasons(before, after)
		c.Customers = slices.Insert(c.Customers, at, one)
		c.Customers = c.Customers[:min(len(c.Customers), cellLimit)]
	}
}

func (s *schemeMatrix) cell(from, to string) *Cell {
	key := [2]string{from, to}
	c := s.cells[key]
	if c == nil {
		was, now := Standing{Code: from, Position: s.draft.Position(from)}, Standing{Code: to, Position: s.draft.Position(to)}
		c = &Cell{From: from, To: to, Direction: direction(was, now), Customers: []CellCustomer{}, fromPos: was.Position, toPos: now.Position}
		s.cells[key] = c
	}
	return c
}

// place says where a customer stands among the first of a cell by code, and whether it is one of them.
func (c *Cell) place(one CellCustomer) (int, bool) {
	i, _ := slices.BinarySearchFunc(c.Customers, one, func(a, b CellCustomer) int { return cmp.Or(strings.Compare(a.Code, b.Code), cmp.Compare(a.ID, b.ID)) })
	return i, i < cellLimit
}

func (s *schemeMatrix) result() SchemeMoves {
	s.moves.Cells, s.moves.Matrix = []Cell{}, []MatrixCell{}
	for _, c := range s.cells {
		s.moves.Cells = append(s.moves.Cells, *c)
	}
	slices.SortFunc(s.moves.Cells, func(a, b Cell) int {
		return cmp.Or(cmp.Compare(a.fromPos, b.fromPos), cmp.Compare(a.toPos, b.toPos), strings.Compare(a.From, b.From), strings.Compare(a.To, b.To))
	})
	for _, c := range s.moves.Cells {
		s.moves.Matrix = append(s.moves.Matrix, MatrixCell{c.From, c.To, c.Count})
	}
	return s.moves
}

func (m *simulator) result(ctx context.Context, q db.Q) (Simulation, error) {
	for _, s := range m.schemes {
		m.out.Schemes = append(m.out.Schemes, s.result())
	}
	m.out.SchemeMoves = m.out.Schemes[0]
	if len(m.out.Schemes) == 1 {
		m.out.Schemes = nil
	}
	var err error
	m.out.DutiesChange, m.out.HoursChange, m.out.EffortChanges, err = m.effort.result(ctx, q)
	return m.out, err
}
