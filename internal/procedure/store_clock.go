package procedure

import (
	"context"

	"kezhi/internal/db"
)

// dueCase is a case whose moment has come.
type dueCase struct{ at, id int64 }

// dueCases walks the index of the alarms. A case whose look failed keeps its moment; the walk goes on behind it.
func dueCases(ctx context.Context, q db.Q, now int64, after dueCase, limit int) ([]dueCase, error) {
	return db.List(ctx, q, `SELECT alarm_at, id FROM proc_case WHERE alarm_at IS NOT NULL AND alarm_at <= ? AND (alarm_at, id) > (?,?) ORDER BY alarm_at, id LIMIT ?`,
		[]any{now, after.at, after.id, limit}, func(r db.Rows) (dueCase, error) { return dueCase{r.Int64(0), r.Int64(1)}, nil })
}

// movingAlarm puts down when the clock has to look again, 0 for never, unless the case was changed since it was read: whoever
// did has put it down anew.
func movingAlarm(c *Case, at int64) db.Stmt {
	var next any
	if at > 0 {
		next = at
	}
	return db.Stmt{SQL: "UPDATE proc_case SET alarm_at = ? WHERE id = ? AND row_version = ?", Args: []any{next, c.ID, c.RowVersion}}
}

// otherwise gives the cases with an open seat at a desk that is marked otherwise than it is.
func otherwise(ctx context.Context, q db.Q, deskID int64, stuck bool) ([]int64, error) {
	return db.List(ctx, q, "SELECT DISTINCT case_id FROM proc_task WHERE state = 'open' AND assignee_id = 0 AND desk_id = ? AND stuck <> ?",
		[]any{deskID, stuck}, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
}

// otherwiseNamed is otherwise for the open seats that name a person.
func otherwiseNamed(ctx context.Context, q db.Q, userID int64, stuck bool) ([]int64, error) {
	return db.List(ctx, q, "SELECT DISTINCT case_id FROM proc_task WHERE state = 'open' AND assignee_id <> 0 AND assignee_id = ? AND desk_id = 0 AND stuck <> ?",
		[]any{userID, stuck}, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
}

// namedPeople gives everybody who was named for an open seat.
func namedPeople(ctx context.Context, q db.Q) ([]int64, error) {
	return db.List(ctx, q, "SELECT DISTINCT assignee_id FROM proc_task WHERE state = 'open' AND assignee_id <> 0 AND desk_id = 0", nil,
		func(r db.Rows) (int64, error) { return r.Int64(0), nil })
}

func openCasesOf(ctx context.Context, q db.Q, customerID int64) ([]int64, error) {
	return db.List(ctx, q, "SELECT id FROM proc_case WHERE customer_id = ? AND status IN ('running', 'paused') ORDER BY id", []any{customerID},
		func(r db.Rows) (int64, error) { return r.Int64(0), nil })
}

// moveCase lets a case follow its customer, with the tasks that wait for whoever owns it.
func moveCase(ctx context.Context, q db.Q, caseID, ownerID, unitID int64) error {
	if _, err := q.Exec(ctx, "UPDATE proc_case SET owner_id = ?, unit_id = ?, row_version = row_version + 1 WHERE id = ?", ownerID, unitID, caseID); err != nil {
		return err
	}
	_, err := q.Exec(ctx, "UPDATE proc_task SET assignee_id = ? WHERE case_id = ? AND state = 'open' AND post = 'owner'", ownerID, caseID)
	return err
}

// claim is an open seat at a desk that one person has taken from the others.
type claim struct {
	caseID, user int64
	seat         int
}

func claims(ctx context.Context, q db.Q) ([]claim, error) {
	return db.List(ctx, q, "SELECT case_id, assignee_id, seat FROM proc_task WHERE state = 'open' AND assignee_id <> 0 AND desk_id <> 0", nil, func(r db.Rows) (claim, error) {
		return claim{r.Int64(0), r.Int64(1), int(r.Int64(2))}, nil
	})
}
