package review

import (
	"context"
	"fmt"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
)

// graded is a customer a sample may hold.
type graded struct {
	id, verdictID int64
	grade         string
}

// gradedIn gives the customers that have a grade now, in the order of their ids.
func gradedIn(ctx context.Context, q db.Q, rulebook, scheme, grade string) ([]graded, error) {
	return db.List(ctx, q, `SELECT s.customer_id, s.verdict_id, s.code FROM standing s JOIN customer c ON c.id = s.customer_id
		WHERE s.scheme = ? AND s.rulebook = ? AND s.code <> '' AND (? = '' OR s.code = ?) AND c.archived_at IS NULL ORDER BY s.customer_id`,
		[]any{scheme, rulebook, grade, grade}, func(r db.Rows) (graded, error) {
			return graded{r.Int64(0), r.Int64(1), string(r.Bytes(2))}, nil
		})
}

func insertCheck(ctx context.Context, q db.Q, c *Check) error {
	_, err := q.Exec(ctx, `INSERT INTO review_check (id, rulebook, scheme, grade, seed, size, population, note, created_by, created_at, ended_at)
		VALUES (?,?,?,?,?,?,?,?,?,?,NULL)`, c.ID, c.Rulebook, c.Scheme, c.Grade, c.Seed, c.Size, c.Population, c.Note, c.CreatedBy, c.CreatedAt)
	if err != nil {
		return fmt.Errorf("keeping a spot check: %w", err)
	}
	return nil
}

func insertCheckItems(ctx context.Context, q db.Q, c *Check, sample []graded) error {
	_, err := db.Insert(ctx, q, db.Bulk{
		Table: "review_check_item", N: len(sample),
		Columns: []string{
			"customer_id", "check_id", "place", "grade", "verdict_id", "state", "finding", "correction", "due_on", "done_note", "checked_by", "checked_at", "corrected_by",
			"corrected_at", "version_no",
		},
		Bind: func(i int, b db.Binder) {
			b.Int64(sample[i].id)
			b.Int64(c.ID)
			b.Int64(int64(i + 1))
			b.Text(sample[i].grade)
			b.Int64(sample[i].verdictID)
			b.Text(CheckOpen)
			b.Text("")
			b.Text("")
			b.Null()
			b.Text("")
			b.Int64(0)
			b.Null()
			b.Int64(0)
			b.Null()
			b.Int64(1)
		},
	})
	if err != nil {
		return fmt.Errorf("keeping the sample of a spot check: %w", err)
	}
	return nil
}

// listChecks gives spot checks newest first, or the one with an id, with counts of the customers within a scope.
func listChecks(ctx context.Context, q db.Q, rulebook string, checkID int64, scope authz.Scope, today calendar.Date, limit int) ([]Check, error) {
	list, err := db.List(ctx, q, `SELECT k.id, k.rulebook, k.scheme, k.grade, k.seed, k.size, k.population, k.note, k.created_by, COALESCE(u.name, ''), k.created_at, k.ended_at
		FROM review_check k LEFT JOIN app_user u ON u.id = k.created_by WHERE (? = '' OR k.rulebook = ?) AND (CAST(? AS BIGINT) = 0 OR k.id = ?) ORDER BY k.id DESC LIMIT ?`,
		[]any{rulebook, rulebook, checkID, checkID, limit}, func(r db.Rows) (Check, error) {
			var c Check
			err := r.Scan(&c.ID, &c.Rulebook, &c.Scheme, &c.Grade, &c.Seed, &c.Size, &c.Population, &c.Note, &c.CreatedBy, &c.ByName, &c.CreatedAt, &c.EndedAt)
			c.Counts = map[string]int64{}
			return c, err
		})
	if err != nil || len(list) == 0 {
		return nil, err
	}
	at := map[int64]*Check{}
	ids := make([]int64, len(list))
	for i := range list {
		ids[i], at[list[i].ID] = list[i].ID, &list[i]
	}
	within, args := scope.Clause("c")
	_, err = db.List(ctx, q, `SELECT i.check_id, i.state, COUNT(*), SUM(CASE WHEN i.state = 'finding' AND i.due_on < ? THEN 1 ELSE 0 END)
		FROM review_check_item i JOIN customer c ON c.id = i.customer_id WHERE i.check_id IN `+db.In(len(ids))+" AND "+within+" GROUP BY i.check_id, i.state",
		append(append([]any{today}, db.Args(ids)...), args...), func(r db.Rows) (struct{}, error) {
			c := at[r.Int64(0)]
			c.Counts[string(r.Bytes(1))] = r.Int64(2)
			c.Overdue += r.Int64(3)
			return struct{}{}, nil
		})
	return list, err
}

// checkItems gives the customers of a check within a scope, or one of them (customer 0 = all).
func checkItems(ctx context.Context, q db.Q, checkID, customerID int64, scope authz.Scope) ([]CheckItem, error) {
	within, args := scope.Clause("c")
	return db.List(ctx, q, `SELECT i.customer_id, i.check_id, c.code, c.name, COALESCE(u.name, ''), i.place, i.grade, i.verdict_id, i.state, i.finding, i.correction, i.due_on,
			i.done_note, i.checked_by, i.checked_at, i.corrected_by, i.corrected_at, i.version_no
		FROM review_check_item i JOIN customer c ON c.id = i.customer_id LEFT JOIN app_user u ON u.id = c.owner_id
		WHERE i.check_id = ? AND (CAST(? AS BIGINT) = 0 OR i.customer_id = ?) AND `+within+" ORDER BY i.place", append([]any{checkID, customerID, customerID}, args...), func(r db.Rows) (CheckItem, error) {
		var i CheckItem
		err := r.Scan(&i.CustomerID, &i.CheckID, &i.Code, &i.Name, &i.OwnerName, &i.Place, &i.Grade, &i.VerdictID, &i.State, &i.Finding, &i.Correction, &i.DueOn,
			&i.DoneNote, &i.CheckedBy, &i.CheckedAt, &i.CorrectedBy, &i.CorrectedAt, &i.VersionNo)
		return i, err
	})
}

func saveCheckItem(ctx context.Context, q db.Q, i *CheckItem, version int64) (bool, error) {
	n, err := q.Exec(ctx, `UPDATE review_check_item SET state = ?, finding = ?, correction = ?, due_on = ?, done_note = ?, checked_by = ?, checked_at = ?, corrected_by = ?,
			corrected_at = ?, version_no = version_no + 1 WHERE customer_id = ? AND check_id = ? AND version_no = ?`,
		i.State, i.Finding, i.Correction, i.DueOn, i.DoneNote, i.CheckedBy, i.CheckedAt, i.CorrectedBy, i.CorrectedAt, i.CustomerID, i.CheckID, version)
	return n == 1, err
}

// endCheck ends a spot check when nothing is left to be looked at or corrected, and opens it again otherwise.
func endCheck(ctx context.Context, q db.Q, checkID, at int64) error {
	_, err := q.Exec(ctx, `UPDATE review_check SET ended_at = CASE WHEN EXISTS (SELECT 1 FROM review_check_item i WHERE i.check_id = review_check.id AND i.state IN ('open', 'finding'))
		THEN NULL ELSE CAST(? AS BIGINT) END WHERE id = ?`, at, checkID)
	return err
}
