package rule

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// nobodyWord stands in examples for "no owner".
const nobodyWord = "nobody"

// ownerCover notes which owner rules, ends and bounds passing examples exercised.
type ownerCover map[string]bool

// owned says whether the example expects something of the owner.
func (e *expectSpec) owned() bool {
	return e.Owner.set() || e.OwnerRule.set() || e.OwnerWhy.set() || len(e.Conflicts) > 0
}

// runOwner decides who looks after the customer of an example and compares.
func (t *tester) runOwner(c *caseSpec, at *situationOf) []Diff {
	o := at.p.Ownership()
	if o == nil {
		return []Diff{{"owner", c.Expect.Owner.S, "no ownership section"}}
	}
	team := newCaseStaff(c)
	client := Client{Subject: at.s, Grades: t.caseGrades(c, at), Owner: team.id(at.s.text("customer.owner")), Unit: team.unit(at.s.text("customer.unit"))}
	for _, w := range c.Areas {
		if unit, ok := strings.CutPrefix(w.S, "unit:"); ok {
			client.Areas = append(client.Areas, AreaContract{Unit: team.unit(unit)})
		} else {
			client.Areas = append(client.Areas, AreaContract{Person: team.id(w.S)})
		}
	}
	d := o.Decide(&client, team, func(user int64) int64 { return team.loads[user] })
	diff := &differ{}
	diff.want("owner", c.Expect.Owner, team.name(d.Owner))
	diff.want("owner_rule", c.Expect.OwnerRule, d.key())
	diff.want("owner_why", c.Expect.OwnerWhy, d.Why)
	if len(c.Expect.Conflicts) > 0 {
		var kinds []string
		for _, x := range d.Conflicts {
			kinds = append(kinds, x.Kind)
		}
		if want := wordsText(c.Expect.Conflicts); want != strings.Join(kinds, ", ") {
			diff.list = append(diff.list, Diff{"conflicts", want, strings.Join(kinds, ", ")})
		}
	}
	if len(diff.list) == 0 {
		t.ownerSeen(o, &d)
	}
	return diff.list
}

func (d *OwnerDecision) key() string {
	if d.Rule == nil {
		return ""
	}
	return d.Rule.Key
}

func wordsText(ws words) string {
	list := make([]string, len(ws))
	for i, w := range ws {
		list[i] = w.S
	}
	return strings.Join(list, ", ")
}

// caseGrades gives the grades of the rulebook's own schemes, as they come out, and those the example writes.
func (t *tester) caseGrades(c *caseSpec, at *situationOf) map[string]string {
	out := map[string]string{}
	for _, p := range at.p.family.list {
		if p.graded {
			out[p.scheme.ID] = p.Judge(at.s, 0, at.m, at.pop).Code
		}
	}
	for i := range c.Graded.List {
		out[c.Graded.List[i].Name.S] = c.Graded.List[i].Value.S
	}
	return out
}

// ownerSeen notes what an example exercised: the rule that decided, the cap that turned somebody away, and the section itself.
func (t *tester) ownerSeen(o *Ownership, d *OwnerDecision) {
	clauses := t.cov[0].clauses
	clauses[o.Clause] = true
	if d.Rule != nil && d.Owner != 0 {
		t.owners[d.Rule.Key] = true
		clauses[d.Rule.Clause] = true
	}
	for _, x := range d.Conflicts {
		if x.Kind == ConflictFull {
			t.owners["caps"] = true
			for i := range o.Caps {
				clauses[o.Caps[i].Clause] = true
			}
		}
	}
}

// missingOwners lists the rules no passing example reaches.
func (t *tester) missingOwners(p *Program) []Unreached {
	o := p.Ownership()
	if o == nil {
		return nil
	}
	var out []Unreached
	for i := range o.Rules {
		if r := &o.Rules[i]; !t.owners[r.Key] {
			out = append(out, lack("branch", "ownership."+r.Key, r.Clause, r.at, "没有样例由归属规则“"+r.Title.Zh+"”决定", "no case is decided by the owner rule "+r.Title.En))
		}
	}
	if len(o.Caps) > 0 && !t.owners["caps"] {
		at := t.b.spec.Ownership.Caps.pos
		out = append(out, lack("branch", "ownership.caps", o.Caps[0].Clause, at, "没有样例遇到客户数已满的人", "no case meets somebody who has as many customers as allowed"))
	}
	return out
}

// caseStaff is the organisation of an example. People have the numbers of their place in the alphabet.
type caseStaff struct {
	names []string
	units []string
	roles map[string][]string // person -> role, or role@unit
	gone  map[string]bool
	empty map[string]bool // roles nobody holds
	loads map[int64]int64
}

func newCaseStaff(c *caseSpec) *caseStaff {
	s := &caseStaff{roles: map[string][]string{}, gone: map[string]bool{}, empty: map[string]bool{}, loads: map[int64]int64{}}
	names := map[string]bool{}
	for i := range c.People.List {
		e := &c.People.List[i]
		names[e.Name.S] = true
		s.roles[e.Name.S] = strings.Split(wordsText(e.Value), ", ")
	}
	for _, w := range c.Vacant {
		s.empty[w.S] = true
	}
	for _, w := range c.Gone {
		s.gone[w.S], names[w.S] = true, true
	}
	s.names = slices.Sorted(maps.Keys(names))
	for i := range c.Loads.List {
		n, err := strconv.ParseInt(strings.ReplaceAll(c.Loads.List[i].Value.S, "_", ""), 10, 64)
		if err == nil {
			s.loads[s.id(c.Loads.List[i].Name.S)] = n
		}
	}
	return s
}

// id gives somebody's number; whoever is mentioned exists.
func (s *caseStaff) id(name string) int64 {
	if name == "" || name == nobodyWord {
		return 0
	}
	i := slices.Index(s.names, name)
	if i < 0 {
		s.names = append(s.names, name)
		i = len(s.names) - 1
	}
	return int64(i) + 1
}

func (s *caseStaff) name(user int64) string {
	if user == 0 {
		return nobodyWord
	}
	return s.names[user-1]
}

func (s *caseStaff) unit(name string) int64 {
	if name == "" {
		return 0
	}
	i := slices.Index(s.units, name)
	if i < 0 {
		s.units = append(s.units, name)
		i = len(s.units) - 1
	}
	return int64(i) + 1
}

// Named is of Staff.
func (s *caseStaff) Named(text string) (int64, bool) {
	i := slices.Index(s.names, text)
	return int64(i) + 1, i >= 0
}

// Active is of Staff.
func (s *caseStaff) Active(user int64) bool { return user > 0 && !s.gone[s.name(user)] }

// Holds is of Staff.
func (s *caseStaff) Holds(role string, user int64) bool {
	name := s.name(user)
	return name == role || slices.ContainsFunc(s.roles[name], func(held string) bool {
		post, _, _ := strings.Cut(held, "@")
		return post == role
	})
}

// Holders is of Staff: those of the unit, else those for the whole organisation, else anybody; a role nobody is named for is
// held by somebody named like it.
func (s *caseStaff) Holders(role string, unit int64) []int64 {
	var near, whole, all []int64
	for _, name := range slices.Clone(s.names) {
		user := s.id(name)
		for _, held := range s.roles[name] {
			post, at, placed := strings.Cut(held, "@")
			if post != role || s.gone[name] {
				continue
			}
			all = append(all, user)
			switch {
			case !placed:
				whole = append(whole, user)
			case unit != 0 && s.unit(at) == unit:
				near = append(near, user)
			}
		}
	}
	for _, list := range [][]int64{near, whole, all} {
		if len(list) > 0 {
			return list
		}
	}
	if s.empty[role] {
		return nil
	}
	return []int64{s.id(role)}
}
