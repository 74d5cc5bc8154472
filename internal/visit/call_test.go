package visit

import (
	"strings"
	"testing"
	"time"

	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/duty"
)

// A call in which nobody was reached is an attempt: it keeps no duty. Ringing again settles what was to be rung again.
func TestCalls(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		log := func(in CallInput, key string) Call {
			t.Helper()
			c, err := h.svc.LogCall(as(li), c1East, in, key)
			if err != nil {
				t.Fatal(err)
			}
			return c
		}
		again := h.at.Add(2 * time.Hour).UnixMicro()
		first := log(CallInput{DutyID: dCall, Outcome: CallAgain, AgainAt: again, Whom: "周经理", Phone: "13800000000"}, "")
		log(CallInput{DutyID: dCall, Outcome: NotReached}, "")
		if n := h.count("SELECT COUNT(*) FROM fact WHERE kind = 'attempt'"); n != 2 || !first.AgainOpen {
			t.Errorf("%d attempts, %+v", n, first)
		}
		if got, err := h.duties.Get(as(li), dCall); err != nil || got.State != duty.Open {
			t.Errorf("the duty after attempts: %v %v", got.State, err)
		}
		if list, _, err := h.svc.Calls(as(li), CallFilter{Again: true, Mine: true}); err != nil || len(list) != 0 {
			t.Errorf("rung again, and still to be rung: %v %v", list, err)
		}
		log(CallInput{Outcome: CallAgain, AgainAt: again}, "")
		if list, _, err := h.svc.Calls(as(qian), CallFilter{Again: true}); err != nil || len(list) != 1 {
			t.Errorf("the head of the unit sees %v %v", list, err)
		}
		if list, _, err := h.svc.Calls(as(sun), CallFilter{}); err != nil || len(list) != 0 {
			t.Errorf("another unit sees %v %v", list, err)
		}
		reached := CallInput{DutyID: dCall, Outcome: Reached, Note: "谈了下季度的量"}
		a, b := log(reached, "k"), log(reached, "k")
		if a.ID != b.ID || a.FactID == 0 || h.count("SELECT COUNT(*) FROM fact WHERE kind = 'call'") != 1 {
			t.Errorf("sent twice: %+v %+v", a, b)
		}
		if got, _ := h.duties.Get(as(li), dCall); got.State != duty.Kept || got.FactID != a.FactID {
			t.Errorf("the duty: %+v", got)
		}
		if list, _, _ := h.svc.Calls(as(li), CallFilter{Again: true}); len(list) != 0 {
			t.Errorf("still to be rung again: %v", list)
		}
		reached.Note = "别的"
		_, err := h.svc.LogCall(as(li), c1East, reached, "k")
		wantCode(t, err, "visit.key_reused")
		_, err = h.svc.LogCall(as(li), c1East, reached, "k2")
		wantCode(t, err, "visit.duty_over")
		if _, err := h.svc.LogCall(as(sun), c1East, CallInput{Outcome: NotReached}, ""); !db.IsNoRows(err) {
			t.Errorf("another's customer: %v", err)
		}
	})
}

func TestCallInput(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, shanghai)
	for code, in := range map[string]CallInput{
		"field.not_allowed": {Outcome: "maybe"},
		"visit.note_needed": {Outcome: Reached, Note: " "},
		"visit.again_ahead": {Outcome: CallAgain, AgainAt: now.UnixMicro()},
		"visit.in_future":   {Outcome: NotReached, At: now.Add(time.Hour).UnixMicro()},
		"field.too_long":    {Outcome: NotReached, Note: strings.Repeat("长", maxReport+1)},
	} {
		wantCode(t, in.Validate(now), code)
	}
}
