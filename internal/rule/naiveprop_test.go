package rule_test

import (
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kezhi/internal/rule"
)

// TestEngineAgreesWithTheNaiveEvaluator draws rulebooks and companies and compares every measure, the points of every line,
// the score and the verdict.
func TestEngineAgreesWithTheNaiveEvaluator(t *testing.T) {
	graded, held, sleeping, further, proposed, reasons := 0, 0, 0, 0, 0, map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		k := maker{T: t, b: &nBook{}, asOf: nDay(2024, 1, 1).AddDate(0, 0, rapid.IntRange(0, 1200).Draw(t, "as of"))}
		if rapid.Bool().Draw(t, "end of a month") {
			k.asOf = addMonths(monthStart(k.asOf), 1).AddDate(0, 0, -1)
		}
		w := &nWorld{book: k.book(), asOf: k.asOf, memo: map[string]nVal{}, counted: map[int]bool{}}
		for i := range k.n(1, 5, "customers") {
			w.customers = append(w.customers, k.customer(i))
		}
		for i := range w.customers {
			w.counted[i] = w.met(i) == ""
		}
		text := w.book.text()
		b, problems := rule.Parse(map[string][]byte{rule.FileRulebook: []byte(text)})
		p, more := rule.Compile(b, nil)
		if p == nil && slices.ContainsFunc(more, func(p rule.Problem) bool { return p.Code == "band.overlap_point" }) {
			return // two rows of a table that both claim a boundary are refused whatever decides between them
		}
		if p == nil {
			t.Fatalf("the rulebook does not compile: %+v %+v\n%s", problems, more, text)
		}
		e := company{p: p, w: w}
		e.fold(t)
		pop := e.population(t)
		for i := range w.customers {
			e.compare(t, i, pop, text)
			for scheme, v := range w.judge(i) {
				if v.code != "" {
					graded++
				} else {
					reasons[v.reason]++
				}
				proposed += one(v.proposed != "")
				held, sleeping, further = held+one(v.held), sleeping+one(v.sleeps), further+one(scheme != "s")
			}
		}
	})
	if graded == 0 || len(reasons) < 5 || held+reasons["conflicting_rows"] == 0 || sleeping == 0 || further == 0 || proposed == 0 {
		t.Errorf("the examples say too little: %d graded, %d kept, %d dormant, %d by further schemes, reasons %v", graded, held, sleeping, further, reasons)
	}
	t.Logf("%d wait for signatures; %d graded, %d kept, %d dormant, %d by further schemes, reasons %v", proposed, graded, held, sleeping, further, reasons)
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// company is the engine's side of a world.
type company struct {
	p        *rule.Program
	w        *nWorld
	measures []rule.Measures
}

// fold folds every customer, half of them with reversals announced.
func (e *company) fold(t *rapid.T) {
	fold := e.p.NewFold(date(e.w.asOf.Format("2006-01-02")))
	for _, c := range e.w.customers {
		fold.Reset()
		announce := rapid.Bool().Draw(t, "announced")
		for round := range 2 {
			for i := range c.facts {
				f := c.facts[i].fact()
				if announce && f.Reverses != 0 && !c.facts[i].on.After(e.w.asOf) {
					fold.Void(f.Reverses)
				}
			}
			for i := range c.facts {
				f := c.facts[i].fact()
				fold.Add(&f)
			}
			if !fold.Replay() || round > 0 {
				break
			}
			fold.Restart()
		}
		e.measures = append(e.measures, fold.Measures().Clone())
	}
}

func (e *company) subject(i int) rule.Subject {
	c := e.w.customers[i]
	s := rule.Subject{Fields: map[string]any{"region": c.region}, Judged: c.judged, Previous: map[string]rule.PreviousVerdict{}}
	for scheme, code := range c.before {
		if code != "" {
			s.Previous[scheme] = rule.PreviousVerdict{Code: code, AsOf: date(e.w.asOf.AddDate(0, -1, 0).Format("2006-01-02"))}
		}
	}
	s.Signed = map[string]rule.Signatures{}
	for scheme, stands := range c.signed {
		s.Signed[scheme] = map[string]rule.Signatures{"yes": rule.SignaturesHold, "ended": rule.SignaturesEnded}[stands]
	}
	if !c.first.IsZero() {
		s.Fields["first_fact_on"] = date(c.first.Format("2006-01-02"))
	}
	if c.group != "" {
		s.Groups = map[string]string{"owner+subsidiary": c.group}
	}
	return s
}

// population fills parts in a random order and merges them.
func (e *company) population(t *rapid.T) *rule.Population {
	parts := make([]*rule.Population, rapid.IntRange(1, 3).Draw(t, "parts"))
	for i := range parts {
		parts[i] = e.p.NewPopulation(date(e.w.asOf.Format("2006-01-02")))
	}
	order := make([]int, len(e.w.customers))
	for i := range order {
		order[i] = i
	}
	for _, i := range rapid.Permutation(order).Draw(t, "order of customers") {
		parts[rapid.IntRange(0, len(parts)-1).Draw(t, "part")].Add(e.subject(i), i, e.measures[i])
	}
	for _, part := range parts[1:] {
		parts[0].Merge(part)
	}
	parts[0].Close()
	return parts[0]
}

func (e *company) compare(t *rapid.T, i int, pop *rule.Population, text string) {
	fail := func(format string, args ...any) {
		t.Helper()
		t.Fatalf("customer %d as of %s: "+format+"\n%s\n%s", append(append([]any{i, e.w.asOf.Format("2006-01-02")}, args...), text, e.w.describe())...)
	}
	s := e.subject(i)
	for name, got := range rule.ExactValues(e.p, s, i, e.measures[i], pop) {
		if e.w.book.measure(name).late && !e.w.counted[i] {
			continue // takes no part in comparisons, and has no verdict
		}
		want := e.w.value(i, name, false)
		if got.Reason != want.why || want.why == "" && got.Number.Cmp(want.r) != 0 {
			fail("%s is %s %s, naively %v %s", name, got.Number, got.Reason, want.r, want.why)
		}
	}
	for scheme, want := range e.w.judge(i) {
		p, ok := e.p.For(scheme)
		if !ok {
			fail("there is no scheme %s", scheme)
		}
		e.compareVerdict(t, p, i, pop, want, func(format string, args ...any) { t.Helper(); fail("scheme "+scheme+": "+format, args...) })
	}
}

func (e *company) compareVerdict(t *rapid.T, p *rule.Program, i int, pop *rule.Population, want nVerdict, fail func(string, ...any)) {
	s := e.subject(i)
	v, x := p.Explain(s, i, e.measures[i], pop)
	if fast := p.Judge(s, i, e.measures[i], pop); fast != v {
		fail("judge %+v, explain %+v", fast, v)
	}
	if v.Code != want.code || v.Reason != want.reason || v.Held != want.held || v.Dormant != want.sleeps || v.Proposed != want.proposed || (x.Proposed == nil) != (want.proposed == "") {
		fail("verdict %+v, naively %+v", v, want)
	}
	if got := big.NewRat(v.ScoreMicro, 1_000_000); v.HasScore != (want.score != nil) || v.HasScore && got.Cmp(want.score) != 0 {
		fail("score %v %s, naively %v", v.HasScore, got, want.score)
	}
	if (v.Provisional != "") != want.provisional || x.ExpiresOn != want.expires {
		fail("provisional %q, expires %s; naively %v %s", v.Provisional, x.ExpiresOn, want.provisional, want.expires)
	}
	for _, line := range x.Items {
		if want.points[line.Item] == nil || ratOf(line.Points).Cmp(want.points[line.Item]) != 0 {
			fail("points of %s: %s, naively %v", line.Item, line.Points, want.points[line.Item])
		}
	}
	samePack(t, p, date(e.w.asOf.Format("2006-01-02")), s, i, e.measures[i], pop)
}
