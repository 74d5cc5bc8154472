package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/flow"
	"kezhi/internal/procedure"
)

// Everything of a case that its copies share.
const (
	caseSame = `rulebook, version, adoption_id, procedure, kind, customer_id, title, status, outcome, good, class, channel, priority, unit_id, owner_id,
		started_by, subject, amount, currency, steps, received_at, due_at, next_due_at, alarm_at, ended_at, stuck, fact_id, form_numbers, state, row_version, changed_by, created_at, updated_at, termed`
	taskSame  = "seat, step, state, desk_id, assignee_id, post, unit_id, stuck, priority, opened_at, due_at, done_by, for_user, done_at, status, next_due_at, kind, procedure"
	partySame = "user_id, status, priority, next_due_at, kind, procedure, began"
)

// copyBase is the first id of a copied case.
const copyBase = 1_000_000

// people moves the units and their people in.
func (o *office) people(ctx context.Context) error {
	us, day := o.now().UnixMicro(), "2020-01-01"
	return o.db.InTx(ctx, func(q db.Q) error {
		if _, err := q.Exec(ctx, "INSERT INTO unit (id, parent_id, code, name_zh, name_en, created_at) VALUES (99, NULL, 'B', '总部', 'Head', ?)", us); err != nil {
			return err
		}
		for u := range caseUnits {
			if _, err := q.Exec(ctx, "INSERT INTO unit (id, parent_id, code, name_zh, name_en, created_at) VALUES (?, 99, ?, '部门', 'Unit', ?)", 100+u, fmt.Sprintf("B%d", u), us); err != nil {
				return err
			}
			for n := range caseTeam {
				if err := o.person(ctx, q, u, n, us, day); err != nil {
					return err
				}
			}
		}
		_, err := q.Exec(ctx, "UPDATE post_mark SET seq = seq + 1 WHERE id = 1")
		return err
	})
}

func (o *office) person(ctx context.Context, q db.Q, u, n int, us int64, day string) error {
	user, login := personOf(u, n), fmt.Sprintf("bench%d.%d", u, n)
	if _, err := q.Exec(ctx, `INSERT INTO app_user (id, login, name, email, password_hash, unit_id, state, locale, theme, prefs, must_change_password, version, created_at, updated_at)
		VALUES (?,?,?,'','',?,'active','zh','system','{}',0,1,?,?)`, user, login, login, 100+u, us, us); err != nil {
		return err
	}
	if _, err := q.Exec(ctx, "INSERT INTO user_role (user_id, role) VALUES (?, ?)", user, authz.RoleCustomerManager); err != nil {
		return err
	}
	_, err := q.Exec(ctx, "INSERT INTO post_holder (id, post, user_id, unit_id, from_on, until_on, created_by, created_at, updated_at) VALUES (?, 'clerk', ?, ?, ?, NULL, 0, ?, ?)",
		user, user, 100+u, day, us, us)
	return err
}

// fill begins one case in each unit through the service and copies it until there are as many as wanted: the case at place i is
// of unit i modulo the units.
func (o *office) fill(ctx context.Context, n int) error {
	o.first = o.first[:0]
	for u := range caseUnits {
		c, err := o.svc.Start(by(ctx, u, 0), procedure.StartInput{
			Rulebook: "bench-cases", Procedure: "request", Answers: flow.Answers{"what": {Text: "包装破损，客户要求换货"}},
		})
		if err != nil {
			return err
		}
		o.first = append(o.first, c.ID)
	}
	rounds := n / caseUnits
	o.cases = make([]int64, rounds*caseUnits)
	for i := range o.cases {
		o.cases[i] = copyBase + int64(i)
	}
	for u, first := range o.first {
		err := o.db.InTx(ctx, func(q db.Q) error {
			numbers := "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?) "
			id := fmt.Sprintf("%d + n.i * %d", copyBase+u, caseUnits)
			if _, err := q.Exec(ctx, "INSERT INTO proc_case (id, number, "+caseSame+") "+numbers+"SELECT "+id+", c.number || '-' || CAST(n.i AS TEXT), "+caseSame+
				" FROM proc_case c CROSS JOIN n WHERE c.id = ?", rounds, first); err != nil {
				return err
			}
			_, err := q.Exec(ctx, "INSERT INTO proc_task (case_id, "+taskSame+") "+numbers+"SELECT "+id+", "+taskSame+" FROM proc_task t CROSS JOIN n WHERE t.case_id = ?", rounds, first)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// empty takes all cases away.
func (o *office) empty(ctx context.Context) error {
	for _, table := range []string{"proc_case", "proc_task", "proc_act", "proc_party", "proc_notice", "proc_term"} {
		if err := o.db.InTx(ctx, func(q db.Q) error {
			_, err := q.Exec(ctx, "DELETE FROM "+table)
			return err
		}); err != nil {
			return err
		}
	}
	return nil
}

// alarm makes one case in so many due (0: none), and says how many that are.
func (o *office) alarm(ctx context.Context, one int) (due int64, err error) {
	err = o.db.InTx(ctx, func(q db.Q) error {
		if one == 0 {
			_, err = q.Exec(ctx, "UPDATE proc_case SET alarm_at = alarm_at + ? WHERE alarm_at IS NOT NULL", (365 * 24 * time.Hour).Microseconds())
			return err
		}
		_, err = q.Exec(ctx, "UPDATE proc_case SET alarm_at = 1 WHERE row_version = 1 AND id % ? = 0", one)
		return err
	})
	if err != nil {
		return 0, err
	}
	err = db.Get(ctx, o.db.Read(), "SELECT COUNT(*) FROM proc_case WHERE alarm_at = 1", nil, &due)
	return due, err
}

// bare measures the least an act can be: one guarded UPDATE of a case and one INSERT of a line of history, two hundred at once.
// It uses cases that nobody acts on, and takes its lines away again.
func (o *office) bare(ctx context.Context, length time.Duration) (float64, error) {
	var count atomic.Int64
	var mu sync.Mutex
	var failed error
	began := time.Now()
	until := began.Add(length)
	var all sync.WaitGroup
	for p := range casePeople {
		all.Go(func() {
			rng := rand.New(rand.NewPCG(9, uint64(p)))
			for n := int64(0); time.Now().Before(until); n++ {
				id := o.cases[rng.IntN(len(o.cases)/casePeople)*casePeople+p]
				if err := o.bareOne(ctx, id, int64(p)<<32|n); err != nil {
					mu.Lock()
					failed = err
					mu.Unlock()
					return
				}
				count.Add(1)
			}
		})
	}
	all.Wait()
	rate := float64(count.Load()) / time.Since(began).Seconds()
	if failed != nil {
		return 0, failed
	}
	return rate, o.db.InTx(ctx, func(q db.Q) error {
		if _, err := q.Exec(ctx, "DELETE FROM proc_act WHERE hash = 'bare'"); err != nil {
			return err
		}
		_, err := q.Exec(ctx, "UPDATE proc_case SET row_version = 1 WHERE row_version > 1")
		return err
	})
}

func (o *office) bareOne(ctx context.Context, id, seq int64) error {
	return o.db.InTx(ctx, func(q db.Q) error {
		var version int64
		if err := db.Get(ctx, q, "SELECT row_version FROM proc_case WHERE id = ?", []any{id}, &version); err != nil {
			return err
		}
		n, err := q.Exec(ctx, "UPDATE proc_case SET row_version = row_version + 1 WHERE id = ? AND row_version = ?", id, version)
		if err != nil || n != 1 {
			return err
		}
		_, err = q.Exec(ctx, `INSERT INTO proc_act (case_id, seq, at, actor_id, for_user, act, step, seat, reason, detail, idem_key, hash)
			VALUES (?,?,0,0,0,'comment','',0,'','{}','','bare')`, id, seq)
		return err
	})
}

// wrong counts the acts that were acknowledged and are not there exactly once, or are there and were not acknowledged.
func (o *office) wrong(ctx context.Context, done []atomic.Int64) (int64, error) {
	type row struct{ id, version, acts int64 }
	rows, err := db.List(ctx, o.db.Read(), `SELECT c.id, c.row_version, (SELECT COUNT(*) FROM proc_act a WHERE a.case_id = c.id)
		FROM proc_case c WHERE c.id >= ? AND c.id < ? ORDER BY c.id`, []any{copyBase, copyBase + len(o.cases)},
		func(r db.Rows) (row, error) { return row{r.Int64(0), r.Int64(1), r.Int64(2)}, nil })
	if err != nil {
		return 0, err
	}
	if len(rows) != len(o.cases) {
		return 0, fmt.Errorf("%d of %d cases are there", len(rows), len(o.cases))
	}
	wrong := int64(0)
	for i, c := range rows {
		want := done[i].Load()
		wrong += max(c.acts-want, want-c.acts) + max(c.version-1-want, want-c.version+1)
	}
	return wrong, nil
}

// freshPostgres makes a database of its own on the server of this run.
func freshPostgres(ctx context.Context, base, name string) (dsn string, drop func(), err error) {
	if err := onServer(ctx, base, "DROP DATABASE IF EXISTS "+name, "CREATE DATABASE "+name); err != nil {
		return "", nil, err
	}
	u, err := url.Parse(base)
	if err != nil {
		return "", nil, err
	}
	u.Path = "/" + name
	return u.String(), func() {
		_ = onServer(context.WithoutCancel(ctx), base, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)")
	}, nil
}
