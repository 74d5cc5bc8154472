package status

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/backup"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/files"
	"kezhi/internal/job"
)

var at = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

func TestWhatIsWrongIsSaid(t *testing.T) {
	whole := Report{At: at, Schema: 7, SchemaNewest: 7, Most: 4, Busy: 1, DiskFree: 50, DiskSize: 100, BackupConfigured: true}
	for name, c := range map[string]struct {
		change func(*Report)
		check  string
		want   Level
	}{
		"the schema is older":     {func(r *Report) { r.Schema = 6 }, "schema", Bad},
		"a tenth is free":         {func(r *Report) { r.DiskFree = 9 }, "disk", Warn},
		"nothing is free":         {func(r *Report) { r.DiskFree = 0 }, "disk", Bad},
		"the log grows":           {func(r *Report) { r.WAL = 2 << 30 }, "database", Warn},
		"no connection is free":   {func(r *Report) { r.Busy = 4 }, "database", Bad},
		"an event waits":          {func(r *Report) { r.EventsOldest = at.Add(-3 * time.Minute) }, "events", Warn},
		"an event is parked":      {func(r *Report) { r.EventsParked = 1 }, "events", Bad},
		"a job failed":            {func(r *Report) { r.JobsFailed = 1 }, "jobs", Warn},
		"nobody takes the jobs":   {func(r *Report) { r.JobsOldest = at.Add(-time.Hour) }, "jobs", Bad},
		"no backup is configured": {func(r *Report) { r.BackupConfigured = false }, "backup", Warn},
		"the backup is old":       {func(r *Report) { r.BackupOld = true }, "backup", Bad},
		"statements are slow":     {func(r *Report) { r.Slow = 50 }, "statements", Warn},
	} {
		r := whole
		c.change(&r)
		for _, got := range r.judge() {
			want := OK
			if got.Name == c.check {
				want = c.want
			}
			if got.Level != want {
				t.Errorf("%s: %s is %s, want %s", name, got.Name, got.Level, want)
			}
		}
	}
}

func TestTheReportAsksEveryPart(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := authz.With(t.Context(), authz.System("test"))
		now := func() time.Time { return at }
		log := slog.New(slog.DiscardHandler)
		bus, queue := event.NewBus(d, now, log), job.NewQueue(d, now)
		dir := t.TempDir()
		store, err := files.New(d, dir, now)
		if err != nil {
			t.Fatal(err)
		}
		s := New(Deps{
			DB: d, Now: now, Version: "9.9.9", Dir: dir, Bus: bus, Queue: queue, Files: store,
			Backups: backup.NewService(backup.Config{}, backup.Source{DB: d, Dir: dir}, queue, now, time.UTC, log),
		})
		err = d.InTx(ctx, func(q db.Q) error {
			if _, err := queue.Enqueue(ctx, q, job.Spec{Kind: "any", RunAt: at.Add(-time.Hour)}); err != nil {
				return err
			}
			return bus.Emit(ctx, q, "order.added", 0, nil)
		})
		if err != nil {
			t.Fatal(err)
		}
		r, err := s.Report(ctx)
		if err != nil || r.Version != "9.9.9" || r.Schema == 0 || r.Schema != r.SchemaNewest || r.Database != string(d.Dialect()) || r.Events != 1 || !r.EventsOldest.Equal(at) ||
			r.JobsWaiting != 1 || !r.JobsOldest.Equal(at.Add(-time.Hour)) || r.Data == 0 || r.DiskFree == 0 || r.DiskSize < r.DiskFree || r.BackupConfigured || !r.BackupAt.IsZero() || len(r.Checks) != 7 {
			t.Fatalf("%+v, %v", r, err)
		}
		if _, from, err := s.Statements(ctx); err != nil || from != db.SlowFrom {
			t.Fatal(from, err)
		}
		for name, stranger := range map[string]context.Context{
			"nobody": t.Context(), "a manager": authz.With(t.Context(), authz.Actor{UserID: 2, Grants: authz.GrantsOf([]string{authz.RoleDirector})}),
		} {
			if _, err := s.Report(stranger); err == nil || errs.KindOf(err) == errs.Internal {
				t.Errorf("%s reads the report: %v", name, err)
			}
			if _, _, err := s.Statements(stranger); err == nil {
				t.Errorf("%s reads the statements", name)
			}
		}
	})
}
