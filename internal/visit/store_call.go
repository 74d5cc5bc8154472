package visit

import (
	"context"
	"strconv"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

const selectCall = `SELECT k.customer_id, k.id, k.by_id, k.unit_id, k.duty_id, k.outcome, k.direction, k.whom, k.phone, k.note, k.called_at, k.on_day,
	COALESCE(k.again_at, 0), k.again_open, k.fact_id, COALESCE(c.code, ''), COALESCE(c.name, ''), COALESCE(c.region, ''), COALESCE(u.name, '')
	FROM phone_call k LEFT JOIN customer c ON c.id = k.customer_id LEFT JOIN app_user u ON u.id = k.by_id`

func scanCall(r db.Rows) (Call, error) {
	var c Call
	var direction string
	err := r.Scan(&c.CustomerID, &c.ID, &c.ByID, &c.UnitID, &c.DutyID, &c.Outcome, &direction, &c.Whom, &c.Phone, &c.Note, &c.At, &c.On,
		&c.AgainAt, &c.AgainOpen, &c.FactID, &c.Customer.Code, &c.Customer.Name, &c.Customer.Region, &c.ByName)
	c.Inward = direction == "in"
	return c, err
}

func loadCall(ctx context.Context, q db.Q, callID int64) (Call, error) {
	return db.One(ctx, q, selectCall+" WHERE k.id = ?", []any{callID}, scanCall)
}

func insertCall(ctx context.Context, q db.Q, c Call, now int64) error {
	direction := "out"
	if c.Inward {
		direction = "in"
	}
	var again *int64
	if c.AgainAt != 0 {
		again = &c.AgainAt
	}
	_, err := q.Exec(ctx, `INSERT INTO phone_call (customer_id, id, by_id, unit_id, duty_id, outcome, direction, whom, phone, note, called_at, on_day, again_at, again_open,
		fact_id, created_at, again_by) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
		c.CustomerID, c.ID, c.ByID, c.UnitID, c.DutyID, c.Outcome, direction, c.Whom, c.Phone, c.Note, c.At, c.On, again, c.AgainOpen, c.FactID, now, c.ByID)
	return err
}

// settleAgain closes the calls that were to be made again to a customer: somebody has rung.
func settleAgain(ctx context.Context, q db.Q, customerID int64) error {
	_, err := q.Exec(ctx, "UPDATE phone_call SET again_open = 0 WHERE customer_id = ? AND again_open = 1", customerID)
	return err
}

func listCalls(ctx context.Context, q db.Q, f CallFilter, userID int64, scope authz.Scope) ([]Call, string, error) {
	p, whose := &predicate{}, "by_id"
	if f.Again {
		whose = "again_by" // who is to ring may be somebody else than who rang
	}
	if !scope.All {
		own, a := scope.ClauseOn("k."+whose, "k.unit_id")
		of, b := scope.Clause("c")
		p.add(true, "("+own+" OR "+of+")", append(a, b...)...)
	}
	p.add(f.CustomerID != 0, "k.customer_id = ?", f.CustomerID)
	p.add(f.Mine, "k."+whose+" = ?", userID)
	p.add(f.Again, "k.again_open = 1")
	column, sign, direction := "k.called_at", "<", " DESC"
	if f.Again {
		column, sign, direction = "k.again_at", ">", ""
	}
	after, err := db.DecodeCursor(f.Cursor, 2)
	if err != nil {
		return nil, "", err
	}
	if after != nil {
		at, aerr := strconv.ParseInt(after[0], 10, 64)
		last, ierr := id.Parse(after[1])
		if aerr != nil || ierr != nil {
			return nil, "", errs.New(errs.Invalid, "cursor.invalid")
		}
		p.add(true, "("+column+", k.id) "+sign+" (?, ?)", at, last)
	}
	if scope.OwnOnly() && f.CustomerID == 0 && !f.Mine {
		p.ways("k", "phone_call", whose, scope.OwnerID, strings.TrimPrefix(column, "k.")+direction+", id"+direction, f.Limit+1)
	}
	list, err := db.List(ctx, q, selectCall+p.where()+" ORDER BY "+column+direction+", k.id"+direction+" LIMIT ?", append(p.args, f.Limit+1), scanCall)
	if err != nil || len(list) <= f.Limit {
		return list, "", err
	}
	list = list[:f.Limit]
	last := list[f.Limit-1]
	at := last.At
	if f.Again {
		at = last.AgainAt
	}
	return list, db.EncodeCursor(strconv.FormatInt(at, 10), id.String(last.ID)), nil
}
