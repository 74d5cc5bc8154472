package rule

import (
	"cmp"
	"encoding/json"
	"reflect"
	"slices"

	"kezhi/internal/calendar"
	"kezhi/internal/money"
)

// keptRates stands under `rates` for the exchange rates the company keeps.
const keptRates = "organisation"

// ratesNode is what stands under rates: organisation, or a list.
type ratesNode struct {
	pos
	Kept word
	List []rateSpec
}

// readNode accepts organisation beside a list.
func (r *ratesNode) readNode(d *decoder, n *node, path string) {
	r.pos = n.pos
	if n.kind == nodeScalar {
		r.Kept.readNode(d, n, path)
		return
	}
	d.value(n, reflect.ValueOf(&r.List), path)
}

func (r *ratesNode) written() bool { return len(r.List) > 0 || r.Kept.set() }

// Rate is an exchange rate the company keeps: units of one currency for one unit of another, from a day until the next.
type Rate struct {
	Currency string
	From     calendar.Date
	// Rate is a plain decimal above 0, below a million, with at most ten places.
	Rate string
}

// ValidRate reports whether a text is a rate that can be converted by.
func ValidRate(text string) bool {
	_, ok := rateLineOf(text, "CNY", "CNY")
	return ok
}

// NeedsRates gives the currency into which the program converts by rates the company keeps; ok is false when it asks for none.
func (p *Program) NeedsRates() (home string, ok bool) { return p.home, p.ratesKept }

// WithRates gives the same program with the rates the company keeps, in any order; of two of one currency and day the later in
// the list counts. What cannot be a rate is left out, as if it were not kept: amounts of such days have no rate. A program
// that asks for no such rates is given back as it is.
func (p *Program) WithRates(list []Rate) *Program {
	if !p.ratesKept {
		return p
	}
	tables := rateTables(list, p.home)
	all := *p.family
	all.list = make([]*Program, len(p.family.list))
	for i, member := range p.family.list {
		own := *member
		own.family, own.rates = &all, tables
		all.list[i] = &own
	}
	for i, member := range p.family.list {
		earlier := make([]*Program, len(member.earlier))
		for j, before := range member.earlier {
			earlier[j] = all.list[before.index]
		}
		all.list[i].earlier = earlier
	}
	return all.list[p.index]
}

func rateTables(list []Rate, home string) []rateTable {
	byCurrency := map[string]map[calendar.Date]rateLine{}
	for _, r := range list {
		line, ok := rateLineOf(r.Rate, r.Currency, home)
		if !ok || r.Currency == home || !money.ValidCurrency(r.Currency) {
			continue
		}
		if byCurrency[r.Currency] == nil {
			byCurrency[r.Currency] = map[calendar.Date]rateLine{}
		}
		line.from = r.From
		byCurrency[r.Currency][r.From] = line
	}
	var out []rateTable
	for currency, lines := range byCurrency {
		t := rateTable{currency: currency}
		for _, line := range lines {
			t.lines = append(t.lines, line)
		}
		slices.SortFunc(t.lines, func(a, b rateLine) int { return cmp.Compare(a.from, b.from) })
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b rateTable) int { return cmp.Compare(a.currency, b.currency) })
	return out
}

// rateUses is the set of the lines by which amounts were converted, in order; nil is empty.
type rateUses struct{ list []rateUse }

type rateUse struct{ table, line int32 }

func (u rateUse) compare(o rateUse) int {
	return cmp.Or(cmp.Compare(u.table, o.table), cmp.Compare(u.line, o.line))
}

// used adds a line.
func (u *rateUses) used(table, line int) *rateUses {
	if u == nil {
		u = &rateUses{}
	}
	one := rateUse{int32(table), int32(line)} //nolint:gosec // bounded by the lists they come from
	if i, found := slices.BinarySearchFunc(u.list, one, rateUse.compare); !found {
		u.list = slices.Insert(u.list, i, one)
	}
	return u
}

// with gives the union of two sets; neither is changed.
func (u *rateUses) with(o *rateUses) *rateUses {
	switch {
	case o == nil:
		return u
	case u == nil:
		return o
	}
	list := append(slices.Clone(u.list), o.list...)
	slices.SortFunc(list, rateUse.compare)
	return &rateUses{slices.Compact(list)}
}

// maxShownRates bounds the rates an explanation lists for one input: two years of monthly ones.
const maxShownRates = 24

// ExplainedRate is an exchange rate amounts were converted by.
type ExplainedRate struct {
	Currency string `json:"currency"`
	// From is the day from which it applies.
	From string `json:"from"`
	Rate string `json:"rate"`
}

// ratesUsed lists the rates a value was converted by, the first 24 by currency and day, and how many more there were.
func (p *Program) ratesUsed(v *Value) (list []ExplainedRate, more int) {
	if v.rates == nil {
		return nil, 0
	}
	for _, u := range v.rates.list {
		if len(list) == maxShownRates {
			return list, len(v.rates.list) - maxShownRates
		}
		t := &p.rates[u.table]
		line := &t.lines[u.line]
		list = append(list, ExplainedRate{t.currency, line.from.String(), line.text})
	}
	return list, 0
}

// ratesText is the list as JSON, for a slot; empty when there is none.
func ratesText(list []ExplainedRate) string {
	if len(list) == 0 {
		return ""
	}
	b, err := json.Marshal(list)
	if err != nil {
		return ""
	}
	return string(b)
}
