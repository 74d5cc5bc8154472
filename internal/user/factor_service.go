package user

import (
	"context"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/org"
)

// Factors is how somebody proves who he is beside the password.
type Factors struct {
	App      time.Time // since when codes of an app are asked for; zero = they are not
	Passkeys int
	Recovery int       // codes on paper that are left
	Asked    bool      // the policy asks for a second factor
	Due      time.Time // from then on nothing else is possible without one; zero = nothing is due
}

// has says whether there is a second factor.
func (f Factors) has() bool { return !f.App.IsZero() || f.Passkeys > 0 }

func factorsOf(ctx context.Context, q db.Q, u User) (Factors, error) {
	var f Factors
	row, err := getTOTP(ctx, q, u.ID)
	if err != nil {
		return f, err
	}
	if row.secret != "" {
		f.App = row.confirmed
	}
	if f.Passkeys, err = countPasskeys(ctx, q, u.ID); err != nil {
		return f, err
	}
	if f.Recovery, err = countRecovery(ctx, q, u.ID); err != nil {
		return f, err
	}
	p, err := loadPolicy(ctx, q)
	if err != nil {
		return f, err
	}
	if f.Asked = p.asksFactor(u); f.Asked && !f.has() {
		f.Due = p.factorDue(u)
	}
	return f, nil
}

// ways are the second factors that somebody may answer with.
func (f Factors) ways() []Way {
	var out []Way
	if !f.App.IsZero() {
		out = append(out, WayTOTP)
	}
	if f.Passkeys > 0 {
		out = append(out, WayPasskey)
	}
	if f.has() && f.Recovery > 0 {
		out = append(out, WayRecovery)
	}
	return out
}

// MyFactors gives the acting person's second factors.
func (s *Service) MyFactors(ctx context.Context) (Factors, error) {
	u, _, err := s.Me(ctx)
	if err != nil {
		return Factors{}, err
	}
	return factorsOf(ctx, s.db.Read(), u)
}

// FactorsOf gives somebody's second factors. Needs user.manage.
func (s *Service) FactorsOf(ctx context.Context, userID int64) (Factors, error) {
	u, err := s.Get(ctx, userID)
	if err != nil {
		return Factors{}, err
	}
	return factorsOf(ctx, s.db.Read(), u)
}

// NewApp is the secret that an app takes over; it is shown once and does not count before a code of it was given.
type NewApp struct{ Secret, Address string }

// BeginApp makes a secret for the acting person's app. One that counts already goes on counting until the new one is confirmed.
// Errors: user.prove_again, user.only_session.
func (s *Service) BeginApp(ctx context.Context) (NewApp, error) {
	u, err := s.atOwnSession(ctx)
	if err != nil {
		return NewApp{}, err
	}
	var out NewApp
	if out.Secret, out.Address, err = newTOTP(u.Login); err != nil {
		return NewApp{}, err
	}
	err = s.db.InTx(ctx, func(q db.Q) error {
		sealed, err := s.Seal(ctx, q, totpOf(u.ID), out.Secret)
		if err != nil {
			return err
		}
		return putPending(ctx, q, u.ID, sealed)
	})
	return out, err
}

// totpOf names whose secret it is, so that one put into another row opens nothing.
func totpOf(userID int64) string { return "totp|" + id.String(userID) }

// ConfirmApp has the app count once a code of it was given. Every other session ends, and new recovery codes take the place of those before.
// Errors: user.wrong_code, user.no_pending_app, user.too_many_attempts, user.prove_again, user.only_session.
func (s *Service) ConfirmApp(ctx context.Context, code string) ([]string, error) {
	u, err := s.atOwnSession(ctx)
	if err != nil {
		return nil, err
	}
	tries := ownTries(u.ID)
	if err := s.mayTry(tries); err != nil {
		return nil, err
	}
	var row totpRow
	var secret string
	err = s.db.InTx(ctx, func(q db.Q) error {
		if row, err = getTOTP(ctx, q, u.ID); err != nil {
			return err
		}
		if row.pending == "" {
			return errs.New(errs.Conflict, "user.no_pending_app")
		}
		secret, err = s.Unseal(ctx, q, totpOf(u.ID), row.pending)
		return err
	})
	if err != nil {
		return nil, err
	}
	now := s.now()
	at := totpStep(secret, plainCode(code), now)
	if at == 0 {
		s.limits.Count(tries...)
		return nil, wrongCode()
	}
	codes := newRecoveryCodes()
	err = s.changeFactors(ctx, u, "factor.add", func(q db.Q) error {
		ok, err := confirmPending(ctx, q, u.ID, row.pending, at, now)
		if err != nil {
			return err
		}
		if !ok {
			return errs.New(errs.Conflict, "user.no_pending_app")
		}
		return putRecovery(ctx, q, u.ID, codes)
	})
	if err != nil {
		return nil, err
	}
	return codes, nil
}

func newRecoveryCodes() []string {
	codes := make([]string, recoveryCodes)
	for i := range codes {
		codes[i] = newRecoveryCode()
	}
	return codes
}

// wrongCode is the same for a wrong code, one of another time and one that was used before.
func wrongCode() error {
	return &errs.Error{Kind: errs.Invalid, Code: "user.wrong_code", Fields: []errs.Field{{Path: "code", Code: "user.wrong_code"}}}
}

// DropApp takes the acting person's app away. Errors: user.factor_asked when the policy asks for a second factor and there is no other.
func (s *Service) DropApp(ctx context.Context) error {
	u, err := s.atOwnSession(ctx)
	if err != nil {
		return err
	}
	return s.changeFactors(ctx, u, "factor.remove", func(q db.Q) error {
		n, err := q.Exec(ctx, "DELETE FROM totp WHERE user_id = ?", u.ID)
		if err != nil {
			return err
		}
		if n == 0 {
			return db.ErrNoRows
		}
		return s.leavesEnough(ctx, q, u)
	})
}

// leavesEnough refuses to be left without a factor where one is asked for; codes on paper alone are none.
func (s *Service) leavesEnough(ctx context.Context, q db.Q, u User) error {
	left, err := factorsOf(ctx, q, u)
	if err != nil || left.has() {
		return err
	}
	if left.Asked {
		return errs.New(errs.Conflict, "user.factor_asked")
	}
	return putRecovery(ctx, q, u.ID, nil)
}

// NewRecoveryCodes replaces the acting person's codes on paper. Errors: user.no_factor, user.prove_again, user.only_session.
func (s *Service) NewRecoveryCodes(ctx context.Context) ([]string, error) {
	u, err := s.atOwnSession(ctx)
	if err != nil {
		return nil, err
	}
	codes := newRecoveryCodes()
	err = s.changeFactors(ctx, u, "factor.recovery", func(q db.Q) error {
		f, err := factorsOf(ctx, q, u)
		if err != nil {
			return err
		}
		if !f.has() {
			return errs.New(errs.Conflict, "user.no_factor")
		}
		return putRecovery(ctx, q, u.ID, codes)
	})
	if err != nil {
		return nil, err
	}
	return codes, nil
}

// changeFactors writes a change of one's own second factors with everything that follows: the other sessions end, it stands in the audit log,
// and the person is told by mail.
func (s *Service) changeFactors(ctx context.Context, u User, action string, change func(q db.Q) error) error {
	actor, err := authz.Require(ctx, authz.Self)
	if err != nil {
		return err
	}
	defer s.forget()
	return s.db.InTx(ctx, func(q db.Q) error {
		if err := change(q); err != nil {
			return err
		}
		if _, err := q.Exec(ctx, "DELETE FROM login_session WHERE user_id = ? AND token_hash <> ?", u.ID, actor.Session); err != nil {
			return err
		}
		return s.toldAndWritten(ctx, q, u.ID, action)
	})
}

func (s *Service) toldAndWritten(ctx context.Context, q db.Q, userID int64, action string) error {
	if err := org.Changed(ctx, q); err != nil {
		return err
	}
	if err := s.tell(ctx, q, userID, action); err != nil {
		return err
	}
	return audit.Write(ctx, q, s.now(), audit.Entry{Action: action, Entity: "user", EntityID: id.String(userID)})
}

// ResetFactors takes somebody's second factors away, for whoever lost them, and ends the sessions. Nobody does so for himself.
// Needs user.manage. Errors: user.self_reset, not_found when there are none, user.prove_again.
func (s *Service) ResetFactors(ctx context.Context, userID int64) error {
	actor, err := authz.Require(ctx, authz.UserManage)
	if err != nil {
		return err
	}
	if err := s.fresh(ctx, actor); err != nil {
		return err
	}
	if userID == actor.UserID {
		return errs.New(errs.Conflict, "user.self_reset")
	}
	defer s.forget()
	return s.db.InTx(ctx, func(q db.Q) error {
		n, err := dropFactors(ctx, q, userID)
		if err != nil {
			return err
		}
		if n == 0 {
			return db.ErrNoRows
		}
		if err := s.endAll(ctx, q, userID, false); err != nil {
			return err
		}
		return s.toldAndWritten(ctx, q, userID, "factor.reset")
	})
}

// take uses a code up, one of the app or one on paper. Error: user.wrong_code.
func (s *Service) take(ctx context.Context, q db.Q, userID int64, code string) (Way, error) {
	code = plainCode(code)
	if !isTOTP(code) {
		ok, err := takeRecovery(ctx, q, userID, code)
		if err != nil {
			return "", err
		}
		if !ok {
			return "", wrongCode()
		}
		if err := s.tell(ctx, q, userID, "factor.recovery_used"); err != nil {
			return "", err
		}
		return WayRecovery, audit.Write(ctx, q, s.now(), audit.Entry{Action: "factor.recovery_used", Entity: "user", EntityID: id.String(userID)})
	}
	row, err := getTOTP(ctx, q, userID)
	if err != nil {
		return "", err
	}
	if row.secret == "" {
		return "", wrongCode()
	}
	secret, err := s.Unseal(ctx, q, totpOf(userID), row.secret)
	if err != nil {
		return "", err
	}
	at := totpStep(secret, code, s.now())
	if at == 0 {
		return "", wrongCode()
	}
	ok, err := takeTOTPStep(ctx, q, userID, at)
	if err == nil && !ok {
		err = wrongCode()
	}
	return WayTOTP, err
}

// freshFor is how long after somebody was proved acts that matter are possible without proving it again (OWASP ASVS 3.7.1).
const freshFor = 15 * time.Minute

// fresh refuses an act that matters when whoever sits at the session was proved too long ago. Tokens and the system have no session: what they
// may do is bounded by their scopes. Error: user.prove_again, with the ways by which it is done.
func (s *Service) fresh(ctx context.Context, actor authz.Actor) error {
	if actor.Session == "" {
		return nil
	}
	at, err := proved(ctx, s.db.Read(), actor.Session)
	if err != nil {
		return err
	}
	if s.now().Sub(at) <= freshFor {
		return nil
	}
	ways, err := s.proofs(ctx, actor.UserID)
	if err != nil {
		return err
	}
	return errs.New(errs.Forbidden, "user.prove_again", "ways", ways)
}

// Fresh is fresh for the features that stand upon users.
func (s *Service) Fresh(ctx context.Context) error {
	actor, err := authz.Require(ctx, authz.Self)
	if err != nil {
		return err
	}
	return s.fresh(ctx, actor)
}

// proofs are the ways by which somebody is proved while signed in: the second factor where there is one, else the password.
func (s *Service) proofs(ctx context.Context, userID int64) ([]Way, error) {
	u, err := getUser(ctx, s.db.Read(), "u.id = ?", userID)
	if err != nil {
		return nil, err
	}
	f, err := factorsOf(ctx, s.db.Read(), u)
	if err != nil {
		return nil, err
	}
	switch {
	case f.has():
		return f.ways(), nil
	case u.passwordHash != "":
		return []Way{WayPassword}, nil
	}
	return []Way{WaySignIn}, nil
}

// atOwnSession gives the acting person, who sits at a session and was proved a short while ago.
func (s *Service) atOwnSession(ctx context.Context) (User, error) {
	u, actor, err := s.Me(ctx)
	if err != nil {
		return User{}, err
	}
	if actor.Session == "" {
		return User{}, errs.New(errs.Forbidden, "user.only_session")
	}
	return u, s.fresh(ctx, actor)
}

// Prove proves once more who sits at the session: by the second factor where there is one, else by the password.
// Errors: user.wrong_code, user.wrong_password, user.too_many_attempts, user.only_session.
func (s *Service) Prove(ctx context.Context, password, code string) error {
	u, actor, err := s.Me(ctx)
	if err != nil {
		return err
	}
	if actor.Session == "" {
		return errs.New(errs.Forbidden, "user.only_session")
	}
	tries := ownTries(u.ID)
	if err := s.mayTry(tries); err != nil {
		return err
	}
	two, err := hasFactor(ctx, s.db.Read(), u.ID)
	if err != nil {
		return err
	}
	if !two {
		ok, err := checkPassword(ctx, password, u.passwordHash)
		if err != nil {
			return err
		}
		if !ok {
			s.limits.Count(tries...)
			return &errs.Error{Kind: errs.Invalid, Code: "user.wrong_password", Fields: []errs.Field{{Path: "password", Code: "user.wrong_password"}}}
		}
	}
	err = s.db.InTx(ctx, func(q db.Q) error {
		if two {
			if _, err := s.take(ctx, q, u.ID, code); err != nil {
				return err
			}
		}
		_, err := q.Exec(ctx, "UPDATE login_session SET proved_at = ? WHERE token_hash = ?", clock.Micros(s.now()), actor.Session)
		return err
	})
	if errs.CodeOf(err) == "user.wrong_code" {
		s.limits.Count(tries...)
	}
	return err
}
