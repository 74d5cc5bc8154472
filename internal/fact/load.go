package fact

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// loadLease is how long a load belongs to its process without a sign of life (every Append and Renew is one).
const loadLease = 20 * time.Second

// Incoming is a fact to be loaded in a batch.
type Incoming struct {
	CustomerID  int64
	Kind        string
	On          calendar.Date
	At          int64 // microseconds UTC, counts only with HasAt
	HasAt       bool
	Amount      int64 // minor units of Currency, counts only with HasAmount
	HasAmount   bool
	Currency    string
	Quantity    int64 // thousandths, counts only with HasQuantity
	HasQuantity bool
	Status      string
	Document    string
	Product     string
	Attrs       string // JSON object with sorted keys; "" = {}
	// Base is the digest of the content, 0 = Append works it out. Seal does so beforehand, on another processor.
	Base int64
}

// Seal works out the digest that identifies the content of the fact apart from its customer. buf is scratch, given back grown.
func (n *Incoming) Seal(buf []byte) []byte {
	text := func(s string) {
		buf = binary.AppendUvarint(buf, uint64(len(s)))
		buf = append(buf, s...)
	}
	number := func(has bool, v int64) {
		if !has {
			buf = append(buf, 0)
			return
		}
		buf = binary.BigEndian.AppendUint64(append(buf, 1), uint64(v))
	}
	buf = append(buf[:0], 1) // version of this layout
	buf = binary.BigEndian.AppendUint32(buf, uint32(n.On))
	number(n.HasAt, n.At)
	number(n.HasAmount, n.Amount)
	number(n.HasQuantity, n.Quantity)
	currency := n.Currency
	if !n.HasAmount {
		currency = ""
	}
	text(n.Kind)
	text(n.Document)
	text(n.Product)
	text(currency)
	text(n.Status)
	text(n.Attrs)
	sum := sha256.Sum256(buf)
	n.Base = positive(binary.BigEndian.Uint64(sum[:8]))
	return buf
}

// positive cuts to 63 bits and avoids 0, which means "none".
func positive(v uint64) int64 { return int64(max(v>>1, 1)) }

// copyID gives the id of the n-th identical copy of a fact (0 = the first). The steps are those of splitmix64: every bit of the
// result depends on every bit of base and n.
func copyID(base int64, n int) int64 {
	if n == 0 {
		return base
	}
	z := uint64(base) + uint64(n)*0x9E3779B97F4A7C15
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return positive(z ^ z>>31)
}

// Load is a batch of facts on its way in. One goroutine uses it at a time.
type Load struct {
	s     *Service
	id    int64
	by    int64
	order []copyKey
	more  []insertion
	days  map[calendar.Date]string
}

// copyKey sorts the rows of a chunk the way the table is clustered, and puts identical copies side by side.
type copyKey struct {
	customer int64
	base     int64
	on       calendar.Date
	row      int32
	copy     int32 // number among the identical ones of this chunk
}

// insertion is a row and the id under which it goes in.
type insertion struct {
	row int32
	id  int64
}

// ID gives the batch.
func (l *Load) ID() int64 { return l.id }

// Begin opens a batch. Only one loads at a time: fact.load_running (Unavailable) says that another does. Batches that died while
// loading are cleared away first. source says where the facts come from: import or demo.
func (s *Service) Begin(ctx context.Context, source string) (*Load, error) {
	actor, err := authz.Require(ctx, authz.ImportRun)
	if err != nil {
		return nil, err
	}
	l := &Load{s: s, by: actor.UserID, days: map[calendar.Date]string{}}
	err = s.db.InTx(ctx, func(q db.Q) error {
		now := s.now()
		if err := failExpired(ctx, q, clock.Micros(now)); err != nil {
			return err
		}
		l.id, err = insertBatch(ctx, q, id.New(now), source, actor.UserID, clock.Micros(now), clock.Micros(now.Add(loadLease)))
		return err
	})
	if db.UniqueTable(err) == "fact_batch" {
		err = errs.Wrap(err, errs.Unavailable, "fact.load_running")
	}
	if err != nil {
		return nil, err
	}
	if err := s.purgeFailed(ctx); err != nil {
		return nil, err
	}
	return l, nil
}

// Append adds facts to the batch in the caller's transaction and renews its lease. Facts that a visible batch holds already
// are left alone and counted as unchanged: of k identical rows as many as there are visible copies. Rows that are identical must be given in one call to be
// counted exactly. Error fact.load_lost when the batch was taken from this load.
func (l *Load) Append(ctx context.Context, q db.Q, rows []Incoming) (inserted, unchanged int64, err error) {
	l.sort(rows)
	skipped, err := db.Insert(ctx, q, l.bulk(rows, len(l.order), []string{"customer_id", "occurred_on", "id"}, func(i int) insertion {
		k := l.order[i]
		return insertion{row: k.row, id: copyID(k.base, int(k.copy))}
	}))
	if err != nil {
		return 0, 0, err
	}
	if unchanged, err = l.settle(ctx, q, rows, skipped); err != nil {
		return 0, 0, err
	}
	inserted = int64(len(rows)) - unchanged
	if err := l.noteCustomers(ctx, q); err != nil {
		return 0, 0, err
	}
	return inserted, unchanged, l.renew(ctx, q, inserted)
}

// noteCustomers remembers whom the batch is about, so that publishing or reverting it can be told of them alone. The rows
// are sorted by customer.
func (l *Load) noteCustomers(ctx context.Context, q db.Q) error {
	var ids []int64
	for i := range l.order {
		if id := l.order[i].customer; len(ids) == 0 || ids[len(ids)-1] != id {
			ids = append(ids, id)
		}
	}
	_, err := db.Insert(ctx, q, db.Bulk{
		Table: "fact_batch_customer", Columns: []string{"customer_id", "batch_id"}, Key: []string{"customer_id", "batch_id"}, N: len(ids),
		Bind: func(i int, b db.Binder) {
			b.Int64(ids[i])
			b.Int64(l.id)
		},
	})
	return err
}

// sort orders the rows by customer, day and content and numbers identical ones.
func (l *Load) sort(rows []Incoming) {
	l.order = l.order[:0]
	var buf []byte
	for i := range rows {
		if rows[i].Base == 0 {
			buf = rows[i].Seal(buf)
		}
		l.order = append(l.order, copyKey{customer: rows[i].CustomerID, base: rows[i].Base, on: rows[i].On, row: int32(i)})
	}
	slices.SortFunc(l.order, func(a, b copyKey) int {
		if c := cmp.Compare(a.customer, b.customer); c != 0 {
			return c
		}
		if c := cmp.Compare(a.on, b.on); c != 0 {
			return c
		}
		if c := cmp.Compare(a.base, b.base); c != 0 {
			return c
		}
		return cmp.Compare(a.row, b.row)
	})
	for i := 1; i < len(l.order); i++ {
		a, b := &l.order[i-1], &l.order[i]
		if a.customer == b.customer && a.on == b.on && a.base == b.base {
			b.copy = a.copy + 1
		}
	}
}

// Publish makes all facts of the batch visible at once, in the caller's transaction. Error fact.load_lost.
func (l *Load) Publish(ctx context.Context, q db.Q) error {
	facts, err := changeBatch(ctx, q, l.id, batchLoading, batchVisible, clock.Micros(l.s.now()))
	if db.IsNoRows(err) {
		return errLoadLost()
	}
	if err != nil || facts == 0 {
		return err
	}
	return mark(ctx, q)
}

// Renew keeps the load alive while nothing is appended.
func (l *Load) Renew(ctx context.Context, q db.Q) error { return l.renew(ctx, q, 0) }

// Fail gives a batch that loads up and deletes its facts. A batch in another state is left as it is.
func (s *Service) Fail(ctx context.Context, batchID int64) error {
	if _, err := authz.Require(ctx, authz.ImportRun); err != nil {
		return err
	}
	err := s.db.InTx(ctx, func(q db.Q) error {
		_, err := changeBatch(ctx, q, batchID, batchLoading, batchFailed, clock.Micros(s.now()))
		return err
	})
	if db.IsNoRows(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return s.purgeFailed(ctx)
}

// RevertBatch hides the facts of a visible batch again, in the caller's transaction, and gives their number. It can be called twice.
func (s *Service) RevertBatch(ctx context.Context, q db.Q, batchID int64) (int64, error) {
	if _, err := authz.Require(ctx, authz.ImportRevert); err != nil {
		return 0, err
	}
	facts, err := changeBatch(ctx, q, batchID, batchVisible, batchReverted, clock.Micros(s.now()))
	if db.IsNoRows(err) {
		return 0, nil
	}
	if err != nil || facts == 0 {
		return facts, err
	}
	return facts, mark(ctx, q)
}

// Held gives those of the customers that have visible facts; it is the veto against taking back their creation (customer.Hold).
func (s *Service) Held(ctx context.Context, q db.Q, ids []int64) ([]int64, error) {
	return heldCustomers(ctx, q, ids)
}

func errLoadLost() error { return errs.New(errs.Unavailable, "fact.load_lost") }
