package customer

import (
	"context"

	"kezhi/internal/audit"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/id"
)

// Reassignment gives a customer from one person to another, 0 = nobody.
type Reassignment struct {
	CustomerID, From, To int64
}

// Reassign gives customers to people inside the caller's transaction, at most 500 at once; because says in the audit what led to
// it. Those who are archived, or whose owner is no longer From, are left out; the others come back. The caller has asked for the
// permission, and knows that whoever gets a customer is active.
func (s *Service) Reassign(ctx context.Context, q db.Q, list []Reassignment, because audit.Change) ([]Reassignment, error) {
	now := s.now()
	units := map[int64]int64{}
	var done []Reassignment
	var entries []audit.Entry
	for _, r := range list {
		unit, err := ownerUnit(ctx, q, units, r.To)
		if err != nil {
			return nil, err
		}
		n, err := q.Exec(ctx, "UPDATE customer SET owner_id = ?, unit_id = ?, version = version + 1, updated_at = ? WHERE id = ? AND owner_id = ? AND archived_at IS NULL",
			r.To, unit, clock.Micros(now), r.CustomerID, r.From)
		if err != nil {
			return nil, err
		}
		if n == 0 {
			continue
		}
		done = append(done, r)
		entries = append(entries, audit.Entry{
			Action: "customer.update", Entity: "customer", EntityID: id.String(r.CustomerID), CustomerID: r.CustomerID,
			Detail: []audit.Change{{Field: "owner_id", Before: idText(r.From), After: idText(r.To)}, because},
		})
		if err := s.emitUpdate(ctx, q, change{id: r.CustomerID, fields: FieldOwner, owner: Happened{OwnerID: r.To, UnitID: unit}}); err != nil {
			return nil, err
		}
	}
	return done, audit.Write(ctx, q, now, entries...)
}

// ownerUnit gives the unit of an owner, 0 for nobody and for one who is gone.
func ownerUnit(ctx context.Context, q db.Q, known map[int64]int64, ownerID int64) (int64, error) {
	if unit, ok := known[ownerID]; ok || ownerID == 0 {
		return unit, nil
	}
	o, err := loadOwner(ctx, q, ownerID)
	if err != nil && !db.IsNoRows(err) {
		return 0, err
	}
	known[ownerID] = o.unitID
	return o.unitID, nil
}
