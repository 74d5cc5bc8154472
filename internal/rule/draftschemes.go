package rule

import (
	"regexp"
	"slices"
	"sort"
	"strings"

	"kezhi/internal/expr"
)

// scheme drafts what is missing for one scheme, in the order of the rulebook.
func (d *drafter) scheme(i int, p *Program, c *coverage) {
	d.try(d.base(i), Text{"一般情况", "the usual case"})
	d.draftLines(i, p)
	d.draftGrades(i, p)
	d.draftBoundaries(i, p, c)
	d.draftAdjustments(i, p)
	d.draftTriggers(i, p)
}

// draftLines visits every band, value and gap in the data of the scorecard.
func (d *drafter) draftLines(scheme int, p *Program) {
	if p.card == nil {
		return
	}
	for i := range p.card.items {
		it := &p.card.items[i]
		for j := range it.bins {
			x := d.base(scheme)
			d.band(x, p, it, j)
			w := it.bins[j].words()
			d.try(x, Text{it.title.Zh + " " + w.Zh, it.title.En + " " + w.En})
		}
		for j := range it.values {
			x := d.base(scheme)
			d.text(x, p, it.src, it.values[j].value)
			d.try(x, Text{it.title.Zh + " = " + it.values[j].value, it.title.En + " = " + it.values[j].value})
		}
		if it.hasOther {
			x := d.base(scheme)
			d.text(x, p, it.src, "\x00")
			d.try(x, Text{it.title.Zh + "取其他值", it.title.En + ": any other value"})
		}
		x := d.base(scheme)
		d.without(x, p, it.src)
		d.try(x, Text{"没有" + it.title.Zh + "的数据", "no data of " + it.title.En})
	}
}

// without takes away what a line reads.
func (d *drafter) without(x *draft, p *Program, src source) {
	switch src.kind {
	case fromMeasure:
		x.measures[p.measures[src.index].name] = "none"
	case fromJudgement:
		delete(x.judged, p.judgements[src.index].name)
	default:
		delete(x.customer, strings.TrimPrefix(src.field, "customer."))
	}
}

// draftGrades visits every grade band and every row.
func (d *drafter) draftGrades(scheme int, p *Program) {
	for i := range p.grading.bins {
		x := d.base(scheme)
		d.inBand(x, p, i)
		w := p.grading.bins[i].words()
		d.try(x, Text{"等级档位 " + w.Zh, "grade band " + w.En})
	}
	for i := range p.grading.rows {
		x := d.base(scheme)
		if pick := d.plans[scheme].picks[i]; pick != nil {
			d.situation(x, p, d.plans[scheme].dims, pick)
		} else {
			d.meet(x, p, p.grading.rows[i].conds)
		}
		d.try(x, Text{"判定表第 " + itoa(i+1) + " 行", "row " + itoa(i+1) + " of the table"})
	}
}

// draftBoundaries puts a value on every line and one beside it.
func (d *drafter) draftBoundaries(scheme int, p *Program, c *coverage) {
	for i := range c.marks {
		b := &c.marks[i]
		name := b.text
		if b.src.kind == fromMeasure {
			name = p.measures[b.src.index].title.Zh + " " + b.text
		}
		english := b.text
		if b.src.kind == fromMeasure {
			english = p.measures[b.src.index].title.En + " " + b.text
		}
		on, beside := d.base(scheme), d.base(scheme)
		if b.holder != "" {
			on.previous[p.scheme.ID], beside.previous[p.scheme.ID] = b.holder, b.holder
		}
		if b.src.kind == fromScore {
			cut := microCeil(exact{small: b.cut})
			d.reach(on, p, cut, cut)
			if b.upper {
				d.reach(beside, p, cut-micro, cut-1)
			} else {
				d.reach(beside, p, cut+1, cut+micro)
			}
		} else {
			d.number(on, p, b.src.index, func(v rat) bool { return v.cmp(b.cut) == 0 })
			d.number(beside, p, b.src.index, func(v rat) bool { return b.besides(v) })
		}
		d.try(on, Text{"恰好 " + name, "exactly " + english})
		if b.upper {
			d.try(beside, Text{"略低于 " + name, "just below " + english})
		} else {
			d.try(beside, Text{"略高于 " + name, "just above " + english})
		}
	}
}

// besides reports a value near the line on its other side.
func (b *boundary) besides(v rat) bool {
	diff := v.big()
	diff.Sub(diff, b.cut.big())
	return diff.Sign() != 0 && (diff.Sign() < 0) == b.upper && diff.Abs(diff).Cmp(b.step.big()) <= 0
}

// draftAdjustments visits bonuses, vetoes, limits, hold and dormancy.
func (d *drafter) draftAdjustments(scheme int, p *Program) {
	if p.card != nil {
		for i := range p.card.bonuses {
			d.special(scheme, p, p.card.bonuses[i].conds, p.card.bonuses[i].title)
		}
		for i := range p.card.vetoes {
			d.special(scheme, p, p.card.vetoes[i].conds, p.card.vetoes[i].title)
		}
	}
	for i := range p.grading.limits {
		l := &p.grading.limits[i]
		for label := range p.scheme.Labels {
			if label >= l.best && label <= l.worst {
				continue
			}
			x := d.base(scheme)
			d.decided(x, p, label)
			d.meet(x, p, l.conds)
			d.try(x, l.title)
		}
	}
	if p.grading.hold.set {
		d.draftHold(scheme, p)
	}
	if g := &p.grading.signing; g.set {
		x := d.base(scheme)
		x.previous[p.scheme.ID] = p.scheme.Labels[g.label+1].Code
		d.decided(x, p, g.label)
		d.try(x, p.awaitTitle())
	}
	if !p.grading.young.IsZero() {
		x := d.base(scheme)
		x.customer["first_fact_on"] = d.asOf
		d.try(x, reasonTexts[ProvisionalNewCustomer])
	}
	if p.grading.dormant.set {
		d.special(scheme, p, p.grading.dormant.conds, p.grading.dormant.title)
	}
}

func (d *drafter) special(scheme int, p *Program, conds []cond, title Text) {
	x := d.base(scheme)
	d.meet(x, p, conds)
	d.try(x, title)
}

// draftHold gives a customer of each grade a value just below its band.
func (d *drafter) draftHold(scheme int, p *Program) {
	for i := range p.grading.bins {
		b := &p.grading.bins[i]
		if b.otherwise || b.label < 0 {
			continue
		}
		x := d.base(scheme)
		x.previous[p.scheme.ID] = p.scheme.Labels[b.label].Code
		if p.grading.src.kind == fromScore {
			lo, _ := b.iv.micros()
			wide, _ := p.grading.hold.wide[i].micros()
			d.reach(x, p, wide, lo-1)
		} else {
			d.number(x, p, p.grading.src.index, func(v rat) bool { return p.grading.hold.wide[i].contains(v) && !b.iv.contains(v) })
		}
		d.try(x, Text{"凭保级余量保住 " + p.scheme.Labels[b.label].Title.Zh, "keeps " + p.scheme.Labels[b.label].Title.En + " by the margin"})
	}
}

// draftTriggers gives the customer a fact that sets each trigger off.
func (d *drafter) draftTriggers(scheme int, p *Program) {
	for i := range p.triggers {
		t := &p.triggers[i]
		x := d.base(scheme)
		x.facts = append(x.facts, d.factFor(t.On, t.pred))
		d.try(x, t.Title)
	}
}

// factFor writes a fact of the as-of day that meets a condition, as far as its comparisons are simple.
func (d *drafter) factFor(kind string, pred *predicate, fields ...string) string {
	fields = append([]string{"date: " + d.asOf}, fields...)
	if pred != nil {
		for j := range pred.terms {
			if f := pred.terms[j].example(); f != "" && !strings.HasPrefix(f, "amount:") {
				fields = append(fields, f)
			}
		}
	}
	return "{" + kind + ": {" + strings.Join(fields, ", ") + "}}"
}

// draftRates gives the customer an amount in each currency that has rates.
func (d *drafter) draftRates(p *Program) {
	for i := range p.rates {
		for j := range p.measures {
			m := &p.measures[j]
			if !m.convert {
				continue
			}
			for g := range p.gates {
				gate := &p.gates[g]
				for a := range gate.accs {
					if gate.accs[a].slot != m.slot || len(gate.kinds) == 0 {
						continue
					}
					x := d.base(0)
					delete(x.measures, m.name)
					x.facts = append(x.facts, d.factFor(gate.kinds[0], gate.pred, "amount: 100", "currency: "+p.rates[i].currency))
					d.try(x, Text{m.title.Zh + "折算 " + p.rates[i].currency, m.title.En + " converted from " + p.rates[i].currency})
				}
			}
		}
	}
}

// example writes a field with which the comparison holds; empty when there is no simple one.
func (t *factTerm) example() string {
	switch {
	case t.term.Op != expr.Equal && t.term.Op != expr.In && t.term.Op != expr.AtLeast && t.term.Op != expr.AtMost:
		return ""
	case len(t.term.Texts) > 0:
		return t.term.Name + ": " + quoted(t.term.Texts[0])
	case len(t.term.Numbers) > 0:
		n := t.term.Numbers[0]
		return t.term.Name + ": " + ratText(rat{n.Coef, tens[n.Scale]})
	}
	return ""
}

// shared drafts what belongs to no single scheme: requirements, the scope, and the choices of settings.
func (d *drafter) shared(p *Program) {
	d.draftRates(p)
	for i := range p.requires {
		r := &p.requires[i]
		x := d.base(0)
		d.number(x, p, r.measure, func(v rat) bool { return !r.iv.contains(v) })
		d.try(x, r.title)
	}
	if p.scope != nil {
		x := d.base(0)
		for _, w := range customerRef.FindAllStringSubmatch(d.b.spec.AppliesTo.S, 50) {
			x.customer[w[1]] = "other"
		}
		x.segments = nil
		d.try(x, Text{"不在适用范围内", "outside the scope"})
	}
	for i, own := range p.family.list {
		for _, used := range own.settingsUsed {
			s := d.b.spec.Settings.get(used.Name)
			choices := []string{"true", "false"}
			if kind := s.kind(); kind == "choice" {
				choices = strings.Split(choiceList(s.Choices), ", ")
			} else if kind != "boolean" {
				continue
			}
			for _, v := range choices {
				x := d.base(i)
				x.settings[used.Name] = v
				d.try(x, Text{used.Title.Zh + "：" + v, used.Title.En + ": " + v})
			}
		}
	}
}

var plainScalar = regexp.MustCompile(`^-?[0-9][0-9.]*%?$|^[A-Za-z][A-Za-z0-9_]*$`)

// quoted writes a scalar, in quotes unless it is a plain word or number.
func quoted(s string) string {
	switch s {
	case "yes", "no", "on", "off", "y", "n", "null", "true", "false":
		return `"` + s + `"`
	}
	if plainScalar.MatchString(s) {
		return s
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", " ").Replace(s) + `"`
}

// write gives the example as YAML.
func (x *draft) write(d *drafter, number string, why Text, expect string) string {
	var b strings.Builder
	b.WriteString("# 草稿，期望值由引擎算出，请作者确认 | draft: the author must confirm what is expected\n")
	b.WriteString("- case: {zh: " + quoted("草稿"+number+"："+why.Zh) + ", en: " + quoted("draft "+number+": "+why.En) + "}\n")
	b.WriteString("  as_of: " + d.asOf + "\n")
	for _, part := range []struct {
		key    string
		values map[string]string
	}{{"settings", x.settings}, {"customer", x.customer}, {"measures", x.measures}, {"judged", x.judged}, {"previous", x.previous}} {
		if len(part.values) == 0 && (part.key != "customer" || len(x.segments) == 0) {
			continue
		}
		names := make([]string, 0, len(part.values))
		for name := range part.values {
			names = append(names, name)
		}
		sort.Strings(names)
		for i, name := range names {
			names[i] = quoted(name) + ": " + quoted(part.values[name])
		}
		if part.key == "customer" {
			names = x.customerPart(names)
		}
		b.WriteString("  " + part.key + ": {" + strings.Join(names, ", ") + "}\n")
	}
	if len(x.facts) > 0 {
		b.WriteString("  facts: [" + strings.Join(x.facts, ", ") + "]\n")
	}
	b.WriteString("  expect: {" + expect + "}\n")
	return b.String()
}

// bytes joins the drafts and ends with what could not be drafted, of which some is the author's to write.
func (d *drafter) bytes(authors []Unreached) []byte {
	if len(d.out) == 0 && d.left == 0 && len(authors) == 0 {
		return nil
	}
	text := strings.Join(d.out, "")
	for _, u := range slices.Concat(authors, unreached(d.b, d.t.cov)) {
		text += "# 未能起草 | not drafted: " + u.Ref + " · " + u.Message.Zh + " | " + u.Message.En + "\n"
	}
	return []byte(text)
}
