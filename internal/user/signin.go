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
	Life    time.Duration // of the session
	hash    string
}

// SignIn checks login and password and opens a session, or says by user.second_factor that a second factor is to come: with the secret of the
// step and the ways. Errors: user.wrong_credentials (also for unknown and disabled users and for programs), user.too_many_attempts,
// user.second_factor, user.password_off.
func (s *Service) SignIn(ctx context.Context, in SignIn) (SignedIn, error) {
	login := strings.ToLower(strings.TrimSpace(in.Login))
	u, err := getUser(ctx, s.db.Read(), "u.login = ?", login)
	if err != nil && !db.IsNoRows(err) {
		return SignedIn{}, err
	}
	p, err := loadPolicy(ctx, s.db.Read())
	if err != nil {
		return SignedIn{}, err
	}
	if p.PasswordOff && login != p.KeepLogin {
		return SignedIn{}, errs.New(errs.Unauthenticated, "user.password_off")
	}
	known, err := s.knows(ctx, in.Device, u.ID)
	if err != nil {
		return SignedIn{}, err
	}
	tries := triesOf(in, login, known)
	if err := s.mayTry(tries); err != nil {
		return SignedIn{}, err
	}
	ok, err := checkPassword(ctx, in.Password, u.passwordHash)
	if err != nil {
		return SignedIn{}, err
	}
	if !ok || u.State != Active || u.Kind != Person {
		s.limits.Count(tries...)
		return SignedIn{}, errWrongPassword
	}
	f, err := factorsOf(ctx, s.db.Read(), u)
	if err != nil {
		return SignedIn{}, err
	}
	if f.has() {
		return SignedIn{}, s.askSecond(ctx, u, f)
	}
	s.forgive(tries)
	return s.open(ctx, u, in, known, string(WayPassword))
}

// askSecond keeps that the password was right and gives the error that asks for the second factor.
func (s *Service) askSecond(ctx context.Context, u User, f Factors) error {
	var secret string
	err := s.db.InTx(ctx, func(q db.Q) (err error) {
		secret, err = keepStep(ctx, q, s.now(), stepSecond, u.ID, struct{}{})
		return err
	})
	if err != nil {
		return err
	}
	return errs.New(errs.Unauthenticated, "user.second_factor", "step", secret, "ways", f.ways())
}

// Second is the answer to a sign-in that asks for a second factor.
type Second struct {
	Step, Code             string
	Address, Agent, Device string
}

// SignInSecond opens the session whose password was right, once the second factor is too. Wrong codes count like wrong passwords.
// Errors: user.step_over, user.wrong_code, user.too_many_attempts.
func (s *Service) SignInSecond(ctx context.Context, in Second) (SignedIn, error) {
	over := errs.New(errs.Unauthenticated, "user.step_over")
	now := s.now()
	st, err := findStep(ctx, s.db.Read(), now, stepSecond, in.Step)
	if db.IsNoRows(err) {
		return SignedIn{}, over
	}
	if err != nil {
		return SignedIn{}, err
	}
	u, err := getUser(ctx, s.db.Read(), "u.id = ?", st.userID)
	if err != nil {
		return SignedIn{}, err
	}
	if u.State != Active {
		return SignedIn{}, over
	}
	with := SignIn{Login: u.Login, Address: in.Address, Agent: in.Agent, Device: in.Device}
	known, err := s.knows(ctx, in.Device, u.ID)
	if err != nil {
		return SignedIn{}, err
	}
	tries := triesOf(with, u.Login, known)
	if err := s.mayTry(tries); err != nil {
		return SignedIn{}, err
	}
	var way Way
	err = s.db.InTx(authz.With(ctx, authz.Actor{UserID: u.ID, Name: u.Name, Address: in.Address}), func(q db.Q) error {
		if way, err = s.take(ctx, q, u.ID, in.Code); err != nil {
			return err
		}
		first, err := endStep(ctx, q, st)
		if err == nil && !first {
			err = over
		}
		return err
	})
	if errs.CodeOf(err) == "user.wrong_code" {
		s.limits.Count(tries...)
		if e := s.db.InTx(ctx, func(q db.Q) error { return countTry(ctx, q, st) }); e != nil {
			return SignedIn{}, e
		}
	}
	if err != nil {
		return SignedIn{}, err
	}
	s.forgive(tries)
	return s.open(ctx, u, with, known, string(WayPassword)+"+"+string(way))
}

// open writes the session, and the device when it is new.
func (s *Service) open(ctx context.Context, u User, in SignIn, known bool, method string) (SignedIn, error) {
	out := SignedIn{User: u, Device: in.Device}
	secret, hash := newSecret("")
	out.Session, out.hash = secret, hash
	now := s.now()
	p, err := loadPolicy(ctx, s.db.Read())
	if err != nil {
		return out, err
	}
	out.Life = p.life()
	ctx = authz.With(ctx, authz.Actor{UserID: u.ID, Name: u.Name})
	err = s.db.InTx(ctx, func(q db.Q) error {
		if _, err := q.Exec(ctx, "DELETE FROM login_session WHERE user_id = ? AND expires_at < ?", u.ID, clock.Micros(now)); err != nil {
			return err
		}
		_, err := q.Exec(ctx, "INSERT INTO login_session (token_hash, id, user_id, created_at, seen_at, expires_at, address, agent, proved_at, method) VALUES (?,?,?,?,?,?,?,?,?,?)",
			hash, id.New(now), u.ID, clock.Micros(now), clock.Micros(now), clock.Micros(now.Add(p.life())), in.Address, cut(in.Agent, 200), clock.Micros(now), method)
		if err != nil {
			return err
		}
		if out.Device, err = s.remember(ctx, q, u.ID, in.Device, known, now); err != nil {
			return err
		}
		return audit.Write(ctx, q, now, audit.Entry{Action: "session.open", Entity: "user", EntityID: id.String(u.ID), Detail: map[string]any{"address": in.Address, "method": method}})
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

// triesOf are the limits of a sign-in: those of the device where somebody signed in from it before, else those of whoever guesses.
func triesOf(in SignIn, login string, known bool) []throttle.Rule {
	if known {
		return slower("device|"+hashSecret(in.Device), triesPerLogin)
	}
	return guesses(in.Address, login)
}

// mayTry says how long to wait before the next attempt. Error: user.too_many_attempts.
func (s *Service) mayTry(tries []throttle.Rule) error {
	if wait := s.limits.Wait(tries...); wait > 0 {
		return errs.New(errs.RateLimited, "user.too_many_attempts", "minutes", int(wait.Minutes())+1)
	}
	return nil
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
