package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strconv"
	"time"

	"kezhi/internal/app"
	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
)

// planBook asks for visits and calls by grade, greetings on birthdays and festivals, calls after payments and a seminar.
const planBook = "bench-plans"

// The least time that is granted, and the time for each duty; the larger one counts.
const (
	planSeconds       = 60
	planSecondsOfDuty = 20e-6
)

// planManagers own the customers, evenly.
const planManagers = 200

var planFiles = map[string]string{
	rule.FileRulebook: `rulebook: ` + planBook + `
version: 1.0.0
title: {zh: 基准测试, en: Benchmark}
owner: {zh: 测试, en: Benchmark}
roles: {director: {zh: 总监, en: Director, clause: "1"}}
measures:
  sales: {sum: amount, of: order, window: P12M, unit: CNY, title: {zh: 销售, en: Sales}, clause: "1"}
grades:
  scheme: plans
  title: {zh: 等级, en: Grade}
  clause: "1"
  from: sales
  labels: [{code: A, title: {zh: A, en: A}, tone: gold}, {code: B, title: {zh: B, en: B}, tone: blue}, {code: C, title: {zh: C, en: C}, tone: grey}]
  bands: [{code: A, at_least: 100000, clause: "1"}, {code: B, at_least: 10000, clause: "1"}, {code: C, otherwise: true, clause: "1"}]
duties:
  - {key: a_visit, for: grade == "A", do: visit, every: P1M, by: owner, clause: "1", title: {zh: 拜访, en: Visit}}
  - {key: a_call, for: grade == "A", do: call, every: P2W, by: owner, clause: "1", title: {zh: 电话, en: Call}}
  - {key: b_visit, for: grade == "B", do: visit, every: P3M, by: owner, clause: "1", title: {zh: 拜访, en: Visit}}
  - {key: b_call, for: grade == "B", do: call, every: P1M, by: owner, clause: "1", title: {zh: 电话, en: Call}}
  - {key: c_call, for: grade == "C", do: call, every: P6M, by: owner, clause: "1", title: {zh: 电话, en: Call}}
  - {key: greet, for: 'grade in ["A", "B", "C"]', do: greeting, on: [birthday, festival(spring_festival), festival(mid_autumn)], before: P10D, by: owner, clause: "1", title: {zh: 问候, en: Greeting}}
  - {key: paid, for: grade != "C", do: call, of: payment, within: 5 working days, by: owner, clause: "1", title: {zh: 回访, en: Call back}}
  - {key: seminar, for: grade == "A", do: event, every: P3M, each: grade, by: director, clause: "1", title: {zh: 座谈, en: Seminar}}
`,
	rule.FileClauses: "## 1 服务 | Service\n按等级服务。\n\n> Service by grade.\n",
	rule.FileCases:   "- case: nothing\n  as_of: 2026-01-31\n  customer: {kind: dealer}\n  facts: []\n  expect: {grade: C}\n",
}

// planning plans a year for very many customers, and for a tenth of them to see how memory grows, and once more to see that nothing is
// planned twice.
func planning(ctx context.Context, o options, r *report) error {
	if o.system != "postgres" {
		err := planningOn(ctx, o, r, "SQLite", func(int) (dataSet, func(), error) {
			dir, err := os.MkdirTemp("", "kezhi-bench-")
			return dataSet{dir: dir}, func() { _ = os.RemoveAll(dir) }, err
		})
		if err != nil {
			return err
		}
	}
	base := os.Getenv(postgresVariable)
	if o.system == "sqlite" {
		return nil
	}
	if base == "" {
		r.skip("planning on PostgreSQL", "no server; run it as: go run ./test/withpg -- go run ./bench")
		return nil
	}
	return planningOn(ctx, o, r, "PostgreSQL", func(n int) (dataSet, func(), error) {
		name := fmt.Sprintf("bench_plan_%d", n)
		u, err := url.Parse(base)
		if err != nil {
			return dataSet{}, nil, err
		}
		u.Path = "/" + name
		dir, err := os.MkdirTemp("", "kezhi-bench-")
		if err != nil {
			return dataSet{}, nil, err
		}
		remove := func() {
			_ = os.RemoveAll(dir)
			_ = onServer(context.WithoutCancel(ctx), base, "DROP DATABASE IF EXISTS "+name)
		}
		return dataSet{dir: dir, dsn: u.String()}, remove, onServer(ctx, base, "DROP DATABASE IF EXISTS "+name, "CREATE DATABASE "+name)
	})
}

func planningOn(ctx context.Context, o options, r *report, name string, fresh func(n int) (dataSet, func(), error)) error {
	var small, full, again outcome
	for _, n := range []int{o.planned / 10, o.planned} {
		err := func() error {
			at, remove, err := fresh(n)
			if err != nil {
				return err
			}
			defer remove()
			if err := makePlanned(ctx, at, n); err != nil {
				return err
			}
			small = full
			if full, err = child(ctx, at, "plan"); err != nil {
				return err
			}
			again, err = child(ctx, at, "plan")
			return err
		}()
		if err != nil {
			return err
		}
	}
	r.add(Figure{
		Name: fmt.Sprintf("planning a year for %d customers, %s", o.planned, name), Value: full.Seconds, Unit: "s",
		Target: max(planSeconds, planSecondsOfDuty*float64(full.Written)),
		Note:   fmt.Sprintf("%d duties, %s µs each; of the processors %s s", full.Written, short(full.Seconds*1e6/float64(max(full.Written, 1))), short(full.CPU)),
	})
	r.add(Figure{Name: "… peak memory of its own, " + name, Value: float64(full.PeakKB) / 1000, Unit: "MB", Target: 1.5 * float64(small.PeakKB) / 1000, Note: "the target is 1.5 × that of a tenth of the customers"})
	r.add(Figure{Name: "… planned twice, " + name, Value: float64(again.Written), Unit: "duties", Target: 0, Note: "planning again took " + short(again.Seconds) + " s"})
	return nil
}

// planYear plans the year from today on and gives how many duties it opened.
func planYear(ctx context.Context, a *app.App) (int64, error) {
	res, err := a.Duties.PlanRange(ctx, planBook, today, today.AddDays(365))
	return res.Opened, err
}

// makePlanned fills an empty installation with customers that have owners, grades, birthdays and facts.
func makePlanned(ctx context.Context, at dataSet, n int) error {
	a, err := openAt(ctx, at.dir, at.dsn)
	if err != nil {
		return err
	}
	ctx = authz.With(ctx, authz.System("bench"))
	if _, err = a.Rulebooks.Upload(ctx, planFiles); err == nil {
		_, err = a.Rulebooks.Adopt(ctx, rulebook.AdoptInput{Rulebook: planBook, EffectiveFrom: today.AddMonths(-12)})
	}
	if err == nil {
		err = fillMillion(ctx, a.DB, n)
	}
	if err == nil {
		err = fillPlanned(ctx, a.DB)
	}
	return errors.Join(err, analyse(ctx, a.DB), a.Close())
}

func fillPlanned(ctx context.Context, d *db.DB) error {
	managers := strconv.Itoa(planManagers)
	us := today.Midnight(time.UTC).UnixMicro()
	return d.InTx(ctx, func(q db.Q) error {
		for i := range planManagers {
			login := fmt.Sprintf("plan%d", i)
			if _, err := q.Exec(ctx, `INSERT INTO app_user (id, login, name, email, password_hash, unit_id, state, locale, theme, prefs, must_change_password, version, created_at, updated_at)
				VALUES (?,?,?,'','',NULL,'active','zh','system','{}',0,1,?,?)`, 1+i, login, login, us, us); err != nil {
				return err
			}
		}
		for _, text := range []string{
			"UPDATE customer SET owner_id = 1 + id % " + managers,
			`INSERT INTO standing (customer_id, scheme, rulebook, verdict_id, code, position, reason, as_of, since, previous_code)
				SELECT id, 'plans', '` + planBook + `', 0, CASE id % 3 WHEN 0 THEN 'A' WHEN 1 THEN 'B' ELSE 'C' END, id % 3, '', '` + today.String() + "', '" + today.AddDays(-40).String() + "', '' FROM customer",
			`INSERT INTO contact (customer_id, id, name, title, phone, email, is_primary, note, version, created_at, updated_at)
				SELECT id, id, '联系人', '', '', '', 1, '', 1, 0, 0 FROM customer`,
			`INSERT INTO special_day (customer_id, id, contact_id, kind, name, lunar, year, month_day, note, version, created_at, updated_at)
				SELECT id, id, id, 'birthday', '', 0, 0, (1 + id % 12) * 100 + 1 + id % 28, '', 1, 0, 0 FROM customer`,
		} {
			if _, err := q.Exec(ctx, text); err != nil {
				return err
			}
		}
		return nil
	})
}
