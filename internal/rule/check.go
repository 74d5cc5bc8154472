package rule

import (
	"slices"
	"sort"
	"strings"

	"kezhi/internal/calendar"
)

// standardKinds are the fact kinds every organisation has.
var standardKinds = []string{
	"balance", "call", "complaint", "delivery", "interaction", "invoice", "order", "payment", "return", "survey", "visit",
}

// Check finds what a careful reader of the regulation would find: bands that overlap or leave a gap, names that do not
// exist, clauses nothing implements, dates that are in no calendar, examples that are missing. Problems Parse has
// reported are not repeated.
func (b *Book) Check(env Environment) []Problem {
	c := &collector{}
	if b.spec.Rulebook.set() {
		b.checkNames(c)
		k := newCompiler(b)
		k.c = c
		k.run(nil)
		b.checkCitations(c)
		b.checkSettings(c, k)
		b.checkAgainst(c, k, env)
		b.checkCites(k, env)
		b.checkUse(c, k)
		b.checkAssumed(c)
		b.checkAnomalies(c, k)
		b.checkPrinciples(c, k)
		b.checkClauses(c)
	}
	b.checkCases(c)
	return c.sorted()
}

func (b *Book) checkNames(c *collector) {
	s := b.spec
	if !idShape.MatchString(s.Rulebook.S) {
		c.add("book.id", FileRulebook, s.Rulebook.pos, "", s.Rulebook.S)
	}
	if s.Version.set() && !versionShape.MatchString(s.Version.S) {
		c.add("book.version", FileRulebook, s.Version.pos, "", s.Version.S)
	}
	var names []word
	for i := range s.Settings.List {
		names = append(names, s.Settings.List[i].Name)
	}
	for i := range s.Measures.List {
		names = append(names, s.Measures.List[i].Name)
	}
	for i := range s.Judgements.List {
		names = append(names, s.Judgements.List[i].Name)
	}
	for i := range s.Scorecards.List {
		names = append(names, s.Scorecards.List[i].Name)
	}
	for _, n := range names {
		if !nameShape.MatchString(n.S) {
			c.add("name.shape", FileRulebook, n.pos, "", n.S)
		}
	}
}

func (b *Book) checkCitations(c *collector) {
	numbers := map[string]bool{}
	for i := range b.clauses {
		numbers[b.clauses[i].Number] = true
	}
	for _, cite := range b.citations() {
		if !numbers[cite.clause.S] {
			c.add("clause.unknown", FileRulebook, cite.clause.pos, cite.clause.S, cite.ref, cite.clause.S)
		}
	}
}

func (b *Book) checkClauses(c *collector) {
	for i := range b.clauses {
		cl := &b.clauses[i]
		idle := cl.Kind == "advice" || cl.Kind == "principle" || cl.Kind == "purpose"
		if len(cl.Implements) == 0 && len(cl.By) == 0 && !idle {
			c.add("clause.unimplemented", FileClauses, pos{cl.Line, 1}, cl.Number, cl.Number, cl.Title.Zh, cl.Title.En)
		}
	}
}

func (b *Book) checkSettings(c *collector, k *compiler) {
	for i := range b.spec.Settings.List {
		e := &b.spec.Settings.List[i]
		if !k.used[e.Name.S] {
			c.add("setting.unused", FileRulebook, e.Name.pos, e.Value.Clause.S, e.Name.S)
		}
	}
}

// checkAgainst compares the rulebook with the organisation.
func (b *Book) checkAgainst(c *collector, k *compiler, env Environment) {
	kinds := append([]string(nil), standardKinds...)
	kinds = append(kinds, b.spec.Facts.names()...)
	for kind := range env.Kinds {
		kinds = append(kinds, kind)
	}
	sort.Strings(kinds)
	for _, w := range k.kindsUsed {
		if !contains(kinds, w.S) {
			k.unknownName("fact.unknown_kind", w.pos, w.S, kinds)
		}
	}
	b.checkFields(k, env)
	b.checkSegments(k, env)
	k.checkOwners(env)
	if env.Roles != nil {
		b.checkRoles(c, k, env.Roles)
	}
}

func (b *Book) checkFields(k *compiler, env Environment) {
	var known []string
	for name := range customerFields {
		known = append(known, name)
	}
	for name := range env.Fields {
		known = append(known, name)
	}
	sort.Strings(known)
	used := k.fieldsUsed
	for _, at := range customerRef.FindAllStringSubmatchIndex(b.spec.AppliesTo.S, 50) {
		p := b.spec.AppliesTo.pos
		p.Col += at[0]
		used = append(used, word{pos: p, S: b.spec.AppliesTo.S[at[0]:at[1]]})
	}
	for _, w := range used {
		name := strings.TrimPrefix(w.S, "customer.")
		if contains(known, name) || env.Fields == nil && closest(name, known) == "" {
			continue
		}
		k.unknownName("field.unknown", w.pos, name, known)
	}
}

func (b *Book) checkRoles(c *collector, k *compiler, held map[string]bool) {
	seen := map[string]bool{}
	for _, w := range k.rolesUsed {
		r := b.spec.Roles.get(w.S)
		if r == nil || seen[w.S] {
			continue
		}
		seen[w.S] = true
		someone := held[w.S] || held[r.Zh.S] || held[r.En.S]
		for _, a := range r.Aliases {
			someone = someone || held[a.S]
		}
		if !someone {
			c.add("role.unheld", FileRulebook, w.pos, r.Clause.S, w.S, r.Zh.S, r.En.S)
		}
	}
}

// checkUse reports measures, scorecards and exchange rates that nothing reads.
func (b *Book) checkUse(c *collector, k *compiler) {
	k.checkRates()
	for i := range b.spec.Scorecards.List {
		if e := &b.spec.Scorecards.List[i]; !k.cardsUsed[e.Name.S] {
			c.add("score.unused", FileRulebook, e.Name.pos, e.Value.Clause.S, e.Name.S)
		}
	}
	used := k.measuresUsed
	for _, i := range slices.Backward(k.p.order) {
		if used[i] {
			for _, operand := range k.p.measures[i].ops {
				used[operand] = true
			}
		}
	}
	for i := range k.p.measures {
		if m := &k.p.measures[i]; !used[i] {
			c.add("measure.unused", FileRulebook, m.at, m.clause, m.name)
		}
	}
}

// checkAssumed reports figures that the cited clause does not contain and that are not marked as assumed.
func (b *Book) checkAssumed(c *collector) {
	texts := map[string]string{}
	for i := range b.clauses {
		texts[b.clauses[i].Number] = plainFigures.Replace(b.clauses[i].Text.Zh + " " + b.clauses[i].Text.En)
	}
	look := func(what string, figure, clause word, assumed bool) {
		text, ok := texts[clause.S]
		if !ok || assumed || !figure.set() || c.full() || settingRef.MatchString(figure.S) || mentions(text, figure.S) {
			return
		}
		c.add("assumed.missing", FileRulebook, figure.pos, clause.S, what, figure.S, clause.S)
	}
	b.conductFigures(look)
	b.procedureFigures(look)
	b.ownershipFigures(look)
	b.gradeFigures(look)
	b.scoreFigures(look)
}

// conductFigures shows look every figure outside grades and scorecards: what it belongs to, the clause it cites, and whether
// it is marked as assumed.
func (b *Book) conductFigures(look func(what string, figure, clause word, assumed bool)) {
	s := b.spec
	for i := range s.Rates.List {
		r := &s.Rates.List[i]
		look("rates."+r.Currency.S, r.Rate, r.Clause, r.Assumed.yes())
	}
	for i := range s.Settings.List {
		e := &s.Settings.List[i]
		if kind := e.Value.kind(); kind != "text" && kind != "choice" && kind != "boolean" {
			look("settings."+e.Name.S, e.Value.Value, e.Value.Clause, e.Value.Assumed.yes())
		}
	}
	for i := range s.Duties {
		d := &s.Duties[i]
		for _, figure := range []word{d.Every, d.Within, d.Before} {
			look("duties."+d.Do.S, figure, d.Clause, d.Assumed.yes())
		}
	}
	for i := range s.Capacity {
		look("capacity", s.Capacity[i].AtMost, s.Capacity[i].Clause, s.Capacity[i].Assumed.yes())
	}
	if s.Distribution != nil {
		look("distribution", s.Distribution.Within, s.Distribution.Clause, s.Distribution.Assumed.yes())
	}
	for i := range s.Indicators {
		look("indicators."+s.Indicators[i].Key.S, s.Indicators[i].Target, s.Indicators[i].Clause, s.Indicators[i].Assumed.yes())
	}
	for i := range s.Reports {
		look("reports."+s.Reports[i].Key.S, s.Reports[i].DueDay, s.Reports[i].Clause, s.Reports[i].Assumed.yes())
		look("reports."+s.Reports[i].Key.S, s.Reports[i].Repeat, s.Reports[i].Clause, s.Reports[i].Assumed.yes())
	}
}

func (b *Book) gradeFigures(look func(what string, figure, clause word, assumed bool)) {
	s := b.spec
	for i := range s.Grades.List {
		ref := s.Grades.List[i].ref(len(s.Grades.List)) + "."
		for j := range s.Grades.List[i].Bands {
			g := &s.Grades.List[i].Bands[j]
			look(ref+g.Code.S, g.AtLeast, g.Clause, g.Assumed.yes())
			look(ref+g.Code.S, g.Above, g.Clause, g.Assumed.yes())
		}
	}
	for i := range s.Grades.List {
		if h := s.Grades.List[i].Hold; h != nil {
			look(s.Grades.List[i].ref(len(s.Grades.List))+".hold", h.Margin, h.Clause, h.Assumed.yes())
		}
	}
}

func (b *Book) scoreFigures(look func(what string, figure, clause word, assumed bool)) {
	for i := range b.spec.Scorecards.List {
		card := &b.spec.Scorecards.List[i].Value
		for j := range card.Bonus {
			look(b.spec.Scorecards.List[i].Name.S+".bonus", card.Bonus[j].Points, card.Bonus[j].Clause, card.Assumed.yes() || card.Bonus[j].Assumed.yes())
		}
		for j := range card.Items {
			it := &card.Items[j]
			for n := range it.Points.Bands {
				look(it.name(), it.Points.Bands[n].Points, it.Clause, card.Assumed.yes() || it.Assumed.yes() || it.Points.Bands[n].Assumed.yes())
			}
		}
	}
}

// plainFigures takes out what is written between digits.
var plainFigures = strings.NewReplacer(",", "", "，", "", "_", "")

// mentions reports whether a text, with plain figures, contains the number of a figure: 150, 5%, or the 6 of P6M.
func mentions(plain, figure string) bool {
	digits := strings.Trim(strings.ReplaceAll(figure, "_", ""), "%PTYMWDH")
	if digits == "" || digits == "1" || digits == "0" {
		return true // words such as yearly and monthly stand for 1
	}
	word := chineseNumber(digits)
	return strings.Contains(plain, digits) || word != digits && strings.Contains(plain, word)
}

func chineseNumber(digits string) string {
	words := map[string]string{"2": "两", "3": "三", "4": "四", "5": "五", "6": "六", "7": "七", "8": "八", "9": "九", "10": "十", "12": "十二"}
	if w, ok := words[digits]; ok {
		return w
	}
	return digits
}

// checkCases reports dates in the examples that do not exist, examples that fail, and what no example exercises.
func (b *Book) checkCases(c *collector) {
	seen := map[string]bool{}
	for i := range b.cases.List {
		one := &b.cases.List[i]
		if one.Case.Zh != "" && seen[one.Case.Zh] {
			c.add("case.duplicate", FileCases, one.Case.pos, "", one.Case.Zh)
		}
		seen[one.Case.Zh] = true
		for _, w := range one.dates() {
			if _, err := calendar.Parse(w.S); err != nil && w.set() {
				reportDate(c, w)
			}
		}
	}
	if b.parseFailed {
		return
	}
	if _, problems := Compile(b, nil); HasErrors(problems) {
		return // the errors are reported already; every example would fail for the same reason
	}
	report := Test(b)
	for i := range report.Cases {
		r := &report.Cases[i]
		for _, d := range r.Diffs {
			c.add("case.failed", FileCases, pos{r.Line, 1}, "", d.Field, d.Want, d.Got)
		}
	}
	for i := range report.Unreached {
		u := &report.Unreached[i]
		file := FileRulebook
		if u.Kind == "clause" {
			file = FileClauses
		}
		c.add("untested."+u.Kind, file, u.at, u.Clause, u.Message.Zh, u.Message.En)
	}
}

// dates lists every date an example writes.
func (cs *caseSpec) dates() []word {
	out := []word{cs.AsOf}
	facts := cs.Facts
	for i := range cs.Others {
		facts = append(facts[:len(facts):len(facts)], cs.Others[i].Facts...)
	}
	for i := range facts {
		for j := range facts[i].Fields.List {
			if e := &facts[i].Fields.List[j]; e.Name.S == "date" {
				out = append(out, e.Value)
			}
		}
	}
	if cs.Expect.ExpiresOn.set() {
		out = append(out, cs.Expect.ExpiresOn)
	}
	return out
}

func reportDate(c *collector, w word) {
	if bad := impossibleDates(w.S); len(bad) > 0 {
		c.add("date.impossible", FileCases, w.pos, "", bad[0].text, bad[0].last)
		return
	}
	if d, shaped, exists := parseMonthDay(w.S); shaped && !exists {
		c.add("date.impossible", FileCases, w.pos, "", w.S, itoa(lastDay(2000, d.month)))
		return
	}
	c.add("date.wrong", FileCases, w.pos, "", w.S)
}
