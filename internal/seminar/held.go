package seminar

import (
	"context"
	"slices"

	"kezhi/internal/audit"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/id"
)

// Organised is an event that is still to take place, as it is listed when its organiser hands over.
type Organised struct {
	ID               int64
	TitleZh, TitleEn string
	On               calendar.Date
}

// CountHeld counts the planned events somebody organises. It asks for no permission.
func (s *Service) CountHeld(ctx context.Context, q db.Q, userID int64) (int64, error) {
	return countOrganised(ctx, q, userID)
}

// ListHeld gives the next of them in the order of their ids. It asks for no permission.
func (s *Service) ListHeld(ctx context.Context, q db.Q, userID, after int64, limit int) ([]Organised, error) {
	return listOrganised(ctx, q, userID, after, limit)
}

// Give has somebody else organise a planned event, in the caller's transaction; false when it is over or went elsewhere meanwhile.
// The team stays. The caller has asked for the permission.
func (s *Service) Give(ctx context.Context, q db.Q, seminarID, from, to int64) (bool, error) {
	m, err := load(ctx, q, seminarID)
	if err != nil || m.OrganiserID != from || m.State != Planned {
		return false, err
	}
	units, err := activeUnits(ctx, q, []int64{to})
	if err != nil {
		return false, err
	}
	next := m
	next.OrganiserID, next.UnitID = to, units[to]
	next.Team = slices.DeleteFunc(slices.Clone(m.Team), func(u int64) bool { return u == to })
	if ok, err := giveSeminar(ctx, q, m, next, clock.Micros(s.now())); err != nil || !ok {
		return false, raceOr(err)
	}
	detail := []audit.Change{{Field: "organiser_id", Before: id.String(from), After: id.String(to)}}
	return true, s.record(ctx, q, next, "seminar.give", EventActed, detail)
}
