package app

import (
	"context"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/handover"
	"kezhi/internal/procedure"
	"kezhi/internal/visit"
)

// handAround says what people have at hand beside their customers, and how it goes over; the features know nothing of handovers.
func (s *Services) handAround(loc *time.Location) {
	s.Handovers.Hold(handover.Holder{Kind: "duties", Count: s.Duties.CountHeld, List: s.heldDuties, Move: func(ctx context.Context, q db.Q, t handover.Thing, _ handover.Moved) error {
		return s.Duties.Follow(ctx, q, t.CustomerID)
	}})
	s.Handovers.Hold(handover.Holder{Kind: "visits", Count: s.Visits.CountHeld, List: heldVisits(s.Visits.ListHeld), Move: func(ctx context.Context, q db.Q, t handover.Thing, m handover.Moved) error {
		_, err := s.Visits.Give(ctx, q, t.ID, m.From, m.To)
		return err
	}})
	s.Handovers.Hold(handover.Holder{Kind: "calls", Count: s.Visits.CountHeldCalls, List: heldVisits(s.Visits.ListHeldCalls), Move: func(ctx context.Context, q db.Q, t handover.Thing, m handover.Moved) error {
		_, err := s.Visits.GiveCall(ctx, q, t.ID, m.From, m.To)
		return err
	}})
	s.Handovers.Hold(handover.Holder{Kind: "promises", Count: s.Promises.CountHeld, List: s.heldPromises, Move: func(ctx context.Context, q db.Q, t handover.Thing, m handover.Moved) error {
		_, err := s.Promises.Give(ctx, q, t.ID, m.From, m.To)
		return err
	}})
	s.Handovers.Hold(handover.Holder{Kind: "events", Count: s.Seminars.CountHeld, List: s.heldEvents, Move: func(ctx context.Context, q db.Q, t handover.Thing, m handover.Moved) error {
		_, err := s.Seminars.Give(ctx, q, t.ID, m.From, m.To)
		return err
	}})
	s.Handovers.Hold(handover.Holder{Kind: "cases", Count: s.Procedures.CountHeldCases, List: heldCases(s.Procedures.ListHeldCases, loc), Move: func(ctx context.Context, q db.Q, t handover.Thing, m handover.Moved) error {
		_, err := s.Procedures.GiveCase(ctx, q, t.ID, m.To)
		return err
	}})
	s.Handovers.Hold(handover.Holder{Kind: "steps", Count: s.Procedures.CountHeldSteps, List: heldCases(s.Procedures.ListHeldSteps, loc), Move: func(ctx context.Context, q db.Q, t handover.Thing, m handover.Moved) error {
		_, err := s.Procedures.GiveStep(ctx, q, t.ID, m.From, m.To, m.By, "交接单 "+m.Number+" | handover "+m.Number)
		return err
	}})
}

func (s *Services) heldDuties(ctx context.Context, q db.Q, userID, after int64, limit int) ([]handover.Thing, error) {
	list, err := s.Duties.ListHeld(ctx, q, userID, after, limit)
	out := make([]handover.Thing, len(list))
	for i, x := range list {
		out[i] = handover.Thing{ID: x.ID, CustomerID: x.CustomerID, TitleZh: x.TitleZh, TitleEn: x.TitleEn, Due: x.Due}
	}
	return out, err
}

func (s *Services) heldPromises(ctx context.Context, q db.Q, userID, after int64, limit int) ([]handover.Thing, error) {
	list, err := s.Promises.ListHeld(ctx, q, userID, after, limit)
	out := make([]handover.Thing, len(list))
	for i := range list {
		x := &list[i]
		out[i] = handover.Thing{ID: x.ID, CustomerID: x.CustomerID, TitleZh: x.What, TitleEn: x.What, Due: x.DueOn.String()}
	}
	return out, err
}

func (s *Services) heldEvents(ctx context.Context, q db.Q, userID, after int64, limit int) ([]handover.Thing, error) {
	list, err := s.Seminars.ListHeld(ctx, q, userID, after, limit)
	out := make([]handover.Thing, len(list))
	for i, x := range list {
		out[i] = handover.Thing{ID: x.ID, TitleZh: x.TitleZh, TitleEn: x.TitleEn, Due: x.On.String()}
	}
	return out, err
}

// listThings lists what somebody has at hand.
type listThings func(ctx context.Context, q db.Q, userID, after int64, limit int) ([]handover.Thing, error)

func heldVisits(list func(ctx context.Context, q db.Q, userID, after int64, limit int) ([]visit.Held, error)) listThings {
	return func(ctx context.Context, q db.Q, userID, after int64, limit int) ([]handover.Thing, error) {
		all, err := list(ctx, q, userID, after, limit)
		out := make([]handover.Thing, len(all))
		for i, x := range all {
			out[i] = handover.Thing{ID: x.ID, CustomerID: x.CustomerID, TitleZh: x.Title, TitleEn: x.Title, Due: x.On.String()}
		}
		return out, err
	}
}

func heldCases(list func(ctx context.Context, q db.Q, userID, after int64, limit int) ([]procedure.Held, error), loc *time.Location) listThings {
	return func(ctx context.Context, q db.Q, userID, after int64, limit int) ([]handover.Thing, error) {
		all, err := list(ctx, q, userID, after, limit)
		out := make([]handover.Thing, len(all))
		for i, x := range all {
			title := x.Number + " " + x.Title
			out[i] = handover.Thing{ID: x.ID, CustomerID: x.CustomerID, TitleZh: title, TitleEn: title}
			if x.DueAt != 0 {
				out[i].Due = calendar.FromTime(clock.FromMicros(x.DueAt), loc).String()
			}
		}
		return out, err
	}
}
