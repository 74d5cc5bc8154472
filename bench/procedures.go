package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/fact"
	"kezhi/internal/files"
	"kezhi/internal/flow"
	"kezhi/internal/job"
	"kezhi/internal/procedure"
	"kezhi/internal/rule"
)

// The people of the procedures benchmark: so many in each of so many units, all holding one post there.
const (
	caseUnits  = 20
	caseTeam   = 10
	casePeople = caseUnits * caseTeam
	caseSteps  = 4
)

// caseBook is the regulation of the benchmark: a form and three decisions, by whoever holds the post nearest to the starter.
const caseBook = `rulebook: bench-cases
version: 1.0.0
title: {zh: 测速流程, en: Bench}
currency: CNY
roles: {clerk: {zh: 经办, en: Clerk}}
forms:
  card:
    title: {zh: 记录, en: Card}
    fields:
      what: {type: long_text, required: true, title: {zh: 内容, en: Matter}}
      amount: {type: money, title: {zh: 金额, en: Amount}}
procedures:
  request:
    title: {zh: 申请, en: Request}
    kind: approval
    number: "SQ-{year}-{seq:6}"
    days: calendar
    start: {form: card}
    deadline: {within: P7D, alarms: [{before: P2D, tell: [clerk]}]}
    steps:
      note: {do: fill, form: card, by: clerk, near: starter, within: P1D, title: {zh: 登记, en: Note}}
      check: {do: decide, by: clerk, near: starter, within: P1D, title: {zh: 复核, en: Check}, rejected: refused}
      review: {do: decide, by: clerk, near: starter, within: P1D, title: {zh: 审核, en: Review}, rejected: refused}
      sign: {do: decide, by: clerk, near: starter, within: P1D, title: {zh: 批准, en: Sign}, rejected: refused, next: granted}
    ends:
      granted: {title: {zh: 同意, en: Granted}, good: true}
      refused: {title: {zh: 不同意, en: Refused}}
`

// procedures measures people acting on very many open cases at once, and the look at the clock over very many open steps. The
// acts are held against the least that could keep their promise in the same database: one guarded UPDATE and one INSERT a
// transaction. At the end every act that was acknowledged is counted in the database: one missing or twice is a failure.
func procedures(ctx context.Context, o options, r *report) error {
	dir, err := os.MkdirTemp("", "kezhi-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := proceduresOn(ctx, o, r, "SQLite", filepath.Join(dir, "kezhi.db")); err != nil {
		return err
	}
	base := os.Getenv(postgresVariable)
	if base == "" {
		r.skip("procedures on PostgreSQL", "no server; run it as: go run ./test/withpg -- go run ./bench")
		return nil
	}
	dsn, drop, err := freshPostgres(ctx, base, "bench_procedures")
	if err != nil {
		return err
	}
	defer drop()
	return proceduresOn(ctx, o, r, "PostgreSQL", dsn)
}

func proceduresOn(ctx context.Context, o options, r *report, name, dsn string) error {
	d, err := db.Open(ctx, dsn, db.Options{})
	if err != nil {
		return err
	}
	defer func() { _ = d.Close() }()
	if _, err := d.Migrate(ctx); err != nil {
		return err
	}
	office, err := newOffice(ctx, d)
	if err != nil {
		return err
	}
	if err := office.fill(ctx, o.cases); err != nil {
		return err
	}
	bare, err := office.bare(ctx, o.actFor/3)
	if err != nil {
		return err
	}
	if err := office.acts(ctx, o, r, name, bare); err != nil {
		return err
	}
	return office.scan(ctx, o, r, name)
}

// office is a company with one procedure and a clock that can be set on.
type office struct {
	db    *db.DB
	svc   *procedure.Service
	later atomic.Int64 // nanoseconds the clock is ahead
	first []int64      // the case of each unit that the others are copies of
	cases []int64
}

func (o *office) now() time.Time {
	return time.Now().UTC().Add(time.Duration(o.later.Load())).Truncate(time.Microsecond)
}

func newOffice(ctx context.Context, d *db.DB) (*office, error) {
	o := &office{db: d}
	edition, err := procedure.ReadEdition(map[string][]byte{
		rule.FileRulebook: []byte(caseBook), rule.FileClauses: []byte("# 办法 | Rules\n## 1 条 | One\n办。\n\n> Do.\n"), rule.FileCases: []byte("[]\n"),
	}, 1)
	if err != nil {
		return nil, err
	}
	work, err := calendar.China()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "kezhi-bench-files-")
	if err != nil {
		return nil, err
	}
	uploads, err := files.New(d, dir, o.now)
	if err != nil {
		return nil, err
	}
	quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
	zone, queue, bus := time.FixedZone("UTC+8", 8*3600), job.NewQueue(d, o.now), event.NewBus(d, o.now, quiet)
	customers := customer.New(d, o.now, zone, bus, queue)
	o.svc = procedure.New(procedure.Deps{
		DB: d, Now: o.now, Loc: zone, Work: work, Bus: bus, Queue: queue, Customers: customers,
		Facts: fact.New(d, o.now, zone, bus, customers), Files: uploads, Log: quiet,
		Books: procedure.Books{
			InForce: func(context.Context, db.Q, calendar.Date) ([]*procedure.Edition, error) {
				return []*procedure.Edition{edition}, nil
			},
			Adopted: func(context.Context, db.Q, int64) (*procedure.Edition, error) { return edition, nil },
		},
	})
	return o, o.people(ctx)
}

func personOf(unit, n int) int64 { return int64(1000 + unit*caseTeam + n) }

// by is a person of a unit at work.
func by(ctx context.Context, unit, n int) context.Context {
	return authz.With(ctx, authz.Actor{UserID: personOf(unit, n), Name: "bench", Grants: authz.GrantsOf([]string{authz.RoleCustomerManager}), UnitIDs: []int64{int64(100 + unit)}})
}

// acts lets everybody act for a while on cases of their own unit, and counts afterwards.
func (o *office) acts(ctx context.Context, opt options, r *report, name string, bare float64) error {
	progress, done := make([]atomic.Int32, len(o.cases)), make([]atomic.Int64, len(o.cases))
	var mu sync.Mutex
	var took []time.Duration
	var lost atomic.Int64
	var failed error
	until := time.Now().Add(opt.actFor)
	began := time.Now()
	var all sync.WaitGroup
	for p := range casePeople {
		all.Go(func() {
			rng := rand.New(rand.NewPCG(7, uint64(p)))
			var own []time.Duration
			for n := 0; time.Now().Before(until); n++ {
				i := rng.IntN(len(o.cases)/caseUnits)*caseUnits + p%caseUnits
				step := progress[i].Load()
				if step >= caseSteps {
					continue
				}
				at := time.Now()
				_, err := o.svc.Act(by(ctx, p%caseUnits, p/caseUnits), o.cases[i], actOn(step, p, n))
				switch {
				case err == nil:
					own = append(own, time.Since(at))
					done[i].Add(1)
					progress[i].CompareAndSwap(step, step+1)
				case errs.KindOf(err) == errs.Conflict || errs.KindOf(err) == errs.NotFound:
					lost.Add(1) // somebody else was first
				default:
					mu.Lock()
					failed = err
					mu.Unlock()
					return
				}
			}
			mu.Lock()
			took = append(took, own...)
			mu.Unlock()
		})
	}
	all.Wait()
	elapsed := time.Since(began)
	if failed != nil || len(took) == 0 {
		return fmt.Errorf("acting on cases (%d acts): %w", len(took), failed)
	}
	slices.Sort(took)
	wrong, err := o.wrong(ctx, done)
	if err != nil {
		return err
	}
	rate := float64(len(took)) / elapsed.Seconds()
	r.add(Figure{
		Name: fmt.Sprintf("%s: %d people on %d open cases", name, casePeople, len(o.cases)), Value: rate, Unit: "acts/s", Target: opt.actsTarget, AtLeast: true,
		Baseline: bare, BaselineIs: "one guarded UPDATE and INSERT", Note: fmt.Sprintf("%.0f s, %d acts, %d came second", elapsed.Seconds(), len(took), lost.Load()),
	})
	r.add(Figure{
		Name: name + ": an act, 99th percentile of 200 at once", Value: took[len(took)*99/100].Seconds() * 1000, P50: took[len(took)/2].Seconds() * 1000, Unit: "ms", Target: 1500,
	})
	r.add(Figure{Name: name + ": acts lost or done twice", Value: float64(wrong), Unit: "acts", Target: 0})
	return nil
}

// actOn is what a step asks for. Every case has one seat a step, so that the seats are numbered like the steps.
func actOn(step int32, p, n int) procedure.ActInput {
	in := procedure.ActInput{Act: flow.Act{Kind: flow.ActDecide, Decision: flow.Agree, Seat: int(step) + 1}, Key: fmt.Sprintf("bench-%d-%d", p, n)}
	if step == 0 {
		in.Kind, in.Decision = flow.ActFill, ""
		in.Answers = flow.Answers{"what": {Text: "包装破损，客户要求换货"}, "amount": {Text: "1280.50"}}
	}
	return in
}

// scan measures the look at the clock when no, every hundredth, and every open step is late.
func (o *office) scan(ctx context.Context, opt options, r *report, name string) error {
	if err := o.empty(ctx); err != nil {
		return err
	}
	if err := o.fill(ctx, opt.scan); err != nil {
		return err
	}
	o.later.Store(int64(3 * 24 * time.Hour)) // every step is late by then
	system := authz.With(ctx, authz.System("bench"))
	if _, err := o.alarm(ctx, 0); err != nil {
		return err
	}
	if _, err := o.svc.PassTime(system); err != nil { // the desks are looked at once, whatever is due
		return err
	}
	for _, c := range []struct {
		what   string
		one    int // of so many cases is due
		target float64
	}{{"none", 0, 50}, {"1 %", 100, 0}, {"all", 1, 0}} {
		due, err := o.alarm(ctx, c.one)
		if err != nil {
			return err
		}
		limited, cancel := context.WithTimeout(system, opt.actFor)
		began := time.Now()
		passed, err := o.svc.PassTime(limited)
		elapsed := time.Since(began)
		over := limited.Err() != nil
		cancel()
		if err != nil && !over {
			return err
		}
		f := Figure{Name: fmt.Sprintf("%s: clock over %d open steps, %s due", name, len(o.cases), c.what), Value: elapsed.Seconds() * 1000, Unit: "ms", Target: c.target}
		if c.one > 0 {
			f.Value, f.Unit, f.Target, f.AtLeast = float64(passed.Due)/elapsed.Seconds(), "told/s", opt.actsTarget, true
			f.Note = fmt.Sprintf("%d of %d in %.1f s", passed.Due, due, elapsed.Seconds())
			if !over && passed.Told != due {
				return fmt.Errorf("%d cases were due and %d were told", due, passed.Told)
			}
		}
		r.add(f)
	}
	return nil
}
