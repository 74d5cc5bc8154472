package role_test

import (
	"context"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/role"
)

type env struct {
	s   *role.Service
	d   *db.DB
	ctx context.Context
}

func newEnv(d *db.DB) *env {
	now := func() time.Time { return time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC) }
	return &env{role.New(d, now), d, authz.With(context.Background(), authz.System("test"))}
}

func input(grants map[authz.Permission]authz.Reach) role.Input {
	return role.Input{Key: "checker", NameZh: "审查岗", Grants: grants}
}

func TestARoleOfOnesOwnGivesWhatItSays(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		e := newEnv(d)
		wide := authz.ReachTeam.Join(authz.ReachTerritory)
		x, err := e.s.Create(e.ctx, input(map[authz.Permission]authz.Reach{authz.CustomerRead: wide, authz.AuditRead: authz.ReachAll}))
		if err != nil {
			t.Fatal(err)
		}
		got, err := role.GrantsOf(e.ctx, d.Read(), []string{"checker", authz.RoleCustomerManager, "no_such"})
		if err != nil || got[authz.CustomerRead] != wide || got[authz.AuditRead] != authz.ReachAll || got[authz.CustomerWrite] != authz.ReachOwn || got[authz.Self] != authz.ReachAll {
			t.Fatalf("%v %v", got, err)
		}
		if unknown, err := role.Unknown(e.ctx, d.Read(), []string{"checker", authz.RoleAdmin, "no_such"}); unknown != "no_such" || err != nil {
			t.Errorf("unknown: %q %v", unknown, err)
		}
		in := input(map[authz.Permission]authz.Reach{authz.CustomerRead: authz.ReachUnit})
		in.NameZh = "审查"
		if _, err := e.s.Update(e.ctx, x.ID, x.Version+1, in); errs.KindOf(err) != errs.Precondition {
			t.Errorf("at another version: %v", err)
		}
		y, err := e.s.Update(e.ctx, x.ID, x.Version, in)
		if err != nil || y.Version != 2 {
			t.Fatal(y, err)
		}
		got, _ = role.GrantsOf(e.ctx, d.Read(), []string{"checker"})
		if got[authz.CustomerRead] != authz.ReachUnit || got[authz.AuditRead] != authz.ReachNone || len(got) != 2 {
			t.Errorf("after the change: %v", got)
		}
		dbtest.User(t, d, 7, 0, "lin", "checker")
		if err := e.s.Delete(e.ctx, x.ID, y.Version); errs.CodeOf(err) != "role.held" {
			t.Errorf("while somebody has it: %v", err)
		}
		dbtest.Exec(t, d, "DELETE FROM user_role")
		if err := e.s.Delete(e.ctx, x.ID, y.Version); err != nil {
			t.Fatal(err)
		}
		if list, err := e.s.List(e.ctx); err != nil || len(list) != 0 {
			t.Errorf("%v %v", list, err)
		}
		var entries int64
		if err := db.Get(e.ctx, d.Read(), "SELECT COUNT(*) FROM audit_entry WHERE entity = 'role'", nil, &entries); err != nil || entries != 3 {
			t.Errorf("audit entries: %d %v", entries, err)
		}
	})
}

// Nobody gives more than he holds, by a new role, a change, or by ending one that holds more.
func TestNobodyGivesMoreThanHeHolds(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		e := newEnv(d)
		unit := authz.With(context.Background(), authz.Actor{UserID: 3, Grants: map[authz.Permission]authz.Reach{
			authz.UserManage: authz.ReachAll, authz.CustomerRead: authz.ReachUnit, authz.Self: authz.ReachAll,
		}})
		for name, grants := range map[string]map[authz.Permission]authz.Reach{
			"another right": {authz.CustomerWrite: authz.ReachOwn}, "wider": {authz.CustomerRead: authz.ReachAll}, "another way": {authz.CustomerRead: authz.ReachTerritory},
		} {
			if _, err := e.s.Create(unit, input(grants)); errs.CodeOf(err) != "role.beyond" {
				t.Errorf("%s: %v", name, err)
			}
		}
		x, err := e.s.Create(unit, input(map[authz.Permission]authz.Reach{authz.CustomerRead: authz.ReachOwn}))
		if err != nil {
			t.Fatal(err)
		}
		if x, err = e.s.Update(e.ctx, x.ID, x.Version, input(map[authz.Permission]authz.Reach{authz.CustomerRead: authz.ReachAll})); err != nil {
			t.Fatal(err)
		}
		if _, err := e.s.Update(unit, x.ID, x.Version, input(nil)); errs.CodeOf(err) != "role.beyond" {
			t.Errorf("taking away: %v", err)
		}
		if err := e.s.Delete(unit, x.ID, x.Version); errs.CodeOf(err) != "role.beyond" {
			t.Errorf("ending: %v", err)
		}
		clerk := authz.With(context.Background(), authz.Actor{UserID: 4, Grants: authz.GrantsOf([]string{authz.RoleDirector})})
		if _, err := e.s.Create(clerk, input(nil)); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("without user.manage: %v", err)
		}
	})
}

func TestWrongRolesAreRefused(t *testing.T) {
	e := newEnv(dbtest.SQLite(t))
	for field, in := range map[string]role.Input{
		"key":         {Key: authz.RoleAdmin, NameZh: "x"},
		"name_zh":     {Key: "ok_role"},
		"permissions": {NameZh: "x", Grants: map[authz.Permission]authz.Reach{authz.AuditRead: authz.ReachOwn}},
		"note":        {NameZh: "x", Note: string(make([]byte, 300)) + "x"},
	} {
		_, err := e.s.Create(e.ctx, in)
		if x, ok := errs.As(err); !ok || len(x.Fields) != 1 || x.Fields[0].Path != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	if _, err := e.s.Create(e.ctx, role.Input{NameZh: "x", Grants: map[authz.Permission]authz.Reach{"no.such": authz.ReachAll}}); errs.KindOf(err) != errs.Invalid {
		t.Errorf("a permission nobody knows: %v", err)
	}
	if x, err := e.s.Create(e.ctx, input(nil)); err != nil || x.NameEn != "审查岗" {
		t.Fatal(err)
	}
	if _, err := e.s.Create(e.ctx, input(nil)); errs.CodeOf(err) != "role.key_taken" {
		t.Errorf("twice: %v", err)
	}
}

// Every permission is either about customers, where it reaches as far as it is said, or holds wholly; what the built-in roles give fits.
func TestBuiltInRolesGiveWhatARoleCan(t *testing.T) {
	for _, r := range authz.Roles {
		for p, reach := range r.Grants {
			if role.Whole(p) && reach != authz.ReachAll {
				t.Errorf("%s gives %s as far as %s", r.Name, p, reach)
			}
		}
	}
}
