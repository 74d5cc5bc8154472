package rule_test

import (
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// Schemes beside each other, and what stands between the outcome of one and its grade, for the naive evaluator.

// nLimit bounds the grades some customers may have, best and worst included.
type nLimit struct {
	when        []nCond
	best, worst string
}

// nDormant says who is dormant, and the grade that gives; "" = the grade stays.
type nDormant struct {
	when []nCond
	code string
}

func (b *nBook) schemes() []*nGrades {
	out := []*nGrades{&b.grades}
	for i := range b.more {
		out = append(out, &b.more[i])
	}
	return out
}

func (b *nBook) isScheme(name string) bool {
	return slices.ContainsFunc(b.schemes(), func(g *nGrades) bool { return g.scheme == name })
}

// judge gives the verdicts on customer i, one by scheme, each knowing those before it.
func (w *nWorld) judge(i int) map[string]nVerdict {
	out := map[string]nVerdict{}
	refused := w.met(i)
	w.earlier = map[string]string{}
	for _, g := range w.book.schemes() {
		v := nVerdict{points: map[string]*big.Rat{}, reason: refused}
		if refused == "" {
			w.byScheme(i, g, &v)
			w.sign(i, g, &v)
		}
		if v.code != "" && g.lapses > 0 {
			v.expires = addMonths(w.asOf, g.lapses).Format("2006-01-02")
		}
		if first := w.customers[i].first; v.code != "" && g.young > 0 && !first.IsZero() {
			v.provisional = addMonths(first, g.young).After(w.asOf)
		}
		out[g.scheme], w.earlier[g.scheme] = v, v.code
	}
	return out
}

// byScheme follows the order of the guide: points, vetoes, band or row, hold, limits, the best grade a veto leaves, dormancy.
func (w *nWorld) byScheme(i int, g *nGrades, v *nVerdict) {
	best, decided := 0, false
	if w.book.card != nil && g == &w.book.grades {
		if v.reason = w.addUp(i, v); v.reason == "" {
			best, decided = w.veto(i, v)
		}
	}
	if !decided && v.reason == "" {
		if w.grade(i, g, v); v.code != "" {
			w.keep(i, g, v)
			for _, l := range g.limits {
				w.limit(i, g, l, v)
			}
			v.code = g.labels[max(best, slices.Index(g.labels, v.code))]
		}
	}
	if g.sleep == nil {
		return
	}
	if yes, why := w.all(i, g.sleep.when, v.score); yes && why == "" {
		if v.sleeps = true; g.sleep.code != "" && !decided {
			v.code, v.reason = g.sleep.code, ""
		}
	}
}

// sign leaves a customer below the grade that is signed for, unless it has the signatures, has the grade, or is graded for the first time
// where that is allowed. Signatures that have ended count for less than none.
func (w *nWorld) sign(i int, g *nGrades, v *nVerdict) {
	c := w.customers[i]
	if g.signs == "" || v.code != g.signs || c.signed[g.scheme] == "yes" {
		return
	}
	if before := c.before[g.scheme]; c.signed[g.scheme] == "" && (before == g.signs || before == "" && g.first) {
		return
	}
	v.code, v.proposed = g.labels[slices.Index(g.labels, g.signs)+1], g.signs
}

// writeSigning writes the review that asks for signatures, and the procedure that carries them.
func (b *nBook) writeSigning(line func(...string)) {
	for _, g := range b.schemes() {
		if g.signs == "" {
			continue
		}
		line("review:\n  every: year\n  steps:\n    - {do: approve, scheme: ", g.scheme, ", grade: ", g.signs, ", procedure: sign, between: offer, at_first: ", pick(g.first, "hold", "sign"), "}")
		line("procedures:\n  sign:\n    title: x\n    kind: x\n    about: customer\n    number: \"X-{seq:4}\"\n    steps: {sign: {title: x, do: decide, by: owner, rejected: no, next: yes}}")
		line("    ends: {yes: {title: x, good: true}, no: {title: x}}")
		return
	}
}

// graded gives what the bands are on.
func (w *nWorld) graded(i int, g *nGrades, v *nVerdict) (*big.Rat, string) {
	if g.from == "card" {
		return v.score, ""
	}
	m := w.value(i, g.from, false)
	return m.r, m.why
}

// keep leaves a better grade of before in place while the value is not further from its band than the margin.
func (w *nWorld) keep(i int, g *nGrades, v *nVerdict) {
	before := slices.Index(g.labels, w.customers[i].before[g.scheme])
	if g.hold == "" || before < 0 || before >= slices.Index(g.labels, v.code) {
		return
	}
	value, _ := w.graded(i, g, v)
	for _, b := range g.bands {
		if b.code != g.labels[before] || b.otherwise {
			continue
		}
		// A bound below is crossed downwards, one above upwards: what the value lacks is given to it.
		near := new(big.Rat).Add(value, ratOf(g.hold))
		if b.hi != "" {
			near = new(big.Rat).Sub(value, ratOf(g.hold))
		}
		if b.holds(near) {
			v.code, v.held = g.labels[before], true
			return
		}
	}
}

func (w *nWorld) limit(i int, g *nGrades, l nLimit, v *nVerdict) {
	if yes, why := w.all(i, l.when, v.score); !yes || why != "" {
		return
	}
	at := slices.Index(g.labels, v.code)
	at = max(at, slices.Index(g.labels, l.best))
	v.code = g.labels[min(at, slices.Index(g.labels, l.worst))]
}

// writeGrades writes one scheme as a mapping, several as a list.
func (b *nBook) writeGrades(line func(...string)) {
	line("grades:")
	for _, g := range b.schemes() {
		var one strings.Builder
		g.write(func(parts ...string) { one.WriteString(strings.Join(parts, "") + "\n") })
		mark := "  "
		if len(b.more) > 0 {
			mark = "  - "
		}
		for n, text := range strings.Split(strings.TrimSuffix(one.String(), "\n"), "\n") {
			text = strings.TrimPrefix(text, "  ")
			if n > 0 {
				mark = strings.Repeat(" ", len(mark))
			}
			line(mark, text)
		}
	}
}

// writeRest writes what stands between the outcome and the grade.
func (g *nGrades) writeRest(line func(...string)) {
	if len(g.limits) > 0 {
		line("  limits:")
	}
	for _, l := range g.limits {
		from, to := slices.Index(g.labels, l.best), slices.Index(g.labels, l.worst)
		line("    - {", conds(l.when), ", allow: [", strings.Join(g.labels[from:to+1], ", "), "], title: x}")
	}
	if g.hold != "" {
		line("  hold: {margin: ", g.hold, "}")
	}
	if g.sleep != nil {
		line("  dormant: {", conds(g.sleep.when), optional("code", g.sleep.code), "}")
	}
}

// adjusted draws limits, hold and dormancy of a scheme.
func (k maker) adjusted(g *nGrades, earlier []string) {
	for range k.n(0, 2, "limits") {
		from := k.n(0, 3, "best allowed")
		g.limits = append(g.limits, nLimit{when: k.when(false, earlier), best: g.labels[from], worst: g.labels[k.n(from, 3, "worst allowed")]})
	}
	if g.from != "" && !k.one(4, "no hold") {
		g.hold = k.of("margin", "1", "0.5", "5", "20", "50")
	}
	if k.one(3, "dormant") {
		g.sleep = &nDormant{when: k.when(false, earlier)}
		if k.one(2, "grade of the dormant") {
			g.sleep.code = k.of("dormant grade", g.labels...)
		}
	}
}

// further draws a scheme that is decided after others, by the bands of a measure or a table that may ask for them.
func (k maker) further(n int, earlier []string) nGrades {
	g := nGrades{scheme: "s" + strconv.Itoa(n), labels: []string{"A", "B", "C", "D"}}
	if k.one(4, "lapses") {
		g.lapses = k.n(1, 24, "lapses")
	}
	if m := k.comparable("graded", func(*nMeasure) bool { return true }); m != nil && k.one(2, "bands") {
		g.from, g.bands = m.name, k.graded(func(label string) string { return k.figure(m, label) })
	} else {
		k.table(&g, false, earlier)
	}
	k.adjusted(&g, earlier)
	return g
}

// table draws a decision table. Rows of which only one may hold differ in the region.
func (k maker) table(g *nGrades, score bool, earlier []string) {
	g.hit = k.of("hit", "first", "best", "worst", "any", "unique")
	regions := []string{"east", "west", "north"}
	for n := range k.n(1, 4, "rows") {
		row := nRow{when: k.when(score, earlier), code: k.of("row", g.labels...)}
		if g.hit == "any" && k.one(2, "plain") { // rows that may well disagree
			row.when = []nCond{{on: "customer.region", values: []string{"east", "west", "north"}[n%2 : 2+n%2]}}
		}
		if g.hit == "unique" {
			if n == len(regions) {
				break
			}
			row.when = slices.DeleteFunc(row.when, func(c nCond) bool { return c.on == "customer.region" })
			row.when = append([]nCond{{on: "customer.region", values: regions[n : n+1]}}, row.when...)
		}
		g.table = append(g.table, row)
	}
	g.table = append(g.table, nRow{code: k.of("rest", g.labels...)})
}
