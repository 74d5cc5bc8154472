package rule

import (
	"reflect"
	"sort"
	"strings"
)

// Parse reads the files of a rulebook. It never panics and does not stop at the first problem: what could be read is in
// the book even when problems are returned. A book with errors can be looked at and checked but not compiled.
func Parse(files map[string][]byte) (*Book, []Problem) {
	c := &collector{}
	b := &Book{spec: &spec{}, cases: &casesSpec{}}
	for _, name := range sortedNames(files) {
		if _, known := fileOrder[name]; !known {
			c.add("file.unknown", name, pos{}, "", name)
		}
	}
	if data, ok := files[FileRulebook]; !ok {
		c.add("file.missing", FileRulebook, pos{}, "", FileRulebook)
	} else if root := parseYAML(FileRulebook, data, c); root != nil {
		d := decoder{file: FileRulebook, c: c}
		d.value(root, reflect.ValueOf(b.spec), "")
		yamlTexts(c, FileRulebook, root)
	}
	if data, ok := files[FileClauses]; !ok {
		c.add("file.missing_clauses", FileClauses, pos{}, "", FileClauses)
	} else {
		b.clauses = parseClauses(data, c)
	}
	if data, ok := files[FileCases]; !ok {
		c.add("file.missing_cases", FileCases, pos{}, "", FileCases)
	} else if root := parseYAML(FileCases, data, c); root != nil {
		d := decoder{file: FileCases, c: c}
		d.value(root, reflect.ValueOf(b.cases), "")
		yamlTexts(c, FileCases, root)
	}
	b.inlineJudgements()
	b.link()
	b.parseFailed = c.failed()
	return b, c.sorted()
}

func sortedNames(files map[string][]byte) []string {
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// inlineJudgements turns a scorecard line that declares its own judgement (judged, by, range) into an entry of
// judgements, so that everything after this sees one form only.
func (b *Book) inlineJudgements() {
	for ci := range b.spec.Scorecards.List {
		items := b.spec.Scorecards.List[ci].Value.Items
		for i := range items {
			it := &items[i]
			if !it.Judged.set() || len(it.Range) == 0 || b.spec.Judgements.get(it.Judged.S) != nil {
				continue
			}
			j := judgementSpec{pos: it.pos, Title: it.Title, Range: it.Range, By: it.By, Clause: it.Clause, Assumed: it.Assumed}
			b.spec.Judgements.List = append(b.spec.Judgements.List, entry[judgementSpec]{Name: it.Judged, Value: j})
		}
	}
}

// citation is one place in rulebook.yaml that names a clause.
type citation struct {
	clause word
	ref    string
}

// link tells every clause what cites it.
func (b *Book) link() {
	index := make(map[string]int, len(b.clauses))
	for i := range b.clauses {
		index[b.clauses[i].Number] = i
		b.clauses[i].Implements = []string{}
	}
	for _, cite := range b.citations() {
		if i, ok := index[cite.clause.S]; ok {
			b.clauses[i].Implements = append(b.clauses[i].Implements, cite.ref)
		}
	}
}

// citations lists everything that names a clause, in the order of the grammar.
func (b *Book) citations() []citation {
	s := b.spec
	var out []citation
	add := func(clause word, ref string) {
		if clause.set() {
			out = append(out, citation{clause, ref})
		}
	}
	for i := range s.ScopeBy {
		add(s.ScopeBy[i], "applies_to")
	}
	for i := range s.Roles.List {
		add(s.Roles.List[i].Value.Clause, "roles."+s.Roles.List[i].Name.S)
	}
	for i := range s.Settings.List {
		add(s.Settings.List[i].Value.Clause, "settings."+s.Settings.List[i].Name.S)
	}
	for i := range s.Rates.List {
		add(s.Rates.List[i].Clause, "rates."+s.Rates.List[i].Currency.S)
	}
	for i := range s.Measures.List {
		add(s.Measures.List[i].Value.Clause, "measures."+s.Measures.List[i].Name.S)
	}
	for i := range s.Judgements.List {
		add(s.Judgements.List[i].Value.Clause, "judgements."+s.Judgements.List[i].Name.S)
	}
	for i := range s.Requires {
		add(s.Requires[i].Clause, "requires."+s.Requires[i].Reason.S)
	}
	for i := range s.Scorecards.List {
		card := &s.Scorecards.List[i]
		ref := "scorecards." + card.Name.S
		add(card.Value.Clause, ref)
		for j := range card.Value.Items {
			it := &card.Value.Items[j]
			add(it.Clause, ref+"."+it.name())
			for k := range it.Points.Bands {
				add(it.Points.Bands[k].Clause, ref+"."+it.name())
			}
		}
		for j := range card.Value.Bonus {
			add(card.Value.Bonus[j].Clause, ref+".bonus")
		}
		for j := range card.Value.Vetoes {
			add(card.Value.Vetoes[j].Clause, ref+".veto")
		}
	}
	b.regulationCitations(add)
	b.gradeCitations(add)
	b.conductCitations(add)
	b.ownershipCitations(add)
	b.procedureCitations(add)
	return out
}

func (b *Book) gradeCitations(add func(word, string)) {
	for i := range b.spec.Grades.List {
		g := &b.spec.Grades.List[i]
		ref := g.ref(len(b.spec.Grades.List))
		add(g.Clause, ref)
		for i := range g.Labels {
			add(g.Labels[i].Clause, ref+"."+g.Labels[i].Code.S)
		}
		for i := range g.Bands {
			add(g.Bands[i].Clause, ref+"."+g.Bands[i].Code.S)
		}
		for i := range g.Table {
			add(g.Table[i].Clause, ref+"."+g.Table[i].Code.S)
		}
		if g.NewCustomer != nil {
			add(g.NewCustomer.Clause, ref+".new_customer")
		}
		g.adjustmentCitations(ref, add)
	}
}

func (g *gradesSpec) adjustmentCitations(ref string, add func(word, string)) {
	for i := range g.Limits {
		add(g.Limits[i].Clause, ref+".limits")
	}
	if g.Hold != nil {
		add(g.Hold.Clause, ref+".hold")
	}
	if g.Dormant != nil {
		add(g.Dormant.Clause, ref+".dormant")
	}
	for i := range g.Triggers {
		add(g.Triggers[i].Clause, ref+".triggers")
	}
}

// ref names the scheme in messages and references: "grades", or "grades.importance" where there are several.
func (g *gradesSpec) ref(schemes int) string {
	if schemes > 1 {
		return "grades." + g.Scheme.S
	}
	return "grades"
}

func (b *Book) conductCitations(add func(word, string)) {
	s := b.spec
	if s.Review != nil {
		add(s.Review.Clause, "review")
		for i := range s.Review.Steps {
			add(s.Review.Steps[i].Clause, "review."+s.Review.Steps[i].Do.S)
		}
	}
	for i := range s.Duties {
		add(s.Duties[i].Clause, "duties."+s.Duties[i].Do.S)
	}
	for i := range s.Capacity {
		add(s.Capacity[i].Clause, "capacity."+itoa(i+1))
	}
	for i := range s.Priorities {
		add(s.Priorities[i].Clause, "priorities."+s.Priorities[i].Of.S)
	}
	for i := range s.Approvals {
		add(s.Approvals[i].Clause, "approvals."+s.Approvals[i].To.S)
	}
}

// name gives the line's own name, or what it reads.
func (it *itemSpec) name() string {
	switch {
	case it.Name.set():
		return it.Name.S
	case it.Measure.set():
		return it.Measure.S
	case it.Judged.set():
		return it.Judged.S
	}
	return strings.TrimPrefix(it.Field.S, "customer.")
}
