package customer

import (
	"context"
	"slices"

	"kezhi/internal/authz"
)

// ByPhone gives the one customer that has a phone number (E.164), of its own or of a contact; 0 when none has it or several
// do. Needs customer.read over the customer.
func (s *Service) ByPhone(ctx context.Context, e164 string) (int64, error) {
	actor, err := authz.Require(ctx, authz.CustomerRead)
	if err != nil {
		return 0, err
	}
	q := s.db.Read()
	plan, err := s.plan(ctx, q, actor, authz.CustomerRead, Query{Q: e164})
	if err != nil {
		return 0, err
	}
	page, err := plan.page(ctx, q, "", findLook)
	if err != nil {
		return 0, err
	}
	list := make([]Customer, len(page.Items))
	for i := range page.Items {
		list[i] = page.Items[i].Customer
	}
	if err := attachAll(ctx, q, list); err != nil {
		return 0, err
	}
	people, err := contactsOfAll(ctx, q, list)
	if err != nil {
		return 0, err
	}
	found := int64(0)
	for i := range list {
		if !list[i].hasPhone(e164, people[list[i].ID]) {
			continue
		}
		if found != 0 {
			return 0, nil
		}
		found = list[i].ID
	}
	return found, nil
}

func (c *Customer) hasPhone(e164 string, people []ContactInput) bool {
	has := func(n Identifier) bool { return n.Type == TypePhone && n.key() == e164 }
	return slices.ContainsFunc(c.Identifiers, has) ||
		slices.ContainsFunc(people, func(p ContactInput) bool { return has(Identifier{Type: TypePhone, Value: p.Phone}) })
}
