package rule

// Trigger is a kind of fact that makes a customer graded again at once, between reviews.
type Trigger struct {
	On    string `json:"on"`
	Where string `json:"where,omitempty"`
	Title Text   `json:"title"`
	// Clause and Assumed are as everywhere.
	Clause  string `json:"clause,omitempty"`
	Assumed bool   `json:"assumed,omitempty"`
	// Needs names the columns of the fact Matches reads.
	Needs Needs `json:"-"`
	pred  *predicate
	at    pos
}

// Matches reports whether a fact sets the trigger off.
func (t *Trigger) Matches(x *Fact) bool {
	return x.Kind == t.On && (t.pred == nil || t.pred.match(x))
}

// Triggers lists the triggers of the program's scheme, in the order of the file.
func (p *Program) Triggers() []Trigger { return p.triggers }

func (k *compiler) triggers(g *gradesSpec) {
	for i := range g.Triggers {
		s := &g.Triggers[i]
		t := Trigger{
			On: s.On.S, Where: s.Where.S, Title: titleOr(s.Title, s.On.S), Clause: s.Clause.S, Assumed: s.Assumed.yes(), at: s.pos,
		}
		if s.On.set() {
			k.kindsUsed = append(k.kindsUsed, s.On)
		}
		if s.Where.set() {
			folds := k.p.needs
			k.p.needs = Needs{}
			t.pred = k.predicate(s.Where, k.factVars([]string{s.On.S}))
			t.Needs, k.p.needs = k.p.needs, folds
		}
		k.p.triggers = append(k.p.triggers, t)
	}
}
