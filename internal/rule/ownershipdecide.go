package rule

import (
	"cmp"
	"slices"
	"strings"

	"kezhi/internal/expr"
)

// Staff answers who there is to look after customers. Rulebooks name roles, customers name people in their fields; what both
// mean is the organisation's.
type Staff interface {
	// Named finds a person by login, name or id; ok is false when it means nobody, or several people.
	Named(text string) (user int64, ok bool)
	// Active says whether a person is still there to look after customers.
	Active(user int64) bool
	// Holders gives the active holders of a role nearest to a unit (0 = no unit), by id.
	Holders(role string, unit int64) []int64
	// Holds says whether a person holds a role anywhere.
	Holds(role string, user int64) bool
}

// Client is what an owner rule may know about a customer.
type Client struct {
	ID      int64
	Subject Subject
	// Grades are the codes the customer has now, by scheme.
	Grades map[string]string
	Owner  int64 // whoever looks after it now, 0 = nobody
	Unit   int64 // where it belongs, for the nearest holder; 0 = nowhere
	// Areas are the contracts on the customer's area that are equally close, the closest level only.
	Areas []AreaContract
}

// AreaContract says who answers for an area: a person, or a unit (then Person is 0).
type AreaContract struct{ Person, Unit int64 }

// Reasons for which a rule gave a customer to a person, or to nobody.
const (
	WhyNamed    = "named"     // the field names the person
	WhyArea     = "area"      // the person contracted the area
	WhyKept     = "kept"      // looks after the customer now, and may
	WhyFewest   = "fewest"    // has the fewest customers among those who may
	WhyOnly     = "only"      // is the only one who may
	WhyNoHolder = "no_holder" // nobody holds the role
	WhyFull     = "full"      // everybody who may has as many customers as allowed
)

// Kinds of conflicts.
const (
	ConflictDiffers  = "differs"    // somebody else looks after the customer now
	ConflictFull     = "full"       // a rule before the deciding one found nobody with room
	ConflictNoHolder = "no_holder"  // a rule found nobody who holds its role
	ConflictGone     = "gone"       // a rule names somebody who is not there any more, or whom nobody knows
	ConflictClaims   = "two_claims" // another rule, or a second contract, claims the customer for somebody else
)

// OwnerConflict is what stands against a decision, or against the rule it names.
type OwnerConflict struct {
	Kind string `json:"kind"`
	Rule string `json:"rule"` // key of the rule concerned, "" = none
	User int64  `json:"user"` // whoever claims the customer or has it now, 0 = nobody
	Text string `json:"text"` // what a field said where it means nobody
}

// OwnerDecision says who is to look after a customer.
type OwnerDecision struct {
	Owner int64 // 0 = nobody may
	// Rule decided; for nobody it is the one that ended the search.
	Rule *OwnerRule
	Why  string // one of the Why constants
	Load int64  // customers of the owner before this one
	// Among is how many could have been chosen.
	Among     int
	Conflicts []OwnerConflict
}

// Decide gives a customer to one person, or to nobody with the reason. load says how many customers somebody has without this
// one. It is total and depends on nothing but its arguments.
func (o *Ownership) Decide(c *Client, staff Staff, load func(user int64) int64) OwnerDecision {
	d := OwnerDecision{}
	at := len(o.Rules)
	for i := range o.Rules {
		r := &o.Rules[i]
		if !r.holds(c) {
			continue
		}
		done := o.try(r, c, staff, load, &d)
		if done {
			at = i
			break
		}
	}
	if c.Owner != 0 && c.Owner != d.Owner {
		d.Conflicts = append(d.Conflicts, OwnerConflict{Kind: ConflictDiffers, User: c.Owner})
	}
	if d.Owner != 0 {
		o.claims(c, staff, at+1, &d)
	}
	return d
}

// holds says whether the rule is about the customer. A condition that cannot be worked out does not hold.
func (r *OwnerRule) holds(c *Client) bool {
	if r.when == nil {
		return true
	}
	yes, err := r.when.Eval(func(name string) expr.Value {
		if name == "grade" {
			return gradeValue(c.Grades[r.scheme])
		}
		if scheme, ok := strings.CutPrefix(name, "grades."); ok {
			return gradeValue(c.grade(scheme))
		}
		return c.Subject.value(name)
	})
	return err == nil && yes
}

func gradeValue(code string) expr.Value { return expr.Value{Text: code, Missing: code == ""} }

// grade gives the code in a scheme as conditions name it.
func (c *Client) grade(name string) string {
	if code, ok := c.Grades[name]; ok {
		return code
	}
	for scheme, code := range c.Grades {
		if schemeName(scheme) == name {
			return code
		}
	}
	return ""
}

// try lets one rule that holds decide; false leaves it to the rules below.
func (o *Ownership) try(r *OwnerRule, c *Client, staff Staff, load func(int64) int64, d *OwnerDecision) bool {
	people, why := r.people(c, staff, d)
	if len(people) == 0 {
		if r.By != OwnerRole {
			return false
		}
		d.Conflicts = append(d.Conflicts, OwnerConflict{Kind: ConflictNoHolder, Rule: r.Key})
		return d.nobody(r, WhyNoHolder)
	}
	owner, ok := o.choose(people, c.Owner, staff, load)
	if !ok {
		d.Conflicts = append(d.Conflicts, OwnerConflict{Kind: ConflictFull, Rule: r.Key, User: people[0]})
		if r.By != OwnerRole {
			return false
		}
		return d.nobody(r, WhyFull)
	}
	d.Owner, d.Rule, d.Load, d.Among, d.Why = owner, r, load(owner), len(people), why
	switch {
	case why == WhyNamed || (why == WhyArea && len(people) == 1):
	case owner == c.Owner:
		d.Why = WhyKept
	case len(people) == 1:
		d.Why = WhyOnly
	default:
		d.Why = WhyFewest
	}
	return true
}

// nobody ends the search without an owner, unless the rule passes on.
func (d *OwnerDecision) nobody(r *OwnerRule, why string) bool {
	if r.Next {
		return false
	}
	d.Rule, d.Why = r, why
	return true
}

// people gives who may look after the customer by a rule, by id, and why one alone would be chosen.
func (r *OwnerRule) people(c *Client, staff Staff, d *OwnerDecision) ([]int64, string) {
	switch r.By {
	case OwnerField:
		text := c.Subject.text("customer." + r.Name)
		if text == "" {
			return nil, ""
		}
		user, ok := staff.Named(text)
		if !ok || !staff.Active(user) {
			d.Conflicts = append(d.Conflicts, OwnerConflict{Kind: ConflictGone, Rule: r.Key, User: user, Text: text})
			return nil, ""
		}
		return []int64{user}, WhyNamed
	case OwnerArea:
		return r.contracted(c, staff, d), WhyArea
	case OwnerPresent:
		if c.Owner == 0 || !staff.Active(c.Owner) {
			return nil, ""
		}
		return []int64{c.Owner}, WhyKept
	}
	return staff.Holders(r.Name, c.Unit), WhyOnly
}

// contracted gives who answers for the customer's area.
func (r *OwnerRule) contracted(c *Client, staff Staff, d *OwnerDecision) []int64 {
	var out []int64
	for _, a := range c.Areas {
		switch {
		case a.Person != 0 && staff.Active(a.Person):
			out = append(out, a.Person)
		case a.Person != 0:
			d.Conflicts = append(d.Conflicts, OwnerConflict{Kind: ConflictGone, Rule: r.Key, User: a.Person})
		case a.Unit != 0:
			out = append(out, staff.Holders(r.Name, a.Unit)...)
		}
	}
	slices.Sort(out)
	out = slices.Compact(out)
	if len(c.Areas) > 1 && len(out) > 1 {
		d.Conflicts = append(d.Conflicts, OwnerConflict{Kind: ConflictClaims, Rule: r.Key, User: out[len(out)-1]})
	}
	return out
}

// choose gives whoever looks after the customer now, if that is one of the people with room, else the one with the fewest
// customers, of several the one with the lowest id.
func (o *Ownership) choose(people []int64, present int64, staff Staff, load func(int64) int64) (int64, bool) {
	if slices.Contains(people, present) && o.room(present, staff, load) {
		return present, true
	}
	free := slices.DeleteFunc(slices.Clone(people), func(u int64) bool { return !o.room(u, staff, load) })
	if len(free) == 0 {
		return 0, false
	}
	return slices.MinFunc(free, func(a, b int64) int { return cmp.Or(cmp.Compare(load(a), load(b)), cmp.Compare(a, b)) }), true
}

// room says whether a person may have one customer more, by every cap on a role the person holds.
func (o *Ownership) room(user int64, staff Staff, load func(int64) int64) bool {
	for i := range o.Caps {
		if load(user) >= o.Caps[i].AtMost && staff.Holds(o.Caps[i].Role, user) {
			return false
		}
	}
	return true
}

// claims notes the rules below the deciding one that would give the customer to somebody else. The last rule, which holds for
// everybody, claims nobody in particular.
func (o *Ownership) claims(c *Client, staff Staff, from int, d *OwnerDecision) {
	for i := from; i < len(o.Rules)-1; i++ {
		r := &o.Rules[i]
		if r.By == OwnerPresent || !r.holds(c) {
			continue
		}
		quiet := OwnerDecision{}
		people, _ := r.people(c, staff, &quiet)
		if len(people) > 0 && !slices.Contains(people, d.Owner) {
			d.Conflicts = append(d.Conflicts, OwnerConflict{Kind: ConflictClaims, Rule: r.Key, User: people[0]})
		}
	}
}

// Assigner decides on many customers. The first round lets everybody keep whom the rules leave to them, the second gives away
// the others; so a second run over what the first one did changes nothing. In both rounds customers come in the order of their
// ids.
type Assigner struct {
	o     *Ownership
	staff Staff
	loads map[int64]int64
}

// Assigner begins with nobody having a customer.
func (o *Ownership) Assigner(staff Staff) *Assigner {
	return &Assigner{o: o, staff: staff, loads: map[int64]int64{}}
}

// AssignerWith begins with the customers people have, which nobody asks about.
func (o *Ownership) AssignerWith(staff Staff, loads map[int64]int64) *Assigner {
	return &Assigner{o: o, staff: staff, loads: loads}
}

// Keep is the first round: it settles a customer who stays where it is, and says whether it did.
func (a *Assigner) Keep(c *Client) (OwnerDecision, bool) {
	d := a.o.Decide(c, a.staff, a.load)
	if d.Owner == 0 || d.Owner != c.Owner {
		return d, false
	}
	a.loads[d.Owner]++
	return d, true
}

// Give is the second round, for a customer the first one did not settle.
func (a *Assigner) Give(c *Client) OwnerDecision {
	d := a.o.Decide(c, a.staff, a.load)
	if d.Owner != 0 {
		a.loads[d.Owner]++
	}
	return d
}

// Load is how many customers a person has been given so far.
func (a *Assigner) Load(user int64) int64 { return a.loads[user] }

func (a *Assigner) load(user int64) int64 { return a.loads[user] }
