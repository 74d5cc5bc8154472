package visit

import (
	"testing"

	"kezhi/internal/calendar"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/duty"
)

func (h *house) happened(kind string, customerID int64) {
	h.t.Helper()
	err := h.db.InTx(as(zhao), func(q db.Q) error { return h.bus.Emit(as(zhao), q, kind, customerID, customer.Happened{}) })
	if err != nil {
		h.t.Fatal(err)
	}
	if _, err := h.bus.Dispatch(as(zhao)); err != nil {
		h.t.Fatal(err)
	}
}

// A visit that took place is reported even when its duty was settled otherwise, waived or given to somebody else meanwhile; the
// duty stays as it is.
func TestReportAfterTheDutyIsOver(t *testing.T) {
	for name, sql := range map[string]string{
		"kept":    "UPDATE duty SET state = 'kept' WHERE id = ?",
		"waived":  "UPDATE duty SET state = 'waived' WHERE id = ?",
		"dropped": "UPDATE duty SET state = 'dropped' WHERE id = ?",
		"another": "UPDATE duty SET owner_id = 103 WHERE id = ?",
	} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				h := newHouse(t, d)
				v := h.plan(li, NewVisit{CustomerID: c1East, DutyID: dVisit, Input: Input{On: day3(t, "2026-03-02"), Purpose: "拜访"}})
				v = h.do(li, v, Step{Act: ActArrive})
				dbtest.Exec(t, d, sql, dVisit)
				v = h.do(li, v, Step{Act: ActReport, Report: "谈妥"})
				if v.State != Done || v.FactID == 0 || v.DutyID != dVisit {
					t.Errorf("%+v", v)
				}
				if n := h.count("SELECT COUNT(*) FROM fact WHERE id = ? AND kind = 'visit'", v.FactID); n != 1 {
					t.Errorf("%d facts", n)
				}
				if n := h.count("SELECT COUNT(*) FROM duty WHERE id = ? AND fact_id = 0", dVisit); n != 1 {
					t.Error("the duty was touched")
				}
			})
		})
	}
}

// A customer who changes hands takes the visit along that keeps a duty; one already under way and one of a superior stay.
func TestVisitsGoWithTheirDuties(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		on := Input{On: day3(t, "2026-03-03"), Purpose: "拜访"}
		mine := h.plan(li, NewVisit{CustomerID: c1East, DutyID: dVisit, Input: on})
		const dMeeting = 5003
		h.duty(dMeeting, c1East, "meeting", li, unitEast, "2026-03-06")
		chief := h.plan(qian, NewVisit{CustomerID: c1East, DutyID: dMeeting, Input: on})
		dbtest.Exec(t, d, "UPDATE customer SET owner_id = ?, unit_id = ? WHERE id = ?", sun, unitWest, c1East)
		h.happened(customer.EventAssigned, c1East)
		if got, err := h.duties.Get(as(sun), dVisit); err != nil || got.OwnerID != sun || got.State != duty.Open {
			t.Fatalf("the duty: %+v %v", got, err)
		}
		got, err := h.svc.Get(as(sun), mine.ID)
		if err != nil || got.OwnerID != sun || got.UnitID != unitWest || got.Version != mine.Version+1 {
			t.Fatalf("%+v %v", got, err)
		}
		if got, err = h.svc.Get(as(zhao), chief.ID); err != nil || got.OwnerID != qian {
			t.Errorf("the superior's: %+v %v", got, err)
		}
		h.do(sun, mine, Step{Act: ActSetOut})
		dbtest.Exec(t, d, "UPDATE customer SET owner_id = ?, unit_id = ? WHERE id = ?", li, unitEast, c1East)
		h.happened(customer.EventAssigned, c1East)
		if got, err = h.svc.Get(as(zhao), mine.ID); err != nil || got.OwnerID != sun {
			t.Errorf("under way: %+v %v", got, err)
		}
	})
}

// Nobody goes to an archived customer; who is there already reports.
func TestVisitsToArchivedCustomersAreCancelled(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		on := Input{On: day3(t, "2026-03-02"), Purpose: "拜访"}
		ahead, there := h.plan(li, NewVisit{CustomerID: c1East, Input: on}), h.plan(li, NewVisit{CustomerID: c1East, Input: on})
		h.do(li, there, Step{Act: ActArrive})
		h.happened(customer.EventArchived, c1East)
		if got, err := h.svc.Get(as(li), ahead.ID); err != nil || got.State != Cancelled || got.Reason == "" {
			t.Errorf("%+v %v", got, err)
		}
		if got, err := h.svc.Get(as(li), there.ID); err != nil || got.State != Arrived {
			t.Errorf("%+v %v", got, err)
		}
	})
}

// Somebody with own reach sees one's own calls and visits and those of others with one's customers, each once and page by page.
func TestBothWaysOfOnesOwnList(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		on := Input{On: day3(t, "2026-03-03"), Purpose: "拜访"}
		for _, who := range []int64{li, qian, li, qian, qian} {
			h.plan(who, NewVisit{CustomerID: c1East, Input: on})
			if _, err := h.svc.LogCall(as(who), c1East, CallInput{Outcome: NotReached}, ""); err != nil {
				t.Fatal(err)
			}
		}
		h.plan(sun, NewVisit{CustomerID: c3West, Input: on})
		if _, err := h.svc.LogCall(as(sun), c3West, CallInput{Outcome: NotReached}, ""); err != nil {
			t.Fatal(err)
		}
		visits, calls := map[int64]bool{}, map[int64]bool{}
		for f := (Filter{From: calendar.None, To: calendar.None, Limit: 2}); ; {
			list, next, err := h.svc.List(as(li), f)
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range list {
				if visits[v.ID] {
					t.Error("twice")
				}
				visits[v.ID] = true
			}
			if f.Cursor = next; next == "" {
				break
			}
		}
		for f := (CallFilter{Limit: 2}); ; {
			list, next, err := h.svc.Calls(as(li), f)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range list {
				if calls[c.ID] {
					t.Error("twice")
				}
				calls[c.ID] = true
			}
			if f.Cursor = next; next == "" {
				break
			}
		}
		if len(visits) != 5 || len(calls) != 5 {
			t.Errorf("%d visits, %d calls", len(visits), len(calls))
		}
	})
}
