package user

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/throttle"
)

// A session ends when it is idle for sessionIdle or as old as sessionLife, whichever comes first.
const (
	sessionIdle = 12 * time.Hour
	sessionLife = 30 * 24 * time.Hour
	seenEvery   = 5 * time.Minute // how exactly the last use is kept
	actorFor    = 5 * time.Second // how long another process may go on with old rights
	tokenPrefix = "kz_"
	tokenLife   = 365 * 24 * time.Hour
)

// Session is a signed-in device.
type Session struct {
	ID                        int64
	CreatedAt, SeenAt, Expiry time.Time
	Address, Agent            string
}

// Token is a personal API token; its secret is shown once.
type Token struct {
	ID                   int64
	Name                 string
	CreatedAt, ExpiresAt time.Time
	UsedAt               *int64
}

// SignIn checks login and password and opens a session; secret goes into the cookie.
// Errors: user.wrong_credentials (also for unknown and disabled users), user.too_many_attempts.
func (s *Service) SignIn(ctx context.Context, login, password, address, agent string) (u User, secret string, err error) {
	login = strings.ToLower(strings.TrimSpace(login))
	if wait := s.limits.Wait(guesses(address, login)...); wait > 0 {
		return User{}, "", errs.New(errs.RateLimited, "user.too_many_attempts", "minutes", int(wait.Minutes())+1)
	}
	u, err = getUser(ctx, s.db.Read(), "u.login = ?", login)
	if err != nil && !db.IsNoRows(err) {
		return User{}, "", err
	}
	ok, err := checkPassword(ctx, password, u.passwordHash)
	if err != nil {
		return User{}, "", err
	}
	if !ok || u.State != Active {
		s.limits.Count(guesses(address, login)...)
		return User{}, "", errWrongPassword
	}
	s.limits.Forget(guesses(address, login)[0].Key)
	secret, hash := newSecret("")
	now := s.now()
	ctx = authz.With(ctx, authz.Actor{UserID: u.ID, Name: u.Name})
	err = s.db.InTx(ctx, func(q db.Q) error {
		if _, err := q.Exec(ctx, "DELETE FROM login_session WHERE user_id = ? AND expires_at < ?", u.ID, clock.Micros(now)); err != nil {
			return err
		}
		_, err := q.Exec(ctx, "INSERT INTO login_session (token_hash, id, user_id, created_at, seen_at, expires_at, address, agent) VALUES (?,?,?,?,?,?,?,?)",
			hash, id.New(now), u.ID, clock.Micros(now), clock.Micros(now), clock.Micros(now.Add(sessionLife)), address, cut(agent, 200))
		if err != nil {
			return err
		}
		return audit.Write(ctx, q, now, audit.Entry{Action: "session.open", Entity: "user", EntityID: id.String(u.ID), Detail: map[string]any{"address": address}})
	})
	return u, secret, err
}

// SignOut ends the session with this secret; an unknown one is no error.
func (s *Service) SignOut(ctx context.Context, secret string) error {
	hash := hashSecret(secret)
	s.cache.Delete(hash)
	return s.db.InTx(ctx, func(q db.Q) error {
		_, err := q.Exec(ctx, "DELETE FROM login_session WHERE token_hash = ?", hash)
		return err
	})
}

// SignOutEverywhere ends all sessions of the acting person, this one too.
func (s *Service) SignOutEverywhere(ctx context.Context) error {
	actor, err := authz.Require(ctx, authz.Self)
	if err != nil {
		return err
	}
	defer s.forget()
	return s.db.InTx(ctx, func(q db.Q) error {
		if err := s.endAll(ctx, q, actor.UserID, false); err != nil {
			return err
		}
		return audit.Write(ctx, q, s.now(), audit.Entry{Action: "session.end_all", Entity: "user", EntityID: id.String(actor.UserID)})
	})
}

func (s *Service) endAll(ctx context.Context, q db.Q, userID int64, tokensToo bool) error {
	if _, err := q.Exec(ctx, "DELETE FROM login_session WHERE user_id = ?", userID); err != nil || !tokensToo {
		return err
	}
	_, err := q.Exec(ctx, "DELETE FROM api_token WHERE user_id = ?", userID)
	return err
}

// Sessions lists the acting person's sessions, newest first.
func (s *Service) Sessions(ctx context.Context) ([]Session, error) {
	actor, err := authz.Require(ctx, authz.Self)
	if err != nil {
		return nil, err
	}
	return db.List(ctx, s.db.Read(), "SELECT id, created_at, seen_at, expires_at, address, agent FROM login_session WHERE user_id = ? AND expires_at > ? ORDER BY seen_at DESC LIMIT 100",
		[]any{actor.UserID, clock.Micros(s.now())}, func(r db.Rows) (Session, error) {
			v := Session{ID: r.Int64(0), CreatedAt: clock.FromMicros(r.Int64(1)), SeenAt: clock.FromMicros(r.Int64(2)), Expiry: clock.FromMicros(r.Int64(3))}
			v.Address, v.Agent = string(r.Bytes(4)), string(r.Bytes(5))
			return v, nil
		})
}

// CreateToken makes a personal token with the rights of its owner and gives its secret, which is not kept.
func (s *Service) CreateToken(ctx context.Context, name string) (Token, string, error) {
	actor, err := authz.Require(ctx, authz.Self)
	if err != nil {
		return Token{}, "", err
	}
	var v errs.Validation
	name = strings.TrimSpace(name)
	v.Check(name != "" && len(name) <= 100, "name", "field.required")
	if err := v.Err(); err != nil {
		return Token{}, "", err
	}
	now := s.now()
	secret, hash := newSecret(tokenPrefix)
	t := Token{ID: id.New(now), Name: name, CreatedAt: now, ExpiresAt: now.Add(tokenLife)}
	err = s.db.InTx(ctx, func(q db.Q) error {
		_, err := q.Exec(ctx, "INSERT INTO api_token (token_hash, id, user_id, name, created_at, expires_at) VALUES (?,?,?,?,?,?)",
			hash, t.ID, actor.UserID, name, clock.Micros(now), clock.Micros(t.ExpiresAt))
		if err != nil {
			return err
		}
		return audit.Write(ctx, q, now, audit.Entry{Action: "token.create", Entity: "user", EntityID: id.String(actor.UserID), Detail: map[string]any{"name": name}})
	})
	return t, secret, err
}

// Tokens lists the acting person's tokens.
func (s *Service) Tokens(ctx context.Context) ([]Token, error) {
	actor, err := authz.Require(ctx, authz.Self)
	if err != nil {
		return nil, err
	}
	return db.List(ctx, s.db.Read(), "SELECT id, name, created_at, expires_at, used_at FROM api_token WHERE user_id = ? ORDER BY id LIMIT 200", []any{actor.UserID},
		func(r db.Rows) (Token, error) {
			t := Token{ID: r.Int64(0), Name: string(r.Bytes(1)), CreatedAt: clock.FromMicros(r.Int64(2)), ExpiresAt: clock.FromMicros(r.Int64(3))}
			if !r.Null(4) {
				used := r.Int64(4)
				t.UsedAt = &used
			}
			return t, nil
		})
}

// RevokeToken ends one of the acting person's tokens.
func (s *Service) RevokeToken(ctx context.Context, tokenID int64) error {
	actor, err := authz.Require(ctx, authz.Self)
	if err != nil {
		return err
	}
	defer s.forget()
	return s.db.InTx(ctx, func(q db.Q) error {
		n, err := q.Exec(ctx, "DELETE FROM api_token WHERE id = ? AND user_id = ?", tokenID, actor.UserID)
		if err != nil {
			return err
		}
		if n == 0 {
			return db.ErrNoRows
		}
		return audit.Write(ctx, q, s.now(), audit.Entry{Action: "token.revoke", Entity: "user", EntityID: id.String(actor.UserID)})
	})
}

type cachedActor struct {
	actor authz.Actor
	until time.Time
}

// Authenticate finds the actor behind a request's session cookie or bearer token.
func (s *Service) Authenticate(cookie string) func(ctx context.Context, r *http.Request) (authz.Actor, bool, error) {
	return func(ctx context.Context, r *http.Request) (authz.Actor, bool, error) {
		secret, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if !bearer {
			if secret = cookieValue(r, cookie); secret == "" {
				return authz.Actor{}, false, nil
			}
		}
		hash, now := hashSecret(secret), s.now()
		if v, ok := s.cache.Load(hash); ok && now.Before(v.(cachedActor).until) {
			return v.(cachedActor).actor, true, nil
		}
		table := "login_session"
		if strings.HasPrefix(secret, tokenPrefix) {
			table = "api_token"
		}
		userID, err := s.use(ctx, table, hash, now)
		if err != nil || userID == 0 {
			s.cache.Delete(hash)
			return authz.Actor{}, false, err
		}
		actor, err := s.actor(ctx, userID)
		if err != nil {
			return authz.Actor{}, false, err
		}
		s.cache.Store(hash, cachedActor{actor: actor, until: now.Add(actorFor)})
		return actor, true, nil
	}
}

func cookieValue(r *http.Request, name string) string {
	c, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	return c.Value
}

// use finds the live session or token and notes its use now and then. 0 = there is none.
func (s *Service) use(ctx context.Context, table, hash string, now time.Time) (int64, error) {
	column := "seen_at"
	if table == "api_token" {
		column = "used_at"
	}
	var userID, seen int64
	err := db.Get(ctx, s.db.Read(), "SELECT t.user_id, COALESCE(t."+column+", 0) FROM "+table+" t JOIN app_user u ON u.id = t.user_id WHERE t.token_hash = ? AND t.expires_at > ? AND u.state = 'active'",
		[]any{hash, clock.Micros(now)}, &userID, &seen)
	if db.IsNoRows(err) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	idle := now.Sub(clock.FromMicros(seen))
	if table == "login_session" && idle > sessionIdle {
		return 0, nil
	}
	if idle > seenEvery {
		err = s.db.InTx(ctx, func(q db.Q) error {
			_, err := q.Exec(ctx, "UPDATE "+table+" SET "+column+" = ? WHERE token_hash = ?", clock.Micros(now), hash)
			return err
		})
	}
	return userID, err
}

func (s *Service) actor(ctx context.Context, userID int64) (authz.Actor, error) {
	u, err := getUser(ctx, s.db.Read(), "u.id = ?", userID)
	if err != nil {
		return authz.Actor{}, err
	}
	tree, err := s.units.Tree(ctx, s.db.Read())
	if err != nil {
		return authz.Actor{}, err
	}
	grants := authz.GrantsOf(u.Roles)
	if u.MustChangePassword {
		grants = map[authz.Permission]authz.Reach{authz.Self: authz.ReachAll}
	}
	return authz.Actor{UserID: u.ID, Name: u.Name, Grants: grants, UnitIDs: tree.Below(u.UnitID)}, nil
}

// forget drops what is known about signed-in people, so that changed rights hold at once in this process.
func (s *Service) forget() { s.cache.Clear() }

// Me gives the acting person's own user.
func (s *Service) Me(ctx context.Context) (User, authz.Actor, error) {
	actor, err := authz.Require(ctx, authz.Self)
	if err != nil {
		return User{}, actor, err
	}
	u, err := getUser(ctx, s.db.Read(), "u.id = ?", actor.UserID)
	return u, actor, err
}

// Preferences changes one's own language, theme and view preferences. nil leaves a field as it is.
func (s *Service) Preferences(ctx context.Context, locale, theme *string, prefs json.RawMessage) (User, error) {
	actor, err := authz.Require(ctx, authz.Self)
	if err != nil {
		return User{}, err
	}
	var v errs.Validation
	v.Check(locale == nil || slices.Contains(Locales, *locale), "locale", "field.choice")
	v.Check(theme == nil || slices.Contains(Themes, *theme), "theme", "field.choice")
	v.Check(len(prefs) <= 64<<10, "prefs", "field.too_long", "max", 64<<10)
	if err := v.Err(); err != nil {
		return User{}, err
	}
	var u User
	err = s.db.InTx(ctx, func(q db.Q) error {
		if u, err = getUser(ctx, q, "u.id = ?", actor.UserID); err != nil {
			return err
		}
		if locale != nil {
			u.Locale = *locale
		}
		if theme != nil {
			u.Theme = *theme
		}
		if prefs != nil {
			u.Prefs = prefs
		}
		_, err := q.Exec(ctx, "UPDATE app_user SET locale = ?, theme = ?, prefs = ? WHERE id = ?", u.Locale, u.Theme, string(u.Prefs), u.ID)
		return err
	})
	return u, err
}

// ChangePassword sets one's own password after proving the old one; every other session ends.
func (s *Service) ChangePassword(ctx context.Context, current, next, keepSecret string) error {
	u, _, err := s.Me(ctx)
	if err != nil {
		return err
	}
	if wait := s.limits.Wait(guesses("", u.Login)...); wait > 0 {
		return errs.New(errs.RateLimited, "user.too_many_attempts", "minutes", int(wait.Minutes())+1)
	}
	ok, err := checkPassword(ctx, current, u.passwordHash)
	if err != nil {
		return err
	}
	if !ok {
		s.limits.Count(guesses("", u.Login)...)
		return &errs.Error{Kind: errs.Invalid, Code: "invalid_input", Fields: []errs.Field{{Path: "current", Code: "user.wrong_password"}}}
	}
	done := false
	if err := u.apply(ctx, Input{Password: &next, MustChangePassword: &done}); err != nil {
		return err
	}
	defer s.forget()
	return s.db.InTx(ctx, func(q db.Q) error {
		if _, err := q.Exec(ctx, "UPDATE app_user SET password_hash = ?, must_change_password = 0, version = version + 1 WHERE id = ?", u.passwordHash, u.ID); err != nil {
			return err
		}
		if _, err := q.Exec(ctx, "DELETE FROM login_session WHERE user_id = ? AND token_hash <> ?", u.ID, hashSecret(keepSecret)); err != nil {
			return err
		}
		return audit.Write(ctx, q, s.now(), audit.Entry{Action: "user.change_password", Entity: "user", EntityID: id.String(u.ID)})
	})
}

const setupSetting = "setup_token"

// SetupNeeded says whether there is no user yet.
func (s *Service) SetupNeeded(ctx context.Context) (bool, error) {
	var n int
	err := db.Get(ctx, s.db.Read(), "SELECT COUNT(*) FROM app_user", nil, &n)
	return n == 0, err
}

// OfferSetup makes a new one-time secret for the set-up link, when there is no user yet; "" otherwise.
func (s *Service) OfferSetup(ctx context.Context) (string, error) {
	needed, err := s.SetupNeeded(ctx)
	if err != nil || !needed {
		return "", err
	}
	secret, hash := newSecret("")
	err = s.db.InTx(ctx, func(q db.Q) error {
		_, err := q.Exec(ctx, "INSERT INTO setting (name, value, updated_at) VALUES (?,?,?) ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at",
			setupSetting, hash, clock.Micros(s.now()))
		return err
	})
	return secret, err
}

// Setup makes the first administrator. The secret works once and only while there is no user.
func (s *Service) Setup(ctx context.Context, secret, login, name, password string) (User, error) {
	refused := errs.New(errs.Forbidden, "user.setup_link")
	needed, err := s.SetupNeeded(ctx)
	if err != nil {
		return User{}, err
	}
	if !needed || secret == "" {
		return User{}, refused
	}
	ctx = authz.With(ctx, authz.System("setup"))
	roles := []string{authz.RoleAdmin}
	return s.create(ctx, Input{Login: &login, Name: &name, Password: &password, Roles: &roles}, func(q db.Q) error {
		n, err := q.Exec(ctx, "DELETE FROM setting WHERE name = ? AND value = ?", setupSetting, hashSecret(secret))
		if err == nil && n == 0 {
			err = refused
		}
		return err
	})
}

func cut(s string, n int) string {
	if len(s) > n {
		return strings.ToValidUTF8(s[:n], "")
	}
	return s
}

const (
	tryWindow       = 15 * time.Minute
	triesPerLogin   = 8
	triesPerAddress = 60
)

// guesses are the limits that slow guessing down: per address and login together, and per address alone, so that nobody can
// lock somebody else out from another address.
func guesses(address, login string) []throttle.Rule {
	from := throttle.Network(address)
	return []throttle.Rule{{Key: from + "|" + login, Most: triesPerLogin, Within: tryWindow}, {Key: from, Most: triesPerAddress, Within: tryWindow}}
}
