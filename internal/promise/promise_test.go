package promise

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/fact"
	"kezhi/internal/job"
	"kezhi/internal/sheet"
	"kezhi/internal/statement"
)

// house is a small company with a clock that moves when told.
type house struct {
	t         *testing.T
	db        *db.DB
	svc       *Service
	bus       *event.Bus
	customers *customer.Service
	at        time.Time
}

const (
	unitHead, unitEast, unitWest = 10, 11, 12
	zhao, qian, sun, li          = 101, 102, 103, 104 // director, east, west, east too
	c1East, c3West               = 1001, 1003
)

var people = map[int64]authz.Actor{
	zhao: {UserID: zhao, Name: "赵启明", Grants: authz.GrantsOf([]string{authz.RoleDirector}), UnitIDs: []int64{unitHead, unitEast, unitWest}},
	qian: {UserID: qian, Name: "钱思源", Grants: authz.GrantsOf([]string{authz.RoleRegionalManager}), UnitIDs: []int64{unitEast}},
	sun:  {UserID: sun, Name: "孙若溪", Grants: authz.GrantsOf([]string{authz.RoleCustomerManager}), UnitIDs: []int64{unitWest}},
	li:   {UserID: li, Name: "李望舒", Grants: authz.GrantsOf([]string{authz.RoleCustomerManager}), UnitIDs: []int64{unitEast}},
}

func as(who int64) context.Context { return authz.With(context.Background(), people[who]) }

var shanghai = time.FixedZone("CST", 8*3600)

func newHouse(t *testing.T, d *db.DB) *house {
	t.Helper()
	h := &house{t: t, db: d, at: time.Date(2026, 3, 2, 9, 0, 0, 0, shanghai)}
	now := func() time.Time { return h.at.UTC() }
	h.bus = event.NewBus(d, now, slog.New(slog.DiscardHandler))
	h.customers = customer.New(d, now, shanghai, h.bus, job.NewQueue(d, now))
	h.svc = New(d, now, shanghai, h.bus, h.customers, fact.New(d, now, shanghai, h.bus, h.customers))
	h.svc.Subscribe(h.bus)
	dbtest.Unit(t, d, unitHead, 0, "总部")
	dbtest.Unit(t, d, unitEast, unitHead, "东区")
	dbtest.Unit(t, d, unitWest, unitHead, "西区")
	dbtest.User(t, d, zhao, unitHead, people[zhao].Name, authz.RoleDirector)
	dbtest.User(t, d, qian, unitEast, people[qian].Name, authz.RoleRegionalManager)
	dbtest.User(t, d, sun, unitWest, people[sun].Name, authz.RoleCustomerManager)
	dbtest.User(t, d, li, unitEast, people[li].Name, authz.RoleCustomerManager)
	dbtest.Customer(t, d, c1East, "C1", "东海瑞丰商贸", li, unitEast)
	dbtest.Customer(t, d, c3West, "C3", "西岭长禾农资", sun, unitWest)
	return h
}

func (h *house) make(who int64, in Input) Promise {
	h.t.Helper()
	if in.MadeOn == 0 {
		in.MadeOn = calendar.None
	}
	p, err := h.svc.Make(as(who), c1East, in, "")
	if err != nil {
		h.t.Fatal(err)
	}
	return p
}

func (h *house) do(who int64, p Promise, d Deed) Promise {
	h.t.Helper()
	if d.On == 0 {
		d.On = calendar.None
	}
	out, err := h.svc.Do(as(who), p.ID, d, "")
	if err != nil {
		h.t.Fatalf("%s: %v", d.Act, err)
	}
	return out
}

func (h *house) facts(kind string) int64 {
	h.t.Helper()
	return dbtest.Count(h.t, h.db, `SELECT COUNT(*) FROM fact f WHERE f.kind = ? AND f.reverses = 0
		AND NOT EXISTS (SELECT 1 FROM fact r WHERE r.customer_id = f.customer_id AND r.reverses = f.id)`, kind)
}

func (h *house) night() int64 {
	h.t.Helper()
	n, err := h.svc.MarkOverdue(authz.With(context.Background(), authz.System("promise")))
	if err != nil {
		h.t.Fatal(err)
	}
	return n
}

func on(t *testing.T, text string) calendar.Date {
	t.Helper()
	d, err := calendar.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want %s", code)
	}
	if errs.CodeOf(err) == code {
		return
	}
	if e, ok := errs.As(err); ok {
		for _, f := range e.Fields {
			if f.Code == code {
				return
			}
		}
	}
	t.Fatalf("got %v, want %s", err, code)
}

func acts(p Promise) string {
	var out []string
	for _, s := range p.Steps {
		out = append(out, s.Act)
	}
	return strings.Join(out, " ")
}

// A promise that passes its day is overdue by the clock at once and told of by the night once; kept afterwards it is late.
func TestOverdueAndLate(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		p := h.make(li, Input{What: "补发两箱样品", DueOn: on(t, "2026-03-06")})
		if p.State != Open || p.OwnerID != li || !p.ByOwner || h.facts("promise_made") != 1 {
			t.Fatalf("%+v", p)
		}
		h.at = h.at.AddDate(0, 0, 5)
		if p.At(h.svc.Today()) != Overdue || h.night() != 1 || h.night() != 0 || h.facts("promise_overdue") != 1 {
			t.Errorf("overdue: %v, facts %d", p.At(h.svc.Today()), h.facts("promise_overdue"))
		}
		p = h.do(li, p, Deed{Act: ActKeep, Said: "已送到"})
		if p.State != Late || p.SettledOn != h.svc.Today() || h.facts("promise_late") != 1 || acts(p) != "make overdue keep" {
			t.Errorf("late: %+v", p)
		}
		p = h.do(li, p, Deed{Act: ActReopen, Said: "记错了"})
		if p.At(h.svc.Today()) != Overdue || h.facts("promise_late") != 0 {
			t.Errorf("reopened: %+v, facts %d", p, h.facts("promise_late"))
		}
		if h.night(); h.facts("promise_overdue") != 1 {
			t.Error("told twice of the same day")
		}
		p = h.do(li, p, Deed{Act: ActKeep, On: on(t, "2026-03-05"), Said: "当天就送到了"})
		if p.State != Kept || h.facts("promise_kept") != 1 {
			t.Errorf("kept: %+v", p)
		}
	})
}

// A statement of service tells of a promise on the day it was kept, also where it is due only after the statement ends.
func TestAStatementTellsWhatWasKeptAhead(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		early := h.make(li, Input{What: "送价目表", DueOn: on(t, "2026-03-20")})
		h.do(li, early, Deed{Act: ActKeep, Said: "已送到"})
		h.make(li, Input{What: "补货", DueOn: on(t, "2026-03-03")})
		h.make(li, Input{What: "年会邀请", DueOn: on(t, "2026-03-21")})
		h.at = h.at.AddDate(0, 0, 3)
		span := statement.Span{From: on(t, "2026-01-01"), To: h.svc.Today(), Today: h.svc.Today()}
		lines, err := h.svc.Rendered().Lines(as(li), d.Read(), c1East, span)
		if err != nil || len(lines) != 2 {
			t.Fatalf("%+v %v", lines, err)
		}
		if a, b := lines[0], lines[1]; a.State != "overdue" || a.On != "2026-03-03" || b.State != "kept" || b.On != "2026-03-02" {
			t.Errorf("%+v", lines)
		}
		span.From = on(t, "2026-03-04")
		if lines, err = h.svc.Rendered().Lines(as(li), d.Read(), c1East, span); err != nil || len(lines) != 0 {
			t.Errorf("after both days: %+v %v", lines, err)
		}
	})
}

// One that somebody acted on since the night read it is passed over; the others are marked.
func TestTheNightPassesOverWhatItLost(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		lost := h.make(li, Input{What: "寄样册", DueOn: on(t, "2026-03-04")})
		h.make(li, Input{What: "送资料", DueOn: on(t, "2026-03-05")})
		h.at = h.at.AddDate(0, 0, 5)
		list, err := passed(context.Background(), d.Read(), h.svc.Today(), chunk)
		if err != nil || len(list) != 2 {
			t.Fatalf("%d %v", len(list), err)
		}
		kept := h.do(li, lost, Deed{Act: ActKeep, Said: "已寄"})
		n, err := h.svc.markAll(authz.With(context.Background(), authz.System("promise")), list)
		if err != nil || n != 1 || h.facts("promise_overdue") != 1 {
			t.Errorf("marked %d, facts %d: %v", n, h.facts("promise_overdue"), err)
		}
		if p, err := h.svc.Get(as(li), lost.ID); err != nil || p.State != Late || p.FactID == 0 || p.FactID != kept.FactID {
			t.Errorf("%+v %v", p, err)
		}
	})
}

func TestMovedBrokenWithdrawn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		p := h.make(qian, Input{What: "给出新报价", DueOn: on(t, "2026-03-03")})
		h.at = h.at.AddDate(0, 0, 3)
		h.night()
		p = h.do(li, p, Deed{Act: ActMove, On: on(t, "2026-03-10"), Said: "客户改了数量"})
		if p.State != Open || p.Moved != 1 || p.FirstDue != on(t, "2026-03-03") || p.DueOn != on(t, "2026-03-10") {
			t.Errorf("moved: %+v", p)
		}
		_, err := h.svc.Do(as(li), p.ID, Deed{Act: ActMove, On: on(t, "2026-03-04"), Said: "往回"}, "")
		wantCode(t, err, "promise.move_ahead")
		_, err = h.svc.Do(as(li), p.ID, Deed{Act: ActBreak, On: calendar.None, Said: " "}, "")
		wantCode(t, err, "field.required")
		p = h.do(li, p, Deed{Act: ActBreak, Said: "供不上货"})
		if p.State != Broken || p.Said != "供不上货" || h.facts("promise_broken") != 1 {
			t.Errorf("broken: %+v", p)
		}
		_, err = h.svc.Do(as(li), p.ID, Deed{Act: ActKeep, On: calendar.None, Said: "又送了"}, "")
		wantCode(t, err, "promise.wrong_state")
		w := h.do(li, h.make(li, Input{What: "寄样册", DueOn: on(t, "2026-03-20")}), Deed{Act: ActWithdraw, Said: "客户不需要了"})
		if w.State != Withdrawn || w.FactID != 0 || dbtest.Count(t, d, "SELECT COUNT(*) FROM audit_entry WHERE action = 'promise.withdraw'") != 1 {
			t.Errorf("withdrawn: %+v", w)
		}
	})
}

// The same request again changes nothing, with other input it is refused; strangers find nothing.
func TestOnceAndReach(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		in := Input{What: "回访", DueOn: on(t, "2026-03-06"), MadeOn: calendar.None}
		a, err := h.svc.Make(as(li), c1East, in, "k")
		if err != nil {
			t.Fatal(err)
		}
		b, err := h.svc.Make(as(li), c1East, in, "k")
		if err != nil || a.ID != b.ID || h.facts("promise_made") != 1 {
			t.Errorf("twice: %v %v %v", a.ID, b.ID, err)
		}
		in.What = "别的"
		_, err = h.svc.Make(as(li), c1East, in, "k")
		wantCode(t, err, "promise.key_reused")
		deed := Deed{Act: ActKeep, On: calendar.None, Said: "办了"}
		for range 2 {
			if p, err := h.svc.Do(as(li), a.ID, deed, "k2"); err != nil || p.State != Kept || h.facts("promise_kept") != 1 {
				t.Errorf("%+v %v", p, err)
			}
		}
		for _, err := range []error{
			func() error { _, err := h.svc.Get(as(sun), a.ID); return err }(),
			func() error { _, err := h.svc.Do(as(sun), a.ID, deed, ""); return err }(),
			func() error { _, err := h.svc.Make(as(sun), c1East, in, ""); return err }(),
		} {
			if !db.IsNoRows(err) {
				t.Errorf("another unit: %v", err)
			}
		}
		in.OwnerID = qian
		_, err = h.svc.Make(as(li), c1East, in, "")
		wantCode(t, err, "promise.not_for_others")
		in.OwnerID, in.MadeIn, in.MadeRef = 0, InVisit, 77
		_, err = h.svc.Make(as(li), c1East, in, "")
		wantCode(t, err, "field.not_allowed")
		in.MadeIn, in.MadeRef, in.ContactID = "", 0, 5
		_, err = h.svc.Make(as(li), c1East, in, "")
		wantCode(t, err, "field.not_allowed")
		dbtest.Exec(t, d, "UPDATE customer SET archived_at = 1 WHERE id = ?", c1East)
		in.ContactID = 0
		_, err = h.svc.Make(as(li), c1East, in, "")
		wantCode(t, err, "customer.archived")
	})
}

// What whoever looks after the customer promised goes with the customer; a superior's own promise stays.
func TestGoesWithTheCustomer(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		mine := h.make(li, Input{What: "送资料", DueOn: on(t, "2026-03-06")})
		chief := h.make(qian, Input{What: "亲自登门", OwnerID: qian, DueOn: on(t, "2026-03-06")})
		dbtest.Exec(t, d, "UPDATE customer SET owner_id = ?, unit_id = ? WHERE id = ?", sun, unitWest, c1East)
		err := d.InTx(as(zhao), func(q db.Q) error {
			return h.bus.Emit(as(zhao), q, customer.EventAssigned, c1East, customer.Happened{OwnerID: sun, UnitID: unitWest})
		})
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if _, err := h.bus.Dispatch(as(zhao)); err != nil {
				t.Fatal(err)
			}
		}
		got, err := h.svc.Get(as(sun), mine.ID)
		if err != nil || got.OwnerID != sun || got.UnitID != unitWest || acts(got) != "make give" || got.Steps[1].Said != people[sun].Name {
			t.Errorf("followed: %+v %v", got, err)
		}
		if got, err := h.svc.Get(as(qian), chief.ID); err != nil || got.OwnerID != qian || got.UnitID != unitWest {
			t.Errorf("the superior's: %+v %v", got, err)
		}
	})
}

func TestListCountsExport(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		first := h.make(li, Input{What: "一", DueOn: on(t, "2026-03-03")})
		second := h.make(li, Input{What: "二", DueOn: on(t, "2026-03-04")})
		h.do(li, h.make(li, Input{What: "三", DueOn: on(t, "2026-03-05")}), Deed{Act: ActKeep, Said: "办了"})
		h.at = h.at.AddDate(0, 0, 2)
		every := Filter{From: calendar.None, To: calendar.None}
		f := every
		f.Limit, f.OwnerIDs = 2, []int64{li}
		page, next, err := h.svc.List(as(li), f)
		if err != nil || len(page) != 2 || page[0].ID != first.ID || next == "" {
			t.Fatalf("%v %q %v", page, next, err)
		}
		if f.Cursor = next; true {
			if page, next, err = h.svc.List(as(li), f); err != nil || len(page) != 1 || next != "" {
				t.Errorf("second page: %v %q %v", page, next, err)
			}
		}
		f = every
		f.States = []State{Overdue}
		if page, _, err = h.svc.List(as(qian), f); err != nil || len(page) != 1 || page[0].ID != first.ID {
			t.Errorf("overdue: %v %v", page, err)
		}
		f.States = []State{Open, Kept}
		f.Newest = true
		if page, _, err = h.svc.List(as(qian), f); err != nil || len(page) != 2 || page[1].ID != second.ID {
			t.Errorf("open and kept: %v %v", page, err)
		}
		if page, _, err = h.svc.List(as(sun), every); err != nil || len(page) != 0 {
			t.Errorf("another unit sees %v %v", page, err)
		}
		if c, err := h.svc.Counts(as(qian), every); err != nil || c.Of[Overdue] != 1 || c.Of[Open] != 1 || c.Of[Kept] != 1 || c.More {
			t.Errorf("counts: %+v %v", c, err)
		}
		x, err := h.svc.Export(as(zhao), every)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		err = sheet.WriteTable(&out, sheet.FormatCSV, "x", func(w sheet.Writer) error { return x.write(as(zhao), w, exportWords["zh"]) })
		if err != nil || strings.Count(out.String(), "东海瑞丰商贸") != 3 || !strings.Contains(out.String(), "如期兑现") {
			t.Errorf("%v\n%s", err, out.String())
		}
		_, err = h.svc.Export(as(li), every)
		if authz.GrantsOf([]string{authz.RoleCustomerManager})[authz.DutyExport] == authz.ReachNone {
			wantCode(t, err, "auth.forbidden")
		}
		f.States = []State{"lost"}
		_, _, err = h.svc.List(as(li), f)
		wantCode(t, err, "field.not_allowed")
	})
}

// A promise made in a call is found by that call; a call with somebody else is no place for it.
func TestMadeInACall(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		const call = 9001
		dbtest.Exec(t, d, `INSERT INTO phone_call (customer_id, id, by_id, unit_id, duty_id, outcome, direction, whom, phone, note, called_at, on_day, again_open, fact_id, created_at)
			VALUES (?, ?, ?, ?, 0, 'reached', 'out', '', '', '', 0, '2026-03-02', 0, 0, 0)`, c1East, call, li, unitEast)
		in := Input{What: "补寄", DueOn: on(t, "2026-03-06"), MadeOn: calendar.None, MadeIn: InCall, MadeRef: call}
		made := h.make(li, in)
		h.make(li, Input{What: "别的", DueOn: on(t, "2026-03-06")})
		f := Filter{From: calendar.None, To: calendar.None, Origins: []Origin{InCall}, MadeRef: call}
		if list, _, err := h.svc.List(as(li), f); err != nil || len(list) != 1 || list[0].ID != made.ID {
			t.Errorf("%v %v", list, err)
		}
		_, err := h.svc.Make(as(sun), c3West, in, "")
		wantCode(t, err, "field.not_allowed")
	})
}

func TestInput(t *testing.T) {
	today := on(t, "2026-03-02")
	good := Input{What: "送样", DueOn: today, MadeOn: today}
	if err := good.validate(today); err != nil {
		t.Fatal(err)
	}
	for code, change := range map[string]func(*Input){
		"field.required":          func(in *Input) { in.What = " " },
		"field.too_long":          func(in *Input) { in.Purpose = strings.Repeat("长", maxSaid+1) },
		"promise.due_before_made": func(in *Input) { in.DueOn = today.AddDays(-1) },
		"promise.too_far":         func(in *Input) { in.DueOn = today.AddDays(farthest + 1) },
		"promise.in_future":       func(in *Input) { in.MadeOn, in.DueOn = today.AddDays(1), today.AddDays(1) },
		"field.not_allowed":       func(in *Input) { in.MadeIn = "dream" },
	} {
		in := good
		change(&in)
		wantCode(t, in.validate(today), code)
	}
}
