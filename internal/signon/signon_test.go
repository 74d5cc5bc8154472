package signon_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/org"
	"kezhi/internal/outbound"
	"kezhi/internal/signon"
	"kezhi/internal/user"
)

const (
	ours   = "https://kezhi.example.com"
	secret = "the-secret-of-the-client"
)

// provider starts a real OpenID Connect provider; its people are test-user@ and test-user2.
func provider(t *testing.T) string {
	t.Helper()
	var h http.Handler
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.ServeHTTP(w, r) }))
	t.Cleanup(srv.Close)
	storage.RegisterClients(storage.WebClient("kezhi", secret, ours+"/api/v1/session/provider/callback"))
	h = exampleop.SetupServer(srv.URL, storage.NewStorage(storage.NewUserStore(srv.URL)), slog.New(slog.DiscardHandler), false)
	return srv.URL
}

type env struct {
	s   *signon.Service
	u   *user.Service
	d   *db.DB
	now time.Time
	ctx context.Context
}

func newEnv(t *testing.T, d *db.DB) *env {
	t.Helper()
	e := &env{d: d, now: time.Now().UTC()}
	clock := func() time.Time { return e.now }
	units := org.New(d, clock, time.UTC)
	e.u = user.New(d, clock, event.NewBus(d, clock, slog.New(slog.DiscardHandler)), units)
	e.s = signon.New(d, clock, e.u, units, outbound.New(outbound.Config{Allow: []string{"127.0.0.1"}}))
	e.ctx = authz.With(context.Background(), authz.System("test"))
	return e
}

func (e *env) add(t *testing.T, login, email string) user.User {
	t.Helper()
	name, roles := "林晓", []string{authz.RoleCustomerManager}
	u, err := e.u.Create(e.ctx, user.Input{Login: &login, Name: &name, Email: &email, Roles: &roles})
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func (e *env) save(t *testing.T, issuer string, change func(*signon.Input)) signon.Provider {
	t.Helper()
	key := secret
	in := signon.Input{Provider: signon.Provider{
		Name: "公司账号", Issuer: issuer, ClientID: "kezhi", Address: ours, Scopes: []string{"profile", "email"}, MatchBy: signon.MatchEmail, LoginClaim: "preferred_username", Active: true,
	}, Secret: &key}
	change(&in)
	p, err := e.s.Save(e.ctx, in)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

var requestID = regexp.MustCompile(`name="id" value="([^"]*)"`)

// visit goes to the provider as a browser does, signs in there, and gives what comes back to the callback.
func visit(t *testing.T, address, login string) url.Values {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	var last *url.URL
	c := &http.Client{Jar: jar, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if strings.HasPrefix(r.URL.String(), ours) {
			last = r.URL
			return http.ErrUseLastResponse
		}
		return nil
	}}
	page, err := c.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(page.Body)
	_ = page.Body.Close()
	m := requestID.FindSubmatch(body)
	if err != nil || m == nil {
		t.Fatalf("no form to sign in: %d %s", page.StatusCode, body)
	}
	done, err := c.PostForm(page.Request.URL.Scheme+"://"+page.Request.URL.Host+page.Request.URL.Path, url.Values{"id": {string(m[1])}, "username": {login}, "password": {"verysecure"}})
	if err != nil {
		t.Fatal(err)
	}
	body, _ = io.ReadAll(done.Body)
	_ = done.Body.Close()
	if last == nil {
		t.Fatalf("it does not come back: %d %s", done.StatusCode, body)
	}
	return last.Query()
}

// come signs in by the provider and gives who came in.
func (e *env) come(t *testing.T, p signon.Provider, login string) (user.SignedIn, error) {
	t.Helper()
	b, err := e.s.Begin(context.Background(), p.ID, "/customers")
	if err != nil {
		t.Fatal(err)
	}
	q := visit(t, b.Address, login)
	open, next, err := e.s.Finish(context.Background(), signon.Back{State: q.Get("state"), Code: q.Get("code"), Failure: q.Get("error"), Cookie: b.Cookie})
	if next != "/customers" {
		t.Errorf("goes on at %q", next)
	}
	return open, err
}

func TestPeopleSignInByARealProvider(t *testing.T) {
	issuer := provider(t)
	host := strings.Split(strings.TrimPrefix(issuer, "http://"), ":")[0]
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		e := newEnv(t, d)
		lin := e.add(t, "lin", "Test-User@zitadel.ch")
		p := e.save(t, issuer, func(*signon.Input) {})
		open, err := e.come(t, p, "test-user@"+host)
		if err != nil || open.User.ID != lin.ID || open.Session == "" {
			t.Fatalf("%+v %v", open.User, err)
		}
		// From now on it is the subject that counts.
		other := "lin@example.com"
		if lin, err = e.u.Update(e.ctx, lin.ID, lin.Version, user.Input{Email: &other}); err != nil {
			t.Fatal(err)
		}
		if open, err = e.come(t, p, "test-user@"+host); err != nil || open.User.ID != lin.ID {
			t.Errorf("the second time: %+v %v", open.User, err)
		}
		if _, err := e.come(t, p, "test-user2"); errs.CodeOf(err) != "signon.unknown" {
			t.Errorf("somebody unknown: %v", err)
		}
		off := user.Disabled
		if _, err := e.u.Update(e.ctx, lin.ID, lin.Version, user.Input{State: &off}); err != nil {
			t.Fatal(err)
		}
		if _, err := e.come(t, p, "test-user@"+host); errs.KindOf(err) != errs.Unauthenticated {
			t.Errorf("somebody disabled: %v", err)
		}
		var sealed string
		if err := db.Get(context.Background(), d.Read(), "SELECT client_secret FROM signon_provider", nil, &sealed); err != nil || sealed == "" || strings.Contains(sealed, secret) {
			t.Errorf("the secret lies open: %q %v", sealed, err)
		}
	})
}

func TestWhatComesBackIsProved(t *testing.T) {
	issuer := provider(t)
	host := strings.Split(strings.TrimPrefix(issuer, "http://"), ":")[0]
	e := newEnv(t, dbtest.SQLite(t))
	e.add(t, "lin", "test-user@zitadel.ch")
	p := e.save(t, issuer, func(*signon.Input) {})
	back := func() (signon.Begun, signon.Back) {
		b, err := e.s.Begin(context.Background(), p.ID, "/")
		if err != nil {
			t.Fatal(err)
		}
		q := visit(t, b.Address, "test-user@"+host)
		return b, signon.Back{State: q.Get("state"), Code: q.Get("code"), Cookie: b.Cookie}
	}
	finish := func(in signon.Back) error {
		_, _, err := e.s.Finish(context.Background(), in)
		return err
	}
	_, in := back()
	strange := in
	strange.Cookie = "of another browser"
	if err := finish(strange); errs.CodeOf(err) != "user.step_over" {
		t.Errorf("in another browser: %v", err)
	}
	strange = in
	strange.State += "x"
	if err := finish(strange); errs.CodeOf(err) != "user.step_over" {
		t.Errorf("an invented state: %v", err)
	}
	if err := finish(in); err != nil {
		t.Fatal(err)
	}
	if err := finish(in); errs.CodeOf(err) != "user.step_over" {
		t.Errorf("a second time: %v", err)
	}
	// A code that belongs to another sign-in has another verifier: the provider refuses it.
	_, one := back()
	_, two := back()
	one.Code = two.Code
	if err := finish(one); errs.CodeOf(err) != "signon.refused" {
		t.Errorf("the code of another sign-in: %v", err)
	}
	_, in = back()
	e.now = e.now.Add(20 * time.Minute)
	if err := finish(in); errs.CodeOf(err) != "user.step_over" {
		t.Errorf("too late: %v", err)
	}
	for next, want := range map[string]string{"/customers?x=1": "/customers?x=1", "//evil.example": "/", "https://evil.example": "/", "/\\evil.example": "/", "": "/"} {
		if got := signon.After(next); got != want {
			t.Errorf("%q goes on at %q", next, got)
		}
	}
}
