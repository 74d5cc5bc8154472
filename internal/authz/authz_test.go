package authz_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
)

func TestRequireDeniesByDefault(t *testing.T) {
	ctx := context.Background()
	if _, err := authz.Require(ctx, authz.CustomerRead); errs.KindOf(err) != errs.Unauthenticated {
		t.Errorf("nobody: %v", err)
	}
	clerk := authz.Actor{UserID: 7, Name: "林晓", Grants: authz.GrantsOf([]string{authz.RoleCustomerManager})}
	ctx = authz.With(ctx, clerk)
	if _, err := authz.Require(ctx, authz.UserManage); errs.CodeOf(err) != "auth.forbidden" {
		t.Errorf("not granted: %v", err)
	}
	if a, err := authz.Require(ctx, authz.CustomerRead); err != nil || a.UserID != 7 {
		t.Errorf("granted: %v %v", a, err)
	}
	if len(authz.GrantsOf([]string{"no such role"})) != 0 || authz.KnownRole("no such role") || !authz.KnownRole(authz.RoleAuditor) {
		t.Error("an unknown role must grant nothing")
	}
}

// Roles grant only permissions that exist, and a person with two roles has the wider reach of each.
func TestRoles(t *testing.T) {
	for _, r := range authz.Roles {
		for p, reach := range r.Grants {
			if !slices.Contains(authz.Permissions, p) || reach == authz.ReachNone {
				t.Errorf("%s grants %q with reach %s", r.Name, p, reach)
			}
		}
		if r.Grants[authz.Self] != authz.ReachAll {
			t.Errorf("%s cannot change its own password", r.Name)
		}
	}
	both := authz.GrantsOf([]string{authz.RoleCustomerManager, authz.RoleRegionalManager})
	if both[authz.CustomerRead] != authz.ReachUnit || both[authz.DutyDo] != authz.ReachUnit || both[authz.UserManage] != authz.ReachNone {
		t.Errorf("joined: %v", both)
	}
	for _, p := range authz.Permissions {
		if authz.System("job").Grants[p] != authz.ReachAll {
			t.Errorf("the system lacks %s", p)
		}
	}
	for _, p := range []authz.Permission{authz.CustomerWrite, authz.FactWrite, authz.UserManage, authz.GradingRun} {
		if authz.GrantsOf([]string{authz.RoleAuditor})[p] != authz.ReachNone {
			t.Errorf("the auditor may %s", p)
		}
	}
}

// The predicate in SQL and the decision in Go are the same rule: a list shows exactly what a single look-up allows, by every way there is.
func TestClauseAgreesWithCovers(t *testing.T) {
	regions := []string{"", "32", "33", "3201", "320102", "320199"}
	var places []authz.Place
	var rows []string
	for owner := range int64(4) {
		for unit := range int64(4) {
			for _, region := range regions {
				p := authz.Place{CustomerID: int64(len(places)), OwnerID: owner, UnitID: unit, Region: region}
				places = append(places, p)
				rows = append(rows, fmt.Sprintf("SELECT CAST(%d AS BIGINT) AS id, CAST(%d AS BIGINT) AS owner_id, CAST(%d AS BIGINT) AS unit_id, '%s' AS region", p.CustomerID, owner, unit, region))
			}
		}
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		rapid.Check(t, func(t *rapid.T) {
			small, ids := rapid.Int64Range(0, 3), rapid.SliceOfN(rapid.Int64Range(0, int64(len(places))-1), 0, 4)
			p := rapid.SampledFrom([]authz.Permission{authz.CustomerRead, authz.CustomerWrite, authz.CustomerExport}).Draw(t, "permission")
			full := ids.Draw(t, "full")
			a := authz.Actor{
				UserID: small.Draw(t, "user"), UnitIDs: rapid.SliceOfN(small, 0, 3).Draw(t, "units"),
				Grants: map[authz.Permission]authz.Reach{p: rapid.SampledFrom(authz.Reaches).Draw(t, "reach")},
				Beyond: authz.Beyond{
					Beside: ids.Draw(t, "beside"), Regions: rapid.SliceOfN(rapid.SampledFrom(regions), 0, 3).Draw(t, "regions"),
					SharedRead: append(ids.Draw(t, "shared"), full...), SharedFull: full,
				},
			}
			s := a.Scope(p)
			clause, args := s.Clause("c")
			got, err := db.List(ctx, d.Read(), "SELECT c.id FROM ("+strings.Join(rows, " UNION ALL ")+") c WHERE "+clause+" ORDER BY 1",
				args, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
			if err != nil {
				t.Fatal(err)
			}
			var want []int64
			for _, place := range places {
				covered := s.Covers(place)
				if covered != reaches(&a, p, place) {
					t.Fatalf("%+v: covers %+v: %v", a, place, covered)
				}
				if covered {
					want = append(want, place.CustomerID)
				}
			}
			if !slices.Equal(got, want) {
				t.Fatalf("%+v: SQL lets through %v, Go %v", a, got, want)
			}
		})
	})
}

// reaches says it once more, way by way.
func reaches(a *authz.Actor, p authz.Permission, c authz.Place) bool {
	r := a.Grants[p]
	has := func(of authz.Reach) bool { return r != authz.ReachNone && of.Within(r) }
	mine := c.OwnerID != 0 && c.OwnerID == a.UserID
	inUnit := c.UnitID != 0 && slices.Contains(a.UnitIDs, c.UnitID)
	inArea := slices.ContainsFunc(a.Beyond.Regions, func(region string) bool { return region != "" && strings.HasPrefix(c.Region, region) })
	return has(authz.ReachAll) || has(authz.ReachOwn) && mine || has(authz.ReachUnit) && inUnit || has(authz.ReachTerritory) && inArea ||
		has(authz.ReachTeam) && slices.Contains(a.Beyond.Beside, c.CustomerID) ||
		r != authz.ReachNone && (authz.ByShare(p, false) && slices.Contains(a.Beyond.SharedRead, c.CustomerID) || authz.ByShare(p, true) && slices.Contains(a.Beyond.SharedFull, c.CustomerID))
}

// Whoever has only the own customers keeps the condition that one index answers; nothing is put beside it.
func TestOwnCustomersStayOneCondition(t *testing.T) {
	a := authz.Actor{UserID: 7, UnitIDs: []int64{1}, Grants: map[authz.Permission]authz.Reach{authz.CustomerRead: authz.ReachOwn}, Beyond: authz.Beyond{Beside: []int64{5}, Regions: []string{"32"}}}
	if clause, args := a.Scope(authz.CustomerRead).Clause("c"); clause != "c.owner_id = ?" || len(args) != 1 || !a.Scope(authz.CustomerRead).OwnOnly() {
		t.Errorf("%s %v", clause, args)
	}
}

// A share gives no right that no role gives, and none to let a customer out, to give it away or to archive it.
func TestASharedCustomerIsOpenForWhatSharesAreFor(t *testing.T) {
	shared := authz.Beyond{SharedRead: []int64{5, 6}, SharedFull: []int64{6}}
	a := authz.Actor{UserID: 7, Grants: authz.GrantsOf([]string{authz.RoleCustomerManager}), Beyond: shared}
	at := func(n int64) authz.Place { return authz.Place{CustomerID: n, OwnerID: 9, UnitID: 9} }
	for p, want := range map[authz.Permission][2]bool{
		authz.CustomerRead: {true, true}, authz.FactRead: {true, true}, authz.CustomerWrite: {false, true}, authz.FactWrite: {false, true},
		authz.CustomerAssign: {}, authz.CustomerArchive: {}, authz.CustomerExport: {}, authz.GradingJudge: {},
	} {
		if s := a.Scope(p); s.Covers(at(5)) != want[0] || s.Covers(at(6)) != want[1] {
			t.Errorf("%s: %v %v", p, s.Covers(at(5)), s.Covers(at(6)))
		}
	}
	none := authz.Actor{UserID: 7, Beyond: shared}
	if none.Scope(authz.CustomerRead).Covers(at(5)) {
		t.Error("a share alone is no right")
	}
}

// Reaches read as they are written, add up, and those kept by jobs of before are understood.
func TestReaches(t *testing.T) {
	for _, r := range authz.Reaches {
		if got, ok := authz.ParseReach(r.String()); !ok || got != r {
			t.Errorf("%s reads as %s", r, got)
		}
		if !r.Within(authz.ReachAll) || !authz.ReachNone.Within(r) || r != authz.ReachNone && !authz.ReachOwn.Within(r) {
			t.Errorf("%s in the order", r)
		}
	}
	if got := authz.ReachTeam.Join(authz.ReachUnit).String(); got != "team+unit" {
		t.Errorf("joined: %s", got)
	}
	if authz.ReachTerritory.Within(authz.ReachUnit) || authz.ReachTerritory.Join(authz.ReachTeam) >= authz.ReachUnit {
		t.Error("an area is no unit")
	}
	var kept map[string]authz.Reach
	if err := json.Unmarshal([]byte(`{"a":1,"b":2,"c":3,"d":"territory+unit"}`), &kept); err != nil || kept["a"] != authz.ReachOwn || kept["b"] != authz.ReachUnit ||
		kept["c"] != authz.ReachAll || kept["d"] != authz.ReachTerritory.Join(authz.ReachUnit) {
		t.Errorf("%v %v", kept, err)
	}
	if err := json.Unmarshal([]byte(`"everything"`), new(authz.Reach)); err == nil {
		t.Error("an unknown reach is read")
	}
}

func TestPostsAreFilledByRoles(t *testing.T) {
	if r, ok := authz.RoleOf("leadership", []string{"总经理", "director"}); !ok || r != authz.RoleDirector {
		t.Errorf("by another name: %q %v", r, ok)
	}
	if r, ok := authz.RoleOf("regional_manager_or_above", nil); !ok || r != authz.RoleRegionalManager {
		t.Errorf("or above: %q %v", r, ok)
	}
	if _, ok := authz.RoleOf("leadership", []string{"总经理"}); ok {
		t.Error("a post nobody here has")
	}
	for _, c := range []struct {
		held, post string
		want       bool
	}{
		{"director", "director", true},
		{"admin", "director", false},
		{"director", "regional_manager", false},
		{"director", "regional_manager_or_above", true},
		{"customer_manager", "regional_manager_or_above", false},
		{"admin", "regional_manager_or_above", false},
	} {
		role, _ := authz.RoleOf(c.post, nil)
		if got := authz.Fills([]string{c.held}, c.post, role); got != c.want {
			t.Errorf("a %s as %s: %v", c.held, c.post, got)
		}
	}
}
