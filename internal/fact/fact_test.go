package fact_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/fact"
	"kezhi/internal/job"
)

var shanghai = time.FixedZone("Asia/Shanghai", 8*3600)

type house struct {
	t         *testing.T
	db        *db.DB
	ctx       context.Context
	micros    atomic.Int64
	customers *customer.Service
	facts     *fact.Service
}

func (h *house) now() time.Time { return time.UnixMicro(h.micros.Add(1)).UTC() }

func newHouse(t *testing.T, d *db.DB) *house {
	t.Helper()
	h := &house{t: t, db: d, ctx: authz.With(t.Context(), authz.System("test"))}
	h.micros.Store(time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC).UnixMicro())
	bus := event.NewBus(d, h.now, slog.New(slog.DiscardHandler))
	h.customers = customer.New(d, h.now, shanghai, bus, job.NewQueue(d, h.now))
	h.facts = fact.New(d, h.now, shanghai, bus, h.customers)
	return h
}

func (h *house) customer(name string) int64 {
	h.t.Helper()
	c, err := h.customers.Create(h.ctx, customer.Input{Name: name, ConfirmDuplicate: true})
	if err != nil {
		h.t.Fatal(err)
	}
	return c.ID
}

func day(t testing.TB, s string) calendar.Date {
	t.Helper()
	d, err := calendar.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func order(customerID int64, on calendar.Date, document string, minor int64) fact.Input {
	return fact.Input{CustomerID: customerID, Kind: fact.KindOrder, On: on, Amount: &minor, Currency: "CNY", Document: document, Status: fact.StatusShipped}
}

func (h *house) scan() map[int64][]fact.Row {
	h.t.Helper()
	hidden, err := fact.Hidden(h.ctx, h.db.Read())
	if err != nil {
		h.t.Fatal(err)
	}
	out := map[int64][]fact.Row{}
	ranges, err := fact.Ranges(h.ctx, h.db.Read(), 3)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, r := range ranges {
		err := fact.Scan(h.ctx, h.db.Read(), calendar.None, r[0], r[1], nil, fact.Needs{Document: true, Quantity: true, At: true, Attrs: true, Product: true}, hidden,
			day(h.t, "9999-12-31"), func(customerID int64, f *fact.Row) error {
				row := *f
				row.Document, row.Product, row.Attrs = slices.Clone(f.Document), slices.Clone(f.Product), slices.Clone(f.Attrs)
				out[customerID] = append(out[customerID], row)
				return nil
			})
		if err != nil {
			h.t.Fatal(err)
		}
	}
	return out
}

func TestRecordReverseAndRead(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		c := h.customer("江州禾田商贸有限公司")
		before, err := fact.Watermark(h.ctx, d.Read())
		if err != nil {
			t.Fatal(err)
		}
		kept, err := h.facts.Record(h.ctx, order(c, day(t, "2026-01-05"), "SO-1", 10_050))
		if err != nil {
			t.Fatal(err)
		}
		wrong, err := h.facts.Record(h.ctx, order(c, day(t, "2026-01-05"), "SO-2", 99_900))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.facts.Reverse(h.ctx, c, wrong.On, wrong.ID, "重复录入"); err != nil {
			t.Fatal(err)
		}
		if after, err := fact.Watermark(h.ctx, d.Read()); err != nil || after == before {
			t.Errorf("the watermark did not move: %s %v", after, err)
		}
		months, err := h.facts.Months(h.ctx, c, "", day(t, "2026-01-01"), day(t, "2026-12-31"))
		if err != nil || len(months) != 1 || months[0].Amount != 10_050 || months[0].Facts != 1 {
			t.Errorf("months = %+v %v", months, err)
		}
		list, _, err := h.facts.List(h.ctx, c, fact.Filter{From: calendar.None, To: calendar.None, Limit: 10})
		if err != nil || len(list) != 3 {
			t.Fatalf("list = %d facts, %v", len(list), err)
		}
		for _, f := range list {
			if f.Reversed != (f.ID == wrong.ID) {
				t.Errorf("fact %d: reversed = %v", f.ID, f.Reversed)
			}
		}
		if _, err := h.facts.Reverse(h.ctx, c, wrong.On, wrong.ID, "again"); errs.CodeOf(err) != "fact.reversed_already" {
			t.Errorf("a second reversal gives %v", err)
		}
		if _, err := h.facts.Reverse(h.ctx, c, list[0].On, list[0].ID, "x"); list[0].Reverses != 0 && errs.CodeOf(err) != "fact.is_reversal" {
			t.Errorf("reversing a reversal gives %v", err)
		}
		if _, err := h.facts.Reverse(h.ctx, c, kept.On, kept.ID+1, "x"); !db.IsNoRows(err) {
			t.Errorf("reversing an unknown fact gives %v", err)
		}
		var audited int64
		if err := db.Get(h.ctx, d.Read(), "SELECT COUNT(*) FROM audit_entry WHERE entity = 'fact' AND customer_id = ?", []any{c}, &audited); err != nil || audited != 3 {
			t.Errorf("%d audit entries, %v", audited, err)
		}
	})
}

func TestInputIsCheckedWhole(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		c := h.customer("云溪五金行")
		_, err := h.facts.Record(h.ctx, fact.Input{CustomerID: c, Kind: "nothing", On: day(t, "2026-03-03"), Document: strings.Repeat("x", 201)})
		e, ok := errs.As(err)
		if !ok || len(e.Fields) != 3 {
			t.Fatalf("problems = %+v", err)
		}
		if _, err := h.facts.Record(h.ctx, fact.Input{CustomerID: c, Kind: fact.KindPayment, On: day(t, "2026-03-02")}); errs.CodeOf(err) != "invalid_input" {
			t.Errorf("a payment without an amount gives %v", err)
		}
	})
}

func TestFactsOfOthersAreNotFound(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		c := h.customer("北岭茶业有限公司")
		actor := authz.Actor{UserID: 77, Name: "外人", Grants: authz.GrantsOf([]string{authz.RoleCustomerManager})}
		ctx := authz.With(t.Context(), actor)
		if _, _, err := h.facts.List(ctx, c, fact.Filter{From: calendar.None, To: calendar.None, Limit: 5}); !db.IsNoRows(err) {
			t.Errorf("list: %v", err)
		}
		if _, err := h.facts.Months(ctx, c, "", day(t, "2026-01-01"), day(t, "2026-02-01")); !db.IsNoRows(err) {
			t.Errorf("months: %v", err)
		}
		if _, err := h.facts.Record(ctx, order(c, day(t, "2026-01-05"), "SO-1", 1)); !db.IsNoRows(err) {
			t.Errorf("record: %v", err)
		}
		if _, err := h.facts.Begin(ctx, "import"); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("begin: %v", err)
		}
	})
}

// TestPagesAreTheList reads a list in pages and compares it with the whole, days and ids descending.
func TestPagesAreTheList(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		c := h.customer("南湾海产")
		for i := range 23 {
			if _, err := h.facts.Record(h.ctx, order(c, day(t, "2026-01-01").AddDays(i%4), "D", int64(i))); err != nil {
				t.Fatal(err)
			}
		}
		whole, _, err := h.facts.List(h.ctx, c, fact.Filter{From: calendar.None, To: calendar.None, Limit: 100})
		if err != nil || len(whole) != 23 {
			t.Fatal(len(whole), err)
		}
		var paged []int64
		for cursor := ""; ; {
			page, next, err := h.facts.List(h.ctx, c, fact.Filter{From: calendar.None, To: calendar.None, Limit: 5, Cursor: cursor})
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range page {
				paged = append(paged, f.ID)
			}
			if cursor = next; next == "" {
				break
			}
		}
		for i, f := range whole {
			if paged[i] != f.ID {
				t.Fatalf("position %d differs", i)
			}
			if i > 0 && (whole[i-1].On < f.On || whole[i-1].On == f.On && whole[i-1].ID < f.ID) {
				t.Fatalf("position %d is out of order", i)
			}
		}
		if _, _, err := h.facts.List(h.ctx, c, fact.Filter{Cursor: "x"}); errs.CodeOf(err) != "cursor.invalid" {
			t.Errorf("a broken cursor gives %v", err)
		}
	})
}

func (h *house) load(rows []fact.Incoming, publish bool) (l *fact.Load, inserted, unchanged int64) {
	h.t.Helper()
	l, err := h.facts.Begin(h.ctx, "import")
	if err != nil {
		h.t.Fatal(err)
	}
	err = h.db.InTx(h.ctx, func(q db.Q) error {
		var err error
		if inserted, unchanged, err = l.Append(h.ctx, q, rows); err != nil {
			return err
		}
		if publish {
			return l.Publish(h.ctx, q)
		}
		return nil
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return l, inserted, unchanged
}

// TestLoadsCountCopies holds loads and reverts in any order to a model: per content, as many copies are visible as the largest
// visible need, and a load reports exactly what it added.
func TestLoadsCountCopies(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		rapid.Check(t, func(rt *rapid.T) {
			c := h.customer("模型客户")
			base := day(t, "2026-01-01")
			type batch struct {
				id    int64
				added map[int]int
			}
			var live []batch
			visible := map[int]int{}
			for range rapid.IntRange(1, 8).Draw(rt, "steps") {
				if len(live) > 0 && rapid.IntRange(0, 3).Draw(rt, "revert") == 0 {
					i := rapid.IntRange(0, len(live)-1).Draw(rt, "which")
					if err := d.InTx(h.ctx, func(q db.Q) error { _, err := h.facts.RevertBatch(h.ctx, q, live[i].id); return err }); err != nil {
						rt.Fatal(err)
					}
					for k, n := range live[i].added {
						visible[k] -= n
					}
					live = slices.Delete(live, i, i+1)
					continue
				}
				want := map[int]int{}
				var rows []fact.Incoming
				for _, k := range rapid.SliceOfN(rapid.IntRange(0, 3), 0, 12).Draw(rt, "rows") {
					want[k]++
					rows = append(rows, fact.Incoming{
						CustomerID: c, Kind: fact.KindOrder, On: base.AddDays(k % 2), Amount: int64(k), HasAmount: true, Currency: "CNY", Document: "D",
					})
				}
				publish := rapid.IntRange(0, 4).Draw(rt, "fails") > 0
				l, inserted, unchanged := h.load(rows, publish)
				wantNew := 0
				added := map[int]int{}
				for k, n := range want {
					added[k] = max(0, n-visible[k])
					wantNew += added[k]
				}
				if inserted != int64(wantNew) || unchanged != int64(len(rows)-wantNew) {
					rt.Fatalf("inserted %d unchanged %d, want %d of %d", inserted, unchanged, wantNew, len(rows))
				}
				if !publish {
					if err := h.facts.Fail(h.ctx, l.ID()); err != nil {
						rt.Fatal(err)
					}
					continue
				}
				for k, n := range added {
					visible[k] += n
				}
				live = append(live, batch{l.ID(), added})
			}
			got := map[int]int{}
			for _, f := range h.scan()[c] {
				got[int(f.Amount)]++
			}
			for k := range 4 {
				if got[k] != visible[k] {
					rt.Fatalf("content %d: %d copies visible, want %d", k, got[k], visible[k])
				}
			}
		})
	})
}

func TestOneLoadAtATimeAndDeadOnesAreCleared(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		c := h.customer("西塘木器厂")
		rows := []fact.Incoming{{CustomerID: c, Kind: fact.KindOrder, On: day(t, "2026-01-02"), Amount: 5, HasAmount: true, Currency: "CNY"}}
		dead, _, _ := h.load(rows, false)
		if n := len(h.scan()[c]); n != 0 {
			t.Errorf("%d facts of a batch that loads are visible", n)
		}
		if _, err := h.facts.Begin(h.ctx, "import"); errs.CodeOf(err) != "fact.load_running" {
			t.Fatalf("a second load gives %v", err)
		}
		h.micros.Add(time.Minute.Microseconds())
		_, inserted, unchanged := h.load(rows, true)
		if inserted != 1 || unchanged != 0 {
			t.Errorf("inserted %d, unchanged %d", inserted, unchanged)
		}
		err := d.InTx(h.ctx, func(q db.Q) error { _, _, err := dead.Append(h.ctx, q, rows); return err })
		if errs.CodeOf(err) != "fact.load_lost" {
			t.Errorf("a dead load that wakes up gives %v", err)
		}
		if err := d.InTx(h.ctx, func(q db.Q) error { return dead.Publish(h.ctx, q) }); errs.CodeOf(err) != "fact.load_lost" {
			t.Errorf("publishing a dead load gives %v", err)
		}
		if n := len(h.scan()[c]); n != 1 {
			t.Errorf("%d facts are visible", n)
		}
		var n int64
		if err := db.Get(h.ctx, d.Read(), "SELECT COUNT(*) FROM fact", nil, &n); err != nil || n != 1 {
			t.Errorf("%d facts in the table, %v", n, err)
		}
	})
}

// TestAScanSeesOneMoment holds scans with one set of hidden batches together while a load begins and publishes between them.
func TestAScanSeesOneMoment(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		c := h.customer("东郊食品")
		row := func(n int64) []fact.Incoming {
			return []fact.Incoming{{
				CustomerID: c, Kind: fact.KindOrder, On: day(t, "2026-01-02"), At: 7, HasAt: true, Amount: n, HasAmount: true, Currency: "CNY", Quantity: 1500, HasQuantity: true,
				Document: "单一", Product: "p", Attrs: `{"a":"b"}`, Status: "shipped",
			}}
		}
		h.load(row(1), true)
		hidden, err := fact.Hidden(h.ctx, d.Read())
		if err != nil {
			t.Fatal(err)
		}
		h.load(row(2), true)
		var seen []int64
		stop := errors.New("stop")
		read := func(kinds []string, from string, fn func(int64, *fact.Row) error) error {
			return fact.Scan(h.ctx, d.Read(), day(t, from), c, c+1, kinds, fact.Needs{Document: true, Product: true, Quantity: true, At: true, Attrs: true}, hidden, day(t, "2026-12-31"), fn)
		}
		err = read(nil, "2026-01-01", func(_ int64, f *fact.Row) error {
			seen = append(seen, f.Amount)
			if string(f.Document) != "单一" || string(f.Product) != "p" || string(f.Attrs) != `{"a":"b"}` || f.Quantity != 1500 || f.At != 7 || f.Status != "shipped" || f.Currency != "CNY" {
				t.Errorf("row = %+v", f)
			}
			return nil
		})
		if err != nil || !slices.Equal(seen, []int64{1}) {
			t.Errorf("seen %v, %v", seen, err)
		}
		none := func(int64, *fact.Row) error { return stop }
		if err := read([]string{"payment"}, "2026-01-01", none); err != nil {
			t.Errorf("another kind is seen: %v", err)
		}
		if err := read([]string{"order"}, "2026-01-03", none); err != nil {
			t.Errorf("a day before the first one is seen: %v", err)
		}
		if err := read(nil, "2026-01-02", none); !errors.Is(err, stop) {
			t.Errorf("the error of fn is lost: %v", err)
		}
	})
}

func TestHeldAreCustomersWithVisibleFacts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		a, b := h.customer("甲"), h.customer("乙")
		l, _, _ := h.load([]fact.Incoming{{CustomerID: a, Kind: fact.KindOrder, On: day(t, "2026-01-02"), Amount: 5, HasAmount: true, Currency: "CNY"}}, true)
		held, err := h.facts.Held(h.ctx, d.Read(), []int64{a, b})
		if err != nil || !slices.Equal(held, []int64{a}) {
			t.Errorf("held = %v, %v", held, err)
		}
		if err := d.InTx(h.ctx, func(q db.Q) error { _, err := h.facts.RevertBatch(h.ctx, q, l.ID()); return err }); err != nil {
			t.Fatal(err)
		}
		if held, err := h.facts.Held(h.ctx, d.Read(), []int64{a, b}); err != nil || len(held) != 0 {
			t.Errorf("held after reverting = %v, %v", held, err)
		}
	})
}

// TestRangesCoverEverybody checks that ranges join without gaps and are about equally full.
func TestRangesCoverEverybody(t *testing.T) {
	h := newHouse(t, dbtest.SQLite(t))
	for range 40 {
		h.customer("客户")
	}
	ranges, err := fact.Ranges(h.ctx, h.db.Read(), 4)
	if err != nil || len(ranges) != 4 {
		t.Fatalf("%d ranges, %v", len(ranges), err)
	}
	for i, r := range ranges {
		if i > 0 && r[0] != ranges[i-1][1] {
			t.Errorf("range %d does not begin where the one before ends", i)
		}
		var n int64
		if err := db.Get(h.ctx, h.db.Read(), "SELECT COUNT(*) FROM customer WHERE id >= ? AND id < ?", []any{r[0], r[1]}, &n); err != nil || n != 10 {
			t.Errorf("range %d holds %d customers, %v", i, n, err)
		}
	}
}

// TestTheDiagramIsTrue compares the state diagram of doc.go with the moves the store makes.
func TestTheDiagramIsTrue(t *testing.T) {
	text, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{`loading ──▶ visible ──▶ reverted`, `└──────▶ failed ───▶ purged`} {
		if !strings.Contains(string(text), line) {
			t.Errorf("doc.go does not show %s", line)
		}
	}
	want := map[string][]string{"loading": {"failed", "visible"}, "visible": {"reverted"}, "failed": {"purged"}}
	for from, to := range fact.BatchMoves() {
		slices.Sort(to)
		if !slices.Equal(want[from], to) {
			t.Errorf("%s moves to %v, the diagram says %v", from, to, want[from])
		}
		delete(want, from)
	}
	if len(want) > 0 {
		t.Errorf("moves of the diagram that do not exist: %v", want)
	}
}
