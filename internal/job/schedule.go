package job

import (
	"context"
	"time"

	"kezhi/internal/clock"
	"kezhi/internal/db"
)

type cron struct {
	name string
	next func(now time.Time) time.Time
	spec Spec
}

// Every adds a job again and again: next gives the moment after now at which it is due. Among several processes it is added once.
func (r *Runner) Every(name string, next func(now time.Time) time.Time, spec Spec) {
	r.crons = append(r.crons, cron{name, next, spec})
}

func (r *Runner) tick(ctx context.Context) {
	t := time.NewTicker(idle)
	defer t.Stop()
	for {
		if err := r.Tick(ctx); err != nil && ctx.Err() == nil {
			r.log.ErrorContext(ctx, "running the schedule", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
	}
}

// Tick adds the scheduled jobs that are due now. A schedule seen for the first time is due at once; one that a wrong clock
// put far into the future is set back.
func (r *Runner) Tick(ctx context.Context) error {
	now := r.now()
	for _, c := range r.crons {
		var next int64
		err := db.Get(ctx, r.db.Read(), "SELECT next_at FROM schedule WHERE name = ?", []any{c.name}, &next)
		if err != nil && !db.IsNoRows(err) {
			return err
		}
		due := c.next(now)
		// A moment beyond the one after next was written by a clock that ran ahead; waiting for it could take for ever.
		// One interval of grace keeps processes whose clocks differ a little from undoing each other.
		astray := err == nil && next > clock.Micros(c.next(due))
		if err == nil && next > clock.Micros(now) && !astray {
			continue
		}
		err = r.db.InTx(ctx, func(q db.Q) error {
			if astray {
				_, err := q.Exec(ctx, "UPDATE schedule SET next_at = ? WHERE name = ? AND next_at = ?", clock.Micros(due), c.name, next)
				return err
			}
			n, err := q.Exec(ctx, `INSERT INTO schedule (name, next_at) VALUES (?, ?)
				ON CONFLICT (name) DO UPDATE SET next_at = excluded.next_at WHERE schedule.next_at <= ?`,
				c.name, clock.Micros(due), clock.Micros(now))
			if err != nil || n == 0 {
				return err
			}
			_, err = r.Enqueue(ctx, q, c.spec)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
