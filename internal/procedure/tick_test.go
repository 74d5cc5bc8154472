package procedure

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
	"kezhi/internal/id"
)

// late begins cases and moves the clock behind the limit of their first step.
func late(h *house, n int) []Case {
	out := make([]Case, n)
	for i := range out {
		out[i] = h.complain()
	}
	h.move(2 * 24 * time.Hour)
	return out
}

// A case that cannot be looked at is reported and keeps none of those that share its transaction from their alarms.
func TestOneBadCaseKeepsNoOtherFromItsAlarm(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := complaintHouse(t, d)
		cases := late(h, together+9)
		spoil := map[int64]string{cases[3].ID: "state = '{'", cases[40].ID: "adoption_id = 999", cases[together+1].ID: `state = '{"status":"running","steps":{}}'`}
		err := d.InTx(system(), func(q db.Q) error {
			for n, what := range spoil {
				if _, err := q.Exec(system(), "UPDATE proc_case SET "+what+" WHERE id = ?", n); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		p, err := h.svc.PassTime(system())
		if want := int64(len(cases)); err != nil || p.Due != want || p.Failed != 3 || p.Told != want-3 {
			t.Fatalf("%+v %v", p, err)
		}
		for _, c := range cases {
			want := int64(1)
			if spoil[c.ID] != "" {
				want = 0
			}
			if n := h.count("SELECT COUNT(*) FROM proc_act WHERE case_id = ? AND act = 'tick'", c.ID); n != want {
				t.Errorf("case %s was told %d times, want %d", c.Number, n, want)
			}
		}
		if n, want := h.count("SELECT COUNT(*) FROM proc_notice WHERE user_id = ? AND code = 'overdue'", qian), int64(len(cases)-3); n != want {
			t.Errorf("%d notices, want %d", n, want)
		}
		if p, err = h.svc.PassTime(system()); err != nil || p.Due != 3 || p.Failed != 3 || p.Told != 0 {
			t.Errorf("again: %+v %v", p, err)
		}
	})
}

// What was worked out on a case that somebody changed meanwhile is not written, with all that shares its transaction; the next
// look gives every alarm.
func TestAnAlarmWorkedOutTooEarlyIsNotWritten(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := complaintHouse(t, d)
		cases := late(h, 5)
		bad, ctx := cases[2].ID, system()
		list, quiet, odd, err := h.svc.planTicks(ctx, d.Read(), []int64{cases[0].ID, bad})
		if err != nil || len(list) != 2 || len(quiet)+len(odd) != 0 {
			t.Fatalf("%d %d %d %v", len(list), len(quiet), len(odd), err)
		}
		// Somebody acts between the reading and the writing.
		if _, err := h.svc.Act(as(qian), bad, ActInput{Act: flow.Act{Kind: flow.ActComment, Reason: "看过"}}); err != nil {
			t.Fatal(err)
		}
		err = d.InTx(ctx, func(q db.Q) error {
			wr := &writing{}
			for i := range list {
				w, v := list[i].copied(q)
				if err := h.svc.gather(ctx, w, v, wr); err != nil {
					return err
				}
			}
			return wr.end(ctx, q, h.bus)
		})
		if !errors.Is(err, errRace) {
			t.Fatalf("what was worked out on an old case was written: %v", err)
		}
		if n := h.count("SELECT COUNT(*) FROM proc_act WHERE act = 'tick' AND case_id IN (?, ?)", cases[0].ID, cases[1].ID); n != 0 {
			t.Errorf("%d alarms of the undone transaction are there", n)
		}
		if p, err := h.svc.PassTime(ctx); err != nil || p.Told != 4 || p.Failed != 0 {
			t.Errorf("%+v %v", p, err) // the act at the late case gave its alarm
		}
	})
}

// The clock and people at the same cases at once: every act and every alarm is there once.
func TestTheClockAndPeopleAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := complaintHouse(t, d)
		cases := late(h, 2*together)
		done := make([]int, len(cases))
		var mu sync.Mutex
		var all sync.WaitGroup
		for p := range 4 {
			all.Go(func() {
				rng := rand.New(rand.NewPCG(11, uint64(p)))
				for range 60 {
					i := rng.IntN(len(cases))
					_, err := h.svc.Act(as(qian), cases[i].ID, ActInput{Act: flow.Act{Kind: flow.ActComment, Reason: "看过"}})
					mu.Lock()
					if err == nil {
						done[i]++
					} else if errs.KindOf(err) != errs.Conflict {
						t.Error(err)
					}
					mu.Unlock()
				}
			})
		}
		all.Go(func() {
			if p, err := h.svc.PassTime(system()); err != nil || p.Failed != 0 {
				t.Errorf("%+v %v", p, err)
			}
		})
		all.Wait()
		if p, err := h.svc.PassTime(context.WithoutCancel(system())); err != nil || p.Due != 0 {
			t.Errorf("left behind: %+v %v", p, err)
		}
		for i, c := range cases {
			comments := h.count("SELECT COUNT(*) FROM proc_act WHERE case_id = ? AND act = 'comment'", c.ID)
			alarms := h.count("SELECT COUNT(*) FROM proc_notice WHERE case_id = ? AND code = 'overdue' AND user_id = ?", c.ID, qian)
			acts := h.count("SELECT COUNT(*) FROM proc_act WHERE case_id = ?", c.ID)
			version := h.count("SELECT row_version FROM proc_case WHERE id = ?", c.ID)
			audits := h.count("SELECT COUNT(*) FROM audit_entry WHERE entity = 'case' AND entity_id = ?", id.String(c.ID))
			if comments != int64(done[i]) || alarms != 1 || acts != version || audits != acts {
				t.Errorf("case %s: %d comments of %d, %d alarms, %d acts, version %d, %d audit entries", c.Number, comments, done[i], alarms, acts, version, audits)
			}
		}
	})
}

// Another rulebook in force may put a customer's matters of a kind first, by its own scheme.
func TestAnotherRulebookPutsCustomersFirst(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := complaintHouse(t, d)
		h.mu.Lock()
		h.editions = append(h.editions, &Edition{Rulebook: "key", Version: "1.0.0", AdoptionID: 99, Priorities: []Priority{
			{Of: "complaint", Scheme: "key_accounts", Grades: []string{"strategic", "key"}}, {Of: "order", Scheme: "dealer", Grades: []string{"C"}},
		}})
		h.mu.Unlock()
		graded := func(scheme, code string) {
			h.exec("DELETE FROM standing WHERE customer_id = ?", c1East)
			h.exec(`INSERT INTO standing (customer_id, scheme, rulebook, verdict_id, code, position, reason, as_of, since, previous_code)
				VALUES (?, ?, 'b', 1, ?, 0, '', '2026-01-01', '2026-01-01', '')`, c1East, scheme, code)
		}
		for _, c := range []struct {
			scheme, code string
			want         int
		}{{"key_accounts", "key", 1}, {"key_accounts", "ordinary", ordinary}, {"dealer", "key", ordinary}, {"dealer", "C", ordinary}, {"dealer", "A", 1}} {
			graded(c.scheme, c.code)
			if got := h.complain(); got.Priority != c.want {
				t.Errorf("%s %s: priority %d, want %d", c.scheme, c.code, got.Priority, c.want)
			}
		}
		c := h.complain() // of an A
		graded("key_accounts", "ordinary")
		c = h.act(qian, c, agree())
		graded("key_accounts", "strategic")
		if c = h.act(li, c, report("10")); c.Priority != 1 {
			t.Errorf("after a form was filled: priority %d", c.Priority)
		}
	})
}

// A list gives what a person may see, whatever way leads to it, once and in order.
func TestListsGiveWhatMayBeSeen(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := complaintHouse(t, d)
		h.customer(1003, "临江同泰机电", sun, unitWest)
		var all []Case
		for i := range 24 {
			c := h.complain(func(in *StartInput) {
				if i%3 == 0 {
					in.CustomerID = 1003
				}
			})
			if i%2 == 0 {
				c = h.act([]int64{qian, sun}[btoi(i%3 == 0)], c, flow.Act{Kind: flow.ActDecide, Decision: flow.Agree})
			}
			if i%8 == 1 {
				c = h.act(zhao, c, flow.Act{Kind: flow.ActWithdraw, Reason: "误报"})
			}
			all = append(all, c)
			h.move(6 * time.Hour)
		}
		for who := range staff {
			for name, f := range map[string]Filter{
				"all": {}, "open": {Statuses: []string{flow.Running, flow.Paused}}, "withdrawn": {Statuses: []string{flow.Withdrawn}}, "newest": {Sort: SortNewest}, "mine": {Mine: true},
				"late": {Overdue: true}, "late, newest": {Overdue: true, Sort: SortNewest}, "complaints": {Procedures: []string{"complaint"}}, "waivers": {Procedures: []string{"waiver"}},
				"kind": {Kinds: []string{"complaint", "waiver"}}, "of the west": {UnitIDs: []int64{unitWest}}, "called": {Text: "受潮"}, "late and over": {Overdue: true, Statuses: []string{flow.Ended}},
			} {
				f.From, f.To, f.Limit = calendar.None, calendar.None, 5
				var got []int64
				for {
					list, next, err := h.svc.List(as(who), f)
					if err != nil {
						t.Fatal(err)
					}
					for _, c := range list {
						got = append(got, c.ID)
					}
					if f.Cursor = next; next == "" {
						break
					}
				}
				want := h.seen(who, name, all)
				f.Cursor = ""
				if n, err := h.svc.Count(as(who), f); err != nil || n != (Count{Count: int64(len(want))}) {
					t.Errorf("%s, %s: %+v counted, want %d, %v", staff[who].name, name, n, len(want), err)
				}
				slices.Sort(got)
				if !slices.Equal(got, want) {
					t.Errorf("%s, %s: %d cases, want %d: %v %v", staff[who].name, name, len(got), len(want), got, want)
				}
			}
		}
	})
}

func btoi(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// seen goes through all cases one by one, as somebody opening each of them would.
func (h *house) seen(who int64, filter string, all []Case) []int64 {
	h.t.Helper()
	var out []int64
	for _, c := range all {
		r, err := h.svc.Get(as(who), c.ID)
		if errs.KindOf(err) == errs.NotFound {
			continue
		}
		if err != nil {
			h.t.Fatal(err)
		}
		open := r.Status == flow.Running || r.Status == flow.Paused
		waits := slices.ContainsFunc(r.Seats, func(s Seat) bool { _, ok := sits(s.Holders, who); return ok })
		keep := map[string]bool{
			"all": true, "newest": true, "open": open, "withdrawn": r.Status == flow.Withdrawn, "mine": r.StartedBy == who || r.OwnerID == who || waits,
			"late": open && r.NextDueAt < h.now().UnixMicro(), "late, newest": open && r.NextDueAt < h.now().UnixMicro(), "late and over": false,
			"complaints": true, "waivers": false, "kind": true, "called": true, "of the west": r.UnitID == unitWest,
		}[filter]
		if keep {
			out = append(out, c.ID)
		}
	}
	slices.Sort(out)
	return out
}
