package rule

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"kezhi/internal/calendar"
	"kezhi/internal/expr"
)

// Ways by which an owner rule finds the person.
const (
	OwnerRole    = "role"    // the nearest holder of a role who has the fewest customers
	OwnerField   = "field"   // whom a field of the customer names
	OwnerArea    = "area"    // whoever has contracted the customer's area
	OwnerPresent = "present" // whoever looks after the customer now
)

// Bounds of the section.
const (
	maxOwnerRules = 60
	maxCap        = 1_000_000
)

// Ownership says who looks after which customer. It is immutable.
type Ownership struct {
	Clause string `json:"clause"`
	// Scheme is the one a bare grade means; it may belong to another rulebook.
	Scheme string `json:"scheme"`
	// Rules in the order of their precedence.
	Rules []OwnerRule `json:"rules"`
	// Caps are how many customers one holder of a role may look after.
	Caps      []OwnerCap  `json:"caps"`
	Dedicated []Dedicated `json:"dedicated"`
	// Pool is nil where the rulebook says nothing about customers without an owner.
	Pool *PoolRule `json:"pool"`
}

// OwnerRule is one rule of precedence.
type OwnerRule struct {
	Key string `json:"key"`
	// Precedence counts from 1, which comes first.
	Precedence int    `json:"precedence"`
	Title      Text   `json:"title"`
	When       string `json:"when"` // as written; empty for everybody
	// By is one of the Owner constants; Name is the role, the field, or for an area the role in a contracted unit.
	By   string `json:"by"`
	Name string `json:"name"`
	// Next says that the rules below are tried when the role has nobody with room.
	Next    bool   `json:"next"`
	Clause  string `json:"clause"`
	Assumed bool   `json:"assumed"`

	when   *expr.Condition
	scheme string // of the bare grade
	at     pos
}

// OwnerCap bounds how many customers one holder of a role looks after.
type OwnerCap struct {
	Role    string `json:"role"`
	AtMost  int64  `json:"at_most"`
	Clause  string `json:"clause"`
	Assumed bool   `json:"assumed"`
}

// Dedicated demands that customers of some grades are looked after by holders of a role, AtMost of them by one person.
type Dedicated struct {
	Scheme  string   `json:"scheme"`
	Grades  []string `json:"grades"`
	By      string   `json:"by"`
	AtMost  int64    `json:"at_most"`
	Title   Text     `json:"title"`
	Clause  string   `json:"clause"`
	Assumed bool     `json:"assumed"`
}

// PoolRule bounds taking customers out of the pool. A period that is zero bounds nothing.
type PoolRule struct {
	By          []string        `json:"by"`
	ClaimAtMost int64           `json:"claim_at_most"`
	KeepFor     calendar.Period `json:"-"`
	ReturnAfter calendar.Period `json:"-"`
	AgainAfter  calendar.Period `json:"-"`
	Clause      string          `json:"clause"`
	Assumed     bool            `json:"assumed"`
}

// Ownership gives the section with the settings in force; nil when the rulebook does not say who looks after whom.
func (p *Program) Ownership() *Ownership { return p.family.ownership }

// Ownership gives the section with the default settings; nil when there is none.
func (b *Book) Ownership() *Ownership {
	if p, _ := Compile(b, nil); p != nil {
		return p.Ownership()
	}
	return nil
}

// ownership compiles the section. The program in hand is that of the first scheme.
func (k *compiler) ownership(all *family) {
	s := k.b.spec.Ownership
	if s == nil {
		return
	}
	o := &Ownership{Clause: s.Clause.S, Rules: []OwnerRule{}, Caps: []OwnerCap{}, Dedicated: []Dedicated{}}
	if len(s.Rules) > maxOwnerRules {
		k.report("rule.too_many", s.Rules[maxOwnerRules].pos, s.Clause.S, itoa(maxOwnerRules))
		return
	}
	scheme := k.ownerScheme(s.Scheme)
	o.Scheme = scheme
	for i := range s.Rules {
		o.Rules = append(o.Rules, k.ownerRule(&s.Rules[i], i+1, scheme))
	}
	k.ownerOrder(o)
	for i := range s.Caps.List {
		e := &s.Caps.List[i]
		k.role(e.Name)
		o.Caps = append(o.Caps, OwnerCap{Role: e.Name.S, AtMost: k.headcount(e.Value.AtMost, e.Value.Clause.S), Clause: e.Value.Clause.S, Assumed: e.Value.Assumed.yes() || k.assumedSetting(e.Value.AtMost)})
	}
	for i := range s.Dedicated {
		o.Dedicated = append(o.Dedicated, k.dedicated(all, &s.Dedicated[i]))
	}
	if s.Pool != nil {
		o.Pool = k.pool(s.Pool)
	}
	all.ownership = o
}

// ownerScheme gives the scheme a bare grade means. It may be one of another rulebook.
func (k *compiler) ownerScheme(w word) string {
	if w.set() {
		return w.S
	}
	return k.p.scheme.ID
}

func (k *compiler) ownerRule(s *ownerRuleSpec, precedence int, scheme string) OwnerRule {
	r := OwnerRule{
		Key: s.Key.S, Precedence: precedence, Title: titleOr(s.Title, s.Key.S), When: s.When.S, Next: s.Next.yes(), Clause: s.Clause.S, Assumed: s.Assumed.yes(),
		scheme: scheme, at: s.pos,
	}
	if !nameShape.MatchString(r.Key) {
		k.report("name.shape", s.Key.pos, r.Clause, r.Key)
	}
	ways := 0
	for _, way := range []struct {
		by   string
		word word
	}{{OwnerRole, s.Owner.Role}, {OwnerField, s.Owner.Field}, {OwnerArea, s.Owner.Area}, {OwnerPresent, s.Owner.Present}} {
		if way.word.set() {
			ways++
			r.By, r.Name = way.by, way.word.S
		}
	}
	if ways != 1 {
		k.report("owner.ways", s.Owner.pos, r.Clause, r.Key)
	}
	switch r.By {
	case OwnerRole:
		k.role(s.Owner.Role)
	case OwnerArea:
		k.role(s.Owner.Area)
	case OwnerField:
		k.ownerFields = append(k.ownerFields, s.Owner.Field)
	}
	if s.When.set() {
		r.when = k.condition(s.When, ownerVars(s.When.S))
		k.ownerUses(r.when, s)
	}
	return r
}

var gradesRef = regexp.MustCompile(`grades\.([A-Za-z_][A-Za-z0-9_]*)`)

// ownerVars are the variables of a condition on who looks after a customer.
func ownerVars(text string) []expr.Var {
	vars := append(customerVars(text), expr.Var{Name: "grade", Kind: expr.Text})
	seen := map[string]bool{}
	for _, m := range gradesRef.FindAllStringSubmatch(text, 50) {
		if !seen[m[1]] {
			seen[m[1]] = true
			vars = append(vars, expr.Var{Name: "grades." + m[1], Kind: expr.Text})
		}
	}
	return vars
}

// fieldInGroup is a field that every customer has for these rules: yes when it is connected to another one as its parent or
// subsidiary.
const fieldInGroup = "in_group"

// ownerUses notes the fields and segments a condition reads, and reports grades that a scheme of this rulebook does not have.
func (k *compiler) ownerUses(c *expr.Condition, s *ownerRuleSpec) {
	if c == nil {
		return
	}
	for _, name := range c.Uses() {
		if field, ok := strings.CutPrefix(name, "customer."); ok && field != fieldInGroup {
			k.fieldsUsed = append(k.fieldsUsed, word{pos: s.When.pos, S: name})
		}
	}
	for _, name := range c.Members() {
		k.ownerSegments = append(k.ownerSegments, segmentUse{word{pos: s.When.pos, S: name}, s.Clause.S})
	}
	terms, _ := c.Terms()
	for i := range terms {
		scheme, ok := strings.CutPrefix(terms[i].Name, "grades.")
		if !ok {
			continue
		}
		for _, p := range k.p.family.list {
			if schemeName(p.scheme.ID) == scheme {
				k.codesKnown(p, terms[i].Texts, s)
			}
		}
	}
}

func (k *compiler) codesKnown(p *Program, codes []string, s *ownerRuleSpec) {
	var known []string
	for _, l := range p.scheme.Labels {
		known = append(known, l.Code)
	}
	for _, code := range codes {
		if !contains(known, code) {
			k.unknownName("scheme.code", s.When.pos, code, known, p.scheme.ID)
		}
	}
}

// checkOwners compares the segments and fields of the section with those that exist. A field that nobody has made yet is no
// error: until then its rule leaves everybody to the next one.
func (k *compiler) checkOwners(env Environment) {
	for _, w := range k.ownerFields {
		if _, builtIn := customerFields[w.S]; !builtIn && env.Fields != nil && !env.Fields[w.S] {
			k.report("owner.field", w.pos, "", w.S)
		}
	}
	if env.Segments == nil {
		return
	}
	known := slices.Sorted(maps.Keys(env.Segments))
	for _, use := range k.ownerSegments {
		if !contains(known, use.name.S) {
			k.unknownName("segment.unknown", use.name.pos, use.name.S, known)
		}
	}
}

// schemeName is a scheme's id as conditions write it behind "grades.".
func schemeName(id string) string { return strings.ReplaceAll(id, "-", "_") }

// ownerOrder reports rules of one key, rules that can never decide, and a list that does not catch everybody.
func (k *compiler) ownerOrder(o *Ownership) {
	seen := map[string]bool{}
	for i := range o.Rules {
		r := &o.Rules[i]
		if seen[r.Key] {
			k.report("owner.duplicate", r.at, r.Clause, r.Key)
		}
		seen[r.Key] = true
		last := i == len(o.Rules)-1
		if r.By == OwnerRole && r.When == "" && !r.Next && !last {
			k.report("owner.unreachable", o.Rules[i+1].at, o.Rules[i+1].Clause, o.Rules[i+1].Key, r.Key)
		}
		if last && (r.By != OwnerRole || r.When != "") {
			k.report("owner.not_total", r.at, r.Clause, r.Key)
		}
	}
}

// headcount reads how many customers somebody may have.
func (k *compiler) headcount(w word, clause string) int64 {
	s := strings.ReplaceAll(k.resolve(w), "_", "")
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 1 || n > maxCap {
		k.report("owner.count", w.pos, clause, s, itoa(maxCap))
		return 1
	}
	return n
}

func (k *compiler) dedicated(all *family, s *dedicatedSpec) Dedicated {
	d := Dedicated{By: s.By.S, AtMost: k.headcount(s.AtMost, s.Clause.S), Title: titleOr(s.Title, s.By.S), Clause: s.Clause.S, Assumed: s.Assumed.yes() || k.assumedSetting(s.AtMost)}
	k.role(s.By)
	own := k.b.spec.Ownership.Scheme
	if s.Scheme.set() {
		own = s.Scheme
	}
	d.Scheme = k.ownerScheme(own)
	for _, p := range all.list {
		if p.scheme.ID == d.Scheme && p.graded {
			k.of(all, word{pos: s.For.pos, S: d.Scheme}, func() { d.Grades = k.forGrades(s.For) })
			return d
		}
	}
	d.Grades = k.namedGrades(s.For)
	return d
}

// namedGrades gives the codes a condition on the grade of another rulebook names.
func (k *compiler) namedGrades(w word) []string {
	c := k.condition(w, gradeVars)
	if c == nil {
		return nil
	}
	var codes []string
	terms, plain := c.Terms()
	for i := range terms {
		if terms[i].Op == expr.Equal || terms[i].Op == expr.In {
			codes = append(codes, terms[i].Texts...)
		}
	}
	if !plain || len(codes) == 0 {
		k.report("grade.nobody", w.pos, "", w.S)
	}
	return codes
}

func (k *compiler) pool(s *poolSpec) *PoolRule {
	p := &PoolRule{ClaimAtMost: k.headcount(s.ClaimAtMost, s.Clause.S), Clause: s.Clause.S, Assumed: s.Assumed.yes(), By: []string{}}
	for _, by := range s.By {
		k.role(by)
		p.By = append(p.By, by.S)
	}
	for to, w := range map[*calendar.Period]word{&p.KeepFor: s.KeepFor, &p.ReturnAfter: s.ReturnAfter, &p.AgainAfter: s.AgainAfter} {
		if w.set() {
			*to, _ = k.period(w)
		}
	}
	return p
}

// Segments lists the segments the rules read, in alphabetical order. Subject.Fields["in_segment"] holds those of them to which a
// customer belongs.
func (o *Ownership) Segments() []string {
	var out []string
	for i := range o.Rules {
		if o.Rules[i].when != nil {
			out = append(out, o.Rules[i].when.Members()...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
