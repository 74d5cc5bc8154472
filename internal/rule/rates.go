package rule

import (
	"math/bits"
	"sort"

	"kezhi/internal/calendar"
	"kezhi/internal/expr"
	"kezhi/internal/money"
)

// maxRatePlaces and maxRate bound an exchange rate so that converting needs no more than 128 bits.
const (
	maxRatePlaces = 10
	maxRate       = 1_000_000
)

// rateTable is the rates of one currency, from the earliest day to the latest.
type rateTable struct {
	currency string
	lines    []rateLine
}

// rateLine converts minor units: amount · mul / div.
type rateLine struct {
	from     calendar.Date
	mul, div int64
	text     string // the rate as a plain decimal
	at       pos
	clause   string
}

// rates compiles the exchange rates.
func (k *compiler) rates() {
	node := &k.b.spec.Rates
	if !node.written() {
		return
	}
	home := k.resolve(k.b.spec.Currency)
	if !money.ValidCurrency(home) {
		k.report("rate.no_currency", node.pos, "")
		return
	}
	k.p.home, k.p.ratesKept = home, node.Kept.set()
	if w := node.Kept; w.set() && w.S != keptRates {
		k.unknownName("value.one_of", w.pos, w.S, []string{keptRates})
	}
	for i := range node.List {
		s := &node.List[i]
		currency := k.resolve(s.Currency)
		if !money.ValidCurrency(currency) || currency == home {
			k.report("rate.currency", s.Currency.pos, s.Clause.S, currency)
			continue
		}
		from, ok := k.date(s.From)
		line, fits := k.rate(s, currency, home)
		if !ok || !fits {
			continue
		}
		line.from = from
		k.rateLine(currency, line)
	}
}

func (k *compiler) rate(s *rateSpec, currency, home string) (rateLine, bool) {
	text := k.resolve(s.Rate)
	line, ok := rateLineOf(text, currency, home)
	if !ok {
		k.report("rate.value", s.Rate.pos, s.Clause.S, text)
		return rateLine{}, false
	}
	line.at, line.clause = s.pos, s.Clause.S
	return line, true
}

// rateLineOf reads a rate; ok is false when it is no decimal above zero, below a million, with at most ten places.
func rateLineOf(text, currency, home string) (line rateLine, ok bool) {
	d, ok := expr.ParseDecimal(text)
	if !ok || d.Coef <= 0 || d.Scale > maxRatePlaces || d.Coef/tens[d.Scale] >= maxRate {
		return rateLine{}, false
	}
	line = rateLine{mul: d.Coef, div: tens[d.Scale], text: d.String()}
	if shift := exponent(currency) - exponent(home); shift >= 0 {
		line.div *= tens[shift]
	} else {
		line.mul *= tens[-shift]
	}
	return line, true
}

// rateLine adds a line, reporting one that is out of order or occurs twice.
func (k *compiler) rateLine(currency string, line rateLine) {
	for i := range k.p.rates {
		t := &k.p.rates[i]
		if t.currency != currency {
			continue
		}
		switch last := t.lines[len(t.lines)-1].from; {
		case line.from == last:
			k.report("rate.duplicate", line.at, line.clause, currency, line.from.String())
		case line.from < last:
			k.report("rate.order", line.at, line.clause, currency, line.from.String(), last.String())
		default:
			t.lines = append(t.lines, line)
		}
		return
	}
	k.p.rates = append(k.p.rates, rateTable{currency, []rateLine{line}})
}

// conversion compiles `convert` on an amount.
func (k *compiler) conversion(m *measure, acc *accPlan, s *measureSpec) {
	if !s.Convert.set() || !k.truth(s.Convert) {
		return
	}
	k.ratesUsed = true
	home := k.resolve(k.b.spec.Currency)
	switch {
	case !m.money:
		k.report("measure.convert", s.Convert.pos, m.clause, m.name)
	case !k.b.spec.Rates.written():
		k.report("measure.no_rates", s.Convert.pos, m.clause, m.name)
	case m.currency != home:
		k.report("measure.convert_unit", s.Convert.pos, m.clause, m.name, m.currency, home)
	default:
		m.convert, acc.convert = true, true
	}
}

// checkRates reports rates that no measure uses.
func (k *compiler) checkRates() {
	switch node := &k.b.spec.Rates; {
	case k.ratesUsed:
	case len(node.List) > 0:
		s := &node.List[0]
		k.report("rate.unused", s.pos, s.Clause.S, s.Currency.S)
	case node.Kept.set():
		k.report("rate.unused", node.Kept.pos, "", node.Kept.S)
	}
}

// rateOn finds the rate of a currency on a day.
func (p *Program) rateOn(currency string, on calendar.Date) (table, line int, ok bool) {
	for i := range p.rates {
		t := &p.rates[i]
		if t.currency != currency {
			continue
		}
		n := sort.Search(len(t.lines), func(j int) bool { return t.lines[j].from > on })
		return i, n - 1, n > 0
	}
	return 0, 0, false
}

// convert gives an amount in minor units of the rulebook's currency, rounded half to even; ok is false when it does not
// fit.
func (l *rateLine) convert(amount int64) (int64, bool) {
	hi, lo := bits.Mul64(magnitude(amount), uint64(l.mul))
	div := uint64(l.div)
	if hi >= div {
		return 0, false
	}
	q, rest := bits.Div64(hi, lo, div)
	if rest > div-rest || rest == div-rest && q&1 == 1 {
		q++
	}
	if q > 1<<62 {
		return 0, false
	}
	if amount < 0 {
		return -int64(q), true
	}
	return int64(q), true
}

// toHome converts an amount into the rulebook's currency by the rate of its day.
func (p *Program) toHome(c *columnValue, on calendar.Date) {
	if c.currency == p.home {
		return
	}
	table, line, ok := p.rateOn(c.currency, on)
	if !ok {
		c.odd = true
		return
	}
	c.currency, c.converted = p.home, true
	c.table, c.line = table, line
	c.num, ok = p.rates[table].lines[line].convert(c.num)
	c.over = !ok
}
