package rule

import (
	"math/big"
	"unsafe"
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
