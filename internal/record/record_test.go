package record

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/duty"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/fact"
	"kezhi/internal/files"
	"kezhi/internal/httpapi"
	"kezhi/internal/job"
	"kezhi/internal/rule"
)

var shanghai = time.FixedZone("CST", 8*3600)

var today = time.Date(2026, 3, 16, 10, 0, 0, 0, shanghai)

const (
	unitEast, unitWest = 11, 12
	li, sun            = 104, 103
	ours, theirs       = 1001, 1003
)

var (
	liWei  = authz.Actor{UserID: li, Name: "李望舒", Grants: authz.GrantsOf([]string{authz.RoleCustomerManager}), UnitIDs: []int64{unitEast}}
	sunRui = authz.Actor{UserID: sun, Name: "孙若溪", Grants: authz.GrantsOf([]string{authz.RoleCustomerManager}), UnitIDs: []int64{unitWest}}
)

type house struct {
	t      testing.TB
	db     *db.DB
	at     time.Time
	svc    *Service
	duties *duty.Service
	facts  *fact.Service
	n      int64
}

func (h *house) now() time.Time { return h.at.UTC() }

func newHouse(t *testing.T, d *db.DB) *house {
	t.Helper()
	h := &house{t: t, db: d, at: today}
	quiet := slog.New(slog.DiscardHandler)
	bus, queue := event.NewBus(d, h.now, quiet), job.NewQueue(d, h.now)
	customers := customer.New(d, h.now, shanghai, bus, queue)
	h.facts = fact.New(d, h.now, shanghai, bus, customers)
	store, err := files.New(d, t.TempDir(), h.now)
	if err != nil {
		t.Fatal(err)
	}
	work, err := calendar.China()
	if err != nil {
		t.Fatal(err)
	}
	every, err := calendar.ParsePeriod("P1W")
	if err != nil {
		t.Fatal(err)
	}
	h.duties = duty.New(duty.Deps{
		DB: d, Now: h.now, Loc: shanghai, Work: work, Bus: bus, Queue: queue, Facts: h.facts, Files: store,
		Rulebooks: func(context.Context, db.Q, string, calendar.Date) (duty.InForce, error) {
			return duty.InForce{Version: "1.0.0", Rules: func(string, string) []rule.DutyRule {
				return []rule.DutyRule{{Key: "v", Activity: "visit", Every: every, By: duty.RoleOwner, Clause: "6.2", Title: rule.Text{Zh: "拜访", En: "Visit"}}}
			}}, nil
		},
	})
	h.svc = New(d, h.now, shanghai, customers, h.duties, func(context.Context, db.Q, string, string, calendar.Date) (rule.Scheme, error) {
		return rule.Scheme{ID: "dealer", Labels: []rule.Label{{Code: "A", Title: rule.Text{Zh: "甲", En: "A"}, Tone: "gold"}}}, nil
	})
	for _, a := range []authz.Actor{liWei, sunRui} {
		dbtest.User(t, d, a.UserID, a.UnitIDs[0], a.Name)
	}
	h.customer(ours, "东海瑞丰商贸", li, unitEast)
	h.customer(theirs, "西岭长禾农资", sun, unitWest)
	return h
}

func (h *house) exec(sql string, args ...any) {
	h.t.Helper()
	dbtest.Exec(h.t, h.db, sql, args...)
}

func (h *house) customer(id int64, name string, owner, unit int64) {
	h.t.Helper()
	dbtest.Customer(h.t, h.db, id, name, name, owner, unit)
}

// fact puts a fact where an import would put it and gives its id.
func (h *house) fact(customerID int64, on, kind string, minor int64, document, status string) int64 {
	h.t.Helper()
	h.n++
	var amount any
	currency := ""
	if kind == "order" || kind == "payment" {
		amount, currency = minor, "CNY"
	}
	h.exec(`INSERT INTO fact (customer_id, occurred_on, id, kind, amount, currency, status, document, product, attrs, batch_id, reverses, recorded_by, recorded_at)
		VALUES (?,?,?,?,?,?,?,?,'','{"note":"备注"}',0,0,?,0)`, customerID, on, 9000+h.n, kind, amount, currency, status, document, li)
	return 9000 + h.n
}

func (h *house) ctx(a authz.Actor) context.Context { return authz.With(context.Background(), a) }

func (h *house) date(s string) calendar.Date {
	d, err := calendar.Parse(s)
	if err != nil {
		h.t.Fatal(err)
	}
	return d
}

func TestFigures(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.fact(ours, "2025-03-16", "order", 900_00, "OUT", "shipped") // the day before the twelve months
		h.fact(ours, "2025-03-17", "order", 100_00, "A1", "shipped")  // their first day
		h.fact(ours, "2025-08-01", "order", 50_00, "A2", "shipped")
		h.fact(ours, "2025-08-01", "order", 25_00, "A2", "shipped") // the same document
		h.fact(ours, "2025-09-01", "order", 70_00, "A3", "cancelled")
		h.fact(ours, "2025-09-02", "order", -10_00, "CA2", "cancelled") // corrects A2
		h.fact(ours, "2026-03-01", "payment", 60_00, "P1", "")
		wrong := h.fact(ours, "2026-03-16", "order", 500_00, "A4", "shipped")
		if _, err := h.facts.Reverse(h.ctx(liWei), ours, h.date("2026-03-16"), wrong, "录错"); err != nil {
			t.Fatal(err)
		}
		h.exec("INSERT INTO fact_batch (id, source, state, facts, lease_until, created_by, created_at, changed_at) VALUES (7,'import','reverted',1,0,0,0,0)")
		h.exec("UPDATE fact SET batch_id = 7 WHERE id = ?", h.fact(ours, "2026-02-02", "order", 777_00, "R", "shipped"))
		h.exec(`INSERT INTO verdict (customer_id, id, run_id, rulebook, version, scheme, as_of, origin, code, position, reason, explanation, digest, created_by, created_at)
			VALUES (?,5,1,'dealers','1.0.0','dealer','2026-03-01','computed','A',0,'','{"next":{"code":"S","title":{"zh":"特","en":"S"},"missing":"12","unit":"point","ways":[]}}','',0,0)`, ours)
		h.exec(`INSERT INTO standing (customer_id, scheme, rulebook, verdict_id, code, position, reason, score, as_of, since, previous_code)
			VALUES (?,'dealer','dealers',5,'A',0,'',152500000,'2026-03-01','2026-03-01','B')`, ours)
		r, err := h.svc.Get(h.ctx(liWei), ours)
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Figures.Sales) != 1 || r.Figures.Sales[0] != (Amount{"CNY", 165_00}) || r.Figures.Orders != 2 || r.Figures.LastOrder != h.date("2025-08-01") {
			t.Errorf("%+v", r.Figures)
		}
		want := []Month{
			{"2025-03", "order", "CNY", 1000_00, 2}, {"2025-08", "order", "CNY", 75_00, 2}, {"2025-09", "order", "CNY", -10_00, 1}, {"2026-03", "payment", "CNY", 60_00, 1},
		}
		if !slices.Equal(r.Months, want) {
			t.Errorf("months %+v", r.Months)
		}
		if len(r.Standings) != 1 || r.Standings[0].Label.Title.Zh != "甲" || r.Standings[0].Next == nil || r.Standings[0].Next.Missing != "12" {
			t.Errorf("standings %+v", r.Standings)
		}
		v := h.svc.view(h.ctx(liWei), r)
		if v.Standings[0].Score != "152.5" || v.Figures.Sales12M[0].Amount != "165.00" {
			t.Errorf("view %+v", v.Standings[0])
		}
	})
}

func TestOnlyThoseInScopeSeeTheRecord(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		if _, err := h.svc.Get(h.ctx(sunRui), ours); errs.KindOf(err) != errs.NotFound {
			t.Errorf("record: %v", err)
		}
		if _, _, err := h.svc.Timeline(h.ctx(sunRui), ours, nil, ""); errs.KindOf(err) != errs.NotFound {
			t.Errorf("timeline: %v", err)
		}
		h.fact(ours, "2026-01-01", "order", 1, "D", "shipped")
		narrow := liWei
		narrow.Grants = map[authz.Permission]authz.Reach{authz.CustomerRead: authz.ReachOwn}
		r, err := h.svc.Get(h.ctx(narrow), ours)
		if err != nil || r.May.Facts || len(r.Months) != 0 || len(r.Figures.Sales) != 0 {
			t.Errorf("without fact.read: %v %+v", err, r.Figures)
		}
		list, _, err := h.svc.Timeline(h.ctx(narrow), ours, nil, "")
		if err != nil || len(list) != 0 {
			t.Errorf("without fact.read the timeline has %d entries, %v", len(list), err)
		}
	})
}

// pages reads the whole timeline page by page.
func (h *house) pages(kinds ...string) (all []Entry, pages int) {
	h.t.Helper()
	cursor := ""
	for {
		list, next, err := h.svc.Timeline(h.ctx(liWei), ours, kinds, cursor)
		if err != nil {
			h.t.Fatal(err)
		}
		all, pages = append(all, list...), pages+1
		if next == "" {
			return all, pages
		}
		if len(list) != pageSize {
			h.t.Fatalf("page %d has %d entries", pages, len(list))
		}
		cursor = next
	}
}

func TestTimelineMergesEverythingOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		want := map[string]int{}
		// 40 days: a visit each day, an order of three lines each second day, all lines of some days in one heavy day.
		for i := range 40 {
			on := h.date("2026-01-01").AddDays(i).String()
			h.fact(ours, on, "visit", 0, "", "")
			want[KindInteraction]++
			if i%2 == 0 {
				for range 3 {
					h.fact(ours, on, "order", 10_00, "D"+on, "shipped")
				}
				want[KindBusiness]++
			}
		}
		for i := range 70 {
			h.fact(ours, "2026-02-20", "payment", 5_00, fmt.Sprintf("P%02d", i), "")
			want[KindBusiness]++
		}
		h.fact(ours, "2026-02-21", "delivery", 0, "L1", "shipped") // without an amount, yet no interaction
		h.fact(ours, "2026-02-21", "delivery", 0, "L1", "shipped") // its second line
		want[KindBusiness]++
		h.fact(theirs, "2026-02-20", "order", 1, "X", "shipped")
		for i := range 45 {
			h.at = today.Add(time.Duration(i) * time.Minute)
			err := h.db.InTx(h.ctx(liWei), func(q db.Q) error {
				two := audit.Entry{Action: "customer.update", Entity: "customer", EntityID: "1001", CustomerID: ours, Detail: []audit.Change{{Field: "note", Before: i, After: i + 1}}}
				return audit.Write(h.ctx(liWei), q, h.now(), two, two) // folded into one
			})
			if err != nil {
				t.Fatal(err)
			}
			want[KindChange]++
		}
		for i, code := range []string{"B", "B", "A", "C", ""} {
			h.exec(`INSERT INTO verdict (customer_id, id, run_id, rulebook, version, scheme, as_of, origin, code, position, reason, explanation, digest, created_by, created_at)
				VALUES (?,?,1,'dealers','1.0.0','dealer','2026-03-01','computed',?,?,'','{}','',0,?)`, ours, 50+i, code, []int{1, 1, 0, 2, 9}[i], clock.Micros(today.AddDate(0, 0, i-60)))
		}
		want[KindVerdict] = 4
		h.exec("INSERT INTO import (id, target, state, file_id, file_name, digest, options, counts, batch_id, job_id, error_code, error_args, version, created_by, created_at) VALUES (3,'customers','done',0,'客户.csv','','{}','{}',0,0,'','null',1,?,?)", li, clock.Micros(today.AddDate(0, -3, 0)))
		h.exec("INSERT INTO import_change (import_id, customer_id, action, version, before) VALUES (3, ?, 'created', 1, '')", ours)
		want[KindImport] = 1
		h.at = today
		all, pages := h.pages()
		got, seen := map[string]int{}, map[position]bool{}
		for i, e := range all {
			got[e.Kind]++
			if seen[e.position()] {
				t.Fatalf("twice: %+v", e)
			}
			seen[e.position()] = true
			if i > 0 && !all[i-1].position().before(e.position()) {
				t.Fatalf("out of order: %+v after %+v", e, all[i-1])
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(want) || pages < 5 {
			t.Errorf("%d pages with %v, want %v", pages, got, want)
		}
		for _, kind := range Kinds {
			only, _ := h.pages(kind)
			if len(only) != want[kind] {
				t.Errorf("filter %s gives %d, want %d", kind, len(only), want[kind])
			}
			for _, e := range only {
				if e.Kind != kind {
					t.Errorf("filter %s gives %s", kind, e.Kind)
				}
			}
		}
		for _, e := range all {
			switch {
			case e.Kind == KindChange && len(e.Changes) != 2:
				t.Errorf("folded %d changes", len(e.Changes))
			case e.Kind == KindBusiness && e.Type == "order" && (e.Facts != 3 || e.Minor != 30_00):
				t.Errorf("folded order %+v", e)
			case e.Kind == KindInteraction && (e.Note != "备注" || e.ActorName != "李望舒"):
				t.Errorf("visit %+v", e)
			}
		}
		var moves []string
		for _, e := range all {
			if e.Kind == KindVerdict {
				moves = append(moves, e.Type+":"+e.From+">"+e.To)
			}
		}
		if !slices.Equal(moves, []string{"aside:C>", "down:A>C", "up:B>A", "first:>B"}) {
			t.Errorf("verdicts %v", moves)
		}
	})
}

func TestTimelineShowsADutyAsTheFactItBecame(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.exec(`INSERT INTO standing (customer_id, scheme, rulebook, verdict_id, code, position, reason, as_of, since, previous_code)
			VALUES (?,'dealer','dealers',5,'A',0,'','2026-03-16','2026-03-16','')`, ours)
		if _, err := h.duties.Plan(authz.With(context.Background(), authz.System("test")), "dealers"); err != nil {
			t.Fatal(err)
		}
		list, open, _, err := h.duties.OfCustomer(h.ctx(liWei), ours, 50)
		if err != nil || open != int64(len(list)) {
			t.Fatal(open, err)
		}
		if _, err := h.duties.Do(h.ctx(liWei), list[0].ID, duty.Evidence{Note: "谈妥续约", On: h.date("2026-03-16")}); err != nil {
			t.Fatal(err)
		}
		h.at = list[1].DueOn.AddDays(1).Midnight(shanghai)
		all, _ := h.pages()
		if len(all) != 2 || all[0].Kind != KindDuty || all[0].Type != "missed" || all[0].RefID != list[1].ID {
			t.Fatalf("%+v", all)
		}
		done := all[1]
		if done.Kind != KindInteraction || done.Type != "visit" || done.DutyID != list[0].ID || done.DutyState != "kept" || done.Note != "谈妥续约" || done.Clause != "6.2" {
			t.Errorf("%+v", done)
		}
		h.at = today
		if _, err := h.duties.Undo(h.ctx(liWei), list[0].ID); err != nil {
			t.Fatal(err)
		}
		if all, _ := h.pages(); len(all) != 0 {
			t.Errorf("after it was taken back: %+v", all)
		}
	})
}

func TestContract(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.fact(ours, "2026-01-01", "order", 12_34, "D", "shipped")
		api := httpapi.New("test", slog.New(slog.DiscardHandler))
		Register(api, h.svc)
		handler, err := httpapi.Server{
			API: api, Log: slog.New(slog.DiscardHandler), Now: h.now, Web: http.NotFoundHandler(), Ready: func(context.Context) error { return nil },
			Authenticate: func(context.Context, *http.Request) (authz.Actor, bool, error) { return liWei, true, nil },
		}.Handler()
		if err != nil {
			t.Fatal(err)
		}
		get := func(path string, status int, to any) {
			t.Helper()
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/api/v1/customers"+path, nil))
			if w.Code != status {
				t.Fatalf("%s: %d %s", path, w.Code, w.Body)
			}
			if to != nil {
				if err := json.Unmarshal(w.Body.Bytes(), to); err != nil {
					t.Fatal(err)
				}
			}
		}
		var v View
		get("/1001/record", http.StatusOK, &v)
		if v.Figures.Sales12M[0] != (AmountView{"12.34", "CNY"}) || v.Duties == nil || v.Contacts == nil || !v.May.Facts {
			t.Errorf("%+v", v)
		}
		var list httpapi.List[EntryView]
		get("/1001/timeline?kinds=business,verdict", http.StatusOK, &list)
		if len(list.Items) != 1 || list.Items[0].Amount != "12.34" || list.Items[0].At != "" || list.Items[0].Day != "2026-01-01" {
			t.Errorf("%+v", list)
		}
		get("/1001/timeline?kinds=gossip", http.StatusUnprocessableEntity, nil)
		get("/1001/timeline?cursor=zzz", http.StatusUnprocessableEntity, nil)
		get("/1003/record", http.StatusNotFound, nil)
		get("/zero/record", http.StatusNotFound, nil)
	})
}
