package rule_test

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"pgregory.net/rapid"
)

// maker draws a random rulebook and company.
type maker struct {
	*rapid.T
	b    *nBook
	asOf nDate
}

func (k maker) n(lo, hi int, label string) int { return rapid.IntRange(lo, hi).Draw(k.T, label) }

// one is true once in n times.
func (k maker) one(n int, label string) bool { return k.n(1, n, label) == 1 }

func (k maker) of(label string, list ...string) string {
	return rapid.SampledFrom(list).Draw(k.T, label)
}

func (k maker) book() *nBook {
	k.b.currency = "CNY"
	if k.one(4, "no currency") {
		k.b.currency = ""
	} else if k.one(2, "rates") {
		k.rates()
	}
	for i := range k.n(2, 6, "base measures") {
		k.b.measures = append(k.b.measures, k.base("m"+strconv.Itoa(i)))
	}
	for i := range k.n(0, 6, "derived measures") {
		if m := k.derived("d" + strconv.Itoa(i)); m != nil {
			k.b.measures = append(k.b.measures, m)
		}
	}
	for i := range k.n(0, 2, "judgements") {
		j := nJudgement{name: "j" + strconv.Itoa(i)}
		if k.one(2, "ranged") {
			j.lo, j.hi = strconv.Itoa(k.n(-5, 0, "lo")), strconv.Itoa(k.n(1, 9, "hi"))
		} else {
			j.values = []string{"good", "fair", "poor"}
			j.missing = k.of("missing judgement", "", "refuse", "fair")
		}
		k.b.judgements = append(k.b.judgements, j)
	}
	for i := range k.n(0, 2, "requires") {
		if m := k.comparable("required", func(m *nMeasure) bool { return !m.late }); m != nil && k.one(2, "require") {
			k.b.requires = append(k.b.requires, nRequire{measure: m.name, reason: "r" + strconv.Itoa(i), bound: k.bound(m)})
		}
	}
	k.grades()
	k.adjusted(&k.b.grades, nil)
	earlier := []string{"s"}
	for n := range k.n(0, 2, "further schemes") {
		g := k.further(n+2, earlier)
		k.b.more = append(k.b.more, g)
		earlier = append(earlier, g.scheme)
	}
	if all := k.b.schemes(); !k.one(3, "nothing is signed for") {
		g := all[k.n(0, len(all)-1, "signed scheme")]
		g.signs, g.first = g.labels[k.n(0, 2, "signed grade")], k.one(2, "holds at first")
	}
	k.b.measures = rapid.Permutation(k.b.measures).Draw(k.T, "order")
	return k.b
}

func (k maker) rates() {
	for _, currency := range []string{"USD", "JPY", "KWD"} {
		from := k.asOf.AddDate(0, 0, -k.n(100, 700, "first rate"))
		for range k.n(0, 2, "rate lines") {
			k.b.rates = append(k.b.rates, nRate{currency, k.of("rate", "7.1884", "0.05", "1", "6.5", "0.25", "23.0000000001"), from})
			from = from.AddDate(0, 0, k.n(1, 200, "rate holds"))
		}
	}
}

func (k maker) window() nWindow {
	n, d := k.n(1, 14, "months"), k.n(0, 40, "days")
	months := fmt.Sprintf("P%dM", n)
	switch k.of("window", "all", "rolling", "days", "both", "months", "year", "last_year", "fixed") {
	case "rolling":
		return nWindow{text: months, kind: "rolling", months: n, growable: true}
	case "days":
		return nWindow{text: fmt.Sprintf("P%dD", d+1), kind: "rolling", days: d + 1, growable: true}
	case "both":
		return nWindow{text: fmt.Sprintf("P%dM%dD", n, d), kind: "rolling", months: n, days: d, growable: true}
	case "months":
		return nWindow{text: "{length: " + months + ", from: month_start}", kind: "months", months: n, growable: true}
	case "year":
		return nWindow{text: "year", kind: "year", growable: true}
	case "last_year":
		return nWindow{text: "last_year", kind: "last_year", growable: true}
	case "fixed":
		from := k.asOf.AddDate(0, 0, -k.n(0, 600, "from"))
		to := from.AddDate(0, 0, k.n(0, 300, "to"))
		return nWindow{text: "{from: " + from.Format("2006-01-02") + ", to: " + to.Format("2006-01-02") + "}", kind: "fixed", from: from, to: to}
	}
	return nWindow{text: k.of("whole history", "", "all")}
}

func (k maker) where(payments bool) *nWhere {
	amount := func(f *nFact, op string, n int64) bool {
		c := f.money().Cmp(big.NewRat(n, 1))
		return f.hasAmount && (op == ">=" && c >= 0 || op == "<" && c < 0)
	}
	list := []nWhere{
		{`status == "open"`, func(f *nFact) bool { return f.status == "open" }},
		{`status != "open" && amount >= 5`, func(f *nFact) bool { return f.status != "open" && amount(f, ">=", 5) }},
		{`status in ["open", "paid"]`, func(f *nFact) bool { return f.status == "open" || f.status == "paid" }},
		{`amount < 20`, func(f *nFact) bool { return amount(f, "<", 20) }},
		{`quantity > 1.5`, func(f *nFact) bool { return f.quantity > 1500 }},
		{`currency == "CNY"`, func(f *nFact) bool { return f.currency == "CNY" }},
		{`product == "p1" || amount >= 10`, func(f *nFact) bool { return f.prod == "p1" || amount(f, ">=", 10) }},
		{`document != "a"`, func(f *nFact) bool { return f.doc != "a" }},
		{`date >= "2025-03-31"`, func(f *nFact) bool { return !f.on.Before(nDay(2025, 3, 31)) }},
		{`kind == "order" || status == "paid"`, func(f *nFact) bool { return f.kind == "order" || f.status == "paid" }},
	}
	if payments {
		list = append(list,
			nWhere{`channel in ["bank", "cash"]`, func(f *nFact) bool { return f.channel == "bank" || f.channel == "cash" }},
			nWhere{`days <= 30`, func(f *nFact) bool { return f.days != "" && ratOf(f.days).Cmp(num(30)) <= 0 }})
	}
	one := list[k.n(0, len(list)-1, "where")]
	return &one
}

func (k maker) base(name string) *nMeasure {
	m := &nMeasure{name: name, of: []string{"order"}, whole: true, window: k.window()}
	m.fn = k.of("function", "sum", "sum", "count", "average", "min", "max", "last", "distinct", "days_since", "streak", "balance_average")
	if k.one(3, "payments") {
		m.of = []string{"payment"}
	} else if k.one(3, "both kinds") {
		m.of = []string{"order", "payment"}
	}
	payments := slices.Contains(m.of, "payment")
	if k.one(2, "condition") {
		m.where = k.where(payments)
	}
	m.growable = m.window.growable
	switch m.fn {
	case "count":
		m.class = "count"
	case "distinct":
		m.class, m.col = "count", k.of("distinct", "document", "product", "date", "month")
	case "days_since":
		m.class, m.col, m.growable = "day", k.of("since", "first", "last"), false
	case "streak":
		m.class, m.col, m.growable = "count", k.of("period", "month", "quarter", "year"), false
	default:
		m.col, m.class = "amount", "money"
		if k.one(4, "another column") {
			m.col, m.class = "quantity", "number"
			if payments {
				m.col, m.class = "days", "day"
			}
		}
		m.convert = m.class == "money" && len(k.b.rates) > 0 && k.one(2, "convert")
		m.whole = m.fn != "average" && m.fn != "balance_average"
	}
	if m.fn == "balance_average" && m.window.text == "" {
		m.window.text = "all"
	}
	m.summable = m.fn == "sum" || m.fn == "count"
	if k.one(4, "default") {
		m.missing = strconv.Itoa(k.n(0, 9, "default value"))
	}
	return m
}

// comparable picks a measure, of those that fit, whose values may be compared with figures.
func (k maker) comparable(label string, fits func(m *nMeasure) bool) *nMeasure {
	return k.pick(label, func(m *nMeasure) bool { return fits(m) && (m.class != "money" || k.b.currency != "") })
}

func (k maker) pick(label string, fits func(m *nMeasure) bool) *nMeasure {
	var list []*nMeasure
	for _, m := range k.b.measures {
		if fits(m) {
			list = append(list, m)
		}
	}
	if len(list) == 0 {
		return nil
	}
	return list[k.n(0, len(list)-1, label)]
}

// derived draws a measure on those there are; nil when none fits.
func (k maker) derived(name string) *nMeasure {
	m := &nMeasure{name: name, fn: k.of("on measures", "ratio", "sum_of", "difference", "growth", "growth", "share", "total", "percentile", "quintile")}
	any := func(*nMeasure) bool { return true }
	early := func(m *nMeasure) bool { return !m.late }
	var a *nMeasure
	switch m.fn {
	case "ratio", "sum_of", "difference":
		a = k.pick("operand", any)
		same := any
		if m.fn != "ratio" {
			same = func(o *nMeasure) bool { return o.class == a.class }
		}
		b := k.pick("operand", same)
		m.ops = []string{a.name, b.name}
		if m.fn == "sum_of" && k.one(3, "three") {
			m.ops = append(m.ops, a.name)
		}
		m.late, m.growable = a.late || b.late, a.growable && b.growable
		m.class = a.class
		m.whole = a.whole && b.whole && k.unitOf(a) == k.unitOf(b)
		m.summable = m.whole && !m.late
		if m.fn == "ratio" {
			m.class, m.whole, m.summable = "number", false, false
		}
		return k.withDefault(m)
	case "growth":
		a = k.pick("operand", func(o *nMeasure) bool { return o.growable && !o.late })
	case "share", "total":
		a = k.pick("operand", func(o *nMeasure) bool { return o.summable && !o.late })
	default:
		a = k.pick("operand", func(o *nMeasure) bool { return o.whole && early(o) })
	}
	if a == nil {
		return nil
	}
	m.ops, m.late = []string{a.name}, m.fn != "growth"
	if m.class = "part"; m.fn == "total" {
		m.class, m.whole = a.class, true
	} else if m.fn == "quintile" {
		m.class = "number"
		m.byRank, m.lowBest = k.one(2, "by rank"), k.one(2, "low is best")
	}
	if m.late {
		m.within = k.of("within", "", "region", "relation")
		if m.fn == "total" && m.within == "" {
			m.within = "relation"
		}
	}
	return k.withDefault(m)
}

func (k maker) withDefault(m *nMeasure) *nMeasure {
	if k.one(5, "default") {
		m.missing = strconv.Itoa(k.n(0, 9, "default value"))
	}
	return m
}

// unitOf tells whole values of different parts apart: hundredths of money, thousandths of quantities, millionths of fields.
func (k maker) unitOf(m *nMeasure) string {
	if len(m.ops) > 0 {
		return k.unitOf(k.b.measure(m.ops[0]))
	}
	return map[string]string{"amount": "money", "quantity": "quantity", "days": "field"}[m.col]
}

// figure draws a bound for a measure.
func (k maker) figure(m *nMeasure, label string) string {
	switch m.class {
	case "part":
		return k.of(label, "0", "10%", "25%", "0.5", "33.3%", "100%", "-5%", "120%")
	case "money":
		return k.of(label, "0", "1", "5", "10.5", "20", "99.99", "-3", "1_000")
	}
	return k.of(label, "0", "1", "2", "3", "5", "1.5", "10", "30", "-1")
}

func (k maker) bound(m *nMeasure) nBound {
	b := nBound{loOpen: k.one(2, "above"), hiOpen: k.one(2, "below")}
	lo, hi := k.figure(m, "low"), k.figure(m, "high")
	switch c := ratOf(lo).Cmp(ratOf(hi)); {
	case c == 0 || k.one(3, "one side"):
		b.hiOpen = false
		if b.lo = lo; k.one(2, "high only") {
			b = nBound{hi: hi, hiOpen: k.one(2, "below")}
		}
	case c > 0:
		b.lo, b.hi = hi, lo
	default:
		b.lo, b.hi = lo, hi
	}
	if b.lo != "" && b.hi != "" && k.one(4, "inclusive false") {
		b.loOpen, b.hiOpen, b.turned = false, true, true
	}
	return b
}

// bands draws bands from high to low or from low to high, with the rest at the end.
func (k maker) bands(figure func(label string) string, up bool) []nBand {
	var cuts []string
	for range k.n(1, 4, "bands") {
		c := figure("line")
		if !slices.ContainsFunc(cuts, func(o string) bool { return ratOf(o).Cmp(ratOf(c)) == 0 }) {
			cuts = append(cuts, c)
		}
	}
	slices.SortFunc(cuts, func(a, b string) int {
		if up {
			return ratOf(a).Cmp(ratOf(b))
		}
		return ratOf(b).Cmp(ratOf(a))
	})
	var out []nBand
	for _, c := range cuts {
		b := nBand{points: k.points("band points")}
		switch {
		case up:
			b.hi, b.hiOpen = c, k.one(2, "below")
		case k.one(3, "short"):
			b.lo, b.short = c, true
		default:
			b.lo, b.loOpen = c, k.one(2, "above")
		}
		out = append(out, b)
	}
	return append(out, nBand{nBound: nBound{otherwise: true}, points: k.points("other points")})
}

func (k maker) points(label string) string {
	return k.of(label, "0", "1", "2.5", "10", "20", "-5", "0.01", "40")
}

// when draws conditions that must all hold.
func (k maker) when(score bool, earlier []string) []nCond {
	var out []nCond
	used := map[string]bool{}
	for range k.n(1, 2, "conditions") {
		var c nCond
		switch k.of("condition on", "measure", "measure", "region", "judgement", "score", "scheme") {
		case "scheme":
			if len(earlier) > 0 {
				c = nCond{on: k.of("earlier", earlier...), values: []string{k.of("its grade", "A", "B", "C", "D")}}
			}
		case "region":
			c = nCond{on: "customer.region", values: []string{k.of("region", "east", "west")}}
		case "judgement":
			for _, j := range k.b.judgements {
				if len(j.values) > 0 {
					c = nCond{on: j.name, values: []string{k.of("answer", "good", "fair", "poor", "undecided")}}
				}
			}
		case "score":
			if score && k.b.card != nil {
				b := nBound{lo: strconv.Itoa(k.n(-5, 60, "score line")), loOpen: k.one(2, "above")}
				c = nCond{on: "card", bound: &b}
			}
		}
		if m := k.comparable("measure", func(*nMeasure) bool { return true }); c.on == "" && m != nil {
			b := k.bound(m)
			c = nCond{on: m.name, bound: &b}
			if k.one(5, "values") {
				c = nCond{on: m.name, values: []string{k.figure(m, "value"), "7"}}
			}
		}
		if c.on != "" && !used[c.on] {
			out, used[c.on] = append(out, c), true
		}
	}
	if len(out) == 0 {
		return []nCond{{on: "customer.region", values: []string{"east"}}}
	}
	return out
}

func (k maker) card() {
	k.b.card = &nCard{}
	if k.one(4, "cap") {
		k.b.card.cap = strconv.Itoa(k.n(0, 50, "card cap"))
	}
	for i := range k.n(1, 5, "items") {
		it := nItem{name: "i" + strconv.Itoa(i), missing: k.of("missing", "", "refuse", "neutral", "worst", "3.5", "worst")}
		if k.one(3, "weight") {
			it.weight = k.of("weight", "0.5", "2", "1.25", "0.33")
		}
		if k.one(5, "item cap") {
			it.cap = k.of("item cap", "5", "0", "12.5")
		}
		kind := k.of("item", "measure", "measure", "measure", "judged", "field")
		m := k.comparable("item measure", func(*nMeasure) bool { return true })
		switch {
		case kind == "judged" && len(k.b.judgements) > 0:
			j := k.b.judgements[k.n(0, len(k.b.judgements)-1, "judgement")]
			it.judged = j.name
			for _, v := range j.values {
				it.values = append(it.values, nPoints{v, k.points("answer points")})
			}
			it.values = it.values[:max(0, len(it.values)-k.n(0, 1, "left out"))]
		case kind == "field" || m == nil:
			it.field = "customer.region"
			it.values = []nPoints{{"east", k.points("east")}, {"north", k.points("north")}}
		default:
			it.measure = m.name
			it.bands = k.bands(func(label string) string { return k.figure(m, label) }, k.one(3, "low to high"))
		}
		if len(it.values) > 0 && k.one(2, "otherwise") {
			it.otherwise = k.points("otherwise")
		}
		k.b.card.items = append(k.b.card.items, it)
	}
}

func (k maker) grades() {
	g := &k.b.grades
	g.scheme, g.labels = "s", []string{"A", "B", "C", "D"}
	if k.one(3, "provisional") {
		g.young = k.n(1, 12, "young")
	}
	if k.one(3, "lapses") {
		g.lapses = k.n(1, 24, "lapses")
	}
	way := k.of("grades from", "card", "card", "measure", "table", "table")
	if way == "card" || k.one(2, "card for the table") && way == "table" {
		k.card()
		for range k.n(0, 2, "bonus") {
			k.b.card.bonus = append(k.b.card.bonus, nBonus{when: k.when(false, nil), points: k.of("bonus points", "5", "-2.5", "0.75")})
		}
		for range k.n(0, 2, "vetoes") {
			v := nVeto{when: k.when(true, nil)}
			switch k.of("veto", "grade", "points", "at most") {
			case "grade":
				v.grade = k.of("veto grade", g.labels...)
			case "points":
				v.points = k.points("veto points")
			default:
				v.atMost = k.of("veto at most", g.labels...)
			}
			k.b.card.vetoes = append(k.b.card.vetoes, v)
		}
	}
	if way == "measure" {
		if m := k.comparable("graded", func(*nMeasure) bool { return true }); m != nil {
			g.from = m.name
			g.bands = k.graded(func(label string) string { return k.figure(m, label) })
			return
		}
	}
	if way == "card" {
		g.from = "card"
		g.bands = k.graded(func(label string) string { return strconv.Itoa(k.n(-5, 80, label)) })
		return
	}
	k.table(g, true, nil)
	if k.b.card == nil {
		return
	}
	score := nCond{on: "card", bound: &nBound{lo: strconv.Itoa(k.n(-5, 60, "score line"))}}
	if first := &g.table[0]; g.hit != "unique" {
		first.when = []nCond{score}
	} else if !slices.ContainsFunc(first.when, func(c nCond) bool { return c.on == "card" }) {
		first.when = append(first.when, score)
	}
}

// graded draws grade bands, best first.
func (k maker) graded(figure func(label string) string) []nBand {
	out := k.bands(figure, k.one(3, "low to high"))
	codes := []string{"A", "B", "C", "D"}
	for i := range out {
		out[i].points, out[i].short = "", false
		if i == len(out)-1 {
			out[i].code = "D"
		} else {
			out[i].code = codes[min(i, 2)]
		}
	}
	return out
}

func (k maker) customer(i int) *nCustomer {
	c := &nCustomer{region: k.of("region", "east", "west", "", "north"), group: k.of("group", "", "g1", "g1", "g2"), judged: map[string]string{}}
	for _, j := range k.b.judgements {
		switch {
		case k.one(3, "not judged"):
		case len(j.values) > 0:
			c.judged[j.name] = k.of("answer", j.values...)
		default:
			c.judged[j.name] = k.of("judged", j.lo, j.hi, "0", "0.25", "50")
		}
	}
	c.before, c.signed = map[string]string{}, map[string]string{}
	for _, g := range k.b.schemes() {
		c.before[g.scheme] = k.of("grade before", append([]string{""}, g.labels...)...)
		c.signed[g.scheme] = k.of("signed for", "", "", "yes", "ended")
	}
	foreign := k.one(4, "foreign customer")
	days := k.days()
	for n, day := range days {
		f := k.fact(int64(100*i + n + 1))
		if f.on = day; !foreign {
			f.currency = "CNY"
		}
		if n > 0 && k.one(8, "reversal") {
			f.reverses = int64(100*i + k.n(1, n, "taken back"))
		}
		c.facts = append(c.facts, f)
	}
	if len(c.facts) > 0 {
		c.first = c.facts[0].on
	}
	return c
}

// days draws the days of facts in order: some close together, some on the edges of a window.
func (k maker) days() []nDate {
	var out []nDate
	day := k.asOf.AddDate(0, 0, -k.n(0, 900, "first day"))
	for range k.n(0, 9, "facts") {
		m := k.b.measures[k.n(0, len(k.b.measures)-1, "edge of")]
		from, to := m.window.span(k.asOf)
		if m.window.growable && k.one(2, "before") {
			from, to = m.window.before(k.asOf)
		}
		if k.one(2, "end") || from.IsZero() {
			from = to
		}
		if k.one(3, "on an edge") {
			out = append(out, from.AddDate(0, 0, k.n(-1, 1, "beside")))
			continue
		}
		out = append(out, day)
		day = day.AddDate(0, 0, k.n(0, 120, "gap"))
	}
	slices.SortFunc(out, nDate.Compare)
	return out
}

func (k maker) fact(id int64) nFact {
	f := nFact{
		id: id, kind: k.of("kind", "order", "order", "payment"), status: k.of("status", "open", "paid", ""),
		doc: k.of("document", "a", "b", "", "c"), prod: k.of("product", "p1", "p2", ""),
		currency: k.of("currency", "CNY", "USD", "JPY", "KWD", "EUR"), quantity: int64(k.n(0, 4, "quantity")) * 750,
	}
	if f.hasAmount = !k.one(8, "no amount"); f.hasAmount {
		f.amount = int64(k.n(-1500, 4000, "amount"))
		if k.one(2, "round amount") {
			f.amount = int64(k.n(-2, 8, "round")) * 500
		}
	} else {
		f.currency = ""
	}
	if f.kind == "payment" {
		f.days, f.channel = k.of("days", "", "30", "29.5", "45"), k.of("channel", "", "bank", "card", "cash")
	}
	if k.one(3, "hour") {
		f.hour = k.n(1, 23, "hour")
	}
	return f
}

// describe writes a company for a failing example.
func (w *nWorld) describe() string {
	var t strings.Builder
	for i, c := range w.customers {
		fmt.Fprintf(&t, "customer %d region %q group %q judged %v before %v\n", i, c.region, c.group, c.judged, c.before)
		for _, f := range c.facts {
			fmt.Fprintf(&t, "  %d %s %s %s %d %v %q q%d doc %q prod %q days %q channel %q reverses %d hour %d\n", f.id, f.on.Format("2006-01-02"),
				f.kind, f.currency, f.amount, f.hasAmount, f.status, f.quantity, f.doc, f.prod, f.days, f.channel, f.reverses, f.hour)
		}
	}
	return t.String()
}
