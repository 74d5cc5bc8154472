package workbench

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/duty"
	"kezhi/internal/event"
	"kezhi/internal/record"
	"kezhi/internal/rule"
)

// The bench company of the speed targets.
const (
	benchCustomers = 10_000
	benchContacts  = 250_000
	benchFacts     = 5_000_000
	benchDuties    = 200_000
	benchManagers  = 50
)

// BenchmarkPages measures the pages a person opens all day at the size of the bench company, on embedded SQLite, warm.
// Reported beside the mean: the 95th percentile in milliseconds. Filling the company takes about a minute.
func BenchmarkPages(b *testing.B) {
	at := time.Date(2026, 3, 18, 9, 0, 0, 0, shanghai)
	h := newHouse(b, dbtest.SQLite(b), at)
	h.fill(calendar.FromTime(at, shanghai))
	now := func() time.Time { return at }
	customers := customer.New(h.db, now, shanghai, event.NewBus(h.db, now, nil), h.queue)
	records := record.New(h.db, now, shanghai, customers, h.svc.duties, func(context.Context, db.Q, string, string, calendar.Date) (rule.Scheme, error) {
		return rule.Scheme{}, nil
	})
	director := authz.With(context.Background(), actor(9999, authz.RoleDirector))
	regional := authz.With(context.Background(), actor(1, authz.RoleRegionalManager, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10))
	manager := authz.With(context.Background(), actor(7, authz.RoleCustomerManager, 7))
	all := duty.Filter{From: calendar.None, To: calendar.None}
	overdue, done := all, all
	overdue.Bucket, done.Bucket = duty.BucketOverdue, duty.BucketDone
	for _, c := range []struct {
		name string
		do   func(i int) error
	}{
		{"record", func(i int) error { _, err := records.Get(director, int64(i*7919%benchCustomers)+1); return err }},
		{"timeline", func(i int) error {
			_, _, err := records.Timeline(director, int64(i*7919%benchCustomers)+1, nil, "")
			return err
		}},
		{"workbench/manager", func(int) error { _, err := h.svc.Get(manager, Mine); return err }},
		{"workbench/regional", func(int) error { _, err := h.svc.Get(regional, Unit); return err }},
		{"workbench/director", func(int) error { _, err := h.svc.Get(director, Unit); return err }},
		{"duties/overdue/all", func(int) error { _, _, err := h.svc.duties.List(director, overdue); return err }},
		{"duties/overdue/unit", func(int) error { _, _, err := h.svc.duties.List(regional, overdue); return err }},
		{"duties/done/own", func(int) error { _, _, err := h.svc.duties.List(manager, done); return err }},
		{"counts/all", func(int) error { _, err := h.svc.duties.Counts(director, false); return err }},
		{"counts/unit", func(int) error { _, err := h.svc.duties.Counts(regional, false); return err }},
	} {
		b.Run(c.name, func(b *testing.B) {
			var took []time.Duration
			for i := 0; b.Loop(); i++ {
				start := time.Now()
				if err := c.do(i); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(start))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
		})
	}
}

// fill makes the bench company; every value follows from its number.
func (h *house) fill(today calendar.Date) {
	h.bulk("customer", benchCustomers, []string{
		"id", "code", "party", "name", "name_en", "former_names", "name_key", "sort_key", "kind", "status", "region", "industry", "address", "owner_id",
		"unit_id", "custom", "note", "import_id", "version", "created_by", "created_at", "updated_at",
	}, func(i int, b db.Binder) {
		name := fmt.Sprintf("客户%05d", i)
		b.Int64(int64(i + 1))
		texts(b, name, "org", name, "", "[]", name, name, "dealer", "active", "310000", "", "")
		ints(b, int64(i%benchManagers), int64(i%benchManagers))
		texts(b, "{}", "")
		ints(b, 0, 1, 0, 0, 0)
	})
	h.bulk("contact", benchContacts, []string{"customer_id", "id", "name", "title", "phone", "email", "is_primary", "note", "version", "created_at", "updated_at"},
		func(i int, b db.Binder) {
			ints(b, int64(i%benchCustomers)+1, int64(i+1))
			texts(b, fmt.Sprintf("联系人%d", i), "", "+8613800000000", "")
			ints(b, 0)
			texts(b, "")
			ints(b, 1, 0, 0)
		})
	h.bulk("special_day", benchContacts, []string{"customer_id", "id", "contact_id", "kind", "name", "lunar", "year", "month_day", "note", "version", "created_at", "updated_at"},
		func(i int, b db.Binder) {
			ints(b, int64(i%benchCustomers)+1, int64(i+1), int64(i+1))
			texts(b, "birthday", "")
			_, month, day := today.AddDays(i * 31 % 365).Civil()
			ints(b, 0, 0, int64(month*100+day))
			texts(b, "")
			ints(b, 1, 0, 0)
		})
	h.bulk("fact", benchFacts, []string{
		"customer_id", "occurred_on", "id", "kind", "amount", "currency", "status", "document", "product", "attrs", "batch_id", "reverses", "recorded_by", "recorded_at",
	}, func(i int, b db.Binder) {
		per := benchFacts / benchCustomers
		ints(b, int64(i/per)+1)
		texts(b, today.AddDays(-(i%per)*1095/per).String())
		ints(b, int64(i+1))
		texts(b, []string{"order", "order", "payment", "delivery"}[i%4])
		ints(b, int64(i%9973)*100)
		texts(b, "CNY", "shipped", fmt.Sprintf("D%d", i/3), "", "{}")
		ints(b, 0, 0, 0, 0)
	})
	h.bulk("standing", benchCustomers, []string{"customer_id", "scheme", "rulebook", "verdict_id", "code", "position", "reason", "as_of", "since", "previous_code"},
		func(i int, b db.Binder) {
			ints(b, int64(i+1))
			texts(b, "dealer", "b")
			ints(b, int64(i+1))
			texts(b, "C")
			ints(b, 2)
			texts(b, "", "2026-03-01", "2026-03-01", "B")
		})
	h.bulk("movement", benchCustomers, []string{"customer_id", "run_id", "scheme", "from_code", "to_code", "direction", "as_of"}, func(i int, b db.Binder) {
		ints(b, int64(i+1), 1)
		texts(b, "dealer", "B", "C")
		ints(b, -1)
		texts(b, "2026-03-01")
	})
	h.bulk("duty", benchDuties, []string{
		"customer_id", "id", "rulebook", "version", "scheme", "rule", "clause", "title_zh", "title_en", "verdict_id", "grade", "activity", "every", "evidence",
		"assumed", "role", "owner_id", "unit_id", "window_from", "due_on", "state", "plan_key", "done_by", "note", "fact_id", "reason", "idem_key", "idem_hash",
		"version_no", "created_at", "updated_at",
	}, func(i int, b db.Binder) {
		customerID := i % benchCustomers
		due := today.AddDays(i/benchCustomers*15 - 210)
		state := "open"
		if due < today {
			state = []string{"kept", "kept", "late", "missed"}[i%7%4]
		}
		ints(b, int64(customerID)+1, int64(i+1))
		texts(b, "b", "1", "dealer", "v", "6.2", "拜访", "Visit")
		ints(b, 0)
		texts(b, "C", "visit", "P1M", "")
		ints(b, 0)
		texts(b, "owner")
		ints(b, int64(customerID%benchManagers), int64(customerID%benchManagers))
		texts(b, due.String(), due.String(), state, fmt.Sprint(i))
		ints(b, 0)
		texts(b, "")
		ints(b, 0)
		texts(b, "", "", "")
		ints(b, 1, 0, 0)
	})
}

func (h *house) bulk(table string, n int, columns []string, bind func(int, db.Binder)) {
	h.t.Helper()
	const step = 100_000
	for from := 0; from < n; from += step {
		err := h.db.InTx(context.Background(), func(q db.Q) error {
			_, err := db.Insert(context.Background(), q, db.Bulk{Table: table, Columns: columns, N: min(step, n-from), Bind: func(i int, b db.Binder) { bind(from+i, b) }})
			return err
		})
		if err != nil {
			h.t.Fatal(err)
		}
	}
}

func ints(b db.Binder, list ...int64) {
	for _, v := range list {
		b.Int64(v)
	}
}

func texts(b db.Binder, list ...string) {
	for _, v := range list {
		b.Text(v)
	}
}
