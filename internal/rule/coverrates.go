package rule

// converted notes the exchange rates that an example's facts were converted at.
func (c *coverage) converted(p *Program, facts []Fact, x *Explanation) {
	some := false
	for i := range x.Inputs {
		some = some || x.Inputs[i].Converted > 0
	}
	for i := range facts {
		table, line, ok := p.rateOn(facts[i].Currency, facts[i].On)
		if some && ok {
			c.branches["rates."+facts[i].Currency] = true
			c.branches["rates"] = true
			c.clauses[p.rates[table].lines[line].clause] = true
		}
	}
}

// missingRates lists the currencies that no example converts.
func (c *coverage) missingRates() []Unreached {
	var out []Unreached
	if c.p.ratesKept && !c.branches["rates"] {
		out = append(out, lack("branch", "rates", "", c.p.book.spec.Rates.pos, "没有样例折算别的币种", "no case converts another currency"))
	}
	for i := range c.p.rates {
		t := &c.p.rates[i]
		if !c.branches["rates."+t.currency] {
			out = append(out, lack("branch", "rates."+t.currency, t.lines[0].clause, t.lines[0].at,
				"没有样例折算 "+t.currency, "no case converts "+t.currency))
		}
	}
	return out
}
