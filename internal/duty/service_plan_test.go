package duty

import (
	"testing"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/job"
	"kezhi/internal/rule"
)

func (h *house) more(grade string, r rule.DutyRule) {
	if r.Grades == nil {
		r.Grades = []string{grade}
	}
	r.Title, r.Clause = rule.Text{Zh: "义务", En: "Duty"}, "7.1"
	h.rules[grade] = append(h.rules[grade], r)
}

func (h *house) delivered(customerID, factID int64, on, attrs string, reverses int64) {
	h.t.Helper()
	h.exec(`INSERT INTO fact (customer_id, occurred_on, id, kind, currency, status, document, product, attrs, batch_id, reverses, recorded_by, recorded_at)
		VALUES (?, ?, ?, 'delivery', '', '', '', '', ?, 0, ?, 0, 0)`, customerID, on, factID, attrs, reverses)
}

func TestDutiesOfFactsAndDays(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d) // 2 March 2026
		h.more("A", factRule(rule.Span{Working: 5}))
		renew := rule.DutyRule{Key: "renew", Activity: "call", By: RoleOwner, Of: "delivery", OfDate: "until", Before: calendar.Period{Days: 30}}
		h.more("A", renew)
		h.more("A", dayRule("P3D", birthday, special))
		since := dayRule("P3D", sinceDay)
		since.Key = "since"
		h.more("A", since)
		h.grade(c1East, "A", "2026-01-01")
		h.exec("UPDATE customer SET since = '2020-04-16' WHERE id = ?", c1East)
		h.exec(`INSERT INTO contact (customer_id, id, name, title, phone, email, is_primary, note, version, created_at, updated_at)
			VALUES (?, 1, '周', '', '', '', 0, '', 1, 0, 0), (?, 2, '吴', '', '', '', 1, '', 1, 0, 0)`, c1East, c1East)
		h.exec(`INSERT INTO special_day (customer_id, id, contact_id, kind, name, lunar, year, month_day, note, version, created_at, updated_at)
			VALUES (?, 1, 1, 'birthday', '', 0, 0, 520, '', 1, 0, 0), (?, 2, 2, 'birthday', '', 0, 0, 408, '', 1, 0, 0),
				(?, 3, 0, 'day', '店庆', 1, 0, 301, '', 1, 0, 0)`, c1East, c1East, c1East)
		h.delivered(c1East, 501, "2026-02-26", `{"until":"2026-05-05"}`, 0)
		h.delivered(c1East, 502, "2026-02-27", `{}`, 0)
		h.delivered(c1East, 503, "2026-02-27", `{}`, 502)
		res := h.plan()
		got := map[string]string{}
		for _, x := range h.all(c1East, Open) {
			got[x.Rule+" "+x.Occasion] = x.DueOn.String()
		}
		want := map[string]string{
			"call fact(delivery)": "2026-03-04", "renew fact(delivery.until)": "2026-04-07", "greet birthday": "2026-04-08", "greet special(店庆)": "2026-04-17", "since anniversary(since)": "2026-04-16",
		}
		if len(got) != len(want) {
			t.Fatalf("planned %v", got)
		}
		for k, due := range want {
			if got[k] != due {
				t.Errorf("%s is due on %s, want %s", k, got[k], due)
			}
		}
		if res.Opened != 5 || h.plan().Opened != 0 {
			t.Errorf("opened %d, and again something", res.Opened)
		}

		// The birthday was wrong, the delivery is taken back.
		h.exec("UPDATE special_day SET month_day = 409 WHERE id = 2")
		h.delivered(c1East, 504, "2026-02-26", `{}`, 501)
		if res := h.plan(); res.Redated != 1 || res.Moved != 0 || res.Dropped != 2 || res.Opened != 0 {
			t.Errorf("%+v", res)
		}
		if n := h.count("SELECT COUNT(*) FROM audit_entry WHERE action = 'duty.plan' AND detail LIKE '%\"before\":\"2026-04-08\"%'"); n != 1 {
			t.Errorf("%d entries of the audit say that a day was moved", n)
		}
		for _, x := range h.all(c1East, Open) {
			if x.Occasion == "birthday" && x.DueOn.String() != "2026-04-09" {
				t.Errorf("the birthday is kept on %s", x.DueOn)
			}
		}
	})
}

func TestAMissedDutyIsEscalatedOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		r := factRule(rule.Span{Working: 2})
		r.Escalate = &rule.Escalation{After: calendar.Period{Days: 3}, To: "regional_manager"}
		h.more("A", r)
		h.grade(c1East, "A", "2026-01-01")
		h.delivered(c1East, 501, "2026-03-02", `{}`, 0)
		h.plan()
		due := h.all(c1East, Open)[0]
		daily := func(on calendar.Date) int64 {
			h.reach(on)
			if _, err := h.svc.MarkMissed(system()); err != nil {
				t.Fatal(err)
			}
			n, err := h.svc.Escalate(system())
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		if n := daily(due.DueOn.AddDays(2)); n != 0 {
			t.Errorf("escalated %d before the time", n)
		}
		if n := daily(due.DueOn.AddDays(3)); n != 1 {
			t.Fatalf("escalated %d", n)
		}
		if n := daily(due.DueOn.AddDays(4)); n != 0 {
			t.Errorf("escalated %d again", n)
		}
		if n := h.count("SELECT COUNT(*) FROM event WHERE kind = ?", EventEscalated); n != 1 {
			t.Errorf("%d events", n)
		}
		told := Filter{Escalated: true, From: calendar.None, To: calendar.None}
		list, _, err := h.svc.List(as(qian), told)
		if err != nil || len(list) != 1 || list[0].EscalatedName != people[qian].Name {
			t.Errorf("the head of the east sees %v (%v)", list, err)
		}
		if list, _, err := h.svc.List(as(li), told); err != nil || len(list) != 0 {
			t.Errorf("the owner was told of %v (%v)", list, err)
		}

		// Whoever was told sees it also where it lies outside the person's reach, and may not settle it.
		if _, err := h.svc.Get(as(sun), due.ID); !db.IsNoRows(err) {
			t.Errorf("the west reads a duty of the east: %v", err)
		}
		h.exec("UPDATE duty SET escalated_to = ? WHERE id = ?", sun, due.ID)
		if list, _, err := h.svc.List(as(sun), told); err != nil || len(list) != 1 {
			t.Errorf("told and outside the reach: %v (%v)", list, err)
		}
		if _, err := h.svc.Get(as(sun), due.ID); err != nil {
			t.Errorf("told and outside the reach: %v", err)
		}
		if list, _, err := h.svc.List(as(sun), Filter{From: calendar.None, To: calendar.None}); err != nil || len(list) != 0 {
			t.Errorf("the other lists widened: %v (%v)", list, err)
		}
		_, err = h.svc.Do(as(sun), due.ID, Evidence{Note: "x", On: due.DueOn})
		wantCode(t, err, "duty.not_yours")
	})
}

// A duty done between the reading of the list and its mark is escalated to nobody.
func TestWhatIsDoneMeanwhileIsNotEscalated(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.rule("A", "a_visit", "visit", "P1M", RoleOwner)
		h.grade(c1East, "A", "2026-03-02")
		h.plan()
		one := h.all(c1East, Open)[0]
		err := d.InTx(system(), func(q db.Q) error {
			for state, want := range map[State]bool{Late: false, Missed: true} {
				if _, err := q.Exec(system(), "UPDATE duty SET state = ? WHERE id = ?", state, one.ID); err != nil {
					return err
				}
				ok, err := markEscalated(system(), q, escalating{graded: graded{Subject: Subject{CustomerID: c1East}}, id: one.ID}, qian, 1)
				if err != nil || ok != want {
					t.Errorf("%s: marked %v (%v)", state, ok, err)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// A birthday that is corrected to a day that is over, to one far ahead, or taken away leaves no duty on a day that is nobody's birthday.
func TestACorrectedBirthday(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d) // 2 March 2026
		h.more("A", dayRule("P3D", birthday))
		h.grade(c1East, "A", "2026-01-01")
		h.exec(`INSERT INTO special_day (customer_id, id, contact_id, kind, name, lunar, year, month_day, note, version, created_at, updated_at)
			VALUES (?, 2, 0, 'birthday', '', 0, 0, 408, '', 1, 0, 0)`, c1East)
		h.plan()
		for _, c := range []struct {
			born int
			want string // the day of the one open duty, "" = there is none
		}{{408, "2026-04-08"}, {210, ""}, {408, "2026-04-08"}, {0, ""}, {408, "2026-04-08"}, {1210, "2026-12-10"}, {409, "2026-04-09"}} {
			h.exec("UPDATE special_day SET month_day = ?, customer_id = CASE WHEN ? = 0 THEN -1 ELSE ? END WHERE id = 2", max(c.born, 101), c.born, c1East)
			h.plan()
			got := ""
			for _, x := range h.all(c1East, Open) {
				got += x.DueOn.String()
			}
			if got != c.want {
				t.Errorf("born on %d: due on %q, want %q", c.born, got, c.want)
			}
		}
	})
}

// What was due before the rulebook came into force was owed to nobody, also when a past range is planned.
func TestNothingIsOwedFromBeforeTheRulebook(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d) // 2 March 2026
		h.since = day(t, "2026-02-16")
		h.rule("A", "a_visit", "visit", "P1M", RoleOwner)
		h.grade(c1East, "A", "2025-06-01")
		if _, err := h.svc.PlanRange(system(), "dealers", day(t, "2025-06-01"), day(t, "2026-05-31")); err != nil {
			t.Fatal(err)
		}
		list := h.all(c1East, Open)
		if len(list) != 4 || list[0].DueOn < h.since {
			t.Errorf("%d duties, the first due on %v", len(list), list)
		}
	})
}

func TestWhoMayExcuse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		for key, by := range map[string]string{"free": "", "role": "director", "case": rule.WaiveByProcedure} {
			r := visit(period(t, "P1M"))
			r.Key, r.EveryText, r.WaiveBy = key, "P1M", by
			h.more("A", r)
		}
		h.grade(c1East, "A", "2026-03-02")
		h.plan()
		ids := map[string]int64{}
		for _, x := range h.all(c1East, Open) {
			ids[x.Rule] = x.ID
		}
		_, err := h.svc.Waive(as(zhao), ids["case"], "停业")
		wantCode(t, err, "duty.waive_by_procedure")
		_, err = h.svc.Waive(as(qian), ids["role"], "停业")
		wantCode(t, err, "duty.waive_by_role")
		if v := h.svc.Views(as(qian), []Duty{mustGet(as(qian), t, h, ids["role"])})[0]; v.MayWaive {
			t.Error("offered to somebody who does not have the role")
		}
		for _, x := range []struct {
			who int64
			key string
		}{{zhao, "role"}, {qian, "free"}} {
			if got, err := h.svc.Waive(as(x.who), ids[x.key], "停业"); err != nil || got.State != Waived {
				t.Errorf("%s: %s %v", x.key, got.State, err)
			}
		}
		err = d.InTx(system(), func(q db.Q) error { return h.svc.WaiveDecided(system(), q, c1East, ids["case"], zhao, "停业") })
		if err != nil {
			t.Error("what an approval decided:", err)
		}
	})
}

func TestASeminarForAGrade(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		seminar := rule.DutyRule{
			Key: "seminar", Scheme: "dealer", Activity: "event", Every: period(t, "P3M"), EveryText: "P3M", By: "director", EachGrade: true, Evidence: "attendance",
		}
		h.more("A", seminar)
		h.shared = h.rules["A"]
		h.grade(c1East, "A", "2026-01-10")
		h.grade(c2East, "A", "2026-02-10")
		h.plan()
		list := h.all(0, Open)
		if len(list) == 0 || len(list) > 2 || list[0].OwnerID != zhao || list[0].Grade != "A" || !list[0].OfGrade() {
			t.Fatalf("planned %+v", list)
		}
		if n := h.count("SELECT COUNT(*) FROM duty WHERE customer_id <> 0"); n != 0 {
			t.Errorf("%d duties of single customers", n)
		}
		if res := h.plan(); res.Opened != 0 || res.Dropped != 0 {
			t.Errorf("planning again: %+v", res)
		}
		done, err := h.svc.Do(as(zhao), list[0].ID, Evidence{Note: "到会 40 人", On: h.svc.Today(), Reason: "提前举办"})
		if err != nil || done.State != Kept || done.FactID != 0 {
			t.Fatalf("%+v %v", done, err)
		}
		if _, err := h.svc.Undo(as(zhao), list[0].ID); err != nil {
			t.Error(err)
		}
		h.exec("DELETE FROM standing")
		if res := h.plan(); res.Dropped != int64(len(list)) {
			t.Errorf("nobody has the grade: %+v", res)
		}
	})
}

func TestPlanningAPeriod(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.rule("A", "a_visit", "visit", "P1M", RoleOwner)
		h.grade(c1East, "A", "2026-01-15")
		h.more("A", dayRule("P3D", birthday))
		from, to := day(t, "2026-01-01"), day(t, "2026-12-31")
		res, err := h.svc.PlanRange(system(), "dealers", from, to)
		if err != nil {
			t.Fatal(err)
		}
		customers, duties, err := h.svc.Sum(system(), from, to)
		if err != nil || customers != 1 || duties != res.Opened || duties < 11 || duties > 12 {
			t.Errorf("%d customers, %d duties, opened %d (%v)", customers, duties, res.Opened, err)
		}
		if len(res.Impossible) != 1 || res.Impossible[0].Reason != NoDate || res.Impossible[0].Count != 1 || res.Impossible[0].Customers[0] != "C东海瑞丰商贸" {
			t.Errorf("%+v", res.Impossible)
		}
		again, err := h.svc.PlanRange(system(), "dealers", from, to)
		if err != nil || again.Opened != 0 || again.Dropped != 0 {
			t.Errorf("%+v %v", again, err)
		}
		if usual := h.plan(); usual.Opened != 0 || usual.Dropped != 0 {
			t.Errorf("the daily planning: %+v", usual)
		}
		_, err = h.svc.PlanRange(system(), "dealers", to, from)
		wantCode(t, err, "duty.range_reversed")
		_, err = h.svc.PlanRange(system(), "dealers", from, from.AddDays(maxRange+1))
		wantCode(t, err, "duty.range_long")
	})
}

// A grade that changes between two which the same rule covers keeps its duties; another rule's are planned anew.
func TestReplanningKeepsWhatBothGradesAreOwed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		both := visit(period(t, "P1M"))
		both.Key, both.EveryText, both.Grades = "both", "P1M", []string{"A", "B"}
		h.more("A", both)
		h.more("B", both)
		h.rule("A", "a_only", "call", "P1M", RoleOwner)
		h.grade(c1East, "A", "2026-03-02")
		verdict := func(id int64, code, asOf string) {
			h.exec(`INSERT INTO verdict (customer_id, id, run_id, rulebook, version, scheme, as_of, origin, code, position, reason, explanation, digest, created_by, created_at)
				VALUES (?, ?, 0, 'dealers', '1.0.0', 'dealer', ?, 'computed', ?, 0, '', '{}', ?, 0, 0)`, c1East, id, asOf, code, asOf)
		}
		verdict(1, "A", "2026-03-02")
		h.plan()
		var before []int64
		for _, x := range h.all(c1East, Open) {
			if x.Rule == "both" {
				before = append(before, x.ID)
			}
		}
		h.reach(day(t, "2026-03-10"))
		h.grade(c1East, "B", "2026-03-10")
		h.exec("UPDATE standing SET previous_code = 'A' WHERE customer_id = ?", c1East)
		verdict(2, "B", "2026-03-10")
		h.plan()
		var after []int64
		for _, x := range h.all(c1East, Open) {
			if x.Rule == "both" {
				after = append(after, x.ID)
			} else if x.DueOn >= h.svc.Today() {
				t.Errorf("%s of grade A is still owed", x.Rule)
			}
		}
		if len(before) < 3 || len(after) < len(before) {
			t.Fatalf("before %v, after %v", before, after)
		}
		for i := range before {
			if after[i] != before[i] {
				t.Errorf("before %v, after %v", before, after)
				break
			}
		}
	})
}

// A page of a repointing that ended a deadlock is looked at by its second transaction.
func TestAPageThatEndedADeadlockIsRepointed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.rule("A", "a_visit", "visit", "P1M", RoleOwner)
		h.grade(c1East, "A", "2026-01-01")
		h.plan()
		h.exec("UPDATE customer SET owner_id = ?, unit_id = ? WHERE id = ?", sun, unitWest, c1East)
		err := d.InTx(system(), func(q db.Q) error {
			_, err := h.queue.Enqueue(system(), q, job.Spec{Kind: JobRepoint, Args: repointArgs{UserID: sun}})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		dbtest.Deadlock(t, d, "UPDATE OF cursor ON job")
		if _, err := h.run.RunDue(system()); err != nil {
			t.Fatal(err)
		}
		all, his := h.count("SELECT COUNT(*) FROM duty"), h.count("SELECT COUNT(*) FROM duty WHERE owner_id = ? AND state IN ('open', 'missed')", sun)
		if his == 0 || h.count("SELECT COUNT(*) FROM duty WHERE owner_id = ?", li) != 0 || dbtest.Deadlocked(t, d) < 2 {
			t.Errorf("%d of %d duties, %d cursors", his, all, dbtest.Deadlocked(t, d))
		}
	})
}

func TestDutiesOfThoseWhoStandNoMoreAreDropped(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.svc.planTogether = 1
		h.rule("A", "visit", "visit", "P1M", RoleOwner)
		all := []int64{c1East, c2East, c3West, c4Alone}
		for _, c := range all {
			h.grade(c, "A", "2026-01-01")
		}
		h.plan()
		// The first stands under another rulebook, the third under another scheme of this one, the last under none.
		h.exec("UPDATE standing SET rulebook = 'others' WHERE customer_id = ?", c1East)
		h.exec("UPDATE standing SET scheme = 'agents' WHERE customer_id = ?", c3West)
		h.exec("DELETE FROM standing WHERE customer_id = ?", c4Alone)
		planned := len(h.all(c2East, Open))
		res := h.plan()
		if want := int64(3 * planned); planned == 0 || res.Dropped != want {
			t.Errorf("dropped %d, want %d", res.Dropped, want)
		}
		for _, c := range all {
			open := h.all(c, Open)
			if stays := c == c2East; (len(open) > 0) != stays && c != c3West {
				t.Errorf("customer %d has %d open duties", c, len(open))
			}
			for _, x := range open {
				if c == c3West && x.Scheme == "dealer" {
					t.Errorf("%+v is still open", x)
				}
			}
		}
		if res := h.plan(); res.Dropped != 0 {
			t.Errorf("dropped again: %+v", res)
		}
	})
}
