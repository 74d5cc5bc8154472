package visit

import (
	"context"

	"kezhi/internal/audit"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/id"
)

// Held is a visit or a call that is still to come, as it is listed when somebody hands over what they have to do.
type Held struct {
	ID, CustomerID int64
	Title          string        // what the visit is for, or who is to be rung
	On             calendar.Date // the day of the visit, or of the call
}

// CountHeld counts the visits of somebody that are neither done nor cancelled. It asks for no permission.
func (s *Service) CountHeld(ctx context.Context, q db.Q, userID int64) (int64, error) {
	return countHeldVisits(ctx, q, userID)
}

// ListHeld gives the next of them in the order of their ids. It asks for no permission.
func (s *Service) ListHeld(ctx context.Context, q db.Q, userID, after int64, limit int) ([]Held, error) {
	return listHeldVisits(ctx, q, userID, after, limit)
}

// Give has somebody else make a visit that is neither done nor cancelled, in the caller's transaction; false when it went
// elsewhere meanwhile. The caller has asked for the permission.
func (s *Service) Give(ctx context.Context, q db.Q, visitID, from, to int64) (bool, error) {
	v, err := load(ctx, q, visitID)
	if err != nil || v.OwnerID != from || v.State == Done || v.State == Cancelled {
		return false, err
	}
	now := s.now()
	if ok, err := giveVisit(ctx, q, v, to, v.UnitID, clock.Micros(now)); err != nil || !ok {
		if err == nil {
			err = errChanged()
		}
		return false, err
	}
	v.OwnerID = to
	detail := []audit.Change{{Field: "owner_id", Before: id.Optional(from), After: id.Optional(to)}}
	return true, s.record(ctx, q, now, "visit.give", "visit.acted", v, detail)
}

// CountHeldCalls counts the calls somebody is to make again. It asks for no permission.
func (s *Service) CountHeldCalls(ctx context.Context, q db.Q, userID int64) (int64, error) {
	return countHeldCalls(ctx, q, userID)
}

// ListHeldCalls gives the next of them in the order of their ids. It asks for no permission.
func (s *Service) ListHeldCalls(ctx context.Context, q db.Q, userID, after int64, limit int) ([]Held, error) {
	return listHeldCalls(ctx, q, userID, after, limit, s.loc)
}

// GiveCall has somebody else make a call again, in the caller's transaction; false when it was made or went elsewhere meanwhile.
// Who rang before stays as it is. The caller has asked for the permission.
func (s *Service) GiveCall(ctx context.Context, q db.Q, callID, from, to int64) (bool, error) {
	c, err := loadCall(ctx, q, callID)
	if err != nil {
		return false, err
	}
	ok, err := giveCall(ctx, q, c, from, to)
	if err != nil || !ok {
		return false, err
	}
	return true, audit.Write(ctx, q, s.now(), audit.Entry{
		Action: "call.give", Entity: "call", EntityID: id.String(callID), CustomerID: c.CustomerID,
		Detail: []audit.Change{{Field: "again_by", Before: id.Optional(from), After: id.Optional(to)}},
	})
}
