package importer

import (
	"context"
	"slices"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/codes"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/errs"
)

// customerWriter creates and updates the customers of a chunk.
type customerWriter struct {
	customers *customer.Service
	plan      plan
	importID  int64
	mode      string
	sameName  bool // a customer of the same name does not stand in the way of a new one
	now       time.Time
	tally     *tally
}

// verdict is what is to be done with a row.
type verdict uint8

const (
	refuseRow verdict = iota
	createRow
	updateRow
)

// rounds cuts the rows of a chunk so that no two of a round name the same customer: the second one has to see what the first one did.
func rounds(rows []customerRow) [][]int {
	var out [][]int
	left := make([]int, len(rows))
	for i := range rows {
		left[i] = i
	}
	for len(left) > 0 {
		taken := map[string]bool{}
		var now, later []int
		for _, i := range left {
			keys := sameKeys(rows[i].input)
			if slices.ContainsFunc(keys, func(k string) bool { return taken[k] }) {
				later = append(later, i)
				continue
			}
			for _, k := range keys {
				taken[k] = true
			}
			now = append(now, i)
		}
		out, left = append(out, now), later
	}
	return out
}

// sameKeys gives what a customer may be recognised by.
func sameKeys(in customer.Input) []string {
	keys := []string{"name " + codes.NameKey(in.Name)}
	if in.Code != "" {
		keys = append(keys, "code "+in.Code)
	}
	for _, n := range in.Identifiers {
		if strong(n.Type) {
			keys = append(keys, n.Type+" "+n.Value)
		}
	}
	return keys
}

// strong says whether an identifier belongs to one customer only. A phone or an e-mail may be shared.
func strong(kind string) bool {
	return kind == customer.TypeUSCC || kind == customer.TypeIDCard || kind == customer.TypeTax
}

// decide says what is to be done with a row, and why it is refused.
func (w *customerWriter) decide(row customerRow, there map[int64]customer.Ref, mine map[int64]bool) (verdict, errs.Field) {
	m := row.match
	if m.ID == 0 || !strong(m.By) && m.By != "code" && m.By != "name" {
		return w.fresh(row)
	}
	ref, visible := there[m.ID]
	args := map[string]any{"code": ref.Code, "name": ref.Name}
	switch {
	case mine[m.ID]:
	case m.Hidden || !visible:
		return refuseRow, w.problem(m.By, "importer.exists_elsewhere", nil)
	}
	if m.By == "name" {
		switch {
		case w.sameName && row.input.Code != "":
			return w.fresh(row)
		case len(m.Others) > 0:
			return refuseRow, w.problem("name", "importer.name_ambiguous", args)
		case row.input.Code != "" && row.input.Code != ref.Code:
			return refuseRow, w.problem("name", "importer.name_exists", args)
		}
	}
	if w.mode == ModeCreate {
		return refuseRow, w.problem(m.By, "importer.exists", args)
	}
	if m.By != "code" && row.input.Code != "" && ref.Code != "" && row.input.Code != ref.Code {
		return refuseRow, w.problem("code", "importer.code_differs", args)
	}
	return updateRow, errs.Field{}
}

// fresh decides about a row that fits nobody.
func (w *customerWriter) fresh(row customerRow) (verdict, errs.Field) {
	if w.mode == ModeUpdate {
		return refuseRow, w.problem("code", "importer.not_there", map[string]any{"code": row.input.Code, "name": row.input.Name})
	}
	return createRow, errs.Field{}
}

func (w *customerWriter) problem(field, code string, args map[string]any) errs.Field {
	return errs.Field{Path: field, Code: code, Args: placeOf(w.plan.source(field), args)}
}

// judged is a row of a round with what is to be done with it.
type judged struct {
	index    int // in the chunk's customers
	verdict  verdict
	problems []errs.Field
}

// judge matches rows against the customers there are and decides about each.
func (w *customerWriter) judge(ctx context.Context, q db.Q, c *chunk, indexes []int, mine map[int64]bool) ([]judged, error) {
	inputs := make([]customer.Input, len(indexes))
	for i, at := range indexes {
		inputs[i] = c.customers[at].input
	}
	matches, err := w.customers.MatchAll(ctx, q, inputs)
	if err != nil {
		return nil, err
	}
	var ids []int64
	for _, m := range matches {
		if m.ID != 0 && !mine[m.ID] {
			ids = append(ids, m.ID)
		}
	}
	there, err := w.customers.Visible(ctx, authz.CustomerRead, ids)
	if err != nil {
		return nil, err
	}
	out := make([]judged, len(indexes))
	for i, at := range indexes {
		row := c.customers[at]
		row.match = matches[i]
		c.customers[at].match = matches[i]
		out[i].index = at
		v, problem := w.decide(row, there, mine)
		out[i].verdict = v
		if v == refuseRow {
			out[i].problems = []errs.Field{problem}
		}
	}
	return out, w.inspect(ctx, q, inputs, out)
}

// inspect refuses rows for what only the database knows: kinds and custom fields.
func (w *customerWriter) inspect(ctx context.Context, q db.Q, inputs []customer.Input, list []judged) error {
	wrong, err := w.customers.CheckMany(ctx, q, inputs)
	if err != nil {
		return err
	}
	p := customerParser{plan: w.plan}
	for i, fields := range wrong {
		if len(fields) > 0 && list[i].verdict == createRow {
			list[i].verdict, list[i].problems = refuseRow, p.problems(fields)
		}
	}
	return nil
}

// write creates and updates the rows of a chunk inside a transaction that may be repeated. Refusals are given back by line.
func (w *customerWriter) write(ctx context.Context, q db.Q, c *chunk, only []int) (written, error) {
	var out written
	mine := map[int64]bool{}
	rows := make([]customerRow, len(only))
	for i, at := range only {
		rows[i] = c.customers[at]
	}
	for _, round := range rounds(rows) {
		for i, at := range round {
			round[i] = only[at]
		}
		list, err := w.judge(ctx, q, c, round, mine)
		if err != nil {
			return out, err
		}
		if err := w.create(ctx, q, c, list, mine, &out); err != nil {
			return out, err
		}
		if err := w.update(ctx, q, c, list, &out); err != nil {
			return out, err
		}
		for _, j := range list {
			if j.verdict == refuseRow {
				out.refused = append(out.refused, refusal{c.customers[j.index].line, j.problems})
			}
		}
	}
	return out, nil
}

func (w *customerWriter) create(ctx context.Context, q db.Q, c *chunk, list []judged, mine map[int64]bool, out *written) error {
	var inputs []customer.Input
	for _, j := range list {
		if j.verdict == createRow {
			inputs = append(inputs, c.customers[j.index].input)
		}
	}
	if len(inputs) == 0 {
		return nil
	}
	ids, err := w.customers.CreateMany(ctx, q, inputs, w.importID, w.now)
	if err != nil {
		return err
	}
	for _, n := range ids {
		mine[n] = true
	}
	out.imported += int64(len(ids))
	out.customersCreated += int64(len(ids))
	return noteCreated(ctx, q, w.importID, ids)
}

func (w *customerWriter) update(ctx context.Context, q db.Q, c *chunk, list []judged, out *written) error {
	var ups []customer.Update
	for _, j := range list {
		if j.verdict == updateRow {
			row := c.customers[j.index]
			ups = append(ups, customer.Update{ID: row.match.ID, Input: row.input, Fields: row.fields &^ customer.FieldCode})
		}
	}
	if len(ups) == 0 {
		return nil
	}
	changed, err := w.customers.UpdateMany(ctx, q, ups)
	if err != nil {
		return err
	}
	// Several lines may have changed one customer; each line counts, the customer is kept once.
	out.imported += int64(len(changed))
	out.unchanged += int64(len(ups) - len(changed))
	updated, err := noteUpdated(ctx, q, w.importID, changed)
	out.customersUpdated += updated
	return err
}

// preview decides about the rows of a chunk without changing anything.
func (w *customerWriter) preview(ctx context.Context, q db.Q, c *chunk) error {
	all := make([]int, len(c.customers))
	for i := range all {
		all[i] = i
	}
	list, err := w.judge(ctx, q, c, all, nil)
	if err != nil {
		return err
	}
	for _, j := range list {
		switch j.verdict {
		case refuseRow:
			c.lines[c.customers[j.index].line].refuse(j.problems...)
		case createRow:
			w.tally.counts.CustomersCreated++
			w.tally.counts.Imported++
		case updateRow:
			w.tally.counts.CustomersUpdated++
			w.tally.counts.Imported++
		}
	}
	return nil
}
