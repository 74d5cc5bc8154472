package procedure

import (
	"context"
	"slices"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/expr"
	"kezhi/internal/flow"
	"kezhi/internal/id"
)

// world is what the engine asks about: the definition the case keeps, the people of the day, the customer.
type world struct {
	s        *Service
	q        db.Q
	roster   *roster
	edition  *Edition
	def      *flow.Definition
	customer *subject // nil = none
	number   string
	about    string // what an approval is about
	starter  int64
	owner    int64
	barred   []int64
	firsts   []Priority       // of every rulebook in force; where the engine may weigh
	tasks    map[int64][]Task // open ones, by case; nil = to be read
}

// subject is what a case knows of its customer.
type subject struct {
	ID, OwnerID, UnitID                             int64
	Code, Name, Party, Kind, Status, Region, Branch string
	Since                                           string
	Custom                                          map[string]string
	Grades                                          []standing
}

// place is what decides who reaches the customer.
func (c *subject) place() authz.Place {
	return authz.Place{CustomerID: c.ID, OwnerID: c.OwnerID, UnitID: c.UnitID, Region: c.Region}
}

// standing is the grade of a customer in a scheme.
type standing struct {
	Scheme, Rulebook, Code string
	VerdictID              int64
}

// gradeOf gives the grade the procedure means: of the scheme it names, of its own rulebook, or the first there is.
func (c *subject) gradeOf(rulebook, scheme string) standing {
	if c == nil {
		return standing{}
	}
	for _, g := range c.Grades {
		if scheme != "" && g.Scheme == scheme {
			return g
		}
	}
	if scheme != "" {
		return standing{}
	}
	for _, g := range c.Grades {
		if g.Rulebook == rulebook {
			return g
		}
	}
	if len(c.Grades) > 0 {
		return c.Grades[0]
	}
	return standing{}
}

// worldOf gathers what the engine needs for a case; c is the case as far as it is known.
func (s *Service) worldOf(ctx context.Context, q db.Q, ed *Edition, def *flow.Definition, c *Case) (*world, error) {
	r, err := s.roster(ctx, q)
	if err != nil {
		return nil, err
	}
	var cust *subject
	if c.CustomerID != 0 {
		if cust, err = loadSubject(ctx, q, c.CustomerID); err != nil {
			return nil, err
		}
	}
	return s.around(q, r, ed, def, c, cust), nil
}

// around is worldOf with what was read already; cust nil = the case is about no customer.
func (s *Service) around(q db.Q, r *roster, ed *Edition, def *flow.Definition, c *Case, cust *subject) *world {
	w := &world{s: s, q: q, roster: r, edition: ed, def: def, customer: cust, number: c.Number, about: c.Subject, starter: c.StartedBy, owner: c.OwnerID}
	if c.State != nil {
		w.barred = flow.Recused(def, c.State)
		slices.Sort(w.barred)
	}
	if cust != nil {
		w.owner = cust.OwnerID
	}
	return w
}

// caseWorld is worldOf for a case that exists: with the definition it keeps.
func (s *Service) caseWorld(ctx context.Context, q db.Q, c *Case) (*world, error) {
	ed, def, err := s.kept(ctx, q, c)
	if err != nil {
		return nil, err
	}
	return s.worldOf(ctx, q, ed, def, c)
}

// kept gives the definition a case keeps.
func (s *Service) kept(ctx context.Context, q db.Q, c *Case) (*Edition, *flow.Definition, error) {
	ed, err := s.books.Adopted(ctx, q, c.AdoptionID)
	if err != nil {
		return nil, nil, err
	}
	def := ed.definition(c.Procedure)
	if def == nil {
		return nil, nil, errs.New(errs.Internal, "case.unsound")
	}
	return ed, def, nil
}

func (w *world) env() flow.Env {
	e := flow.Env{
		Now: clock.Micros(w.s.now()), Zone: w.s.loc, Calendar: w.s.work, StarterUnit: w.roster.people[w.starter].unit,
		Ahead: w.ahead, Value: w.value, Show: w.show, Fills: w.fills, StandsIn: w.standsIn, Somebody: w.somebody, Above: w.above,
	}
	if w.customer != nil {
		e.CustomerUnit = w.customer.UnitID
	}
	return e
}

// weighing reads what the rulebooks in force say about whose matters come first.
func (w *world) weighing(ctx context.Context) error {
	if w.customer == nil || len(w.customer.Grades) == 0 {
		return nil
	}
	all, err := w.s.books.InForce(ctx, w.q, w.s.Today())
	for _, ed := range all {
		if ed.Rulebook != w.edition.Rulebook { // its own are conditions of the procedure
			w.firsts = append(w.firsts, ed.Priorities...)
		}
	}
	return err
}

// ahead says whether another rulebook of the house puts the customer's matters of this kind before others.
func (w *world) ahead() bool {
	return slices.ContainsFunc(w.firsts, func(p Priority) bool {
		return p.Of == w.def.Kind && slices.ContainsFunc(w.customer.Grades, func(g standing) bool { return g.Scheme == p.Scheme && slices.Contains(p.Grades, g.Code) })
	})
}

// desk gives the desk of a target, as it is seen now.
func (w *world) desk(t flow.Target, barred []int64) desk {
	post := strings.TrimSuffix(t.Post, authz.OrAbove)
	names := append([]string{t.Post}, w.edition.names(post)...)
	slices.Sort(names)
	return desk{Post: t.Post, Names: slices.Compact(names), Unit: t.Unit, Barred: barred}
}

// people gives who may act for a target, without those barred.
func (w *world) people(t flow.Target, barred []int64) []Holder {
	switch {
	case t.Person != 0:
		return w.roster.named(t.Person, barred)
	case t.Post == flow.PostOwner:
		if w.owner == 0 {
			return nil
		}
		return w.roster.named(w.owner, barred)
	case t.Post == "":
		return nil
	}
	return w.roster.holders(w.desk(t, barred))
}

func (w *world) fills(person int64, t flow.Target) bool {
	return slices.ContainsFunc(w.people(t, w.barred), func(h Holder) bool { return h.User == person })
}

func (w *world) standsIn(person, absent int64) bool {
	acts, ok := w.roster.acts(absent)
	return ok && acts == person && person != absent
}

func (w *world) somebody(t flow.Target, barred []int64) bool { return len(w.people(t, barred)) > 0 }

// above gives the nearest superior of a target: of a person, looked for from the person's own unit.
func (w *world) above(t flow.Target) (flow.Target, bool) {
	unit, post := t.Unit, t.Post
	person := t.Person
	if post == flow.PostOwner {
		person = w.owner
	}
	if person != 0 {
		unit, post = w.roster.people[person].unit, ""
		for _, role := range []string{authz.RoleDirector, authz.RoleRegionalManager} {
			if slices.Contains(w.roster.people[person].roles, role) {
				post = role
				break
			}
		}
	}
	up := above(post, w.edition.names(strings.TrimSuffix(post, authz.OrAbove)))
	return flow.Target{Post: up, Unit: unit}, up != ""
}

// value gives what the engine does not know as conditions read it.
func (w *world) value(name string) expr.Value {
	text := w.show(name)
	if text == "" {
		return expr.Value{Missing: true}
	}
	v := expr.Value{Text: text}
	if d, ok := expr.ParseDecimal(text); ok {
		v.Number = d
	}
	v.Bool = text == "true"
	return v
}

// show gives the same as a text.
func (w *world) show(name string) string {
	switch name {
	case "case.number":
		return w.number
	case "case.subject":
		return w.about
	case "case.starter":
		return w.roster.names[w.starter]
	case "case.owner":
		return w.roster.names[w.owner]
	case "case.today":
		return calendar.FromTime(w.s.now(), w.s.loc).String()
	}
	field, ok := strings.CutPrefix(name, "customer.")
	if !ok || w.customer == nil {
		return ""
	}
	return w.customer.field(field, w.edition.Rulebook, w.def.GradeScheme, w.roster)
}

// field gives a field of the customer as text, its own or one the company added.
func (c *subject) field(name, rulebook, scheme string, r *roster) string {
	switch name {
	case "id":
		return id.String(c.ID)
	case "code":
		return c.Code
	case "name":
		return c.Name
	case "party":
		return c.Party
	case "kind":
		return c.Kind
	case "status":
		return c.Status
	case "region":
		return c.Region
	case "industry":
		return c.Branch
	case "since":
		return c.Since
	case "owner":
		return r.names[c.OwnerID]
	case "grade":
		return c.gradeOf(rulebook, scheme).Code
	}
	return c.Custom[name]
}
