package ownership

import (
	"context"
	"slices"
	"strings"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/job"
	"kezhi/internal/procedure"
	"kezhi/internal/rule"
)

// Book is a rulebook in force that says who looks after whom; the composition root takes it from the rulebook feature.
type Book struct {
	Rulebook, Version string
	Title             rule.Text
	Program           *rule.Program
	// NamesOf gives the names a rulebook has for a post, TitleOf the post in words.
	NamesOf func(post string) []string
	TitleOf func(post string) rule.Text
}

// Deps are what the service stands on. Loc is the organisation's time zone.
type Deps struct {
	DB        *db.DB
	Now       clock.Clock
	Loc       *time.Location
	Bus       *event.Bus
	Queue     *job.Queue
	Customers *customer.Service
	// Books gives the rulebooks in force on a day that have owner rules, by id.
	Books func(ctx context.Context, q db.Q, on calendar.Date) ([]Book, error)
	// Who gives who is who today.
	Who func(ctx context.Context, q db.Q) (procedure.Who, error)
	// Members gives the members of a segment, ascending.
	Members func(ctx context.Context, name string, asOf calendar.Date) (ids []int64, found bool, err error)
}

// Service keeps who looks after whom.
type Service struct {
	db        *db.DB
	now       clock.Clock
	loc       *time.Location
	bus       *event.Bus
	queue     *job.Queue
	customers *customer.Service
	books     func(ctx context.Context, q db.Q, on calendar.Date) ([]Book, error)
	who       func(ctx context.Context, q db.Q) (procedure.Who, error)
	members   func(ctx context.Context, name string, asOf calendar.Date) (ids []int64, found bool, err error)
}

// New makes the service.
func New(d Deps) *Service {
	return &Service{db: d.DB, now: d.Now, loc: d.Loc, bus: d.Bus, queue: d.Queue, customers: d.Customers, books: d.Books, who: d.Who, members: d.Members}
}

// Today gives the organisation's present day.
func (s *Service) Today() calendar.Date { return calendar.FromTime(s.now(), s.loc) }

// requireAll asks for a permission over all customers.
func requireAll(ctx context.Context, p authz.Permission) (authz.Actor, error) {
	actor, err := authz.Require(ctx, p)
	if err == nil && !actor.Scope(p).All {
		err = errs.New(errs.Forbidden, "auth.forbidden", "permission", string(p))
	}
	return actor, err
}

// Books gives the rulebooks in force that say who looks after whom, by id. Needs customer.read.
func (s *Service) Books(ctx context.Context) ([]Book, error) {
	if _, err := authz.Require(ctx, authz.CustomerRead); err != nil {
		return nil, err
	}
	return s.books(ctx, s.db.Read(), s.Today())
}

// book finds the rulebook that decides: the named one, or the only one there is. Errors: ownership.no_rules,
// ownership.which_rules, ownership.unknown_rules.
func (s *Service) book(ctx context.Context, q db.Q, name string) (Book, error) {
	all, err := s.books(ctx, q, s.Today())
	if err != nil {
		return Book{}, err
	}
	ids := make([]string, len(all))
	for i := range all {
		ids[i] = all[i].Rulebook
	}
	switch i := slices.Index(ids, name); {
	case len(all) == 0:
		return Book{}, errs.New(errs.Conflict, "ownership.no_rules")
	case i >= 0:
		return all[i], nil
	case name != "":
		return Book{}, errs.New(errs.NotFound, "ownership.unknown_rules", "rulebook", name, "rulebooks", strings.Join(ids, ", "))
	case len(all) > 1:
		return Book{}, errs.New(errs.Conflict, "ownership.which_rules", "rulebooks", strings.Join(ids, ", "))
	}
	return all[0], nil
}
