package rule

import (
	"sort"
	"strings"

	"kezhi/internal/expr"
	"kezhi/internal/money"
)

// function is one way to write a measure.
type function struct {
	fn   fn
	word word
	name string
}

// functions lists what the measure is written with; exactly one must be.
func (m *measureSpec) functions() []function {
	all := []function{
		{fnSum, m.Sum, "sum"},
		{fnCount, m.Count, "count"},
		{fnAverage, m.Average, "average"},
		{fnMin, m.Min, "min"},
		{fnMax, m.Max, "max"},
		{fnLast, m.Last, "last"},
		{fnDistinct, m.Distinct, "distinct"},
		{fnDaysLast, m.DaysSince, "days_since"},
		{fnStreak, m.Streak, "streak"},
		{fnBalance, m.Balance, "balance_average"},
		{fnGrowth, m.Growth, "growth"},
		{fnShare, m.Share, "share"},
		{fnTotal, m.Total, "total"},
		{fnPercentile, m.Percentile, "percentile"},
		{fnQuintile, m.Quintile, "quintile"},
	}
	for _, several := range []struct {
		fn   fn
		of   words
		name string
	}{{fnRatio, m.Ratio, "ratio"}, {fnSumOf, m.SumOf, "sum_of"}, {fnDifference, m.Difference, "difference"}} {
		if len(several.of) > 0 {
			all = append(all, function{several.fn, several.of[0], several.name})
		}
	}
	var out []function
	for _, f := range all {
		if f.word.set() {
			out = append(out, f)
		}
	}
	return out
}

// measures compiles all measures: first those on facts, then those on other measures.
func (k *compiler) measures() {
	list := k.b.spec.Measures.List
	if len(list) > maxMeasures {
		k.report("measure.too_many", list[maxMeasures].Name.pos, "", itoa(maxMeasures))
		list = list[:maxMeasures]
	}
	k.p.measures = make([]measure, len(list))
	k.p.measureIndex = make(map[string]int, len(list))
	for i := range list {
		k.p.measureIndex[list[i].Name.S] = i
	}
	for i := range list {
		k.head(i, list[i].Name, &list[i].Value)
	}
	for i := range list {
		if k.p.measures[i].fn.base() {
			k.base(&k.p.measures[i], &list[i].Value)
			k.missingValue(&k.p.measures[i], &list[i].Value)
		}
	}
	for i := range list {
		if f := k.p.measures[i].fn; f != 0 && !f.base() {
			k.operands(&k.p.measures[i], &list[i].Value)
		}
	}
	k.inOrder()
	for _, i := range k.p.order {
		k.derived(&k.p.measures[i], &list[i].Value)
		k.missingValue(&k.p.measures[i], &list[i].Value)
	}
}

// head sets what every measure has.
func (k *compiler) head(i int, name word, s *measureSpec) {
	m := &k.p.measures[i]
	*m = measure{
		name: name.S, title: titleOr(s.Title, name.S), clause: s.Clause.S, at: name.pos, den: 1,
		slot: -1, prev: -1, within: -1, rank: -1, assumed: s.Assumed.yes(), unit: k.resolve(s.Unit),
	}
	fs := s.functions()
	switch {
	case len(fs) == 0:
		k.report("measure.no_function", name.pos, "", name.S)
		return
	case len(fs) > 1:
		k.report("measure.two_functions", fs[1].word.pos, "", name.S, fs[0].name, fs[1].name)
	}
	m.fn = fs[0].fn
}

func (k *compiler) missingValue(m *measure, s *measureSpec) {
	if !s.Missing.set() {
		return
	}
	text := k.resolve(s.Missing)
	if text == "refuse" {
		return
	}
	v, ok := parseRat(text)
	if ok && m.whole {
		v, ok = v.scaledTo(m.valueDen(m.currency))
	}
	if !ok {
		k.report("measure.missing", s.Missing.pos, "", text)
		return
	}
	m.hasDefault, m.deflt = true, v
	m.nonNegative = m.nonNegative && v.num >= 0
}

// valueDen gives the denominator of the measure's whole values: the minor units of the currency, or the column's.
func (m *measure) valueDen(currency string) int64 {
	if m.money {
		return tens[exponent(currency)]
	}
	return m.den
}

func titleOr(t titleNode, name string) Text {
	if t.Zh == "" && t.En == "" {
		return Text{Zh: name, En: name}
	}
	return t.Text
}

// base compiles a measure on facts into an accumulator behind a gate.
func (k *compiler) base(m *measure, s *measureSpec) {
	kinds := k.kinds(m, s)
	m.win = k.window(&s.Window)
	m.whole = m.fn != fnAverage && m.fn != fnBalance
	acc := accPlan{}
	gate := gatePlan{kinds: kinds, win: m.win}
	source := s.functions()[0].word
	switch m.fn {
	case fnCount:
		acc.op = accCount
		m.unit = orUnit(m.unit, "count")
	case fnDistinct:
		k.distinct(&acc, source)
		m.unit = orUnit(m.unit, "count")
	case fnDaysLast:
		k.daysSince(m, &acc, source)
	case fnStreak:
		k.streak(&acc, source)
		m.months = acc.months
		m.unit = orUnit(m.unit, "count")
	case fnBalance:
		acc.op, acc.win, gate.win = accLevel, m.win, window{}
		k.column(m, &acc, source, kinds)
		if !s.Window.Length.set() && !s.Window.From.set() {
			k.report("measure.balance_window", m.at, m.clause, m.name)
		}
	case fnSum, fnAverage, fnMin, fnMax, fnLast:
		acc.op = map[fn]accOp{fnSum: accSum, fnAverage: accSum, fnMin: accMin, fnMax: accMax, fnLast: accLast}[m.fn]
		k.column(m, &acc, source, kinds)
	}
	m.nonNegative = measureDomain(m).hasLo
	k.conversion(m, &acc, s)
	k.grouping(m, s)
	if s.Where.set() {
		gate.where = s.Where.S
		gate.pred = k.predicate(s.Where, k.factVars(kinds))
	}
	m.slot = k.accumulate(gate, acc)
}

func orUnit(unit, fallback string) string {
	if unit == "" {
		return fallback
	}
	return unit
}

// kinds gives the kinds of facts a measure reads.
func (k *compiler) kinds(m *measure, s *measureSpec) []string {
	from := s.Of
	if m.fn == fnCount && len(from) == 0 {
		from = words{s.Count}
	}
	if len(from) == 0 {
		k.report("measure.of", m.at, m.clause, m.name)
		return nil
	}
	var kinds []string
	for _, w := range from {
		kinds = append(kinds, w.S)
		k.kindsUsed = append(k.kindsUsed, w)
	}
	sort.Strings(kinds)
	return kinds
}

func (k *compiler) distinct(acc *accPlan, source word) {
	switch source.S {
	case "document":
		acc.op, acc.field = accDistinctBytes, fieldDocument
	case "product":
		acc.op, acc.field = accDistinctBytes, fieldProduct
	case "date":
		acc.op = accDistinctDay
	case "month":
		acc.op = accDistinctMonth
	default:
		k.unknownName("measure.distinct", source.pos, source.S, []string{"document", "product", "date", "month"})
	}
	if acc.field != 0 {
		k.need(acc.field)
	}
}

func (k *compiler) daysSince(m *measure, acc *accPlan, source word) {
	acc.op = accLastInstant
	switch source.S {
	case "last":
	case "first":
		m.fn, acc.op = fnDaysFirst, accFirstInstant
	default:
		k.unknownName("measure.days_since", source.pos, source.S, []string{"first", "last"})
	}
	k.p.needs.At = true
	m.unit = orUnit(m.unit, "day")
}

// streak finds the length of the periods that are counted.
func (k *compiler) streak(acc *accPlan, source word) {
	acc.op = accStreak
	switch source.S {
	case "month":
		acc.months = 1
	case "quarter":
		acc.months = 3
	case "year":
		acc.months = 12
	default:
		acc.months = 1
		k.unknownName("measure.streak", source.pos, source.S, []string{"month", "quarter", "year"})
	}
}

// column finds the field a measure adds up.
func (k *compiler) column(m *measure, acc *accPlan, source word, kinds []string) {
	switch source.S {
	case "amount":
		acc.field, m.money = fieldAmount, true
		k.moneyUnit(m)
		return
	case "quantity":
		acc.field, m.den = fieldQuantity, 1000
		k.need(fieldQuantity)
		return
	}
	acc.field, acc.attr, m.den = fieldAttr, source.S, micro
	k.need(fieldAttr)
	var names []string
	for _, kind := range kinds {
		f := k.b.spec.Facts.get(kind)
		if f == nil {
			continue
		}
		if a := f.Attrs.get(source.S); a != nil && a.Type.S == "number" {
			m.unit = orUnit(m.unit, a.Unit.S)
			return
		}
		names = append(names, f.Attrs.names()...)
	}
	k.unknownName("measure.unknown_field", source.pos, source.S, append([]string{"amount", "quantity"}, names...))
}

// moneyUnit takes the measure's unit, or the rulebook's currency, as the currency bounds are written in.
func (k *compiler) moneyUnit(m *measure) {
	m.currency = m.unit
	if m.currency == "" {
		m.currency = k.resolve(k.b.spec.Currency)
	}
	if m.currency != "" && !money.ValidCurrency(m.currency) {
		k.report("measure.currency", m.at, m.clause, m.currency)
		m.currency = ""
	}
	m.unit = m.currency
}

// factVars are the variables of a `where` on facts of these kinds.
func (k *compiler) factVars(kinds []string) []expr.Var {
	vars := append([]expr.Var(nil), factVars...)
	seen := map[string]bool{}
	for _, kind := range kinds {
		f := k.b.spec.Facts.get(kind)
		if f == nil {
			continue
		}
		for _, a := range f.Attrs.List {
			if seen[a.Name.S] || factFields[a.Name.S] != 0 {
				continue
			}
			seen[a.Name.S] = true
			v := expr.Var{Name: a.Name.S, Kind: expr.Text}
			if a.Value.Type.S == "number" {
				v.Kind = expr.Number
			}
			vars = append(vars, v)
		}
	}
	return vars
}

// accumulate adds an accumulator, sharing gates and accumulators that are the same, and gives its slot.
func (k *compiler) accumulate(gate gatePlan, acc accPlan) int {
	p := k.p
	for i := range p.gates {
		g := &p.gates[i]
		if g.win != gate.win || g.prev != gate.prev || g.where != gate.where || strings.Join(g.kinds, ",") != strings.Join(gate.kinds, ",") {
			continue
		}
		for _, a := range g.accs {
			acc.slot, acc.set = a.slot, a.set
			if a == acc {
				return a.slot
			}
		}
		return k.newSlot(g, acc)
	}
	p.gates = append(p.gates, gate)
	return k.newSlot(&p.gates[len(p.gates)-1], acc)
}

func (k *compiler) newSlot(g *gatePlan, acc accPlan) int {
	acc.slot = k.p.slots
	k.p.slots++
	acc.set = 0
	switch acc.op {
	case accDistinctBytes:
		acc.set = k.p.sets
		k.p.sets++
	case accLevel:
		acc.set = len(k.p.levels)
		k.p.levels = append(k.p.levels, levelPlan{win: acc.win, prev: acc.prev, slot: acc.slot})
	}
	g.accs = append(g.accs, acc)
	return acc.slot
}
