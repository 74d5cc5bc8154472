package signon

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/org"
	"kezhi/internal/outbound"
	"kezhi/internal/user"
)

const (
	patience = 10 * time.Second // with a provider
	longest  = 1 << 20          // bytes of an answer
	skew     = time.Minute      // by which its clock may be off
	callback = "/api/v1/session/provider/callback"
	stepKind = "provider"
)

// Service is the use cases of signing in elsewhere.
type Service struct {
	db     *db.DB
	now    clock.Clock
	users  *user.Service
	units  *org.Service
	client *http.Client
	mu     sync.Mutex
	known  map[int64]found
}

// found is what a provider said of itself, as long as nobody changed how it is reached.
type found struct {
	version int64
	oidc    *oidc.Provider
}

// New makes the service. Providers are reached through the guard; what they answer is bounded.
func New(d *db.DB, now clock.Clock, users *user.Service, units *org.Service, guard *outbound.Guard) *Service {
	return &Service{db: d, now: now, users: users, units: units, client: guard.Client(patience, longest), known: map[int64]found{}}
}

// List gives all providers. Needs user.manage.
func (s *Service) List(ctx context.Context) ([]Provider, error) {
	if _, err := authz.Require(ctx, authz.UserManage); err != nil {
		return nil, err
	}
	return list(ctx, s.db.Read())
}

// Get gives a provider. Needs user.manage.
func (s *Service) Get(ctx context.Context, providerID int64) (Provider, error) {
	if _, err := authz.Require(ctx, authz.UserManage); err != nil {
		return Provider{}, err
	}
	return get(ctx, s.db.Read(), providerID)
}

// Offered gives the providers that the sign-in page shows: nobody is signed in there yet.
func (s *Service) Offered(ctx context.Context) ([]Provider, error) {
	all, err := list(ctx, s.db.Read())
	var out []Provider
	for i := range all {
		if all[i].Active {
			out = append(out, all[i])
		}
	}
	return out, err
}

// Save adds a provider (ID 0) or changes the one whose version is still the given one. Needs user.manage, proved a short while ago.
// Errors: invalid_input, precondition_failed, user.prove_again.
func (s *Service) Save(ctx context.Context, in Input) (Provider, error) {
	if _, err := authz.Require(ctx, authz.UserManage); err != nil {
		return Provider{}, err
	}
	if err := s.users.Fresh(ctx); err != nil {
		return Provider{}, err
	}
	if err := in.Validate(); err != nil {
		return Provider{}, err
	}
	p, action, now := in.Provider, "signon.change", s.now()
	p.Name, p.Issuer, p.ClientID = strings.TrimSpace(p.Name), strings.TrimSpace(p.Issuer), strings.TrimSpace(p.ClientID)
	if p.Roles == nil {
		p.Roles = map[string]string{}
	}
	if p.ID == 0 {
		p.ID, p.Version, action = id.New(now), 1, "signon.add"
	}
	err := s.db.InTx(ctx, func(q db.Q) (err error) {
		if action == "signon.change" {
			before, err := get(ctx, q, p.ID)
			if err != nil {
				return err
			}
			p.sealed = before.sealed
		}
		if in.Secret != nil {
			if p.sealed, err = s.users.Seal(ctx, q, about(p.ID), *in.Secret); err != nil {
				return err
			}
		}
		if action == "signon.add" {
			err = insert(ctx, q, p, now)
		} else {
			var ok bool
			if ok, err = update(ctx, q, p, now); err == nil && !ok {
				err = errs.New(errs.Precondition, "precondition_failed", "version", p.Version)
			}
			p.Version++
		}
		if err != nil {
			return err
		}
		return audit.Write(ctx, q, now, audit.Entry{Action: action, Entity: "signon_provider", EntityID: id.String(p.ID), Detail: map[string]any{
			"name": p.Name, "issuer": p.Issuer, "match_by": p.MatchBy, "may_create": p.MayCreate, "trusted": p.Trusted, "active": p.Active, "secret": in.Secret != nil,
		}})
	})
	p.HasSecret = p.sealed != ""
	return p, err
}

// about names whose secret it is, so that one put into another row opens nothing.
func about(providerID int64) string { return "signon|" + id.String(providerID) }

// Begun is a sign-in that goes on at a provider: the address to go to, and the secret that ties it to this browser.
type Begun struct{ Address, Cookie string }

// kept is what is remembered of it.
type kept struct {
	Provider int64  `json:"provider"`
	Verifier string `json:"verifier"`
	Nonce    string `json:"nonce"`
	Next     string `json:"next"`
}

// Begin starts a sign-in at a provider. Errors: not_found, signon.unreachable.
func (s *Service) Begin(ctx context.Context, providerID int64, next string) (Begun, error) {
	p, err := get(ctx, s.db.Read(), providerID)
	if err != nil {
		return Begun{}, err
	}
	if !p.Active {
		return Begun{}, db.ErrNoRows
	}
	conf, _, err := s.reach(ctx, p)
	if err != nil {
		return Begun{}, err
	}
	k := kept{Provider: p.ID, Verifier: oauth2.GenerateVerifier(), Nonce: oauth2.GenerateVerifier(), Next: next}
	state, cookie, err := s.users.KeepTied(ctx, stepKind, k)
	if err != nil {
		return Begun{}, err
	}
	return Begun{conf.AuthCodeURL(state, oidc.Nonce(k.Nonce), oauth2.S256ChallengeOption(k.Verifier)), cookie}, nil
}

// reach gives how to speak with a provider, asking it what it is where that is not known yet. Error: signon.unreachable.
func (s *Service) reach(ctx context.Context, p Provider) (oauth2.Config, *oidc.Provider, error) {
	s.mu.Lock()
	f, ok := s.known[p.ID]
	s.mu.Unlock()
	if !ok || f.version != p.Version {
		// What it said is kept longer than this request lives, and so are the keys it fetches anew.
		said, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), s.client), p.Issuer)
		if err != nil {
			return oauth2.Config{}, nil, errs.Wrap(err, errs.Unavailable, "signon.unreachable", "name", p.Name)
		}
		f = found{p.Version, said}
		s.mu.Lock()
		s.known[p.ID] = f
		s.mu.Unlock()
	}
	var secret string
	if p.sealed != "" {
		err := s.db.InTx(ctx, func(q db.Q) (err error) {
			secret, err = s.users.Unseal(ctx, q, about(p.ID), p.sealed)
			return err
		})
		if err != nil {
			return oauth2.Config{}, nil, err
		}
	}
	return oauth2.Config{
		ClientID: p.ClientID, ClientSecret: secret, Endpoint: f.oidc.Endpoint(), RedirectURL: p.Address + callback, Scopes: append([]string{oidc.ScopeOpenID}, p.Scopes...),
	}, f.oidc, nil
}

// Back is what a browser comes back with.
type Back struct {
	State, Code, Failure, Cookie string
	From                         user.Where
}

// Finish opens the session for whoever comes back from a provider and says where to go on.
// Errors: user.step_over, signon.refused, signon.unreachable, signon.unknown, user.second_factor, user.wrong_credentials.
func (s *Service) Finish(ctx context.Context, in Back) (user.SignedIn, string, error) {
	var k kept
	if err := s.users.TakeTied(ctx, stepKind, in.State, in.Cookie, &k); err != nil {
		return user.SignedIn{}, "", err
	}
	p, err := get(ctx, s.db.Read(), k.Provider)
	if err != nil {
		return user.SignedIn{}, k.Next, err
	}
	if !p.Active || in.Failure != "" || in.Code == "" {
		return user.SignedIn{}, k.Next, errs.New(errs.Unauthenticated, "signon.refused", "name", p.Name)
	}
	subject, c, err := s.prove(ctx, p, k, in.Code)
	if err != nil {
		return user.SignedIn{}, k.Next, err
	}
	userID, err := s.whoIs(authz.With(ctx, authz.System("signon")), p, subject, c)
	if err != nil {
		return user.SignedIn{}, k.Next, err
	}
	open, err := s.users.OpenFor(ctx, userID, "provider", p.Trusted, in.From)
	return open, k.Next, err
}

// prove exchanges the code and proves what comes for it: signature, issuer, audience, time and nonce.
func (s *Service) prove(ctx context.Context, p Provider, k kept, code string) (string, claims, error) {
	conf, said, err := s.reach(ctx, p)
	if err != nil {
		return "", nil, err
	}
	refused := func(err error) error { return errs.Wrap(err, errs.Unauthenticated, "signon.refused", "name", p.Name) }
	ctx = oidc.ClientContext(ctx, s.client)
	token, err := conf.Exchange(ctx, code, oauth2.VerifierOption(k.Verifier))
	if err != nil {
		return "", nil, refused(err)
	}
	raw, ok := token.Extra("id_token").(string)
	if !ok {
		return "", nil, refused(errors.New("no id_token"))
	}
	proven, err := said.Verifier(&oidc.Config{ClientID: p.ClientID, Now: func() time.Time { return s.now().Add(-skew) }}).Verify(ctx, raw)
	if err != nil {
		return "", nil, refused(err)
	}
	if proven.Nonce != k.Nonce {
		return "", nil, refused(errors.New("another nonce"))
	}
	c := claims{}
	if err := proven.Claims(&c); err != nil {
		return "", nil, refused(err)
	}
	// Many say no more than who it is in the token; the rest is asked for. It must speak of the same person.
	if said.UserInfoEndpoint() != "" {
		info, err := said.UserInfo(ctx, oauth2.StaticTokenSource(token))
		if err != nil || info.Subject != proven.Subject {
			return "", nil, refused(err)
		}
		more := claims{}
		if err := info.Claims(&more); err != nil {
			return "", nil, refused(err)
		}
		for name, v := range more {
			if _, there := c[name]; !there {
				c[name] = v
			}
		}
	}
	return proven.Subject, c, nil
}

// whoIs finds the person: the link, else by the first-time rule, else a new one. What the provider says of roles and unit holds from now on.
// Error: signon.unknown.
func (s *Service) whoIs(ctx context.Context, p Provider, subject string, c claims) (int64, error) {
	userID, err := linked(ctx, s.db.Read(), p.ID, subject)
	if err != nil {
		return 0, err
	}
	isNew := userID == 0
	if isNew {
		switch p.MatchBy {
		case MatchEmail:
			userID, err = s.users.PersonByEmail(ctx, c.email())
		case MatchLogin:
			userID, err = s.users.PersonByLogin(ctx, c.text(p.LoginClaim))
		}
		if err != nil {
			return 0, err
		}
	}
	in, err := s.given(ctx, p, c)
	if err != nil {
		return 0, err
	}
	switch {
	case userID == 0 && !p.MayCreate:
		return 0, errs.New(errs.Unauthenticated, "signon.unknown", "name", p.Name)
	case userID == 0:
		if userID, err = s.create(ctx, p, c, in); err != nil {
			return 0, err
		}
	default:
		if err := s.users.Follow(ctx, userID, in); err != nil {
			return 0, err
		}
	}
	now := s.now()
	return userID, s.db.InTx(ctx, func(q db.Q) error {
		if err := putLink(ctx, q, p.ID, subject, userID, now); err != nil || !isNew {
			return err
		}
		return audit.Write(ctx, q, now, audit.Entry{Action: "signon.link", Entity: "user", EntityID: id.String(userID), Detail: map[string]any{"provider": p.Name, "subject": subject}})
	})
}

// given is what the provider decides: roles and unit, as far as it is set so. Error: signon.no_role.
func (s *Service) given(ctx context.Context, p Provider, c claims) (user.Input, error) {
	var in user.Input
	if p.RoleClaim != "" {
		roles := p.rolesOf(c)
		if len(roles) == 0 {
			return in, errs.New(errs.Unauthenticated, "signon.no_role", "name", p.Name)
		}
		in.Roles = &roles
	}
	if code := c.text(p.UnitClaim); p.UnitClaim != "" && code != "" {
		units, err := s.units.Units(ctx, calendar.None, false)
		if err != nil {
			return in, err
		}
		for _, u := range units {
			if u.Code == code {
				in.UnitID = new(u.ID)
			}
		}
	}
	return in, nil
}

// create adds somebody who comes for the first time.
func (s *Service) create(ctx context.Context, p Provider, c claims, in user.Input) (int64, error) {
	login, name := strings.ToLower(c.text(p.LoginClaim)), c.text("name")
	if name == "" {
		name = login
	}
	in.Login, in.Name, in.Email = &login, &name, new(c.email())
	u, err := s.users.Create(ctx, in)
	if err != nil {
		return 0, errs.Wrap(err, errs.Unauthenticated, "signon.unknown", "name", p.Name)
	}
	return u.ID, nil
}

// After gives where a browser goes on after coming back: a path of this program and nothing else.
func After(next string) string {
	if u, err := url.Parse(next); err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n") {
		return "/"
	}
	return next
}
