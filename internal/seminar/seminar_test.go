package seminar

import (
	"context"
	"strings"
	"sync"
	"testing"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/duty"
	"kezhi/internal/errs"
)

// A segment is invited as it stands; whom one does not reach is left out, and later members are not invited by themselves.
func TestASegmentIsInvitedAsItStands(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		m := h.plan(qian, h.input(0))
		got, err := h.svc.Invite(as(qian), m.ID, segmentB, nil)
		h.must(err)
		if got.Added != 2 || got.Already != 0 {
			t.Fatalf("the head of the east invited %+v", got)
		}
		dbtest.Exec(t, d, "INSERT INTO segment_member (customer_id, segment_id, since) VALUES (?, ?, '2026-03-01')", c3, segmentB)
		if list := h.list(qian, m); len(list) != 2 || list[c1].Origin != BySegment || list[c1].Number+list[c2].Number != 3 {
			t.Fatalf("%+v", list)
		}
		got, err = h.svc.Invite(as(zhao), m.ID, segmentB, nil)
		h.must(err)
		if got.Added != 2 || got.Already != 2 {
			t.Fatalf("the director invited %+v", got)
		}
		_, err = h.svc.Invite(as(li), m.ID, 0, []int64{c4})
		wantCode(t, err, "seminar.not_yours")
		if got, err = h.svc.Invite(as(qian), m.ID, 0, []int64{c5West, c4}); err != nil || got.Added != 1 || got.Left != 1 {
			t.Fatalf("by hand: %+v %v", got, err)
		}
	})
}

// Who finds no place waits, and moves up when somebody gives theirs back: the longest first, and a group that does not fit lets others pass.
func TestTheWaitingListMovesUp(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		m := h.plan(zhao, h.input(3))
		v := h.invite(zhao, m, c1, c2, c3, c4)
		if x := h.answer(li, v[c1], Reply{Yes: true, Guests: 1, GuestNames: []string{" 周 敏 "}, Consent: true}); x.Answer != Yes || x.GuestNames[0] != "周 敏" {
			t.Fatalf("the first: %+v", x)
		}
		if x := h.answer(li, v[c2], Reply{Yes: true}); x.Answer != Yes {
			t.Fatalf("the second: %+v", x)
		}
		if x := h.answer(li, v[c3], Reply{Yes: true, Guests: 2}); x.Answer != Waiting || x.WaitingSince == nil {
			t.Fatalf("the group: %+v", x)
		}
		if x := h.answer(zhao, v[c4], Reply{Yes: true}); x.Answer != Waiting {
			t.Fatalf("the last: %+v", x)
		}
		_, err := h.svc.Answer(as(li), m.ID, v[c2].ID, Reply{Yes: true, Guests: 1})
		wantCode(t, err, "seminar.full")
		h.answer(li, v[c2], Reply{})
		if x := h.list(zhao, m); x[c3].Answer != Waiting || x[c4].Answer != Yes || x[c4].MovedUpAt == nil || h.get(m).Taken != 3 {
			t.Fatalf("after one place was given back: %+v, %d taken", x, h.get(m).Taken)
		}
		in := m.Input
		in.Capacity = 2
		_, err = h.svc.Change(as(zhao), m.ID, m.Version, func(x *Input) { *x = in })
		wantCode(t, err, "seminar.places_taken")
		in.Capacity = 6
		m, err = h.svc.Change(as(zhao), m.ID, m.Version, func(x *Input) { *x = in })
		h.must(err)
		if m.Taken != 6 || m.Tally.Yes != 3 || m.Tally.Waiting != 0 || m.Tally.No != 1 {
			t.Fatalf("with more places: %d taken, %+v", m.Taken, m.Tally)
		}
		if err := h.svc.TakeOff(as(zhao), m.ID, v[c3].ID); err != nil || h.get(m).Taken != 3 {
			t.Fatalf("taken off: %v, %d taken", err, h.get(m).Taken)
		}
		if again := h.invite(zhao, m, c3); again[c3].Answer != NoAnswer || again[c3].Number != v[c3].Number {
			t.Fatalf("invited again: %+v", again[c3])
		}
	})
}

// However many answer at once, no more places are given than there are, and nobody's answer is lost.
func TestPlacesAreNeverGivenTwice(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		m := h.plan(zhao, h.input(4))
		ids := make([]int64, 0, 12)
		for i := range int64(12) {
			dbtest.Customer(t, d, 2001+i, "D"+string(rune('A'+i)), "客户", li, unitEast)
			ids = append(ids, 2001+i)
		}
		v := h.invite(zhao, m, ids...)
		var all sync.WaitGroup
		for _, c := range ids {
			all.Go(func() {
				link, err := h.svc.Link(context.Background(), v[c].ID)
				if err == nil {
					_, err = h.svc.AnswerByLink(context.Background(), "192.0.2.1", tokenIn(link), Reply{Yes: true, Guests: 1})
				}
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if got := h.get(m); got.Taken != 4 || got.Tally.Yes != 2 || got.Tally.Waiting != 10 {
			t.Fatalf("%d taken, %+v", got.Taken, got.Tally)
		}
	})
}

// Two at the door check the same person in: once. The attendance is a fact of the event's day; taken back, so is the fact.
func TestCheckingInTwiceIsOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		in := h.input(0)
		in.Team = []int64{sun}
		m := h.plan(zhao, in)
		v := h.invite(zhao, m, c1, c2)
		h.answer(li, v[c1], Reply{Yes: true, Guests: 2})
		_, err := h.svc.CheckIn(as(sun), m.ID, "1", 0)
		wantCode(t, err, "seminar.too_early")
		h.theDay()
		_, err = h.svc.CheckIn(as(li), m.ID, "1", 0)
		wantCode(t, err, "seminar.not_yours")
		link, err := h.svc.Link(as(sun), v[c1].ID)
		h.must(err)
		var both sync.WaitGroup
		var again [4]bool
		for i := range again {
			both.Go(func() {
				a, err := h.svc.CheckIn(as(sun), m.ID, link, 0)
				if err != nil || a.Came != 3 {
					t.Errorf("%+v %v", a, err)
				}
				again[i] = a.Again
			})
		}
		both.Wait()
		first := 0
		for _, x := range again {
			if !x {
				first++
			}
		}
		if first != 1 || h.facts() != 1 {
			t.Fatalf("%d first check-ins, %d facts", first, h.facts())
		}
		if n := dbtest.Count(t, d, "SELECT COUNT(*) FROM fact WHERE kind = 'event_attendance' AND occurred_on = '2026-03-20' AND customer_id = ?", c1); n != 1 {
			t.Fatalf("%d facts of the day", n)
		}
		if x, err := h.svc.TakeBack(as(sun), m.ID, v[c1].ID); err != nil || x.Came != 0 || h.facts() != 0 {
			t.Fatalf("taken back: %+v %v, %d facts", x, err, h.facts())
		}
		if a, err := h.svc.CheckIn(as(sun), m.ID, " "+numberOf(v[c1])+" ", 2); err != nil || a.Again || a.Came != 2 || a.CustomerID != c1 || h.facts() != 1 {
			t.Fatalf("and again: %+v %v", a, err)
		}
		_, err = h.svc.CheckIn(as(sun), m.ID, "99", 0)
		wantCode(t, err, "seminar.unknown_number")
		_, err = h.svc.CheckIn(as(sun), m.ID, link[:len(link)-1]+"x", 0)
		wantCode(t, err, "seminar.bad_link")
		other := h.plan(zhao, in)
		_, err = h.svc.CheckIn(as(sun), other.ID, link, 0)
		wantCode(t, err, "seminar.other_event")
	})
}

// Who came without an invitation is on the list: a customer with the fact, somebody else by name only with consent, and that can be taken away.
func TestWalkIns(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		m := h.plan(zhao, h.input(0))
		h.invite(zhao, m, c1)
		h.theDay()
		_, err := h.svc.WalkIn(as(zhao), m.ID, WalkIn{Person: "吴迪", Phone: "13800000000"}, "")
		wantCode(t, err, "seminar.no_consent")
		guest := WalkIn{Person: "吴迪", Company: "华南机电", Phone: "13800000000", People: 2, Consent: true}
		a, err := h.svc.WalkIn(as(zhao), m.ID, guest, "k1")
		h.must(err)
		b, err := h.svc.WalkIn(as(zhao), m.ID, guest, "k1")
		if err != nil || a.ID != b.ID || !b.Again || a.Number != 2 || h.facts() != 0 {
			t.Fatalf("%+v %+v %v", a, b, err)
		}
		_, err = h.svc.WalkIn(as(zhao), m.ID, WalkIn{Person: "别人", Consent: true}, "k1")
		wantCode(t, err, "seminar.key_reused")
		if x, err := h.svc.WalkIn(as(zhao), m.ID, WalkIn{CustomerID: c5West}, ""); err != nil || x.Came != 1 || h.facts() != 1 {
			t.Fatalf("a customer: %+v %v", x, err)
		}
		if x, err := h.svc.WalkIn(as(zhao), m.ID, WalkIn{CustomerID: c1}, ""); err != nil || x.Origin != ByHand || x.Came != 1 {
			t.Fatalf("one who was invited: %+v %v", x, err)
		}
		if x, err := h.svc.Forget(as(zhao), m.ID, a.ID); err != nil || x.Person+x.Company+x.Phone != "" || x.Came != 2 {
			t.Fatalf("forgotten: %+v %v", x, err)
		}
		if got := h.get(m).Tally; got.WalkIns != 2 || got.People != 4 || got.Came != 3 || got.Invited != 1 {
			t.Fatalf("%+v", got)
		}
	})
}

// Closing keeps the duty of each customer that came, in time by the day of the event, whoever owes it; who stayed away keeps theirs.
func TestAttendanceKeepsTheDuty(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.owed(9001, c1, zhao, "2026-01-01", "2026-03-25")
		h.owed(9002, c1, zhao, "2026-06-01", "2026-09-25")
		h.owed(9003, c2, zhao, "2026-01-01", "2026-03-25")
		rules, err := h.duties.RulesOwed(as(zhao), Activity)
		if err != nil || len(rules) != 1 || rules[0].Owed != 3 || rules[0].Clause != "5.3" || rules[0].FirstDue != on(t, "2026-03-25") {
			t.Fatalf("%+v %v", rules, err)
		}
		in := h.input(0)
		in.Asked = ruleB
		m := h.plan(qian, in)
		if m.Clause != "5.3" || m.DutyZh != "B级研讨会" {
			t.Fatalf("%+v", m)
		}
		v := h.invite(qian, m, c1, c2)
		_, err = h.svc.Close(as(qian), m.ID, "来得不多")
		wantCode(t, err, "seminar.too_early")
		h.theDay()
		_, err = h.svc.CheckIn(as(qian), m.ID, numberOf(v[c1]), 0)
		h.must(err)
		h.at = h.at.AddDate(0, 0, 10) // past the day of the duty
		m, err = h.svc.Close(as(qian), m.ID, "讲了新标准")
		if err != nil || m.State != Held || m.Kept != 1 || m.Tally.Came != 1 {
			t.Fatalf("%+v %v", m, err)
		}
		for dutyID, want := range map[int64]duty.State{9001: duty.Kept, 9002: duty.Open, 9003: duty.Missed} {
			x, err := h.duties.Get(as(zhao), dutyID)
			if err != nil || x.EffectiveState(h.svc.Today()) != want || want == duty.Kept && (x.DoneOn != m.On || x.Note != "春季 技术研讨会") {
				t.Errorf("%d: %s %+v %v", dutyID, x.State, x, err)
			}
		}
		_, err = h.svc.CheckIn(as(qian), m.ID, "2", 0)
		wantCode(t, err, "seminar.closed")
		_, err = h.svc.Cancel(as(qian), m.ID, "不办了")
		wantCode(t, err, "seminar.closed")
		past, err := h.svc.OfCustomer(as(li), c1, 10)
		if err != nil || len(past) != 1 || past[0].Invitation.DutyID != 9001 || past[0].Seminar.State != Held {
			t.Fatalf("%+v %v", past, err)
		}
	})
}

// A seminar for a grade keeps the one duty owed to the whole grade, and none when nobody came.
func TestTheDutyOfAGrade(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.owed(9001, 0, zhao, "2026-01-01", "2026-03-31")
		in := h.input(0)
		in.Asked = duty.ByRule{Rulebook: "dealers", Rule: "b_seminar", Grade: "B"}
		empty, full := h.plan(zhao, in), h.plan(zhao, in)
		h.invite(zhao, full, c1, c2)
		h.theDay()
		if m, err := h.svc.Close(as(zhao), empty.ID, ""); err != nil || m.Kept != 0 {
			t.Fatalf("an empty room: %+v %v", m, err)
		}
		_, err := h.svc.CheckIn(as(zhao), full.ID, "2", 0)
		h.must(err)
		if m, err := h.svc.Close(as(zhao), full.ID, ""); err != nil || m.Kept != 1 {
			t.Fatalf("%+v %v", m, err)
		}
		if x, err := h.duties.Get(as(zhao), 9001); err != nil || x.State != duty.Kept {
			t.Fatalf("%+v %v", x, err)
		}
	})
}

// The link shows one invitation and answers it until the last day; a wrong one finds nothing.
func TestTheLink(t *testing.T) {
	d := dbtest.SQLite(t)
	h := newHouse(t, d)
	m := h.plan(zhao, h.input(0))
	v := h.invite(zhao, m, c1)[c1]
	link, err := h.svc.Link(as(zhao), v.ID)
	if err != nil || !strings.HasPrefix(link, "https://crm.example.com/invitation?token=") {
		t.Fatal(link, err)
	}
	outside, token := context.Background(), tokenIn(link)
	_, err = h.svc.AnswerByLink(outside, "192.0.2.9", token, Reply{Yes: true, Guests: 1, GuestNames: []string{"周敏"}})
	wantCode(t, err, "seminar.no_consent")
	c, err := h.svc.AnswerByLink(outside, "192.0.2.9", token, Reply{Yes: true, Guests: 1, GuestNames: []string{"周敏"}, Consent: true})
	if err != nil || c.Invitation.Answer != Yes || c.Invitation.AnsweredBy != 0 || !c.MayAnswer {
		t.Fatalf("%+v %v", c, err)
	}
	if c, err = h.svc.AnswerByLink(outside, "192.0.2.9", token, Reply{Yes: true, Guests: 1}); err != nil || len(c.Invitation.GuestNames) != 0 {
		t.Fatalf("the names taken away: %+v %v", c, err)
	}
	_, err = h.svc.Open(outside, "192.0.2.9", strings.Replace(token, ".", ".0", 1))
	wantCode(t, err, "seminar.bad_link")
	h.at = h.at.AddDate(0, 0, 17)
	_, err = h.svc.AnswerByLink(outside, "192.0.2.9", token, Reply{})
	wantCode(t, err, "seminar.answer_over")
	if c, err = h.svc.Open(outside, "192.0.2.9", token); err != nil || c.MayAnswer {
		t.Fatalf("%+v %v", c, err)
	}
	for err == nil {
		_, err = h.svc.Open(outside, "192.0.2.9", token)
	}
	if errs.CodeOf(err) != "public.too_often" {
		t.Fatal(err)
	}
}

// What is wrong is named field by field, and who does not run an event changes nothing of it.
func TestWhatIsRefused(t *testing.T) {
	d := dbtest.SQLite(t)
	h := newHouse(t, d)
	bad := h.input(0)
	bad.TitleZh, bad.FromMin, bad.AnswerBy, bad.Team, bad.Asked = " ", 1100, on(t, "2026-04-01"), []int64{999}, duty.ByRule{Rulebook: "dealers", Rule: "none"}
	_, err := h.svc.Plan(as(zhao), bad, "")
	wantCode(t, err, "field.required")
	wantCode(t, err, "seminar.ends_before")
	wantCode(t, err, "seminar.answer_after")
	bad.TitleZh, bad.FromMin, bad.AnswerBy = "好", 0, calendar.None
	_, err = h.svc.Plan(as(zhao), bad, "")
	wantCode(t, err, "field.not_allowed")
	wantCode(t, err, "seminar.unknown_rule")
	in := h.input(0)
	in.OrganiserID = zhao
	_, err = h.svc.Plan(as(li), in, "")
	wantCode(t, err, "seminar.not_for_others")
	in.OrganiserID = 0
	a, err := h.svc.Plan(as(li), in, "k")
	h.must(err)
	if b, err := h.svc.Plan(as(li), in, "k"); err != nil || a.ID != b.ID {
		t.Fatalf("%+v %v", b, err)
	}
	in.Place = "别处"
	_, err = h.svc.Plan(as(li), in, "k")
	wantCode(t, err, "seminar.key_reused")
	_, err = h.svc.Change(as(sun), a.ID, a.Version, func(x *Input) { x.Place = "别处" })
	wantCode(t, err, "seminar.not_yours")
	_, err = h.svc.Change(as(li), a.ID, 7, func(x *Input) { x.Place = "别处" })
	wantCode(t, err, "precondition_failed")
	h.invite(li, a, c1)
	if list := h.list(sun, a); len(list) != 0 {
		t.Fatalf("the west sees %+v", list)
	}
	h.theDay()
	if _, err := h.svc.CheckIn(as(li), a.ID, "1", 0); err != nil {
		t.Fatal(err)
	}
	_, err = h.svc.Cancel(as(li), a.ID, "不办了")
	wantCode(t, err, "seminar.somebody_came")
}
