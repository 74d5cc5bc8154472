package duty

import (
	"context"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/id"
)

// EventEscalated tells that a duty was missed for so long that somebody above is told. Its payload names the duty and the person, who is
// empty where nobody holds the role.
const EventEscalated = "duty.escalated"

// Escalate tells those whom the rulebook names of what was missed and is still not done, once for each duty, and gives their number.
// Needs grading.run, which jobs have.
func (s *Service) Escalate(ctx context.Context) (int64, error) {
	if _, err := authz.Require(ctx, authz.GradingRun); err != nil {
		return 0, err
	}
	today := s.Today()
	var total int64
	for {
		n, told := 0, 0
		err := s.db.InTx(ctx, func(q db.Q) error {
			list, err := toEscalate(ctx, q, today, chunk)
			if n = len(list); err != nil || n == 0 {
				return err
			}
			told, err = s.escalateAll(ctx, q, list, today)
			return err
		})
		if err != nil || n == 0 {
			return total, err
		}
		total += int64(told)
	}
}

// escalateAll gives how many of the list were escalated: whoever did or excused one since the list was read leaves nothing to tell.
func (s *Service) escalateAll(ctx context.Context, q db.Q, list []escalating, today calendar.Date) (int, error) {
	who := newRoster()
	now := s.now()
	ids := make([]string, 0, len(list))
	for _, e := range list {
		to, err := who.owes(ctx, q, e.role, e.graded)
		if err != nil {
			return 0, err
		}
		ok, err := markEscalated(ctx, q, e, to, clock.Micros(now))
		if err != nil {
			return 0, err
		}
		if !ok {
			continue
		}
		payload := map[string]string{"duty_id": id.String(e.id), "role": e.role, "user_id": id.Optional(to)}
		if err := s.bus.Emit(ctx, q, EventEscalated, e.CustomerID, payload); err != nil {
			return 0, err
		}
		ids = append(ids, id.String(e.id))
	}
	if len(ids) == 0 {
		return 0, nil
	}
	detail := map[string]any{"day": today.String(), "duties": ids}
	return len(ids), audit.Write(ctx, q, now, audit.Entry{Action: "duty.escalate", Entity: "duty", Detail: detail})
}
