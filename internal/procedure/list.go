package procedure

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
	"kezhi/internal/search"
)

// Filter bounds a list of cases. Empty members match everything.
type Filter struct {
	IDs        []int64
	Rulebook   string
	Kinds      []string
	Procedures []string
	Statuses   []string
	Classes    []string
	Outcomes   []string
	Channels   []string
	Step       string
	OwnerIDs   []int64
	UnitIDs    []int64
	CustomerID int64
	Overdue    bool
	Stuck      bool
	Mine       bool   // begun by the person, owned, or waiting for the person
	Subject    string // what an approval is about
	Text       string // as people search: a number, words of the title, name, code or phone of the customer or of who called
	From, To   calendar.Date
	Sort       string // due (default): priority, then the nearest limit; newest
	Cursor     string
	Limit      int // 1 to 200

	priorities []int          // only these; empty = all
	driver     *predicate     // what of Text the fewest cases meet, when these are few
	matches    []search.Match // the rest of Text
}

var sorts = []string{"", SortDue, SortNewest}

// Orders of a list of cases.
const (
	SortDue    = "due"
	SortNewest = "newest"
)

// Validate reports every wrong field.
func (f Filter) Validate() error {
	var v errs.Validation
	for _, st := range f.Statuses {
		v.Check(slices.Contains(flow.Statuses(), st), "status", "field.not_allowed", "value", errs.Shown(st))
	}
	v.Check(slices.Contains(sorts, f.Sort), "sort", "field.not_allowed", "value", errs.Shown(f.Sort))
	v.Check(len(f.Text) <= maxTitle, "q", "field.too_long", "max", maxTitle)
	return v.Err()
}

// List gives a page of the cases a person may see, and the cursor of the next one. Needs procedure.read; participants
// see theirs. Errors: invalid_input, cursor.invalid.
func (s *Service) List(ctx context.Context, f Filter) ([]Case, string, error) {
	actor, err := authz.Require(ctx, authz.ProcedureRead)
	if err != nil {
		return nil, "", err
	}
	if err := f.Validate(); err != nil {
		return nil, "", err
	}
	var out []Case
	next := ""
	err = s.db.InRead(ctx, func(q db.Q) error {
		me, err := s.personOf(ctx, q, actor)
		if err != nil {
			return err
		}
		out, next, err = listCases(ctx, q, f, me, clock.Micros(s.now()), s.loc)
		return err
	})
	return out, next, err
}

// Count says how many cases List would give, up to MaxCount. Needs procedure.read; participants count theirs. Error: invalid_input.
func (s *Service) Count(ctx context.Context, f Filter) (Count, error) {
	actor, err := authz.Require(ctx, authz.ProcedureRead)
	if err != nil {
		return Count{}, err
	}
	if err := f.Validate(); err != nil {
		return Count{}, err
	}
	var out Count
	err = s.db.InRead(ctx, func(q db.Q) error {
		me, err := s.personOf(ctx, q, actor)
		if err != nil {
			return err
		}
		out, err = countCases(ctx, q, f, me, clock.Micros(s.now()), s.loc)
		return err
	})
	return out, err
}

// viewer is the acting person as lists see it: reach, and where the person may act today.
type viewer struct {
	user  int64
	scope authz.Scope
	as    []int64 // the person, and those the person stands in for
	desks []int64
}

func (s *Service) personOf(ctx context.Context, q db.Q, actor authz.Actor) (viewer, error) {
	r, err := s.roster(ctx, q)
	if err != nil {
		return viewer{}, err
	}
	all, err := s.deskBook(ctx, q)
	if err != nil {
		return viewer{}, err
	}
	return viewer{user: actor.UserID, scope: actor.Scope(authz.ProcedureRead), as: r.standsFor(actor.UserID), desks: all.of(r, actor.UserID)}, nil
}

// desks remembers every desk, by id.
type desks struct{ list []desk }

// deskBook gives all desks; new ones are read, those known never change.
func (s *Service) deskBook(ctx context.Context, q db.Q) (*desks, error) {
	s.mu.Lock()
	known := s.desks
	s.mu.Unlock()
	var list []desk
	if known != nil {
		list = known.list
	}
	last := int64(0)
	if len(list) > 0 {
		last = list[len(list)-1].ID
	}
	more, err := listDesks(ctx, q, last-deskGrace)
	if err != nil {
		return nil, err
	}
	fresh := slices.Clone(list)
	for _, d := range more {
		if !slices.ContainsFunc(tail(list, len(more)+1), func(x desk) bool { return x.ID == d.ID }) {
			fresh = append(fresh, d)
		}
	}
	if known != nil && len(fresh) == len(list) {
		return known, nil
	}
	slices.SortFunc(fresh, func(a, b desk) int { return cmp.Compare(a.ID, b.ID) })
	book := &desks{list: fresh}
	s.mu.Lock()
	s.desks = book
	s.mu.Unlock()
	return book, nil
}

// deskGrace is how far below the last desk known another process may have made one that was not committed then: ids
// carry their time, and a minute of it is enough.
const deskGrace = int64(60_000) << 22

func tail(list []desk, n int) []desk { return list[max(0, len(list)-n*2):] }

// of gives the desks at which a person may act, also in the name of somebody absent.
func (d *desks) of(r *roster, user int64) []int64 {
	var out []int64
	for i := range d.list {
		if _, ok := sits(r.holders(d.list[i]), user); ok {
			out = append(out, d.list[i].ID)
		}
	}
	return out
}

// escapeLike makes a text match itself in LIKE with the escape sign !.
func escapeLike(text string) string {
	return strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(text)
}
