package user

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"slices"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/errs"
)

// Where says where a request comes from.
type Where struct{ Address, Agent, Device string }

// tied is a step that goes on in the same browser only.
type tied struct {
	Cookie string          `json:"cookie"` // hash
	Data   json.RawMessage `json:"data"`
}

// KeepTied keeps data for a sign-in that goes on elsewhere and comes back: state goes along in the address, cookie stays in the browser.
func (s *Service) KeepTied(ctx context.Context, kind string, data any) (state, cookie string, err error) {
	text, err := json.Marshal(data)
	if err != nil {
		return "", "", err
	}
	cookie, hash := newSecret("")
	err = s.db.InTx(ctx, func(q db.Q) (err error) {
		state, err = keepStepFor(ctx, q, s.now(), awayLife, kind, 0, tied{hash, text})
		return err
	})
	return state, cookie, err
}

// TakeTied gives the data back, once, to the browser that has the cookie. Error: user.step_over.
func (s *Service) TakeTied(ctx context.Context, kind, state, cookie string, data any) error {
	over := errs.New(errs.Unauthenticated, "user.step_over")
	st, err := findStep(ctx, s.db.Read(), s.now(), kind, state)
	if db.IsNoRows(err) {
		return over
	}
	if err != nil {
		return err
	}
	var t tied
	if err := json.Unmarshal(st.data, &t); err != nil {
		return err
	}
	if subtle.ConstantTimeCompare([]byte(t.Cookie), []byte(hashSecret(cookie))) != 1 {
		return over
	}
	if err := s.db.InTx(ctx, func(q db.Q) error { return s.useStep(ctx, q, st) }); err != nil {
		return err
	}
	return json.Unmarshal(t.Data, data)
}

// OpenFor opens a session for somebody whom another service has proved; both says that it asked for a second factor itself.
// Errors: user.wrong_credentials for disabled people and programs, user.second_factor.
func (s *Service) OpenFor(ctx context.Context, userID int64, method string, both bool, from Where) (SignedIn, error) {
	u, err := getUser(ctx, s.db.Read(), "u.id = ?", userID)
	if err != nil {
		return SignedIn{}, err
	}
	if u.State != Active || u.Kind != Person {
		return SignedIn{}, errWrongPassword
	}
	f, err := factorsOf(ctx, s.db.Read(), u)
	if err != nil {
		return SignedIn{}, err
	}
	if f.has() && !both {
		return SignedIn{}, s.askSecond(ctx, u, f)
	}
	known, err := s.knows(ctx, from.Device, u.ID)
	if err != nil {
		return SignedIn{}, err
	}
	return s.open(ctx, u, SignIn{Login: u.Login, Address: from.Address, Agent: from.Agent, Device: from.Device}, known, method)
}

// PersonByEmail finds the one active person with a mail address; 0 when there is none, or more than one. Needs user.manage.
func (s *Service) PersonByEmail(ctx context.Context, email string) (int64, error) {
	if _, err := authz.Require(ctx, authz.UserManage); err != nil || email == "" {
		return 0, err
	}
	return s.onePerson(ctx, "LOWER(email) = ?", strings.ToLower(email))
}

// PersonByLogin finds the active person with a login; 0 when there is none. Needs user.manage.
func (s *Service) PersonByLogin(ctx context.Context, login string) (int64, error) {
	if _, err := authz.Require(ctx, authz.UserManage); err != nil || login == "" {
		return 0, err
	}
	return s.onePerson(ctx, "login = ?", strings.ToLower(login))
}

func (s *Service) onePerson(ctx context.Context, where, arg string) (int64, error) {
	ids, err := db.List(ctx, s.db.Read(), "SELECT id FROM app_user WHERE kind = 'person' AND state = 'active' AND "+where+" LIMIT 2", []any{arg}, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
	if err != nil || len(ids) != 1 {
		return 0, err
	}
	return ids[0], nil
}

// Follow gives somebody the roles and the unit that another service decides, where they are others. Needs user.manage.
func (s *Service) Follow(ctx context.Context, userID int64, in Input) error {
	u, err := s.Get(ctx, userID)
	if err != nil {
		return err
	}
	if (in.Roles == nil || slices.Equal(u.Roles, *in.Roles)) && (in.UnitID == nil || u.UnitID == *in.UnitID) {
		return nil
	}
	_, err = s.Update(ctx, u.ID, u.Version, in)
	return err
}
