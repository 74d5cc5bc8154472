package importer

import (
	"cmp"
	"maps"
	"slices"

	"kezhi/internal/errs"
	"kezhi/internal/sheet"
)

// unknownLimit bounds how many different unknown codes are counted, unknownShown how many are listed, problemLimit how many sorts of
// problem are told apart.
const (
	unknownLimit = 10_000
	unknownShown = 200
	problemLimit = 100
)

// tally counts what becomes of the lines of a run.
type tally struct {
	counts   Counts
	amounts  amounts
	unknown  map[string]int64
	problems map[problemKind]*ProblemCount
}

type problemKind struct{ code, field string }

func newTally() *tally {
	return &tally{unknown: map[string]int64{}, problems: map[problemKind]*ProblemCount{}}
}

// take adds what reading and writing a chunk came to. It is called once the chunk's transaction is durable.
func (t *tally) take(c *chunk) {
	t.counts.Read += int64(len(c.lines))
	t.counts.Documents += c.documents
	t.counts.Blank = int64(c.blank)
	for _, a := range c.amounts {
		s := t.amounts.of(a.currency)
		s.read.join(a.read)
		s.imported.join(a.imported)
	}
	for i := range c.lines {
		l := &c.lines[i]
		switch l.outcome {
		case outcomeRefused:
			t.counts.Refused++
		case outcomeSetAside:
			t.counts.SetAside++
		}
		for _, p := range l.problems {
			t.problem(l.no, p)
		}
	}
}

func (t *tally) problem(no int64, p errs.Field) {
	k := problemKind{p.Code, p.Path}
	if known := t.problems[k]; known != nil {
		known.Lines++
		return
	}
	if len(t.problems) < problemLimit {
		t.problems[k] = &ProblemCount{Code: p.Code, Field: p.Path, Lines: 1, Line: no, Args: p.Args}
	}
}

// warningLimit bounds the remarks about a file that are kept.
const warningLimit = 20

// warn takes over what the reader remarked.
func (t *tally) warn(list []sheet.Warning) {
	for _, w := range list[:min(len(list), warningLimit)] {
		t.counts.Warnings = append(t.counts.Warnings, errs.Field{Code: w.Code, Args: w.Args})
	}
}

func (t *tally) unknownCode(code string) {
	if _, ok := t.unknown[code]; ok || len(t.unknown) < unknownLimit {
		t.unknown[code]++
	}
}

// result gives the counts with the lists in a fixed order.
func (t *tally) result() Counts {
	c := t.counts
	c.Amounts = t.amounts.counts()
	c.UnknownCodes = int64(len(t.unknown))
	for _, code := range slices.Sorted(maps.Keys(t.unknown)) {
		if len(c.Unknown) == unknownShown {
			break
		}
		c.Unknown = append(c.Unknown, CodeCount{Code: code, Lines: t.unknown[code]})
	}
	for _, p := range t.problems {
		c.Problems = append(c.Problems, *p)
	}
	slices.SortFunc(c.Problems, func(a, b ProblemCount) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Field, b.Field))
	})
	return c
}
