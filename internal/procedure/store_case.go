package procedure

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
)

const caseColumns = `c.id, c.number, c.rulebook, c.version, c.adoption_id, c.procedure, c.kind, c.customer_id, c.title, c.status, c.outcome, c.good,
	c.class, c.channel, c.priority, c.unit_id, c.owner_id, c.started_by, c.subject, c.amount, c.currency, c.steps, c.received_at, c.due_at,
	c.next_due_at, c.alarm_at, c.ended_at, c.stuck, c.fact_id, c.form_numbers, c.row_version, c.changed_by, c.created_at, c.updated_at,
	COALESCE(k.code, ''), COALESCE(k.name, ''), COALESCE(o.name, ''), COALESCE(b.name, '')`

// The joins are outer ones so that the database walks the cases in their order and looks the rest up.
const caseJoins = ` LEFT JOIN customer k ON k.id = c.customer_id LEFT JOIN app_user o ON o.id = c.owner_id LEFT JOIN app_user b ON b.id = c.started_by`

func scanCase(r db.Rows) (Case, error) { return scanCaseWith(r) }

func scanCaseWith(r db.Rows, more ...any) (Case, error) {
	var c Case
	var steps string
	var numbers []byte
	var received, created, updated int64
	err := r.Scan(append([]any{
		&c.ID, &c.Number, &c.Rulebook, &c.Version, &c.AdoptionID, &c.Procedure, &c.Kind, &c.CustomerID, &c.Title, &c.Status, &c.Outcome, &c.Good,
		&c.Class, &c.Channel, &c.Priority, &c.UnitID, &c.OwnerID, &c.StartedBy, &c.Subject, &c.Amount, &c.Currency, &steps, &received, &c.DueAt,
		&c.NextDueAt, &c.AlarmAt, &c.EndedAt, &c.Stuck, &c.FactID, &numbers, &c.RowVersion, &c.ChangedBy, &created, &updated,
		&c.CustomerCode, &c.CustomerName, &c.OwnerName, &c.StarterName,
	}, more...)...)
	if err != nil {
		return c, err
	}
	c.Steps = strings.Fields(steps)
	c.ReceivedAt, c.CreatedAt, c.UpdatedAt = clock.FromMicros(received), clock.FromMicros(created), clock.FromMicros(updated)
	return c, json.Unmarshal(numbers, &c.Numbers)
}

// getCase gives a case with its state.
func getCase(ctx context.Context, q db.Q, caseID int64) (Case, error) {
	return db.One(ctx, q, "SELECT "+caseColumns+", c.state FROM proc_case c"+caseJoins+" WHERE c.id = ?", []any{caseID}, func(r db.Rows) (Case, error) {
		var state []byte
		c, err := scanCaseWith(r, &state)
		if err != nil {
			return c, err
		}
		return c, c.readState(state)
	})
}

func (c *Case) readState(state []byte) error {
	c.State = &flow.State{}
	if err := json.Unmarshal(state, c.State); err != nil {
		return fmt.Errorf("reading the state of case %d: %w", c.ID, err)
	}
	return nil
}

// readable gives those of some cases that can be read, with their states.
func readable(ctx context.Context, q db.Q, ids []int64) ([]Case, error) {
	list, err := db.List(ctx, q, "SELECT "+caseColumns+", c.state FROM proc_case c"+caseJoins+" WHERE c.id IN "+db.In(len(ids))+" ORDER BY c.id", db.Args(ids), func(r db.Rows) (Case, error) {
		var state []byte
		c, err := scanCaseWith(r, &state)
		if err == nil && c.readState(state) != nil {
			c.ID = 0
		}
		return c, err
	})
	return slices.DeleteFunc(list, func(c Case) bool { return c.ID == 0 }), err
}

// lockCase keeps a case as it is until the transaction is over.
func lockCase(ctx context.Context, q db.Q, caseID int64) error {
	_, err := q.Exec(ctx, "UPDATE proc_case SET row_version = row_version WHERE id = ?", caseID)
	return err
}

// values gives what is written of a case beside its fixed columns.
func (c *Case) values() ([]any, error) {
	state, err := json.Marshal(c.State)
	if err != nil {
		return nil, err
	}
	if len(state) > maxState {
		return nil, errs.New(errs.TooLarge, "procedure.case_too_large", "limit_mb", maxState>>20)
	}
	numbers, err := json.Marshal(c.Numbers)
	if err != nil {
		return nil, err
	}
	steps := ""
	if len(c.Steps) > 0 {
		steps = " " + strings.Join(c.Steps, " ") + " "
	}
	return []any{
		c.Status, c.UnitID, c.OwnerID, c.Outcome, c.Good, c.Class, c.Priority, c.Amount, c.Currency, steps, c.DueAt, c.NextDueAt, c.AlarmAt, c.EndedAt,
		c.Stuck, c.FactID, string(numbers), string(state), c.ChangedBy, clock.Micros(c.UpdatedAt),
	}, nil
}

func insertingCase(c *Case) (db.Stmt, error) {
	vals, err := c.values()
	fixed := []any{
		c.ID, c.Number, c.Rulebook, c.Version, c.AdoptionID, c.Procedure, c.Kind, c.CustomerID, c.Title, c.Channel, c.StartedBy, c.Subject,
		clock.Micros(c.ReceivedAt), clock.Micros(c.CreatedAt), c.RowVersion,
	}
	return db.Stmt{SQL: `INSERT INTO proc_case (id, number, rulebook, version, adoption_id, procedure, kind, customer_id, title, channel, started_by, subject,
			received_at, created_at, row_version, status, unit_id, owner_id, outcome, good, class, priority, amount, currency, steps, due_at, next_due_at,
			alarm_at, ended_at, stuck, fact_id, form_numbers, state, changed_by, updated_at, termed)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,1)`, Args: append(fixed, vals...)}, err
}

// updatingCase writes a case unless somebody else changed it since it was read: no row is changed then. What it shares with was is left
// out where indexes lead by it: SQLite would write them anew.
func updatingCase(c, was *Case) (db.Stmt, error) {
	vals, err := c.values()
	placed := "status = ?, unit_id = ?, owner_id = ?, "
	if c.Status == was.Status && c.UnitID == was.UnitID && c.OwnerID == was.OwnerID && err == nil {
		placed, vals = "", vals[3:]
	}
	return db.Stmt{SQL: "UPDATE proc_case SET " + placed + `outcome = ?, good = ?, class = ?, priority = ?, amount = ?, currency = ?,
			steps = ?, due_at = ?, next_due_at = ?, alarm_at = ?, ended_at = ?, stuck = ?, fact_id = ?, form_numbers = ?, state = ?, changed_by = ?,
			updated_at = ?, row_version = row_version + 1 WHERE id = ? AND row_version = ?`, Args: append(vals, c.ID, c.RowVersion)}, err
}

// insertingAct writes a line of the history unless there is one in its place already: then somebody else was first, which the
// statement of the case says too.
func insertingAct(a Act, key, hash string) (db.Stmt, error) {
	detail, err := json.Marshal(a.Detail)
	return db.Stmt{
		SQL: `INSERT INTO proc_act (case_id, seq, at, actor_id, for_user, act, step, seat, reason, detail, idem_key, hash) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)
			ON CONFLICT DO NOTHING`,
		Args: []any{a.CaseID, a.Seq, clock.Micros(a.At), a.ActorID, a.ForUser, a.Act, a.Step, a.Seat, a.Reason, string(detail), key, hash},
	}, err
}

// insertActs writes many lines of histories that nobody asked for by a request of their own.
func insertActs(ctx context.Context, q db.Q, acts []Act) error {
	details := make([][]byte, len(acts))
	for i := range acts {
		var err error
		if details[i], err = json.Marshal(acts[i].Detail); err != nil {
			return err
		}
	}
	_, err := db.Insert(ctx, q, db.Bulk{
		Table: "proc_act", Columns: []string{"case_id", "seq", "at", "actor_id", "for_user", "act", "step", "seat", "reason", "detail", "idem_key", "hash"},
		N: len(acts),
		Bind: func(i int, b db.Binder) {
			a := &acts[i]
			b.Int64(a.CaseID)
			b.Int64(a.Seq)
			b.Int64(clock.Micros(a.At))
			b.Int64(a.ActorID)
			b.Int64(a.ForUser)
			b.Text(a.Act)
			b.Text(a.Step)
			b.Int64(int64(a.Seat))
			b.Text(a.Reason)
			b.Bytes(details[i])
			b.Text("")
			b.Text("")
		},
	})
	return err
}

func scanAct(r db.Rows) (Act, error) {
	var a Act
	var at int64
	var detail []byte
	if err := r.Scan(&a.CaseID, &a.Seq, &at, &a.ActorID, &a.ForUser, &a.Act, &a.Step, &a.Seat, &a.Reason, &detail); err != nil {
		return a, err
	}
	a.At = clock.FromMicros(at)
	return a, json.Unmarshal(detail, &a.Detail)
}

// actsOf gives the history of a case, oldest first. The bound keeps an answer from growing for ever.
func actsOf(ctx context.Context, q db.Q, caseID int64) ([]Act, error) {
	return db.List(ctx, q, "SELECT case_id, seq, at, actor_id, for_user, act, step, seat, reason, detail FROM proc_act WHERE case_id = ? ORDER BY seq LIMIT 5000",
		[]any{caseID}, scanAct)
}

// answered finds the act a request led to; its hash tells whether the input was the same.
func answered(ctx context.Context, q db.Q, caseID, actorID int64, key string) (hash string, found bool, err error) {
	err = db.Get(ctx, q, "SELECT hash FROM proc_act WHERE case_id = ? AND actor_id = ? AND idem_key = ? AND idem_key <> ''", []any{caseID, actorID, key}, &hash)
	if db.IsNoRows(err) {
		return "", false, nil
	}
	return hash, err == nil, err
}

// started finds the case a request to begin one led to.
func started(ctx context.Context, q db.Q, key string) (caseID int64, hash string, err error) {
	err = db.Get(ctx, q, "SELECT case_id, hash FROM proc_start WHERE idem_key = ?", []any{key}, &caseID, &hash)
	if db.IsNoRows(err) {
		return 0, "", nil
	}
	return caseID, hash, err
}

func insertStart(ctx context.Context, q db.Q, key, hash string, caseID, now int64) (bool, error) {
	n, err := q.Exec(ctx, "INSERT INTO proc_start (idem_key, hash, case_id, created_at) VALUES (?,?,?,?) ON CONFLICT (idem_key) DO NOTHING", key, hash, caseID, now)
	return n == 1, err
}

// raiseNumber counts under a scope; the row is locked until the transaction is over.
func raiseNumber(ctx context.Context, q db.Q, scope string) (int64, error) {
	return db.One(ctx, q, `INSERT INTO proc_number (scope, value) VALUES (?, 1)
		ON CONFLICT (scope) DO UPDATE SET value = proc_number.value + 1 RETURNING value`, []any{scope}, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
}

const taskColumns = `t.case_id, t.seat, t.step, t.state, t.desk_id, t.assignee_id, t.post, t.unit_id, t.stuck, t.priority, t.opened_at, t.due_at, t.done_by, t.for_user, t.done_at,
	t.status, t.next_due_at, t.kind, t.procedure`

func scanTask(r db.Rows) (Task, error) { return scanTaskWith(r) }

func scanTaskWith(r db.Rows, more ...any) (Task, error) {
	var t Task
	err := r.Scan(append([]any{
		&t.CaseID, &t.Seat, &t.Step, &t.State, &t.DeskID, &t.AssigneeID, &t.Post, &t.UnitID, &t.Stuck, &t.Priority, &t.OpenedAt, &t.DueAt, &t.DoneBy, &t.ForUser, &t.DoneAt,
		&t.Status, &t.NextDueAt, &t.Kind, &t.Procedure,
	}, more...)...)
	return t, err
}

// openTasks gives the open tasks of each of some cases, by seat.
func openTasks(ctx context.Context, q db.Q, ids ...int64) (map[int64][]Task, error) {
	list, err := db.List(ctx, q, "SELECT "+taskColumns+" FROM proc_task t WHERE t.case_id IN "+db.In(len(ids))+" AND t.state = 'open' ORDER BY t.case_id, t.seat", db.Args(ids), scanTask)
	out := map[int64][]Task{}
	for _, t := range list {
		out[t.CaseID] = append(out[t.CaseID], t)
	}
	return out, err
}

func getTask(ctx context.Context, q db.Q, caseID int64, seat int) (Task, error) {
	return db.One(ctx, q, "SELECT "+taskColumns+" FROM proc_task t WHERE t.case_id = ? AND t.seat = ?", []any{caseID, seat}, scanTask)
}

// puttingTask writes an open task, new or changed.
func puttingTask(t Task) db.Stmt {
	return db.Stmt{
		SQL: `INSERT INTO proc_task (case_id, seat, step, state, desk_id, assignee_id, post, unit_id, stuck, priority, opened_at, due_at, done_by, for_user, done_at,
			status, next_due_at, kind, procedure)
		VALUES (?,?,?,'open',?,?,?,?,?,?,?,?,0,0,NULL,?,?,?,?)
		ON CONFLICT (case_id, seat) DO UPDATE SET desk_id = excluded.desk_id, assignee_id = excluded.assignee_id, post = excluded.post, unit_id = excluded.unit_id,
			stuck = excluded.stuck, priority = excluded.priority, due_at = excluded.due_at, status = excluded.status, next_due_at = excluded.next_due_at`,
		Args: []any{t.CaseID, t.Seat, t.Step, t.DeskID, t.AssigneeID, t.Post, t.UnitID, t.Stuck, t.Priority, t.OpenedAt, t.DueAt, t.Status, t.NextDueAt, t.Kind, t.Procedure},
	}
}

func closingTask(t Task) db.Stmt {
	return db.Stmt{
		SQL:  "UPDATE proc_task SET state = ?, done_by = ?, for_user = ?, done_at = ?, stuck = 0 WHERE case_id = ? AND seat = ?",
		Args: []any{t.State, t.DoneBy, t.ForUser, t.DoneAt, t.CaseID, t.Seat},
	}
}

// addingParties remembers who had to do with cases, with what lists order and filter these by; rows are those of partyRow.
func addingParties(rows [][]any) []db.Stmt {
	return db.RowsOf("INSERT INTO proc_party (case_id, user_id, status, priority, next_due_at, kind, procedure, began) VALUES ", " ON CONFLICT (case_id, user_id) DO NOTHING", rows)
}

func partyRow(c *Case, userID int64) []any {
	return []any{c.ID, userID, c.Status, c.Priority, c.NextDueAt, c.Kind, c.Procedure, c.StartedBy == userID}
}

// movingParties lets the parts in a case say what the case says; nothing where that is as it was.
func movingParties(c, was *Case) []db.Stmt {
	if c.Status == was.Status && c.Priority == was.Priority && c.NextDueAt == was.NextDueAt {
		return nil
	}
	if c.Status == was.Status { // SQLite would write the indexes that lead by it anew
		return []db.Stmt{{SQL: "UPDATE proc_party SET priority = ?, next_due_at = ? WHERE case_id = ?", Args: []any{c.Priority, c.NextDueAt, c.ID}}}
	}
	return []db.Stmt{{SQL: "UPDATE proc_party SET status = ?, priority = ?, next_due_at = ? WHERE case_id = ?", Args: []any{c.Status, c.Priority, c.NextDueAt, c.ID}}}
}

func isParty(ctx context.Context, q db.Q, caseID, userID int64) (bool, error) {
	var n int
	err := db.Get(ctx, q, "SELECT COUNT(*) FROM proc_party WHERE case_id = ? AND user_id = ?", []any{caseID, userID}, &n)
	return n > 0, err
}

// loadSubject gives what a case knows of its customer.
func loadSubject(ctx context.Context, q db.Q, customerID int64) (*subject, error) {
	all, err := loadSubjects(ctx, q, []int64{customerID})
	if err != nil {
		return nil, err
	}
	if all[customerID] == nil {
		return nil, db.ErrNoRows
	}
	return all[customerID], nil
}

// loadSubjects is loadSubject for several customers; those that are not there are left out.
func loadSubjects(ctx context.Context, q db.Q, ids []int64) (map[int64]*subject, error) {
	out := make(map[int64]*subject, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	among, args := db.In(len(ids)), db.Args(ids)
	err := each(ctx, q, "SELECT id, owner_id, unit_id, code, name, party, kind, status, region, industry, COALESCE(since, ''), custom FROM customer WHERE id IN "+among, args, func(r db.Rows) error {
		c := &subject{}
		var custom []byte
		if err := r.Scan(&c.ID, &c.OwnerID, &c.UnitID, &c.Code, &c.Name, &c.Party, &c.Kind, &c.Status, &c.Region, &c.Branch, &c.Since, &custom); err != nil {
			return err
		}
		if err := json.Unmarshal(custom, &c.Custom); err != nil {
			return fmt.Errorf("reading the fields of customer %d: %w", c.ID, err)
		}
		out[c.ID] = c
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, each(ctx, q, "SELECT customer_id, scheme, rulebook, code, verdict_id FROM standing WHERE customer_id IN "+among+" AND code <> '' ORDER BY customer_id, scheme", args, func(r db.Rows) error {
		var g standing
		var customerID int64
		if err := r.Scan(&customerID, &g.Scheme, &g.Rulebook, &g.Code, &g.VerdictID); err != nil {
			return err
		}
		if c := out[customerID]; c != nil {
			c.Grades = append(c.Grades, g)
		}
		return nil
	})
}

func stateFrom(b []byte) (*flow.State, error) {
	st := &flow.State{}
	return st, json.Unmarshal(b, st)
}
