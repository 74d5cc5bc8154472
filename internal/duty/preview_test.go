package duty

import (
	"strings"
	"testing"

	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/id"
	"kezhi/internal/job"
	"kezhi/internal/rule"
)

func TestAGradeIsSeenBeforeItIsPlanned(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		monthly := visit(period(t, "P1M"))
		monthly.Key, monthly.Minutes = "a_visit", 90
		h.more("A", monthly)
		h.more("A", factRule(rule.Span{Working: 5}))
		h.more("A", dayRule("P3D", birthday, midAutumn))
		seminar := visit(period(t, "P3M"))
		seminar.Key, seminar.EachGrade, seminar.By, seminar.Minutes = "seminar", true, "director", 480
		h.more("A", seminar)
		p, err := h.svc.PreviewGrade(as(li), Asked{Rulebook: "dealers"}, "dealer", "A")
		if err != nil || p.Version != "1.0.0" || len(p.Items) != 4 || p.To-p.From != previewDays {
			t.Fatalf("%+v %v", p, err)
		}
		for i, want := range []struct {
			days, own, times int
			minutes          int64
		}{{12, 0, 12, 12 * 90}, {0, 0, 0, 0}, {1, 1, 2, 0}, {4, 0, 4, 4 * 480}} {
			x := &p.Items[i]
			if len(x.Days) != want.days || len(x.Own) != want.own || x.Times() != want.times || x.Minutes() != want.minutes || len(x.Impossible) != 0 {
				t.Errorf("%s: %d days, own %v, %d times, %d minutes, impossible %v", x.Rule.Key, len(x.Days), x.Own, x.Times(), x.Minutes(), x.Impossible)
			}
		}
		if n := h.count("SELECT COUNT(*) FROM duty"); n != 0 {
			t.Errorf("%d duties were stored", n)
		}
		p, err = h.svc.PreviewGrade(as(li), Asked{"dealers", "2.0.0"}, "dealer", "A")
		if err != nil || len(p.Items) != 8 {
			t.Errorf("a version that is not in force: %d duties, %v", len(p.Items), err)
		}
		h.off = true
		_, err = h.svc.PreviewGrade(as(li), Asked{Rulebook: "dealers"}, "dealer", "A")
		wantCode(t, err, "rulebook.unknown_version")
	})
}

// What is foreseen is what the planning of the same days then opens, by person and month, and the same again afterwards.
func TestWhatIsForeseenIsWhatIsPlanned(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := busyHouse(t, d)
		before := h.foresee("")
		if n := h.count("SELECT COUNT(*) FROM duty"); n != 0 {
			t.Fatalf("%d duties were stored", n)
		}
		until := day(t, before.To)
		if _, err := h.svc.PlanRange(system(), "dealers", h.svc.Today(), until); err != nil {
			t.Fatal(err)
		}
		after := h.foresee("")
		if before.Duties != after.Duties || before.Duties != h.count("SELECT COUNT(*) FROM duty") || before.Duties < 40 {
			t.Fatalf("foreseen %d and then %d, planned %d", before.Duties, after.Duties, h.count("SELECT COUNT(*) FROM duty"))
		}
		if before.Customers != 3 || len(before.Months) != 12 || before.Months[0] != "2026-03-01" {
			t.Errorf("%d customers, months %v", before.Customers, before.Months)
		}
		if len(before.Impossible) != 1 || before.Impossible[0].Reason != NoDate || before.Impossible[0].Count != 3 {
			t.Errorf("impossible: %+v", before.Impossible)
		}
		for i, p := range before.People {
			for m, month := range p.Months {
				first := day(t, before.Months[m])
				stored := h.count("SELECT COUNT(*) FROM duty WHERE owner_id = ? AND due_on >= ? AND due_on < ?", idOf(t, p.OwnerID), first, first.AddMonths(1))
				if month.Duties != stored || after.People[i].Months[m] != month {
					t.Errorf("%s in %s: foreseen %+v, then %+v, planned %d", p.OwnerName, first, month, after.People[i].Months[m], stored)
				}
			}
		}
		work, twice := h.foresee(""), h.foresee("2.0.0")
		if twice.Duties <= work.Duties*3/2 || twice.Version != "2.0.0" {
			t.Errorf("the version that asks for more: %d after %d", twice.Duties, work.Duties)
		}
	})
}

func TestForesightKnowsAbsencesAndOtherRulebooks(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := busyHouse(t, d)
		h.exec(`INSERT INTO absence (id, user_id, substitute_id, from_on, until_on, reason, created_by, created_at, updated_at) VALUES (1, ?, 0, '2026-04-01', '2026-04-30', '', 0, 0, 0)`, li)
		h.exec(`INSERT INTO standing (customer_id, scheme, rulebook, verdict_id, code, position, reason, as_of, since, previous_code)
			VALUES (?, 'other', 'others', 78, 'A', 0, '', '2026-03-01', '2026-03-01', '')`, c3West)
		f := h.foresee("")
		for _, p := range f.People {
			switch p.OwnerID {
			case "104":
				if p.Months[0].Days != 22 || p.Months[1].Days != 0 || p.Months[1].Duties != 0 {
					t.Errorf("who is away in April: %+v %+v", p.Months[0], p.Months[1])
				}
			case "103":
				if p.Months[2].OtherMinutes == 0 || p.Months[2].Minutes == 0 {
					t.Errorf("the other rulebook: %+v", p.Months[2])
				}
			}
		}
		_, err := h.svc.StartForesight(as(qian), Asked{Rulebook: "dealers"})
		wantCode(t, err, "auth.forbidden")
		n, err := h.svc.StartForesight(system(), Asked{Rulebook: "dealers"})
		if err != nil {
			t.Fatal(err)
		}
		j, err := h.run.RunJob(system(), n)
		if err != nil || j.State != job.Done || h.count("SELECT COUNT(*) FROM duty") != 0 {
			t.Errorf("%+v %v", j, err)
		}
	})
}

// busyHouse has three graded customers under a plan of visits, greetings and a seminar.
func busyHouse(t *testing.T, d *db.DB) *house {
	t.Helper()
	h := newHouse(t, d)
	for _, every := range []string{"P1M", "P2M"} {
		r := visit(period(t, every))
		r.Key, r.EveryText, r.By, r.Minutes = "visit_"+every, every, RoleOwner, 60
		h.more("A", r)
	}
	leaders := visit(period(t, "P6M"))
	leaders.Key, leaders.EveryText, leaders.By, leaders.Minutes = "leaders", "P6M", "director", 120
	h.more("A", leaders)
	h.more("A", dayRule("P3D", birthday, midAutumn))
	seminar := visit(period(t, "P3M"))
	seminar.Key, seminar.EveryText, seminar.EachGrade, seminar.By, seminar.Scheme, seminar.Minutes = "seminar", "P3M", true, "director", "dealer", 480
	h.more("A", seminar)
	h.shared = h.rules["A"][len(h.rules["A"])-1:]
	for _, c := range []int64{c1East, c2East, c3West} {
		h.grade(c, "A", "2026-01-15")
	}
	return h
}

func idOf(t *testing.T, text string) int64 {
	t.Helper()
	n, err := id.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func (h *house) foresee(version string) Foresight {
	h.t.Helper()
	f, err := h.svc.Foresee(system(), Asked{"dealers", version}, func(int64) error { return nil })
	if err != nil {
		h.t.Fatal(err)
	}
	return f
}

// The duties of a chunk are found by their customers, not by reading all of the rulebook.
func TestDutiesOfAChunkAreReadByCustomer(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if d.Dialect() != db.SQLite {
			t.Skip("SQLite tells its plan without figures")
		}
		plan, err := db.List(system(), d.Read(), "EXPLAIN QUERY PLAN "+existingSQL, []any{1, 500, "dealers"}, func(r db.Rows) (string, error) { return string(r.Bytes(3)), nil })
		if err != nil || len(plan) != 1 || !strings.Contains(plan[0], "customer_id>? AND customer_id<?") {
			t.Errorf("%q %v", plan, err)
		}
	})
}
