package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"syscall"
	"time"

	"kezhi/internal/app"
	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/config"
	"kezhi/internal/db"
	"kezhi/internal/grading"
	"kezhi/internal/rulebook"
)

// postgresVariable names a PostgreSQL server that go run ./test/withpg has started.
const postgresVariable = "KEZHI_TEST_POSTGRES"

// factsEach is how many facts a customer of the large company has.
const factsEach = 10

// gradingMillion holds a grading of very many customers by a scorecard of twelve items against the same scorecard written by hand
// as one SQL statement in the same database: the statement reads the same facts, works out the same measures, points and
// grades, and writes inputs, points, score and grade of each customer into a table with a primary key, in the same durability. The grading writes verdicts that explain
// themselves, standings and movements; two more statements write those from what the first one kept, and both sums are told. It also grades a tenth of the customers, to see how time grows, and once more after one
// in a hundred customers got a new fact.
func gradingMillion(ctx context.Context, o options, r *report) error {
	if o.system != "postgres" {
		if err := millionOnSQLite(ctx, o, r); err != nil {
			return err
		}
	}
	if o.system != "sqlite" {
		return millionOnPostgres(ctx, o, r)
	}
	return nil
}

func millionOnSQLite(ctx context.Context, o options, r *report) error {
	small, err := sqliteSet(ctx, o, r, o.customers/10)
	if err != nil {
		return err
	}
	large, err := sqliteSet(ctx, o, r, o.customers)
	if err != nil {
		return err
	}
	return millionOn(ctx, r, "SQLite", small, large, o.customers)
}

func millionOnPostgres(ctx context.Context, o options, r *report) error {
	base := os.Getenv(postgresVariable)
	if base == "" {
		r.skip("grading on PostgreSQL", "no server; run it as: go run ./test/withpg -- go run ./bench")
		return nil
	}
	sets := make([]dataSet, 2)
	for i, n := range []int{o.customers / 10, o.customers} {
		var err error
		if sets[i], err = postgresSet(ctx, base, r, n); err != nil {
			return err
		}
	}
	return millionOn(ctx, r, "PostgreSQL", sets[0], sets[1], o.customers)
}

// dataSet is a database with a company in it that was never graded.
type dataSet struct {
	dir, dsn string // dsn "" = the SQLite file in dir
	fresh    func() (dataSet, func(), error)
}

// outcome is what a child process says about a grading.
type outcome struct {
	Seconds   float64 `json:"seconds"`
	CPU       float64 `json:"cpu"` // seconds of all threads
	PeakKB    int64   `json:"peak_kb"`
	InScope   int64   `json:"in_scope"`
	Written   int64   `json:"written"`
	Extent    string  `json:"extent"`
	Hand      float64 `json:"hand"`
	HandCPU   float64 `json:"hand_cpu"`
	Keep      float64 `json:"keep"`
	Different int64   `json:"different"`
}

// millionOn measures one database system.
func millionOn(ctx context.Context, r *report, name string, small, large dataSet, n int) error {
	tenth, err := measured(ctx, small, func(at dataSet) (outcome, error) { return child(ctx, at, "grade") })
	if err != nil {
		return err
	}
	var full, again outcome
	full, err = measured(ctx, large, func(at dataSet) (outcome, error) {
		hand, err := child(ctx, at, "hand")
		if err != nil {
			return hand, err
		}
		keep, err := child(ctx, at, "keep")
		if err != nil {
			return keep, err
		}
		one, err := child(ctx, at, "grade")
		if err != nil {
			return one, err
		}
		compared, err := child(ctx, at, "compare")
		if err != nil {
			return one, err
		}
		one.Hand, one.HandCPU, one.Keep, one.Different = hand.Seconds, hand.CPU, keep.Seconds, compared.Different
		if _, err := child(ctx, at, "change"); err != nil {
			return one, err
		}
		again, err = child(ctx, at, "grade")
		return one, err
	})
	if err != nil {
		return err
	}
	per := float64(full.InScope) / full.Seconds
	r.add(Figure{
		Name: fmt.Sprintf("grading %d customers, %s, against one statement", n, name), Value: full.Seconds / full.Hand, Unit: "×", Target: 1,
		Note: short(full.Seconds) + " s against " + short(full.Hand) + " s; of the processors " + short(full.CPU) + " s against " + short(full.HandCPU) + " s; " + strconv.FormatInt(full.Different, 10) + " graded otherwise",
	})
	r.add(Figure{
		Name: "… against statements that keep as much, " + name, Value: full.Seconds / (full.Hand + full.Keep), Unit: "×", Target: 1,
		Note: "standings and movements by statements: " + short(full.Keep) + " s more",
	})
	r.add(Figure{Name: "… customers per second, " + name, Value: per, Unit: "/s", Target: float64(n) / full.Hand, AtLeast: true, Note: "the target is the statement's"})
	r.add(Figure{Name: "… peak memory of its own, " + name, Value: float64(full.PeakKB) / 1000, Unit: "MB", Target: 1.5 * float64(tenth.PeakKB) / 1000, Note: "the target is 1.5 × that of a tenth of the customers"})
	r.add(Figure{Name: "… ten times the customers, " + name, Value: full.Seconds / tenth.Seconds, Unit: "× time", Target: 11})
	r.add(Figure{
		Name: "… again after 1 % changed, " + name, Value: again.Seconds / full.Seconds, Unit: "× full", Target: 0.1,
		Note: fmt.Sprintf("%s s, of the processors %s s; %d verdicts written, extent %s", short(again.Seconds), short(again.CPU), again.Written, again.Extent),
	})
	return nil
}

func measured(ctx context.Context, set dataSet, fn func(dataSet) (outcome, error)) (outcome, error) {
	at, remove, err := set.fresh()
	if err != nil {
		return outcome{}, err
	}
	defer remove()
	return fn(at)
}

// child does one step in a process of its own, so that its memory is its own.
func child(ctx context.Context, at dataSet, step string) (outcome, error) {
	self, err := os.Executable()
	if err != nil {
		return outcome{}, err
	}
	cmd := exec.CommandContext(ctx, self, "--step", step, "--dir", at.dir, "--db", at.dsn) //nolint:gosec // this program itself
	cmd.Stderr = os.Stderr
	text, err := cmd.Output()
	if err != nil {
		return outcome{}, fmt.Errorf("%s: %w", step, err)
	}
	var out outcome
	return out, json.Unmarshal(text, &out)
}

// runStep is what a child process does.
func runStep(ctx context.Context, step, dir, dsn string) error {
	a, err := openAt(ctx, dir, dsn)
	if err != nil {
		return err
	}
	defer func() { _ = a.Close() }()
	ctx = authz.With(ctx, authz.System("bench"))
	var out outcome
	peak := watchMemory()
	began := time.Now()
	switch step {
	case "grade":
		sum, err := a.Gradings.Grade(ctx, millionBook, today, grading.Options{}, nil)
		if err != nil {
			return err
		}
		out.InScope = sum.InScope
		run, err := a.Gradings.Run(ctx, sum.RunID)
		if err != nil {
			return err
		}
		out.Written, out.Extent = run.Written, run.Extent
	case "hand":
		err = handMillion(ctx, a.DB, today)
	case "keep":
		err = keepMillion(ctx, a.DB, today)
	case "compare":
		out.Different, err = compareMillion(ctx, a.DB)
	case "change":
		err = changeOneInHundred(ctx, a)
	case "plan":
		out.Written, err = planYear(ctx, a)
	default:
		err = fmt.Errorf("no step %q", step)
	}
	if err != nil {
		return err
	}
	out.Seconds = time.Since(began).Seconds()
	out.CPU = cpuSeconds()
	out.PeakKB = peak()
	return json.NewEncoder(os.Stdout).Encode(out)
}

func openAt(ctx context.Context, dir, dsn string) (*app.App, error) {
	cfg := configOf(dir)
	if dsn != "" {
		cfg.DB = dsn
	}
	return app.NewAt(ctx, cfg, slog.New(slog.DiscardHandler), movingFrom(cfg))
}

// movingFrom is a clock that starts at the day of the benchmark and runs: what happens later must be later.
func movingFrom(cfg config.Config) clock.Clock {
	began, start := time.Now(), stopped(cfg.Location())()
	return func() time.Time { return start.Add(time.Since(began)) }
}

// sqliteSet gives a company in a SQLite file, which is made once and kept.
func sqliteSet(ctx context.Context, o options, r *report, n int) (dataSet, error) {
	name, err := stamp(ctx)
	if err != nil {
		return dataSet{}, err
	}
	kept := filepath.Join(o.dir, fmt.Sprintf("million-%d-%s", n, name))
	if _, err := os.Stat(filepath.Join(kept, "kezhi.db")); errors.Is(err, fs.ErrNotExist) {
		if err := os.MkdirAll(o.dir, 0o700); err != nil {
			return dataSet{}, err
		}
		old, _ := filepath.Glob(filepath.Join(o.dir, fmt.Sprintf("million-%d-*", n)))
		for _, dir := range old {
			_ = os.RemoveAll(dir)
		}
		dir, err := os.MkdirTemp(o.dir, "making-")
		if err != nil {
			return dataSet{}, err
		}
		defer func() { _ = os.RemoveAll(dir) }()
		if err := makeMillion(ctx, dir, "", r, n); err != nil {
			return dataSet{}, err
		}
		if err := os.Rename(dir, kept); err != nil {
			return dataSet{}, err
		}
	}
	return dataSet{dir: kept, fresh: func() (dataSet, func(), error) {
		dir, err := os.MkdirTemp(o.dir, "run-")
		if err != nil {
			return dataSet{}, nil, err
		}
		remove := func() { _ = os.RemoveAll(dir) }
		if err := copyFile(filepath.Join(kept, "kezhi.db"), filepath.Join(dir, "kezhi.db")); err != nil {
			remove()
			return dataSet{}, nil, err
		}
		return dataSet{dir: dir}, remove, nil
	}}, nil
}

// makeMillion fills an empty installation.
func makeMillion(ctx context.Context, dir, dsn string, r *report, n int) error {
	began := time.Now()
	_, _ = fmt.Fprintf(r.out, "making %d customers with %d facts …\n", n, n*factsEach)
	a, err := openAt(ctx, dir, dsn)
	if err != nil {
		return err
	}
	ctx = authz.With(ctx, authz.System("bench"))
	if _, err = a.Rulebooks.Upload(ctx, millionFiles); err == nil {
		_, err = a.Rulebooks.Adopt(ctx, rulebook.AdoptInput{Rulebook: millionBook, EffectiveFrom: today.AddMonths(-12)})
	}
	if err != nil {
		return errors.Join(err, a.Close())
	}
	err = errors.Join(fillMillion(ctx, a.DB, n), analyse(ctx, a.DB), a.Close())
	_, _ = fmt.Fprintf(r.out, "made in %.0f s\n", time.Since(began).Seconds())
	return err
}

func analyse(ctx context.Context, d *db.DB) error {
	if d.Dialect() == db.SQLite {
		return nil
	}
	return d.InTx(ctx, func(q db.Q) error {
		_, err := q.Exec(ctx, "ANALYZE")
		return err
	})
}

// watchMemory looks every few milliseconds at what this process holds of its own, pages of mapped files left out, and gives the
// most there was.
func watchMemory() (peak func() int64) {
	var most atomic.Int64
	look := func() { most.Store(max(most.Load(), statusKB(os.Getpid(), "RssAnon"))) }
	stop := make(chan struct{})
	go func() {
		t := time.NewTicker(20 * time.Millisecond)
		defer t.Stop()
		for {
			select {
			case <-t.C:
				look()
			case <-stop:
				return
			}
		}
	}()
	return func() int64 {
		close(stop)
		look()
		return most.Load()
	}
}

// cpuSeconds is what this process has used of the processors.
func cpuSeconds() float64 {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}
