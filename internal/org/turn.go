package org

import (
	"context"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/id"
	"kezhi/internal/job"
)

// JobTurn makes what was planned for a day hold when the day comes.
const JobTurn = "org.turn"

// Jobs gives the handlers of the jobs.
func (s *Service) Jobs() map[string]job.Handler {
	return map[string]job.Handler{JobTurn: func(ctx context.Context, _ *job.Run) error {
		return s.db.InTx(ctx, func(q db.Q) error {
			if err := lockTree(ctx, q); err != nil {
				return err
			}
			return s.turn(ctx, q)
		})
	}}
}

// Daily says when the job of the night is due: at the first moment of the day.
func (s *Service) Daily() (spec job.Spec, next func(time.Time) time.Time) {
	return job.Spec{Kind: JobTurn, Args: struct{}{}, UniqueKey: JobTurn}, func(now time.Time) time.Time {
		return calendar.FromTime(now, s.loc).AddDays(1).Midnight(s.loc)
	}
}

// turn makes the terms of today hold, and has everything in a unit that was merged go to the one that goes on for it. Done again it does
// nothing.
func (s *Service) turn(ctx context.Context, q db.Q) error {
	now, today := s.now(), s.Today()
	units, err := listUnits(ctx, q)
	if err != nil {
		return err
	}
	all, err := loadTerms(ctx, q, units)
	if err != nil {
		return err
	}
	for i := range units {
		u := &units[i]
		is := Term{ParentID: u.ParentID, Kind: u.Kind, NameZh: u.NameZh, NameEn: u.NameEn, ManagerID: u.ManagerID}
		t, lives := during(all[u.ID], today)
		merged := u.MergedInto != 0 && u.Until < today && u.ParentID != u.MergedInto
		switch {
		case merged:
			if err := s.move(ctx, q, u, now); err != nil {
				return err
			}
			t = is
			t.ParentID = u.MergedInto
		case !lives || t.same(is):
			continue
		}
		if err := showTerm(ctx, q, u.ID, t, clock.Micros(now)); err != nil {
			return err
		}
	}
	return nil
}

// move has everything in a unit go to the one that goes on for it.
func (s *Service) move(ctx context.Context, q db.Q, u *Unit, now time.Time) error {
	detail := map[string]any{"into": id.String(u.MergedInto)}
	for _, f := range s.followers {
		n, err := f.Count(ctx, q, u.ID)
		if err != nil {
			return err
		}
		if err := f.Move(ctx, q, u.ID, u.MergedInto); err != nil {
			return err
		}
		detail[f.Kind] = n
	}
	return audit.Write(ctx, q, now, audit.Entry{Action: "unit.merged", Entity: "unit", EntityID: id.String(u.ID), Detail: detail})
}
