package handover

import (
	"cmp"
	"context"
	"slices"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/procedure"
)

// Detail is a handover with everything that is counted about it.
type Detail struct {
	Handover
	Access     Access
	Signatures []procedure.Signoff
}

// List gives the handovers within reach, the newest first, and the cursor of the next page: those one may plan, gives or
// receives. Needs customer.read.
func (s *Service) List(ctx context.Context, f Filter, cursor string, limit int) ([]Handover, string, error) {
	actor, err := authz.Require(ctx, authz.CustomerRead)
	if err != nil {
		return nil, "", err
	}
	if cursor != "" {
		vals, err := db.DecodeCursor(cursor, 1)
		if err != nil {
			return nil, "", err
		}
		if f.before, err = id.Parse(vals[0]); err != nil {
			return nil, "", err
		}
	}
	list, err := listHandovers(ctx, s.db.Read(), actor, f, limit+1)
	if err != nil || len(list) <= limit {
		return list, "", err
	}
	list = list[:limit]
	return list, db.EncodeCursor(id.String(list[limit-1].ID)), nil
}

// Get gives a handover. Needs customer.read, and a part in it. Error: not_found.
func (s *Service) Get(ctx context.Context, handoverID int64) (Detail, error) {
	actor, err := authz.Require(ctx, authz.CustomerRead)
	if err != nil {
		return Detail{}, err
	}
	q := s.db.Read()
	h, a, err := s.seen(ctx, q, actor, handoverID)
	if err != nil {
		return Detail{}, err
	}
	if !a.Heads { // how many customers others look after is the head's to see
		h.Loads = slices.DeleteFunc(h.Loads, func(l Load) bool { return l.UserID != actor.UserID })
	}
	d := Detail{Handover: h, Access: a}
	if h.State == Planning || h.State == Signing {
		if d.Counts, err = s.counts(ctx, q, h.PersonID); err != nil {
			return Detail{}, err
		}
	}
	if h.State == Planning {
		if d.Loads, err = loadsOf(ctx, q, &h); err != nil {
			return Detail{}, err
		}
	}
	if h.CaseID != 0 {
		_, d.Signatures, err = s.cases.Signoffs(ctx, q, h.CaseID)
	}
	return d, err
}

// seen gives a handover to whoever has a part in it.
func (s *Service) seen(ctx context.Context, q db.Q, actor authz.Actor, handoverID int64) (Handover, Access, error) {
	h, err := loadHandover(ctx, q, handoverID)
	if err != nil {
		return h, Access{}, err
	}
	a, err := s.access(ctx, q, actor, &h)
	if err == nil && a.none() {
		err = db.ErrNoRows
	}
	return h, a, err
}

// counts counts everything a person has at hand.
func (s *Service) counts(ctx context.Context, q db.Q, userID int64) ([]Count, error) {
	n, err := countOwned(ctx, q, userID)
	if err != nil {
		return nil, err
	}
	out := []Count{{Kind: KindCustomers, Before: n}}
	for _, h := range s.holders {
		n, err := h.Count(ctx, q, userID)
		if err != nil {
			return nil, err
		}
		out = append(out, Count{Kind: h.Kind, Before: n})
	}
	return out, nil
}

// loadsOf says what the plan makes of everybody's customers: the giver first, then the receivers by name.
func loadsOf(ctx context.Context, q db.Q, h *Handover) ([]Load, error) {
	gets, err := planned(ctx, q, h.ID)
	if err != nil {
		return nil, err
	}
	if h.RestID != 0 {
		gets[h.RestID] += 0
	}
	var all int64
	var out []Load
	for user, n := range gets {
		all += n
		p, err := loadPerson(ctx, q, user)
		if err != nil {
			return nil, err
		}
		before, err := countOwned(ctx, q, user)
		if err != nil {
			return nil, err
		}
		out = append(out, Load{UserID: user, Name: p.name, Before: before, After: before + n})
	}
	slices.SortFunc(out, func(a, b Load) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.UserID, b.UserID)) })
	before, err := countOwned(ctx, q, h.PersonID)
	return slices.Insert(out, 0, Load{UserID: h.PersonID, Name: h.PersonName, Before: before, After: max(before-all, 0)}), err
}

// Lines gives a page of the customers of a handover by code, and the cursor of the next one; a receiver sees those they get,
// and once it is done giver and receivers those within their reach by then. Needs
// customer.read, and a part in it. Error: not_found.
func (s *Service) Lines(ctx context.Context, handoverID int64, f LineFilter, cursor string, limit int) ([]Line, string, error) {
	actor, err := authz.Require(ctx, authz.CustomerRead)
	if err != nil {
		return nil, "", err
	}
	h, a, err := s.seen(ctx, s.db.Read(), actor, handoverID)
	if err != nil {
		return nil, "", err
	}
	if !a.Heads && !a.Gives {
		f.only = actor.UserID
	}
	if !a.Heads && h.State == Done {
		f.within = append(f.within, actor.Scope(authz.CustomerRead)) // what is theirs no longer is not theirs to read
	}
	if f.after, err = db.DecodeCursor(cursor, 2); err != nil {
		return nil, "", err
	}
	list, err := listLines(ctx, s.db.Read(), h.ID, f, limit+1)
	if err != nil || len(list) <= limit {
		return list, "", err
	}
	list = list[:limit]
	return list, db.EncodeCursor(list[limit-1].Code, id.String(list[limit-1].CustomerID)), nil
}

// Things gives a page of what the giver has at hand of a kind, and the cursor of the next one. Needs customer.assign over the
// person. Errors: not_found, handover.unknown_kind.
func (s *Service) Things(ctx context.Context, handoverID int64, kind, cursor string, limit int) ([]Thing, string, error) {
	q := s.db.Read()
	h, err := s.ofHead(ctx, q, handoverID)
	if err != nil {
		return nil, "", err
	}
	at := slices.IndexFunc(s.holders, func(x Holder) bool { return x.Kind == kind })
	if at < 0 {
		return nil, "", errs.New(errs.NotFound, "handover.unknown_kind", "kind", errs.Shown(kind))
	}
	after := int64(0)
	if vals, err := db.DecodeCursor(cursor, 1); err != nil {
		return nil, "", err
	} else if vals != nil {
		if after, err = id.Parse(vals[0]); err != nil {
			return nil, "", err
		}
	}
	list, err := s.holders[at].List(ctx, q, h.PersonID, after, limit+1)
	if err != nil || len(list) <= limit {
		return list, "", err
	}
	list = list[:limit]
	return list, db.EncodeCursor(id.String(list[limit-1].ID)), nil
}

// Orphaned is somebody who is gone and still has customers.
type Orphaned struct {
	UserID    int64
	Name      string
	Customers int64
}

// Orphans gives those within reach who are disabled and still have customers, those with the most first. Needs customer.assign.
func (s *Service) Orphans(ctx context.Context) ([]Orphaned, error) {
	actor, err := authz.Require(ctx, authz.CustomerAssign)
	if err != nil {
		return nil, err
	}
	return listOrphans(ctx, s.db.Read(), actor.Scope(authz.CustomerAssign))
}
