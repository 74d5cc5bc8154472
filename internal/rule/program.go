package rule

import (
	"sort"

	"kezhi/internal/calendar"
	"kezhi/internal/expr"
)

// Program is a compiled rulebook with its settings. It is immutable and safe for concurrent use.
type Program struct {
	book         *Book
	settingsUsed []SettingValue // those the verdict depends on
	settingsAll  []SettingValue
	scope        *expr.Condition
	needs        Needs
	measures     []measure
	measureIndex map[string]int
	gates        []gatePlan
	kinds        []string
	order        []int // measures on other measures, operands first
	levels       []levelPlan
	groupings    []grouping
	rates        []rateTable
	home         string // the currency the rates convert into
	ratesKept    bool   // the rates are those the company keeps: WithRates gives them
	compares     bool   // a measure compares with the window before
	slots, sets  int
	totals       int
	ranks        int
	judgements   []judgement
	requires     []require
	card         *scorecard
	cards        []scorecard
	scheme       Scheme
	grading      grading
	triggers     []Trigger
	family       *family
	index        int        // of the scheme within the rulebook
	earlier      []*Program // the schemes this one reads, in order
	usedGrading  map[string]bool
	duties       []DutyRule
	byGrade      map[string][]DutyRule
	graded       bool // the rulebook has grades
}

// Compile turns a book into the program of its first scheme; Program.For gives those of the others. settings override the defaults the book declares. The program is nil when one of
// the problems is an error.
func Compile(b *Book, settings map[string]string) (*Program, []Problem) {
	k := newCompiler(b)
	if b.parseFailed {
		k.c.add("book.unreadable", FileRulebook, pos{}, "")
		return nil, k.c.sorted()
	}
	k.run(settings)
	problems := k.c.sorted()
	if HasErrors(problems) {
		return nil, problems
	}
	return k.p, problems
}

// run compiles everything in the order in which one part needs the other.
func (k *compiler) run(settings map[string]string) {
	k.settings(settings)
	if k.b.spec.AppliesTo.set() {
		k.p.scope = k.condition(k.b.spec.AppliesTo, customerVars(k.b.spec.AppliesTo.S))
	}
	k.rates()
	k.measures()
	k.kindList()
	k.judgements()
	k.requires()
	k.schemes()
}

func (k *compiler) kindList() {
	seen := map[string]bool{}
	for _, g := range k.p.gates {
		for _, kind := range g.kinds {
			if !seen[kind] {
				seen[kind] = true
				k.p.kinds = append(k.p.kinds, kind)
			}
		}
	}
	sort.Strings(k.p.kinds)
}

func (k *compiler) settingValues() {
	for i := range k.b.spec.Settings.List {
		s := &k.b.spec.Settings.List[i]
		name := s.Name.S
		v := SettingValue{
			Name: name, Title: titleOr(s.Value.Title, name), Value: k.values[name],
			Assumed: s.Value.Assumed.yes() && k.values[name] == s.Value.Value.S, Clause: s.Value.Clause.S,
		}
		k.p.settingsAll = append(k.p.settingsAll, v)
		if k.usedGrading[name] {
			k.p.settingsUsed = append(k.p.settingsUsed, v)
		}
	}
}

// Kinds lists the fact kinds the program reads, in alphabetical order.
func (p *Program) Kinds() []string { return p.kinds }

// Needs tells which optional columns the program reads.
func (p *Program) Needs() Needs { return p.needs }

// From gives the earliest date any window reaches as of a date; calendar.None when one reaches over the whole history.
func (p *Program) From(asOf calendar.Date) calendar.Date {
	earliest := asOf
	for i := range p.gates {
		from, _ := p.gates[i].win.days(asOf)
		if p.gates[i].prev {
			from, _ = p.gates[i].win.before(asOf)
		}
		earliest = min(earliest, from)
	}
	return earliest
}

// Applies reports whether the customer is in scope.
func (p *Program) Applies(s Subject) (bool, error) {
	if p.scope == nil {
		return true, nil
	}
	return p.scope.Eval(func(name string) expr.Value { return s.value(name) })
}

// Settings gives every setting with the value in force, in the order of the file.
func (p *Program) Settings() []SettingValue { return p.settingsAll }

// Scheme gives the grades of the scheme this program judges, best first.
func (p *Program) Scheme() Scheme { return p.scheme }

// Duties lists what is owed by the grades of this program's scheme, with the settings in force.
func (p *Program) Duties() []DutyRule { return p.duties }

// DutiesFor lists what is owed to a customer of the grade.
func (p *Program) DutiesFor(code string) []DutyRule { return p.byGrade[code] }
