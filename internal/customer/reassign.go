package customer

import (
	"context"

	"kezhi/internal/audit"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/event"
	"kezhi/internal/id"
)

// Reassignment gives a customer from one person to another, 0 = nobody.
type Reassignment struct {
	CustomerID, From, To int64
}

// Reassign gives customers to people inside the caller's transaction, at most 500 at once; because says in the audit what led to
// it. Those who are archived, or whose owner is no longer From, are left out; the others come back. Whoever is given to nobody stays
// in the unit. The caller has asked for the permission, and knows that whoever gets a customer is active.
func (s *Service) Reassign(ctx context.Context, q db.Q, list []Reassignment, because audit.Change) ([]Reassignment, error) {
	now := s.now()
	units, err := unitsAfter(ctx, q, list)
	if err != nil {
		return nil, err
	}
	stmts := make([]db.Stmt, len(list))
	for i, r := range list {
		stmts[i] = reassigning(r, units[i], clock.Micros(now))
	}
	moved, err := db.ExecAll(ctx, q, stmts)
	if err != nil {
		return nil, err
	}
	var done []Reassignment
	var entries []audit.Entry
	var lines []event.Line
	for i, r := range list {
		if moved[i] == 0 {
			continue
		}
		done = append(done, r)
		entries = append(entries, audit.Entry{
			Action: "customer.update", Entity: "customer", EntityID: id.String(r.CustomerID), CustomerID: r.CustomerID,
			Detail: []audit.Change{{Field: "owner_id", Before: idText(r.From), After: idText(r.To)}, because},
		})
		told, err := s.updateLines(change{id: r.CustomerID, fields: FieldOwner, owner: Happened{OwnerID: r.To, UnitID: units[i]}})
		if err != nil {
			return nil, err
		}
		lines = append(lines, told...)
	}
	if err := s.announce(ctx, q, lines); err != nil {
		return nil, err
	}
	return done, audit.Write(ctx, q, now, entries...)
}

// unitsAfter gives the units the customers of a list will belong to: that of whoever gets one, its own of one nobody gets.
func unitsAfter(ctx context.Context, q db.Q, list []Reassignment) ([]int64, error) {
	var left []int64
	for _, r := range list {
		if r.To == 0 {
			left = append(left, r.CustomerID)
		}
	}
	own, err := unitsNow(ctx, q, left)
	if err != nil {
		return nil, err
	}
	owners := map[int64]int64{}
	out := make([]int64, len(list))
	for i, r := range list {
		if r.To == 0 {
			out[i] = own[r.CustomerID]
			continue
		}
		if out[i], err = ownerUnit(ctx, q, owners, r.To); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// ownerUnit gives the unit of an owner, 0 for one who is gone.
func ownerUnit(ctx context.Context, q db.Q, known map[int64]int64, ownerID int64) (int64, error) {
	if unit, ok := known[ownerID]; ok {
		return unit, nil
	}
	o, err := loadOwner(ctx, q, ownerID)
	if err != nil && !db.IsNoRows(err) {
		return 0, err
	}
	known[ownerID] = o.unitID
	return o.unitID, nil
}
