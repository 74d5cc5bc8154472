package customer

import (
	"context"

	"kezhi/internal/authz"
	"kezhi/internal/db"
)

// maxCount is up to where customers are counted exactly.
const maxCount = 100_000

// Item is a customer in a list, with what a list shows beside its own fields. Identifiers are not loaded.
type Item struct {
	Customer
	Phone   string // of the customer, else of its primary contact
	Contact string // name of the primary contact
}

// Page is one page of a list.
type Page struct {
	Items []Item
	Next  string // cursor of the next page, "" on the last one
}

// List gives a page of the customers the actor may see. limit is 1 to 500.
// Errors: customer.filter_unknown, customer.filter_operator, customer.filter_value, customer.sort_unknown, cursor.invalid.
func (s *Service) List(ctx context.Context, query Query, cursor string, limit int) (Page, error) {
	actor, err := authz.Require(ctx, authz.CustomerRead)
	if err != nil {
		return Page{}, err
	}
	return s.list(ctx, actor, authz.CustomerRead, query, cursor, limit)
}

func (s *Service) list(ctx context.Context, actor authz.Actor, p authz.Permission, query Query, cursor string, limit int) (Page, error) {
	q := s.db.Read()
	plan, err := s.plan(ctx, q, actor, p, query)
	if err != nil {
		return Page{}, err
	}
	page, err := plan.page(ctx, q, cursor, min(max(limit, 1), 500))
	if err != nil {
		return page, err
	}
	return page, attachItems(ctx, q, page.Items)
}

// Count is how many customers a query means.
type Count struct {
	N    int64
	More bool // there are more than N, which is then maxCount
}

// Count counts the customers the actor may see, exactly up to 100,000.
func (s *Service) Count(ctx context.Context, query Query) (Count, error) {
	actor, err := authz.Require(ctx, authz.CustomerRead)
	if err != nil {
		return Count{}, err
	}
	q := s.db.Read()
	plan, err := s.plan(ctx, q, actor, authz.CustomerRead, query)
	if err != nil {
		return Count{}, err
	}
	n, err := plan.count(ctx, q, maxCount+1)
	if n > maxCount {
		return Count{N: maxCount, More: true}, err
	}
	return Count{N: n}, err
}

// IDs gives the ids of the customers the actor may see, in ascending order. Errors: those of List.
func (s *Service) IDs(ctx context.Context, query Query) ([]int64, error) {
	actor, err := authz.Require(ctx, authz.CustomerRead)
	if err != nil {
		return nil, err
	}
	q := s.db.Read()
	plan, err := s.plan(ctx, q, actor, authz.CustomerRead, query)
	if err != nil {
		return nil, err
	}
	return plan.ids(ctx, q)
}

// TagCount is a tag in use and how many of the customers the actor may see have it.
type TagCount struct {
	Tag string
	N   int64
}

// Tags lists the tags in use on customers the actor may see, the most used first, at most 500.
func (s *Service) Tags(ctx context.Context) ([]TagCount, error) {
	actor, err := authz.Require(ctx, authz.CustomerRead)
	if err != nil {
		return nil, err
	}
	return tagCounts(ctx, s.db.Read(), actor.Scope(authz.CustomerRead))
}

// plan turns a query into what the store runs: the predicate with the actor's scope, the search, the order.
func (s *Service) plan(ctx context.Context, q db.Q, actor authz.Actor, p authz.Permission, query Query) (listPlan, error) {
	w := where{userID: actor.UserID, today: s.today(), loc: s.loc}
	var err error
	if hasCustom(query.Conditions) {
		if w.book, err = loadBook(ctx, q); err != nil {
			return listPlan{}, err
		}
	}
	if err := w.conditions(query.Conditions); err != nil {
		return listPlan{}, err
	}
	if scope := actor.Scope(p); !scope.All {
		clause, args := scope.Clause("c")
		w.add(clause, args...)
	}
	plan := listPlan{where: w}
	if plan.order, err = orderOf(ctx, q, query.Sort); err != nil {
		return plan, err
	}
	return plan, plan.search(ctx, q, query.Q)
}

func hasCustom(list []Condition) bool {
	for _, c := range list {
		if len(c.Field) > 7 && c.Field[:7] == "custom." {
			return true
		}
	}
	return false
}
