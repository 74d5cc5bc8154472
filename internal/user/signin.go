package user

import (
	"context"
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

// deviceLife is how long a device is known after somebody signed in from it.
const deviceLife = 180 * 24 * time.Hour

// SignIn is what somebody signs in with.
type SignIn struct {
	Login, Password string
	Address, Agent  string // where the request came from
	Device          string // the secret of the device, "" = a new one
}

// SignedIn is an open session. The secrets go into cookies and are not kept.
type SignedIn struct {
	User    User
	Session string
	Device  string
}

// SignIn checks login and password and opens a session.
// Errors: user.wrong_credentials (also for unknown and disabled users and for programs), user.too_many_attempts.
func (s *Service) SignIn(ctx context.Context, in SignIn) (SignedIn, error) {
	login := strings.ToLower(strings.TrimSpace(in.Login))
	u, err := getUser(ctx, s.db.Read(), "u.login = ?", login)
	if err != nil && !db.IsNoRows(err) {
		return SignedIn{}, err
	}
	known, err := s.knows(ctx, in.Device, u.ID)
	if err != nil {
		return SignedIn{}, err
	}
	tries := guesses(in.Address, login)
	if known {
		tries = slower("device|"+hashSecret(in.Device), triesPerLogin)
	}
	if wait := s.limits.Wait(tries...); wait > 0 {
		return SignedIn{}, errs.New(errs.RateLimited, "user.too_many_attempts", "minutes", int(wait.Minutes())+1)
	}
	ok, err := checkPassword(ctx, in.Password, u.passwordHash)
	if err != nil {
		return SignedIn{}, err
	}
	if !ok || u.State != Active || u.Kind != Person {
		s.limits.Count(tries...)
		return SignedIn{}, errWrongPassword
	}
	s.forgive(tries)
	return s.open(ctx, u, in, known)
}

// open writes the session, and the device when it is new.
func (s *Service) open(ctx context.Context, u User, in SignIn, known bool) (SignedIn, error) {
	out := SignedIn{User: u, Device: in.Device}
	secret, hash := newSecret("")
	out.Session = secret
	now := s.now()
	ctx = authz.With(ctx, authz.Actor{UserID: u.ID, Name: u.Name})
	err := s.db.InTx(ctx, func(q db.Q) error {
		if _, err := q.Exec(ctx, "DELETE FROM login_session WHERE user_id = ? AND expires_at < ?", u.ID, clock.Micros(now)); err != nil {
			return err
		}
		_, err := q.Exec(ctx, "INSERT INTO login_session (token_hash, id, user_id, created_at, seen_at, expires_at, address, agent) VALUES (?,?,?,?,?,?,?,?)",
			hash, id.New(now), u.ID, clock.Micros(now), clock.Micros(now), clock.Micros(now.Add(sessionLife)), in.Address, cut(in.Agent, 200))
		if err != nil {
			return err
		}
		if out.Device, err = s.remember(ctx, q, u.ID, in.Device, known, now); err != nil {
			return err
		}
		return audit.Write(ctx, q, now, audit.Entry{Action: "session.open", Entity: "user", EntityID: id.String(u.ID), Detail: map[string]any{"address": in.Address}})
	})
	return out, err
}

// knows says whether a person has signed in from a device before.
func (s *Service) knows(ctx context.Context, device string, userID int64) (bool, error) {
	if device == "" || userID == 0 {
		return false, nil
	}
	var n int
	err := db.Get(ctx, s.db.Read(), "SELECT COUNT(*) FROM known_device WHERE token_hash = ? AND user_id = ? AND expires_at > ?",
		[]any{hashSecret(device), userID, clock.Micros(s.now())}, &n)
	return n == 1, err
}

// remember keeps a device known and gives its secret; one that is not known gets a new secret, never the one it came with.
func (s *Service) remember(ctx context.Context, q db.Q, userID int64, device string, known bool, now time.Time) (string, error) {
	until := clock.Micros(now.Add(deviceLife))
	if known {
		_, err := q.Exec(ctx, "UPDATE known_device SET expires_at = ? WHERE token_hash = ?", until, hashSecret(device))
		return device, err
	}
	if _, err := q.Exec(ctx, "DELETE FROM known_device WHERE user_id = ? AND expires_at < ?", userID, clock.Micros(now)); err != nil {
		return "", err
	}
	secret, hash := newSecret("")
	_, err := q.Exec(ctx, "INSERT INTO known_device (token_hash, user_id, created_at, expires_at) VALUES (?,?,?,?)", hash, userID, clock.Micros(now), until)
	return secret, err
}

// The numbers of wrong passwords after which the first pause begins.
const (
	triesPerLogin   = 8
	triesPerAddress = 60
	triesPerAccount = 30
)

// guesses are the limits that slow guessing down from a device that is not known: for the login from this address, for the address
// whatever the login, and for the login from wherever. They keep nobody out who signed in from a device before: that one has limits of
// its own.
func guesses(address, login string) []throttle.Rule {
	from := throttle.Network(address)
	out := slower("from|"+from+"|"+login, triesPerLogin)
	out = append(out, slower("login|"+login, triesPerAccount)...)
	return append(out, throttle.Rule{Key: "from|" + from, Most: triesPerAddress, Within: 15 * time.Minute})
}

// ownTries are the limits of proving one's own password once more.
func ownTries(userID int64) []throttle.Rule { return slower("own|"+id.String(userID), triesPerLogin) }

// slower are limits whose pauses grow: after the first few a quarter of an hour, then hours, then a day.
func slower(key string, first int) []throttle.Rule {
	return []throttle.Rule{
		{Key: key + "|a", Most: first, Within: 15 * time.Minute},
		{Key: key + "|b", Most: 3 * first, Within: 6 * time.Hour},
		{Key: key + "|c", Most: 6 * first, Within: 24 * time.Hour},
	}
}

// forgive takes back what was counted for the one login from here; what is counted for the address alone and for the login from
// wherever stays, else whoever knows one password could go on guessing others.
func (s *Service) forgive(tries []throttle.Rule) {
	for _, r := range tries[:3] {
		s.limits.Forget(r.Key)
	}
}
