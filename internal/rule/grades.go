package rule

import (
	"slices"

	"kezhi/internal/calendar"
	"kezhi/internal/expr"
	"kezhi/internal/money"
)

// cond is one compiled condition of a table row or a veto.
type cond struct {
	src    source
	name   string
	title  Text
	iv     interval
	rats   []rat    // allowed values of a measure
	texts  []string // allowed values of a judgement or a field
	ranged bool
	at     pos
}

// row is a compiled row of a decision table.
type row struct {
	label     int
	conds     []cond
	otherwise bool
	clause    string
	assumed   bool
	at        pos
}

// require is what must hold before there can be a verdict.
type require struct {
	measure int
	iv      interval
	reason  string
	title   Text
	clause  string
	at      pos
}

// grading says how the grade follows.
type grading struct {
	src     source // of the bands; kind 0 for a table
	score   int    // measure shown as the score, plus one; 0 = the scorecard's total
	bins    []bin
	rows    []row
	hit     hitPolicy
	limits  []limit
	hold    hold
	signing signing
	dormant dormancy
	// adjusts is true when anything stands between what follows from the score and the grade.
	adjusts bool
	young   calendar.Period
	youngBy Text
	youngAt string
	expires calendar.Period
	clause  string
}

func (k *compiler) requires() {
	for i := range k.b.spec.Requires {
		s := &k.b.spec.Requires[i]
		m, ok := k.p.measureIndex[s.Measure.S]
		if !ok {
			k.unknownName("measure.unknown", s.Measure.pos, s.Measure.S, k.b.spec.Measures.names())
			continue
		}
		k.measuresUsed[m] = true
		if k.p.measures[m].late {
			k.report("require.population", s.Measure.pos, s.Clause.S, s.Measure.S)
		}
		iv, ok := k.bound(s.bound(), k.p.measures[m].unit)
		if ok && !iv.hasLo && !iv.hasHi {
			k.report("band.no_bound", s.pos, s.Clause.S, "requires."+s.Reason.S)
		}
		k.p.requires = append(k.p.requires, require{m, iv, s.Reason.S, s.Title.Text, s.Clause.S, s.pos})
	}
}

func (k *compiler) grades() {
	g := k.g
	k.labels()
	k.p.grading.clause = g.Clause.S
	if g.Expires.set() {
		k.p.grading.expires, _ = k.period(g.Expires)
	}
	if n := g.NewCustomer; n != nil {
		k.p.grading.young, _ = k.period(n.ProvisionalFor)
		k.p.grading.youngAt = n.Clause.S
		k.p.grading.youngBy = Text{n.By.S, n.By.S}
	}
	switch {
	case len(g.Bands) > 0 && len(g.Table) > 0:
		k.report("grade.two_ways", g.Table[0].pos, g.Clause.S)
	case len(g.Bands) > 0:
		k.gradeBands(g)
	case len(g.Table) > 0:
		k.gradeTable(g)
	default:
		k.report("grade.no_way", g.pos, g.Clause.S)
	}
	if k.p.card != nil {
		k.vetoes(k.p.card, k.b.spec.Scorecards.get(k.p.card.name).Vetoes)
	}
	k.adjustments(g)
	if len(k.p.grading.rows) > 0 {
		k.tableCheck(g)
	} else {
		k.bandLimits()
	}
	k.triggers(g)
	k.shownScore(g)
	k.labelsReached()
}

// shownScore finds the measure that stands for a score where the grades do not come from a scorecard.
func (k *compiler) shownScore(g *gradesSpec) {
	if k.p.grading.src.kind == fromScore {
		k.p.scheme.ScoreUnit = "point"
	}
	if !g.Score.set() {
		return
	}
	src, ok := k.source(g.Score)
	switch {
	case !ok:
	case src.kind != fromMeasure || k.p.grading.src.kind == fromScore:
		k.report("grade.from", g.Score.pos, g.Clause.S)
	default:
		m := &k.p.measures[src.index]
		k.p.grading.score, k.p.scheme.ScoreUnit = src.index+1, m.unit
		if m.unit == "" || money.ValidCurrency(m.unit) {
			k.p.scheme.ScoreUnit = "money"
		}
	}
}

func (k *compiler) labels() {
	g := k.g
	k.p.scheme = Scheme{ID: g.Scheme.S, Title: titleOr(g.Title, g.Scheme.S)}
	seen := map[string]bool{}
	for i := range g.Labels {
		l := &g.Labels[i]
		if seen[l.Code.S] {
			k.report("grade.duplicate", l.Code.pos, l.Clause.S, l.Code.S)
		}
		seen[l.Code.S] = true
		tone := l.Tone.S
		if tone == "" {
			tone = "grey"
		} else if !contains(tones, tone) {
			k.unknownName("value.one_of", l.Tone.pos, tone, tones)
		}
		graded := !l.Graded.set() || k.truth(l.Graded)
		k.p.scheme.Labels = append(k.p.scheme.Labels, Label{Code: l.Code.S, Title: l.Title.Text, Tone: tone, Graded: graded})
	}
}

var tones = []string{"gold", "green", "blue", "cyan", "purple", "orange", "red", "grey"}

// label finds a grade by its code, also when the code is a setting.
func (k *compiler) label(w word) int {
	code := k.resolve(w)
	for i := range k.p.scheme.Labels {
		if k.p.scheme.Labels[i].Code == code {
			k.labelsUsed[i] = true
			return i
		}
	}
	names := make([]string, len(k.p.scheme.Labels))
	for i := range k.p.scheme.Labels {
		names[i] = k.p.scheme.Labels[i].Code
	}
	k.unknownName("grade.unknown", w.pos, code, names)
	return -1
}

func (k *compiler) labelsReached() {
	for i := range k.p.scheme.Labels {
		if !k.labelsUsed[i] && !k.choiceOfSetting(k.p.scheme.Labels[i].Code) {
			k.report("grade.never", k.g.Labels[i].Code.pos, "", k.p.scheme.Labels[i].Code)
		}
	}
}

// choiceOfSetting reports whether a setting can bring about the grade.
func (k *compiler) choiceOfSetting(code string) bool {
	for i := range k.b.spec.Settings.List {
		for _, c := range k.b.spec.Settings.List[i].Value.Choices {
			if c.S == code {
				return true
			}
		}
	}
	return false
}

func (k *compiler) gradeBands(g *gradesSpec) {
	unit, dom, ok := k.gradedThing(g)
	if !ok {
		return
	}
	bins := k.bins(g.Bands, unit, "grades", g.Clause.S, dom)
	for i := range bins {
		if !g.Bands[i].Code.set() {
			k.report("grade.no_code", g.Bands[i].pos, bins[i].clause)
			continue
		}
		bins[i].label = k.label(g.Bands[i].Code)
	}
	for i := 1; i < len(bins); i++ {
		if bins[i].label >= 0 && bins[i-1].label > bins[i].label && !bins[i].otherwise {
			k.report("grade.order", bins[i].at, bins[i].clause, g.Bands[i].Code.S, g.Bands[i-1].Code.S)
		}
	}
	k.p.grading.bins = bins
}

// gradedThing finds what the bands are on: a scorecard or a measure.
func (k *compiler) gradedThing(g *gradesSpec) (unit string, dom domain, ok bool) {
	if !g.From.set() {
		k.report("grade.from", g.pos, g.Clause.S)
		return "", dom, false
	}
	src, ok := k.source(g.From)
	k.p.grading.src = src
	switch {
	case !ok:
		return "", dom, false
	case src.kind == fromScore:
		return "point", domain{lo: rat{k.p.card.lo, micro}, hasLo: true, hi: rat{k.p.card.hi, micro}, hasHi: true}, true
	case src.kind == fromMeasure:
		m := &k.p.measures[src.index]
		return m.unit, measureDomain(m), true
	}
	k.report("grade.from", g.From.pos, g.Clause.S)
	return "", dom, false
}

func (k *compiler) vetoes(card *scorecard, list []vetoSpec) {
	for i := range list {
		s := &list[i]
		v := veto{conds: k.conds(&s.When), label: -1, title: s.Title.Text, clause: s.Clause.S, at: s.pos}
		written := 0
		for _, w := range []word{s.Grade, s.Points, s.AtMost} {
			if w.set() {
				written++
			}
		}
		switch {
		case i >= maxRules:
			k.report("rule.too_many", s.pos, v.clause, itoa(maxRules))
			return
		case written != 1:
			k.report("veto.effect", s.pos, s.Clause.S)
		case s.Grade.set():
			v.label = k.label(s.Grade)
		case s.AtMost.set():
			if v.label, v.atMost = k.label(s.AtMost), true; v.label == 0 {
				k.report("veto.never", s.AtMost.pos, v.clause, s.AtMost.S)
			}
		default:
			v.points = k.points(s.Points)
		}
		k.p.grading.adjusts = k.p.grading.adjusts || v.atMost
		card.vetoes = append(card.vetoes, v)
	}
}

func (k *compiler) gradeTable(g *gradesSpec) {
	k.p.grading.hit = hitPolicy(slices.Index(hitWords, k.oneOf(g.Hit, "unique", "first", "any", "best", "worst")))
	for i := range g.Table {
		s := &g.Table[i]
		r := row{
			label: k.label(s.Code), conds: k.conds(&s.When), otherwise: s.Otherwise.set() && k.truth(s.Otherwise),
			clause: s.Clause.S, assumed: s.Assumed.yes(), at: s.pos,
		}
		if r.clause == "" {
			r.clause = g.Clause.S
		}
		if len(r.conds) == 0 && !r.otherwise {
			k.report("table.no_condition", s.pos, r.clause)
		}
		if r.otherwise && i != len(g.Table)-1 {
			k.report("band.otherwise_last", s.pos, r.clause, "grades.table")
		}
		k.p.grading.rows = append(k.p.grading.rows, r)
	}
}

// gradeVars is the only variable of a condition on grades.
var gradeVars = []expr.Var{{Name: "grade", Kind: expr.Text}}

// forGrades compiles a condition on grades and gives the codes it holds for.
func (k *compiler) forGrades(w word) []string {
	c := k.condition(w, gradeVars)
	if c == nil {
		return nil
	}
	k.gradeLiterals(c, w)
	var codes []string
	for _, l := range k.p.scheme.Labels {
		if yes, err := c.Eval(func(string) expr.Value { return expr.Value{Text: l.Code} }); err == nil && yes {
			codes = append(codes, l.Code)
		}
	}
	if len(codes) == 0 {
		k.report("grade.nobody", w.pos, "", w.S)
	}
	return codes
}

// gradeLiterals reports grades that the scheme does not have.
func (k *compiler) gradeLiterals(c *expr.Condition, w word) {
	terms, _ := c.Terms()
	names := make([]string, len(k.p.scheme.Labels))
	for i := range k.p.scheme.Labels {
		names[i] = k.p.scheme.Labels[i].Code
	}
	for i := range terms {
		for _, code := range terms[i].Texts {
			if !contains(names, code) {
				k.unknownName("grade.unknown", w.pos, code, names)
			}
		}
	}
}
