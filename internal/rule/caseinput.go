package rule

import (
	"sort"
	"strconv"
	"time"

	"kezhi/internal/calendar"
)

// maxSeries bounds a series of facts in an example, maxMadeUp what all examples repeat.
const (
	maxSeries = 5_000
	maxMadeUp = 200_000
)

// caseInput builds what an example describes. Anything it cannot read becomes a diff.
type caseInput struct {
	p     *Program
	b     *Book
	asOf  calendar.Date
	diffs []Diff
	docs  int
	spent *int // facts and customers made up so far, over all examples
}

func (in *caseInput) bad(field, want, got string) {
	in.diffs = append(in.diffs, Diff{field, want, got})
}

func (in *caseInput) subject(c *caseSpec) Subject {
	s := Subject{Fields: map[string]any{}, Judged: map[string]string{}}
	in.fields(&s, &c.Customer)
	for i := range c.Judged.List {
		e := &c.Judged.List[i]
		s.Judged[e.Name.S] = e.Value.S
	}
	in.previous(c, &s)
	in.signed(c, &s)
	return s
}

// fields reads the written fields of a customer.
func (in *caseInput) fields(s *Subject, written *entries[words]) {
	for i := range written.List {
		e := &written.List[i]
		var list []string
		for _, w := range e.Value {
			list = append(list, w.S)
		}
		name := e.Name.S
		switch {
		case name == "tags" || name == inSegment || len(list) > 1:
			s.Fields[name] = list
		case name == "created_on" || name == "first_fact_on":
			d, err := calendar.Parse(list[0])
			if err != nil {
				in.bad("customer."+name, "YYYY-MM-DD", list[0])
			}
			s.Fields[name] = d
		case len(list) == 1:
			s.Fields[name] = list[0]
		}
	}
}

// signed puts how the signatures for the customer's grades stand.
func (in *caseInput) signed(c *caseSpec, s *Subject) {
	for i := range c.Signed.List {
		e := &c.Signed.List[i]
		stands, known := map[string]Signatures{"yes": SignaturesHold, "ended": SignaturesEnded}[e.Value.S]
		if p, ok := in.p.For(e.Name.S); !ok || p.SignedGrade() == "" {
			in.bad("signed."+e.Name.S, "a scheme with a grade that is signed for", e.Name.S)
			continue
		}
		if !known {
			in.bad("signed."+e.Name.S, "yes, ended", e.Value.S)
			continue
		}
		if s.Signed == nil {
			s.Signed = map[string]Signatures{}
		}
		s.Signed[e.Name.S] = stands
	}
}

// previous puts the grades the customer had before.
func (in *caseInput) previous(c *caseSpec, s *Subject) {
	for i := range c.Previous.List {
		e := &c.Previous.List[i]
		if _, ok := in.p.For(e.Name.S); !ok {
			in.bad("previous."+e.Name.S, "a scheme of the rulebook", e.Name.S)
			continue
		}
		if s.Previous == nil {
			s.Previous = map[string]PreviousVerdict{}
		}
		s.Previous[e.Name.S] = PreviousVerdict{Code: e.Value.S, AsOf: calendar.None}
	}
}

// measures folds the facts and then puts the values that are given directly.
func (in *caseInput) measures(facts []factCase, given *entries[word], s *Subject) Measures {
	list := in.facts(facts)
	fold := in.p.NewFold(in.asOf)
	for i := range list {
		if list[i].Reverses != 0 {
			fold.Void(list[i].Reverses)
		}
	}
	for i := range list {
		fold.Add(&list[i])
	}
	if s != nil && len(list) > 0 {
		if _, known := s.Fields["first_fact_on"]; !known {
			s.Fields["first_fact_on"] = list[0].On
		}
	}
	m := fold.Measures().Clone()
	in.give(m, given)
	return m
}

// give replaces measures by written values.
func (in *caseInput) give(m Measures, given *entries[word]) {
	if len(given.List) == 0 {
		return
	}
	for i := range given.List {
		e := &given.List[i]
		index, ok := in.p.measureIndex[e.Name.S]
		if !ok {
			in.bad("measures."+e.Name.S, "a measure of the rulebook", e.Name.S)
			continue
		}
		v, ok := in.p.measures[index].given(e.Value.S)
		if !ok {
			in.bad("measures."+e.Name.S, "a number", e.Value.S)
		}
		m.vals[index] = v
	}
	in.p.deriveOwn(m.vals, nil)
}

// given reads a value of the measure in its unit; none stands for no value.
func (m *measure) given(s string) (Value, bool) {
	if s == "none" {
		return Value{den: 1, facts: -1, state: stateNoData}, true
	}
	r, ok := parseRat(s)
	v := Value{num: r.num, den: r.den, facts: -1, currency: m.currency}
	if m.whole && ok {
		r, ok = r.scaledTo(m.valueDen(m.currency))
		v.num, v.den = r.num, r.den
	}
	return v, ok
}

func (in *caseInput) count(field string, w word) int {
	n, err := strconv.Atoi(w.S)
	if err != nil || n < 1 || n > maxSeries {
		in.bad(field, "1 to "+itoa(maxSeries), w.S)
		return 0
	}
	if *in.spent += n; *in.spent > maxMadeUp {
		in.bad(field, "at most "+itoa(maxMadeUp)+" repeated facts and customers in all examples", w.S)
		return 0
	}
	return n
}

// facts builds the facts of a customer in the order of their dates.
func (in *caseInput) facts(list []factCase) []Fact {
	var out []Fact
	for i := range list {
		out = append(out, in.series(&list[i])...)
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].On < out[j].On })
	return out
}

// series builds one fact, or a repeated one.
func (in *caseInput) series(c *factCase) []Fact {
	x := Fact{Kind: c.Kind.S, On: calendar.None, Currency: in.b.spec.Currency.S}
	attrs := map[string]string{}
	n, every := 1, calendar.Period{Months: 1}
	for i := range c.Fields.List {
		e := &c.Fields.List[i]
		switch e.Name.S {
		case "repeat":
			n = in.count("repeat", e.Value)
		case "every":
			p, err := calendar.ParsePeriod(e.Value.S)
			if err != nil || p.IsZero() {
				in.bad("every", "P1M", e.Value.S)
			}
			every = p
		default:
			if !in.factField(&x, e.Name.S, e.Value.S) {
				attrs[e.Name.S] = e.Value.S
			}
		}
	}
	if x.On == calendar.None {
		in.bad("facts."+c.Kind.S, "date", "")
		return nil
	}
	x.Attr = func(name string) string { return attrs[name] }
	return in.repeat(x, n, every)
}

func (in *caseInput) repeat(x Fact, n int, every calendar.Period) []Fact {
	var out []Fact
	first, instant := x.On, x.At
	for i := range n {
		one := x
		one.On = calendar.Period{Months: every.Months * i, Days: every.Days * i}.After(first)
		if instant != 0 {
			one.At = instant + int64(one.On-first)*dayMicros
		}
		if len(x.Document) == 0 || n > 1 {
			in.docs++
			one.Document = []byte("case-" + itoa(in.docs))
		}
		out = append(out, one)
	}
	return out
}

// factField sets a column of the fact and reports whether the name is one.
func (in *caseInput) factField(x *Fact, name, value string) bool {
	switch name {
	case "date":
		d, err := calendar.Parse(value)
		if err != nil {
			in.bad("date", "YYYY-MM-DD", value)
		}
		x.On = d
	case "at":
		t, err := time.Parse("2006-01-02 15:04:05", value)
		if err != nil {
			in.bad("at", "YYYY-MM-DD HH:MM:SS", value)
		}
		x.At = t.UnixMicro()
	case "currency":
		x.Currency = value
	case "status":
		x.Status = value
	case "document":
		x.Document = []byte(value)
	case "product":
		x.Product = []byte(value)
	case "id", "reverses":
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil {
			in.bad(name, "a number", value)
		}
		if name == "id" {
			x.ID = n
		} else {
			x.Reverses = n
		}
	case "amount":
		x.Amount, x.HasAmount = in.amount(value), true
	case "quantity":
		r, ok := parseRat(value)
		if !ok || 1000%r.den != 0 {
			in.bad("quantity", "a number with up to 3 places", value)
			return true
		}
		x.Quantity = r.num * (1000 / r.den)
	default:
		return false
	}
	return true
}

// amount reads an amount in whole units of a currency with two places; other currencies give minor units through their
// own number of places.
func (in *caseInput) amount(value string) int64 {
	r, ok := parseRat(value)
	unit := tens[exponent(in.b.spec.Currency.S)]
	if !ok || unit%r.den != 0 {
		in.bad("amount", "an amount with at most "+itoa(exponent(in.b.spec.Currency.S))+" places", value)
		return 0
	}
	return r.num * (unit / r.den)
}
