package authz_test

import (
	"context"
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

// The predicate in SQL and the decision in Go are the same rule: a list shows exactly what a single look-up allows.
func TestClauseAgreesWithCovers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		rapid.Check(t, func(t *rapid.T) {
			small := rapid.Int64Range(0, 3)
			a := authz.Actor{
				UserID: small.Draw(t, "user"), UnitIDs: rapid.SliceOfN(small, 0, 3).Draw(t, "units"),
				Grants: map[authz.Permission]authz.Reach{authz.CustomerRead: authz.Reach(rapid.IntRange(0, 3).Draw(t, "reach"))},
			}
			s := a.Scope(authz.CustomerRead)
			clause, args := s.Clause("c")
			var rows []string
			for owner := range 4 {
				for unit := range 4 {
					rows = append(rows, fmt.Sprintf("SELECT %d AS owner_id, %d AS unit_id", owner, unit))
				}
			}
			got, err := db.List(ctx, d.Read(), "SELECT c.owner_id, c.unit_id FROM ("+strings.Join(rows, " UNION ALL ")+") c WHERE "+clause+" ORDER BY 1, 2",
				args, func(r db.Rows) (string, error) { return fmt.Sprint(r.Int64(0), r.Int64(1)), nil })
			if err != nil {
				t.Fatal(err)
			}
			var want []string
			for owner := range int64(4) {
				for unit := range int64(4) {
					if s.Covers(owner, unit) {
						want = append(want, fmt.Sprint(owner, unit))
					}
				}
			}
			if !slices.Equal(got, want) {
				t.Fatalf("%+v: SQL lets through %v, Go %v", a, got, want)
			}
		})
	})
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
