package customer

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/codes"
	"kezhi/internal/db"
	"kezhi/internal/search"
)

// chunk is how many values one statement takes in an IN list.
const chunk = 500

// columns are those of scanCustomer; c is customer and u the owner.
const columns = `c.id, c.code, c.party, c.name, c.name_en, c.former_names, c.kind, c.status, c.region, c.industry, c.address, c.owner_id,
	COALESCE(u.name, ''), c.unit_id, c.custom, c.note, c.since, c.import_id, c.archived_at IS NOT NULL, c.version, c.created_by, c.created_at, c.updated_at`

const fromCustomer = " FROM customer c LEFT JOIN app_user u ON u.id = c.owner_id"

func scanCustomerRow(r db.Rows) (Customer, error) { return scanCustomer(r) }

// scanCustomer reads columns, and whatever a query has behind them into extra.
func scanCustomer(r db.Rows, extra ...any) (Customer, error) {
	var c Customer
	var former, custom []byte
	var since *string
	var created, updated int64
	dest := append([]any{
		&c.ID, &c.Code, &c.Party, &c.Name, &c.NameEN, &former, &c.Kind, &c.Status, &c.Region, &c.Industry, &c.Address, &c.OwnerID,
		&c.OwnerName, &c.UnitID, &custom, &c.Note, &since, &c.ImportID, &c.Archived, &c.Version, &c.CreatedBy, &created, &updated,
	}, extra...)
	err := r.Scan(dest...)
	if err != nil {
		return c, err
	}
	c.Since = dateOf(since)
	c.CreatedAt, c.UpdatedAt = clock.FromMicros(created), clock.FromMicros(updated)
	if err := json.Unmarshal(former, &c.FormerNames); err != nil {
		return c, fmt.Errorf("former names of customer %d: %w", c.ID, err)
	}
	if err := json.Unmarshal(custom, &c.Custom); err != nil {
		return c, fmt.Errorf("custom fields of customer %d: %w", c.ID, err)
	}
	return c, nil
}

func dateOf(s *string) *calendar.Date {
	if s == nil || *s == "" {
		return nil
	}
	d := calendar.FromBytes([]byte(*s))
	return &d
}

func dateArg(d *calendar.Date) any {
	if d == nil {
		return nil
	}
	return *d
}

// load gives a customer with identifiers, tags and grades; ErrNoRows when there is none.
func load(ctx context.Context, q db.Q, customerID int64) (Customer, error) {
	c, err := db.One(ctx, q, "SELECT "+columns+fromCustomer+" WHERE c.id = ?", []any{customerID}, scanCustomerRow)
	if err != nil {
		return c, err
	}
	list := []Customer{c}
	if err := attachAll(ctx, q, list); err != nil {
		return c, err
	}
	c = list[0]
	c.Grades, err = db.List(ctx, q, "SELECT scheme, code, position FROM standing WHERE customer_id = ? AND code <> '' ORDER BY scheme", []any{customerID}, scanGrade)
	return c, err
}

func scanGrade(r db.Rows) (Grade, error) {
	var g Grade
	err := r.Scan(&g.Scheme, &g.Code, &g.Position)
	return g, err
}

// loadMany gives customers with identifiers and tags by id; unknown ids are left out.
func loadMany(ctx context.Context, q db.Q, ids []int64) (map[int64]*Customer, error) {
	out := make(map[int64]*Customer, len(ids))
	for start := 0; start < len(ids); start += chunk {
		part := ids[start:min(start+chunk, len(ids))]
		list, err := db.List(ctx, q, "SELECT "+columns+fromCustomer+" WHERE c.id IN "+db.In(len(part)), db.Args(part), scanCustomerRow)
		if err == nil {
			err = attachAll(ctx, q, list)
		}
		if err != nil {
			return nil, err
		}
		for i := range list {
			out[list[i].ID] = &list[i]
		}
	}
	return out, nil
}

// attachAll fills in identifiers and tags of at most chunk customers.
func attachAll(ctx context.Context, q db.Q, list []Customer) error {
	if len(list) == 0 {
		return nil
	}
	at := make(map[int64]int, len(list))
	ids := make([]any, len(list))
	for i := range list {
		at[list[i].ID], ids[i] = i, list[i].ID
		list[i].Identifiers, list[i].Tags = []Identifier{}, []string{}
	}
	in := db.In(len(ids))
	_, err := db.List(ctx, q, "SELECT customer_id, id, type, value, override_reason FROM identifier WHERE customer_id IN "+in+" ORDER BY customer_id, id", ids,
		func(r db.Rows) (struct{}, error) {
			var owner int64
			var n Identifier
			err := r.Scan(&owner, &n.ID, &n.Type, &n.Value, &n.OverrideReason)
			c := &list[at[owner]]
			c.Identifiers = append(c.Identifiers, n)
			return struct{}{}, err
		})
	if err != nil {
		return err
	}
	if err := openIdentifiers(ctx, q, list); err != nil {
		return err
	}
	_, err = db.List(ctx, q, "SELECT customer_id, tag FROM customer_tag WHERE customer_id IN "+in+" ORDER BY customer_id, tag", ids,
		func(r db.Rows) (struct{}, error) {
			c := &list[at[r.Int64(0)]]
			c.Tags = append(c.Tags, string(r.Bytes(1)))
			return struct{}{}, nil
		})
	return err
}

const refColumns = "c.id, c.owner_id, c.unit_id, c.code, c.name, c.region, c.archived_at IS NOT NULL"

func scanRef(r db.Rows) (Ref, error) {
	var f Ref
	err := r.Scan(&f.ID, &f.OwnerID, &f.UnitID, &f.Code, &f.Name, &f.Region, &f.Archived)
	return f, err
}

func loadRef(ctx context.Context, q db.Q, customerID int64) (Ref, error) {
	return db.One(ctx, q, "SELECT "+refColumns+" FROM customer c WHERE c.id = ?", []any{customerID}, scanRef)
}

// loadRefs gives the references of those ids that exist.
func loadRefs(ctx context.Context, q db.Q, ids []int64) (map[int64]Ref, error) {
	out := make(map[int64]Ref, len(ids))
	for start := 0; start < len(ids); start += chunk {
		part := ids[start:min(start+chunk, len(ids))]
		list, err := db.List(ctx, q, "SELECT "+refColumns+" FROM customer c WHERE c.id IN "+db.In(len(part)), db.Args(part), scanRef)
		if err != nil {
			return nil, err
		}
		for _, f := range list {
			out[f.ID] = f
		}
	}
	return out, nil
}

// refsByCode gives the references of those codes that exist, by code.
func refsByCode(ctx context.Context, q db.Q, list []string) (map[string]Ref, error) {
	out := make(map[string]Ref, len(list))
	for start := 0; start < len(list); start += chunk {
		part := list[start:min(start+chunk, len(list))]
		refs, err := db.List(ctx, q, "SELECT "+refColumns+" FROM customer_code k JOIN customer c ON c.id = k.customer_id WHERE k.code IN "+db.In(len(part)),
			db.Args(part), scanRef)
		if err != nil {
			return nil, err
		}
		for _, f := range refs {
			out[f.Code] = f
		}
	}
	return out, nil
}

// owner is what a customer takes from the person who looks after it.
type owner struct {
	name   string
	unitID int64
	active bool
}

func loadOwner(ctx context.Context, q db.Q, userID int64) (owner, error) {
	return db.One(ctx, q, "SELECT name, COALESCE(unit_id, 0), state FROM app_user WHERE id = ?", []any{userID}, func(r db.Rows) (owner, error) {
		var o owner
		var state string
		err := r.Scan(&o.name, &o.unitID, &state)
		o.active = state == "active"
		return o, err
	})
}

// lockDuplicates makes everybody who looks for duplicates in order to write wait for each other until the transaction ends.
func lockDuplicates(ctx context.Context, q db.Q) error {
	_, err := q.Exec(ctx, "UPDATE customer_counter SET value = value WHERE name = 'code'")
	return err
}

// nextCodes gives n codes that nobody has.
func nextCodes(ctx context.Context, q db.Q, n int) ([]string, error) {
	out := make([]string, 0, n)
	for len(out) < n {
		want := min(n-len(out), chunk)
		if _, err := q.Exec(ctx, "UPDATE customer_counter SET value = value + ? WHERE name = 'code'", want); err != nil {
			return nil, err
		}
		var last int64
		if err := db.Get(ctx, q, "SELECT value FROM customer_counter WHERE name = 'code'", nil, &last); err != nil {
			return nil, err
		}
		tries := make([]string, 0, want)
		for i := last - int64(want) + 1; i <= last; i++ {
			tries = append(tries, fmt.Sprintf("C%06d", i))
		}
		taken, err := takenCodes(ctx, q, tries)
		if err != nil {
			return nil, err
		}
		for _, code := range tries {
			if !taken[code] {
				out = append(out, code)
			}
		}
	}
	return out, nil
}

func takenCodes(ctx context.Context, q db.Q, list []string) (map[string]bool, error) {
	found, err := db.List(ctx, q, "SELECT code FROM customer_code WHERE code IN "+db.In(len(list)), db.Args(list),
		func(r db.Rows) (string, error) { return string(r.Bytes(0)), nil })
	out := make(map[string]bool, len(found))
	for _, code := range found {
		out[code] = true
	}
	return out, err
}

// update writes the customer's own row when its version is still the given one, and says whether it was.
func update(ctx context.Context, q db.Q, customerID, version int64, in Input, unitID int64, now time.Time) (bool, error) {
	former, custom, err := encodeLists(in)
	if err != nil {
		return false, err
	}
	n, err := q.Exec(ctx, `UPDATE customer SET code = ?, party = ?, name = ?, name_en = ?, former_names = ?, name_key = ?, sort_key = ?, kind = ?,
			status = ?, region = ?, industry = ?, address = ?, owner_id = ?, unit_id = ?, custom = ?, note = ?, since = ?, version = version + 1, updated_at = ?
		WHERE id = ? AND version = ?`,
		in.Code, in.Party, in.Name, in.NameEN, former, codes.NameKey(in.Name), search.SortKey(in.Name), in.Kind,
		in.Status, in.Region, in.Industry, in.Address, in.OwnerID, unitID, custom, in.Note, dateArg(in.Since), clock.Micros(now), customerID, version)
	return n == 1, err
}

func encodeLists(in Input) (former, custom string, err error) {
	if in.FormerNames == nil {
		in.FormerNames = []string{}
	}
	if in.Custom == nil {
		in.Custom = map[string]string{}
	}
	f, err := json.Marshal(in.FormerNames)
	if err != nil {
		return "", "", err
	}
	c, err := json.Marshal(in.Custom)
	return string(f), string(c), err
}

// setArchived archives (at = now) or restores (at = 0) a customer of the given version, and says whether the version fitted.
func setArchived(ctx context.Context, q db.Q, customerID, version int64, at any, code string, now time.Time) (bool, error) {
	n, err := q.Exec(ctx, "UPDATE customer SET archived_at = ?, code = ?, version = version + 1, updated_at = ? WHERE id = ? AND version = ?",
		at, code, clock.Micros(now), customerID, version)
	return n == 1, err
}

// touch marks a customer as changed just now, because something that hangs on it is about to change, and holds it until the transaction ends. Its version
// stays: whoever edits its own fields at the same time loses nothing.
func touch(ctx context.Context, q db.Q, customerID int64, now time.Time) error {
	_, err := q.Exec(ctx, "UPDATE customer SET updated_at = ? WHERE id = ?", clock.Micros(now), customerID)
	return err
}

func releaseCode(ctx context.Context, q db.Q, customerID int64) error {
	_, err := q.Exec(ctx, "DELETE FROM customer_code WHERE customer_id = ? AND code = (SELECT code FROM customer WHERE id = ?)", customerID, customerID)
	return err
}

func claimCode(ctx context.Context, q db.Q, customerID int64, code string) error {
	_, err := q.Exec(ctx, "INSERT INTO customer_code (code, customer_id) VALUES (?, ?)", code, customerID)
	return err
}

// codeHolder gives who has a code, 0 = nobody.
func codeHolder(ctx context.Context, q db.Q, code string) (int64, error) {
	var holder int64
	err := db.Get(ctx, q, "SELECT customer_id FROM customer_code WHERE code = ?", []any{code}, &holder)
	if db.IsNoRows(err) {
		return 0, nil
	}
	return holder, err
}

// reassigning writes whoever gets a customer that is not archived and still belongs to whom it came from. One that nobody gets
// stays in its unit.
func reassigning(r Reassignment, unitID, at int64) db.Stmt {
	set, args := "owner_id = ?", []any{r.To}
	if r.To != 0 {
		set, args = set+", unit_id = ?", append(args, unitID)
	}
	return db.Stmt{
		SQL:  "UPDATE customer SET " + set + ", version = version + 1, updated_at = ? WHERE id = ? AND owner_id = ? AND archived_at IS NULL",
		Args: append(args, at, r.CustomerID, r.From),
	}
}

// unitsNow gives the units of at most 500 customers.
func unitsNow(ctx context.Context, q db.Q, ids []int64) (map[int64]int64, error) {
	out := make(map[int64]int64, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	among, args := db.Among("id", ids)
	rows, err := q.Query(ctx, "SELECT id, unit_id FROM customer WHERE "+among, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		out[rows.Int64(0)] = rows.Int64(1)
	}
	return out, rows.Err()
}

// moveUnit gives all customers of an owner another unit.
func moveUnit(ctx context.Context, q db.Q, ownerID, unitID int64) (int64, error) {
	return q.Exec(ctx, "UPDATE customer SET unit_id = ? WHERE owner_id = ? AND unit_id <> ?", unitID, ownerID, unitID)
}

// moveUnowned gives all customers of a unit whom nobody looks after another unit.
func moveUnowned(ctx context.Context, q db.Q, from, into int64) error {
	_, err := q.Exec(ctx, "UPDATE customer SET unit_id = ? WHERE unit_id = ? AND owner_id = 0", into, from)
	return err
}

func countInUnit(ctx context.Context, q db.Q, unitID int64) (n int, err error) {
	err = db.Get(ctx, q, "SELECT COUNT(*) FROM customer WHERE unit_id = ? AND archived_at IS NULL", []any{unitID}, &n)
	return n, err
}

// kinds gives what customer_kind holds, in order.
func kinds(ctx context.Context, q db.Q) ([]Kind, error) {
	return db.List(ctx, q, "SELECT kind, label_zh, label_en FROM customer_kind ORDER BY position, kind", nil, func(r db.Rows) (Kind, error) {
		var k Kind
		err := r.Scan(&k.Kind, &k.LabelZH, &k.LabelEN)
		return k, err
	})
}

// likeText escapes what LIKE would take for a pattern; the statement says ESCAPE '!'.
func likeText(s string) string {
	return strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(s)
}
