package grading

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/event"
	"kezhi/internal/id"
	"kezhi/internal/job"
	"kezhi/internal/rulebook"
)

// testPage is how many customers the tests judge together.
const testPage = 256

var testNow = time.Date(2026, 6, 30, 2, 0, 0, 0, time.UTC)

// kit is a company with nothing in it but the rulebooks that are shipped.
type kit struct {
	t     testing.TB
	db    *db.DB
	ctx   context.Context
	now   time.Time
	bus   *event.Bus
	run   *job.Runner
	books *rulebook.Service
	s     *Service
	ids   map[string]int64
}

func newKit(t testing.TB, d *db.DB) *kit {
	t.Helper()
	k := &kit{t: t, db: d, now: testNow, ids: map[string]int64{}}
	now := clock.Clock(func() time.Time { return k.now })
	loc := time.FixedZone("CST", 8*3600)
	log := slog.New(slog.DiscardHandler)
	k.ctx = authz.With(context.Background(), authz.System("test"))
	k.bus = event.NewBus(d, now, log)
	queue := job.NewQueue(d, now)
	k.run = job.NewRunner(queue, log, func(context.Context, int64) string { return "test" })
	k.books = rulebook.New(d, now, loc, k.bus, log)
	k.s = New(d, now, loc, k.bus, k.run, k.books, customer.New(d, now, loc, k.bus, queue))
	k.s.pace.page, k.s.pace.write = testPage, 0 // small pages, each in a transaction of its own: small companies have several
	for kind, h := range k.s.Jobs() {
		k.run.Register(kind, h)
	}
	if err := k.books.Sync(k.ctx); err != nil {
		t.Fatal(err)
	}
	return k
}

// second gives the same company in another process: its own runner and services on the same database.
func (k *kit) second() *kit {
	other := newKit(k.t, k.db)
	other.ids = k.ids
	return other
}

type who struct {
	code, kind  string
	owner, unit int64
}

// customers adds customers as an import would leave them.
func (k *kit) customers(list ...who) {
	k.t.Helper()
	cols := []string{
		"id", "code", "party", "name", "name_en", "former_names", "name_key", "sort_key", "kind", "status", "region", "industry", "address", "owner_id",
		"unit_id", "custom", "note", "import_id", "version", "created_by", "created_at", "updated_at",
	}
	k.tx(func(q db.Q) error {
		_, err := db.Insert(k.ctx, q, db.Bulk{Table: "customer", Columns: cols, N: len(list), Bind: func(i int, b db.Binder) {
			w := list[i]
			n := id.New(k.now)
			k.ids[w.code] = n
			b.Int64(n)
			for _, s := range []string{w.code, "org", "客户" + w.code, "", "[]", w.code, w.code, w.kind, "active", "", "", ""} {
				b.Text(s)
			}
			b.Int64(w.owner)
			b.Int64(w.unit)
			b.Text("{}")
			b.Text("")
			for _, v := range []int64{0, 1, 0, clock.Micros(k.now), clock.Micros(k.now)} {
				b.Int64(v)
			}
		}})
		if err != nil {
			return err
		}
		_, err = db.Insert(k.ctx, q, db.Bulk{Table: "customer_code", Columns: []string{"code", "customer_id"}, N: len(list), Bind: func(i int, b db.Binder) {
			b.Text(list[i].code)
			b.Int64(k.ids[list[i].code])
		}})
		return err
	})
}

type sale struct {
	code, document, status, currency, on string
	at, amount                           int64
	quantity                             int64
}

// orders adds visible facts.
func (k *kit) orders(list ...sale) {
	k.t.Helper()
	cols := []string{
		"customer_id", "occurred_on", "id", "kind", "occurred_at", "amount", "currency", "quantity", "status", "document", "product", "attrs",
		"batch_id", "reverses", "recorded_by", "recorded_at",
	}
	k.tx(func(q db.Q) error {
		_, err := db.Insert(k.ctx, q, db.Bulk{Table: "fact", Columns: cols, N: len(list), Bind: func(i int, b db.Binder) {
			o := list[i]
			b.Int64(k.ids[o.code])
			b.Text(o.on)
			b.Int64(id.New(k.now))
			b.Text("order")
			if o.at == 0 {
				b.Null()
			} else {
				b.Int64(o.at)
			}
			b.Int64(o.amount)
			b.Text(orElse(o.currency, "CNY"))
			b.Int64(o.quantity)
			b.Text(orElse(o.status, "shipped"))
			b.Text(o.document)
			b.Text("")
			b.Text("{}")
			for range 3 {
				b.Int64(0)
			}
			b.Int64(clock.Micros(k.now))
		}})
		if err == nil {
			_, err = q.Exec(k.ctx, "UPDATE fact_mark SET seq = seq + 1 WHERE id = 1")
		}
		return err
	})
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func (k *kit) tx(fn func(q db.Q) error) {
	k.t.Helper()
	if err := k.db.InTx(k.ctx, fn); err != nil {
		k.t.Fatal(err)
	}
}

func (k *kit) grade(book, asOf string) Summary {
	k.t.Helper()
	sum, err := k.s.Grade(k.ctx, book, day(k.t, asOf), Options{AdoptIfNone: true}, nil)
	if err != nil {
		k.t.Fatalf("grading by %s as of %s: %v", book, asOf, err)
	}
	return sum
}

func (k *kit) one(sql string, args ...any) int64 {
	k.t.Helper()
	n, err := db.One(k.ctx, k.db.Read(), sql, args, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
	if err != nil {
		k.t.Fatal(err)
	}
	return n
}

func day(t testing.TB, s string) calendar.Date {
	t.Helper()
	d, err := calendar.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// company makes n customers whose orders make them strategic, key and smaller by share: the first sells most.
func (k *kit) company(n int) {
	k.t.Helper()
	list := make([]who, n)
	var orders []sale
	for i := range list {
		list[i] = who{code: fmt.Sprintf("K%05d", i), kind: "dealer"}
	}
	k.customers(list...)
	for i := range list {
		for m := range 1 + i%4 {
			orders = append(orders, sale{
				code: list[i].code, document: fmt.Sprintf("D%d-%d", i, m), on: day(k.t, "2026-06-01").AddMonths(-m - i%7).String(),
				amount: int64(1_000_000 / (i + 1) * 7), quantity: 1000,
			})
		}
	}
	k.orders(orders...)
}

// judgeAll hands over what became of every customer.
func (k *kit) judgeAll(j *judgement, fn func(outcome)) error {
	return j.judgeAll(k.ctx, k.db, spans, 0, func(_ context.Context, _ span, page []outcome) error {
		for _, o := range page {
			fn(o)
		}
		return nil
	})
}

// explanation gives what the verdict on a customer as of a day explains, as JSON.
func (k *kit) explanation(customerID int64, asOf string) string {
	k.t.Helper()
	var frame int64
	var text []byte
	err := db.Get(k.ctx, k.db.Read(), "SELECT frame, explanation FROM verdict WHERE customer_id = ? AND as_of = ? ORDER BY id DESC LIMIT 1", []any{customerID, asOf}, &frame, &text)
	if err == nil {
		text, err = new(Frames).Explanation(k.ctx, k.db.Read(), frame, text)
	}
	if err != nil {
		k.t.Fatal(err)
	}
	return string(text)
}
