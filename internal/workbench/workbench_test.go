package workbench

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

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
	"kezhi/internal/httpapi"
	"kezhi/internal/job"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
)

var shanghai = time.FixedZone("CST", 8*3600)

const (
	li, sun  = 104, 103
	unitEast = 11
	unitWest = 12
)

func actor(id int64, role string, units ...int64) authz.Actor {
	return authz.Actor{UserID: id, Name: "测试", Grants: authz.GrantsOf([]string{role}), UnitIDs: units}
}

type house struct {
	t     testing.TB
	db    *db.DB
	svc   *Service
	queue *job.Queue
	at    time.Time
	n     int64
}

func newHouse(t testing.TB, d *db.DB, at time.Time) *house {
	t.Helper()
	h := &house{t: t, db: d, at: at}
	now := func() time.Time { return h.at.UTC() }
	quiet := slog.New(slog.DiscardHandler)
	bus := event.NewBus(d, now, quiet)
	h.queue = job.NewQueue(d, now)
	work, err := calendar.China()
	if err != nil {
		t.Fatal(err)
	}
	customers := customer.New(d, now, shanghai, bus, h.queue)
	duties := duty.New(duty.Deps{DB: d, Now: now, Loc: shanghai, Work: work, Bus: bus, Queue: h.queue, Facts: fact.New(d, now, shanghai, bus, customers)})
	h.svc = New(Deps{DB: d, Now: now, Loc: shanghai, Work: work, Duties: duties, Queue: h.queue, Books: rulebook.New(d, now, shanghai, bus, quiet)})
	return h
}

func (h *house) exec(sql string, args ...any) {
	h.t.Helper()
	dbtest.Exec(h.t, h.db, sql, args...)
}

func (h *house) customer(id, owner, unit int64) {
	h.t.Helper()
	dbtest.Customer(h.t, h.db, id, fmt.Sprintf("C%d", id), fmt.Sprintf("客户%d", id), owner, unit)
}

func (h *house) contact(customerID int64, name, birthday string) {
	h.t.Helper()
	h.n++
	d, err := calendar.Parse(birthday)
	if err != nil {
		h.t.Fatal(err)
	}
	_, month, day := d.Civil()
	h.exec("INSERT INTO contact (customer_id, id, name, title, phone, email, is_primary, note, version, created_at, updated_at) VALUES (?,?,?,'','','',0,'',1,0,0)",
		customerID, h.n, name)
	h.day(customerID, h.n, "", false, month*100+day)
}

// day keeps a special day, one without a name as a birthday.
func (h *house) day(customerID, contactID int64, name string, lunar bool, monthDay int) {
	h.t.Helper()
	kind := "day"
	if name == "" {
		kind = "birthday"
	}
	h.n++
	h.exec(`INSERT INTO special_day (customer_id, id, contact_id, kind, name, lunar, year, month_day, note, version, created_at, updated_at)
		VALUES (?,?,?,?,?,?,0,?,'',1,0,0)`, customerID, h.n, contactID, kind, name, lunar, monthDay)
}

func (h *house) duty(customerID, owner, unit int64, due calendar.Date, state duty.State) {
	h.t.Helper()
	h.n++
	h.exec(`INSERT INTO duty (customer_id, id, rulebook, version, scheme, rule, clause, title_zh, title_en, verdict_id, grade, activity, every, evidence, assumed,
			role, owner_id, unit_id, window_from, due_on, state, plan_key, done_by, note, fact_id, reason, idem_key, idem_hash, version_no, created_at, updated_at,
			due_owner_id, due_unit_id)
		VALUES (?,?,'b','1','s','v','6','','',0,'A','visit','P1M','',0,'owner',?,?,?,?,?,?,0,'',0,'','','',1,0,0,?,?)`,
		customerID, h.n, owner, unit, due, due, state, fmt.Sprint(h.n), owner, unit)
}

func (h *house) get(a authz.Actor) Workbench {
	h.t.Helper()
	w, err := h.svc.Get(authz.With(context.Background(), a), Mine)
	if err != nil {
		h.t.Fatal(err)
	}
	return w
}

func (h *house) customers(a authz.Actor, whose Whose) Customers {
	h.t.Helper()
	c, err := h.svc.Customers(authz.With(context.Background(), a), whose)
	if err != nil {
		h.t.Fatal(err)
	}
	return c
}

func (h *house) alerts(a authz.Actor, whose Whose) []Alert {
	h.t.Helper()
	list, err := h.svc.Alerts(authz.With(context.Background(), a), whose)
	if err != nil {
		h.t.Fatal(err)
	}
	return list
}

func names(list []SpecialDay) string {
	var out []string
	for _, b := range list {
		out = append(out, b.Name+b.Day+"@"+b.On.String())
	}
	return strings.Join(out, " ")
}

func TestSpecialDaysOfTheWeek(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d, time.Date(2026, 12, 28, 9, 0, 0, 0, shanghai))
		h.customer(1, li, unitEast)
		h.customer(2, sun, unitWest)
		h.customer(3, li, unitEast)
		h.exec("UPDATE customer SET archived_at = 1 WHERE id = 3")
		for name, day := range map[string]string{"昨": "1980-12-27", "今": "1980-12-28", "新年": "1990-01-01", "末": "1991-01-03", "后": "1991-01-04"} {
			h.contact(1, name, day)
		}
		h.contact(2, "别人的", "1980-12-28")
		h.contact(3, "归档的", "1980-12-28")
		if got := names(h.customers(actor(li, authz.RoleCustomerManager, unitEast), Mine).Days); got != "今@2026-12-28 新年@2027-01-01 末@2027-01-03" {
			t.Errorf("got %s", got)
		}
		// A birthday on 29 February is kept on the 28th in years without one, and on its day in a leap year.
		h.contact(1, "闰日", "1992-02-29")
		h.at = time.Date(2027, 2, 25, 9, 0, 0, 0, shanghai)
		if got := names(h.customers(actor(li, authz.RoleCustomerManager, unitEast), Mine).Days); got != "闰日@2027-02-28" {
			t.Errorf("2027: %s", got)
		}
		h.at = time.Date(2028, 2, 25, 9, 0, 0, 0, shanghai)
		if got := names(h.customers(actor(li, authz.RoleCustomerManager, unitEast), Mine).Days); got != "闰日@2028-02-29" {
			t.Errorf("2028: %s", got)
		}
		// The customer's own day, a lunar birthday and one of the twelfth lunar month, which lies in the civil year after.
		h.day(1, 0, "店庆", false, 926)
		h.contact(1, "农历", "1992-06-01")
		h.exec("UPDATE special_day SET lunar = 1, month_day = 815 WHERE month_day = 601")
		h.day(1, 0, "年会", true, 1208)
		h.day(2, 0, "别家店庆", false, 926)
		h.at = time.Date(2026, 9, 21, 9, 0, 0, 0, shanghai)
		if got := names(h.customers(actor(li, authz.RoleCustomerManager, unitEast), Mine).Days); got != "农历@2026-09-25 店庆@2026-09-26" {
			t.Errorf("lunar: %s", got)
		}
		if got := names(h.customers(actor(1, authz.RoleDirector), Unit).Days); got != "农历@2026-09-25 店庆@2026-09-26 别家店庆@2026-09-26" {
			t.Errorf("lunar, everybody: %s", got)
		}
		h.at = time.Date(2027, 1, 10, 9, 0, 0, 0, shanghai)
		if got := names(h.customers(actor(li, authz.RoleCustomerManager, unitEast), Mine).Days); got != "年会@2027-01-15" {
			t.Errorf("twelfth month: %s", got)
		}
	})
}

func TestOnADayOffTheNextWorkingDayIsShown(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d, time.Date(2026, 3, 21, 9, 0, 0, 0, shanghai)) // a Saturday
		saturday := calendar.FromTime(h.at, shanghai)
		h.customer(1, li, unitEast)
		for _, days := range []int{0, 1, 2, 2, 3} {
			h.duty(1, li, unitEast, saturday.AddDays(days), duty.Open)
		}
		h.duty(1, sun, unitWest, saturday.AddDays(2), duty.Open)
		w := h.get(actor(li, authz.RoleCustomerManager, unitEast))
		if w.NextDay != saturday.AddDays(2) || len(w.DueToday) != 1 || len(w.DueNext) != 3 || len(w.DueWeek) != 0 {
			t.Errorf("on Saturday: next day %s, %d today, %d next, %d in the week", w.NextDay, len(w.DueToday), len(w.DueNext), len(w.DueWeek))
		}
		h.at = h.at.AddDate(0, 0, 2)
		if w = h.get(actor(li, authz.RoleCustomerManager, unitEast)); w.NextDay != calendar.None || len(w.DueToday) != 2 || len(w.DueNext) != 0 || len(w.DueWeek) != 1 {
			t.Errorf("on Monday: next day %s, %d today, %d next, %d in the week", w.NextDay, len(w.DueToday), len(w.DueNext), len(w.DueWeek))
		}
		// A holiday of several days counts like a weekend.
		h.at = time.Date(2026, 10, 1, 9, 0, 0, 0, shanghai)
		if w = h.get(actor(li, authz.RoleCustomerManager, unitEast)); w.NextDay <= calendar.FromTime(h.at, shanghai) {
			t.Errorf("on a holiday the next day is %s", w.NextDay)
		}
	})
}

func TestWorkbenchShowsOnesOwn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d, time.Date(2026, 3, 18, 9, 0, 0, 0, shanghai)) // a Wednesday
		today := calendar.FromTime(h.at, shanghai)
		h.customer(1, li, unitEast)
		h.customer(2, sun, unitWest)
		h.customer(3, 0, 0)
		for _, owner := range [][3]int64{{1, li, unitEast}, {2, sun, unitWest}} {
			h.duty(owner[0], owner[1], owner[2], today, duty.Open)
			h.duty(owner[0], owner[1], owner[2], today.AddDays(4), duty.Open) // Sunday
			h.duty(owner[0], owner[1], owner[2], today.AddDays(5), duty.Open) // next Monday
			h.duty(owner[0], owner[1], owner[2], today.AddDays(-1), duty.Open)
			h.duty(owner[0], owner[1], owner[2], today.AddDays(-40), duty.Missed)
			h.duty(owner[0], owner[1], owner[2], today.AddDays(-2), duty.Kept)
		}
		for i := range 25 {
			h.duty(1, li, unitEast, today.AddDays(-3-i), duty.Missed)
		}
		for _, c := range []int64{1, 2} {
			h.exec("INSERT INTO movement (customer_id, run_id, scheme, from_code, to_code, direction, as_of) VALUES (?,9,'dealer','B','A',1,?)", c, today.AddDays(-5))
			h.exec("INSERT INTO movement (customer_id, run_id, scheme, from_code, to_code, direction, as_of) VALUES (?,8,'dealer','C','B',1,?)", c, today.AddDays(-200))
			h.exec("INSERT INTO standing (customer_id, scheme, rulebook, verdict_id, code, position, reason, as_of, since, previous_code) VALUES (?,'dealer','b',1,'A',0,'','2026-01-01','2026-01-01','')", c)
		}
		for i, state := range []string{"uploaded", "done", "failed"} {
			for j, by := range []int64{li, sun} {
				h.exec(`INSERT INTO import (id, target, state, file_id, file_name, digest, options, counts, batch_id, job_id, error_code, error_args, version, created_by, created_at)
					VALUES (?,'order',?,0,'订单.csv','','{}','{}',0,0,'','null',1,?,?)`, 10*(i+1)+j, state, by, clock.Micros(h.at))
			}
		}
		mine := h.get(actor(li, authz.RoleCustomerManager, unitEast))
		if len(mine.DueToday) != 1 || len(mine.DueWeek) != 1 || len(mine.Overdue) != maxDuties {
			t.Errorf("today %d, week %d, overdue %d", len(mine.DueToday), len(mine.DueWeek), len(mine.Overdue))
		}
		c := mine.Counts
		if c.Today != 1 || c.Week != 2 || c.Overdue != 27 || c.KeptMonth != 1 || c.MissedMonth != 16 || len(mine.Imports) != 0 {
			t.Errorf("counts %+v, imports %+v", c, mine.Imports)
		}
		own := h.customers(actor(li, authz.RoleCustomerManager, unitEast), Mine)
		if len(own.Movements) != 1 || own.Movements[0].CustomerID != 1 || own.Movements[0].ToCode != "A" || own.Up != 1 || own.Down != 0 || own.More {
			t.Errorf("%+v", own)
		}
		if !slices.Equal(own.Grades, []GradeCount{{"dealer", "A", 0, 1}}) {
			t.Errorf("grades %+v", own.Grades)
		}
		if regional := h.get(actor(li, authz.RoleRegionalManager, unitEast)); len(regional.Imports) != 2 {
			t.Errorf("regional: %+v", regional.Imports)
		}
		if director := h.get(actor(101, authz.RoleDirector)); len(director.DueToday) != 0 {
			t.Errorf("director: %+v", director)
		}
	})
}

func TestAHeadSeesTheUnit(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d, time.Date(2026, 3, 18, 9, 0, 0, 0, shanghai))
		today := calendar.FromTime(h.at, shanghai)
		for i := range 6 {
			h.customer(int64(i+1), []int64{li, sun, 0}[i%3], []int64{unitEast, unitWest}[i%2])
			h.contact(int64(i+1), fmt.Sprint(i+1), "1980-03-2"+fmt.Sprint(i))
			h.duty(int64(i+1), []int64{li, sun, 0}[i%3], []int64{unitEast, unitWest}[i%2], today, duty.Open)
		}
		for run, asOf := range map[int64]calendar.Date{7: today.AddDays(-40), 8: today.AddDays(-20), 9: today.AddDays(-1)} {
			h.exec(`INSERT INTO grading_run (id, rulebook, version, adoption_id, scheme, as_of, state, in_scope, graded, without_verdict, changed, written, counts, upto, job_id,
				started_by, started_at) VALUES (?,'b','1',1,'dealer',?,'done',6,6,0,2,2,'{}',1,0,0,0)`, run, asOf)
			for c := range 6 {
				h.exec("INSERT INTO movement (customer_id, run_id, scheme, from_code, to_code, direction, as_of) VALUES (?,?,'dealer','B','A',?,?)", c+1, run, []int{1, -1}[run%2], asOf)
			}
		}
		head := actor(1, authz.RoleRegionalManager, unitEast)
		c := h.customers(head, Unit)
		if len(c.Movements) != 6 || c.Up != 3 || c.Down != 3 || c.Movements[0].RunID != 9 || c.Movements[0].CustomerID%2 != 1 || len(c.Grades) != 0 {
			t.Errorf("the unit: %+v", c)
		}
		if got := names(c.Days); got != "1@2026-03-20 3@2026-03-22 5@2026-03-24" {
			t.Errorf("birthdays: %s", got)
		}
		if all := h.customers(actor(1, authz.RoleDirector), Unit); len(all.Movements) != 12 || len(all.Days) != 5 {
			t.Errorf("everybody: %d moved, %d birthdays", len(all.Movements), len(all.Days))
		}
		w, err := h.svc.Get(authz.With(context.Background(), head), Unit)
		if err != nil || w.Counts.Today != 3 || len(w.DueToday) != 3 {
			t.Errorf("duties of the unit: %+v %v", w.Counts, err)
		}
		h.exec("INSERT INTO standing (customer_id, scheme, rulebook, verdict_id, code, position, reason, as_of, since, previous_code) VALUES (1,'dealer','b',1,'A',0,'','2026-01-01','2026-01-01','')")
		for i, state := range []string{"failed", "unclear", "sent", "failed"} {
			at := clock.Micros(h.at)
			if i == 3 {
				at = clock.Micros(h.at.AddDate(0, -2, 0)) // long ago
			}
			h.exec(`INSERT INTO message (customer_id, id, contact_id, recipient, address, channel, purpose, template_id, language, subject, body, state, why, why_args, attempts, next_at,
				until_at, claimed_at, provider_id, ref, idem_hash, fact_id, created_by, created_at, sent_at, updated_at, version)
				VALUES (?,?,0,'','','mail','notice',0,'zh','','',?,'','',1,0,0,0,'','','',0,0,?,0,?,1)`, 1+2*(i%2), i+1, state, at, at)
		}
		if got := h.alerts(head, Unit); !slices.Equal(got, []Alert{{FailedMessages, 2, false}, {WithoutOwner, 1, false}, {WithoutVerdict, 2, false}}) {
			t.Errorf("alerts of the unit: %+v", got)
		}
		if got := h.alerts(actor(li, authz.RoleCustomerManager, unitEast), Mine); !slices.Equal(got, []Alert{{FailedMessages, 1, false}}) {
			t.Errorf("own alerts: %+v", got)
		}
		clerk := actor(li, authz.RoleRegionalManager, unitEast)
		clerk.Grants[authz.MessageRead], clerk.Grants[authz.GradingRead] = authz.ReachOwn, authz.ReachOwn
		if got := h.alerts(clerk, Unit); !slices.Equal(got, []Alert{{FailedMessages, 1, false}, {WithoutOwner, 1, false}, {WithoutVerdict, 1, false}}) {
			t.Errorf("alerts of who reads messages and grades of the own customers only: %+v", got)
		}
		manager := authz.With(context.Background(), actor(li, authz.RoleCustomerManager, unitEast))
		_, e1 := h.svc.Get(manager, Unit)
		_, e2 := h.svc.Customers(manager, Unit)
		_, e3 := h.svc.Alerts(manager, Unit)
		_, e4 := h.svc.Figures(manager, Unit)
		for _, err := range []error{e1, e2, e3, e4} {
			if errs.KindOf(err) != errs.Forbidden {
				t.Errorf("a manager asks for the unit: %v", err)
			}
		}
	})
}

func TestFiguresCountSharesAgainstTargets(t *testing.T) {
	duties := []settled{
		{"b", "visit", "A", duty.Kept, 7},
		{"b", "visit", "A", duty.Late, 1},
		{"b", "visit", "B", duty.Missed, 2},
		{"b", "call", "A", duty.Kept, 1},
		{"other", "visit", "A", duty.Missed, 50},
	}
	standings := []standing{{"s", "A", 3}, {"s", "", 1}, {"t", "", 9}}
	for _, c := range []struct {
		x            rule.Indicator
		value, state string
	}{
		{rule.Indicator{Of: rule.IndicatorKept, Target: "80%"}, "72.7", "missed"}, // 8 of 11
		{rule.Indicator{Of: rule.IndicatorKept, Duty: "visit", Grade: "A", Target: "87.5%"}, "87.5", "met"},
		{rule.Indicator{Of: rule.IndicatorKept, Duty: "greeting", Target: "80%"}, "", "no_data"},
		{rule.Indicator{Of: rule.IndicatorCoverage, Scheme: "s", Target: "75%"}, "75.0", "met"},
		{rule.Indicator{Of: rule.IndicatorCoverage, Scheme: "s", Target: "75.1%"}, "75.0", "missed"},
	} {
		f := Figure{Rulebook: "b", Indicator: c.x}
		if f.count(duties, standings); f.Value != c.value || f.State != c.state {
			t.Errorf("%+v: %s %s", c.x, f.Value, f.State)
		}
	}
}

func TestSettledDutiesOfTheYear(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d, time.Date(2026, 3, 18, 9, 0, 0, 0, shanghai))
		today := calendar.FromTime(h.at, shanghai)
		h.customer(1, li, unitEast)
		for _, x := range []struct {
			days  int
			state duty.State
		}{{-1, duty.Open}, {0, duty.Open}, {-2, duty.Kept}, {0, duty.Kept}, {-3, duty.Late}, {-90, duty.Kept}, {1, duty.Kept}, {-4, duty.Waived}} {
			h.duty(1, li, unitEast, today.AddDays(x.days), x.state)
		}
		// What he took over later was missed by somebody else, and he answers for what he owed in another unit.
		h.duty(1, li, unitEast, today.AddDays(-5), duty.Missed)
		h.exec("UPDATE duty SET due_owner_id = ? WHERE state = 'missed'", li+1)
		h.duty(1, li, unitEast+100, today.AddDays(-6), duty.Late)
		for _, c := range []struct {
			scope              authz.Scope
			kept, late, missed int64
		}{
			{authz.Scope{OwnerID: li}, 2, 2, 1},
			{authz.Scope{OwnerID: li, UnitIDs: []int64{unitEast}}, 2, 2, 2},
			{authz.Scope{OwnerID: li + 1}, 0, 0, 1},
			{authz.Scope{OwnerID: li + 1, UnitIDs: []int64{unitEast}}, 2, 1, 2},
		} {
			got, err := settledDuties(context.Background(), d.Read(), c.scope, today)
			n := map[duty.State]int64{}
			for _, x := range got {
				n[x.state] += x.n
			}
			if err != nil || n[duty.Kept] != c.kept || n[duty.Late] != c.late || n[duty.Missed] != c.missed {
				t.Errorf("%+v: %+v %v", c, got, err)
			}
		}
	})
}

func TestContract(t *testing.T) {
	h := newHouse(t, dbtest.SQLite(t), time.Date(2026, 3, 18, 9, 0, 0, 0, shanghai))
	ctx := authz.With(context.Background(), actor(li, authz.RoleCustomerManager, unitEast))
	err := h.db.InTx(ctx, func(q db.Q) error {
		_, err := h.queue.Enqueue(ctx, q, job.Spec{Kind: "grading.run", Args: struct{}{}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	api := httpapi.New("test", slog.New(slog.DiscardHandler))
	Register(api, h.svc)
	signedIn := true
	handler, err := httpapi.Server{
		API: api, Log: slog.New(slog.DiscardHandler), Now: h.svc.now, Web: http.NotFoundHandler(), Ready: func(context.Context) error { return nil },
		Authenticate: func(context.Context, *http.Request) (authz.Actor, bool, error) {
			return actor(li, authz.RoleCustomerManager, unitEast), signedIn, nil
		},
	}.Handler()
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/api/v1/workbench", nil))
	var v View
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil || w.Code != http.StatusOK {
		t.Fatalf("%d %v %s", w.Code, err, w.Body)
	}
	if v.Today != "2026-03-18" || len(v.Jobs) != 1 || v.Jobs[0].State != "waiting" || v.Overdue == nil {
		t.Errorf("%+v", v)
	}
	signedIn = false
	w = httptest.NewRecorder()
	handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/api/v1/workbench", nil))
	if w.Code != http.StatusUnauthorized {
		t.Errorf("signed out: %d", w.Code)
	}
}

// Whoever manages the system, and nobody else, is told that the newest good backup is too old.
func TestAnOldBackupIsAnAlert(t *testing.T) {
	h := newHouse(t, dbtest.SQLite(t), time.Date(2026, 12, 28, 9, 0, 0, 0, shanghai))
	hours := int64(40)
	h.svc.overdue = func(context.Context) (int64, error) { return hours, nil }
	if got := h.alerts(actor(li, authz.RoleAdmin, unitEast), Mine); len(got) != 1 || got[0] != (Alert{BackupOverdue, 40, false}) {
		t.Errorf("an administrator: %+v", got)
	}
	if got := h.alerts(actor(li, authz.RoleDirector, unitEast), Mine); len(got) != 0 {
		t.Errorf("a director: %+v", got)
	}
	if hours = 0; len(h.alerts(actor(li, authz.RoleAdmin, unitEast), Mine)) != 0 {
		t.Error("told although all is well")
	}
}
