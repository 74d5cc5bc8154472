package visit

import (
	"testing"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/duty"
)

// reported makes a visit on the spot and reports it with the day of the next one.
func (h *house) reported(who int64, next string) Visit {
	h.t.Helper()
	v := h.plan(who, NewVisit{CustomerID: c1East, Input: Input{On: h.svc.Today(), Purpose: "顺路拜访"}})
	h.do(who, v, Step{Act: ActArrive})
	return h.do(who, v, Step{Act: ActReport, Report: "谈妥", Met: "周经理", NextOn: day3(h.t, next)})
}

func (h *house) ahead(who int64) []Visit {
	h.t.Helper()
	list, _, err := h.svc.List(as(who), Filter{From: calendar.None, To: calendar.None, CustomerID: c1East, States: []State{Planned, Asked, Confirmed}})
	if err != nil {
		h.t.Fatal(err)
	}
	return list
}

// What was agreed in a report is planned for the customer's owner, once; another report moves it.
func TestNextVisitIsPlanned(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		told := h.reported(qian, "2026-03-10")
		list := h.ahead(li)
		if len(list) != 1 || list[0].OwnerID != li || list[0].On.String() != "2026-03-10" || list[0].State != Confirmed || list[0].AgreedIn != told.ID ||
			list[0].Appointment.With != "周经理" || list[0].Appointment.How != InPerson || list[0].DutyID != 0 {
			t.Fatalf("planned: %+v", list)
		}
		again := h.reported(li, "2026-03-12")
		if moved := h.ahead(li); len(moved) != 1 || moved[0].ID != list[0].ID || moved[0].On.String() != "2026-03-12" || moved[0].AgreedIn != again.ID {
			t.Errorf("agreed anew: %+v", moved)
		}
		h.do(li, list[0], Step{Act: ActCancel, Reason: "客户出差"})
		h.plan(li, NewVisit{CustomerID: c1East, Input: Input{On: day3(t, "2026-03-11"), Purpose: "送样"}})
		h.reported(li, "2026-03-11")
		if same := h.ahead(li); len(same) != 1 || same[0].AgreedIn != 0 {
			t.Errorf("somebody goes there that day anyhow: %+v", same)
		}
		v := h.plan(li, NewVisit{CustomerID: c1East, Input: Input{On: h.svc.Today(), Purpose: "顺路拜访"}})
		h.do(li, v, Step{Act: ActArrive})
		_, err := h.svc.Do(as(li), v.ID, Step{Act: ActReport, Report: "谈妥", NextOn: h.svc.Today()}, "")
		wantCode(t, err, "visit.next_behind")
	})
}

// A next visit keeps the duty that is due around its day, so that the week does not propose the customer once more.
func TestNextVisitKeepsTheDutyOfItsDay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.reported(li, "2026-03-05")
		list := h.ahead(li)
		if len(list) != 1 || list[0].DutyID != dVisit || list[0].Purpose != "拜访" {
			t.Fatalf("planned: %+v", list)
		}
		week, err := h.svc.ProposeWeek(as(li), h.svc.Today(), li, 4)
		if err != nil {
			t.Fatal(err)
		}
		fixed := 0
		for _, day := range week.Days {
			for _, v := range day.Fixed {
				if v.ID == list[0].ID {
					fixed++
				}
			}
			if len(day.Proposed) != 0 {
				t.Errorf("proposed all the same: %+v", day.Proposed)
			}
		}
		if fixed != 1 {
			t.Errorf("stands %d times in the week", fixed)
		}
		dbtest.Exec(t, d, "UPDATE customer SET archived_at = 1 WHERE id = ?", c1East)
		v := h.ahead(li)[0]
		h.do(li, v, Step{Act: ActArrive})
		h.do(li, v, Step{Act: ActReport, Report: "谈妥", NextOn: day3(t, "2026-03-20")})
		if left := h.ahead(li); len(left) != 0 {
			t.Errorf("an archived customer is visited again: %+v", left)
		}
	})
}

// Where the regulation asks for an appointment nobody goes without one, or without saying why.
func TestAppointmentFirst(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		dbtest.Exec(t, d, "UPDATE duty SET appointment = 1 WHERE id = ?", dVisit)
		_, err := h.duties.Do(as(li), dVisit, duty.Evidence{Note: "去过了", On: h.svc.Today()})
		wantCode(t, err, "duty.appointment_first")
		v := h.plan(li, NewVisit{CustomerID: c1East, DutyID: dVisit, Input: Input{On: day3(t, "2026-03-03"), Purpose: "首访"}})
		if !v.NeedsAppointment || !v.Duty.Appointment {
			t.Fatalf("the duty asks for one: %+v", v)
		}
		for _, act := range []Act{ActSetOut, ActArrive} {
			_, err = h.svc.Do(as(li), v.ID, Step{Act: act, NoAppointment: "  "}, "")
			wantCode(t, err, "visit.appointment_needed")
		}
		_, err = h.svc.Do(as(li), v.ID, Step{Act: ActConfirm, With: "周经理"}, "")
		wantCode(t, err, "field.required")
		_, err = h.svc.Do(as(li), v.ID, Step{Act: ActConfirm, With: "周经理", How: "smoke"}, "")
		wantCode(t, err, "field.not_allowed")
		v = h.do(li, v, Step{Act: ActConfirm, With: "周经理", How: ByReferral, On: day3(t, "2026-03-04"), FromMin: 600, ToMin: 660})
		if v.On.String() != "2026-03-04" || v.FromMin != 600 || v.Appointment.With != "周经理" || v.Appointment.How != ByReferral || v.Appointment.At == nil {
			t.Fatalf("agreed: %+v", v)
		}
		v = h.do(li, v, Step{Act: ActMove, On: day3(t, "2026-03-05")})
		v = h.do(li, v, Step{Act: ActAsk})
		_, err = h.svc.Do(as(li), v.ID, Step{Act: ActArrive}, "")
		wantCode(t, err, "visit.appointment_needed")
		v = h.do(li, v, Step{Act: ActArrive, NoAppointment: "客户临时来电请去"})
		if v.State != Arrived || v.NoAppointment != "客户临时来电请去" {
			t.Fatalf("without one: %+v", v)
		}
		h.do(li, v, Step{Act: ActReport, Report: "谈妥"})
		if kept, err := h.duties.Get(as(li), dVisit); err != nil || kept.State != duty.Kept {
			t.Errorf("the duty: %+v %v", kept, err)
		}
	})
}
