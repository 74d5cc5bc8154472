package rule

import (
	"math/big"

	"kezhi/internal/calendar"
)

// Explain gives the verdict together with its explanation. Judge gives the same verdict without building the words.
func (p *Program) Explain(s Subject, rank int, m Measures, pop *Population) (Verdict, Explanation) {
	var o outcome
	p.decide(&s, rank, m, pop, &o)
	v := p.verdict(&s, m.asOf, &o)
	x := explainer{p: p, s: &s, o: &o, pop: pop, asOf: m.asOf}
	e := Explanation{
		Rulebook: p.book.ID(), Version: p.book.Version(), AsOf: m.asOf.String(),
		Inputs: x.inputs(), Schemes: x.schemes(), Items: x.items(), Score: x.score(), Bonuses: x.bonuses(), Vetoes: x.vetoes(),
		Held: x.held(), Limits: x.limits(), Dormant: x.dormant(), Proposed: x.awaited(), Settings: p.settingsUsed,
	}
	if len(p.family.list) > 1 {
		e.Scheme = p.scheme.ID
	}
	if v.Code != "" {
		e.Grade = x.grade()
		e.Next = x.next()
		e.Keep = x.keeping()
	} else {
		e.Reason = &ExplainedReason{Code: v.Reason, Title: p.ReasonText(v.Reason), Clause: x.reasonClause()}
	}
	if v.Provisional != "" {
		e.Provisional = &ExplainedReason{Code: v.Provisional, Title: x.provisional(), Clause: p.grading.youngAt}
	}
	if v.ExpiresOn != calendar.None {
		e.ExpiresOn = v.ExpiresOn.String()
	}
	return v, e
}

// explainer turns an outcome into words.
type explainer struct {
	p    *Program
	s    *Subject
	o    *outcome
	pop  *Population
	asOf calendar.Date
}

var reasonTexts = map[string]Text{
	ReasonNotInScope:       {"不在制度适用范围内", "outside the scope of the rulebook"},
	ReasonMixedCurrency:    {"业务事实涉及多种币种，不能直接相加", "the facts are in several currencies, which are never added"},
	ReasonForeignCurrency:  {"业务事实的币种与制度规定的币种不同", "the facts are in another currency than the rulebook's figures"},
	ReasonOutOfData:        {"没有计算所需的业务事实", "there are no facts to work it out from"},
	ReasonNoPopulation:     {"没有可比较的其他客户，占比或排名无从计算", "there is nobody to compare with, so no share or rank exists"},
	ReasonJudgementMissing: {"需要人工判定的项目尚未判定", "something people must judge has not been judged"},
	ReasonOutOfRange:       {"数值超出允许范围", "a value is outside the allowed range"},
	ReasonNoBand:           {"没有任何档位包含这个数值", "no band takes this value"},
	ReasonConflictingRows:  {"判定表中同时成立的几行给出不同的等级", "several rows of the table hold and give different grades"},
	ReasonNoGrades:         {"制度只规定流程，不评定等级", "the rulebook describes procedures and grades nobody"},
	ProvisionalNewCustomer: {"合作时间不足，等级为暂定", "the customer is too new; the grade is provisional"},
}

// ReasonText gives the sentence of a reason code, built-in or declared under `requires`.
func (p *Program) ReasonText(code string) Text {
	for i := range p.requires {
		if p.requires[i].reason == code {
			return p.requires[i].title
		}
	}
	if t, ok := reasonTexts[code]; ok {
		return t
	}
	return Text{code, code}
}

func (x *explainer) reasonClause() string {
	if x.o.require >= 0 {
		return x.p.requires[x.o.require].clause
	}
	return x.p.grading.clause
}

func (x *explainer) provisional() Text {
	t := reasonTexts[ProvisionalNewCustomer]
	if by := x.p.grading.youngBy.Zh; by != "" {
		t.Zh += "（依据 " + by + "）"
		t.En += " (by " + by + ")"
	}
	return t
}

func (x *explainer) inputs() []ExplainedInput {
	out := make([]ExplainedInput, 0, len(x.p.measures)+len(x.p.judgements))
	for i := range x.p.measures {
		out = append(out, x.measureInput(i))
	}
	for i := range x.p.judgements {
		j := &x.p.judgements[i]
		in := ExplainedInput{Measure: j.name, Title: j.title, Value: x.s.Judged[j.name], Clause: j.clause, Judged: true, Assumed: j.assumed}
		if j.ranged {
			in.Unit = "point"
		}
		if in.Value == "" {
			in.Missing = ReasonJudgementMissing
		}
		out = append(out, in)
	}
	return x.segmentInputs(out)
}

func (x *explainer) measureInput(i int) ExplainedInput {
	m, v := &x.p.measures[i], &x.o.vals[i]
	in := ExplainedInput{
		Measure: m.name, Title: m.title, Facts: int(max(v.facts, 0)), Missing: v.state.reason(),
		Assumed: m.assumed, Clause: m.clause, Unit: m.displayUnit(v),
	}
	if v.state == stateOK {
		in.Value, in.Rounded = m.display(v.rat(), v.currency)
	}
	in.Rates, in.RatesMore = x.p.ratesUsed(v)
	in.Converted, in.Group = int(v.converted), x.group(m)
	from, to := m.win.days(x.asOf)
	if m.fn == fnGrowth {
		from, _ = m.win.before(x.asOf)
	}
	if from != calendar.None {
		in.From = from.String()
	}
	in.To = min(to, x.asOf).String()
	return in
}

// group says which customers a measure compares or adds up; nil when it is not divided into groups.
func (x *explainer) group(m *measure) *ExplainedGroup {
	if m.within < 0 {
		return nil
	}
	g := &x.p.groupings[m.within]
	out := &ExplainedGroup{By: g.field, Relations: g.key != ""}
	if out.Relations {
		out.By = g.key
	}
	out.Name, _ = g.of(x.s)
	place := x.pop.standing(m, x.s, 0)
	out.Customers = place.customers(m)
	return out
}

// displayUnit gives the currency of the value, or the measure's unit.
func (m *measure) displayUnit(v *Value) string {
	if m.money && v.currency != "" {
		return v.currency
	}
	return m.unit
}

// display gives a value of the measure as a decimal: money with all places of its currency, percentages with up to four
// places, everything else with up to four. rounded reports that digits were lost.
func (m *measure) display(r rat, currency string) (s string, rounded bool) {
	return m.written(exact{small: r}, currency, false)
}

// appendDisplay is display at the end of dst.
func (m *measure) appendDisplay(dst []byte, r rat, currency string) ([]byte, bool) {
	return m.appendWritten(dst, exact{small: r}, currency, false)
}

// written gives a number in the measure's unit; up rounds away from zero, so that making up a shortfall is enough.
func (m *measure) written(e exact, currency string, up bool) (s string, rounded bool) {
	var room [48]byte
	b, rounded := m.appendWritten(room[:0], e, currency, up)
	return string(b), rounded
}

// appendWritten is written at the end of dst.
func (m *measure) appendWritten(dst []byte, e exact, currency string, up bool) (b []byte, rounded bool) {
	shift, places, keep := 0, 4, 0
	switch {
	case m.money && currency != "":
		places = exponent(currency)
		keep = places
	case m.unit == "%":
		shift = 2
	}
	if e.big == nil {
		if b, lost, ok := appendFastDecimal(dst, e.small, shift, places, keep, up); ok {
			return b, lost
		}
	}
	r := new(big.Rat).Mul(e.rat(), new(big.Rat).SetInt64(tens[shift]))
	s, rounded := decimalString(r, places, keep)
	if got, ok := new(big.Rat).SetString(s); up && rounded && ok && got.Cmp(r) < 0 {
		s, _ = decimalString(got.Add(got, new(big.Rat).SetFrac64(1, tens[places])), places, keep)
	}
	return append(dst, s...), rounded
}

func (x *explainer) items() []ExplainedItem {
	if x.p.card == nil || !x.o.hasScore {
		return nil
	}
	out := make([]ExplainedItem, 0, len(x.p.card.items))
	for i := range x.p.card.items {
		it, res := &x.p.card.items[i], &x.o.items[i]
		e := ExplainedItem{
			Item: it.name, Title: it.title, Points: pointsString(res.points), Max: pointsString(it.hi),
			Treatment: res.treat.String(), Clause: it.clause, Assumed: it.assumed,
		}
		e.Value, e.Unit = x.itemValue(it)
		e.Band = it.bandWords(res.band)
		if res.band >= 0 && len(it.bins) > 0 {
			e.Clause = it.bins[res.band].clause
		}
		out = append(out, e)
	}
	return out
}

func (x *explainer) itemValue(it *item) (value, unit string) {
	switch it.src.kind {
	case fromMeasure:
		m, v := &x.p.measures[it.src.index], &x.o.vals[it.src.index]
		if v.state == stateOK {
			value, _ = m.display(v.rat(), v.currency)
		}
		return value, m.displayUnit(v)
	case fromJudgement:
		j := &x.p.judgements[it.src.index]
		if j.ranged {
			unit = "point"
		}
		return x.s.Judged[j.name], unit
	default:
		return x.s.text(it.src.field), ""
	}
}

// bandWords words the band or the value that matched.
func (it *item) bandWords(band int) Text {
	switch {
	case band < 0:
		return Text{}
	case len(it.bins) > 0:
		return it.bins[band].words()
	case band < len(it.values):
		return Text{it.values[band].value, it.values[band].value}
	}
	return otherwiseText
}

func (x *explainer) score() *ExplainedScore {
	if x.p.card == nil || !x.o.hasScore {
		return nil
	}
	c := x.p.card
	return &ExplainedScore{Scorecard: c.name, Title: c.title, Value: pointsString(x.o.score), Max: pointsString(c.hi), Clause: c.clause}
}

// words gives the conditions of a row.
func (r *row) words() Text {
	if r.otherwise {
		return otherwiseText
	}
	var t Text
	for i := range r.conds {
		if i > 0 {
			t.Zh += "，且"
			t.En += " and "
		}
		w := r.conds[i].words()
		t.Zh += r.conds[i].title.Zh + " " + w.Zh
		t.En += r.conds[i].title.En + " " + w.En
	}
	return t
}

// words gives what the condition asks for.
func (c *cond) words() Text {
	switch {
	case c.ranged:
		return c.iv.words()
	case c.src.kind == fromSegment:
		return segmentWords[c.texts[0]]
	}
	list := c.texts
	for _, r := range c.rats {
		list = append(list[:len(list):len(list)], ratText(r))
	}
	if len(list) == 1 {
		return Text{"= " + list[0], "= " + list[0]}
	}
	var t Text
	for i, s := range list {
		if i > 0 {
			t.Zh += "、"
			t.En += ", "
		}
		t.Zh += s
		t.En += s
	}
	return Text{"为 " + t.Zh + " 之一", "one of " + t.En}
}

func signed(points int64) string {
	if points > 0 {
		return "+" + pointsString(points)
	}
	return pointsString(points)
}
