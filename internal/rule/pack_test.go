package rule_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"kezhi/internal/calendar"
	"kezhi/internal/rule"
	"kezhi/rulebooks"
)

// failer is what tests, fuzz tests and property tests have in common.
type failer interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// packedAs packs a verdict, reads the frame back from its stored form and puts the explanation together.
func packedAs(tb failer, p *rule.Program, asOf calendar.Date, s rule.Subject, rank int, m rule.Measures, pop *rule.Population) (rule.Verdict, []byte, []byte) {
	tb.Helper()
	k, err := p.NewPacker(asOf)
	if err != nil {
		tb.Fatal(err)
	}
	v, pack := k.Pack(new(rule.Scratch), nil, s, rank, m, pop)
	f, err := rule.ReadFrame(k.Frame().Text())
	if err != nil || f.ID() != k.Frame().ID() || f.ID() <= 0 {
		tb.Fatalf("the frame reads back as %v, %v", f, err)
	}
	text, err := f.Unpack(pack)
	if err != nil {
		tb.Fatal(err)
	}
	return v, pack, text
}

// samePack requires a packed explanation to be that of Explain, byte for byte.
func samePack(tb failer, p *rule.Program, asOf calendar.Date, s rule.Subject, rank int, m rule.Measures, pop *rule.Population) (short, long int) {
	tb.Helper()
	want, x := p.Explain(s, rank, m, pop)
	whole, err := json.Marshal(x)
	if err != nil {
		tb.Fatal(err)
	}
	got, pack, text := packedAs(tb, p, asOf, s, rank, m, pop)
	if got != want {
		tb.Fatalf("packed %+v, explained %+v", got, want)
	}
	if !bytes.Equal(text, whole) {
		tb.Fatalf("packed\n%s\nexplained\n%s", text, whole)
	}
	return len(pack), len(text)
}

// Every worked example of every shipped rulebook, in every scheme: these are on every boundary.
func TestPacksOfTheShippedRulebooks(t *testing.T) {
	for _, id := range rulebooks.IDs() {
		t.Run(id, func(t *testing.T) {
			files, err := rulebooks.Load(id)
			if err != nil {
				t.Fatal(err)
			}
			book, _ := rule.Parse(files)
			if !book.Graded() {
				return
			}
			n, short, long := 0, 0, 0
			rule.EachCase(book, func(p *rule.Program, asOf calendar.Date, s rule.Subject, m rule.Measures, pop *rule.Population) {
				a, b := samePack(t, p, asOf, s, 0, m, pop)
				for name := range s.Fields {
					if !p.Reads(name) {
						delete(s.Fields, name) // what is not read makes no difference
					}
				}
				if _, _, text := packedAs(t, p, asOf, s, 0, m, pop); len(text) != b {
					t.Fatalf("without the fields that are not read: %s", text)
				}
				n, short, long = n+1, short+a, long+b
				decidedEarlier(t, p, asOf, s, m, pop)
			})
			if n == 0 {
				t.Fatal("no example was packed")
			}
			t.Logf("%d verdicts: %d bytes packed, %d whole", n, short/n, long/n)
		})
	}
}

// decidedEarlier lets people decide on the grade of each scheme in turn: the schemes that read it read that grade, packed or whole;
// what follows in the scheme itself, and in those that do not read it, stays as it was.
func decidedEarlier(t *testing.T, p *rule.Program, asOf calendar.Date, s rule.Subject, m rule.Measures, pop *rule.Population) {
	t.Helper()
	before, x := p.Explain(s, 0, m, pop)
	for _, scheme := range p.Schemes() {
		read := slices.IndexFunc(x.Schemes, func(e rule.ExplainedScheme) bool { return e.Scheme == scheme.ID })
		for _, label := range scheme.Labels {
			s.Decided = map[string]string{scheme.ID: label.Code}
			samePack(t, p, asOf, s, 0, m, pop)
			after, y := p.Explain(s, 0, m, pop)
			if read < 0 {
				if after != before {
					t.Fatalf("%s is not read by %s, but made %+v of %+v", scheme.ID, p.Scheme().ID, after, before)
				}
				continue
			}
			if got, was := y.Schemes[read], x.Schemes[read]; got.Code != label.Code || got.Decided != (was.Code != label.Code) {
				t.Fatalf("%s decided as %s is read as %+v, before %+v", scheme.ID, label.Code, got, was)
			}
		}
		s.Decided = map[string]string{scheme.ID: "no such grade"}
		if after, _ := p.Explain(s, 0, m, pop); after != before {
			t.Fatalf("a grade that %s does not have made %+v of %+v", scheme.ID, after, before)
		}
	}
}

// What customers and their facts bring along may hold anything.
func TestPackKeepsAnyText(t *testing.T) {
	book, _ := rule.Parse(map[string][]byte{rule.FileRulebook: []byte(`
rulebook: texts
version: 1.0.0
title: texts
measures:
  sales: {sum: amount, of: order, unit: CNY}
  any: {sum: amount, of: order}
judgements:
  told: {title: told, values: {"a\"b": x, c: y}, missing: undecided}
  rate: {title: rate, range: [0, 10]}
scorecards:
  total:
    items:
      - {measure: sales, missing: worst, points: {bands: [[10, 10], {otherwise: true, points: 1}]}}
      - {field: customer.region, points: {values: {x: 1}, otherwise: 2}}
      - {judged: rate, missing: neutral, weight: 0.333333}
grades:
  scheme: s
  from: total
  labels: [{code: A, title: A}, {code: B, title: "B<&>\u2028"}]
  bands: [{code: A, at_least: 12}, {code: B, otherwise: true}]
`)})
	p, problems := rule.Compile(book, nil)
	if p == nil {
		t.Fatal(problems)
	}
	asOf, _ := calendar.Parse("2026-01-31")
	for _, text := range []string{"", "x", "a\"b", "\\", "<&>", "\x00\x01\x1f", "\u2028", "客户", string([]byte{0xff, 'a'}), "\x01" + "0", "a text that is longer than one digit of its length can say"} {
		for _, currency := range []string{"CNY", "USD", text} {
			fold := p.NewFold(asOf)
			fold.Add(&rule.Fact{ID: 1, Kind: "order", On: asOf, Amount: 12345, HasAmount: true, Currency: currency})
			s := rule.Subject{Fields: map[string]any{"region": text}, Judged: map[string]string{"rate": "3.5", "told": text}}
			samePack(t, p, asOf, s, 0, fold.Measures(), nil)
			s.Judged = map[string]string{"rate": text}
			samePack(t, p, asOf, s, 0, fold.Measures(), nil)
		}
	}
}

// A damaged pack or frame is refused, whatever is wrong with it, and never taken for an explanation without saying so.
func TestDamagedPacksAreRefused(t *testing.T) {
	p := shipped(t, "dealer-annual-grading")
	asOf, _ := calendar.Parse("2026-01-31")
	fold := p.NewFold(asOf)
	fold.Add(&rule.Fact{ID: 1, Kind: "order", On: asOf, Amount: 12345, HasAmount: true, Currency: "CNY", Status: "shipped"})
	k, err := p.NewPacker(asOf)
	if err != nil {
		t.Fatal(err)
	}
	_, pack := k.Pack(new(rule.Scratch), nil, rule.Subject{}, 0, fold.Measures(), nil)
	whole, err := k.Frame().Unpack(pack)
	if err != nil {
		t.Fatal(err)
	}
	for n := range pack {
		if text, err := k.Frame().Unpack(pack[:n]); err == nil && json.Valid(text) || err != nil && !errors.Is(err, rule.ErrPack) {
			t.Errorf("the first %d bytes give %q, %v", n, text, err)
		}
	}
	if !json.Valid(whole) {
		t.Errorf("%s", whole)
	}
	for _, frame := range []string{"", "{}", `{"format":2,"slots":0,"pieces":[]}`, `{"format":1,"slots":-1,"pieces":[]}`} {
		if _, err := rule.ReadFrame([]byte(frame)); !errors.Is(err, rule.ErrPack) {
			t.Errorf("frame %q: %v", frame, err)
		}
	}
	for _, piece := range []string{"\x010", "\x01", "\x02", "\x020", "\x030", "\x0300", "\x040", "\x05", "\x07", "\x1f0", "\x02o", "\x02~"} {
		text, err := json.Marshal(map[string]any{"format": 1, "slots": 0, "pieces": []string{piece}})
		if err != nil {
			t.Fatal(err)
		}
		f, err := rule.ReadFrame(text)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := f.Unpack([]byte("0")); !errors.Is(err, rule.ErrPack) {
			t.Errorf("piece %q gives %q, %v", piece, got, err)
		}
	}
}

func FuzzUnpack(f *testing.F) {
	f.Add([]byte(`{"format":1,"slots":5,"pieces":["{\u00010,\u000300","\u00020","}"]}`), []byte("11x01"))
	f.Fuzz(func(t *testing.T, frame, pack []byte) {
		if fr, err := rule.ReadFrame(frame); err == nil && len(frame) < 1<<12 {
			_, _ = fr.Unpack(pack)
		}
	})
}

func BenchmarkPackDealer(b *testing.B) {
	asOf, _ := calendar.Parse("2026-01-01")
	p := shipped(b, "dealer-annual-grading")
	fold := p.NewFold(asOf)
	for _, f := range benchFacts(asOf) {
		fold.Add(&f)
	}
	k, err := p.NewPacker(asOf)
	if err != nil {
		b.Fatal(err)
	}
	s := rule.Subject{Fields: map[string]any{"kind": "dealer", "first_fact_on": asOf.AddDays(-700)}}
	var buf []byte
	var scratch rule.Scratch
	b.ReportAllocs()
	for b.Loop() {
		_, buf = k.Pack(&scratch, buf[:0], s, 0, fold.Measures(), nil)
	}
	b.ReportMetric(float64(len(buf)), "B/customer")
}
