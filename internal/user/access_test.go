package user_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/org"
	"kezhi/internal/user"
)

const right = "correct horse battery"

// as gives the context of somebody as the server would.
func (e *env) as(t *testing.T, u user.User) context.Context {
	t.Helper()
	secret, err := e.signIn(u.Login, right, "10.9.9.9")
	if err != nil {
		t.Fatal(err)
	}
	a, ok := e.request(secret)
	if !ok {
		t.Fatal("not signed in")
	}
	return authz.With(context.Background(), a)
}

func (e *env) bearer(secret string) (authz.Actor, bool) {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.Header.Set("Authorization", "Bearer "+secret)
	a, ok, err := e.s.Authenticate("c")(context.Background(), r)
	return a, ok && err == nil
}

// Whoever floods an account with wrong passwords slows himself down, and not the person on a device the person signed in from before.
func TestWrongPasswordsFromEverywhereDoNotKeepAKnownDeviceOut(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		e := newEnv(t, d)
		e.add(t, "lin", authz.RoleCustomerManager)
		at := func(password, address, device string) (user.SignedIn, error) {
			return e.s.SignIn(e.ctx, user.SignIn{Login: "lin", Password: password, Address: address, Device: device})
		}
		mine, err := at(right, "10.0.0.1", "")
		if err != nil || mine.Device == "" {
			t.Fatal(mine, err)
		}
		refused := 0
		for i := range 60 {
			if _, err := at("wrong password", "203.0.113."+strconv.Itoa(i), ""); errs.CodeOf(err) == "user.too_many_attempts" {
				refused++
			}
		}
		if refused == 0 {
			t.Error("an attack from many addresses is not slowed down")
		}
		if _, err := at(right, "198.51.100.7", ""); errs.CodeOf(err) != "user.too_many_attempts" {
			t.Errorf("a new device waits while the account is under attack: %v", err)
		}
		again, err := at(right, "198.51.100.7", mine.Device)
		if err != nil || again.Device != mine.Device {
			t.Fatalf("the known device: %v", err)
		}
		if _, err := at(right, "198.51.100.7", mine.Device+"x"); errs.CodeOf(err) != "user.too_many_attempts" {
			t.Errorf("an invented device: %v", err)
		}
		for range 8 {
			_, _ = at("wrong password", "10.0.0.1", mine.Device)
		}
		if _, err := at(right, "10.0.0.1", mine.Device); errs.CodeOf(err) != "user.too_many_attempts" {
			t.Errorf("a known device that guesses waits too: %v", err)
		}
		e.now = e.now.Add(16 * time.Minute)
		if _, err := at(right, "10.0.0.1", mine.Device); err != nil {
			t.Errorf("after the pause: %v", err)
		}
	})
}

func TestPausesGrow(t *testing.T) {
	e := newEnv(t, dbtest.SQLite(t))
	e.add(t, "lin", authz.RoleCustomerManager)
	tried := 0
	for range 24 * 4 {
		for range 20 {
			_, err := e.signIn("lin", "wrong password", "203.0.113.1")
			if errs.CodeOf(err) == "user.wrong_credentials" {
				tried++
			}
		}
		e.now = e.now.Add(15 * time.Minute)
	}
	if tried > 48 {
		t.Errorf("%d guesses in a day", tried)
	}
}

func TestATokenDoesNoMoreThanItsScopes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		e := newEnv(t, d)
		lin := e.add(t, "lin", authz.RoleCustomerManager)
		me := e.as(t, lin)
		_, secret, err := e.s.CreateToken(me, lin.ID, user.TokenInput{Name: "reader", Scopes: []string{"customer.read", "self"}, Days: 7})
		if err != nil {
			t.Fatal(err)
		}
		a, ok := e.bearer(secret)
		if !ok || len(a.Grants) != 2 || a.Grants[authz.CustomerRead] != authz.ReachOwn {
			t.Fatalf("%v %v", ok, a.Grants)
		}
		byToken := authz.With(context.Background(), a)
		for name, in := range map[string]user.TokenInput{
			"everything": {Name: "x"}, "another right": {Name: "x", Scopes: []string{"customer.write"}},
		} {
			if _, _, err := e.s.CreateToken(byToken, lin.ID, in); errs.KindOf(err) != errs.Invalid {
				t.Errorf("a token makes one of %s: %v", name, err)
			}
		}
		if _, _, err := e.s.CreateToken(me, lin.ID, user.TokenInput{Name: "x", Scopes: []string{"user.manage"}}); errs.KindOf(err) != errs.Invalid {
			t.Errorf("more than its owner may do: %v", err)
		}
		roles := []string{authz.RoleAuditor}
		if _, err := e.s.Update(e.ctx, lin.ID, lin.Version, user.Input{Roles: &roles}); err != nil {
			t.Fatal(err)
		}
		if a, _ = e.bearer(secret); a.Grants[authz.CustomerRead] != authz.ReachAll || a.Grants[authz.AuditRead] != 0 {
			t.Errorf("it goes with its owner's rights, within its scopes: %v", a.Grants)
		}
		e.now = e.now.AddDate(0, 0, 8)
		if _, ok := e.bearer(secret); ok {
			t.Error("an expired token works")
		}
	})
}

func TestAProgramActsByTokensOnly(t *testing.T) {
	e := newEnv(t, dbtest.SQLite(t))
	boss := e.add(t, "boss", authz.RoleAdmin)
	other := e.add(t, "lin", authz.RoleCustomerManager)
	ctx := e.as(t, boss)
	password := right
	in := user.Input{Login: new("erp"), Name: new("ERP"), Kind: new(user.Program), Roles: &[]string{authz.RoleAuditor}, Password: &password}
	if _, err := e.s.Create(ctx, in); errs.CodeOf(err) != "invalid_input" {
		t.Fatalf("with a password: %v", err)
	}
	in.Password = nil
	erp, err := e.s.Create(ctx, in)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.s.Update(ctx, erp.ID, erp.Version, user.Input{Password: &password}); errs.CodeOf(err) != "invalid_input" {
		t.Errorf("a password later: %v", err)
	}
	dbtest.Exec(t, e.d, "UPDATE app_user SET password_hash = (SELECT password_hash FROM app_user WHERE login = 'boss') WHERE login = 'erp'")
	if _, err := e.signIn("erp", right, "10.0.0.1"); errs.CodeOf(err) != "user.wrong_credentials" {
		t.Errorf("it signs in: %v", err)
	}
	_, secret, err := e.s.CreateToken(ctx, erp.ID, user.TokenInput{Name: "nightly"})
	if err != nil {
		t.Fatal(err)
	}
	if a, ok := e.bearer(secret); !ok || a.UserID != erp.ID || a.Grants[authz.UserManage] != 0 {
		t.Errorf("%v %+v", ok, a)
	}
	if _, _, err := e.s.CreateToken(ctx, other.ID, user.TokenInput{Name: "x"}); errs.CodeOf(err) != "user.token_of_person" {
		t.Errorf("a token that acts as somebody else: %v", err)
	}
	if _, _, err := e.s.CreateToken(e.as(t, other), erp.ID, user.TokenInput{Name: "x"}); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("made by anybody: %v", err)
	}
	list, err := e.s.Colleagues(ctx)
	if err != nil || len(list) != 2 {
		t.Errorf("programs are nobody's colleagues: %v %v", list, err)
	}
}

func TestSessionsAreEndedByTheirOwnerAndByAdministratorsOnly(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		e := newEnv(t, d)
		boss, lin := e.add(t, "boss", authz.RoleAdmin), e.add(t, "lin", authz.RoleCustomerManager)
		first, _ := e.signIn("lin", right, "10.0.0.1")
		second, _ := e.signIn("lin", right, "10.0.0.2")
		admin := e.as(t, boss)
		me, _ := e.request(first)
		mine := authz.With(context.Background(), me)
		list, err := e.s.Sessions(mine)
		if err != nil || len(list) != 2 || list[0].IsOf(second) == list[1].IsOf(second) {
			t.Fatalf("%+v %v", list, err)
		}
		theirs, err := e.s.SessionsOf(admin, boss.ID)
		if err != nil || len(theirs) != 1 {
			t.Fatal(theirs, err)
		}
		if _, err := e.s.SessionsOf(mine, boss.ID); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("somebody else's list: %v", err)
		}
		if err := e.s.EndSession(mine, lin.ID, theirs[0].ID); !db.IsNoRows(err) {
			t.Errorf("somebody else's session: %v", err)
		}
		if err := e.s.EndSession(mine, boss.ID, theirs[0].ID); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("in somebody else's name: %v", err)
		}
		for _, v := range list {
			if v.IsOf(second) {
				err = e.s.EndSession(mine, lin.ID, v.ID)
			}
		}
		if _, ok := e.request(second); ok || err != nil {
			t.Errorf("the ended one: %v %v", ok, err)
		}
		if _, ok := e.request(first); !ok {
			t.Error("the other one ended too")
		}
		if err := e.s.EndSessionsOf(admin, lin.ID); err != nil {
			t.Fatal(err)
		}
		if _, ok := e.request(first); ok {
			t.Error("still signed in")
		}
	})
}

// A post gives the rights of its role over its unit, from its first moment to its last, also in a process that has seen the person before.
func TestAPostGivesRightsAsLongAsItIsHeld(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		e := newEnv(t, d)
		var held []user.HeldRole
		other := user.New(d, func() time.Time { return e.now }, nil, org.New(d, func() time.Time { return e.now }, time.UTC))
		for _, s := range []*user.Service{e.s, other} {
			s.AskPosts(func(context.Context, db.Q, int64) ([]user.HeldRole, error) { return held, nil })
		}
		dbtest.Unit(t, d, 1, 0, "HQ")
		dbtest.Unit(t, d, 2, 1, "EAST")
		dbtest.Unit(t, d, 3, 1, "WEST")
		lin := e.add(t, "lin", authz.RoleCustomerManager)
		if _, err := e.s.Update(e.ctx, lin.ID, lin.Version, user.Input{UnitID: new(int64(3))}); err != nil {
			t.Fatal(err)
		}
		secret, err := e.signIn("lin", right, "10.0.0.1")
		if err != nil {
			t.Fatal(err)
		}
		there := func() authz.Actor {
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			r.AddCookie(&http.Cookie{Name: "c", Value: secret})
			a, ok, err := other.Authenticate("c")(context.Background(), r)
			if !ok || err != nil {
				t.Fatal(ok, err)
			}
			return a
		}
		if a := there(); a.Grants[authz.CustomerRead] != authz.ReachOwn {
			t.Fatalf("before: %v", a.Grants)
		}
		changed := func(h ...user.HeldRole) {
			held = h
			if err := d.InTx(e.ctx, func(q db.Q) error { return org.Changed(e.ctx, q) }); err != nil {
				t.Fatal(err)
			}
		}
		changed(user.HeldRole{Role: authz.RoleRegionalManager, Unit: 2})
		scope := there().Scope(authz.CustomerRead)
		if !scope.CoversPerson(0, 2) || scope.CoversPerson(0, 3) || scope.CoversPerson(0, 1) || !scope.CoversPerson(lin.ID, 3) {
			t.Errorf("the post reaches its unit and no other: %+v", scope)
		}
		changed()
		if a := there(); a.Grants[authz.CustomerRead] != authz.ReachOwn {
			t.Errorf("after: %v", a.Grants)
		}
		changed(user.HeldRole{Role: authz.RoleRegionalManager})
		if scope := there().Scope(authz.CustomerRead); !scope.CoversPerson(0, 1) || !scope.CoversPerson(0, 3) {
			t.Errorf("for the whole organisation: %+v", scope)
		}
		e.now = time.Date(2026, 3, 2, 18, 0, 0, 0, time.UTC) // the session is not idle for too long
		there()
		e.now = time.Date(2026, 3, 2, 23, 59, 59, 0, time.UTC)
		there()
		held = nil // the day ends the post, and nobody changes anything
		if a := there(); a.Grants[authz.CustomerRead] != authz.ReachUnit {
			t.Fatalf("remembered until midnight: %v", a.Grants)
		}
		e.now = e.now.Add(time.Second)
		if a := there(); a.Grants[authz.CustomerRead] != authz.ReachOwn {
			t.Errorf("on the next day: %v", a.Grants)
		}
	})
}

func TestPasswordsKnownFromBreachesAreRefused(t *testing.T) {
	for _, password := range []string{
		"woaini5201314", "P@ssw0rd123", "password2026", "2026password!!", "abcabcabcabc", "qwertyuiop", "poiuytrewq", "0987654321", "zxcvbnm123", "Admin@123456", "!!!huawei!!!!!", "6666666666",
	} {
		if got := user.PasswordProblem(password, "lin", 10); got != "user.password_common" {
			t.Errorf("%q: %q", password, got)
		}
	}
	for _, password := range []string{"kezhi-demo-2026", "mein passwort ist geheim", "床前明月光疑是地上霜", "a1!b2?c3.d4", strings.Repeat("ab cd ef gh ", 3) + "x"} {
		if got := user.PasswordProblem(password, "lin", 10); got != "" {
			t.Errorf("%q: %q", password, got)
		}
	}
}
