package ownership

import (
	"context"
	"slices"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/rule"
)

// page is how many customers are read at once.
const page = 2000

// survey runs the owner rules over all customers. It keeps the customers that cannot stay where they are by their ids, and
// nothing else of a customer.
type survey struct {
	s        *Service
	book     Book
	rules    *rule.Ownership
	staff    *staff
	areas    areas
	segments map[string][]int64
	assigner *rule.Assigner
	before   map[int64]int64
	after    map[int64]int64
	inScope  int64
	seen     int64
}

// newSurvey reads what the rules ask besides the customers.
func (s *Service) newSurvey(ctx context.Context, q db.Q, book Book) (*survey, error) {
	v := &survey{s: s, book: book, rules: book.Program.Ownership(), segments: map[string][]int64{}, before: map[int64]int64{}, after: map[int64]int64{}}
	who, err := s.who(ctx, q)
	if err != nil {
		return nil, err
	}
	people, err := listPeople(ctx, q)
	if err != nil {
		return nil, err
	}
	v.staff = newStaff(who, book.NamesOf, people)
	today := s.Today()
	if v.areas, err = loadAreas(ctx, q, today); err != nil {
		return nil, err
	}
	v.assigner = v.rules.Assigner(v.staff)
	return v, v.readSegments(ctx, today)
}

func (v *survey) readSegments(ctx context.Context, on calendar.Date) error {
	for _, name := range v.rules.Segments() {
		ids, found, err := v.s.members(ctx, name, on)
		if err != nil {
			return err
		}
		if !found {
			return errs.New(errs.Conflict, "grading.no_segment", "rulebook", v.book.Rulebook, "segment", name)
		}
		v.segments[name] = ids
	}
	return nil
}

// run decides on every customer in scope and hands each decision over: first those who stay, then the others, each in the order
// of their ids. progress is told how many customers were looked at, of a total that is at most double their number.
func (v *survey) run(ctx context.Context, q db.Q, progress func(done, total int64) error, each func(*Decision) error) error {
	total, err := countCustomers(ctx, q)
	if err != nil {
		return err
	}
	var left []int64
	for after := int64(0); ; {
		list, err := clientsAfter(ctx, q, after, page)
		if err != nil || len(list) == 0 {
			if err != nil {
				return err
			}
			break
		}
		after = list[len(list)-1].id
		kept, err := v.keep(list, each)
		if err != nil {
			return err
		}
		left = append(left, kept...)
		v.seen += int64(len(list))
		if err := progress(v.seen, total+int64(len(left))); err != nil {
			return err
		}
	}
	for start := 0; start < len(left); start += 500 {
		list, err := clientsOf(ctx, q, left[start:min(start+500, len(left))])
		if err != nil {
			return err
		}
		for i := range list {
			c := v.client(&list[i])
			if err := each(v.settle(&list[i], v.assigner.Give(c))); err != nil {
				return err
			}
		}
		v.seen += int64(len(list))
		if err := progress(v.seen, total+int64(len(left))); err != nil {
			return err
		}
	}
	return nil
}

// keep settles those of a page who stay and gives the ids of the others.
func (v *survey) keep(list []row, each func(*Decision) error) (left []int64, err error) {
	for i := range list {
		c := v.client(&list[i])
		if yes, err := v.book.Program.Applies(c.Subject); err != nil || !yes {
			continue // a condition that cannot be worked out is about nobody, as in gradings
		}
		v.inScope++
		v.before[c.Owner]++
		d, stays := v.assigner.Keep(c)
		if !stays {
			left = append(left, c.ID)
			continue
		}
		if err := each(v.settle(&list[i], d)); err != nil {
			return nil, err
		}
	}
	return left, nil
}

// client is a row as the rules see it.
func (v *survey) client(r *row) *rule.Client {
	c := &rule.Client{ID: r.id, Grades: r.grades, Owner: r.owner, Unit: r.unit, Areas: v.areas.of(r.region, r.address)}
	c.Subject = rule.Subject{Fields: map[string]any{
		"code": r.code, "name": r.name, "party": r.party, "kind": r.kind, "region": r.region, "industry": r.industry, "status": r.status, "tags": r.tags,
		"owner": v.staff.names[r.owner], "in_group": yesNo(r.inGroup), "created_on": calendar.FromTime(r.created, v.s.loc),
	}}
	for name, value := range r.custom {
		c.Subject.Fields[name] = value
	}
	var in []string
	for name, ids := range v.segments {
		if _, found := slices.BinarySearch(ids, r.id); found {
			in = append(in, name)
		}
	}
	if len(in) > 0 {
		c.Subject.Fields["in_segment"] = in
	}
	if c.Unit == 0 {
		for _, a := range c.Areas {
			c.Unit = max(a.Unit, v.staff.who.Unit(a.Person))
		}
	}
	return c
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// settle counts a decision and words it.
func (v *survey) settle(r *row, d rule.OwnerDecision) *Decision {
	v.after[d.Owner]++
	return &Decision{CustomerID: r.id, Code: r.code, Name: r.name, Present: r.owner, Owner: d.Owner, Why: v.why(&d)}
}

func (v *survey) why(d *rule.OwnerDecision) Why {
	w := Why{Rulebook: v.book.Rulebook, Version: v.book.Version, Reason: d.Why, Load: d.Load, Among: d.Among, Conflicts: []Conflict{}}
	if d.Rule != nil {
		w.Rule, w.Precedence, w.Title, w.Clause, w.By, w.Name = d.Rule.Key, d.Rule.Precedence, d.Rule.Title, d.Rule.Clause, d.Rule.By, d.Rule.Name
		if d.Rule.By == rule.OwnerRole || d.Rule.By == rule.OwnerArea {
			w.Role = v.book.TitleOf(d.Rule.Name)
		}
	}
	for _, c := range d.Conflicts {
		x := Conflict{Kind: c.Kind, Rule: c.Rule, UserID: c.User, UserName: v.staff.names[c.User], Text: c.Text}
		for i := range v.rules.Rules {
			if v.rules.Rules[i].Key == c.Rule {
				x.Title = v.rules.Rules[i].Title
			}
		}
		w.Conflicts = append(w.Conflicts, x)
	}
	return w
}

// loads gives everybody's customers before and after, those with the most first.
func (v *survey) loads() []Load {
	users := map[int64]bool{}
	for _, m := range []map[int64]int64{v.before, v.after} {
		for user := range m {
			users[user] = true
		}
	}
	out := make([]Load, 0, len(users))
	for user := range users {
		l := Load{UserID: user, Name: v.staff.names[user], Before: v.before[user], After: v.after[user], Disabled: user != 0 && !v.staff.Active(user)}
		for _, c := range v.rules.Caps {
			if v.staff.Holds(c.Role, user) && (l.Cap == 0 || c.AtMost < l.Cap) {
				l.Cap = c.AtMost
			}
		}
		out = append(out, l)
	}
	slices.SortFunc(out, func(a, b Load) int {
		if a.After != b.After {
			return int(b.After - a.After)
		}
		return int(min(max(a.UserID-b.UserID, -1), 1))
	})
	return out
}

// Survey decides on every customer without changing or keeping anything, and hands the decisions over one by one; loads say what
// it would make of everybody's customers. Needs customer.assign over all customers. Errors: those of the rules that are missing.
func (s *Service) Survey(ctx context.Context, rulebook string, each func(*Decision) error) (book Book, loads []Load, err error) {
	if _, err := requireAll(ctx, authz.CustomerAssign); err != nil {
		return Book{}, nil, err
	}
	err = s.db.InRead(ctx, func(q db.Q) error {
		if book, err = s.book(ctx, q, rulebook); err != nil {
			return err
		}
		v, err := s.newSurvey(ctx, q, book)
		if err != nil {
			return err
		}
		err = v.run(ctx, q, func(int64, int64) error { return nil }, each)
		loads = v.loads()
		return err
	})
	return book, loads, err
}
