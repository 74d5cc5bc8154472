package user

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/throttle"
)

const (
	maxPasskeys    = 20 // of one person
	maxPasskeyName = 60
)

// Passkey is the key of a device, or of a keyring that several devices share. It proves that somebody has it and unlocked it, so it stands for
// both factors.
type Passkey struct {
	ID           int64
	Name         string
	Created      time.Time
	Used         time.Time // zero = not yet
	credentialID string
	credential   webauthn.Credential
	userID       int64
}

// Challenge is what the browser asks the key, and the secret of the step that waits for its answer.
type Challenge struct {
	Step    string
	Options any
}

// ceremony is kept while the browser asks a key.
type ceremony struct {
	Origin  string               `json:"origin"`
	Session webauthn.SessionData `json:"session"`
}

// holder is a person as the library wants to see one.
type holder struct {
	u    User
	keys []Passkey
}

func (h holder) WebAuthnID() []byte          { return []byte(id.String(h.u.ID)) }
func (h holder) WebAuthnName() string        { return h.u.Login }
func (h holder) WebAuthnDisplayName() string { return h.u.Name }
func (h holder) WebAuthnCredentials() []webauthn.Credential {
	out := make([]webauthn.Credential, len(h.keys))
	for i, k := range h.keys {
		out[i] = k.credential
	}
	return out
}

// relying gives the library for the address under which the browser sees the program: keys belong to its host. Error: user.passkey_address.
func relying(origin string) (*webauthn.WebAuthn, error) {
	u, err := url.Parse(origin)
	if err != nil || u.Hostname() == "" {
		return nil, errs.New(errs.Invalid, "user.passkey_address")
	}
	w, err := webauthn.New(&webauthn.Config{
		RPID: u.Hostname(), RPDisplayName: "Kezhi 客制", RPOrigins: []string{origin}, AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: protocol.ResidentKeyRequired(), UserVerification: protocol.VerificationRequired,
		},
	})
	if err != nil {
		return nil, errs.Wrap(err, errs.Invalid, "user.passkey_address")
	}
	return w, nil
}

// notTheKey is one answer to everything that is wrong with what a key said; what exactly stands in the cause.
func notTheKey(err error) error {
	var p *protocol.Error
	if errors.As(err, &p) {
		err = errors.New(p.Details + ": " + p.DevInfo)
	}
	return errs.Wrap(err, errs.Invalid, "user.passkey_wrong")
}

// Passkeys gives the acting person's keys.
func (s *Service) Passkeys(ctx context.Context) ([]Passkey, error) {
	actor, err := authz.Require(ctx, authz.Self)
	if err != nil {
		return nil, err
	}
	return listPasskeys(ctx, s.db.Read(), actor.UserID)
}

// BeginPasskey asks the browser for a new key of the acting person. Errors: user.too_many_passkeys, user.passkey_address, user.prove_again,
// user.only_session.
func (s *Service) BeginPasskey(ctx context.Context, origin string) (Challenge, error) {
	u, err := s.atOwnSession(ctx)
	if err != nil {
		return Challenge{}, err
	}
	w, err := relying(origin)
	if err != nil {
		return Challenge{}, err
	}
	keys, err := listPasskeys(ctx, s.db.Read(), u.ID)
	if err != nil {
		return Challenge{}, err
	}
	if len(keys) >= maxPasskeys {
		return Challenge{}, errs.New(errs.Conflict, "user.too_many_passkeys", "max", maxPasskeys)
	}
	h := holder{u, keys}
	options, session, err := w.BeginRegistration(h, webauthn.WithExclusions(webauthn.Credentials(h.WebAuthnCredentials()).CredentialDescriptors()))
	if err != nil {
		return Challenge{}, errs.Wrap(err, errs.Invalid, "user.passkey_address")
	}
	return s.keepCeremony(ctx, stepMakeKey, u.ID, ceremony{origin, *session}, options.Response)
}

func (s *Service) keepCeremony(ctx context.Context, kind string, userID int64, c ceremony, options any) (Challenge, error) {
	out := Challenge{Options: options}
	err := s.db.InTx(ctx, func(q db.Q) (err error) {
		out.Step, err = keepStep(ctx, q, s.now(), kind, userID, c)
		return err
	})
	return out, err
}

// ceremonyOf reads what was asked of a key. Error: user.step_over.
func (s *Service) ceremonyOf(ctx context.Context, kind, secret string) (step, ceremony, error) {
	var c ceremony
	st, err := findStep(ctx, s.db.Read(), s.now(), kind, secret)
	if db.IsNoRows(err) {
		err = errs.New(errs.Unauthenticated, "user.step_over")
	}
	if err != nil {
		return st, c, err
	}
	return st, c, json.Unmarshal(st.data, &c)
}

// useStep uses a step up. Error: user.step_over when somebody else was first.
func (s *Service) useStep(ctx context.Context, q db.Q, st step) error {
	first, err := endStep(ctx, q, st)
	if err == nil && !first {
		err = errs.New(errs.Unauthenticated, "user.step_over")
	}
	return err
}

// AddPasskey keeps the key that the browser made, under a name. The first of all factors comes with recovery codes.
// Errors: user.step_over, user.passkey_wrong, user.passkey_taken, user.prove_again, user.only_session.
func (s *Service) AddPasskey(ctx context.Context, secret, name string, response []byte) (Passkey, []string, error) {
	u, err := s.atOwnSession(ctx)
	if err != nil {
		return Passkey{}, nil, err
	}
	if name = strings.TrimSpace(name); name == "" || utf8.RuneCountInString(name) > maxPasskeyName {
		return Passkey{}, nil, &errs.Error{Kind: errs.Invalid, Code: "invalid_input", Fields: []errs.Field{{Path: "name", Code: "field.required"}}}
	}
	st, c, err := s.ceremonyOf(ctx, stepMakeKey, secret)
	if err != nil {
		return Passkey{}, nil, err
	}
	if st.userID != u.ID {
		return Passkey{}, nil, errs.New(errs.Unauthenticated, "user.step_over")
	}
	w, err := relying(c.Origin)
	if err != nil {
		return Passkey{}, nil, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(response)
	if err != nil {
		return Passkey{}, nil, notTheKey(err)
	}
	made, err := w.CreateCredential(holder{u: u}, c.Session, parsed)
	if err != nil {
		return Passkey{}, nil, notTheKey(err)
	}
	now := s.now()
	k := Passkey{ID: id.New(now), Name: name, Created: now, credential: *made, userID: u.ID, credentialID: base64.RawURLEncoding.EncodeToString(made.ID)}
	var codes []string
	err = s.changeFactors(ctx, u, "passkey.add", func(q db.Q) error {
		if err := s.useStep(ctx, q, st); err != nil {
			return err
		}
		n, err := countRecovery(ctx, q, u.ID)
		if err != nil {
			return err
		}
		if n == 0 {
			codes = newRecoveryCodes()
			if err := putRecovery(ctx, q, u.ID, codes); err != nil {
				return err
			}
		}
		err = insertPasskey(ctx, q, k)
		if db.UniqueTable(err) == "passkey" {
			err = errs.New(errs.Conflict, "user.passkey_taken")
		}
		return err
	})
	return k, codes, err
}

// RenamePasskey gives one of the acting person's keys another name.
func (s *Service) RenamePasskey(ctx context.Context, keyID int64, name string) error {
	actor, err := authz.Require(ctx, authz.Self)
	if err != nil {
		return err
	}
	if name = strings.TrimSpace(name); name == "" || utf8.RuneCountInString(name) > maxPasskeyName {
		return &errs.Error{Kind: errs.Invalid, Code: "invalid_input", Fields: []errs.Field{{Path: "name", Code: "field.required"}}}
	}
	return s.db.InTx(ctx, func(q db.Q) error {
		n, err := q.Exec(ctx, "UPDATE passkey SET name = ? WHERE id = ? AND user_id = ?", name, keyID, actor.UserID)
		if err != nil {
			return err
		}
		if n == 0 {
			return db.ErrNoRows
		}
		return audit.Write(ctx, q, s.now(), audit.Entry{Action: "passkey.rename", Entity: "user", EntityID: id.String(actor.UserID), Detail: map[string]any{"name": name}})
	})
}

// DropPasskey takes one of the acting person's keys away. Errors: not_found, user.factor_asked, user.prove_again, user.only_session.
func (s *Service) DropPasskey(ctx context.Context, keyID int64) error {
	u, err := s.atOwnSession(ctx)
	if err != nil {
		return err
	}
	return s.changeFactors(ctx, u, "passkey.remove", func(q db.Q) error {
		n, err := q.Exec(ctx, "DELETE FROM passkey WHERE id = ? AND user_id = ?", keyID, u.ID)
		if err != nil {
			return err
		}
		if n == 0 {
			return db.ErrNoRows
		}
		return s.leavesEnough(ctx, q, u)
	})
}

// BeginPasskeySignIn asks the browser for any key it has for this address; nobody says who comes. Errors: user.passkey_address,
// user.too_many_attempts.
func (s *Service) BeginPasskeySignIn(ctx context.Context, origin, address string) (Challenge, error) {
	w, err := relying(origin)
	if err != nil {
		return Challenge{}, err
	}
	if wait := s.limits.Take(throttle.Rule{Key: "key|" + throttle.Network(address), Most: triesPerAddress, Within: 15 * time.Minute}); wait > 0 {
		return Challenge{}, errs.New(errs.RateLimited, "user.too_many_attempts", "minutes", int(wait.Minutes())+1)
	}
	options, session, err := w.BeginDiscoverableLogin()
	if err != nil {
		return Challenge{}, errs.Wrap(err, errs.Invalid, "user.passkey_address")
	}
	return s.keepCeremony(ctx, stepUseKey, 0, ceremony{origin, *session}, options.Response)
}

// keyAnswer proves what a key said to a challenge and gives whose it is. The challenge is used up. Errors: user.step_over, user.passkey_wrong.
func (s *Service) keyAnswer(ctx context.Context, secret string, response []byte) (User, error) {
	st, c, err := s.ceremonyOf(ctx, stepUseKey, secret)
	if err != nil {
		return User{}, err
	}
	w, err := relying(c.Origin)
	if err != nil {
		return User{}, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(response)
	if err != nil {
		return User{}, notTheKey(err)
	}
	var k Passkey
	var u User
	_, used, err := w.ValidatePasskeyLogin(func(rawID, _ []byte) (webauthn.User, error) {
		if k, err = getPasskey(ctx, s.db.Read(), base64.RawURLEncoding.EncodeToString(rawID)); err != nil {
			return nil, err
		}
		u, err = getUser(ctx, s.db.Read(), "u.id = ?", k.userID)
		return holder{u, []Passkey{k}}, err
	}, c.Session, parsed)
	if err != nil {
		return User{}, notTheKey(err)
	}
	if used.Authenticator.CloneWarning || u.State != Active || u.Kind != Person {
		return User{}, errs.New(errs.Invalid, "user.passkey_wrong")
	}
	k.credential = *used
	err = s.db.InTx(ctx, func(q db.Q) error {
		if err := s.useStep(ctx, q, st); err != nil {
			return err
		}
		return usePasskey(ctx, q, k, s.now())
	})
	return u, err
}

// KeyAnswer is what a key said.
type KeyAnswer struct {
	Step                   string
	Response               []byte
	Address, Agent, Device string
}

// SignInPasskey opens a session for whoever has a key and unlocked it. Errors: user.step_over, user.passkey_wrong.
func (s *Service) SignInPasskey(ctx context.Context, in KeyAnswer) (SignedIn, error) {
	u, err := s.keyAnswer(ctx, in.Step, in.Response)
	if err != nil {
		return SignedIn{}, err
	}
	known, err := s.knows(ctx, in.Device, u.ID)
	if err != nil {
		return SignedIn{}, err
	}
	return s.open(ctx, u, SignIn{Login: u.Login, Address: in.Address, Agent: in.Agent, Device: in.Device}, known, string(WayPasskey))
}

// ProveByPasskey proves once more who sits at the session. Errors: user.step_over, user.passkey_wrong, user.only_session.
func (s *Service) ProveByPasskey(ctx context.Context, secret string, response []byte) error {
	me, actor, err := s.Me(ctx)
	if err != nil {
		return err
	}
	if actor.Session == "" {
		return errs.New(errs.Forbidden, "user.only_session")
	}
	u, err := s.keyAnswer(ctx, secret, response)
	if err != nil {
		return err
	}
	if u.ID != me.ID {
		return errs.New(errs.Invalid, "user.passkey_wrong")
	}
	return s.db.InTx(ctx, func(q db.Q) error {
		_, err := q.Exec(ctx, "UPDATE login_session SET proved_at = ? WHERE token_hash = ?", clock.Micros(s.now()), actor.Session)
		return err
	})
}
