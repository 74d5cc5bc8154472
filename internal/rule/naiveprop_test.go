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
	graded, reasons := 0, map[string]int{}
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
			if v := w.judge(i); v.code != "" {
				graded++
			} else {
				reasons[v.reason]++
			}
		}
	})
	if graded == 0 || len(reasons) < 5 {
		t.Errorf("the examples say too little: %d graded, reasons %v", graded, reasons)
	}
	t.Logf("%d graded, reasons %v", graded, reasons)
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
	s := rule.Subject{Fields: map[string]any{"region": c.region}, Judged: c.judged}
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
	v, x := e.p.Explain(s, i, e.measures[i], pop)
	if fast := e.p.Judge(s, i, e.measures[i], pop); fast != v {
		fail("judge %+v, explain %+v", fast, v)
	}
	want := e.w.judge(i)
	if v.Code != want.code || v.Reason != want.reason {
		fail("verdict %q %q, naively %q %q", v.Code, v.Reason, want.code, want.reason)
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
	samePack(t, e.p, date(e.w.asOf.Format("2006-01-02")), s, i, e.measures[i], pop)
}
