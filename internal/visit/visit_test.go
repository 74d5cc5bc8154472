package visit

import (
	"context"
	"os"
	"regexp"
	"sort"
	"strings"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/duty"
)

// The diagram of doc.go and the table say the same.
func TestDiagramIsTheTable(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	var drawn, held []string
	for _, m := range regexp.MustCompile(`(?m)^//\t(\w+) +-> (\w+) +(\w+)`).FindAllStringSubmatch(string(doc), -1) {
		drawn = append(drawn, m[1]+" "+m[3]+" "+m[2])
	}
	for from, acts := range table {
		for act, to := range acts {
			held = append(held, string(from)+" "+string(act)+" "+string(to))
		}
	}
	sort.Strings(drawn)
	sort.Strings(held)
	if a, b := strings.Join(drawn, "\n"), strings.Join(held, "\n"); a != b || len(held) < 10 {
		t.Errorf("drawn:\n%s\nheld:\n%s", a, b)
	}
}

func TestDistance(t *testing.T) {
	tower, bund := Spot{31239700, 121499800}, Spot{31240000, 121490000}
	if m := tower.Metres(bund); m < 920 || m > 940 {
		t.Errorf("across the river: %d m", m)
	}
	if m := tower.Metres(tower); m != 0 {
		t.Errorf("to itself: %d m", m)
	}
	if (Spot{90000001, 0}).Valid() || !(Spot{-90000000, 180000000}).Valid() {
		t.Error("the poles are the ends")
	}
}

// From the plan to the report: the visit keeps its duty, becomes one fact, and shows how far from the customer it was.
func TestVisitKeepsItsDuty(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		v := h.plan(li, NewVisit{CustomerID: c1East, DutyID: dVisit, Input: Input{On: day3(t, "2026-03-03"), FromMin: 600, ToMin: 660, Purpose: "季度拜访", Theirs: []string{" 周经理 ", ""}, NeedsAppointment: true}})
		if v.State != Planned || len(v.Theirs) != 1 || v.Theirs[0] != "周经理" || v.Duty == nil || v.OwnerID != li {
			t.Fatalf("planned: %+v", v)
		}
		_, err := h.svc.Create(as(li), NewVisit{CustomerID: c1East, DutyID: dVisit, Input: Input{On: day3(t, "2026-03-04"), Purpose: "再来一次"}})
		wantCode(t, err, "visit.duty_planned")
		_, err = h.svc.Do(as(li), v.ID, Step{Act: ActArrive}, "")
		wantCode(t, err, "visit.appointment_needed")
		_, err = h.svc.Do(as(li), v.ID, Step{Act: ActReport, Report: "谈妥"}, "")
		wantCode(t, err, "visit.wrong_state")
		h.do(li, v, Step{Act: ActAsk})
		h.do(li, v, Step{Act: ActConfirm, With: "周经理", How: ByPhone})
		h.do(li, v, Step{Act: ActSetOut})
		if err := h.svc.SetPlace(as(li), c1East, Spot{31239700, 121499800}); err != nil {
			t.Fatal(err)
		}
		photo, err := h.files.Put(as(li), strings.NewReader("a photo"), "门口.jpg", "image/jpeg", 1000)
		if err != nil {
			t.Fatal(err)
		}
		h.at = time.Date(2026, 3, 3, 18, 0, 0, 0, shanghai)
		arrived := time.Date(2026, 3, 3, 10, 2, 0, 0, shanghai).UnixMicro() // sent when the phone was in reach again
		v = h.do(li, v, Step{Act: ActArrive, At: arrived, Where: &Spot{31240000, 121490000}, AccuracyM: 12, Files: []int64{photo.ID}})
		if *v.ArrivedAt != arrived || v.DistanceM == nil || *v.DistanceM < 900 || len(v.Files) != 1 || v.Files[0].Part != "arrival" {
			t.Fatalf("arrived: %+v", v)
		}
		v = h.do(li, v, Step{Act: ActReport, Report: "看了新展厅，下月追加订单。", Met: "周经理", Feedback: "送货太慢", NextOn: day3(t, "2026-04-03")})
		if v.State != Done || v.FactID == 0 {
			t.Fatalf("done: %+v", v)
		}
		kept, err := h.duties.Get(as(li), dVisit)
		if err != nil || kept.State != duty.Kept || kept.FactID != v.FactID || kept.DoneOn.String() != "2026-03-03" || len(kept.Attachments) != 1 {
			t.Fatalf("the duty: %+v %v", kept, err)
		}
		if n := h.count("SELECT COUNT(*) FROM fact WHERE customer_id = ? AND kind = 'visit'", c1East); n != 1 {
			t.Errorf("%d facts", n)
		}
		if ok, err := h.svc.MayOpen(context.Background(), people[sun], photo.ID); ok || err != nil {
			t.Errorf("somebody of another unit opens the photo: %v %v", ok, err)
		}
		if ok, _ := h.svc.MayOpen(context.Background(), people[qian], photo.ID); !ok {
			t.Error("the head of the unit cannot open the photo")
		}
	})
}

// Phones send again what they got no answer to: the same key does it once, and another input under it is refused.
func TestSameRequestOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		in := NewVisit{CustomerID: c1East, DutyID: dVisit, Key: "k1", Input: Input{On: day3(t, "2026-03-02"), Purpose: "拜访"}}
		a, b := h.plan(li, in), h.plan(li, in)
		if a.ID != b.ID || h.count("SELECT COUNT(*) FROM visit") != 1 {
			t.Fatal("planned twice")
		}
		in.Purpose = "别的"
		_, err := h.svc.Create(as(li), in)
		wantCode(t, err, "visit.key_reused")
		for _, st := range []Step{{Act: ActArrive}, {Act: ActReport, Report: "谈妥"}} {
			for range 2 {
				if _, err := h.svc.Do(as(li), a.ID, st, "key of "+string(st.Act)); err != nil {
					t.Fatalf("%s: %v", st.Act, err)
				}
			}
		}
		if n := h.count("SELECT COUNT(*) FROM fact WHERE kind = 'visit'"); n != 1 {
			t.Errorf("%d facts", n)
		}
		_, err = h.svc.Do(as(li), a.ID, Step{Act: ActReport, Report: "另一份"}, "key of report")
		wantCode(t, err, "visit.key_reused")
		in.Purpose = "拜访"
		if again := h.plan(li, in); again.State != Done {
			t.Errorf("the plan sent again after the duty was kept: %+v", again)
		}
	})
}

// A visit in which something fails leaves nothing: no state, no fact, no key.
func TestRefusedReportLeavesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		v := h.plan(li, NewVisit{CustomerID: c1East, DutyID: dVisit, Input: Input{On: day3(t, "2026-03-02"), Purpose: "拜访"}})
		v = h.do(li, v, Step{Act: ActArrive})
		dbtest.Exec(t, d, "UPDATE duty SET window_from = '2026-03-05' WHERE id = ?", dVisit)
		_, err := h.svc.Do(as(li), v.ID, Step{Act: ActReport, Report: "谈妥"}, "r")
		wantCode(t, err, "duty.before_window")
		if got, _ := h.svc.Get(as(li), v.ID); got.State != Arrived || h.count("SELECT COUNT(*) FROM visit_request") != 0 || h.count("SELECT COUNT(*) FROM fact") != 0 {
			t.Errorf("left behind: %+v", got)
		}
	})
}

func TestMoveAndCancel(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		v := h.plan(li, NewVisit{CustomerID: c1East, Input: Input{On: day3(t, "2026-03-03"), Purpose: "拜访", NeedsAppointment: true}})
		h.do(li, v, Step{Act: ActConfirm, With: "周经理", How: ByMail})
		v = h.do(li, v, Step{Act: ActMove, On: day3(t, "2026-03-05"), FromMin: 540, ToMin: 600})
		if v.State != Planned || v.On.String() != "2026-03-05" || v.FromMin != 540 || v.Appointment.At != nil {
			t.Errorf("moved: %+v", v)
		}
		_, err := h.svc.Do(as(li), v.ID, Step{Act: ActMove, On: day3(t, "2026-03-05"), FromMin: 600, ToMin: 540}, "")
		wantCode(t, err, "visit.times_reversed")
		_, err = h.svc.Do(as(li), v.ID, Step{Act: ActCancel, Reason: "  "}, "")
		wantCode(t, err, "field.required")
		v = h.do(li, v, Step{Act: ActCancel, Reason: "客户出差"})
		if v.State != Cancelled || v.State.Live() {
			t.Errorf("cancelled: %+v", v)
		}
	})
}

// What lies outside a person's reach does not exist; what one sees but does not make cannot be changed.
func TestReach(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		when := Input{On: day3(t, "2026-03-03"), Purpose: "拜访"}
		v := h.plan(qian, NewVisit{CustomerID: c1East, Input: when})
		_, err := h.svc.Get(as(sun), v.ID)
		if !db.IsNoRows(err) {
			t.Errorf("another unit's: %v", err)
		}
		_, err = h.svc.Do(as(li), v.ID, Step{Act: ActConfirm}, "")
		wantCode(t, err, "visit.not_yours")
		if _, err := h.svc.Create(as(li), NewVisit{CustomerID: c3West, Input: when}); !db.IsNoRows(err) {
			t.Errorf("another's customer: %v", err)
		}
		_, err = h.svc.Create(as(li), NewVisit{CustomerID: c1East, OwnerID: qian, Input: when})
		wantCode(t, err, "visit.not_for_others")
		if _, err := h.svc.Create(as(sun), NewVisit{CustomerID: c1East, DutyID: dVisit, Input: when}); !db.IsNoRows(err) {
			t.Errorf("another's duty: %v", err)
		}
		for who, want := range map[int64]int{li: 1, qian: 1, zhao: 1, sun: 0} {
			list, _, err := h.svc.List(as(who), Filter{From: day3(t, "2026-03-01"), To: day3(t, "2026-03-31")})
			if err != nil || len(list) != want {
				t.Errorf("%d sees %d visits, want %d: %v", who, len(list), want, err)
			}
		}
		auditor := authz.With(context.Background(), authz.Actor{UserID: 9, Grants: authz.GrantsOf([]string{authz.RoleAuditor})})
		_, err = h.svc.Create(auditor, NewVisit{CustomerID: c1East, Input: when})
		wantCode(t, err, "auth.forbidden")
	})
}

// A list of many visits comes page by page, each visit once, by its day.
func TestPages(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		for _, on := range []string{"2026-03-05", "2026-03-03", "2026-03-04", "2026-03-03", "2026-03-09"} {
			h.plan(li, NewVisit{CustomerID: c1East, Input: Input{On: day3(t, on), Purpose: "拜访"}})
		}
		var days []string
		f := Filter{From: day3(t, "2026-03-03"), To: day3(t, "2026-03-05"), Limit: 2, OwnerIDs: []int64{li}}
		for {
			list, next, err := h.svc.List(as(li), f)
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range list {
				days = append(days, v.On.String())
			}
			if f.Cursor = next; next == "" {
				break
			}
		}
		if got := strings.Join(days, " "); got != "2026-03-03 2026-03-03 2026-03-04 2026-03-05" {
			t.Error(got)
		}
	})
}
