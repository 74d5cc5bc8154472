package customer

import (
	"context"
	"slices"

	"kezhi/internal/authz"
	"kezhi/internal/codes"
	"kezhi/internal/db"
	"kezhi/internal/errs"
)

// Candidate is a customer that may be the one that is being entered.
type Candidate struct {
	Ref
	By string // code, name, or the type of the identifier
	// Hidden says that the acting person may not see the customer; then nothing but By is given.
	Hidden bool
}

// exact are the ways of being the same that no confirmation overrides.
var exact = []string{"code", TypeUSCC, TypeIDCard, TypeTax}

// duplicates looks for customers that share code, identifiers or name with the input, as far as those fields are named. except is left out.
func duplicates(ctx context.Context, q db.Q, in Input, fields Fields, except int64) ([]Candidate, error) {
	var hits []hit
	if fields.Has(FieldCode) && in.Code != "" {
		holder, err := codeHolder(ctx, q, in.Code)
		if err != nil {
			return nil, err
		}
		hits = append(hits, hit{holder, "code"})
	}
	if fields.Has(FieldIdentifiers) {
		for _, n := range in.Identifiers {
			found, err := byIdentifier(ctx, q, n)
			if err != nil {
				return nil, err
			}
			hits = append(hits, found...)
		}
	}
	if key := codes.NameKey(in.Name); fields.Has(FieldName) && key != "" {
		found, err := byNameKey(ctx, q, key)
		if err != nil {
			return nil, err
		}
		hits = append(hits, found...)
	}
	return candidates(ctx, q, hits, except)
}

// hit is a customer found by one of its properties.
type hit struct {
	id int64
	by string
}

// candidates fills in who the hits are, each customer once, by its first hit.
func candidates(ctx context.Context, q db.Q, hits []hit, except int64) ([]Candidate, error) {
	var ids []int64
	var out []Candidate
	for _, h := range hits {
		if h.id != 0 && h.id != except && !slices.Contains(ids, h.id) {
			ids = append(ids, h.id)
			out = append(out, Candidate{Ref: Ref{ID: h.id}, By: h.by})
		}
	}
	refs, err := loadRefs(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	for i := range out {
		out[i].Ref = refs[out[i].ID]
	}
	return out, nil
}

// refuseDuplicates gives customer.duplicate with the candidates, unless there are none, or only soft ones that a person has confirmed.
func refuseDuplicates(actor authz.Actor, found []Candidate, confirmed bool) error {
	hard := slices.ContainsFunc(found, func(c Candidate) bool { return slices.Contains(exact, c.By) })
	if len(found) == 0 || confirmed && !hard {
		return nil
	}
	scope := actor.Scope(authz.CustomerRead)
	for i, c := range found {
		if !scope.Covers(c.Place()) {
			found[i] = Candidate{By: c.By, Hidden: true}
		}
	}
	e := errs.New(errs.Conflict, "customer.duplicate", "candidates", found, "count", len(found), "confirmable", !hard)
	if slices.ContainsFunc(found, func(c Candidate) bool { return c.By == "code" }) {
		e.Fields = []errs.Field{{Path: "code", Code: "customer.code_taken"}}
	}
	return e
}

// Duplicates tells who might be the same as the input, without writing anything; forms ask while somebody types.
func (s *Service) Duplicates(ctx context.Context, in Input, except int64) ([]Candidate, error) {
	actor, err := authz.Require(ctx, authz.CustomerRead)
	if err != nil {
		return nil, err
	}
	in.Name = tidy(in.Name)
	var v errs.Validation
	in.Identifiers = normalIdentifiers(&v, in.Identifiers)
	found, err := duplicates(ctx, s.db.Read(), in, FieldCode|FieldName|FieldIdentifiers, except)
	if err != nil {
		return nil, err
	}
	scope := actor.Scope(authz.CustomerRead)
	for i, c := range found {
		if !scope.Covers(c.Place()) {
			found[i] = Candidate{By: c.By, Hidden: true}
		}
	}
	return found, nil
}
