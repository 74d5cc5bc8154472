package rule_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"math"
	"testing"

	"kezhi/internal/calendar"
	"kezhi/internal/rule"
	"kezhi/rulebooks"
)

// FuzzEvaluate compiles a rulebook and judges a company of arbitrary facts, extreme ones among them. Whatever comes in, a
// customer has a grade or a reason, judging and explaining agree, and dividing the company into parts changes nothing.
func FuzzEvaluate(f *testing.F) {
	facts := []byte("\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\xff\xfe\xfd\xfc\xfb\xfa\xf9\xf8\xf7\xf6\xf5\xf4")
	for _, id := range rulebooks.IDs() {
		files, err := rulebooks.Load(id)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(files[rule.FileRulebook], bytes.Repeat(facts, 4), "5", "east")
	}
	for _, text := range []string{allMeasures, fifthsBook, book(withinBook, ratesPart), book("  a: {balance_average: amount, of: order, window: P1Y, convert: true}\n  g: {growth: a}\n  m: {streak: month, of: order}\n", ratesPart)} {
		f.Add([]byte(text), bytes.Repeat(facts, 6), "-1", "")
	}
	f.Fuzz(func(t *testing.T, text, data []byte, judged, region string) {
		b, problems := rule.Parse(map[string][]byte{rule.FileRulebook: text})
		if rule.HasErrors(problems) {
			return
		}
		first, _ := rule.Compile(b, nil)
		if first == nil {
			return
		}
		e := evaluation{asOf: date("2025-12-31"), judged: judged, region: region}
		for _, scheme := range first.Schemes() {
			p, ok := first.For(scheme.ID)
			if !ok {
				t.Fatalf("no program for %q", scheme.ID)
			}
			e.judge(t, p, data)
		}
	})
}

// evaluation judges three customers.
type evaluation struct {
	asOf           calendar.Date
	judged, region string
}

func (e *evaluation) judge(t *testing.T, p *rule.Program, data []byte) {
	var all []rule.Measures
	part := len(data)/3 + 1
	for i := range 3 {
		lo, hi := min(i*part, len(data)), min((i+1)*part, len(data))
		all = append(all, foldBytes(p, e.asOf, data[lo:hi]))
	}
	one, two := e.population(p, all, 0, 1, 2), e.population(p, all, 2, 0, 1)
	for i, m := range all {
		s := e.subject(p, i)
		v, x := p.Explain(s, i, m, one)
		if fast := p.Judge(s, i, m, one); fast != v {
			t.Fatalf("judge %+v, explain %+v", fast, v)
		}
		if (v.Code == "") == (v.Reason == "") {
			t.Fatalf("neither or both of grade and reason: %+v", v)
		}
		text, err := json.Marshal(x)
		if err != nil {
			t.Fatal(err)
		}
		samePack(t, p, e.asOf, s, i, m, one)
		_, again := p.Explain(s, i, m, two)
		if other, _ := json.Marshal(again); !bytes.Equal(text, other) {
			t.Fatalf("the way the company is divided matters:\n%s\n%s", text, other)
		}
	}
}

func (e *evaluation) subject(p *rule.Program, i int) rule.Subject {
	s := rule.Subject{Fields: map[string]any{"region": e.region, "kind": e.region, "first_fact_on": e.asOf.AddDays(-100 * i)}, Judged: map[string]string{}, Groups: map[string]string{}}
	for _, j := range p.Judgements() {
		if s.Judged[j.Name] = e.judged; i == 1 {
			delete(s.Judged, j.Name)
		}
	}
	for _, g := range p.GroupKinds() {
		if i > 0 {
			s.Groups[g.Key] = e.judged
		}
	}
	return s
}

// population adds the customers in an order, the last one in a part of its own.
func (e *evaluation) population(p *rule.Program, all []rule.Measures, order ...int) *rule.Population {
	pop, last := p.NewPopulation(e.asOf), p.NewPopulation(e.asOf)
	for n, i := range order {
		part := pop
		if n == len(order)-1 {
			part = last
		}
		part.Add(e.subject(p, i), i, all[i])
	}
	last.Merge(pop)
	last.Close()
	return last
}

// foldBytes makes facts from bytes: eight to a fact.
func foldBytes(p *rule.Program, asOf calendar.Date, data []byte) rule.Measures {
	fold := p.NewFold(asOf)
	day := asOf.AddDays(-1200)
	for n := 0; len(data) >= 8; n, data = n+1, data[8:] {
		amounts := []int64{math.MaxInt64, math.MinInt64, 1 << 62, int64(binary.LittleEndian.Uint64(data)), int64(data[1]), -int64(data[1]), int64(data[1]) * 1_000_000, 0}
		kinds := append([]string{"order", "stranger"}, p.Kinds()...)
		day = day.AddDays(int(data[3] % 128))
		number := []string{"", "1", "-0.5", "999999999999999999", "abc", "1e5"}[data[5]%6]
		x := rule.Fact{
			ID: int64(n + 1), Kind: kinds[int(data[0])%len(kinds)], On: day, Amount: amounts[data[2]%8], HasAmount: data[2]%16 != 15,
			Quantity: amounts[data[4]%8], Currency: []string{"CNY", "USD", "JPY", "KWD", ""}[data[6]%5],
			Status: []string{"shipped", "cancelled", ""}[data[6]%3], Document: data[:data[5]%5], Product: data[:data[4]%3],
			Attr: func(string) string { return number },
		}
		if data[7]%16 == 1 {
			x.Reverses = int64(data[7] / 16)
		}
		if data[7]%8 == 2 {
			x.At = int64(day) * 24 * 3600 * 1_000_000
		}
		fold.Add(&x)
	}
	return fold.Measures().Clone()
}
