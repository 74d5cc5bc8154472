package visit

import (
	"fmt"
	"testing"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/duty"
	"kezhi/internal/files"
)

// A visit keeps only duties that ask for a visit, a call only those a call can keep; with an archived customer neither is begun.
func TestWhatAVisitAndACallMayBeFor(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		const dGreeting = 5003
		h.duty(dGreeting, c1East, "greeting", li, unitEast, "2026-03-06")
		on := Input{On: day3(t, "2026-03-03"), Purpose: "拜访"}
		for _, wrong := range []int64{dCall, dGreeting} {
			_, err := h.svc.Create(as(li), NewVisit{CustomerID: c1East, DutyID: wrong, Input: on})
			wantCode(t, err, "visit.other_duty")
		}
		call := CallInput{Outcome: Reached, Note: "谈了交期"}
		call.DutyID = dVisit
		_, err := h.svc.LogCall(as(li), c1East, call, "")
		wantCode(t, err, "visit.other_duty")
		call.DutyID = dGreeting
		if _, err := h.svc.LogCall(as(li), c1East, call, ""); err != nil {
			t.Fatal(err)
		}
		dbtest.Exec(t, d, "UPDATE customer SET archived_at = 1 WHERE id = ?", c1East)
		for _, dutyID := range []int64{0, dVisit} {
			_, err = h.svc.Create(as(li), NewVisit{CustomerID: c1East, DutyID: dutyID, Input: on})
			wantCode(t, err, "customer.archived")
		}
		_, err = h.svc.LogCall(as(li), c1East, CallInput{Outcome: NotReached}, "")
		wantCode(t, err, "customer.archived")
		if n := h.count("SELECT COUNT(*) FROM visit") + h.count("SELECT COUNT(*) FROM phone_call"); n != 1 {
			t.Errorf("%d visits and calls", n)
		}
	})
}

// Photos that went up before the network was lost are still there when the act they belong to is told on the last day.
func TestPhotosOutliveTheActsThatWait(t *testing.T) {
	if files.KeepUnused <= KeptFor {
		t.Errorf("uploads are kept for %v, acts wait for %v", files.KeepUnused, KeptFor)
	}
}

// What a phone kept is told with the moment it happened, for seven days; both moments stay, and telling it again does it once.
func TestWhatAPhoneKept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		v := h.plan(li, NewVisit{CustomerID: c1East, DutyID: dVisit, Input: Input{On: day3(t, "2026-03-02"), Purpose: "拜访"}})
		happened := h.at.Add(time.Hour)
		h.at = h.at.Add(3 * 24 * time.Hour)
		_, err := h.svc.Do(as(li), v.ID, Step{Act: ActArrive, At: h.at.Add(clockDrift + time.Minute).UnixMicro()}, "")
		wantCode(t, err, "visit.in_future")
		_, err = h.svc.Do(as(li), v.ID, Step{Act: ActArrive, At: h.at.Add(-KeptFor - time.Minute).UnixMicro()}, "")
		wantCode(t, err, "visit.too_long_ago")
		acts := []Step{
			{Act: ActSetOut, At: happened.UnixMicro()},
			{Act: ActArrive, At: happened.Add(time.Hour).UnixMicro()},
			{Act: ActReport, At: happened.Add(2 * time.Hour).UnixMicro(), Report: "谈妥"},
		}
		for range 2 { // the answers of the first time were lost
			for i, st := range acts {
				if v, err = h.svc.Do(as(li), v.ID, st, []string{"a", "b", "c"}[i]); err != nil {
					t.Fatal(err)
				}
			}
		}
		told := h.at.UnixMicro()
		if v.State != Done || v.Version != 4 || *v.SetOutAt != acts[0].At || *v.ArrivedAt != acts[1].At || *v.ArrivalToldAt != told || *v.ReportedAt != acts[2].At || *v.DoneAt != told {
			t.Errorf("%+v", v)
		}
		if v.On.String() != "2026-03-02" {
			t.Errorf("on %s", v.On)
		}
		if got, err := h.duties.Get(as(li), dVisit); err != nil || got.State != duty.Kept || got.DoneOn != v.On {
			t.Errorf("%+v %v", got, err)
		}
		dbtest.Exec(t, d, "UPDATE visit SET owner_id = ? WHERE id = ?", qian, v.ID)
		if got, err := h.svc.Do(as(li), v.ID, acts[2], "c"); err != nil || got.Report != "谈妥" {
			t.Errorf("what was answered before: %+v %v", got, err)
		}
		dbtest.Exec(t, d, "UPDATE visit SET unit_id = ?, report = '后来的' WHERE id = ?", unitWest, v.ID)
		dbtest.Exec(t, d, "UPDATE customer SET owner_id = ?, unit_id = ? WHERE id = ?", sun, unitWest, c1East)
		if got, err := h.svc.Do(as(li), v.ID, acts[2], "c"); err != nil || got.State != Done || got.Report != "" || got.Files != nil {
			t.Errorf("what was answered before, out of reach by now: %+v %v", got, err)
		}
	})
}

// The agenda holds visits and the duties no visit is planned for, within reach; days off are named.
func TestAgenda(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.duty(5003, c3West, "visit", sun, unitWest, "2026-03-05")
		v := h.plan(li, NewVisit{CustomerID: c1East, DutyID: dVisit, Input: Input{On: day3(t, "2026-03-03"), Purpose: "拜访"}})
		gone := h.plan(li, NewVisit{CustomerID: c1East, Input: Input{On: day3(t, "2026-03-04"), Purpose: "顺路"}})
		h.do(li, gone, Step{Act: ActCancel, Reason: "改电话"})
		dbtest.Exec(t, d, "INSERT INTO absence (id, user_id, substitute_id, from_on, until_on, reason, created_by, created_at, updated_at) VALUES (1, ?, 0, '2026-03-04', '2026-03-04', '', 1, 1, 1)", li)
		from, to := day3(t, "2026-03-02"), day3(t, "2026-03-08")
		a, err := h.svc.AgendaOf(as(li), from, to, []int64{li})
		if err != nil || len(a.Days) != 7 || len(a.Visits) != 1 || a.Visits[0].ID != v.ID || len(a.Duties) != 1 || a.Duties[0].ID != dCall || a.More {
			t.Fatalf("%+v %v", a, err)
		}
		if !a.Days[0].Working || a.Days[6].Working || !a.Days[2].Away || a.Days[1].Away {
			t.Errorf("%+v", a.Days)
		}
		if a, err = h.svc.AgendaOf(as(zhao), from, to, nil); err != nil || len(a.Duties) != 2 || len(a.Visits) != 1 || a.Days[2].Away {
			t.Errorf("the director: %+v %v", a, err)
		}
		if a, err = h.svc.AgendaOf(as(sun), from, to, nil); err != nil || len(a.Duties) != 1 || len(a.Visits) != 0 {
			t.Errorf("the west: %+v %v", a, err)
		}
		holiday, err := h.svc.AgendaOf(as(li), day3(t, "2026-01-01"), day3(t, "2026-01-01"), nil)
		if err != nil || holiday.Days[0].Working || holiday.Days[0].NameZh == "" || holiday.Days[0].NameEn == "" {
			t.Errorf("%+v %v", holiday.Days, err)
		}
		_, err = h.svc.AgendaOf(as(li), from, from.AddDays(42), nil)
		wantCode(t, err, "visit.agenda_too_long")
		_, err = h.svc.AgendaOf(as(li), to, from, nil)
		wantCode(t, err, "duty.range_reversed")
		_, err = h.svc.AgendaOf(as(li), calendar.None, to, nil)
		wantCode(t, err, "field.required")
	})
}

// However many duties have a visit, those without one are found behind them.
func TestAgendaLooksBehindWhatIsPlanned(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		for i := range int64(maxAgenda + 30) {
			h.duty(6000+i, c1East, fmt.Sprint("visit", i), li, unitEast, fmt.Sprint("2026-03-0", 3+i%2))
		}
		dbtest.Exec(t, d, `INSERT INTO visit (customer_id, id, owner_id, unit_id, duty_id, state, on_day, from_min, to_min, purpose, place, ours, theirs, needs_appointment, report, met, feedback,
			reason, fact_id, version, created_by, created_at, updated_at) SELECT customer_id, id, owner_id, unit_id, id, 'planned', '2026-03-20', 0, 0, '', '', '[]', '[]', 0, '', '', '', '', 0, 1, 1, 1, 1
			FROM duty WHERE id >= 6000`)
		on := day3(t, "2026-03-04")
		a, err := h.svc.AgendaOf(as(li), on, on.AddDays(3), []int64{li})
		if err != nil || len(a.Duties) != 2 || a.Duties[0].ID != dVisit || a.More {
			t.Errorf("%d duties, more %v, %v", len(a.Duties), a.More, err)
		}
		dbtest.Exec(t, d, "UPDATE visit SET state = 'cancelled'")
		if a, err = h.svc.AgendaOf(as(li), on.AddDays(-1), on.AddDays(3), []int64{li}); err != nil || len(a.Duties) != maxAgenda || !a.More {
			t.Errorf("%d duties, more %v, %v", len(a.Duties), a.More, err)
		}
	})
}

// A week is proposed from what is owed: what is planned already is not proposed, who is away or archived is left out, and what is accepted
// is gone from the next proposal.
func TestProposedWeek(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		const c2East, c4East = 1002, 1004
		dbtest.Customer(t, d, c2East, "C2", "东海长顺五金", li, unitEast)
		dbtest.Customer(t, d, c4East, "C4", "东海旧客户", li, unitEast)
		dbtest.Exec(t, d, "UPDATE customer SET region = '440606', address = '广东省佛山市顺德区五金路8号' WHERE id IN (?, ?)", c1East, c2East)
		dbtest.Exec(t, d, "UPDATE customer SET archived_at = 1 WHERE id = ?", c4East)
		h.duty(5003, c2East, "visit", li, unitEast, "2026-03-13")
		h.duty(5004, c4East, "visit", li, unitEast, "2026-03-06")
		h.duty(5005, c3West, "visit", sun, unitWest, "2026-03-06")
		h.duty(5006, c2East, "visit", li, unitEast, "2026-03-16")
		dbtest.Exec(t, d, "UPDATE duty SET window_from = '2026-03-05' WHERE id = 5003")
		w, err := h.svc.ProposeWeek(as(li), day3(t, "2026-03-04"), li, 4)
		if err != nil || len(w.Days) != 7 || len(w.Left) != 0 || w.More {
			t.Fatalf("%+v %v", w, err)
		}
		if got := w.Days[0].Proposed; len(got) != 1 || got[0].Duty.ID != dVisit || got[0].Overdue {
			t.Fatalf("%+v", w.Days)
		}
		if got := w.Days[3].Proposed; len(got) != 1 || got[0].Duty.ID != 5003 {
			t.Fatalf("%+v", w.Days)
		}
		h.plan(li, NewVisit{CustomerID: c1East, DutyID: dVisit, Input: Input{On: day3(t, "2026-03-06"), Purpose: "拜访"}})
		w, err = h.svc.ProposeWeek(as(li), day3(t, "2026-03-04"), li, 4)
		if err != nil || len(w.Days[0].Proposed) != 0 || len(w.Days[4].Fixed) != 1 || len(w.Days[4].Proposed) != 1 {
			t.Fatalf("%+v %v", w, err)
		}
		if p := w.Days[4].Proposed[0]; p.Duty.ID != 5003 || p.Near != SameStreet || p.NearTo != "东海瑞丰商贸" || p.NearM != nil {
			t.Errorf("%+v", p)
		}
		dbtest.Exec(t, d, "INSERT INTO customer_place (customer_id, lat_e6, lon_e6, set_by, set_at) VALUES (?, 31239700, 121499800, 1, 1), (?, 31240000, 121490000, 1, 1)", c1East, c2East)
		if w, err = h.svc.ProposeWeek(as(li), day3(t, "2026-03-04"), li, 4); err != nil || w.Days[4].Proposed[0].NearM == nil || *w.Days[4].Proposed[0].NearM < 900 {
			t.Errorf("%+v %v", w.Days[4], err)
		}
		if w, err = h.svc.ProposeWeek(as(li), day3(t, "2026-03-04"), li, 1); err != nil || len(w.Days[3].Proposed) != 1 || len(w.Days[4].Proposed) != 0 {
			t.Errorf("one a day: %+v %v", w.Days, err)
		}
		h.at = time.Date(2026, 3, 9, 9, 0, 0, 0, shanghai)
		dbtest.Exec(t, d, "INSERT INTO absence (id, user_id, substitute_id, from_on, until_on, reason, created_by, created_at, updated_at) VALUES (1, ?, 0, '2026-03-09', '2026-03-13', '', 1, 1, 1)", li)
		if w, err = h.svc.ProposeWeek(as(li), day3(t, "2026-03-09"), li, 4); err != nil || len(w.Left) != 2 || w.Left[0].Why != NoDay {
			t.Errorf("away: %+v %v", w.Left, err)
		}
		dbtest.Exec(t, d, "DELETE FROM absence")
		once := func(why string, proposed int) {
			t.Helper()
			w, err := h.svc.ProposeWeek(as(li), day3(t, "2026-03-09"), li, 4)
			n := 0
			for _, day := range w.Days {
				n += len(day.Proposed)
			}
			if err != nil || n != proposed || len(w.Left) != 2-proposed || w.Left[0].Why != SameCustomer {
				t.Errorf("%s: %d proposed, left %+v, %v", why, n, w.Left, err)
			}
		}
		once("two duties for one customer", 1)
		h.plan(li, NewVisit{CustomerID: c2East, Input: Input{On: day3(t, "2026-03-10"), Purpose: "送样"}})
		once("somebody goes there anyhow", 0)
		_, err = h.svc.ProposeWeek(as(li), day3(t, "2026-03-09"), li, 13)
		wantCode(t, err, "field.not_allowed")
	})
}
