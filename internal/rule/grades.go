package rule

import (
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
	first   bool
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

// source finds a scorecard, measure, judgement or customer field by name.
func (k *compiler) source(w word) (source, bool) {
	for i := range k.p.cards {
		if k.p.cards[i].name == w.S {
			if k.p.card != nil && k.p.card != &k.p.cards[i] {
				k.report("scheme.two_cards", w.pos, k.g.Clause.S, k.p.scheme.ID, k.p.card.name, w.S)
			}
			k.p.card = &k.p.cards[i]
			k.cardsUsed[w.S] = true
			return source{kind: fromScore, index: i}, true
		}
	}
	if i, ok := k.p.measureIndex[w.S]; ok {
		k.measuresUsed[i] = true
		return source{kind: fromMeasure, index: i}, true
	}
	if i := k.judgementIndex(w.S); i >= 0 {
		return source{kind: fromJudgement, index: i}, true
	}
	if customerRef.MatchString(w.S) {
		k.fieldsUsed = append(k.fieldsUsed, w)
		return source{kind: fromField, field: w.S}, true
	}
	return k.schemeSource(w)
}

// schemeSource finds an earlier scheme by its id; it is the last thing a name can mean.
func (k *compiler) schemeSource(w word) (source, bool) {
	i, later := k.earlierScheme(w.S)
	switch {
	case i >= 0:
		k.reads[i] = true
		return source{kind: fromScheme, index: i}, true
	case later:
		k.report("scheme.later", w.pos, k.g.Clause.S, k.p.scheme.ID, w.S)
		return source{}, false
	}
	names := append(k.b.spec.Scorecards.names(), k.b.spec.Measures.names()...)
	names = append(names, k.b.spec.Judgements.names()...)
	for _, before := range k.p.family.list {
		names = append(names, before.scheme.ID)
	}
	k.unknownName("source.unknown", w.pos, w.S, names)
	return source{}, false
}

func (k *compiler) conds(when *entries[condSpec]) []cond {
	var out []cond
	for i := range when.List {
		e := &when.List[i]
		src, ok := k.source(e.Name)
		if !ok {
			continue
		}
		c := cond{src: src, name: e.Name.S, title: k.sourceTitle(src, e.Name.S), at: e.Name.pos}
		k.condValues(&c, &e.Value)
		out = append(out, c)
	}
	return out
}

func (k *compiler) sourceTitle(src source, name string) Text {
	switch src.kind {
	case fromMeasure:
		return k.p.measures[src.index].title
	case fromJudgement:
		return k.p.judgements[src.index].title
	case fromScore:
		return k.p.cards[src.index].title
	case fromScheme:
		return k.p.family.list[src.index].scheme.Title
	default:
		return Text{name, name}
	}
}

func (k *compiler) condValues(c *cond, s *condSpec) {
	numeric := c.src.kind == fromMeasure || c.src.kind == fromScore
	if s.Bound != nil {
		c.ranged = true
		if !numeric {
			k.report("cond.not_number", c.at, "", c.name)
			return
		}
		unit := "point"
		if c.src.kind == fromMeasure {
			unit = k.p.measures[c.src.index].unit
		}
		c.iv, _ = k.bound(*s.Bound, unit)
		if c.src.kind == fromMeasure {
			k.moneyBounds(&k.p.measures[c.src.index], []bin{{iv: c.iv}})
		}
		return
	}
	for _, w := range s.Values {
		v := k.resolve(w)
		if numeric {
			r, ok := parseRat(v)
			if !ok {
				k.report("band.not_number", w.pos, "", v)
			}
			c.rats = append(c.rats, r)
			continue
		}
		if c.src.kind == fromJudgement && v != undecided && !contains(k.p.judgements[c.src.index].values, v) {
			k.unknownName("value.one_of", w.pos, v, append([]string{undecided}, k.p.judgements[c.src.index].values...))
		}
		if codes := k.codesOf(c.src); codes != nil && !contains(codes, v) {
			k.unknownName("scheme.code", w.pos, v, codes, k.p.family.list[c.src.index].scheme.ID)
		}
		c.texts = append(c.texts, v)
	}
}

// codesOf lists the grades of the scheme a condition reads; nil when it reads something else.
func (k *compiler) codesOf(src source) []string {
	if src.kind != fromScheme {
		return nil
	}
	var codes []string
	for _, l := range k.p.family.list[src.index].scheme.Labels {
		codes = append(codes, l.Code)
	}
	return codes
}

func (k *compiler) vetoes(card *scorecard, list []vetoSpec) {
	for i := range list {
		s := &list[i]
		v := veto{conds: k.conds(&s.When), label: -1, title: s.Title.Text, clause: s.Clause.S, at: s.pos}
		switch {
		case s.Grade.set() == s.Points.set():
			k.report("veto.effect", s.pos, s.Clause.S)
		case s.Grade.set():
			v.label = k.label(s.Grade)
		default:
			v.points = k.points(s.Points)
		}
		card.vetoes = append(card.vetoes, v)
	}
}

func (k *compiler) gradeTable(g *gradesSpec) {
	k.p.grading.first = k.oneOf(g.Hit, "unique", "first") == "first"
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
	k.tableCheck(g)
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
