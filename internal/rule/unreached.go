package rule

import (
	"slices"
	"strings"
)

// unreached lists what no passing example exercised, in the order of the rulebook. What two schemes share is listed once.
func unreached(b *Book, schemes []*coverage) []Unreached {
	var out []Unreached
	for _, c := range schemes {
		out = append(out, c.missingBands()...)
		out = append(out, c.missingBoundaries()...)
		out = append(out, c.missingBranches()...)
	}
	out = append(out, schemes[0].missingShared(b)...)
	out = append(out, schemes[0].missingRates()...)
	for _, c := range schemes {
		out = append(out, c.missingSettings(b)...)
	}
	out = append(out, schemes[0].missingClauses(b)...)
	seen := make(map[Unreached]bool, len(out))
	return slices.DeleteFunc(out, func(u Unreached) bool {
		again := seen[u]
		seen[u] = true
		return again
	})
}

func lack(kind, ref, clause string, at pos, zh, en string) Unreached {
	return Unreached{Kind: kind, Ref: ref, Clause: clause, Line: at.Line, at: at, Message: Text{Zh: zh, En: en}}
}

func (c *coverage) missingBands() []Unreached {
	var out []Unreached
	if c.p.card != nil {
		for i := range c.p.card.items {
			it := &c.p.card.items[i]
			ref := "scorecards." + c.p.card.name + "." + it.name
			for j := range it.bins {
				if !c.bands[it.name+"#"+itoa(j)] {
					w := it.bins[j].words()
					out = append(out, lack("band", ref, it.bins[j].clause, it.bins[j].at,
						"没有样例落在“"+it.title.Zh+"”的档位 "+w.Zh, "no case falls into the band "+w.En+" of "+it.title.En))
				}
			}
			out = append(out, c.missingValues(it, ref)...)
		}
	}
	for i := range c.p.grading.bins {
		if g := &c.p.grading.bins[i]; !c.bands["grades#"+itoa(i)] {
			w := g.words()
			out = append(out, lack("band", c.ref, g.clause, g.at, "没有样例落在等级档位 "+w.Zh, "no case falls into the grade band "+w.En))
		}
	}
	for i := range c.p.grading.rows {
		if r := &c.p.grading.rows[i]; !c.bands["grades#"+itoa(i)] {
			out = append(out, lack("branch", c.ref+".table", r.clause, r.at,
				"没有样例走到判定表第 "+itoa(i+1)+" 行："+r.words().Zh, "no case takes row "+itoa(i+1)+" of the table: "+r.words().En))
		}
	}
	return out
}

func (c *coverage) missingValues(it *item, ref string) []Unreached {
	var out []Unreached
	for j := range it.values {
		if !c.bands[it.name+"#"+itoa(j)] {
			out = append(out, lack("band", ref, it.clause, it.at,
				"没有样例的“"+it.title.Zh+"”取值为 "+it.values[j].value, "no case has the value "+it.values[j].value+" of "+it.title.En))
		}
	}
	if it.hasOther && !c.bands[it.name+"#"+itoa(len(it.values))] {
		out = append(out, lack("band", ref, it.clause, it.at, "没有样例的“"+it.title.Zh+"”取其他值", "no case has another value of "+it.title.En))
	}
	return out
}

func (c *coverage) missingBoundaries() []Unreached {
	var out []Unreached
	for i := range c.marks {
		b := &c.marks[i]
		if !c.at[b.key()] {
			out = append(out, lack("boundary", b.ref, b.clause, b.place,
				"没有样例恰好等于边界值 "+b.text, "no case lies exactly on the boundary "+b.text))
		}
		if !c.near[b.key()] {
			zh, en := "略低于", "just below"
			if !b.upper {
				zh, en = "略高于", "just above"
			}
			out = append(out, lack("boundary", b.ref, b.clause, b.place,
				"没有样例"+zh+"边界值 "+b.text, "no case lies "+en+" the boundary "+b.text))
		}
	}
	return out
}

func (c *coverage) missingBranches() []Unreached {
	var out []Unreached
	if c.p.card != nil {
		for i := range c.p.card.items {
			it := &c.p.card.items[i]
			if it.treat != treatRefuse && !c.branches[c.scheme+it.name+".missing"] {
				out = append(out, lack("branch", "scorecards."+c.p.card.name+"."+it.name, it.clause, it.at,
					"没有样例缺少“"+it.title.Zh+"”的数据", "no case lacks the data of "+it.title.En))
			}
		}
		for i := range c.p.card.vetoes {
			if v := &c.p.card.vetoes[i]; !c.branches[c.scheme+"veto#"+itoa(i)] {
				out = append(out, lack("branch", "scorecards."+c.p.card.name+".vetoes", v.clause, v.at,
					"没有样例触发否决“"+v.title.Zh+"”", "no case triggers the veto "+v.title.En))
			}
		}
	}
	return append(out, c.missingAdjustments()...)
}

// missingAdjustments lists bonuses, limits, hold, dormancy and triggers without an example in which they have an effect.
func (c *coverage) missingAdjustments() []Unreached {
	var out []Unreached
	ask := func(key, ref, clause string, at pos, zh, en string) {
		if !c.branches[c.scheme+key] {
			out = append(out, lack("branch", ref, clause, at, zh, en))
		}
	}
	if c.p.card != nil {
		for i := range c.p.card.bonuses {
			b := &c.p.card.bonuses[i]
			ask("bonus#"+itoa(i), "scorecards."+c.p.card.name+".bonus", b.clause, b.at,
				"没有样例得到加分“"+b.title.Zh+"”", "no case earns the bonus "+b.title.En)
		}
	}
	for i := range c.p.grading.limits {
		l := &c.p.grading.limits[i]
		if l.best == 0 && l.worst == len(c.p.scheme.Labels)-1 {
			continue // it says that nothing is limited
		}
		ask("limit#"+itoa(i), c.ref+".limits", l.clause, l.at,
			"没有样例的等级被限制“"+l.title.Zh+"”改变", "no case has its grade changed by the limit "+l.title.En)
	}
	if h := &c.p.grading.hold; h.set {
		ask("hold", c.ref+".hold", h.clause, h.at, "没有样例凭保级余量保住上次的等级", "no case keeps its previous grade by the margin of hold")
	}
	if g := &c.p.grading.signing; g.set {
		ask("signing", "review.approve", g.clause, g.at, "没有样例的等级在等待签署", "no case waits for the signatures of its grade")
	}
	if d := &c.p.grading.dormant; d.set {
		ask("dormant", c.ref+".dormant", d.clause, d.at, "没有样例成为“"+d.title.Zh+"”", "no case becomes "+d.title.En)
	}
	for i := range c.p.triggers {
		t := &c.p.triggers[i]
		ask("trigger#"+itoa(i), c.ref+".triggers", t.Clause, t.at,
			"没有样例的业务事实触发“"+t.Title.Zh+"”", "no case has a fact that sets off "+t.Title.En)
	}
	return out
}

// missingShared lists requirements and the scope, which belong to no single scheme.
func (c *coverage) missingShared(b *Book) []Unreached {
	var out []Unreached
	for i := range c.p.requires {
		if r := &c.p.requires[i]; !c.branches["requires."+r.reason] {
			out = append(out, lack("branch", "requires."+r.reason, r.clause, r.at,
				"没有样例得到“"+r.title.Zh+"”", "no case ends with "+r.title.En))
		}
	}
	if c.p.scope != nil && !c.branches["scope"] {
		out = append(out, lack("branch", "applies_to", "", b.spec.AppliesTo.pos, "没有样例在适用范围之外", "no case is outside the scope"))
	}
	return out
}

// missingSettings asks for an example of every choice that changes the outcome.
func (c *coverage) missingSettings(b *Book) []Unreached {
	var out []Unreached
	for _, used := range c.p.settingsUsed {
		s := b.spec.Settings.get(used.Name)
		var choices []string
		switch s.kind() {
		case "boolean":
			choices = []string{"true", "false"}
		case "choice":
			choices = strings.Split(choiceList(s.Choices), ", ")
		}
		for _, v := range choices {
			if !c.branches["settings."+used.Name+"="+v] {
				out = append(out, lack("branch", "settings."+used.Name, used.Clause, s.pos,
					"没有样例把设置 "+used.Name+" 设为 "+v, "no case sets "+used.Name+" to "+v))
			}
		}
	}
	return out
}

// missingClauses lists clauses that a computation cites but no example touches.
func (c *coverage) missingClauses(b *Book) []Unreached {
	var out []Unreached
	for i := range b.clauses {
		cl := &b.clauses[i]
		computed := false
		for _, ref := range cl.Implements {
			switch head, _, _ := strings.Cut(ref, "."); head {
			case "measures", "rates", "judgements", "requires", "scorecards", "grades", "duties", "forms", "procedures", "authorities":
				computed = true
			}
		}
		if computed && !c.clauses[cl.Number] {
			out = append(out, lack("clause", cl.Number, cl.Number, pos{cl.Line, 1},
				"没有样例用到第 "+cl.Number+" 条", "no case uses clause "+cl.Number))
		}
	}
	return out
}
