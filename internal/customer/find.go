package customer

import (
	"context"
	"slices"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/search"
)

const (
	findLook = 40 // candidates that are looked at
	findShow = 20 // hits that are given
)

// Hit is a customer found by the quick search, with what it was found by.
type Hit struct {
	Ref
	Field string // code, name, name_en, former_name, phone, identifier, contact
	Text  string // the text that fits
	Grade *Grade // of the first scheme
}

// Find is the quick search of the command menu: at most 20 customers the actor may see, the closest first. Text without a letter or digit finds nothing.
func (s *Service) Find(ctx context.Context, text string) ([]Hit, error) {
	actor, err := authz.Require(ctx, authz.CustomerRead)
	if err != nil {
		return nil, err
	}
	matches := search.QueryApart(text)
	if len(matches) == 0 {
		return nil, nil
	}
	q := s.db.Read()
	plan, err := s.plan(ctx, q, actor, authz.CustomerRead, Query{Q: text})
	if err != nil {
		return nil, err
	}
	page, err := plan.page(ctx, q, "", findLook)
	if err != nil {
		return nil, err
	}
	items, err := s.withExact(ctx, actor, text, page.Items)
	if err != nil {
		return nil, err
	}
	list := make([]Customer, len(items))
	for i := range items {
		list[i] = items[i].Customer
	}
	if err := attachAll(ctx, q, list); err != nil {
		return nil, err
	}
	hits, rank, err := explainHits(ctx, q, list, tidy(text), matches)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return rank[a.ID] - rank[b.ID] })
	hits = hits[:min(len(hits), findShow)]
	return hits, attachHitGrades(ctx, q, hits)
}

// withExact puts the customer whose code was typed among the candidates, if it is not there.
func (s *Service) withExact(ctx context.Context, actor authz.Actor, text string, items []Item) ([]Item, error) {
	page, err := s.list(ctx, actor, authz.CustomerRead, Query{Conditions: []Condition{{Field: "code", Op: "is", Values: []string{tidy(text)}}}}, "", 1)
	if err != nil || len(page.Items) == 0 || slices.ContainsFunc(items, func(it Item) bool { return it.ID == page.Items[0].ID }) {
		return items, err
	}
	return append(page.Items, items...), nil
}

// explainHits says by what the customers were found. The people are looked through only where nothing of the customer itself fits.
func explainHits(ctx context.Context, q db.Q, list []Customer, text string, matches []search.Match) ([]Hit, map[int64]int, error) {
	hits := make([]Hit, len(list))
	rank := make(map[int64]int, len(list))
	var open []Customer
	for i := range list {
		hits[i], rank[list[i].ID] = explainHit(&list[i], text, matches)
		if rank[list[i].ID] == byTogether {
			open = append(open, list[i])
		}
	}
	people, err := contactsOfAll(ctx, q, open)
	if err != nil {
		return nil, nil, err
	}
	for i := range hits {
		if rank[hits[i].ID] != byTogether {
			continue
		}
		if text, ok := fittingContact(people[hits[i].ID], matches); ok {
			hits[i].Field, hits[i].Text, rank[hits[i].ID] = "contact", text, byContact
		}
	}
	return hits, rank, nil
}

// The least close ways of being found.
const (
	byContact  = 100
	byTogether = 101 // by several texts together
)

// explainHit says by which of its own texts a customer was found, and how close that is (0 = closest).
func explainHit(c *Customer, text string, matches []search.Match) (Hit, int) {
	hit := Hit{Ref: Ref{ID: c.ID, OwnerID: c.OwnerID, UnitID: c.UnitID, Code: c.Code, Name: c.Name, Region: c.Region}, Field: "name", Text: c.Name}
	lower := strings.ToLower(text)
	switch {
	case strings.EqualFold(c.Code, text):
		hit.Field, hit.Text = "code", c.Code
		return hit, 0
	case strings.HasPrefix(strings.ToLower(c.Name), lower):
		return hit, 1
	case strings.Contains(strings.ToLower(c.Name), lower):
		return hit, 2
	}
	for i, o := range ownTexts(c) {
		if fits(o.fields, matches) {
			hit.Field, hit.Text = o.field, o.text
			return hit, 3 + i
		}
	}
	return hit, byTogether
}

func fittingContact(people []ContactInput, matches []search.Match) (string, bool) {
	for _, p := range people {
		f := search.Fields{Names: []string{p.Name}, Person: true}
		if p.Phone != "" {
			f.Phones = []string{Identifier{Type: TypePhone, Value: p.Phone}.key()}
		}
		if fits(f, matches) {
			return strings.TrimSpace(p.Name + " " + p.Phone), true
		}
	}
	return "", false
}

// ownText is one text of a customer as it is indexed.
type ownText struct {
	field, text string
	fields      search.Fields
}

func ownTexts(c *Customer) []ownText {
	person := c.Party == PartyPerson
	out := []ownText{
		{"name", c.Name, search.Fields{Names: []string{c.Name}, Person: person}},
		{"code", c.Code, search.Fields{Codes: []string{c.Code}}},
		{"name_en", c.NameEN, search.Fields{Names: []string{c.NameEN}}},
	}
	for _, n := range c.FormerNames {
		out = append(out, ownText{"former_name", n, search.Fields{Names: []string{n}, Person: person}})
	}
	for _, n := range c.Identifiers {
		switch n.Type {
		case TypePhone:
			out = append(out, ownText{"phone", n.Value, search.Fields{Phones: []string{n.key()}}})
		case TypeUSCC, TypeTax, TypeOther:
			out = append(out, ownText{"identifier", n.Value, search.Fields{Numbers: []string{n.Value}}})
		}
	}
	return out
}

func fits(f search.Fields, matches []search.Match) bool {
	terms := search.Terms(f)
	for _, m := range matches {
		if !m.Has(terms) {
			return false
		}
	}
	return true
}
