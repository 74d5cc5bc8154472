package user

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// seenEvery is how exactly the last use of a session or token is kept; of a session that may not idle long, more exactly.
const seenEvery = 5 * time.Minute

// Session is a signed-in device.
type Session struct {
	ID                        int64
	CreatedAt, SeenAt, Expiry time.Time
	Address, Agent            string
	Method                    string // how somebody signed in
	hash                      string
}

// IsOf says whether this is the session that a secret opened.
func (v Session) IsOf(secret string) bool { return v.hash == hashSecret(secret) }

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

// endAll signs somebody out everywhere and no longer knows the devices; disabling takes the tokens too.
func (s *Service) endAll(ctx context.Context, q db.Q, userID int64, tokensToo bool) error {
	if _, err := q.Exec(ctx, "DELETE FROM login_session WHERE user_id = ?", userID); err != nil {
		return err
	}
	if _, err := q.Exec(ctx, "DELETE FROM known_device WHERE user_id = ?", userID); err != nil || !tokensToo {
		return err
	}
	_, err := q.Exec(ctx, "DELETE FROM api_token WHERE user_id = ?", userID)
	return err
}

// Sessions lists the acting person's sessions, the one used last first.
func (s *Service) Sessions(ctx context.Context) ([]Session, error) {
	actor, err := authz.Require(ctx, authz.Self)
	if err != nil {
		return nil, err
	}
	return listSessions(ctx, s.db.Read(), actor.UserID, clock.Micros(s.now()))
}

// SessionsOf lists somebody's sessions. Needs user.manage.
func (s *Service) SessionsOf(ctx context.Context, userID int64) ([]Session, error) {
	if _, err := authz.Require(ctx, authz.UserManage); err != nil {
		return nil, err
	}
	return listSessions(ctx, s.db.Read(), userID, clock.Micros(s.now()))
}

// EndSession signs one of the acting person's devices out, or with user.manage somebody's. Errors: not_found.
func (s *Service) EndSession(ctx context.Context, userID, sessionID int64) error {
	if err := s.ownOrManaged(ctx, userID); err != nil {
		return err
	}
	return s.ends(ctx, userID, "session.end", func(q db.Q) (int64, error) {
		return q.Exec(ctx, "DELETE FROM login_session WHERE id = ? AND user_id = ?", sessionID, userID)
	})
}

// EndSessionsOf signs somebody out everywhere. Needs user.manage.
func (s *Service) EndSessionsOf(ctx context.Context, userID int64) error {
	if _, err := authz.Require(ctx, authz.UserManage); err != nil {
		return err
	}
	return s.ends(ctx, userID, "session.end_all", func(q db.Q) (int64, error) {
		_, err := q.Exec(ctx, "DELETE FROM login_session WHERE user_id = ?", userID)
		return 1, err
	})
}

// ownOrManaged lets somebody do with his own what an administrator does with everybody's.
func (s *Service) ownOrManaged(ctx context.Context, userID int64) error {
	actor, err := authz.Require(ctx, authz.Self)
	if err == nil && actor.UserID != userID {
		_, err = authz.Require(ctx, authz.UserManage)
	}
	return err
}

// ends takes away what somebody gets in by, and says so in the audit. Errors: not_found when there was nothing.
func (s *Service) ends(ctx context.Context, userID int64, action string, do func(q db.Q) (int64, error)) error {
	defer s.forget()
	return s.db.InTx(ctx, func(q db.Q) error {
		n, err := do(q)
		if err != nil {
			return err
		}
		if n == 0 {
			return db.ErrNoRows
		}
		return audit.Write(ctx, q, s.now(), audit.Entry{Action: action, Entity: "user", EntityID: id.String(userID)})
	})
}

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
	tries := ownTries(u.ID)
	if err := s.mayTry(tries); err != nil {
		return err
	}
	ok, err := checkPassword(ctx, current, u.passwordHash)
	if err != nil {
		return err
	}
	if !ok {
		s.limits.Count(tries...)
		return &errs.Error{Kind: errs.Invalid, Code: "invalid_input", Fields: []errs.Field{{Path: "current", Code: "user.wrong_password"}}}
	}
	least, err := s.PasswordLength(ctx)
	if err != nil {
		return err
	}
	done := false
	if err := u.apply(ctx, Input{Password: &next, MustChangePassword: &done, least: least}); err != nil {
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
		return s.toldAndWritten(ctx, q, u.ID, "user.change_password")
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
