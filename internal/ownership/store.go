package ownership

import (
	"context"
	"encoding/json"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/fact"
)

// row is a customer as the rules read it.
type row struct {
	id                                                         int64
	code, name, party, kind, status, region, industry, address string
	owner, unit                                                int64
	created                                                    time.Time
	custom                                                     map[string]string
	tags                                                       []string
	grades                                                     map[string]string
	inGroup                                                    bool
}

const rowColumns = "c.id, c.code, c.name, c.party, c.kind, c.status, c.region, c.industry, c.address, c.owner_id, c.unit_id, c.created_at, c.custom"

func scanRow(r db.Rows) (row, error) {
	var x row
	var created int64
	var custom []byte
	err := r.Scan(&x.id, &x.code, &x.name, &x.party, &x.kind, &x.status, &x.region, &x.industry, &x.address, &x.owner, &x.unit, &created, &custom)
	x.created = clock.FromMicros(created)
	if err != nil || len(custom) <= 2 {
		return x, err
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(custom, &all); err != nil {
		return x, err
	}
	x.custom = make(map[string]string, len(all))
	for name := range all {
		x.custom[name] = fact.Attr(custom, name)
	}
	return x, nil
}

// clientsAfter gives the next customers that are not archived, in the order of their ids.
func clientsAfter(ctx context.Context, q db.Q, after int64, limit int) ([]row, error) {
	list, err := db.List(ctx, q, "SELECT "+rowColumns+" FROM customer c WHERE c.id > ? AND c.archived_at IS NULL ORDER BY c.id LIMIT ?", []any{after, limit}, scanRow)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list, attach(ctx, q, list, " BETWEEN ? AND ?", []any{list[0].id, list[len(list)-1].id})
}

// clientsOf gives customers by their ids, which come in rising order, at most 500.
func clientsOf(ctx context.Context, q db.Q, ids []int64) ([]row, error) {
	in := " IN " + db.In(len(ids))
	list, err := db.List(ctx, q, "SELECT "+rowColumns+" FROM customer c WHERE c.id"+in+" ORDER BY c.id", db.Args(ids), scanRow)
	if err != nil {
		return nil, err
	}
	return list, attach(ctx, q, list, in, db.Args(ids))
}

// attach adds tags, grades and whether they belong to a group to customers in the order of their ids; within bounds the ids.
func attach(ctx context.Context, q db.Q, list []row, within string, args []any) error {
	at := make(map[int64]*row, len(list))
	for i := range list {
		at[list[i].id] = &list[i]
	}
	each := func(sql string, set func(x *row, r db.Rows)) error {
		rows, err := q.Query(ctx, sql, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			if x := at[rows.Int64(0)]; x != nil {
				set(x, rows)
			}
		}
		return rows.Err()
	}
	err := each("SELECT customer_id, tag FROM customer_tag WHERE customer_id"+within+" ORDER BY customer_id, tag", func(x *row, r db.Rows) {
		x.tags = append(x.tags, string(r.Bytes(1)))
	})
	if err != nil {
		return err
	}
	err = each("SELECT customer_id, scheme, code FROM standing WHERE customer_id"+within+" AND code <> ''", func(x *row, r db.Rows) {
		if x.grades == nil {
			x.grades = map[string]string{}
		}
		x.grades[string(r.Bytes(1))] = string(r.Bytes(2))
	})
	if err != nil {
		return err
	}
	for _, end := range []string{"customer_id", "other_id"} {
		err := each("SELECT "+end+" FROM relation WHERE "+end+within+" AND archived_at IS NULL AND type IN ('parent', 'subsidiary')", func(x *row, _ db.Rows) { x.inGroup = true })
		if err != nil {
			return err
		}
	}
	return nil
}

func countCustomers(ctx context.Context, q db.Q) (n int64, err error) {
	return n, db.Get(ctx, q, "SELECT COUNT(*) FROM customer WHERE archived_at IS NULL", nil, &n)
}

func listPeople(ctx context.Context, q db.Q) ([]somebody, error) {
	return db.List(ctx, q, "SELECT id, login, name, state FROM app_user ORDER BY id", nil, func(r db.Rows) (somebody, error) {
		var p somebody
		var state string
		err := r.Scan(&p.id, &p.login, &p.name, &state)
		p.active = state == "active"
		return p, err
	})
}

// loadAreas gives the contracts in force on a day.
func loadAreas(ctx context.Context, q db.Q, on calendar.Date) (areas, error) {
	list, err := areasOn(ctx, q, on)
	out := areas{}
	for _, a := range list {
		out[a.Region] = append(out[a.Region], a)
	}
	return out, err
}
