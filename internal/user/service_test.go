package user_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/org"
	"kezhi/internal/user"
)

type env struct {
	s     *user.Service
	d     *db.DB
	units *org.Service
	now   time.Time
	ctx   context.Context
}

func newEnv(t *testing.T, d *db.DB) *env {
	t.Helper()
	e := &env{d: d, now: time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)}
	clock := func() time.Time { return e.now }
	e.units = org.New(d, clock, time.UTC)
	e.s = user.New(d, clock, event.NewBus(d, clock, slog.New(slog.DiscardHandler)), e.units)
	e.units.Follow(e.s.InUnits())
	e.ctx = authz.With(context.Background(), authz.System("test"))
	return e
}

func (e *env) add(t *testing.T, login string, roles ...string) user.User {
	t.Helper()
	name, password := "林晓", "correct horse battery"
	u, err := e.s.Create(e.ctx, user.Input{Login: &login, Name: &name, Password: &password, Roles: &roles})
	if err != nil {
		t.Fatalf("adding %s: %v", login, err)
	}
	return u
}

// signIn gives the secret of a new session.
func (e *env) signIn(login, password, address string) (string, error) {
	in, err := e.s.SignIn(e.ctx, user.SignIn{Login: login, Password: password, Address: address, Agent: "test"})
	return in.Session, err
}

func (e *env) request(secret string) (authz.Actor, bool) {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.AddCookie(&http.Cookie{Name: "c", Value: secret})
	a, ok, err := e.s.Authenticate("c")(context.Background(), r)
	return a, ok && err == nil
}

func TestSignInOpensASessionThatEnds(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		e := newEnv(t, d)
		e.add(t, "lin", authz.RoleCustomerManager)
		if _, err := e.signIn("lin", "wrong password", "10.0.0.1"); errs.CodeOf(err) != "user.wrong_credentials" {
			t.Fatalf("wrong password: %v", err)
		}
		secret, err := e.signIn(" LIN ", "correct horse battery", "10.0.0.1")
		if err != nil {
			t.Fatal(err)
		}
		a, ok := e.request(secret)
		if !ok || a.Grants[authz.CustomerRead] != authz.ReachOwn || a.Grants[authz.UserManage] != authz.ReachNone {
			t.Fatalf("actor %+v, %v", a, ok)
		}
		if _, ok := e.request(secret + "x"); ok {
			t.Error("a wrong secret was accepted")
		}
		e.now = e.now.Add(13 * time.Hour)
		if _, ok := e.request(secret); ok {
			t.Error("an idle session is still alive")
		}
	})
}

func TestDisablingEndsSessionsAndTokensAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		e := newEnv(t, d)
		u := e.add(t, "lin", authz.RoleCustomerManager)
		session, err := e.signIn("lin", "correct horse battery", "")
		if err != nil {
			t.Fatal(err)
		}
		me := authz.With(context.Background(), authz.Actor{UserID: u.ID, Name: u.Name, Grants: authz.GrantsOf(u.Roles)})
		_, token, err := e.s.CreateToken(me, u.ID, user.TokenInput{Name: "script"})
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{session, token} {
			if _, ok := e.request(secret); !ok {
				t.Fatal("not accepted before")
			}
		}
		state := user.Disabled
		if _, err := e.s.Update(e.ctx, u.ID, u.Version, user.Input{State: &state}); err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{session, token} {
			if _, ok := e.request(secret); ok {
				t.Error("still accepted after disabling")
			}
		}
	})
}

func TestGuessingIsSlowedDownWithoutLockingOthersOut(t *testing.T) {
	e := newEnv(t, dbtest.SQLite(t))
	e.add(t, "lin", authz.RoleCustomerManager)
	for range 8 {
		_, err := e.signIn("lin", "wrong password", "10.0.0.9")
		if errs.CodeOf(err) != "user.wrong_credentials" {
			t.Fatal(err)
		}
	}
	if _, err := e.signIn("lin", "correct horse battery", "10.0.0.9"); errs.CodeOf(err) != "user.too_many_attempts" {
		t.Fatalf("ninth attempt: %v", err)
	}
	if _, err := e.signIn("lin", "correct horse battery", "10.0.0.1"); err != nil {
		t.Fatalf("from another address: %v", err)
	}
	e.now = e.now.Add(16 * time.Minute)
	if _, err := e.signIn("lin", "correct horse battery", "10.0.0.9"); err != nil {
		t.Fatalf("after the window: %v", err)
	}
}

func TestTheLastAdministratorStays(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		e := newEnv(t, d)
		first := e.add(t, "boss", authz.RoleAdmin)
		roles := []string{authz.RoleAuditor}
		if _, err := e.s.Update(e.ctx, first.ID, first.Version, user.Input{Roles: &roles}); errs.CodeOf(err) != "user.last_admin" {
			t.Fatalf("got %v", err)
		}
		e.add(t, "second", authz.RoleAdmin)
		if _, err := e.s.Update(e.ctx, first.ID, first.Version, user.Input{Roles: &roles}); err != nil {
			t.Fatalf("with a second one: %v", err)
		}
		if _, err := e.s.Update(e.ctx, first.ID, first.Version, user.Input{Roles: &roles}); errs.CodeOf(err) != "precondition_failed" {
			t.Fatalf("stale version: %v", err)
		}
		if c, err := audit.Verify(e.ctx, d.Read()); err != nil || c.Entries != 3 {
			t.Fatalf("%d audit entries, %v", c.Entries, err)
		}
	})
}

func TestSetupLinkWorksOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		e := newEnv(t, d)
		ctx := context.Background()
		secret, err := e.s.OfferSetup(ctx)
		if err != nil || secret == "" {
			t.Fatal(secret, err)
		}
		if _, err := e.s.Setup(ctx, "guess", "boss", "王", "correct horse battery"); errs.CodeOf(err) != "user.setup_link" {
			t.Fatalf("a guessed link: %v", err)
		}
		if _, err := e.s.Setup(ctx, secret, "boss", "王", "short"); errs.CodeOf(err) != "invalid_input" {
			t.Fatalf("a short password: %v", err)
		}
		u, err := e.s.Setup(ctx, secret, "boss", "王", "correct horse battery")
		if err != nil || strings.Join(u.Roles, ",") != authz.RoleAdmin {
			t.Fatalf("%+v %v", u, err)
		}
		if _, err := e.s.Setup(ctx, secret, "boss2", "王", "correct horse battery"); errs.CodeOf(err) != "user.setup_link" {
			t.Fatalf("second use: %v", err)
		}
	})
}

func TestNobodyManagesUsersWithoutThePermission(t *testing.T) {
	e := newEnv(t, dbtest.SQLite(t))
	u := e.add(t, "lin", authz.RoleDirector)
	ctx := authz.With(context.Background(), authz.Actor{UserID: u.ID, Name: u.Name, Grants: authz.GrantsOf(u.Roles)})
	if _, err := e.s.List(ctx); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("list: %v", err)
	}
	if _, err := e.s.List(context.Background()); errs.KindOf(err) != errs.Unauthenticated {
		t.Errorf("signed out: %v", err)
	}
}

func TestPasswordRules(t *testing.T) {
	for password, want := range map[string]string{
		"short": "user.password_short", "九个汉字的密码不够长": "", "aaaaaaaaaaaa": "user.password_common", "1234567890": "user.password_common",
		"linxiaolinx": "user.password_is_login", "a sentence nobody guesses": "", strings.Repeat("长密", 101): "user.password_long",
	} {
		if got := user.PasswordProblem(password, "linxiao", 10); got != want {
			t.Errorf("%q: got %q, want %q", password, got, want)
		}
	}
}
