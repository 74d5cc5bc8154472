package seminar

import (
	"context"
	"strings"
	"unicode/utf8"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/duty"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// Close ends an event that took place, with what came of it, and keeps the duties it was held for. Needs to run it.
// Errors: not_found, invalid_input, seminar.closed, seminar.too_early.
func (s *Service) Close(ctx context.Context, seminarID int64, summary string) (Seminar, error) {
	summary = strings.TrimSpace(summary)
	var v errs.Validation
	v.Check(utf8.RuneCountInString(summary) <= maxSummary, "summary", "field.too_long", "max", maxSummary)
	if err := v.Err(); err != nil {
		return Seminar{}, err
	}
	return s.act(ctx, seminarID, func(q db.Q, actor authz.Actor, m Seminar) error {
		switch {
		case m.State == Held && m.Summary == summary:
			return nil
		case m.State != Planned:
			return closed(m)
		case s.Today() < m.On:
			return errs.New(errs.Conflict, "seminar.too_early", "on", m.On.String())
		}
		next := m
		next.State, next.Summary = Held, summary
		if err := s.end(ctx, q, actor, m, next); err != nil {
			return err
		}
		kept, err := s.keepDuties(ctx, q, m)
		if err != nil || kept == 0 {
			return err
		}
		return setKept(ctx, q, m.ID, kept)
	})
}

// keepDuties keeps the duties an event was held for and gives how many: one of each customer that came, and that of the whole grade when anybody came.
func (s *Service) keepDuties(ctx context.Context, q db.Q, m Seminar) (int64, error) {
	if m.Asked == (duty.ByRule{}) {
		return 0, nil
	}
	came, err := customersThatCame(ctx, q, m.ID)
	if err != nil || len(came) == 0 {
		return 0, err
	}
	if m.Asked.Grade != "" {
		dutyID, err := s.keep(ctx, q, m, 0)
		if err != nil || dutyID == 0 {
			return 0, err
		}
		return 1, nil
	}
	var kept int64
	for _, v := range came {
		dutyID, err := s.keep(ctx, q, m, v.CustomerID)
		if err != nil {
			return kept, err
		}
		if dutyID == 0 {
			continue
		}
		kept++
		if err := setDuty(ctx, q, v, dutyID, clock.Micros(s.now())); err != nil {
			return kept, err
		}
	}
	return kept, nil
}

// keep keeps the duty of a customer, or of the whole grade (0), and gives its id; 0 when none is owed by now.
func (s *Service) keep(ctx context.Context, q db.Q, m Seminar, customerID int64) (int64, error) {
	return s.duties.KeepProved(ctx, q, customerID, Activity, m.Asked, duty.Evidence{
		Note: m.Title("zh"), On: m.On, SeenOn: &m.On, Attrs: map[string]any{"seminar": id.String(m.ID)},
	})
}
