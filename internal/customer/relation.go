package customer

import (
	"context"
	"slices"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// relationTypes say what the other one is to the customer.
var relationTypes = []string{"parent", "subsidiary", "guarantor", "kin", "owner", "other"}

// maxRelations bounds the relations of one customer.
const maxRelations = 500

// Relation ties two customers: the one at ToID is the parent, guarantor … of the one at FromID.
type Relation struct {
	ID           int64
	FromID, ToID int64
	Type         string
	ShareBP      *int64 // hundredths of a per cent, 0 to 10,000; nil = no share is meant
	Note         string
	Archived     bool
	Version      int64
}

// Related is a relation seen from one of its customers.
type Related struct {
	Relation
	Outgoing bool // the other one is Type of this one; otherwise this one is Type of the other
	Other    Ref  // empty when Hidden
	Hidden   bool // the acting person may not see the other customer
}

// RelationInput is what is said about a relation.
type RelationInput struct {
	ToID    int64
	Type    string
	ShareBP *int64
	Note    string
}

func (in RelationInput) normal(fromID int64) (RelationInput, error) {
	var v errs.Validation
	in.Note = tidyLines(in.Note)
	checkChoice(&v, "type", in.Type, relationTypes)
	v.Check(in.ShareBP == nil || *in.ShareBP >= 0 && *in.ShareBP <= 10_000, "share", "customer.share_range")
	checkLength(&v, "note", in.Note, maxNote)
	v.Check(in.ToID != fromID, "other_id", "customer.relation_self")
	return in, v.Err()
}

// Relations lists the relations of a customer, in both directions.
func (s *Service) Relations(ctx context.Context, customerID int64) ([]Related, error) {
	if _, err := s.Guard(ctx, authz.CustomerRead, customerID); err != nil {
		return nil, err
	}
	return s.related(ctx, s.db.Read(), customerID)
}

func (s *Service) related(ctx context.Context, q db.Q, customerID int64) ([]Related, error) {
	actor, _ := authz.From(ctx)
	list, err := relationsOf(ctx, q, customerID)
	if err != nil {
		return nil, err
	}
	others := make([]int64, len(list))
	for i, l := range list {
		others[i] = otherOf(l, customerID)
	}
	refs, err := loadRefs(ctx, q, others)
	if err != nil {
		return nil, err
	}
	scope := actor.Scope(authz.CustomerRead)
	out := make([]Related, len(list))
	for i, l := range list {
		out[i] = Related{Relation: l, Outgoing: l.FromID == customerID}
		if f := refs[others[i]]; scope.Covers(f.Place()) {
			out[i].Other = f
		} else {
			out[i].Hidden = true
		}
	}
	return out, nil
}

func otherOf(l Relation, customerID int64) int64 {
	if l.FromID == customerID {
		return l.ToID
	}
	return l.FromID
}

// AddRelation ties a customer to another one the actor may see. Errors: not_found, customer.archived, invalid_input,
// customer.relation_taken (the same relation is there already), customer.relations_full.
func (s *Service) AddRelation(ctx context.Context, customerID int64, in RelationInput) (Related, error) {
	actor, err := authz.Require(ctx, authz.CustomerWrite)
	if err != nil {
		return Related{}, err
	}
	in, err = in.normal(customerID)
	if err != nil {
		return Related{}, err
	}
	var out Related
	err = s.db.InTx(ctx, func(q db.Q) error {
		now := s.now()
		if err := openParts(ctx, q, actor, customerID, now); err != nil {
			return err
		}
		other, err := guard(ctx, q, actor, authz.CustomerRead, in.ToID)
		if err != nil {
			return err
		}
		have, err := relationsOf(ctx, q, customerID)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(have, func(l Relation) bool { return l.FromID == customerID && l.ToID == in.ToID && l.Type == in.Type }) {
			return errs.New(errs.Conflict, "customer.relation_taken", "name", other.Name)
		}
		if len(have) >= maxRelations {
			return errs.New(errs.TooLarge, "customer.relations_full", "max", maxRelations)
		}
		l := Relation{ID: id.New(now), FromID: customerID, ToID: in.ToID, Type: in.Type, ShareBP: in.ShareBP, Note: in.Note, Version: 1}
		if err := insertRelation(ctx, q, l, now); err != nil {
			return err
		}
		out = Related{Relation: l, Outgoing: true, Other: other}
		return auditRelation(ctx, q, now, "relation.create", Relation{}, l)
	})
	return out, err
}

// ChangeRelation changes type, share and note of a relation that begins at this customer. Errors: not_found, precondition_failed
// (args current: the Relation), customer.archived, invalid_input.
func (s *Service) ChangeRelation(ctx context.Context, customerID, relationID, version int64, change func(*RelationInput)) (Relation, error) {
	return s.withRelation(ctx, customerID, relationID, version, func(q db.Q, cur Relation, now time.Time) error {
		in := RelationInput{ToID: cur.ToID, Type: cur.Type, ShareBP: cur.ShareBP, Note: cur.Note}
		change(&in)
		in.ToID = cur.ToID
		in, err := in.normal(customerID)
		if err != nil {
			return err
		}
		after := cur
		after.Type, after.ShareBP, after.Note = in.Type, in.ShareBP, in.Note
		if err := updateRelation(ctx, q, after, now); err != nil {
			return err
		}
		return auditRelation(ctx, q, now, "relation.update", cur, after)
	})
}

// ArchiveRelation ends a relation; it stays in the history. Errors: not_found, precondition_failed, customer.archived.
func (s *Service) ArchiveRelation(ctx context.Context, customerID, relationID, version int64) (Relation, error) {
	return s.withRelation(ctx, customerID, relationID, version, func(q db.Q, cur Relation, now time.Time) error {
		if cur.Archived {
			return nil
		}
		if err := archiveRelation(ctx, q, cur, now); err != nil {
			return err
		}
		return auditRelation(ctx, q, now, "relation.archive", cur, Relation{})
	})
}

func (s *Service) withRelation(ctx context.Context, customerID, relationID, version int64, fn func(q db.Q, cur Relation, now time.Time) error) (Relation, error) {
	actor, err := authz.Require(ctx, authz.CustomerWrite)
	if err != nil {
		return Relation{}, err
	}
	var out Relation
	err = s.db.InTx(ctx, func(q db.Q) error {
		now := s.now()
		if err := openParts(ctx, q, actor, customerID, now); err != nil {
			return err
		}
		cur, err := loadRelation(ctx, q, customerID, relationID)
		if err != nil {
			return err
		}
		if cur.Version != version {
			return stale(cur)
		}
		if err := fn(q, cur, now); err != nil {
			return err
		}
		out, err = loadRelation(ctx, q, customerID, relationID)
		return err
	})
	return out, err
}

// auditRelation writes the change into the history of both customers.
func auditRelation(ctx context.Context, q db.Q, now time.Time, action string, before, after Relation) error {
	at := after
	if at.ID == 0 {
		at = before
	}
	var changes []audit.Change
	add := func(field string, b, a any) {
		if b != a {
			changes = append(changes, audit.Change{Field: field, Before: b, After: a})
		}
	}
	add("other_id", idText(before.ToID), idText(after.ToID))
	add("type", before.Type, after.Type)
	add("share_bp", share(before.ShareBP), share(after.ShareBP))
	add("note", before.Note, after.Note)
	entry := audit.Entry{Action: action, Entity: "relation", EntityID: id.String(at.ID), CustomerID: at.FromID, Detail: changes}
	other := entry
	other.CustomerID = at.ToID
	return audit.Write(ctx, q, now, entry, other)
}

func share(bp *int64) any {
	if bp == nil {
		return nil
	}
	return *bp
}
