package rights_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/job"
	"kezhi/internal/org"
	"kezhi/internal/rights"
	"kezhi/internal/role"
	"kezhi/internal/user"
)

const (
	east, west            = 10, 20
	wang, sun, head, boss = 101, 102, 103, 104
	admin                 = 105
	password              = "correct horse battery"
)

type house struct {
	t         *testing.T
	d         *db.DB
	s         *rights.Service
	users     *user.Service
	customers *customer.Service
	roles     *role.Service
	now       time.Time
	told      []int64
	system    context.Context
}

func newHouse(t *testing.T, d *db.DB) *house {
	t.Helper()
	h := &house{t: t, d: d, now: time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC), system: authz.With(context.Background(), authz.System("test"))}
	clock := func() time.Time { return h.now }
	loc := time.FixedZone("", 8*3600)
	bus := event.NewBus(d, clock, slog.New(slog.DiscardHandler))
	h.users = user.New(d, clock, bus, org.New(d, clock, loc))
	h.customers = customer.New(d, clock, loc, bus, job.NewQueue(d, clock))
	h.roles = role.New(d, clock)
	h.s = rights.New(rights.Deps{DB: d, Now: clock, Loc: loc, Customers: h.customers, Users: h.users, Tell: func(_ context.Context, _ db.Q, _, _, userID int64) error {
		h.told = append(h.told, userID)
		return nil
	}})
	h.users.AskBeyond(h.s.Beyond)
	dbtest.Unit(t, d, east, 0, "east")
	dbtest.Unit(t, d, west, 0, "west")
	dbtest.User(t, d, wang, east, "wang", authz.RoleCustomerManager)
	dbtest.User(t, d, sun, west, "sun", authz.RoleCustomerManager)
	dbtest.User(t, d, head, west, "head", authz.RoleRegionalManager)
	dbtest.User(t, d, boss, 0, "boss", authz.RoleDirector)
	dbtest.User(t, d, admin, 0, "admin", authz.RoleAdmin)
	dbtest.Exec(t, d, "UPDATE org_mark SET seq = seq + 1")
	return h
}

// as gives the context of somebody as the server would work it out now.
func (h *house) as(userID int64) context.Context {
	h.t.Helper()
	st, err := h.users.StandingOf(context.Background(), h.d.Read(), userID)
	if err != nil {
		h.t.Fatal(err)
	}
	return authz.With(context.Background(), st.Actor)
}

func (h *house) customer(name string, owner int64, region string) customer.Customer {
	h.t.Helper()
	c, err := h.customers.Create(h.system, customer.Input{Party: customer.PartyOrg, Name: name, Status: customer.StatusActive, OwnerID: owner, Region: region, ConfirmDuplicate: true})
	if err != nil {
		h.t.Fatal(err)
	}
	return c
}

// sees says whether somebody finds a customer: by itself, in the list, in its count and in the search, which must agree.
func (h *house) sees(userID int64, c customer.Customer) bool {
	h.t.Helper()
	ctx := h.as(userID)
	_, err := h.customers.Get(ctx, c.ID)
	if err != nil && !db.IsNoRows(err) {
		h.t.Fatal(err)
	}
	found := err == nil
	query := customer.Query{Conditions: []customer.Condition{{Field: "code", Op: "is", Values: []string{c.Code}}}}
	page, err := h.customers.List(ctx, query, "", 10)
	if err != nil || (len(page.Items) == 1) != found {
		h.t.Fatalf("the look-up says %v, the list %d (%v)", found, len(page.Items), err)
	}
	if n, err := h.customers.Count(ctx, query); err != nil || (n.N == 1) != found {
		h.t.Fatalf("the look-up says %v, the count %d (%v)", found, n.N, err)
	}
	hits, err := h.customers.Find(ctx, c.Code)
	if err != nil || slices.ContainsFunc(hits, func(x customer.Hit) bool { return x.ID == c.ID }) != found {
		h.t.Fatalf("the look-up says %v, the search %d (%v)", found, len(hits), err)
	}
	return found
}

func day(y, m, d int) calendar.Date {
	out, err := calendar.Of(y, m, d)
	if err != nil {
		panic(err)
	}
	return out
}

func TestASharedCustomerIsSeenUntilItsDayOrUntilItIsTakenBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		c := h.customer("东海机电", wang, "320102")
		if h.sees(sun, c) || !h.sees(wang, c) || !h.sees(boss, c) {
			t.Fatal("before")
		}
		in := rights.ShareInput{UserID: sun, Access: rights.Read, Reason: "一起投标", Until: day(2026, 3, 4)}
		if _, err := h.s.Share(h.as(sun), c.ID, in); !db.IsNoRows(err) {
			t.Errorf("by somebody who does not see it: %v", err)
		}
		share, err := h.s.Share(h.as(wang), c.ID, in)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(h.told, []int64{sun}) || share.CreatedName != "wang" || share.UserName != "sun" {
			t.Errorf("told %v: %+v", h.told, share)
		}
		if !h.sees(sun, c) {
			t.Fatal("shared")
		}
		if _, err := h.customers.Update(h.as(sun), c.ID, c.Version, customer.Input{Note: "x"}, customer.FieldNote); !db.IsNoRows(err) {
			t.Errorf("shared to read, and changed: %v", err)
		}
		if _, err := h.s.Share(h.as(sun), c.ID, rights.ShareInput{UserID: head, Access: rights.Read, Reason: "x", Until: day(2026, 3, 4)}); errs.CodeOf(err) != "rights.not_yours_to_share" {
			t.Errorf("shared on: %v", err)
		}
		if _, err := h.s.Share(h.as(boss), c.ID, in); errs.CodeOf(err) != "rights.shared_already" {
			t.Errorf("twice: %v", err)
		}
		h.now = time.Date(2026, 3, 4, 15, 59, 0, 0, time.UTC) // the last minute of its last day here
		if !h.sees(sun, c) {
			t.Error("on its last day")
		}
		h.now = h.now.Add(time.Minute)
		if h.sees(sun, c) {
			t.Error("after its last day")
		}
		in.Access, in.Until = rights.Write, day(2026, 3, 20)
		if share, err = h.s.Share(h.as(boss), c.ID, in); err != nil {
			t.Fatal(err)
		}
		if c, err = h.customers.Update(h.as(sun), c.ID, c.Version, customer.Input{Note: "x"}, customer.FieldNote); err != nil {
			t.Errorf("shared to write: %v", err)
		}
		if _, err := h.customers.Update(h.as(sun), c.ID, c.Version, customer.Input{OwnerID: sun}, customer.FieldOwner); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("taken over: %v", err)
		}
		if err := h.s.Revoke(h.as(sun), c.ID, share.ID); errs.CodeOf(err) != "rights.not_yours_to_share" {
			t.Errorf("taken back by the one who has it: %v", err)
		}
		if err := h.s.Revoke(h.as(wang), c.ID, share.ID); err != nil || h.sees(sun, c) {
			t.Errorf("taken back: %v", err)
		}
		if err := h.s.Revoke(h.as(wang), c.ID, share.ID); errs.CodeOf(err) != "rights.share_over" {
			t.Errorf("twice: %v", err)
		}
		list, may, err := h.s.Shares(h.as(wang), c.ID)
		if err != nil || !may || len(list) != 2 || list[0].State(day(2026, 3, 5)) != rights.Revoked || list[1].State(day(2026, 3, 5)) != rights.Over {
			t.Errorf("%+v %v %v", list, may, err)
		}
	})
}

// What somebody has in a session ends with the share, in a process that remembers the person too.
func TestASessionLosesWhatIsTakenBackAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		c := h.customer("东海机电", wang, "")
		login, name, pass := "li", "李", password
		u, err := h.users.Create(h.system, user.Input{Login: &login, Name: &name, Password: &pass, Roles: &[]string{authz.RoleCustomerManager}})
		if err != nil {
			t.Fatal(err)
		}
		in, err := h.users.SignIn(h.system, user.SignIn{Login: login, Password: pass})
		if err != nil {
			t.Fatal(err)
		}
		sees := func() bool {
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			r.AddCookie(&http.Cookie{Name: "c", Value: in.Session})
			a, ok, err := h.users.Authenticate("c")(context.Background(), r)
			if !ok || err != nil {
				t.Fatal(ok, err)
			}
			_, err = h.customers.Get(authz.With(context.Background(), a), c.ID)
			return err == nil
		}
		before := sees()
		share, err := h.s.Share(h.as(wang), c.ID, rights.ShareInput{UserID: u.ID, Access: rights.Read, Reason: "x", Until: day(2026, 3, 9)})
		if err != nil {
			t.Fatal(err)
		}
		during := sees()
		if err := h.s.Revoke(h.as(wang), c.ID, share.ID); err != nil {
			t.Fatal(err)
		}
		if before || !during || sees() {
			t.Errorf("before %v, during %v, after %v", before, during, sees())
		}
	})
}

// Each way opens the customer for whoever has a reach that takes it, and the explanation says the same as the look-up.
func TestWhyAgreesWithWhatIsSeen(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		mine, other := h.customer("东海机电", wang, "320102"), h.customer("西山商贸", sun, "110101")
		for key, reach := range map[string]authz.Reach{"by_team": authz.ReachTeam, "by_area": authz.ReachTerritory, "by_unit": authz.ReachUnit} {
			if _, err := h.roles.Create(h.system, role.Input{Key: key, NameZh: key, Grants: map[authz.Permission]authz.Reach{authz.CustomerRead: reach}}); err != nil {
				t.Fatal(err)
			}
		}
		dbtest.User(t, d, 201, east, "team", "by_team")
		dbtest.User(t, d, 202, west, "area", "by_area")
		dbtest.User(t, d, 203, east, "unit", "by_unit")
		dbtest.User(t, d, 204, east, "plain", authz.RoleCustomerManager)
		dbtest.Exec(t, d, "UPDATE org_mark SET seq = seq + 1")
		for _, u := range []int64{201, 204} {
			dbtest.Exec(t, d, "INSERT INTO customer_team (customer_id, id, user_id, part, from_on, until_on, created_by, created_at) VALUES (?,?,?,'方案','2026-01-01',NULL,0,0)", mine.ID, u, u)
		}
		dbtest.Exec(t, d, "INSERT INTO area_contract (id, region, street, user_id, unit_id, from_on, until_on, version, created_by, created_at, updated_at) VALUES (1,'3201','',0,?,'2026-01-01',NULL,1,0,0,0)", west)
		want := map[int64]string{wang: "owner", sun: "", head: "", boss: "all", admin: "all", 201: "team", 202: "territory", 203: "unit", 204: ""}
		for who, way := range want {
			for _, c := range []customer.Customer{mine, other} {
				w, err := h.s.Why(h.as(admin), who, c.ID, authz.CustomerRead)
				if err != nil {
					t.Fatal(err)
				}
				var opens []string
				for i := range w.Ways {
					if w.Ways[i].Opens() {
						opens = append(opens, w.Ways[i].Kind)
					}
				}
				if w.Allowed != h.sees(who, c) || w.Allowed != (len(opens) > 0) {
					t.Errorf("%d at %s: allowed %v by %v", who, c.Name, w.Allowed, opens)
				}
				if c.ID == mine.ID && (way == "") == w.Allowed || c.ID == mine.ID && way != "" && !slices.Equal(opens, []string{way}) {
					t.Errorf("%d sees %s by %v, want %q", who, c.Name, opens, way)
				}
			}
		}
		w, err := h.s.Why(h.as(admin), 204, mine.ID, authz.CustomerRead)
		if err != nil || w.Ways[2].Kind != rights.WayTeam || !w.Ways[2].Stands || w.Ways[2].Counts || w.Ways[2].Name != "方案" {
			t.Errorf("beside the owner, without the reach: %+v %v", w.Ways, err)
		}
		viewers, next, err := h.s.Viewers(h.as(admin), mine.ID, 0)
		got := map[int64]string{}
		for _, v := range viewers {
			got[v.UserID] = v.Ways[0]
		}
		for who, way := range want {
			if got[who] != way {
				t.Errorf("viewers: %d by %q, want %q", who, got[who], way)
			}
		}
		if err != nil || next != 0 || len(got) != 6 {
			t.Errorf("%v %d %v", got, next, err)
		}
	})
}

// What is explained about others, and about customers out of reach, is for those who look after rights.
func TestAnExplanationTellsNothingToOthers(t *testing.T) {
	h := newHouse(t, dbtest.SQLite(t))
	mine, other := h.customer("东海机电", wang, ""), h.customer("西山商贸", sun, "")
	if w, err := h.s.Why(h.as(wang), 0, mine.ID, authz.CustomerRead); err != nil || !w.Allowed || w.UserID != wang {
		t.Errorf("oneself: %+v %v", w, err)
	}
	_, hidden := h.s.Why(h.as(wang), 0, other.ID, authz.CustomerRead)
	_, none := h.s.Why(h.as(wang), 0, 4711, authz.CustomerRead)
	if !db.IsNoRows(hidden) || !db.IsNoRows(none) {
		t.Errorf("out of reach: %v, not there: %v", hidden, none)
	}
	for _, customerID := range []int64{mine.ID, other.ID, 4711} {
		if _, err := h.s.Why(h.as(wang), sun, customerID, authz.CustomerRead); errs.CodeOf(err) != "auth.forbidden" {
			t.Errorf("about somebody else: %v", err)
		}
	}
	if _, _, err := h.s.Viewers(h.as(wang), mine.ID, 0); errs.CodeOf(err) != "auth.forbidden" {
		t.Errorf("who sees mine: %v", err)
	}
	if w, err := h.s.Why(h.as(admin), sun, mine.ID, authz.CustomerRead); err != nil || w.Allowed {
		t.Errorf("by an administrator: %+v %v", w, err)
	}
	if _, err := h.s.Why(h.as(admin), sun, mine.ID, authz.AuditRead); errs.KindOf(err) != errs.Invalid {
		t.Errorf("a permission that is about no customer: %v", err)
	}
}

func TestWrongSharesAreRefused(t *testing.T) {
	h := newHouse(t, dbtest.SQLite(t))
	c := h.customer("东海机电", wang, "")
	ok := rights.ShareInput{UserID: sun, Access: rights.Read, Reason: "一起投标", Until: day(2026, 3, 4)}
	for field, wrong := range map[string]func(in *rights.ShareInput){
		"user_id": func(in *rights.ShareInput) { in.UserID = wang },
		"access":  func(in *rights.ShareInput) { in.Access = "all" },
		"reason":  func(in *rights.ShareInput) { in.Reason = " " },
		"until":   func(in *rights.ShareInput) { in.Until = day(2026, 3, 1) },
	} {
		in := ok
		wrong(&in)
		_, err := h.s.Share(h.as(wang), c.ID, in)
		if x, found := errs.As(err); !found || len(x.Fields) != 1 || x.Fields[0].Path != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}
