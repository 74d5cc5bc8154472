package gift

import (
	"context"
	"math"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// maxSum bounds the sum of a year where the policy does not.
const maxSum = int64(math.MaxInt64 / 2)

const selectGift = `SELECT g.customer_id, g.id, g.contact_id, g.what, g.occasion, g.value, g.currency, g.cost_centre, g.giver_id, g.on_day, g.state, g.said, g.note, g.case_id, g.fact_id,
	g.created_by, g.created_at, g.version, c.code, c.name, c.owner_id, c.unit_id, c.region, COALESCE(k.name, ''), COALESCE(u.name, ''), COALESCE(p.number, '')
	FROM gift g JOIN customer c ON c.id = g.customer_id LEFT JOIN contact k ON k.customer_id = g.customer_id AND k.id = g.contact_id
	LEFT JOIN app_user u ON u.id = g.giver_id LEFT JOIN proc_case p ON p.id = g.case_id`

func scan(r db.Rows) (Gift, error) {
	var g Gift
	err := r.Scan(&g.CustomerID, &g.ID, &g.ContactID, &g.What, &g.Occasion, &g.Value, &g.Currency, &g.CostCentre, &g.GiverID, &g.On, &g.State, &g.Said, &g.Note, &g.CaseID, &g.FactID,
		&g.CreatedBy, &g.CreatedAt, &g.Version, &g.Customer.Code, &g.Customer.Name, &g.Customer.OwnerID, &g.Customer.UnitID, &g.Customer.Region, &g.Contact, &g.GiverName, &g.CaseNumber)
	return g, err
}

func load(ctx context.Context, q db.Q, giftID int64) (Gift, error) {
	return db.One(ctx, q, selectGift+" WHERE g.id = ?", []any{giftID}, scan)
}

// byKey finds the gift an equal request entered before, 0 when it is a first one.
func byKey(ctx context.Context, q db.Q, customerID, userID int64, key string) (giftID int64, hash string, err error) {
	if key == "" {
		return 0, "", nil
	}
	err = db.Get(ctx, q, "SELECT id, idem_hash FROM gift WHERE customer_id = ? AND created_by = ? AND idem_key <> '' AND idem_key = ?", []any{customerID, userID, key}, &giftID, &hash)
	if db.IsNoRows(err) {
		return 0, "", nil
	}
	return giftID, hash, err
}

func insert(ctx context.Context, q db.Q, g *Gift, key, hash string) error {
	_, err := q.Exec(ctx, `INSERT INTO gift (customer_id, id, contact_id, what, occasion, value, currency, cost_centre, giver_id, on_day, state, said, note, case_id, fact_id, idem_key, idem_hash,
		version, created_by, created_at, updated_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,'',?,?,0,?,?,1,?,?,?)`,
		g.CustomerID, g.ID, g.ContactID, g.What, g.Occasion, g.Value, g.Currency, g.CostCentre, g.GiverID, g.On, g.State, g.Note, g.CaseID, key, hash, g.CreatedBy, g.CreatedAt, g.CreatedAt)
	return err
}

// update writes the next state of a gift unless somebody else changed it since it was loaded.
func update(ctx context.Context, q db.Q, g, next *Gift, now int64) error {
	n, err := q.Exec(ctx, "UPDATE gift SET state = ?, said = ?, on_day = ?, giver_id = ?, version = version + 1, updated_at = ? WHERE customer_id = ? AND id = ? AND version = ?",
		next.State, next.Said, next.On, next.GiverID, now, g.CustomerID, g.ID, g.Version)
	if err == nil && n != 1 {
		err = errs.New(errs.Precondition, "precondition_failed", "current", g.Version+1)
	}
	return err
}

func setFact(ctx context.Context, q db.Q, customerID, giftID, factID int64) error {
	_, err := q.Exec(ctx, "UPDATE gift SET fact_id = ? WHERE customer_id = ? AND id = ?", factID, customerID, giftID)
	return err
}

// addToYear adds to the sum of a customer's year as far as the limit lets it; false when it does not.
func addToYear(ctx context.Context, q db.Q, customerID int64, year int, currency string, value, limit int64) (bool, error) {
	_, err := q.Exec(ctx, "INSERT INTO gift_year (customer_id, year, currency, used) VALUES (?,?,?,0) ON CONFLICT (customer_id, year, currency) DO NOTHING", customerID, year, currency)
	if err != nil {
		return false, err
	}
	n, err := q.Exec(ctx, "UPDATE gift_year SET used = used + ? WHERE customer_id = ? AND year = ? AND currency = ? AND used + ? <= ?", value, customerID, year, currency, value, limit)
	return n == 1, err
}

func usedIn(ctx context.Context, q db.Q, customerID int64, year int, currency string) (used int64, err error) {
	err = db.Get(ctx, q, "SELECT used FROM gift_year WHERE customer_id = ? AND year = ? AND currency = ?", []any{customerID, year, currency}, &used)
	if db.IsNoRows(err) {
		return 0, nil
	}
	return used, err
}

// list gives gifts within all scopes, the latest day first, and the cursor of the next page.
func list(ctx context.Context, q db.Q, f Filter, scopes []authz.Scope) ([]Gift, string, error) {
	conds, args := []string{"1=1"}, []any{}
	add := func(on bool, cond string, vs ...any) {
		if on {
			conds, args = append(conds, cond), append(args, vs...)
		}
	}
	for _, scope := range scopes {
		clause, vs := scope.Clause("c")
		add(!scope.All, clause, vs...)
	}
	add(f.CustomerID != 0, "g.customer_id = ?", f.CustomerID)
	add(f.GiverID != 0, "g.giver_id = ?", f.GiverID)
	add(len(f.States) > 0, "g.state IN "+db.In(len(f.States)), db.Args(f.States)...)
	add(f.From != calendar.None, "g.on_day >= ?", f.From)
	add(f.To != calendar.None, "g.on_day <= ?", f.To)
	after, err := db.DecodeCursor(f.Cursor, 2)
	if err != nil {
		return nil, "", err
	}
	if after != nil {
		day, derr := calendar.Parse(after[0])
		last, ierr := id.Parse(after[1])
		if derr != nil || ierr != nil {
			return nil, "", errs.New(errs.Invalid, "cursor.invalid")
		}
		add(true, "(g.on_day, g.id) < (?, ?)", day, last)
	}
	rows, err := db.List(ctx, q, selectGift+" WHERE "+strings.Join(conds, " AND ")+" ORDER BY g.on_day DESC, g.id DESC LIMIT ?", append(args, f.Limit+1), scan)
	if err != nil || len(rows) <= f.Limit {
		return rows, "", err
	}
	rows = rows[:f.Limit]
	last := rows[f.Limit-1]
	return rows, db.EncodeCursor(last.On.String(), id.String(last.ID)), nil
}
