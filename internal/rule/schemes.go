package rule

import (
	"maps"
	"slices"
	"strings"

	"kezhi/internal/flow"
)

// maxSchemes is how many parallel schemes a rulebook may have: what a verdict remembers of the earlier ones is on the stack.
const maxSchemes = 8

// Schemes lists the parallel schemes of the rulebook in order, each with its labels best first; none when it does not grade.
func (p *Program) Schemes() []Scheme {
	if !p.graded {
		return []Scheme{}
	}
	out := make([]Scheme, len(p.family.list))
	for i, member := range p.family.list {
		out[i] = member.scheme
	}
	return out
}

// For gives the program that judges a scheme. Measures, folds and populations are shared: what one program of a rulebook
// has folded, another may judge. The second result is false when there is no such scheme.
func (p *Program) For(scheme string) (*Program, bool) {
	for _, member := range p.family.list {
		if member.scheme.ID == scheme {
			return member, true
		}
	}
	return nil, false
}

// Schemes lists the parallel schemes in order; none when the rulebook does not grade.
func (b *Book) Schemes() []Scheme {
	k := newCompiler(b)
	k.settings(nil)
	var out []Scheme
	for i := range b.spec.Grades.List {
		k.g = b.spec.Grades.at(i)
		k.labels()
		out = append(out, k.p.scheme)
	}
	return out
}

// family is the programs of all schemes of a rulebook, in order, and what belongs to all of them.
type family struct {
	list       []*Program
	fields     map[string]bool // of customers that are read
	indicators []Indicator
	reports    []Report
	procedures []*flow.Definition
	priorities []Priority
	segments   []string
	review     *Review
	ownership  *Ownership
}

// schemes compiles every scheme on top of what they share; afterwards k.p is the program of the first.
func (k *compiler) schemes() {
	shared, sharedSettings := *k.p, maps.Clone(k.usedGrading)
	all := &family{}
	k.checkSchemes()
	if !k.b.Graded() && len(k.b.spec.Procedures.List) == 0 && k.b.spec.Ownership == nil {
		k.report("book.nothing", k.b.spec.Rulebook.pos, "")
	}
	for i := range min(max(len(k.b.spec.Grades.List), 1), maxSchemes) {
		own := shared
		own.family, own.index = all, i
		k.p, k.g = &own, k.b.spec.Grades.at(i)
		k.usedGrading, k.labelsUsed, k.reads = maps.Clone(sharedSettings), map[int]bool{}, [maxSchemes]bool{}
		own.graded = k.b.Graded()
		k.scorecards()
		if own.graded {
			k.grades()
		} else {
			own.scheme.Labels = []Label{}
		}
		k.grading = false
		k.duties()
		k.grading = true
		k.follows(all)
		k.settingValues()
		all.list = append(all.list, k.p)
	}
	k.segmentNames(all)
	k.p, k.g = all.list[0], k.b.spec.Grades.at(0)
	k.grading = false
	k.conduct(all)
	k.regulation(all)
	k.procedures(all)
	k.ownership(all)
	k.reading(all)
}

// reading notes the customer fields that a verdict can depend on.
func (k *compiler) reading(all *family) {
	all.fields = map[string]bool{inSegment: len(all.segments) > 0}
	for _, w := range k.fieldsUsed {
		all.fields[strings.TrimPrefix(w.S, "customer.")] = true
	}
	for _, m := range customerRef.FindAllStringSubmatch(k.b.spec.AppliesTo.S, -1) {
		all.fields[m[1]] = true
	}
	for _, p := range all.list {
		if !p.grading.young.IsZero() {
			all.fields["first_fact_on"] = true
		}
	}
}

// Reads says whether a verdict of any scheme can depend on a customer field ("region", not "customer.region"); a subject need
// not hold the others.
func (p *Program) Reads(field string) bool { return p.family.fields[field] }

// Scoped says whether the rulebook is about some customers only: whether Applies must be asked.
func (p *Program) Scoped() bool { return p.scope != nil }

// follows lists the schemes this one reads, with those they read in turn, in order.
func (k *compiler) follows(all *family) {
	for _, other := range all.list {
		if !k.reads[other.index] {
			continue
		}
		for _, before := range append(slices.Clone(other.earlier), other) {
			if !slices.Contains(k.p.earlier, before) {
				k.p.earlier = append(k.p.earlier, before)
			}
		}
		for name := range other.usedGrading {
			k.usedGrading[name] = true
		}
	}
	slices.SortFunc(k.p.earlier, func(a, b *Program) int { return a.index - b.index })
	k.p.usedGrading = k.usedGrading
}

// checkSchemes reports schemes with the same id, or with the name of something else a condition may read.
func (k *compiler) checkSchemes() {
	list := k.b.spec.Grades.List
	if len(list) > maxSchemes {
		k.report("scheme.too_many", list[maxSchemes].pos, "", itoa(maxSchemes))
	}
	seen := map[string]bool{}
	for i := range list {
		id := list[i].Scheme
		if seen[id.S] && id.set() {
			k.report("scheme.duplicate", id.pos, list[i].Clause.S, id.S)
		}
		seen[id.S] = true
		_, measure := k.p.measureIndex[id.S]
		if len(list) > 1 && (measure || k.judgementIndex(id.S) >= 0 || k.b.spec.Scorecards.get(id.S) != nil) {
			k.report("scheme.name_taken", id.pos, list[i].Clause.S, id.S)
		}
	}
}

// earlierScheme finds a scheme by id among those that are decided before the current one; later reports one that exists
// but is not decided yet.
func (k *compiler) earlierScheme(id string) (index int, later bool) {
	for i := range k.b.spec.Grades.List {
		if k.b.spec.Grades.List[i].Scheme.S != id || id == "" {
			continue
		}
		if i < k.p.index && i < len(k.p.family.list) {
			return i, false
		}
		later = true
	}
	return -1, later
}

// schemeOf finds the scheme a duty, priority, approval or step speaks of: the named one, or the first.
func (k *compiler) schemeOf(w word) int {
	if !w.set() {
		return 0
	}
	var names []string
	for i := range k.b.spec.Grades.List {
		if k.b.spec.Grades.List[i].Scheme.S == w.S {
			return i
		}
		names = append(names, k.b.spec.Grades.List[i].Scheme.S)
	}
	k.unknownName("scheme.unknown", w.pos, w.S, names)
	return -1
}
