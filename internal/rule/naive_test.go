package rule_test

import (
	"math/big"
	"slices"
	"sort"
	"strings"
	"time"

	"kezhi/internal/rule"
)

// A second, naive evaluator: written from the rulebook guide with big fractions over plain lists of facts, as slow and as
// simple as possible. It shares no evaluation code with the engine.

// nDate is a day; months are added by hand, so that 31 January and a month is the last of February.
type nDate = time.Time

func nDay(y, m, d int) nDate { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }

func addMonths(d nDate, n int) nDate {
	y, m, day := d.Date()
	first := time.Date(y, m+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(day, last)-1)
}

func monthStart(d nDate) nDate { return d.AddDate(0, 0, 1-d.Day()) }

// nFact is a fact as the guide describes it.
type nFact struct {
	id, reverses      int64
	kind, currency    string
	status, doc, prod string
	on                nDate
	hour              int // 0: only the day is known
	amount            int64
	hasAmount         bool
	quantity          int64
	days, channel     string
}

// decimals is the number of places of a currency.
func decimals(currency string) int64 {
	switch currency {
	case "JPY":
		return 1
	case "KWD":
		return 1000
	}
	return 100
}

func (f *nFact) money() *big.Rat { return big.NewRat(f.amount, decimals(f.currency)) }

type nWindow struct {
	text         string
	kind         string // "", rolling, months, year, last_year, fixed
	months, days int
	from, to     nDate
	growable     bool
}

// span gives the first and last day; from is zero for the whole history.
func (w *nWindow) span(asOf nDate) (from, to nDate) {
	to = asOf
	switch w.kind {
	case "rolling":
		from = addMonths(asOf.AddDate(0, 0, -w.days), -w.months).AddDate(0, 0, 1)
	case "months":
		from = addMonths(monthStart(asOf), -w.months)
	case "year":
		from = nDay(asOf.Year(), 1, 1)
	case "last_year":
		from, to = nDay(asOf.Year()-1, 1, 1), nDay(asOf.Year()-1, 12, 31)
	case "fixed":
		from, to = w.from, w.to
		if to.After(asOf) {
			to = asOf
		}
	}
	return from, to
}

// before gives the window of the same length that ends the day before this one begins; a year so far is compared with the
// same days of the year before.
func (w *nWindow) before(asOf nDate) (from, to nDate) {
	from, _ = w.span(asOf)
	to = from.AddDate(0, 0, -1)
	switch w.kind {
	case "rolling":
		once := addMonths(asOf.AddDate(0, 0, -w.days), -w.months)
		from = addMonths(once.AddDate(0, 0, -w.days), -w.months).AddDate(0, 0, 1)
	case "months":
		from = addMonths(from, -w.months)
	case "year":
		from, to = nDay(asOf.Year()-1, 1, 1), addMonths(asOf, -12)
	case "last_year":
		from = nDay(asOf.Year()-2, 1, 1)
	}
	return from, to
}

type nWhere struct {
	text  string
	holds func(f *nFact) bool
}

type nMeasure struct {
	name, fn, col   string
	of              []string
	where           *nWhere
	window          nWindow
	ops             []string
	within          string // "", a field, or relation
	byRank, lowBest bool
	missing         string
	convert         bool
	// class is what values are: money, count, day, number, part. whole, late, growable and summable say what may be made
	// from the measure.
	class                           string
	whole, late, growable, summable bool
}

type nRate struct {
	currency, rate string
	from           nDate
}

type nCustomer struct {
	facts  []nFact // by date
	region string
	group  string
	judged map[string]string
	before map[string]string // grade by scheme, "" = none
	signed map[string]string // by scheme: yes, ended, "" = never
	first  nDate
}

// nVal is a value, or why there is none. n counts the facts behind it.
type nVal struct {
	r        *big.Rat
	currency string
	why      string
	n        int
}

// nWorld is a company on a day.
type nWorld struct {
	book      *nBook
	asOf      nDate
	customers []*nCustomer
	memo      map[string]nVal
	counted   map[int]bool      // customers that meet what is required
	earlier   map[string]string // grades of the schemes decided before, of the customer being judged
}

var seriousness = []string{"", "out_of_data", "mixed_currency", "foreign_currency", "out_of_range", "no_population"}

func worse(a, b string) string {
	return seriousness[max(slices.Index(seriousness, a), slices.Index(seriousness, b))]
}

func ratOf(text string) *big.Rat {
	body, percent := strings.CutSuffix(strings.ReplaceAll(text, "_", ""), "%")
	r, ok := new(big.Rat).SetString(body)
	if !ok {
		panic("not a number: " + text)
	}
	if percent {
		r.Quo(r, big.NewRat(100, 1))
	}
	return r
}

func num(n int) *big.Rat { return big.NewRat(int64(n), 1) }

// value works out a measure of customer i; before asks for the window before.
func (w *nWorld) value(i int, name string, before bool) nVal {
	key := name + "/" + string(rune('0'+i))
	if before {
		key += "/before"
	}
	v, ok := w.memo[key]
	if ok {
		return v
	}
	m := w.book.measure(name)
	switch m.fn {
	case "ratio", "sum_of", "difference", "growth":
		v = w.onOthers(i, m, before)
	case "share", "total", "percentile", "quintile":
		v = w.compared(i, m)
	default:
		v = w.onFacts(i, m, before)
	}
	if v.why == "out_of_data" && m.missing != "" {
		v = nVal{r: ratOf(m.missing), n: v.n}
		if m.class == "money" {
			v.currency = w.book.currency
		}
	}
	w.memo[key] = v
	return v
}

// visible lists the facts a measure reads: of its kinds, up to the as-of date, without what was taken back.
func (w *nWorld) visible(c *nCustomer, m *nMeasure) []nFact {
	gone := map[int64]bool{}
	for _, f := range c.facts {
		if f.reverses != 0 && !f.on.After(w.asOf) {
			gone[f.reverses] = true
		}
	}
	var out []nFact
	for _, f := range c.facts {
		if f.reverses == 0 && !gone[f.id] && !f.on.After(w.asOf) && slices.Contains(m.of, f.kind) && (m.where == nil || m.where.holds(&f)) {
			out = append(out, f)
		}
	}
	return out
}

func (w *nWorld) onFacts(i int, m *nMeasure, before bool) nVal {
	from, to := m.window.span(w.asOf)
	if before {
		from, to = m.window.before(w.asOf)
	}
	facts := w.visible(w.customers[i], m)
	if m.fn == "balance_average" {
		return w.balance(facts, m, from, to)
	}
	facts = slices.DeleteFunc(facts, func(f nFact) bool {
		return f.on.After(to) || !from.IsZero() && f.on.Before(from)
	})
	switch m.fn {
	case "count":
		return nVal{r: num(len(facts)), n: len(facts)}
	case "distinct":
		return nVal{r: num(len(distinctOf(facts, m.col))), n: len(facts)}
	case "days_since":
		return w.daysSince(facts, m.col)
	case "streak":
		return nVal{r: num(streakOf(facts, m.col, to)), n: len(facts)}
	}
	return w.column(facts, m)
}

func distinctOf(facts []nFact, what string) map[string]bool {
	seen := map[string]bool{}
	for _, f := range facts {
		key := map[string]string{
			"document": f.doc, "product": f.prod, "date": f.on.Format("2006-01-02"), "month": f.on.Format("2006-01"),
		}[what]
		if key != "" {
			seen[key] = true
		}
	}
	return seen
}

func (w *nWorld) daysSince(facts []nFact, which string) nVal {
	if len(facts) == 0 {
		return nVal{why: "out_of_data"}
	}
	var at []time.Time
	for _, f := range facts {
		at = append(at, f.on.Add(time.Duration(f.hour)*time.Hour))
	}
	slices.SortFunc(at, time.Time.Compare)
	moment := at[0]
	if which == "last" {
		moment = at[len(at)-1]
	}
	days := 0
	for !moment.AddDate(0, 0, days+1).After(w.asOf) {
		days++
	}
	return nVal{r: num(days), n: len(facts)}
}

// streakOf counts periods with a fact back from the last day of the window.
func streakOf(facts []nFact, period string, to nDate) int {
	months := map[string]int{"month": 1, "quarter": 3, "year": 12}[period]
	index := func(d nDate) int { return (d.Year()*12 + int(d.Month()) - 1) / months }
	has := map[int]bool{}
	for _, f := range facts {
		has[index(f.on)] = true
	}
	at := index(to)
	if !has[at] {
		at--
	}
	n := 0
	for has[at] {
		at--
		n++
	}
	return n
}

// amountOf reads a column of a fact as a number with its currency; why is set for an amount that cannot be converted.
func (w *nWorld) amountOf(f *nFact, m *nMeasure) (r *big.Rat, currency, why string, ok bool) {
	switch m.col {
	case "quantity":
		return big.NewRat(f.quantity, 1000), "", "", true
	case "days":
		if f.days == "" {
			return nil, "", "", false
		}
		return ratOf(f.days), "", "", true
	}
	if !f.hasAmount {
		return nil, "", "", false
	}
	if !m.convert || f.currency == w.book.currency {
		return f.money(), f.currency, "", true
	}
	rate := ""
	for _, line := range w.book.rates {
		if line.currency == f.currency && !line.from.After(f.on) {
			rate = line.rate
		}
	}
	if rate == "" {
		return f.money(), f.currency, "foreign_currency", true
	}
	exact := new(big.Rat).Mul(f.money(), ratOf(rate))
	return nearestCent(exact), w.book.currency, "", true
}

// nearestCent rounds to hundredths, a half to the even one.
func nearestCent(r *big.Rat) *big.Rat {
	cents := new(big.Rat).Mul(r, num(100))
	low := new(big.Int).Div(cents.Num(), cents.Denom()) // rounds down: the divisor is positive
	rest := new(big.Rat).Sub(cents, new(big.Rat).SetInt(low))
	c := rest.Cmp(big.NewRat(1, 2))
	if c > 0 || c == 0 && low.Bit(0) == 1 {
		low.Add(low, big.NewInt(1))
	}
	return new(big.Rat).Quo(new(big.Rat).SetInt(low), num(100))
}

// currencies judges a set of amounts: two currencies cannot be added, and a foreign one not be compared with figures.
func (w *nWorld) currencies(m *nMeasure, all []string, odd bool) (currency, why string) {
	if m.class != "money" {
		return "", ""
	}
	if len(all) == 0 {
		return w.book.currency, ""
	}
	slices.Sort(all)
	switch {
	case odd:
		return "", "foreign_currency"
	case len(slices.Compact(all)) > 1:
		return "", "mixed_currency"
	case w.book.currency != "" && all[0] != w.book.currency:
		return all[0], "foreign_currency"
	}
	return all[0], ""
}

func (w *nWorld) column(facts []nFact, m *nMeasure) nVal {
	var numbers []*big.Rat
	var all []string
	odd := false
	for i := range facts {
		r, currency, why, ok := w.amountOf(&facts[i], m)
		if !ok {
			continue
		}
		odd = odd || why != ""
		numbers, all = append(numbers, r), append(all, currency)
	}
	currency, why := w.currencies(m, all, odd)
	v := nVal{r: new(big.Rat), currency: currency, why: why, n: len(numbers)}
	if len(numbers) == 0 && m.fn != "sum" {
		v.why = "out_of_data"
	}
	if v.why != "" {
		return v
	}
	for i, r := range numbers {
		switch {
		case m.fn == "sum" || m.fn == "average":
			v.r.Add(v.r, r)
		case m.fn == "last", i == 0, m.fn == "min" && r.Cmp(v.r) < 0, m.fn == "max" && r.Cmp(v.r) > 0:
			v.r = r
		}
	}
	if m.fn == "average" {
		v.r.Quo(v.r, num(len(numbers)))
	}
	return v
}

// balance looks up the level of every single day.
func (w *nWorld) balance(facts []nFact, m *nMeasure, from, to nDate) nVal {
	sum, days := new(big.Rat), 0
	used, odd := map[int]bool{}, false
	var all []string
	if from.IsZero() && len(facts) > 0 {
		from = facts[0].on
	}
	for d := from; len(facts) > 0 && !d.After(to); d = d.AddDate(0, 0, 1) {
		level := -1
		for i := range facts {
			if _, _, _, ok := w.amountOf(&facts[i], m); ok && !facts[i].on.After(d) {
				level = i
			}
		}
		if level < 0 {
			continue
		}
		r, currency, why, _ := w.amountOf(&facts[level], m)
		sum.Add(sum, r)
		days++
		used[level] = true
		odd = odd || why != ""
		all = append(all, currency)
	}
	currency, why := w.currencies(m, all, odd)
	v := nVal{r: sum, currency: currency, why: why, n: len(used)}
	if days == 0 {
		v.why = "out_of_data"
	} else if why == "" {
		v.r.Quo(sum, num(days))
	}
	return v
}

func (w *nWorld) onOthers(i int, m *nMeasure, before bool) nVal {
	if m.fn == "growth" {
		return growthBetween(w.value(i, m.ops[0], false), w.value(i, m.ops[0], true))
	}
	var vals []nVal
	out := nVal{r: new(big.Rat)}
	for _, op := range m.ops {
		v := w.value(i, op, before)
		vals = append(vals, v)
		out.n += v.n
		out.why = worse(out.why, v.why)
	}
	if m.fn == "ratio" {
		a, b := vals[0], vals[1]
		switch {
		case out.why != "":
		case a.n > 0 && b.n > 0 && w.book.measure(m.ops[0]).class == "money" && w.book.measure(m.ops[1]).class == "money" && a.currency != b.currency:
			out.why = "mixed_currency"
		case b.r.Sign() <= 0:
			out.why = "out_of_data"
		default:
			out.r = new(big.Rat).Quo(a.r, b.r)
		}
		return out
	}
	if m.class == "money" {
		out.currency = w.book.currency
	}
	known := false
	for k, v := range vals {
		if out.why != "" {
			break
		}
		if v.n == 0 && v.r.Sign() == 0 {
			continue // nothing is of any currency
		}
		if known && v.currency != out.currency {
			out.why = "mixed_currency"
		}
		out.currency, known = v.currency, true
		if m.fn == "difference" && k == 1 {
			out.r = new(big.Rat).Sub(out.r, v.r)
		} else {
			out.r = new(big.Rat).Add(out.r, v.r)
		}
	}
	return out
}

func growthBetween(now, then nVal) nVal {
	out := nVal{n: now.n + then.n}
	switch {
	case now.why != "" || then.why != "" && then.why != "out_of_data":
		out.why = worse(now.why, then.why)
	case then.n > 0 && now.n > 0 && then.currency != now.currency:
		out.why = "mixed_currency"
	case then.why != "" || then.r.Sign() <= 0:
		out.why = "out_of_data"
	default:
		out.r = new(big.Rat).Sub(now.r, then.r)
		out.r.Quo(out.r, then.r)
	}
	return out
}

// peers lists who is compared with customer i, itself among them; nobody when it has no group.
func (w *nWorld) peers(i int, within string) []int {
	me := w.customers[i]
	if within == "relation" && me.group == "" {
		return []int{i}
	}
	if within == "region" && me.region == "" {
		return nil
	}
	var out []int
	for j, c := range w.customers {
		same := within == "" || within == "region" && c.region == me.region || within == "relation" && c.group == me.group
		if same && w.counted[j] {
			out = append(out, j)
		}
	}
	return out
}

func (w *nWorld) compared(i int, m *nMeasure) nVal {
	own := w.value(i, m.ops[0], false)
	peers := w.peers(i, m.within)
	if m.fn == "total" {
		return w.groupTotal(peers, m)
	}
	out := nVal{why: own.why, n: own.n}
	var same []int // peers with a value in the same currency
	for _, j := range peers {
		if v := w.value(j, m.ops[0], false); v.why == "" && v.currency == own.currency {
			same = append(same, j)
		}
	}
	switch {
	case own.why != "":
	case m.within != "" && len(peers) == 0:
		out.why = "no_population"
	case m.fn == "share":
		total := new(big.Rat)
		for _, j := range same {
			total.Add(total, w.value(j, m.ops[0], false).r)
		}
		switch {
		case own.n == 0 && own.r.Sign() == 0:
			out.r = new(big.Rat)
		case total.Sign() <= 0:
			out.why = "no_population"
		default:
			out.r = new(big.Rat).Quo(own.r, total)
		}
	case len(same) == 0:
		out.why = "no_population"
	case m.fn == "percentile":
		atMost := 0
		for _, j := range same {
			if w.value(j, m.ops[0], false).r.Cmp(own.r) <= 0 {
				atMost++
			}
		}
		out.r = big.NewRat(int64(atMost), int64(len(same)))
	default:
		out.r = num(w.fifth(i, same, m))
	}
	return out
}

func (w *nWorld) groupTotal(peers []int, m *nMeasure) nVal {
	out := nVal{r: new(big.Rat)}
	if len(peers) == 0 {
		out.why = "no_population"
		return out
	}
	var found []string
	for _, j := range peers {
		v := w.value(j, m.ops[0], false)
		if v.why == "out_of_data" {
			continue
		}
		if out.why = worse(out.why, v.why); v.why != "" || v.n == 0 && v.r.Sign() == 0 {
			continue
		}
		out.r.Add(out.r, v.r)
		out.n += v.n
		found = append(found, v.currency)
	}
	if slices.Sort(found); out.why == "" && len(slices.Compact(found)) > 1 {
		out.why = "mixed_currency"
	}
	if m.class == "money" {
		if out.currency = w.book.currency; len(found) > 0 {
			out.currency = found[0]
		}
	}
	return out
}

// fifth gives the fifth of customer i: by value against the four edges interpolated in the sorted values, or by its place.
func (w *nWorld) fifth(i int, same []int, m *nMeasure) int {
	sort.SliceStable(same, func(a, b int) bool {
		c := w.value(same[a], m.ops[0], false).r.Cmp(w.value(same[b], m.ops[0], false).r)
		return c < 0 || c == 0 && same[a] < same[b]
	})
	n := len(same)
	q := 1
	if m.byRank {
		place := slices.Index(same, i)
		for 5*place > q*(n-1) {
			q++
		}
	} else {
		own := w.value(i, m.ops[0], false).r
		for ; q <= 4; q++ {
			at := big.NewRat(int64(q*(n-1)), 5)
			low := q * (n - 1) / 5
			edge := new(big.Rat).Set(w.value(same[low], m.ops[0], false).r)
			if part := new(big.Rat).Sub(at, num(low)); part.Sign() > 0 {
				step := new(big.Rat).Sub(w.value(same[low+1], m.ops[0], false).r, edge)
				edge.Add(edge, step.Mul(step, part))
			}
			if own.Cmp(edge) <= 0 {
				break
			}
		}
	}
	if m.lowBest {
		q = 6 - q
	}
	return q
}

// fact gives the engine's form of a fact.
func (f *nFact) fact() rule.Fact {
	x := rule.Fact{
		ID: f.id, Reverses: f.reverses, Kind: f.kind, Currency: f.currency, Status: f.status, On: date(f.on.Format("2006-01-02")),
		Amount: f.amount, HasAmount: f.hasAmount, Quantity: f.quantity, Document: []byte(f.doc), Product: []byte(f.prod),
		Attr: attrs("days", f.days, "channel", f.channel),
	}
	if f.hour > 0 {
		x.At = f.on.Add(time.Duration(f.hour) * time.Hour).UnixMicro()
	}
	return x
}
