package user_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/descope/virtualwebauthn"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/user"
)

const here = "https://kezhi.example.com"

// device is a telephone with a key for an address.
type device struct {
	rp   virtualwebauthn.RelyingParty
	auth virtualwebauthn.Authenticator
	key  virtualwebauthn.Credential
}

// newKey makes a key pair. The software authenticator leaves leading zeros of a coordinate out, which no device does: such a pair is put aside.
func newKey() virtualwebauthn.Credential {
	const whole = 77 // bytes of a public key with both coordinates of 32
	for {
		if k := virtualwebauthn.NewCredential(virtualwebauthn.KeyTypeEC2); len(k.Key.AttestationData()) == whole {
			return k
		}
	}
}

func newDevice(u user.User, origin string) *device {
	host := strings.TrimPrefix(origin, "https://")
	d := &device{rp: virtualwebauthn.RelyingParty{ID: host, Name: "Kezhi", Origin: origin}, key: newKey()}
	d.auth = virtualwebauthn.NewAuthenticatorWithOptions(virtualwebauthn.AuthenticatorOptions{UserHandle: []byte(id.String(u.ID))})
	d.auth.AddCredential(d.key)
	return d
}

func (d *device) make(t *testing.T, c user.Challenge) []byte {
	t.Helper()
	text, err := json.Marshal(c.Options)
	if err != nil {
		t.Fatal(err)
	}
	o, err := virtualwebauthn.ParseAttestationOptions(string(text))
	if err != nil {
		t.Fatal(err)
	}
	return []byte(virtualwebauthn.CreateAttestationResponse(d.rp, d.auth, d.key, *o))
}

func (d *device) answer(t *testing.T, c user.Challenge) []byte {
	t.Helper()
	text, err := json.Marshal(c.Options)
	if err != nil {
		t.Fatal(err)
	}
	o, err := virtualwebauthn.ParseAssertionOptions(string(text))
	if err != nil {
		t.Fatal(err)
	}
	d.key.Counter++
	return []byte(virtualwebauthn.CreateAssertionResponse(d.rp, d.auth, d.key, *o))
}

// ask begins a sign-in by a key.
func (e *env) ask(t *testing.T) user.Challenge {
	t.Helper()
	c, err := e.s.BeginPasskeySignIn(e.ctx, here, "10.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// byKey signs in by a key.
func (e *env) byKey(c user.Challenge, said []byte) (string, error) {
	in, err := e.s.SignInPasskey(e.ctx, user.KeyAnswer{Step: c.Step, Response: said, Address: "10.0.0.1"})
	return in.Session, err
}

// withKey adds somebody who has a passkey.
func (e *env) withKey(t *testing.T, login string) (*device, user.Passkey, []string, string) {
	t.Helper()
	u := e.add(t, login, authz.RoleCustomerManager)
	session, err := e.signIn(login, right, "10.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	c, err := e.s.BeginPasskey(e.at(t, session), here)
	if err != nil {
		t.Fatal(err)
	}
	d := newDevice(u, here)
	k, codes, err := e.s.AddPasskey(e.at(t, session), c.Step, "手机", d.make(t, c))
	if err != nil {
		t.Fatal(err)
	}
	return d, k, codes, session
}

func TestAPasskeySignsInWithoutALogin(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		e := newEnv(t, d)
		phone, k, codes, _ := e.withKey(t, "lin")
		if len(codes) != 10 {
			t.Errorf("%d recovery codes with the first factor", len(codes))
		}
		e.now = e.now.Add(time.Minute)
		c := e.ask(t)
		said := phone.answer(t, c)
		session, err := e.byKey(c, said)
		if err != nil {
			t.Fatal(err)
		}
		list, err := e.s.Sessions(e.at(t, session))
		if err != nil || list[0].Method != "passkey" {
			t.Errorf("%+v %v", list, err)
		}
		if _, err := e.byKey(c, said); errs.CodeOf(err) != "user.step_over" {
			t.Errorf("the answer a second time: %v", err)
		}
		if _, err := e.byKey(e.ask(t), said); errs.CodeOf(err) != "user.passkey_wrong" {
			t.Errorf("the answer to another challenge: %v", err)
		}
		stale := e.ask(t)
		e.now = e.now.Add(6 * time.Minute)
		if _, err := e.byKey(stale, phone.answer(t, stale)); errs.CodeOf(err) != "user.step_over" {
			t.Errorf("a challenge left lying: %v", err)
		}
		// A password alone no longer does.
		_, err = e.signIn("lin", right, "10.0.0.1")
		if x, _ := errs.As(err); x == nil || x.Code != "user.second_factor" || x.Args["ways"].([]user.Way)[0] != user.WayPasskey {
			t.Errorf("the password alone: %v", err)
		}
		if _, err := e.second(e.first(t, "lin", "10.0.0.1"), codes[0], "10.0.0.1"); err != nil {
			t.Errorf("a recovery code: %v", err)
		}
		keys, err := e.s.Passkeys(e.at(t, session))
		if err != nil || len(keys) != 1 || keys[0].ID != k.ID || keys[0].Used.IsZero() {
			t.Errorf("%+v %v", keys, err)
		}
	})
}

func TestWhatAPasskeyMustNotDo(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		e := newEnv(t, d)
		phone, _, _, _ := e.withKey(t, "lin")
		for name, change := range map[string]func(*device){
			"from a page of somebody else": func(x *device) { x.rp.Origin = "https://kezhi.example.org" },
			"for another host":             func(x *device) { x.rp.ID = "example.org" },
			"without unlocking the device": func(x *device) { x.auth.Options.UserNotVerified = true },
			"with a key nobody has":        func(x *device) { x.key = newKey() },
			"with a handle of another":     func(x *device) { x.auth.Options.UserHandle = []byte("1") },
			"with the counter turned back": func(x *device) { x.key.Counter = 0 },
			"signed by another with its id": func(x *device) {
				was := x.key.ID
				x.key = newKey()
				x.key.ID = was
			},
		} {
			c := e.ask(t)
			if name == "with the counter turned back" {
				for range 2 {
					c2 := e.ask(t)
					if _, err := e.byKey(c2, phone.answer(t, c2)); err != nil {
						t.Fatal(err)
					}
				}
			}
			other := *phone
			change(&other)
			if _, err := e.byKey(c, other.answer(t, c)); errs.CodeOf(err) != "user.passkey_wrong" {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := e.s.BeginPasskeySignIn(e.ctx, "", "10.0.0.1"); errs.CodeOf(err) != "user.passkey_address" {
			t.Errorf("without an address: %v", err)
		}
		off := user.Disabled
		u, err := e.s.ByLogin(e.ctx, "lin")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := e.s.Update(e.ctx, u.ID, u.Version, user.Input{State: &off}); err != nil {
			t.Fatal(err)
		}
		c := e.ask(t)
		if _, err := e.byKey(c, phone.answer(t, c)); errs.CodeOf(err) != "user.passkey_wrong" {
			t.Errorf("somebody who is disabled: %v", err)
		}
	})
}

func TestPasskeysAreNamedRemovedAndProve(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		e := newEnv(t, d)
		phone, k, _, lin := e.withKey(t, "lin")
		_, _, _, zhou := e.withKey(t, "zhou")
		if err := e.s.RenamePasskey(e.at(t, zhou), k.ID, "我的"); !db.IsNoRows(err) {
			t.Errorf("the key of somebody else: %v", err)
		}
		if err := e.s.DropPasskey(e.at(t, zhou), k.ID); !db.IsNoRows(err) {
			t.Errorf("removing the key of somebody else: %v", err)
		}
		if err := e.s.RenamePasskey(e.at(t, lin), k.ID, " 工作手机 "); err != nil {
			t.Fatal(err)
		}
		e.now = e.now.Add(20 * time.Minute)
		if err := e.s.DropPasskey(e.at(t, lin), k.ID); errs.CodeOf(err) != "user.prove_again" {
			t.Errorf("removing it late: %v", err)
		}
		c := e.ask(t)
		said := phone.answer(t, c)
		if err := e.s.ProveByPasskey(e.at(t, zhou), c.Step, said); errs.CodeOf(err) != "user.passkey_wrong" {
			t.Errorf("proved by the key of somebody else: %v", err)
		}
		c = e.ask(t)
		if err := e.s.ProveByPasskey(e.at(t, lin), c.Step, phone.answer(t, c)); err != nil {
			t.Fatal(err)
		}
		keys, err := e.s.Passkeys(e.at(t, lin))
		if err != nil || len(keys) != 1 || keys[0].Name != "工作手机" {
			t.Errorf("%+v %v", keys, err)
		}
		if err := e.s.DropPasskey(e.at(t, lin), k.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := e.signIn("lin", right, "10.0.0.1"); err != nil {
			t.Errorf("by password again: %v", err)
		}
		var codes int
		if err := db.Get(context.Background(), d.Read(), "SELECT COUNT(*) FROM recovery_code WHERE user_id = (SELECT id FROM app_user WHERE login = 'lin')", nil, &codes); err != nil || codes != 0 {
			t.Errorf("%d recovery codes without a factor, %v", codes, err)
		}
	})
}
