package duty

import (
	"context"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
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
		n := 0
		err := s.db.InTx(ctx, func(q db.Q) error {
			list, err := toEscalate(ctx, q, today, chunk)
			if n = len(list); err != nil || n == 0 {
				return err
			}
			who := newRoster()
			now := s.now()
			ids := make([]string, 0, n)
			for _, e := range list {
				to, err := who.owes(ctx, q, e.role, e.graded)
				if err != nil {
					return err
				}
				if err := markEscalated(ctx, q, e, to, clock.Micros(now)); err != nil {
					return err
				}
				payload := map[string]string{"duty_id": id.String(e.id), "role": e.role, "user_id": id.Optional(to)}
				if err := s.bus.Emit(ctx, q, EventEscalated, e.CustomerID, payload); err != nil {
					return err
				}
				ids = append(ids, id.String(e.id))
			}
			return audit.Write(ctx, q, now, audit.Entry{Action: "duty.escalate", Entity: "duty", Detail: map[string]any{"day": today.String(), "duties": ids}})
		})
		if err != nil || n == 0 {
			return total, err
		}
		total += int64(n)
	}
}
