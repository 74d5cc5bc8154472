package complaint

import (
	"context"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/job"
)

// JobTables makes the statistics of the months that are over.
const JobTables = "complaint.tables"

// MakeUp is for how many months back the statistics are made up when the program was not running, or a rulebook took effect
// in the past.
const MakeUp = 24

// Jobs gives the handlers for the composition root.
func (s *Service) Jobs() map[string]job.Handler {
	return map[string]job.Handler{JobTables: func(ctx context.Context, run *job.Run) error {
		made, err := s.MakeDue(ctx)
		run.SetResult(map[string]int{"made": made})
		return err
	}}
}

// Daily gives the job to be scheduled and, for a moment, when it is due next: shortly after the organisation's midnight. On
// the first of a month it finds the month before to be made; on other days only what could not be made then.
func (s *Service) Daily() (spec job.Spec, next func(time.Time) time.Time) {
	return job.Spec{Kind: JobTables, Args: struct{}{}, UniqueKey: JobTables}, func(now time.Time) time.Time {
		return calendar.FromTime(now, s.loc).AddDays(1).Midnight(s.loc).Add(15 * time.Minute)
	}
}

// MakeDue makes the statistics that the rulebooks ask for and nobody has made, the oldest month first, and gives how many.
// Whether a report was asked for is decided by what was in force on the last day of the month. Done again it makes nothing.
// Needs procedure.manage, which jobs have.
func (s *Service) MakeDue(ctx context.Context) (int, error) {
	if _, err := authz.Require(ctx, authz.ProcedureManage); err != nil {
		return 0, err
	}
	made, first := 0, s.Today().MonthStart()
	for back := MakeUp; back >= 1; back-- {
		from := first.AddMonths(-back)
		list, err := s.asked(ctx, s.db.Read(), from.AddMonths(1).AddDays(-1))
		if err != nil {
			return made, err
		}
		for _, r := range list {
			done, err := s.makeOne(ctx, r, from)
			if err != nil {
				return made, err
			}
			made += number(done)
		}
	}
	return made, nil
}

func (s *Service) makeOne(ctx context.Context, r Report, from calendar.Date) (bool, error) {
	last, err := lastEdition(ctx, s.db.Read(), r.Rulebook, r.Key, from.String()[:monthForm])
	if err != nil || last > 0 {
		return false, err
	}
	t, err := s.counted(ctx, r, from)
	if err != nil {
		return false, err
	}
	var first bool
	err = s.db.InTx(ctx, func(q db.Q) error {
		first, err = s.keep(ctx, q, t)
		return err
	})
	return first, err
}
