package statement

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/job"
	"kezhi/internal/paper"
	"kezhi/internal/rule"
)

// kit is a company with two departments below a head, three customers and one source of its own: facts of the kind visit.
type kit struct {
	t   *testing.T
	db  *db.DB
	s   *Service
	ctx context.Context
	now time.Time
}

const (
	head, east, west = 20, 21, 22
	anna, bob        = 7, 8
)

func newKit(t *testing.T, d *db.DB) *kit {
	t.Helper()
	k := &kit{t: t, db: d, now: time.Date(2026, 6, 30, 2, 0, 0, 0, time.UTC), ctx: authz.With(context.Background(), authz.System("test"))}
	now := clock.Clock(func() time.Time { return k.now })
	loc := time.FixedZone("CST", 8*3600)
	bus, queue := event.NewBus(d, now, slog.New(slog.DiscardHandler)), job.NewQueue(d, now)
	k.s = New(d, now, loc, customer.New(d, now, loc, bus, queue))
	k.s.Add(facts())
	dbtest.Unit(t, d, head, 0, "总部")
	dbtest.Unit(t, d, east, head, "东区")
	dbtest.Unit(t, d, west, head, "西区")
	dbtest.User(t, d, anna, east, "钱思源")
	dbtest.User(t, d, bob, west, "孙若溪")
	dbtest.Customer(t, d, 1, "K1", "东海瑞丰", anna, east)
	dbtest.Customer(t, d, 2, "K2", "临江同泰", anna, east)
	dbtest.Customer(t, d, 3, "K3", "西岭长禾", bob, west)
	return k
}

// facts is a source over the facts of the kinds visit (service) and complaint (told of, but no service).
func facts() Source {
	const where = " AND f.occurred_on >= ? AND f.occurred_on <= ? AND f.kind IN ('visit', 'complaint')"
	return Source{
		Kind: "fact", Title: rule.Text{Zh: "往来", En: "Dealings"}, Permission: authz.FactRead,
		States: []State{{Key: "visit", Title: rule.Text{Zh: "拜访", En: "visit"}, Rendered: true}, {Key: "complaint", Title: rule.Text{Zh: "投诉", En: "complaint"}}},
		Lines: func(ctx context.Context, q db.Q, customerID int64, span Span) ([]Line, error) {
			return db.List(ctx, q, "SELECT f.id, f.occurred_on, f.kind, f.document FROM fact f WHERE f.customer_id = ?"+where, []any{customerID, span.From, span.To}, func(r db.Rows) (Line, error) {
				l := Line{DutyID: r.Int64(0) * 10, Title: rule.Text{Zh: "一件事", En: "Something"}}
				err := r.Scan(&l.ID, &l.On, &l.State, &l.Note)
				return l, err
			})
		},
		Count: func(ctx context.Context, q db.Q, who Crowd, span Span) ([]Counted, error) {
			cond, args := who.Where("f.customer_id")
			key := who.Key("f.customer_id")
			return Counts(ctx, q, "SELECT "+key+", f.kind, COUNT(*) FROM fact f WHERE "+cond+where+" GROUP BY "+key+", f.kind", append(args, span.From, span.To)...)
		},
	}
}

func (k *kit) fact(customerID, factID int64, kind, on string) {
	k.t.Helper()
	dbtest.Exec(k.t, k.db, `INSERT INTO fact (customer_id, occurred_on, id, kind, amount, currency, quantity, status, document, product, attrs, batch_id, reverses, recorded_by, recorded_at)
		VALUES (?,?,?,?,NULL,'',0,'','谈了新品','','{}',0,0,0,0)`, customerID, on, factID, kind)
}

func TestAnEditionIsKeptAndGivenAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.fact(1, 51, "visit", "2026-03-01")
		k.fact(1, 52, "complaint", "2026-02-01")
		k.fact(1, 53, "visit", "2025-12-31")
		first, err := k.s.Issue(k.ctx, 1, 2026)
		if err != nil {
			t.Fatal(err)
		}
		p := first.Content.Parts[0]
		if first.Number != "SVC-2026-K1-01" || first.Content.To != "2026-06-30" || len(p.Lines) != 2 || p.Rendered != 1 || p.Lines[0].On != "2026-02-01" {
			t.Fatalf("%+v", first)
		}
		k.now = k.now.AddDate(0, 0, 3)
		again, err := k.s.Issue(k.ctx, 1, 2026)
		if err != nil || again.ID != first.ID || again.Number != first.Number || again.Content.To != "2026-06-30" {
			t.Errorf("nothing happened, yet %+v %v", again, err)
		}
		k.fact(1, 54, "visit", "2026-07-01")
		second, err := k.s.Issue(k.ctx, 1, 2026)
		if err != nil || second.Number != "SVC-2026-K1-02" || second.Content.Parts[0].Rendered != 2 {
			t.Errorf("%+v %v", second, err)
		}
		// The first edition is printed as it was, in both languages, and the same each time.
		for lang, want := range map[paper.Lang]string{paper.Chinese: "客户服务情况说明", paper.English: "Statement of Service"} {
			doc, err := k.s.Printed(k.ctx, first.ID, lang)
			if err != nil {
				t.Fatal(err)
			}
			if missing := doc.Missing(); doc.Title != want || doc.Number != first.Number || doc.Organisation == "" || len(missing) != 0 {
				t.Errorf("%s: %q %q %q, missing %q", lang, doc.Title, doc.Number, doc.Organisation, string(missing))
			}
			var one, two bytes.Buffer
			if err := doc.PDF(&one); err != nil {
				t.Fatal(err)
			}
			if err := doc.PDF(&two); err != nil || !bytes.Equal(one.Bytes(), two.Bytes()) || !bytes.HasPrefix(one.Bytes(), []byte("%PDF")) {
				t.Errorf("%s: %d and %d bytes, %v", lang, one.Len(), two.Len(), err)
			}
		}
		if _, err := k.s.Of(k.ctx, 1, 2027); errs.CodeOf(err) != "statement.no_year" {
			t.Errorf("a year to come: %v", err)
		}
		if n := dbtest.Count(t, d, "SELECT COUNT(*) FROM audit_entry WHERE action = 'statement.issue'"); n != 2 {
			t.Errorf("%d entries of the audit", n)
		}
	})
}

func TestWhatMayNotBeReadIsLeftOut(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.fact(1, 51, "visit", "2026-03-01")
		as := func(grants map[authz.Permission]authz.Reach) context.Context {
			return authz.With(context.Background(), authz.Actor{UserID: anna, Name: "钱思源", Grants: grants, UnitIDs: []int64{east}})
		}
		clerk := as(map[authz.Permission]authz.Reach{authz.CustomerRead: authz.ReachOwn})
		c, err := k.s.Of(clerk, 1, 2026)
		if err != nil || len(c.Parts) != 0 || len(c.Left) != 1 || c.Left[0].Zh != "往来" {
			t.Errorf("%+v %v", c, err)
		}
		if _, err := k.s.Of(clerk, 3, 2026); !db.IsNoRows(err) {
			t.Errorf("another's customer: %v", err)
		}
		whole, err := k.s.Issue(k.ctx, 1, 2026)
		if err != nil {
			t.Fatal(err)
		}
		// Readers of other sources have editions of their own, and pressing in turn makes no new ones.
		part, err := k.s.Issue(clerk, 1, 2026)
		if err != nil || part.ID == whole.ID || part.Number != "SVC-2026-K1-02" {
			t.Errorf("%+v %v", part, err)
		}
		for _, one := range []struct {
			ctx  context.Context
			want Issued
		}{{k.ctx, whole}, {clerk, part}, {k.ctx, whole}} {
			if got, err := k.s.Issue(one.ctx, 1, 2026); err != nil || got.ID != one.want.ID {
				t.Errorf("%s once more: %s %v", one.want.Number, got.Number, err)
			}
		}
		if _, err := k.s.Get(clerk, whole.ID); errs.CodeOf(err) != "auth.forbidden" {
			t.Errorf("an edition with lines that may not be read: %v", err)
		}
		full := as(map[authz.Permission]authz.Reach{authz.CustomerRead: authz.ReachOwn, authz.FactRead: authz.ReachOwn})
		if got, err := k.s.Get(full, whole.ID); err != nil || got.Number != whole.Number {
			t.Errorf("%+v %v", got, err)
		}
		parts, err := k.s.Proof(full, 1, 510, 0)
		if err != nil || len(parts) != 1 || len(parts[0].Lines) != 1 {
			t.Errorf("what belongs to a duty: %+v %v", parts, err)
		}
		if parts, err = k.s.Proof(full, 1, 999, 0); err != nil || len(parts) != 0 {
			t.Errorf("what belongs to another: %+v %v", parts, err)
		}
	})
}

func TestADepartmentWithTotals(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		for i, customerID := range []int64{1, 1, 2, 3} {
			k.fact(customerID, 50+int64(i), "visit", "2026-03-01")
		}
		k.fact(3, 60, "complaint", "2026-03-02")
		whole, err := k.s.Department(k.ctx, head, 2026, "")
		if err != nil {
			t.Fatal(err)
		}
		if len(whole.Items) != 3 || whole.Totals[0] != (Figure{"fact", 4, 5}) || whole.Items[0].Figures[0] != (Figure{"fact", 2, 2}) || whole.Items[2].Figures[0] != (Figure{"fact", 1, 2}) {
			t.Errorf("%+v", whole)
		}
		manager := authz.With(context.Background(), authz.Actor{UserID: anna, Grants: map[authz.Permission]authz.Reach{
			authz.CustomerRead: authz.ReachUnit, authz.FactRead: authz.ReachUnit, authz.CustomerExport: authz.ReachUnit,
		}, UnitIDs: []int64{east}})
		own, err := k.s.Department(manager, east, 2026, "")
		if err != nil || len(own.Items) != 2 || own.Totals[0].Rendered != 3 {
			t.Errorf("%+v %v", own, err)
		}
		for _, unit := range []int64{head, west} {
			if _, err := k.s.Department(manager, unit, 2026, ""); !db.IsNoRows(err) {
				t.Errorf("department %d: %v", unit, err)
			}
		}
		x, err := k.s.Export(manager, east, 2026)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := x.Write(manager, &b, "csv", "zh"); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"客户编号,客户名称,客户经理,往来,往来（含未办）", "K1,东海瑞丰,钱思源,2,2", "合计,,,3,3"} {
			if !strings.Contains(b.String(), want) {
				t.Errorf("no %q in\n%s", want, b.String())
			}
		}
	})
}

// The customer confirms the paper: it says what was meant for the customer, and not at any length.
func TestThePaperLeavesOutWhatIsTheHousesOwn(t *testing.T) {
	lines := []Line{{ID: "1", On: "2026-03-01", State: "visit", Inner: "对方资金紧张"}}
	p := Part{Kind: "fact", Lines: lines}
	plain := p.table(paper.Chinese, printed[paper.Chinese])
	p.Lines = append(lines, Line{ID: "2", On: "2026-03-02", State: "visit", Inner: "内部说明", Note: strings.Repeat("新", 300)})
	noted := p.table(paper.Chinese, printed[paper.Chinese])
	if len(noted.Columns) != len(plain.Columns)+1 || len(plain.Rows[0].Cells) != len(plain.Columns) || len(noted.Rows[0].Cells) != len(noted.Columns) {
		t.Errorf("columns %d and %d, cells %d and %d", len(plain.Columns), len(noted.Columns), len(plain.Rows[0].Cells), len(noted.Rows[0].Cells))
	}
	said := ""
	for _, r := range append(plain.Rows, noted.Rows...) {
		said += strings.Join(r.Cells, "|")
	}
	if strings.Contains(said, "资金") || strings.Contains(said, "内部") || strings.Count(said, "新") != maxPrintedNote {
		t.Errorf("printed %s", said)
	}
}
