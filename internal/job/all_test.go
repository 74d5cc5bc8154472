package job_test

import (
	"context"
	"fmt"
	"maps"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/job"
)

var manager = authz.With(ctx, authz.Actor{UserID: 1, Name: "admin", Grants: authz.GrantsOf([]string{authz.RoleAdmin})})

// Whoever looks after the installation sees everybody's jobs and has a failed one done again; nobody else does.
func TestAllJobsAndDoingAFailedOneAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		broken := true
		var cursors []string
		r := k.runner(map[string]job.Handler{
			"good": func(context.Context, *job.Run) error { return nil },
			"bad": func(ctx context.Context, run *job.Run) error {
				cursors = append(cursors, run.Cursor)
				if !broken {
					return nil
				}
				if err := k.db.InTx(ctx, func(q db.Q) error { return run.Save(ctx, q, "half way") }); err != nil {
					return err
				}
				return errs.New(errs.Invalid, "file.not_found", "path", "x")
			},
		})
		for range 3 {
			k.add(job.Spec{Kind: "good"})
		}
		bad := k.add(job.Spec{Kind: "bad", UniqueKey: "one"})
		for {
			if more, err := r.RunDue(ctx); err != nil {
				t.Fatal(err)
			} else if !more {
				break
			}
		}
		late := k.add(job.Spec{Kind: "good"})
		k.hand.move(time.Minute)
		var seen []int64
		f := job.Filter{Limit: 2}
		for {
			list, next, err := r.All(manager, f)
			if err != nil {
				t.Fatal(err)
			}
			for _, j := range list {
				seen = append(seen, j.ID)
				if j.ByName != "user 42" || j.RunAt.IsZero() {
					t.Errorf("%+v", j)
				}
			}
			if f.Cursor = next; next == "" {
				break
			}
		}
		if len(seen) != 5 || seen[0] != late || seen[1] != bad {
			t.Fatalf("all: %v", seen)
		}
		if list, _, err := r.All(manager, job.Filter{State: job.Failed, Kind: "bad", Limit: 50}); err != nil || len(list) != 1 || list[0].ErrorCode != "file.not_found" {
			t.Fatalf("%+v, %v", list, err)
		}
		if _, _, err := r.All(manager, job.Filter{Cursor: "nonsense"}); errs.CodeOf(err) != "cursor.invalid" {
			t.Errorf("%v", err)
		}
		if _, _, err := r.All(person, job.Filter{}); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("a person sees everybody's: %v", err)
		}
		if err := r.Retry(person, bad); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("a person: %v", err)
		}
		reg := prometheus.NewRegistry()
		reg.MustRegister(r.Queue)
		families, err := reg.Gather()
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]float64{}
		for _, f := range families {
			for _, m := range f.GetMetric() {
				name := f.GetName()
				for _, l := range m.GetLabel() {
					name += " " + l.GetValue()
				}
				got[name] = m.GetGauge().GetValue()
			}
		}
		if want := map[string]float64{"kezhi_jobs failed": 1, "kezhi_jobs running": 0, "kezhi_jobs waiting": 1, "kezhi_jobs_oldest_due_seconds": 60}; !maps.Equal(got, want) {
			t.Errorf("metrics: %v", got)
		}
		if err := r.Retry(manager, late); errs.CodeOf(err) != "job.not_failed" {
			t.Errorf("one that waits: %v", err)
		}
		twin := k.add(job.Spec{Kind: "bad", UniqueKey: "one"})
		if err := r.Retry(manager, bad); errs.CodeOf(err) != "job.unique" {
			t.Errorf("beside its twin: %v", err)
		}
		if err := r.Cancel(manager, twin); err != nil {
			t.Fatal(err)
		}
		broken = false
		if err := r.Retry(manager, bad); err != nil {
			t.Fatal(err)
		}
		if j := k.get(bad); j.State != job.Waiting || j.Attempts != 0 || j.ErrorCode != "" || j.FinishedAt != nil {
			t.Errorf("%+v", j)
		}
		if j, err := r.RunJob(ctx, bad); err != nil || j.State != job.Done || fmt.Sprint(cursors) != "[ half way]" {
			t.Errorf("%+v, %v, %q", j, err, cursors)
		}
		var n int
		if err := db.Get(ctx, d.Read(), "SELECT COUNT(*) FROM audit_entry WHERE action = 'job.retry'", nil, &n); err != nil || n != 1 {
			t.Errorf("%d entries in the audit, %v", n, err)
		}
	})
}
