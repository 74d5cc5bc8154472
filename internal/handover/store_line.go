package handover

import (
	"context"
	"encoding/json"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/ownership"
)

// tallies counts the lines of some handovers; an index holds all that is asked.
func tallies(ctx context.Context, q db.Q, handoverIDs []int64) (map[int64]Tally, error) {
	out := map[int64]Tally{}
	_, err := db.List(ctx, q, `SELECT handover_id, COUNT(*), SUM(CASE WHEN to_id = 0 AND state = 'open' THEN 1 ELSE 0 END), SUM(CASE WHEN state = 'moved' THEN 1 ELSE 0 END),
		SUM(CASE WHEN state = 'gone' THEN 1 ELSE 0 END), SUM(CASE WHEN state = 'moved' AND told_how <> '' THEN 1 ELSE 0 END)
		FROM handover_line WHERE handover_id IN `+db.In(len(handoverIDs))+" GROUP BY handover_id", db.Args(handoverIDs), func(r db.Rows) (struct{}, error) {
		out[r.Int64(0)] = Tally{r.Int64(1), r.Int64(2), r.Int64(3), r.Int64(4), r.Int64(5)}
		return struct{}{}, nil
	})
	return out, err
}

// tally counts the lines of a handover.
func tally(ctx context.Context, q db.Q, handoverID int64) (Tally, error) {
	all, err := tallies(ctx, q, []int64{handoverID})
	return all[handoverID], err
}

func countMissing(ctx context.Context, q db.Q, handoverID int64) (int64, error) {
	t, err := tally(ctx, q, handoverID)
	return t.Missing, err
}

// dropLines takes away those of a plan whom the giver no longer looks after.
func dropLines(ctx context.Context, q db.Q, h *Handover) error {
	_, err := q.Exec(ctx, `DELETE FROM handover_line WHERE handover_id = ? AND state = 'open'
		AND NOT EXISTS (SELECT 1 FROM customer c WHERE c.id = handover_line.customer_id AND c.owner_id = ? AND c.archived_at IS NULL)`, h.ID, h.PersonID)
	return err
}

const newLines = `INSERT INTO handover_line (customer_id, handover_id, to_id, how, why, state, told_how, told_by, told_at, told_note)
	SELECT c.id, ?, ?, ?, 'null', 'open', '', 0, 0, '' FROM customer c WHERE c.owner_id = ? AND c.archived_at IS NULL
	AND NOT EXISTS (SELECT 1 FROM handover_line l WHERE l.handover_id = ? AND l.customer_id = c.id)`

// addLines adds those whom the giver looks after, without a receiver.
func addLines(ctx context.Context, q db.Q, h *Handover) error {
	_, err := q.Exec(ctx, newLines, h.ID, 0, "", h.PersonID, h.ID)
	return err
}

// addRest adds some of those who came to the giver after the plan, for whoever gets the rest.
func addRest(ctx context.Context, q db.Q, h *Handover, limit int) error {
	_, err := q.Exec(ctx, newLines+" ORDER BY c.id LIMIT ?", h.ID, h.RestID, ByRest, h.PersonID, h.ID, limit)
	return err
}

// chosenLines gives the customers a plan is about.
func chosenLines(ctx context.Context, q db.Q, handoverID int64, in PlanInput) ([]int64, error) {
	scan := func(r db.Rows) (int64, error) { return r.Int64(0), nil }
	sql := "SELECT customer_id FROM handover_line WHERE handover_id = ? AND state = 'open'"
	if in.Customers == nil {
		if in.Missing {
			sql += " AND to_id = 0"
		}
		if in.By != ByHand {
			sql += " AND how <> '" + ByHand + "'"
		}
		return db.List(ctx, q, sql+" ORDER BY customer_id", []any{handoverID}, scan)
	}
	var out []int64
	for start := 0; start < len(in.Customers); start += 500 {
		part := in.Customers[start:min(start+500, len(in.Customers))]
		list, err := db.List(ctx, q, sql+" AND customer_id IN "+db.In(len(part))+" ORDER BY customer_id", append([]any{handoverID}, db.Args(part)...), scan)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

// assign writes a plan.
func assign(ctx context.Context, q db.Q, handoverID int64, plan []assigned) error {
	for i := range plan {
		p := &plan[i]
		why, err := whyText(p.why)
		if err != nil {
			return err
		}
		_, err = q.Exec(ctx, "UPDATE handover_line SET to_id = ?, how = ?, why = ? WHERE customer_id = ? AND handover_id = ? AND state = 'open'", p.to, p.how, why, p.customer, handoverID)
		if err != nil {
			return err
		}
	}
	return nil
}

// planned counts what everybody gets.
func planned(ctx context.Context, q db.Q, handoverID int64) (map[int64]int64, error) {
	out := map[int64]int64{}
	_, err := db.List(ctx, q, "SELECT to_id, COUNT(*) FROM handover_line WHERE handover_id = ? AND to_id <> 0 GROUP BY to_id", []any{handoverID}, func(r db.Rows) (struct{}, error) {
		out[r.Int64(0)] = r.Int64(1)
		return struct{}{}, nil
	})
	return out, err
}

// receiversOf gives who gets each of some customers; those without a receiver are left out.
func receiversOf(ctx context.Context, q db.Q, handoverID int64, customers []int64) (map[int64]int64, error) {
	out := map[int64]int64{}
	for start := 0; start < len(customers); start += 500 {
		part := customers[start:min(start+500, len(customers))]
		_, err := db.List(ctx, q, "SELECT customer_id, to_id FROM handover_line WHERE handover_id = ? AND to_id <> 0 AND customer_id IN "+db.In(len(part)),
			append([]any{handoverID}, db.Args(part)...), func(r db.Rows) (struct{}, error) {
				out[r.Int64(0)] = r.Int64(1)
				return struct{}{}, nil
			})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

func openLines(ctx context.Context, q db.Q, handoverID int64, limit int) ([]Line, error) {
	return db.List(ctx, q, "SELECT customer_id, to_id FROM handover_line WHERE handover_id = ? AND state = 'open' ORDER BY customer_id LIMIT ?", []any{handoverID, limit},
		func(r db.Rows) (Line, error) { return Line{CustomerID: r.Int64(0), ToID: r.Int64(1)}, nil })
}

func setLine(ctx context.Context, q db.Q, handoverID, customerID, to int64, state string) error {
	_, err := q.Exec(ctx, "UPDATE handover_line SET state = ?, to_id = ? WHERE customer_id = ? AND handover_id = ?", state, to, customerID, handoverID)
	return err
}

// told says how a customer was told.
type told struct {
	how  string
	by   int64 // 0 = the program
	at   int64 // microseconds
	note string
}

// setTold notes that customers of a handover were told; the first way counts.
func setTold(ctx context.Context, q db.Q, handoverID int64, customers []int64, t told) error {
	for _, c := range customers {
		_, err := q.Exec(ctx, "UPDATE handover_line SET told_how = ?, told_by = ?, told_at = ?, told_note = ? WHERE customer_id = ? AND handover_id = ? AND state = 'moved' AND told_how = ''",
			t.how, t.by, t.at, t.note, c, handoverID)
		if err != nil {
			return err
		}
	}
	return nil
}

// LineFilter says which lines of a handover are meant.
type LineFilter struct {
	Text    string // in code or name
	ToID    int64  // 0 = all
	Missing bool   // only those without a receiver
	State   string
	Untold  bool // only those moved whom nobody has told

	only   int64         // whoever sees only what they get themselves
	within []authz.Scope // the customer lies in all of these today
	after  []string
}

const selectLine = `SELECT l.customer_id, COALESCE(c.code, ''), COALESCE(c.name, ''), COALESCE(c.region, ''), l.to_id, COALESCE(t.name, ''), l.how, l.why, l.state, l.told_how, l.told_by,
	COALESCE(b.name, ''), l.told_at, l.told_note, COALESCE(c.owner_id, 0), COALESCE(c.unit_id, 0)
	FROM handover_line l LEFT JOIN customer c ON c.id = l.customer_id LEFT JOIN app_user t ON t.id = l.to_id LEFT JOIN app_user b ON b.id = l.told_by`

func scanLine(r db.Rows) (Line, error) {
	var l Line
	var why []byte
	err := r.Scan(&l.CustomerID, &l.Code, &l.Name, &l.Region, &l.ToID, &l.ToName, &l.How, &why, &l.State, &l.ToldHow, &l.ToldBy, &l.ToldByName, &l.ToldAt, &l.ToldNote,
		&l.OwnerID, &l.UnitID)
	if err != nil {
		return l, err
	}
	var w *ownership.Why
	if err := json.Unmarshal(why, &w); err != nil {
		return l, err
	}
	l.Why = w
	return l, nil
}

func listLines(ctx context.Context, q db.Q, handoverID int64, f LineFilter, limit int) ([]Line, error) {
	sql, args := " WHERE l.handover_id = ?", []any{handoverID}
	add := func(on bool, clause string, more ...any) {
		if on {
			sql += " AND " + clause
			args = append(args, more...)
		}
	}
	if text := trimmed(f.Text); text != "" {
		like := "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(strings.ToLower(text)) + "%"
		add(true, `(LOWER(c.name) LIKE ? ESCAPE '\' OR LOWER(c.code) LIKE ? ESCAPE '\')`, like, like)
	}
	add(f.ToID != 0, "l.to_id = ?", f.ToID)
	add(f.only != 0, "l.to_id = ?", f.only)
	for _, s := range f.within {
		clause, more := s.Clause("c")
		add(!s.All, clause, more...)
	}
	add(f.Missing, "l.to_id = 0 AND l.state = 'open'")
	add(f.State != "", "l.state = ?", f.State)
	add(f.Untold, "l.state = 'moved' AND l.told_how = ''")
	if f.after != nil {
		last, err := id.Parse(f.after[1])
		if err != nil {
			return nil, errs.New(errs.Invalid, "cursor.invalid")
		}
		add(true, "(COALESCE(c.code, ''), l.customer_id) > (?, ?)", f.after[0], last)
	}
	return db.List(ctx, q, selectLine+sql+" ORDER BY COALESCE(c.code, ''), l.customer_id LIMIT ?", append(args, limit), scanLine)
}

// toldLine gives one line of a handover that has moved. ErrNoRows otherwise.
func toldLine(ctx context.Context, q db.Q, handoverID, customerID int64) (Line, error) {
	return db.One(ctx, q, selectLine+" WHERE l.handover_id = ? AND l.customer_id = ? AND l.state = 'moved'", []any{handoverID, customerID}, scanLine)
}

func insertKept(ctx context.Context, q db.Q, handoverID int64, k *Kept) error {
	args, err := json.Marshal(k.Args)
	if err != nil {
		return err
	}
	_, err = q.Exec(ctx, "INSERT INTO handover_kept (handover_id, kind, thing_id, customer_id, title_zh, title_en, due, code, args) VALUES (?,?,?,?,?,?,?,?,?)",
		handoverID, k.Kind, k.ID, k.CustomerID, k.TitleZh, k.TitleEn, k.Due, k.Code, string(args))
	return err
}

// listKept gives what stayed with the giver, behind a kind and an id (nil = from the first).
func listKept(ctx context.Context, q db.Q, handoverID int64, after []string, limit int) ([]Kept, error) {
	sql, args := "SELECT kind, thing_id, customer_id, title_zh, title_en, due, code, args FROM handover_kept WHERE handover_id = ?", []any{handoverID}
	if after != nil {
		last, err := id.Parse(after[1])
		if err != nil {
			return nil, errs.New(errs.Invalid, "cursor.invalid")
		}
		sql, args = sql+" AND (kind, thing_id) > (?, ?)", append(args, after[0], last)
	}
	return db.List(ctx, q, sql+" ORDER BY kind, thing_id LIMIT ?", append(args, limit), func(r db.Rows) (Kept, error) {
		var k Kept
		var args []byte
		if err := r.Scan(&k.Kind, &k.ID, &k.CustomerID, &k.TitleZh, &k.TitleEn, &k.Due, &k.Code, &args); err != nil {
			return k, err
		}
		return k, json.Unmarshal(args, &k.Args)
	})
}

// houseName gives the names of the organisation, the unit at the top; empty while there is none.
func houseName(ctx context.Context, q db.Q) (zh, en string, err error) {
	err = db.Get(ctx, q, "SELECT name_zh, name_en FROM unit WHERE COALESCE(parent_id, 0) = 0 ORDER BY id LIMIT 1", nil, &zh, &en)
	if db.IsNoRows(err) {
		return "", "", nil
	}
	return zh, en, err
}
