package segment_test

import (
	"context"
	"log/slog"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/fact"
	"kezhi/internal/id"
	"kezhi/internal/job"
	"kezhi/internal/segment"
)

var now = time.Date(2026, 3, 16, 2, 0, 0, 0, time.UTC)

type world struct {
	t         *testing.T
	d         *db.DB
	s         *segment.Service
	customers *customer.Service
	facts     *fact.Service
	runner    *job.Runner
	all, lin  context.Context
	ids       map[string]int64
}

func newWorld(t *testing.T, d *db.DB) *world {
	t.Helper()
	tick := clock.Fixed(now)
	log := slog.New(slog.DiscardHandler)
	loc := time.FixedZone("CST", 8*3600)
	bus, queue := event.NewBus(d, tick, log), job.NewQueue(d, tick)
	w := &world{t: t, d: d, runner: job.NewRunner(queue, log, func(context.Context, int64) string { return "test" }), ids: map[string]int64{}}
	w.customers = customer.New(d, tick, loc, bus, queue)
	w.facts = fact.New(d, tick, loc, bus, w.customers)
	w.s = segment.New(d, tick, loc, queue, w.customers)
	for kind, h := range w.s.Jobs() {
		w.runner.Register(kind, h)
	}
	w.all = authz.With(context.Background(), authz.System("test"))
	w.lin = authz.With(context.Background(), authz.Actor{UserID: 101, Name: "林晓", Grants: authz.GrantsOf([]string{authz.RoleCustomerManager})})
	w.must(d.InTx(w.all, func(q db.Q) error {
		_, err := q.Exec(w.all, `INSERT INTO app_user (id, login, name, email, password_hash, unit_id, state, locale, theme, prefs, must_change_password, version, created_at, updated_at)
			VALUES (101, 'lin', '林晓', '', '', NULL, 'active', 'zh', 'light', '{}', 0, 1, 0, 0)`)
		return err
	}))
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) wantCode(err error, code string) {
	w.t.Helper()
	if err == nil || errs.CodeOf(err) != code {
		w.t.Fatalf("got %v, want %s", err, code)
	}
}

func (w *world) customer(code string, owner int64) {
	w.t.Helper()
	c, err := w.customers.Create(w.all, customer.Input{Code: code, Party: customer.PartyOrg, Name: "客户" + code, Status: "active", OwnerID: owner})
	w.must(err)
	w.ids[code] = c.ID
}

func (w *world) order(code, on string, yuan int64) fact.Fact {
	w.t.Helper()
	day, err := calendar.Parse(on)
	w.must(err)
	amount := yuan * 100
	f, err := w.facts.Record(w.all, fact.Input{CustomerID: w.ids[code], Kind: "order", On: day, Amount: &amount, Currency: "CNY", Status: "shipped"})
	w.must(err)
	return f
}

func (w *world) drain() {
	w.t.Helper()
	for {
		worked, err := w.runner.RunDue(w.all)
		w.must(err)
		if !worked {
			return
		}
	}
}

// in gives the codes of the members somebody sees, in order.
func (w *world) in(ctx context.Context, seg segment.Segment) []string {
	w.t.Helper()
	conditions, err := customer.ParseConditions([]string{"segment:in:" + idText(seg.ID)})
	w.must(err)
	page, err := w.customers.List(ctx, customer.Query{Conditions: conditions, Sort: "code"}, "", 100)
	w.must(err)
	codes := []string{}
	for _, it := range page.Items {
		codes = append(codes, it.Code)
	}
	return codes
}

func bigBuyers(atLeast string) segment.Group {
	return segment.Group{Measures: []segment.Measure{{Do: "sum", Field: "amount", Of: []string{"order"}, Where: `status == "shipped"`, Window: "P12M", Unit: "CNY", AtLeast: atLeast}}}
}

func TestADynamicSegmentHoldsThoseWhoMeetOneOfItsGroups(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for _, c := range []string{"K1", "K2", "K3", "K4"} {
			w.customer(c, map[bool]int64{true: 101}[c <= "K2"])
		}
		w.order("K1", "2026-01-10", 500)
		w.order("K1", "2025-03-17", 500) // the first day of the window
		w.order("K2", "2025-03-16", 5000)
		w.order("K2", "2026-01-10", 999)
		back := w.order("K3", "2026-02-01", 9000)
		seg, err := w.s.Create(w.all, segment.Input{Name: " 大买家 ", Mode: segment.Dynamic, Groups: []segment.Group{bigBuyers("1000"), {Conditions: []string{"code:is:K4"}}}})
		w.must(err)
		if seg.Name != "大买家" || seg.RefreshedOn != calendar.None {
			t.Errorf("%+v", seg)
		}
		w.drain()
		if got := w.in(w.all, seg); !slices.Equal(got, []string{"K1", "K3", "K4"}) {
			t.Fatalf("members %v", got)
		}
		if got := w.in(w.lin, seg); !slices.Equal(got, []string{"K1"}) {
			t.Errorf("a customer manager sees %v", got)
		}
		rows, err := w.s.List(w.lin)
		w.must(err)
		if len(rows) != 1 || rows[0].Seen != 1 {
			t.Errorf("a list tells of %+v", rows)
		}
		_, err = w.facts.Reverse(w.all, w.ids["K3"], back.On, back.ID, "wrong customer")
		w.must(err)
		_, err = w.s.Refresh(w.all, seg.ID)
		w.must(err)
		w.drain()
		if got := w.in(w.all, seg); !slices.Equal(got, []string{"K1", "K4"}) {
			t.Errorf("after a reversal %v", got)
		}
	})
}

func TestPreviewCountsWithinTheReachOfWhoLooks(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.customer("K1", 101)
		w.customer("K2", 0)
		w.order("K1", "2026-01-10", 1000)
		w.order("K2", "2026-01-10", 1000)
		n, first, err := w.s.Preview(w.all, []segment.Group{bigBuyers("1000")}, 1)
		w.must(err)
		if n != 2 || len(first) != 1 {
			t.Errorf("all: %d %v", n, first)
		}
		n, first, err = w.s.Preview(w.lin, []segment.Group{bigBuyers("1000")}, 10)
		w.must(err)
		if n != 1 || first[0].Code != "K1" {
			t.Errorf("own: %d %v", n, first)
		}
		n, _, err = w.s.Preview(w.all, []segment.Group{{Measures: []segment.Measure{{Do: "days_since", Field: "last", Of: []string{"order"}, Above: "65"}}}}, 10)
		w.must(err)
		if n != 0 { // 16 March is 65 days after 10 January
			t.Errorf("quiet for more than 65 days: %d", n)
		}
	})
}

func TestAStaticSegmentIsWhatPeopleChoose(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.customer("K1", 101)
		w.customer("K2", 0)
		seg, err := w.s.Create(w.all, segment.Input{Name: "论坛嘉宾", Mode: segment.Static})
		w.must(err)
		for range 2 { // the same request twice changes nothing
			seg, err = w.s.Change(w.all, seg.ID, []int64{w.ids["K1"], w.ids["K2"]}, nil)
			w.must(err)
		}
		if seg.Members != 2 {
			t.Errorf("members %d", seg.Members)
		}
		seg, err = w.s.Change(w.all, seg.ID, nil, []int64{w.ids["K2"]})
		w.must(err)
		if got := w.in(w.all, seg); !slices.Equal(got, []string{"K1"}) {
			t.Errorf("members %v", got)
		}
		seg, err = w.s.AddAll(w.all, seg.ID, customer.Query{Q: "K2"})
		w.must(err)
		if got := w.in(w.all, seg); !slices.Equal(got, []string{"K1", "K2"}) {
			t.Errorf("all results: %v", got)
		}
		_, err = w.s.Change(w.all, seg.ID, []int64{12345}, nil)
		w.wantCode(err, "not_found")
		north := authz.With(context.Background(), authz.Actor{UserID: 102, Grants: map[authz.Permission]authz.Reach{authz.CustomerRead: authz.ReachOwn, authz.SegmentManage: authz.ReachAll}})
		_, err = w.s.Change(north, seg.ID, nil, []int64{w.ids["K1"]}) // outside of their reach
		w.wantCode(err, "not_found")
		_, err = w.s.Update(w.all, seg.ID, seg.Version+5, segment.Input{Name: "x", Mode: segment.Static})
		if e, ok := errs.As(err); !ok || e.Code != "precondition_failed" || e.Args["current"].(segment.Segment).Members != 0 {
			t.Errorf("stale: %v", err)
		}
		_, err = w.s.Change(w.lin, seg.ID, []int64{w.ids["K1"]}, nil)
		w.wantCode(err, "auth.forbidden")
		w.must(w.s.Archive(w.all, seg.ID, seg.Version))
		_, err = w.s.Change(w.all, seg.ID, []int64{w.ids["K1"]}, nil)
		w.wantCode(err, "segment.archived")
		if _, err := w.s.Create(w.all, segment.Input{Name: "论坛嘉宾", Mode: segment.Static}); err != nil {
			t.Errorf("the name of an archived segment is free again: %v", err)
		}
	})
}

func TestWhatIsRefused(t *testing.T) {
	d := dbtest.SQLite(t)
	w := newWorld(t, d)
	cases := map[string]struct {
		in   segment.Input
		code string
	}{
		"no name":          {segment.Input{Mode: segment.Static}, "invalid_input"},
		"static, with":     {segment.Input{Name: "a", Mode: segment.Static, Groups: []segment.Group{bigBuyers("1")}}, "invalid_input"},
		"dynamic, without": {segment.Input{Name: "a", Mode: segment.Dynamic}, "invalid_input"},
		"empty group":      {segment.Input{Name: "a", Mode: segment.Dynamic, Groups: []segment.Group{{}}}, "invalid_input"},
		"me":               {segment.Input{Name: "a", Mode: segment.Dynamic, Groups: []segment.Group{{Conditions: []string{"owner:in:me"}}}}, "invalid_input"},
		"of a segment":     {segment.Input{Name: "a", Mode: segment.Dynamic, Groups: []segment.Group{{Conditions: []string{"segment:in:1"}}}}, "invalid_input"},
		"unknown field":    {segment.Input{Name: "a", Mode: segment.Dynamic, Groups: []segment.Group{{Conditions: []string{"shoe:in:1"}}}}, "customer.filter_unknown"},
		"no bound":         {segment.Input{Name: "a", Mode: segment.Dynamic, Groups: []segment.Group{bigBuyers("")}}, "invalid_input"},
		"not a number":     {segment.Input{Name: "a", Mode: segment.Dynamic, Groups: []segment.Group{bigBuyers("much")}}, "segment.measure"},
		"wrong where":      {segment.Input{Name: "a", Mode: segment.Dynamic, Groups: []segment.Group{{Measures: []segment.Measure{{Do: "count", Of: []string{"order"}, Where: "status ==", AtLeast: "1"}}}}}, "segment.measure"},
		"wrong window":     {segment.Input{Name: "a", Mode: segment.Dynamic, Groups: []segment.Group{{Measures: []segment.Measure{{Do: "count", Of: []string{"order"}, Window: "soon", AtLeast: "1"}}}}}, "segment.measure"},
		"injected yaml":    {segment.Input{Name: "a", Mode: segment.Dynamic, Groups: []segment.Group{{Measures: []segment.Measure{{Do: "sum", Field: "x\ngrades: {}", Of: []string{"order"}, AtLeast: "1"}}}}}, "invalid_input"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := w.s.Create(w.all, c.in)
			if errs.CodeOf(err) != c.code {
				t.Errorf("got %v, want %s", err, c.code)
			}
		})
	}
	_, err := w.s.Create(w.all, segment.Input{Name: "a", Mode: segment.Static})
	w.must(err)
	_, err = w.s.Create(w.all, segment.Input{Name: "a", Mode: segment.Static})
	w.wantCode(err, "segment.name_taken")
}

// A refresh of any number of customers finds exactly those whose orders add up to the bound, however they fall into pages.
func TestMembersAreThoseAddedUpByHand(t *testing.T) {
	d := dbtest.SQLite(t)
	w := newWorld(t, d)
	want := []int64{}
	sums := rapid.SliceOfN(rapid.SliceOfN(rapid.Int64Range(-50, 100), 0, 4), 300, 300).Example(7)
	for i, list := range sums {
		code := "C" + string(rune('A'+i/26%26)) + string(rune('A'+i%26))
		if i >= 676 {
			break
		}
		w.customer(code, 0)
		sum := int64(0)
		for _, v := range list {
			w.order(code, "2026-01-10", v)
			sum += v
		}
		if sum >= 60 {
			want = append(want, w.ids[code])
		}
	}
	slices.Sort(want)
	n, _, err := w.s.Preview(w.all, []segment.Group{bigBuyers("60")}, 10)
	w.must(err)
	if n != int64(len(want)) || n == 0 {
		t.Errorf("found %d, added up %d", n, len(want))
	}
}

func idText(n int64) string { return id.String(n) }

// Everybody with the right makes segments and uses those of others; only who made one, or an administrator, changes it.
func TestASegmentBelongsToWhoMadeIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.customer("C1", 101)
		person := func(id int64, role string) context.Context {
			return authz.With(context.Background(), authz.Actor{UserID: id, Name: "p", Grants: authz.GrantsOf([]string{role})})
		}
		owner, other, admin := person(201, authz.RoleDirector), person(202, authz.RoleDirector), person(203, authz.RoleAdmin)
		seg, err := w.s.Create(owner, segment.Input{Name: "我的", Mode: segment.Static})
		w.must(err)
		in := segment.Input{Name: "改名", Mode: segment.Static}
		_, err = w.s.Update(other, seg.ID, seg.Version, in)
		w.wantCode(err, "segment.not_owner")
		w.wantCode(w.s.Archive(other, seg.ID, seg.Version), "segment.not_owner")
		_, err = w.s.Change(other, seg.ID, []int64{w.ids["C1"]}, nil)
		w.wantCode(err, "segment.not_owner")
		if got := w.in(other, seg); len(got) != 0 {
			t.Errorf("%v", got)
		}
		_, err = w.s.Change(owner, seg.ID, []int64{w.ids["C1"]}, nil)
		w.must(err)
		if got := w.in(other, seg); len(got) != 1 {
			t.Errorf("others use a segment: %v", got)
		}
		for ctx, want := range map[context.Context]bool{owner: true, other: false, admin: true, w.lin: false} {
			row, err := w.s.Get(ctx, seg.ID)
			if w.must(err); row.Editable != want {
				t.Errorf("editable %v, want %v", row.Editable, want)
			}
		}
		seg, err = w.s.Update(admin, seg.ID, seg.Version, in)
		w.must(err)
		w.must(w.s.Archive(owner, seg.ID, seg.Version))
	})
}
