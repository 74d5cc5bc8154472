package user_test

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/job"
	"kezhi/internal/user"
)

// at gives the context of whoever sits at a session.
func (e *env) at(t *testing.T, session string) context.Context {
	t.Helper()
	a, ok := e.request(session)
	if !ok {
		t.Fatal("the session is over")
	}
	return authz.With(context.Background(), a)
}

// withApp adds somebody who has an app and gives its secret, the recovery codes and the session.
func (e *env) withApp(t *testing.T, login string) (u user.User, secret string, codes []string, session string) {
	t.Helper()
	u = e.add(t, login, authz.RoleCustomerManager)
	session, err := e.signIn(login, right, "10.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	made, err := e.s.BeginApp(e.at(t, session))
	if err != nil {
		t.Fatal(err)
	}
	if codes, err = e.s.ConfirmApp(e.at(t, session), e.code(t, made.Secret)); err != nil {
		t.Fatal(err)
	}
	e.now = e.now.Add(time.Minute)
	return u, made.Secret, codes, session
}

func (e *env) code(t *testing.T, secret string) string {
	t.Helper()
	code, err := totp.GenerateCode(secret, e.now)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// first proves the password and gives the secret of the step.
func (e *env) first(t *testing.T, login, address string) string {
	t.Helper()
	_, err := e.signIn(login, right, address)
	x, ok := errs.As(err)
	if !ok || x.Code != "user.second_factor" {
		t.Fatalf("a password alone: %v", err)
	}
	return x.Args["step"].(string)
}

func (e *env) second(step, code, address string) (string, error) {
	in, err := e.s.SignInSecond(e.ctx, user.Second{Step: step, Code: code, Address: address})
	return in.Session, err
}

func TestWhoHasAnAppSignsInInTwoSteps(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		e := newEnv(t, d)
		_, secret, codes, _ := e.withApp(t, "lin")
		step := e.first(t, "lin", "10.0.0.1")
		if _, ok := e.request(step); ok {
			t.Error("the step lets somebody in")
		}
		if _, err := e.second(step, "000000", "10.0.0.1"); errs.CodeOf(err) != "user.wrong_code" {
			t.Errorf("a wrong code: %v", err)
		}
		code := e.code(t, secret)
		session, err := e.second(step, code[:3]+" "+code[3:], "10.0.0.1")
		if err != nil {
			t.Fatal(err)
		}
		list, err := e.s.Sessions(e.at(t, session))
		if err != nil || list[0].Method != "password+totp" {
			t.Errorf("%+v %v", list, err)
		}
		if _, err := e.second(step, code, "10.0.0.1"); errs.CodeOf(err) != "user.step_over" {
			t.Errorf("the step a second time: %v", err)
		}
		if _, err := e.second(e.first(t, "lin", "10.0.0.1"), code, "10.0.0.1"); errs.CodeOf(err) != "user.wrong_code" {
			t.Errorf("the code a second time: %v", err)
		}
		e.now = e.now.Add(30 * time.Second)
		late := e.code(t, secret)
		e.now = e.now.Add(30 * time.Second)
		if _, err := e.second(e.first(t, "lin", "10.0.0.1"), late, "10.0.0.1"); err != nil {
			t.Errorf("a telephone that is half a minute late: %v", err)
		}
		for n, want := range []string{"", "user.wrong_code"} {
			if _, err := e.second(e.first(t, "lin", "10.0.0.1"), strings.ToLower(codes[3]), "10.0.0.1"); err != nil && errs.CodeOf(err) != want || want != "" && err == nil {
				t.Errorf("recovery code, use %d: %v", n+1, err)
			}
		}
		over := e.first(t, "lin", "10.0.0.1")
		e.now = e.now.Add(6 * time.Minute)
		if _, err := e.second(over, e.code(t, secret), "10.0.0.1"); errs.CodeOf(err) != "user.step_over" {
			t.Errorf("a step left lying: %v", err)
		}
	})
}

// Whoever knows the password guesses codes no faster than passwords, and a right password forgives no wrong code.
func TestWrongCodesCountLikeWrongPasswords(t *testing.T) {
	e := newEnv(t, dbtest.SQLite(t))
	_, secret, _, _ := e.withApp(t, "lin")
	wrong := 0
	for range 20 {
		_, err := e.signIn("lin", right, "203.0.113.5")
		x, _ := errs.As(err)
		if x == nil || x.Code != "user.second_factor" {
			break
		}
		for range 3 {
			if _, err := e.second(x.Args["step"].(string), "000000", "203.0.113.5"); errs.CodeOf(err) == "user.wrong_code" {
				wrong++
			}
		}
	}
	if wrong != 8 {
		t.Errorf("%d codes were tried", wrong)
	}
	if _, err := e.second(e.first(t, "lin", "10.0.0.1"), e.code(t, secret), "10.0.0.1"); err != nil {
		t.Errorf("from elsewhere: %v", err)
	}
	// A step is over after five wrong codes, wherever they come from.
	step := e.first(t, "lin", "10.0.0.2")
	for n := range 5 {
		_, _ = e.second(step, "000000", "198.51.100."+string(rune('1'+n)))
	}
	e.now = e.now.Add(time.Minute)
	if _, err := e.second(step, e.code(t, secret), "10.0.0.3"); errs.CodeOf(err) != "user.step_over" {
		t.Errorf("a step that was guessed at: %v", err)
	}
}

func TestASecondFactorIsAskedForByRole(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		e := newEnv(t, d)
		e.add(t, "lin", authz.RoleCustomerManager)
		boss := e.add(t, "boss", authz.RoleAdmin)
		session, err := e.signIn("lin", right, "10.0.0.1")
		if err != nil {
			t.Fatal(err)
		}
		p, err := e.s.Policy(e.as(t, boss))
		if err != nil {
			t.Fatal(err)
		}
		p.FactorRoles, p.GraceDays = []string{authz.RoleCustomerManager}, 3
		if p, err = e.s.SetPolicy(e.as(t, boss), p); err != nil {
			t.Fatal(err)
		}
		may := func() bool { a, _ := e.request(session); return a.Grants[authz.CustomerRead] != authz.ReachNone }
		if f, err := e.s.MyFactors(e.at(t, session)); err != nil || !f.Asked || !f.Due.Equal(e.now.AddDate(0, 0, 3)) || !may() {
			t.Errorf("in the days of grace: %+v %v, may %v", f, err, may())
		}
		e.now = e.now.AddDate(0, 0, 3)
		if session, err = e.signIn("lin", right, "10.0.0.1"); err != nil || may() {
			t.Fatalf("after the days of grace: %v, may %v", err, may())
		}
		made, err := e.s.BeginApp(e.at(t, session))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := e.s.ConfirmApp(e.at(t, session), e.code(t, made.Secret)); err != nil || !may() {
			t.Fatalf("with an app: %v, may %v", err, may())
		}
		if err := e.s.DropApp(e.at(t, session)); errs.CodeOf(err) != "user.factor_asked" || !may() {
			t.Errorf("dropping what is asked for: %v", err)
		}
		if _, err := e.s.SetPolicy(e.as(t, boss), user.Policy{Version: p.Version - 1, PasswordLength: 12, IdleMinutes: 30, LifeHours: 12}); errs.KindOf(err) != errs.Precondition {
			t.Errorf("an old version: %v", err)
		}
	})
}

func TestWhatOpensDoorsIsProvedAnew(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		e := newEnv(t, d)
		boss := e.add(t, "boss", authz.RoleAdmin)
		_, secret, _, lin := e.withApp(t, "lin")
		session, err := e.signIn("boss", right, "10.0.0.1")
		if err != nil {
			t.Fatal(err)
		}
		e.now = e.now.Add(20 * time.Minute)
		roles, name := []string{authz.RoleAdmin, authz.RoleAuditor}, "王强"
		if boss, err = e.s.Update(e.at(t, session), boss.ID, boss.Version, user.Input{Name: &name}); err != nil {
			t.Errorf("a name: %v", err)
		}
		_, err = e.s.Update(e.at(t, session), boss.ID, boss.Version, user.Input{Roles: &roles})
		if x, _ := errs.As(err); x == nil || x.Code != "user.prove_again" || x.Args["ways"].([]user.Way)[0] != user.WayPassword {
			t.Fatalf("roles: %v", err)
		}
		if err := e.s.Prove(e.at(t, session), "wrong password", ""); errs.KindOf(err) != errs.Invalid {
			t.Errorf("a wrong password: %v", err)
		}
		if err := e.s.Prove(e.at(t, session), right, ""); err != nil {
			t.Fatal(err)
		}
		if _, err = e.s.Update(e.at(t, session), boss.ID, boss.Version, user.Input{Roles: &roles}); err != nil {
			t.Errorf("roles, proved: %v", err)
		}
		// Where there is a second factor the password does not do.
		if err := e.s.DropApp(e.at(t, lin)); errs.CodeOf(err) != "user.prove_again" {
			t.Errorf("dropping the app: %v", err)
		}
		if err := e.s.Prove(e.at(t, lin), right, ""); errs.CodeOf(err) != "user.wrong_code" {
			t.Errorf("the password in place of a code: %v", err)
		}
		if err := e.s.Prove(e.at(t, lin), "", e.code(t, secret)); err != nil {
			t.Fatal(err)
		}
		if err := e.s.DropApp(e.at(t, lin)); err != nil {
			t.Errorf("dropping the app, proved: %v", err)
		}
		if _, err := e.signIn("lin", right, "10.0.0.1"); err != nil {
			t.Errorf("signing in without one: %v", err)
		}
		me := authz.With(context.Background(), authz.Actor{UserID: boss.ID, Grants: authz.GrantsOf(boss.Roles)})
		if _, err := e.s.BeginApp(me); errs.CodeOf(err) != "user.only_session" {
			t.Errorf("a token makes an app: %v", err)
		}
	})
}

func TestAnAdministratorTakesLostFactorsAway(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		e := newEnv(t, d)
		clock := func() time.Time { return e.now }
		queue := job.NewQueue(d, clock)
		runner := job.NewRunner(queue, slog.New(slog.DiscardHandler), e.s.NameOf)
		var told []string
		e.s.TellBy(queue, func(_ context.Context, to user.User, what string, _ time.Time) error {
			told = append(told, to.Login+" "+what)
			return nil
		})
		for kind, h := range e.s.Jobs() {
			runner.Register(kind, h)
		}
		boss := e.add(t, "boss", authz.RoleAdmin)
		lin, _, _, session := e.withApp(t, "lin")
		address := "lin@example.com"
		if _, err := e.s.Update(e.ctx, lin.ID, lin.Version, user.Input{Email: &address}); err != nil {
			t.Fatal(err)
		}
		if err := e.s.ResetFactors(e.as(t, boss), boss.ID); errs.CodeOf(err) != "user.self_reset" {
			t.Errorf("one's own: %v", err)
		}
		if err := e.s.ResetFactors(e.at(t, session), lin.ID); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("without the right: %v", err)
		}
		if err := e.s.ResetFactors(e.as(t, boss), lin.ID); err != nil {
			t.Fatal(err)
		}
		if _, ok := e.request(session); ok {
			t.Error("the session goes on")
		}
		if _, err := e.signIn("lin", right, "10.0.0.1"); err != nil {
			t.Errorf("with the password: %v", err)
		}
		for {
			worked, err := runner.RunDue(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			if !worked {
				break
			}
		}
		if got := strings.Join(told, ", "); got != "lin factor.add, lin factor.reset" {
			t.Errorf("told: %s", got)
		}
		var secrets int
		if err := db.Get(context.Background(), d.Read(), "SELECT COUNT(*) FROM totp", nil, &secrets); err != nil || secrets != 0 {
			t.Errorf("%d secrets are left, %v", secrets, err)
		}
	})
}

// A secret opens nothing in another row, and does not stand in the database as it is.
func TestSecretsOfAppsAreSealed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		e := newEnv(t, d)
		_, secret, _, _ := e.withApp(t, "lin")
		zhou, _, _, _ := e.withApp(t, "zhou")
		var kept string
		if err := db.Get(context.Background(), d.Read(), "SELECT secret FROM totp WHERE user_id <> ?", []any{zhou.ID}, &kept); err != nil || strings.Contains(kept, secret) || kept == "" {
			t.Fatal(kept, err)
		}
		dbtest.Exec(t, d, "UPDATE totp SET secret = ? WHERE user_id = ?", kept, zhou.ID)
		if _, err := e.second(e.first(t, "zhou", "10.0.0.1"), e.code(t, secret), "10.0.0.1"); errs.KindOf(err) != errs.Internal {
			t.Errorf("the secret of somebody else: %v", err)
		}
	})
}

func TestASessionEndsByThePolicy(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		e := newEnv(t, d)
		boss := e.add(t, "boss", authz.RoleAdmin)
		p, err := e.s.Policy(e.as(t, boss))
		if err != nil {
			t.Fatal(err)
		}
		p.IdleMinutes, p.LifeHours, p.PasswordLength = 30, 12, 24
		if _, err = e.s.SetPolicy(e.as(t, boss), p); err != nil {
			t.Fatal(err)
		}
		session, err := e.signIn("boss", right, "10.0.0.1")
		if err != nil {
			t.Fatal("a password that was long enough before:", err)
		}
		start, used := e.now, 0
		for {
			e.now = e.now.Add(25 * time.Minute)
			if _, ok := e.request(session); !ok {
				break
			}
			used++
		}
		if age := e.now.Sub(start); age < 12*time.Hour || age > 13*time.Hour || used < 20 {
			t.Errorf("used %d times it ended after %v", used, age)
		}
		if session, err = e.signIn("boss", right, "10.0.0.1"); err != nil {
			t.Fatal(err)
		}
		if err := e.s.ChangePassword(e.at(t, session), right, "another horse battery", session); errs.KindOf(err) != errs.Invalid {
			t.Errorf("a password of 21 characters: %v", err)
		}
		e.now = e.now.Add(31 * time.Minute)
		if _, ok := e.request(session); ok {
			t.Error("it idled for 31 minutes")
		}
	})
}

func TestPasswordsAreSwitchedOffButForOne(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		e := newEnv(t, d)
		boss := e.add(t, "boss", authz.RoleAdmin)
		e.add(t, "second", authz.RoleAdmin)
		e.add(t, "lin", authz.RoleCustomerManager)
		p, err := e.s.Policy(e.as(t, boss))
		if err != nil {
			t.Fatal(err)
		}
		for _, login := range []string{"", "nobody", "lin"} {
			p.PasswordOff, p.KeepLogin = true, login
			if _, err := e.s.SetPolicy(e.as(t, boss), p); errs.KindOf(err) != errs.Invalid {
				t.Errorf("kept by %q: %v", login, err)
			}
		}
		p.KeepLogin = "boss"
		if _, err := e.s.SetPolicy(e.as(t, boss), p); err != nil {
			t.Fatal(err)
		}
		if _, err := e.signIn("lin", right, "10.0.0.1"); errs.CodeOf(err) != "user.password_off" {
			t.Errorf("by password: %v", err)
		}
		if _, err := e.signIn("boss", right, "10.0.0.1"); err != nil {
			t.Errorf("the one who keeps the way in: %v", err)
		}
		off, roles, login := user.Disabled, []string{authz.RoleAuditor}, "boss2"
		for name, in := range map[string]user.Input{"disabled": {State: &off}, "no administrator": {Roles: &roles}, "by another login": {Login: &login}} {
			if _, err := e.s.Update(e.ctx, boss.ID, boss.Version, in); errs.CodeOf(err) != "user.keeps_the_way_in" {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
