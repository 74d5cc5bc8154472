package procedure

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
)

// complaintHouse has the regulation on complaints in force and its posts held.
func complaintHouse(t testing.TB, d *db.DB) *house {
	t.Helper()
	h := newHouse(t, d)
	h.adopt(complaints)
	h.adopt(request)
	h.appoint("service_desk", zhou, 0)
	h.appoint("法务", zhou, 0)
	h.appoint("legal", zhou, unitHead)
	h.appoint("finance", wu, unitHead)
	return h
}

func text(s string) flow.Answer { return flow.Answer{Text: s} }

func card() flow.Answers {
	return flow.Answers{"what": text("货物受潮，包装破损"), "demand": text("price")}
}

// complain begins a complaint of the customer in the east, taken in by customer service.
func (h *house) complain(change ...func(*StartInput)) Case {
	h.t.Helper()
	in := StartInput{Rulebook: "complaints", Procedure: "complaint", CustomerID: c1East, Channel: "phone", Answers: card()}
	for _, fn := range change {
		fn(&in)
	}
	c, err := h.svc.Start(as(zhou), in)
	if err != nil {
		h.t.Fatal(err)
	}
	return c
}

func (h *house) act(who int64, c Case, act flow.Act) Case {
	h.t.Helper()
	out, err := h.svc.Act(as(who), c.ID, ActInput{Act: act})
	if err != nil {
		h.t.Fatalf("%s %s: %v", staff[who].name, act.Kind, err)
	}
	return out
}

func (h *house) record(who int64, c Case) Record {
	h.t.Helper()
	r, err := h.svc.Get(as(who), c.ID)
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

func agree() flow.Act { return flow.Act{Kind: flow.ActDecide, Decision: flow.Agree} }

func report(amount string) flow.Act {
	return flow.Act{Kind: flow.ActFill, Answers: flow.Answers{"cause": text("包装"), "amount": text(amount)}}
}

// toSign brings a complaint to the step of the authority matrix.
func (h *house) toSign(amount string) Case {
	h.t.Helper()
	c := h.complain()
	c = h.act(qian, c, agree())
	c = h.act(li, c, report(amount))
	c = h.act(zhou, c, agree())
	return h.act(wu, c, agree())
}

func TestAComplaintGoesItsWholeWay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := complaintHouse(t, d)
		var ended []Decided
		h.svc.OnRecord("complaint", func(_ context.Context, _ db.Q, c Decided) error {
			ended = append(ended, c)
			return nil
		})
		c := h.complain()
		if c.Number != "TS-2026-0001" || c.Numbers[flow.StartForm] != "JL-2026-0001" || c.Class != "usual" || c.OwnerID != li || c.UnitID != unitEast || c.Title != "货物受潮，包装破损" {
			t.Errorf("%+v", c)
		}
		c = h.act(qian, c, agree())
		c = h.act(li, c, report("6000.50"))
		if !slices.Equal(c.Steps, []string{"law", "money"}) || c.Amount == nil || *c.Amount != 600050 || c.Currency != "CNY" || c.Numbers["investigate"] != "DC-2026-001" {
			t.Errorf("%+v", c)
		}
		c = h.act(zhou, c, agree())
		c = h.act(wu, c, agree())
		r := h.record(zhao, c)
		if len(r.Seats) != 1 || r.Seats[0].Step != "sign" || r.Seats[0].Holders[0].User != zhao {
			t.Fatalf("above the limit the director signs: %+v", r.Seats)
		}
		c = h.act(zhao, c, agree())
		c = h.act(zhou, c, flow.Act{Kind: flow.ActAnswer, Answers: flow.Answers{"text": text("已退款")}})
		if c.Status != flow.Ended || c.Outcome != "answered" || !c.Good || c.FactID == 0 || c.EndedAt == nil || c.AlarmAt != nil {
			t.Fatalf("%+v", c)
		}
		if len(ended) != 1 || ended[0].Case.ID != c.ID || ended[0].Case.Outcome != "answered" || ended[0].Attrs["severity"] != "usual" {
			t.Errorf("took effect: %+v", ended)
		}
		var on string
		var attrs []byte
		if err := db.Get(system(), d.Read(), "SELECT occurred_on, attrs FROM fact WHERE kind = 'complaint' AND customer_id = ?", []any{c1East}, &on, &attrs); err != nil {
			t.Fatal(err)
		}
		var got map[string]string
		if err := json.Unmarshal(attrs, &got); err != nil || on != "2026-03-02" || got["severity"] != "usual" || got["cause"] != "包装" || got["outcome"] != "answered" {
			t.Errorf("%s %s %v", on, attrs, err)
		}
		r = h.record(li, c)
		if len(r.History) != 7 || r.History[0].Act != flow.ActBegin || r.History[6].ActorID != zhou || len(r.Seats) != 0 {
			t.Errorf("%d lines of history", len(r.History))
		}
		if n := h.count("SELECT COUNT(*) FROM proc_task WHERE state = 'open'"); n != 0 {
			t.Errorf("%d tasks are open after the end", n)
		}
		if n := h.count("SELECT COUNT(*) FROM event WHERE kind IN ('procedure.started', 'procedure.ended')"); n != 2 {
			t.Errorf("%d events", n)
		}
	})
}

func TestReopeningTakesTheFactBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := complaintHouse(t, d)
		c := h.toSign("10")
		c = h.act(qian, c, agree())
		c = h.act(zhou, c, flow.Act{Kind: flow.ActAnswer, Answers: flow.Answers{"text": text("好")}})
		first := c.FactID
		c = h.act(zhou, c, flow.Act{Kind: flow.ActReopen, Reason: "客户不满意"})
		if c.Status != flow.Running || c.FactID != 0 || c.EndedAt != nil {
			t.Fatalf("%+v", c)
		}
		if n := h.count("SELECT COUNT(*) FROM fact WHERE kind = 'complaint' AND reverses = ?", first); n != 1 {
			t.Errorf("%d reversing facts", n)
		}
	})
}

func TestOfTwoWhoActAtOnceOneWins(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := complaintHouse(t, d)
		h.appoint("supervisor", li, unitEast)
		for range 5 {
			c := h.complain()
			seat := c.State.OpenSeats()[0].ID
			var wg sync.WaitGroup
			results := make([]error, 6)
			for i := range results {
				wg.Go(func() {
					_, results[i] = h.svc.Act(as([]int64{qian, li}[i%2]), c.ID, ActInput{Act: flow.Act{Kind: flow.ActDecide, Seat: seat, Decision: flow.Agree}})
				})
			}
			wg.Wait()
			won := 0
			for _, err := range results {
				e, ok := errs.As(err)
				switch {
				case err == nil:
					won++
				case !ok || e.Code != "case.moved_on" || e.Args["by"] != "钱思源" && e.Args["by"] != "李望舒" || e.Args["at"] != "2026-03-02 09:00":
					t.Errorf("the others are told who was first: %v", err)
				}
			}
			if n := h.count("SELECT COUNT(*) FROM proc_act WHERE case_id = ? AND act = 'decide'", c.ID); won != 1 || n != 1 {
				t.Errorf("%d won, %d acts", won, n)
			}
		}
	})
}

func TestTheSameRequestIsDoneOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := complaintHouse(t, d)
		keyed := func(in *StartInput) { in.Key = "k1" }
		a, b := h.complain(keyed), h.complain(keyed)
		if a.ID != b.ID || b.State == nil {
			t.Fatalf("two cases: %d %d", a.ID, b.ID)
		}
		_, err := h.svc.Start(as(zhou), StartInput{Rulebook: "complaints", Procedure: "complaint", CustomerID: c1East, Channel: "shop", Answers: card(), Key: "k1"})
		if errs.CodeOf(err) != "case.key_reused" {
			t.Errorf("another input: %v", err)
		}
		if other, err := h.svc.Start(as(li), StartInput{Rulebook: "complaints", Procedure: "complaint", CustomerID: c1East, Channel: "phone", Answers: card(), Key: "k1"}); err != nil || other.ID == a.ID {
			t.Errorf("keys are one's own: %v", err)
		}
		in := ActInput{Act: agree(), Key: "k2"}
		in.Seat = 1
		for range 3 {
			if _, err := h.svc.Act(as(qian), a.ID, in); err != nil {
				t.Fatal(err)
			}
		}
		in.Reason = "另一个意见"
		if _, err := h.svc.Act(as(qian), a.ID, in); errs.CodeOf(err) != "case.key_reused" {
			t.Errorf("another input: %v", err)
		}
		if n := h.count("SELECT COUNT(*) FROM proc_act WHERE case_id = ?", a.ID); n != 2 {
			t.Errorf("%d lines of history", n)
		}
	})
}

func TestNumbersHaveNoGaps(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := complaintHouse(t, d)
		var wg sync.WaitGroup
		for i := range 24 {
			wg.Go(func() {
				in := StartInput{Rulebook: "complaints", Procedure: "complaint", CustomerID: c1East, Channel: "phone", Answers: card()}
				if i%3 == 0 {
					in.Answers = flow.Answers{"what": text("缺要求")} // refused after its number was taken
				}
				_, err := h.svc.Start(as(zhou), in)
				if (err != nil) != (i%3 == 0) {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		got, err := db.List(system(), d.Read(), "SELECT number FROM proc_case ORDER BY number", nil, func(r db.Rows) (string, error) { return string(r.Bytes(0)), nil })
		if err != nil || len(got) != 16 || got[0] != "TS-2026-0001" || got[15] != "TS-2026-0016" || len(slices.Compact(got)) != 16 {
			t.Errorf("%v %v", got, err)
		}
		h.move(365 * 24 * time.Hour)
		if c := h.complain(); c.Number != "TS-2027-0001" {
			t.Errorf("a new year counts anew: %s", c.Number)
		}
	})
}

func TestAPostNobodyHoldsHasAWayOut(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := complaintHouse(t, d)
		begin := func() Case {
			c, err := h.svc.Start(as(li), StartInput{Rulebook: "requests", Procedure: "design"})
			if err != nil || !c.Stuck {
				t.Fatalf("%+v %v", c, err)
			}
			return c
		}
		stuck, _, err := h.svc.List(as(zhao), Filter{Stuck: true, From: calendar.None, To: calendar.None, Limit: 50})
		one := begin()
		if err != nil || len(stuck) != 0 {
			t.Fatalf("%v %v", stuck, err)
		}
		if stuck, _, err = h.svc.List(as(zhao), Filter{Stuck: true, From: calendar.None, To: calendar.None, Limit: 50}); err != nil || len(stuck) != 1 {
			t.Errorf("%v %v", stuck, err)
		}
		box, err := h.svc.Inbox(as(zhao), InboxFilter{Limit: 50})
		if err != nil || len(box.Notices) != 1 || box.Notices[0].Code != flow.EffectStuck || box.Unread != 1 {
			t.Errorf("the manager is told: %+v %v", box.Notices, err)
		}
		// A person is assigned.
		one = h.act(zhao, one, flow.Act{Kind: flow.ActAssign, Person: sun})
		if one.Stuck || h.act(sun, one, agree()).Outcome != "granted" {
			t.Error("assigned")
		}
		// A holder is named, and the clock notices.
		two := begin()
		h.appoint("engineer", qian, 0)
		if p, err := h.svc.PassTime(system()); err != nil || p.Seats != 1 || p.Failed != 0 {
			t.Fatalf("%+v %v", p, err)
		}
		if r := h.record(zhao, two); r.Stuck || r.Seats[0].Holders[0].User != qian {
			t.Errorf("%+v", r.Seats)
		}
		h.act(qian, two, agree())
		// The holder leaves; it is skipped with a reason, or withdrawn.
		three, four := begin2(h), begin2(h)
		h.disable(qian)
		if p, err := h.svc.PassTime(system()); err != nil || p.Seats != 2 {
			t.Fatalf("%+v %v", p, err)
		}
		if _, err := h.svc.Act(as(zhou), three.ID, ActInput{Act: flow.Act{Kind: flow.ActSkip, Seat: 1, Reason: "x"}}); errs.KindOf(err) != errs.NotFound {
			t.Errorf("somebody without a part in it: %v", err)
		}
		if c := h.act(zhao, three, flow.Act{Kind: flow.ActSkip, Seat: 1, Reason: "岗位空缺"}); c.Status != flow.Ended {
			t.Errorf("skipped: %+v", c)
		}
		if c := h.act(li, four, flow.Act{Kind: flow.ActWithdraw, Reason: "不需要了"}); c.Status != flow.Withdrawn {
			t.Errorf("withdrawn: %+v", c)
		}
	})
}

func begin2(h *house) Case {
	c, err := h.svc.Start(as(li), StartInput{Rulebook: "requests", Procedure: "design"})
	if err != nil || c.Stuck {
		h.t.Fatalf("%+v %v", c, err)
	}
	return c
}

func TestALeaverKeepsNoClaim(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := complaintHouse(t, d)
		h.appoint("supervisor", li, unitEast)
		c := h.act(qian, h.complain(), flow.Act{Kind: flow.ActClaim})
		if _, err := h.svc.Act(as(li), c.ID, ActInput{Act: agree()}); errs.CodeOf(err) != "act.claimed" {
			t.Fatalf("it is claimed: %v", err)
		}
		h.disable(qian)
		if p, err := h.svc.PassTime(system()); err != nil || p.Failed != 0 {
			t.Fatalf("%+v %v", p, err)
		}
		if box, err := h.svc.Inbox(as(li), InboxFilter{Limit: 10}); err != nil || len(box.Items) != 1 {
			t.Errorf("%+v %v", box.Items, err)
		}
		h.act(li, c, agree())
	})
}

func TestASubstituteActsForWhoIsAway(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := complaintHouse(t, d)
		c := h.complain()
		if _, err := h.svc.Act(as(wu), c.ID, ActInput{Act: agree()}); errs.KindOf(err) != errs.NotFound {
			t.Fatalf("a stranger: %v", err)
		}
		h.away(qian, wu, 3)
		box, err := h.svc.Inbox(as(wu), InboxFilter{Limit: 50})
		if err != nil || len(box.Items) != 1 || box.Items[0].For != qian {
			t.Fatalf("%+v %v", box.Items, err)
		}
		r := h.record(wu, c)
		if i := slices.IndexFunc(r.May, func(p Permitted) bool { return p.Kind == flow.ActDecide }); i < 0 || r.May[i].For != qian {
			t.Errorf("%+v", r.May)
		}
		h.act(wu, c, agree())
		r = h.record(zhao, c)
		if last := r.History[len(r.History)-1]; last.ActorID != wu || last.ForUser != qian {
			t.Errorf("%+v", last)
		}
	})
}

func TestNobodyRulesOnAComplaintAgainstThemselves(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := complaintHouse(t, d)
		c := h.complain(func(in *StartInput) { in.Answers["against"] = text("102") }) // the regional manager of the east
		r := h.record(zhao, c)
		if r.Stuck || len(r.Seats) != 1 || r.Seats[0].Holders[0].User != sun {
			t.Fatalf("the next holder of the post: %+v", r.Seats)
		}
		if _, err := h.svc.Act(as(qian), c.ID, ActInput{Act: agree()}); errs.CodeOf(err) != "act.recused" {
			t.Errorf("the one complained of: %v", err)
		}
		box, err := h.svc.Inbox(as(qian), InboxFilter{Limit: 50})
		if err != nil || len(box.Items) != 0 {
			t.Errorf("it is not in the inbox: %+v %v", box.Items, err)
		}
		if box, err = h.svc.Inbox(as(sun), InboxFilter{Limit: 50}); err != nil || len(box.Items) != 1 {
			t.Errorf("but in this one: %+v %v", box.Items, err)
		}
		h.disable(sun)
		if _, err := h.svc.PassTime(system()); err != nil {
			t.Fatal(err)
		}
		r = h.record(zhao, c)
		if r.Stuck || len(r.Seats) != 1 || r.Seats[0].Holders[0].User != zhao || !r.Seats[0].Raised {
			t.Errorf("nobody else: the director: %+v", r.Seats)
		}
	})
}

func TestTheClockTellsEachAlarmOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := complaintHouse(t, d)
		c := h.complain()
		codes := func(who int64) (out []string) {
			box, err := h.svc.Inbox(as(who), InboxFilter{Limit: 50})
			if err != nil {
				t.Fatal(err)
			}
			for _, n := range box.Notices {
				out = append(out, n.Code+" "+n.Step)
			}
			return out
		}
		pass := func() {
			for range 2 {
				if p, err := h.svc.PassTime(system()); err != nil || p.Failed != 0 {
					t.Fatalf("%+v %v", p, err)
				}
			}
		}
		pass()
		if got := codes(qian); len(got) != 0 {
			t.Errorf("on the first day: %v", got)
		}
		h.move(2 * 24 * time.Hour)
		pass()
		if got := codes(qian); !slices.Equal(got, []string{"overdue accept"}) {
			t.Errorf("after the step's day: %v", got)
		}
		h.move(6 * 24 * time.Hour)
		pass()
		if got := codes(qian); !slices.Equal(got, []string{"warned ", "overdue accept"}) {
			t.Errorf("the supervisor: %v", got)
		}
		if got := codes(zhao); !slices.Equal(got, []string{"overdue "}) {
			t.Errorf("the director: %v", got)
		}
		late, _, err := h.svc.List(as(zhao), Filter{Overdue: true, From: calendar.None, To: calendar.None, Limit: 10})
		if err != nil || len(late) != 1 || late[0].ID != c.ID {
			t.Errorf("%v %v", late, err)
		}
		if err := h.svc.PutAway(as(qian), 0); err != nil || len(codes(qian)) != 0 {
			t.Errorf("put away: %v", err)
		}
	})
}

func TestARunningCaseKeepsItsDefinition(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := complaintHouse(t, d)
		old := h.complain()
		h.adopt(strings.NewReplacer("version: 1.0.0", "version: 2.0.0", "rejected: declined}", "rejected: declined, next: answer}").Replace(complaints))
		fresh := h.complain()
		old, fresh = h.act(qian, old, agree()), h.act(qian, fresh, agree())
		if old.Version != "1.0.0" || !slices.Equal(old.Steps, []string{"investigate"}) {
			t.Errorf("%s %v", old.Version, old.Steps)
		}
		if fresh.Version != "2.0.0" || !slices.Equal(fresh.Steps, []string{"answer"}) {
			t.Errorf("%s %v", fresh.Version, fresh.Steps)
		}
	})
}

func TestWhoMayNotSeeACaseFindsNone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := complaintHouse(t, d)
		c := h.complain()
		for who, sees := range map[int64]bool{zhao: true, qian: true, li: true, zhou: true, zheng: true, wu: false, sun: false} {
			_, err := h.svc.Get(as(who), c.ID)
			if sees != (err == nil) || !sees && errs.KindOf(err) != errs.NotFound {
				t.Errorf("%s: %v", staff[who].name, err)
			}
			list, _, lerr := h.svc.List(as(who), Filter{From: calendar.None, To: calendar.None, Limit: 50})
			if lerr != nil || sees != (len(list) == 1) {
				t.Errorf("%s lists %d: %v", staff[who].name, len(list), lerr)
			}
			_, err = h.svc.Act(as(who), c.ID, ActInput{Act: flow.Act{Kind: flow.ActComment, Reason: "看过"}})
			switch {
			case !sees && errs.KindOf(err) != errs.NotFound, sees && who != zheng && err != nil, who == zheng && errs.KindOf(err) != errs.Forbidden:
				t.Errorf("%s comments: %v", staff[who].name, err)
			}
		}
		nobody := authz.With(context.Background(), authz.Actor{UserID: 999, Grants: map[authz.Permission]authz.Reach{authz.Self: authz.ReachAll}})
		for name, err := range map[string]error{
			"get":   second(h.svc.Get(nobody, c.ID)),
			"act":   second(h.svc.Act(nobody, c.ID, ActInput{Act: agree()})),
			"start": second(h.svc.Start(nobody, StartInput{Rulebook: "complaints", Procedure: "complaint"})),
			"inbox": second(h.svc.Inbox(nobody, InboxFilter{Limit: 1})),
			"posts": second(h.svc.Posts(nobody, calendar.None)),
		} {
			if errs.KindOf(err) != errs.Forbidden {
				t.Errorf("%s without a right: %v", name, err)
			}
		}
		if _, err := h.svc.Start(as(wu), StartInput{Rulebook: "complaints", Procedure: "complaint", CustomerID: c1East, Channel: "phone", Answers: card()}); errs.CodeOf(err) != "invalid_input" {
			t.Errorf("a customer out of reach: %v", err)
		}
	})
}

func TestWhatMayBeBegun(t *testing.T) {
	h := complaintHouse(t, dbtest.SQLite(t))
	keys := func(who, customerID int64) (out []string) {
		list, err := h.svc.Startable(as(who), customerID)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range list {
			out = append(out, p.Key)
		}
		return out
	}
	if got := keys(li, 0); !slices.Equal(got, []string{"complaint", "waiver", "design"}) {
		t.Errorf("an owner, of own customers: %v", got)
	}
	if got := keys(zhao, c1East); !slices.Equal(got, []string{"waiver", "design"}) {
		t.Errorf("the director holds no post that takes in complaints: %v", got)
	}
	if _, err := h.svc.Startable(as(li), c2West); errs.KindOf(err) != errs.NotFound {
		t.Errorf("a customer out of reach: %v", err)
	}
}

func second[T any](_ T, err error) error { return err }

func TestHostileInputIsRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := complaintHouse(t, d)
		start := func(change func(*StartInput)) error {
			in := StartInput{Rulebook: "complaints", Procedure: "complaint", CustomerID: c1East, Channel: "phone", Answers: card()}
			change(&in)
			_, err := h.svc.Start(as(zhou), in)
			return err
		}
		for name, c := range map[string]struct {
			change func(*StartInput)
			code   string
		}{
			"50 MB":             {func(in *StartInput) { in.Answers["what"] = text(strings.Repeat("长", 17<<20)) }, "procedure.answers_too_large"},
			"a long text":       {func(in *StartInput) { in.Answers["what"] = text(strings.Repeat("长", 2001)) }, "invalid_input"},
			"an unknown field":  {func(in *StartInput) { in.Answers["admin"] = text("1") }, "invalid_input"},
			"an unknown option": {func(in *StartInput) { in.Answers["demand"] = text("'; DROP TABLE proc_case") }, "invalid_input"},
			"another's file":    {func(in *StartInput) { in.Answers["original"] = flow.Answer{Many: []string{"12345"}} }, "invalid_input"},
			"no such customer":  {func(in *StartInput) { in.CustomerID = 4711 }, "invalid_input"},
			"no customer":       {func(in *StartInput) { in.CustomerID = 0 }, "invalid_input"},
			"no such procedure": {func(in *StartInput) { in.Procedure = "nothing" }, "procedure.unknown"},
			"a channel":         {func(in *StartInput) { in.Channel = "telepathy" }, "case.channel"},
			"from the future":   {func(in *StartInput) { in.Received = h.now().Add(time.Hour).UnixMicro() }, "case.received_in_future"},
		} {
			if err := start(c.change); errs.CodeOf(err) != c.code {
				t.Errorf("%s: %v", name, err)
			}
		}
		if n := h.count("SELECT COUNT(*) FROM proc_case") + h.count("SELECT COUNT(*) FROM proc_number"); n != 0 {
			t.Errorf("%d rows are left of what was refused", n)
		}
	})
}

func TestManyAreDecidedAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := complaintHouse(t, d)
		var list []BulkDecision
		for range 3 {
			c, err := h.svc.Start(as(li), StartInput{Rulebook: "requests", Procedure: "waiver", Subject: "duty:7"})
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, BulkDecision{c.ID, 1})
		}
		form := h.act(qian, h.complain(), agree())
		list = append(list, BulkDecision{form.ID, form.State.OpenSeats()[0].ID})
		for range 2 { // the second time the same request changes nothing
			got, err := h.svc.Decide(as(zhao), list, flow.Agree, "同意", "bulk-1")
			if err != nil {
				t.Fatal(err)
			}
			for i, o := range got[:3] {
				if o.Err != nil {
					t.Errorf("%d: %v", i, o.Err)
				}
			}
			if errs.CodeOf(got[3].Err) != "procedure.not_in_bulk" {
				t.Errorf("a form is no yes or no: %v", got[3].Err)
			}
		}
		done, _, err := h.svc.List(as(li), Filter{Outcomes: []string{"granted"}, Subject: "duty:7", From: calendar.None, To: calendar.None, Limit: 50})
		if err != nil || len(done) != 3 {
			t.Errorf("%d granted, %v", len(done), err)
		}
		if n := h.count("SELECT COUNT(*) FROM proc_act WHERE act = 'decide'"); n != 4 {
			t.Errorf("%d decisions", n)
		}
	})
}

func TestListsArePagedInTheirOrder(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := complaintHouse(t, d)
		h.exec(`INSERT INTO standing (customer_id, scheme, rulebook, verdict_id, code, position, reason, as_of, since, previous_code)
			VALUES (?, 'dealer', 'b', 1, 'A', 0, '', '2026-01-01', '2026-01-01', '')`, c1East)
		h.customer(1003, "临江同泰机电", zhou, unitHead)
		h.exec("INSERT INTO search_term (term, customer_id) VALUES ('h同泰', 1003)")
		var want []int64
		for i := range 7 {
			c := h.complain(func(in *StartInput) {
				if i%2 == 0 {
					in.CustomerID = 1003
				}
			})
			want = append(want, c.ID)
			h.move(24 * time.Hour)
		}
		want = []int64{want[1], want[3], want[5], want[0], want[2], want[4], want[6]} // A first, then by the limit
		for _, sort := range []string{SortDue, SortNewest} {
			var got []int64
			f := Filter{From: calendar.None, To: calendar.None, Limit: 3, Sort: sort, Text: "TS-2026"}
			for {
				list, next, err := h.svc.List(as(zhao), f)
				if err != nil {
					t.Fatal(err)
				}
				for _, c := range list {
					got = append(got, c.ID)
				}
				if next == "" {
					break
				}
				f.Cursor = next
			}
			if sort == SortNewest {
				slices.Sort(want)
				slices.Reverse(want)
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s: %v, want %v", sort, got, want)
			}
		}
		for name, f := range map[string]Filter{
			"of a customer": {CustomerID: 1003}, "by name": {Text: "同泰"}, "by step": {Step: "accept", CustomerID: 1003}, "by class": {Classes: []string{"usual"}, CustomerID: 1003},
			"of an owner": {OwnerIDs: []int64{zhou}}, "of a unit": {UnitIDs: []int64{unitHead}},
		} {
			f.From, f.To, f.Limit = calendar.None, calendar.None, 50
			if list, _, err := h.svc.List(as(zhao), f); err != nil || len(list) != 4 {
				t.Errorf("%s: %d, %v", name, len(list), err)
			}
		}
		if _, _, err := h.svc.List(as(zhao), Filter{Cursor: "xx", Limit: 5, From: calendar.None, To: calendar.None}); errs.CodeOf(err) != "cursor.invalid" {
			t.Errorf("a wrong cursor: %v", err)
		}
	})
}
