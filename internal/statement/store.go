package statement

import (
	"context"
	"encoding/json"
	"fmt"

	"kezhi/internal/clock"
	"kezhi/internal/db"
)

// holdCustomer has whoever issues for the same customer wait until this transaction is over.
func holdCustomer(ctx context.Context, q db.Q, customerID int64) error {
	_, err := q.Exec(ctx, "UPDATE customer SET updated_at = updated_at WHERE id = ?", customerID)
	return err
}

// lastEdition gives the number of the newest edition of a customer and year; 0 when there is none.
func lastEdition(ctx context.Context, q db.Q, customerID int64, year int) (n int, err error) {
	return n, db.Get(ctx, q, "SELECT COALESCE(MAX(edition), 0) FROM service_statement WHERE customer_id = ? AND year = ?", []any{customerID, year}, &n)
}

// lastOfKinds gives the id and digest of the newest edition of a customer and year that tells of the same kinds; 0 when there is none.
func lastOfKinds(ctx context.Context, q db.Q, customerID int64, year int, kinds string) (statementID int64, digest string, err error) {
	err = db.Get(ctx, q, "SELECT id, digest FROM service_statement WHERE customer_id = ? AND year = ? AND kinds IN ('', ?) ORDER BY edition DESC LIMIT 1",
		[]any{customerID, year, kinds}, &statementID, &digest)
	if db.IsNoRows(err) {
		return 0, "", nil
	}
	return statementID, digest, err
}

func insertIssued(ctx context.Context, q db.Q, x Issued, digest string, content []byte, by int64) error {
	_, err := q.Exec(ctx, "INSERT INTO service_statement (customer_id, year, edition, id, number, digest, kinds, content, issued_by, issued_at) VALUES (?,?,?,?,?,?,?,?,?,?)",
		x.CustomerID, x.Year, x.Edition, x.ID, x.Number, digest, x.Content.kinds(), string(content), by, clock.Micros(x.At))
	return err
}

func issuedByID(ctx context.Context, q db.Q, statementID int64) (Issued, error) {
	return db.One(ctx, q, `SELECT s.id, s.customer_id, s.year, s.edition, s.number, s.content, s.issued_at, COALESCE(u.name, '')
		FROM service_statement s LEFT JOIN app_user u ON u.id = s.issued_by WHERE s.id = ?`, []any{statementID}, func(r db.Rows) (Issued, error) {
		var x Issued
		var content []byte
		var at int64
		if err := r.Scan(&x.ID, &x.CustomerID, &x.Year, &x.Edition, &x.Number, &content, &at, &x.By); err != nil {
			return x, err
		}
		x.At = clock.FromMicros(at)
		if err := json.Unmarshal(content, &x.Content); err != nil {
			return x, fmt.Errorf("reading the statement %s: %w", x.Number, err)
		}
		return x, nil
	})
}

// nameOf gives the name of a person, empty for nobody.
func nameOf(ctx context.Context, q db.Q, userID int64) (string, error) {
	var name string
	err := db.Get(ctx, q, "SELECT name FROM app_user WHERE id = ?", []any{userID}, &name)
	if db.IsNoRows(err) {
		return "", nil
	}
	return name, err
}

// houseName gives the name of the organisation, the unit at the top; empty while there is none.
func houseName(ctx context.Context, q db.Q) (zh, en string, err error) {
	err = db.Get(ctx, q, "SELECT name_zh, name_en FROM unit WHERE COALESCE(parent_id, 0) = 0 ORDER BY id LIMIT 1", nil, &zh, &en)
	if db.IsNoRows(err) {
		return "", "", nil
	}
	return zh, en, err
}

// unitName gives the name of a unit. Error: not_found.
func unitName(ctx context.Context, q db.Q, unitID int64) (zh, en string, err error) {
	err = db.Get(ctx, q, "SELECT name_zh, name_en FROM unit WHERE id = ?", []any{unitID}, &zh, &en)
	return zh, en, err
}

// unitsFrom gives a unit and all those below it.
func unitsFrom(ctx context.Context, q db.Q, unitID int64) ([]int64, error) {
	type edge struct{ id, parent int64 }
	all, err := db.List(ctx, q, "SELECT id, COALESCE(parent_id, 0) FROM unit ORDER BY id", nil, func(r db.Rows) (edge, error) { return edge{r.Int64(0), r.Int64(1)}, nil })
	out := []int64{unitID}
	in := map[int64]bool{unitID: true}
	for at := 0; at < len(out); at++ {
		for _, e := range all {
			if e.parent == out[at] && !in[e.id] {
				in[e.id] = true
				out = append(out, e.id)
			}
		}
	}
	return out, err
}

// isBeyond says whether some units have more customers than a number.
func isBeyond(ctx context.Context, q db.Q, units []int64, most int) (bool, error) {
	var n int
	err := db.Get(ctx, q, "SELECT COUNT(*) FROM (SELECT 1 FROM customer WHERE archived_at IS NULL AND unit_id IN "+db.In(len(units))+" LIMIT ?) AS w",
		append(db.Args(units), most+1), &n)
	return n > most, err
}

// served is a customer of a department.
type served struct {
	id         int64
	code, name string
	owner      string
}

// servedAfter gives the next customers of some units, in the order of their ids.
func servedAfter(ctx context.Context, q db.Q, units []int64, after int64, limit int) ([]served, error) {
	args := append([]any{after}, db.Args(units)...)
	return db.List(ctx, q, `SELECT c.id, c.code, c.name, COALESCE(u.name, '') FROM customer c LEFT JOIN app_user u ON u.id = c.owner_id
		WHERE c.id > ? AND c.archived_at IS NULL AND c.unit_id IN `+db.In(len(units))+" ORDER BY c.id LIMIT ?", append(args, limit), func(r db.Rows) (served, error) {
		var x served
		err := r.Scan(&x.id, &x.code, &x.name, &x.owner)
		return x, err
	})
}

// Counts reads the rows of a count of a source: customer, state, number.
func Counts(ctx context.Context, q db.Q, sql string, args ...any) ([]Counted, error) {
	return db.List(ctx, q, sql, args, func(r db.Rows) (Counted, error) {
		return Counted{CustomerID: r.Int64(0), State: string(r.Bytes(1)), N: r.Int64(2)}, nil
	})
}
