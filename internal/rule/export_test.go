package rule

import (
	"math/big"
	"unsafe"

	"kezhi/internal/calendar"
)

// Exact is the value of a measure as the engine holds it.
type Exact struct {
	Number *big.Rat
	Reason string
}

// ExactValues works out every measure of a customer as Judge does, without rounding for display.
func ExactValues(p *Program, s Subject, rank int, m Measures, pop *Population) map[string]Exact {
	vals := append([]Value(nil), m.vals...)
	p.ofAll(vals, &s, rank, pop)
	out := map[string]Exact{}
	for i := range p.measures {
		out[p.measures[i].name] = Exact{Number: vals[i].rat().big(), Reason: vals[i].state.reason()}
	}
	return out
}

// RankedBytes is what a population keeps for one value of a ranked measure.
const RankedBytes = unsafe.Sizeof(ranked{})

// EachCase sets up every worked example of a book and hands over what the program of each scheme is to judge.
func EachCase(b *Book, fn func(p *Program, asOf calendar.Date, s Subject, m Measures, pop *Population)) {
	p, _ := Compile(b, nil)
	t := tester{b: b, programs: map[string]*Program{"": p}}
	for i := range b.cases.List {
		at, applies, diffs := t.situation(&b.cases.List[i])
		if len(diffs) > 0 || !applies {
			continue
		}
		for _, member := range at.p.family.list {
			fn(member, at.asOf, at.s, at.m, at.pop)
		}
	}
}

// Worded reports whether a finding has its sentences in both languages.
func Worded(code string) bool {
	f, ok := findings[code]
	return ok && f.zh != "" && f.en != "" && f.remedyZh != "" && f.remedyEn != ""
}
