package rule

// ownershipSpec is the section ownership as written.
type ownershipSpec struct {
	pos
	Scheme    word             `yaml:"scheme" doc:"Scheme whose grade a bare grade in the rules means; the rulebook's first one without it"`
	Rules     []ownerRuleSpec  `yaml:"rules,required" doc:"Who looks after a customer: the first rule that holds decides, so the order is the precedence"`
	Caps      entries[capSpec] `yaml:"caps" doc:"How many customers one holder of a role may look after: {customer_manager: 200}"`
	Dedicated []dedicatedSpec  `yaml:"dedicated" doc:"Customers who must have somebody of a role to themselves"`
	Pool      *poolSpec        `yaml:"pool" doc:"Customers nobody looks after: who may take them, how many, for how long"`
	Clause    word             `yaml:"clause" doc:"Clause that says that every customer has one owner"`
}

type ownerRuleSpec struct {
	pos
	Key     word      `yaml:"key,required" doc:"Stable key within the rulebook"`
	When    word      `yaml:"when" doc:"Condition on customer.*, grade, grades.SCHEME and in_segment(\"…\"); without it the rule holds for everybody"`
	Owner   ownerSpec `yaml:"owner,required" doc:"Role whose nearest holder with the fewest customers it is, or {role: …}, {field: …}, {area: …}, {present: true}"`
	Next    word      `yaml:"next" doc:"true: when the role has nobody, or nobody with room, the rules below are tried" enum:"true|false"`
	Title   titleNode `yaml:"title" doc:"Name of the rule"`
	Clause  word      `yaml:"clause" doc:"Clause that asks for it"`
	Assumed word      `yaml:"assumed" doc:"true when the text does not say so" enum:"true|false"`
}

type ownerSpec struct {
	pos
	Role    word `yaml:"role" doc:"Role: the nearest holder who has the fewest customers"`
	Field   word `yaml:"field" doc:"Field of the customer that names the person, by login or name; an empty one leaves it to the rules below"`
	Area    word `yaml:"area" doc:"Whoever has contracted the customer's area; where that is a unit, the holder of this role there"`
	Present word `yaml:"present" doc:"true: whoever looks after the customer now" enum:"true"`
}

// readNode accepts a role in place of the keys.
func (o *ownerSpec) readNode(d *decoder, n *node, path string) {
	o.pos = n.pos
	if n.kind == nodeScalar {
		o.Role = word{pos: n.pos, S: n.text}
		return
	}
	d.keys(n, o, path)
}

// capSpec is a number of customers, or {at_most: …} with its clause.
type capSpec struct {
	pos
	AtMost  word `yaml:"at_most,required" doc:"Customers of one person"`
	Clause  word `yaml:"clause" doc:"Clause that gives the number"`
	Assumed word `yaml:"assumed" doc:"true when the text gives no number" enum:"true|false"`
}

// readNode accepts a number in place of the keys.
func (c *capSpec) readNode(d *decoder, n *node, path string) {
	c.pos = n.pos
	if n.kind == nodeScalar {
		c.AtMost = word{pos: n.pos, S: n.text}
		return
	}
	d.keys(n, c, path)
}

type dedicatedSpec struct {
	pos
	For     word      `yaml:"for,required" doc:"Condition on grade: grade in [\"A\", \"B\"]"`
	Scheme  word      `yaml:"scheme" doc:"Scheme whose grade is meant; the rulebook's first one without it"`
	By      word      `yaml:"by,required" doc:"Role of whoever looks after them"`
	AtMost  word      `yaml:"at_most,required" doc:"How many of them one person can look after, for the head-count"`
	Title   titleNode `yaml:"title" doc:"Name of the demand"`
	Clause  word      `yaml:"clause" doc:"Clause that asks for it"`
	Assumed word      `yaml:"assumed" doc:"true when the text gives no number" enum:"true|false"`
}

type poolSpec struct {
	pos
	By          words `yaml:"by" doc:"Roles that may take customers out of the pool; without it everybody who may look after customers"`
	ClaimAtMost word  `yaml:"claim_at_most,required" doc:"How many customers out of the pool one person may have at a time"`
	KeepFor     word  `yaml:"keep_for" doc:"ISO period within which a customer that was taken must have been contacted; then it goes back"`
	ReturnAfter word  `yaml:"return_after" doc:"ISO period without a contact after which a customer that was taken goes back"`
	AgainAfter  word  `yaml:"again_after" doc:"ISO period after which the same person may take the same customer again"`
	Clause      word  `yaml:"clause" doc:"Clause that asks for it"`
	Assumed     word  `yaml:"assumed" doc:"true when the text gives no figures" enum:"true|false"`
}

// ownershipCitations lists what of the section names a clause.
func (b *Book) ownershipCitations(add func(word, string)) {
	s := b.spec.Ownership
	if s == nil {
		return
	}
	add(s.Clause, "ownership")
	for i := range s.Rules {
		add(s.Rules[i].Clause, "ownership."+s.Rules[i].Key.S)
	}
	for i := range s.Caps.List {
		add(s.Caps.List[i].Value.Clause, "ownership.caps")
	}
	for i := range s.Dedicated {
		add(s.Dedicated[i].Clause, "ownership.dedicated")
	}
	if s.Pool != nil {
		add(s.Pool.Clause, "ownership.pool")
	}
}

// ownershipFigures shows look the figures of the section.
func (b *Book) ownershipFigures(look func(what string, figure, clause word, assumed bool)) {
	s := b.spec.Ownership
	if s == nil {
		return
	}
	for i := range s.Caps.List {
		c := &s.Caps.List[i].Value
		look("ownership.caps", c.AtMost, c.Clause, c.Assumed.yes())
	}
	for i := range s.Dedicated {
		look("ownership.dedicated", s.Dedicated[i].AtMost, s.Dedicated[i].Clause, s.Dedicated[i].Assumed.yes())
	}
	if p := s.Pool; p != nil {
		for _, figure := range []word{p.ClaimAtMost, p.KeepFor, p.ReturnAfter, p.AgainAfter} {
			look("ownership.pool", figure, p.Clause, p.Assumed.yes())
		}
	}
}
