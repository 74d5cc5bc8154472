package fact

import (
	"context"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
)

// Scan hands the visible facts of the customers with lo <= id < hi to fn, ordered by customer, day and id. from is the
// first day (calendar.None = no bound), asOf the last one; kinds empty means all. hidden is what Hidden gave on the same q.
// The Row is filled again for every fact; nothing is allocated per fact. An error of fn ends the scan and is returned.
func Scan(ctx context.Context, q db.Q, from calendar.Date, lo, hi int64, kinds []string, needs Needs,
	hidden map[int64]struct{}, asOf calendar.Date, fn func(customerID int64, f *Row) error,
) error {
	return scan(ctx, q, "customer_id >= ? AND customer_id < ?", []any{lo, hi}, from, kinds, needs, hidden, asOf, fn)
}

// ScanOf is Scan for some customers, in whichever order they are named.
func ScanOf(ctx context.Context, q db.Q, from calendar.Date, ids []int64, kinds []string, needs Needs,
	hidden map[int64]struct{}, asOf calendar.Date, fn func(customerID int64, f *Row) error,
) error {
	who, args := db.Among("customer_id", ids)
	return scan(ctx, q, who, args, from, kinds, needs, hidden, asOf, fn)
}

// ScanOfBatch hands over the facts of one batch about some customers, seen or hidden, in the order of customer and day; kinds
// restricts them when it is not empty.
func ScanOfBatch(ctx context.Context, q db.Q, batch int64, ids []int64, kinds []string, needs Needs, fn func(customerID int64, f *Row) error) error {
	who, args := db.Among("customer_id", ids)
	return scan(ctx, q, "batch_id = ? AND "+who, append([]any{batch}, args...), calendar.None, kinds, needs, nil, lastDay, fn)
}

// lastDay is 9999-12-31: no fact is later.
const lastDay calendar.Date = 2_932_896

func scan(ctx context.Context, q db.Q, who string, args []any, from calendar.Date, kinds []string, needs Needs,
	hidden map[int64]struct{}, asOf calendar.Date, fn func(customerID int64, f *Row) error,
) error {
	s := newScan(needs)
	seen, unseen := Visible("batch_id", hidden)
	text, args := s.query(who+seen, append(slices.Clone(args), unseen...), from, asOf, kinds)
	rows, err := q.Query(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := fn(rows.Int64(colCustomer), s.fill(rows)); err != nil {
			return err
		}
	}
	return rows.Err()
}

// The columns every scan reads, in this order; the optional ones follow.
const (
	colCustomer = iota
	colOn
	colID
	colKind
	colStatus
	colAmount
	colCurrency
	colReverses
	colOptional
)

type scanner struct {
	row   Row
	needs Needs
	texts interner
	days  dayCache
}

func newScan(needs Needs) *scanner { return &scanner{needs: needs} }

func (s *scanner) query(who string, args []any, from, asOf calendar.Date, kinds []string) (string, []any) {
	text := "SELECT customer_id, occurred_on, id, kind, status, amount, currency, reverses"
	for _, c := range []struct {
		on   bool
		name string
	}{{s.needs.Document, "document"}, {s.needs.Product, "product"}, {s.needs.Quantity, "quantity"}, {s.needs.At, "occurred_at"}, {s.needs.Attrs, "attrs"}} {
		if c.on {
			text += ", " + c.name
		}
	}
	text += " FROM fact WHERE " + who + " AND occurred_on <= ?"
	args = append(args, asOf.String())
	if from != calendar.None {
		text += " AND occurred_on >= ?"
		args = append(args, from.String())
	}
	if len(kinds) > 0 {
		text += " AND kind IN " + db.In(len(kinds))
		args = append(args, db.Args(kinds)...)
	}
	return text + " ORDER BY customer_id, occurred_on, id", args
}

func (s *scanner) fill(r db.Rows) *Row {
	f := &s.row
	f.On = s.days.date(r.Bytes(colOn))
	f.ID = r.Int64(colID)
	f.Kind = s.texts.text(r.Bytes(colKind))
	f.Status = s.texts.text(r.Bytes(colStatus))
	f.HasAmount = !r.Null(colAmount)
	f.Amount = r.Int64(colAmount)
	f.Currency = s.texts.text(r.Bytes(colCurrency))
	f.Reverses = r.Int64(colReverses)
	next := colOptional
	if s.needs.Document {
		f.Document = r.Bytes(next)
		next++
	}
	if s.needs.Product {
		f.Product = r.Bytes(next)
		next++
	}
	if s.needs.Quantity {
		f.HasQuantity = !r.Null(next)
		f.Quantity = r.Int64(next)
		next++
	}
	if s.needs.At {
		f.At = r.Int64(next)
		next++
	}
	if s.needs.Attrs {
		f.Attrs = r.Bytes(next)
	}
	return f
}

// interner keeps the few texts of columns such as the kind, so that a row does not allocate them again.
type interner struct{ known []string }

// internLimit bounds what is kept: a status column with very many texts must not fill the memory.
const internLimit = 64

func (t *interner) text(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	for _, s := range t.known {
		if s == string(b) {
			return s
		}
	}
	s := string(b)
	if len(t.known) < internLimit {
		t.known = append(t.known, s)
	}
	return s
}

// dayCache skips the arithmetic for a day that is the same as the one before.
type dayCache struct {
	text [10]byte
	day  calendar.Date
}

func (c *dayCache) date(b []byte) calendar.Date {
	if len(b) == len(c.text) && string(b) == string(c.text[:]) {
		return c.day
	}
	copy(c.text[:], b)
	c.day = calendar.FromBytes(b)
	return c.day
}

// sampleSize is how many customer ids Ranges looks at; it bounds its memory and makes ranges equal within a few per cent.
const sampleSize = 4096

// Ranges cuts the customer ids into at most n ranges [lo, hi) with about equally many customers each, in rising order;
// together they cover every id. n is at least 1.
func Ranges(ctx context.Context, q db.Q, n int) ([][2]int64, error) {
	sample, err := sampleCustomers(ctx, q)
	if err != nil {
		return nil, err
	}
	slices.Sort(sample)
	out := make([][2]int64, 0, n)
	lo := int64(math.MinInt64)
	for i := 1; i < n && len(sample) > 0; i++ {
		if cut := sample[i*len(sample)/n]; cut > lo && cut > sample[0] {
			out = append(out, [2]int64{lo, cut})
			lo = cut
		}
	}
	return append(out, [2]int64{lo, math.MaxInt64}), nil
}

// sampleCustomers draws ids evenly from all customers in one pass. The draw is seeded, so that the same customers give the same ranges.
func sampleCustomers(ctx context.Context, q db.Q) ([]int64, error) {
	rows, err := q.Query(ctx, "SELECT id FROM customer")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	draw := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // an even draw is wanted, not a secret one
	var sample []int64
	for seen := 0; rows.Next(); seen++ {
		if len(sample) < sampleSize {
			sample = append(sample, rows.Int64(0))
		} else if i := draw.IntN(seen + 1); i < sampleSize {
			sample[i] = rows.Int64(0)
		}
	}
	return sample, rows.Err()
}

// Watermark gives a text that changes whenever what readers of facts see has changed.
func Watermark(ctx context.Context, q db.Q) (string, error) {
	var seq int64
	err := db.Get(ctx, q, "SELECT seq FROM fact_mark WHERE id = 1", nil, &seq)
	return strconv.FormatInt(seq, 10), err
}

// mark moves the watermark; every transaction that changes what readers see calls it.
func mark(ctx context.Context, q db.Q) error {
	_, err := q.Exec(ctx, "UPDATE fact_mark SET seq = seq + 1 WHERE id = 1")
	return err
}

// Hidden gives the batches whose facts must not be seen: those that load, failed or were reverted. The set also knows the
// newest batch there is at this moment (as a negative key), so that Scan leaves out whatever begins to load afterwards: many
// scans with one set see the same facts, even while an import runs between them.
func Hidden(ctx context.Context, q db.Q) (map[int64]struct{}, error) {
	ids, err := db.List(ctx, q, `SELECT id FROM fact_batch WHERE state <> 'visible' AND state <> 'purged'
		UNION ALL SELECT -COALESCE(MAX(id), 0) - 1 FROM fact_batch`, nil,
		func(r db.Rows) (int64, error) { return r.Int64(0), nil })
	out := make(map[int64]struct{}, len(ids))
	for _, n := range ids {
		out[n] = struct{}{}
	}
	return out, err
}

// Visible gives a condition on a column that holds the batch of a fact, to be put behind others: " AND …", or "" where nothing is
// hidden. hidden is what Hidden gave. The database looks at the batch, which costs it less than handing it over with every fact.
func Visible(column string, hidden map[int64]struct{}) (text string, args []any) {
	var named []any
	for _, batch := range slices.Sorted(maps.Keys(hidden)) {
		if batch < 0 { // -(the newest that may be seen) - 1
			text += " AND " + column + " < ?"
			args = append(args, -batch)
		} else {
			named = append(named, batch)
		}
	}
	if len(named) > 0 {
		text += " AND " + column + " NOT IN " + db.In(len(named))
	}
	return text, append(args, named...)
}
