package record

import (
	"context"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
)

type factRow struct {
	on                               calendar.Date
	id, reverses, by                 int64
	kind, status, document, currency string
	amount                           int64
	hasAmount                        bool
	ofBusiness                       bool // its kind has amounts, whether this one has or not
	attrs                            []byte
}

// factsBefore gives facts from a day backwards, below the last one read. They lie together in this order.
func factsBefore(ctx context.Context, q db.Q, customerID int64, upTo calendar.Date, last *factRow, limit int) ([]factRow, error) {
	where, args := "f.customer_id = ? AND f.occurred_on <= ?", []any{customerID, upTo}
	if last != nil {
		where, args = "f.customer_id = ? AND (f.occurred_on, f.id) < (?, ?)", []any{customerID, last.on, last.id}
	}
	return db.List(ctx, q, `SELECT f.occurred_on, f.id, f.reverses, f.recorded_by, f.kind, f.status, f.document, f.currency, f.amount, f.attrs, COALESCE(k.has_amount, 0)
		FROM fact f LEFT JOIN fact_kind k ON k.kind = f.kind WHERE `+where+" AND "+visible+" ORDER BY f.occurred_on DESC, f.id DESC LIMIT ?", append(args, limit), func(r db.Rows) (factRow, error) {
		var f factRow
		var amount *int64
		err := r.Scan(&f.on, &f.id, &f.reverses, &f.by, &f.kind, &f.status, &f.document, &f.currency, &amount, &f.attrs, &f.ofBusiness)
		if amount != nil {
			f.amount, f.hasAmount = *amount, true
		}
		return f, err
	})
}

// business says whether a fact belongs to the business and not to the interactions: a delivery does, also without an amount.
func (f factRow) business() bool { return f.hasAmount || f.ofBusiness }

type verdictRow struct {
	id, createdBy, createdAt       int64
	rulebook, scheme, code, reason string
	position                       int
}

// verdictsOf gives the verdicts of a customer, oldest first; a few a year. The bound keeps a page from growing for ever.
func verdictsOf(ctx context.Context, q db.Q, customerID int64) ([]verdictRow, error) {
	return db.List(ctx, q, `SELECT id, created_by, created_at, rulebook, scheme, code, reason, position FROM verdict
		WHERE customer_id = ? ORDER BY created_at, id LIMIT 5000`, []any{customerID}, func(r db.Rows) (verdictRow, error) {
		var v verdictRow
		err := r.Scan(&v.id, &v.createdBy, &v.createdAt, &v.rulebook, &v.scheme, &v.code, &v.reason, &v.position)
		return v, err
	})
}

type dutyRow struct {
	id, doneBy, ownerID                              int64
	state, activity, clause, rulebook, grade, reason string
	due                                              calendar.Date
	doneAt                                           *int64
}

// settledDuties gives what was missed or waived; an open duty whose day has passed counts as missed.
func settledDuties(ctx context.Context, q db.Q, customerID int64, today calendar.Date) ([]dutyRow, error) {
	return db.List(ctx, q, `SELECT id, done_by, owner_id, CASE WHEN state = 'open' THEN 'missed' ELSE state END, activity, clause, rulebook, grade, reason, due_on, done_at
		FROM duty WHERE customer_id = ? AND (state IN ('missed', 'waived') OR (state = 'open' AND due_on < ?)) ORDER BY due_on DESC, id DESC LIMIT 5000`,
		[]any{customerID, today}, func(r db.Rows) (dutyRow, error) {
			var d dutyRow
			err := r.Scan(&d.id, &d.doneBy, &d.ownerID, &d.state, &d.activity, &d.clause, &d.rulebook, &d.grade, &d.reason, &d.due, &d.doneAt)
			return d, err
		})
}

type importRow struct {
	id, by, at          int64
	action, file, state string
}

func importsOf(ctx context.Context, q db.Q, customerID int64) ([]importRow, error) {
	return db.List(ctx, q, `SELECT i.id, i.created_by, COALESCE(i.finished_at, i.created_at), ch.action, i.file_name, i.state
		FROM import_change ch JOIN import i ON i.id = ch.import_id WHERE ch.customer_id = ? ORDER BY i.id DESC LIMIT 1000`,
		[]any{customerID}, func(r db.Rows) (importRow, error) {
			var m importRow
			err := r.Scan(&m.id, &m.by, &m.at, &m.action, &m.file, &m.state)
			return m, err
		})
}

type caseRow struct {
	id, startedBy, changedBy, created  int64
	ended                              *int64
	number, title, kind, status, class string
}

// casesOf gives the cases of a customer, newest first. The bound keeps a page from growing for ever.
func casesOf(ctx context.Context, q db.Q, customerID int64) ([]caseRow, error) {
	return db.List(ctx, q, `SELECT id, started_by, changed_by, created_at, ended_at, number, title, kind, status, class FROM proc_case
		WHERE customer_id = ? ORDER BY id DESC LIMIT 3000`, []any{customerID}, func(r db.Rows) (caseRow, error) {
		var c caseRow
		err := r.Scan(&c.id, &c.startedBy, &c.changedBy, &c.created, &c.ended, &c.number, &c.title, &c.kind, &c.status, &c.class)
		return c, err
	})
}

func namesOf(ctx context.Context, q db.Q, ids []int64) (map[int64]string, error) {
	out := make(map[int64]string, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	rows, err := q.Query(ctx, "SELECT id, name FROM app_user WHERE id IN "+db.In(len(ids)), db.Args(ids)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		out[rows.Int64(0)] = string(rows.Bytes(1))
	}
	return out, rows.Err()
}

type evidence struct {
	state, clause string
	files         []File
}

// evidenceOf gives state, clause and files of some duties of a customer.
func evidenceOf(ctx context.Context, q db.Q, customerID int64, ids []int64) (map[int64]evidence, error) {
	out := make(map[int64]evidence, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	rows, err := q.Query(ctx, `SELECT d.id, CASE WHEN d.state = 'open' THEN 'missed' ELSE d.state END, d.clause,
			COALESCE(f.id, 0), COALESCE(f.name, ''), COALESCE(f.media_type, ''), COALESCE(f.size, 0)
		FROM duty d LEFT JOIN duty_file df ON df.customer_id = d.customer_id AND df.duty_id = d.id LEFT JOIN file f ON f.id = df.file_id
		WHERE d.customer_id = ? AND d.id IN `+db.In(len(ids))+" ORDER BY d.id, df.position", append([]any{customerID}, db.Args(ids)...)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var dutyID int64
		var e evidence
		var f File
		if err := rows.Scan(&dutyID, &e.state, &e.clause, &f.ID, &f.Name, &f.MediaType, &f.Size); err != nil {
			return nil, err
		}
		e.files = out[dutyID].files
		if f.ID != 0 {
			e.files = append(e.files, f)
		}
		out[dutyID] = e
	}
	return out, rows.Err()
}
