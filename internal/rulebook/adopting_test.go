package rulebook

import (
	"context"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/rule"
)

// person makes somebody with roles and gives a context in which they act.
func (k *kit) person(userID int64, name string, roles ...string) context.Context {
	k.t.Helper()
	if err := k.db.InTx(k.ctx, func(q db.Q) error {
		_, err := q.Exec(k.ctx, `INSERT INTO app_user (id, login, name, email, password_hash, unit_id, state, locale, theme, prefs, must_change_password, version, created_at, updated_at)
			VALUES (?,?,?,'','',NULL,'active','zh','light','{}',0,1,0,0)`, userID, name, name)
		for _, role := range roles {
			if err == nil {
				_, err = q.Exec(k.ctx, "INSERT INTO user_role (user_id, role) VALUES (?,?)", userID, role)
			}
		}
		return err
	}); err != nil {
		k.t.Fatal(err)
	}
	return authz.With(k.ctx, authz.Actor{UserID: userID, Name: name, Grants: authz.GrantsOf(roles)})
}

// upload registers versions of the company's own rulebook, changed by pairs of old and new text.
func (k *kit) upload(version string, change ...string) {
	k.t.Helper()
	files := own(k.t, version)
	files[rule.FileRulebook] = strings.NewReplacer(change...).Replace(files[rule.FileRulebook])
	if _, err := k.s.Upload(k.ctx, files); err != nil {
		k.t.Fatal(err)
	}
}

const rolesLine = "roles:\n"

func TestAdoptedByRole(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		director, regional := k.person(1, "总监", authz.RoleDirector), k.person(2, "区域经理", authz.RoleRegionalManager)
		k.upload("1.0.0", rolesLine, "adopted_by: regional_manager\n\nroles:\n  regional_manager: {zh: 区域经理, en: Regional manager, clause: \"4.2\"}\n")
		k.upload("2.0.0", rolesLine, "adopted_by: head\n\nroles:\n  head: {zh: 负责人, en: Head, aliases: [director], clause: \"4.2\"}\n")
		k.upload("3.0.0", rolesLine, "adopted_by: leadership_or_above\n\nroles:\n", "  leadership: {", "  leadership: {") // a post nobody here has
		adopt := func(ctx context.Context, version string) string {
			_, err := k.s.Adopt(ctx, AdoptInput{Rulebook: "own-accounts", Version: version, EffectiveFrom: calendar.None})
			if err == nil {
				return ""
			}
			return errs.CodeOf(err)
		}
		for i, c := range []struct {
			ctx           context.Context
			version, code string
		}{
			{director, "1.0.0", "rulebook.not_adopter"}, // holds rulebook.adopt, but the regulation names another post
			{regional, "1.0.0", ""},                     // lacks rulebook.adopt, but is that post
			{director, "2.0.0", "rulebook.not_adopter"}, // what is in force decides, not what the new text says
			{regional, "2.0.0", ""},
			{regional, "3.0.0", "rulebook.not_adopter"}, // the head is the director, by another name
			{director, "3.0.0", ""},
			{regional, "1.0.0", "auth.forbidden"}, // a post nobody here has: rulebook.adopt it is
			{director, "1.0.0", ""},
			{k.ctx, "2.0.0", ""}, // the command line on the machine
		} {
			if got := adopt(c.ctx, c.version); got != c.code {
				t.Errorf("step %d: %q, want %q", i+1, got, c.code)
			}
		}
		if may, err := k.s.MayAdopt(regional, "own-accounts", "1.0.0"); err != nil || may {
			t.Errorf("now it is the director's: %v %v", may, err)
		}
	})
}

// byCase lets cases decide on adoptions; their ids count up.
func (k *kit) byCase() {
	var last int64
	k.s.DecideByCase(Approval{
		InForce: func(context.Context, db.Q) (bool, error) { return true, nil },
		Begin: func(_ context.Context, _ db.Q, r Request, e *Edition) (int64, error) {
			if r.ID == 0 || e.Version.Version != r.Version {
				k.t.Errorf("a case is begun for %+v of %s", r, e.Version.Version)
			}
			last++
			return last, nil
		},
	})
}

// decided closes a request as the end of its case does.
func (k *kit) decided(r Request, caseID int64, to string, by int64, reason string) error {
	return k.db.InTx(k.ctx, func(q db.Q) error { return k.s.Decided(k.ctx, q, r.ID, caseID, to, by, reason) })
}

func TestAdoptionRequests(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		author := k.person(1, "起草人", authz.RoleDirector)
		k.person(2, "总监", authz.RoleDirector)
		k.upload("1.0.0")
		k.upload("1.1.0", "strategic_visit: {value: P1M", "strategic_visit: {value: P14D")
		ask := func(ctx context.Context, version string, from calendar.Date) (Request, error) {
			return k.s.RequestAdoption(ctx, AdoptInput{Rulebook: "own-accounts", Version: version, EffectiveFrom: from, Settings: map[string]string{"key_visit": "P2M"}, Note: "请审批"})
		}
		if _, err := ask(author, "1.0.0", calendar.None); errs.CodeOf(err) != "rulebook.adopt_directly" {
			t.Errorf("no procedure decides: %v", err)
		}
		k.byCase()
		r, err := ask(author, "1.0.0", calendar.None)
		if err != nil || r.State != RequestOpen || r.CaseID != 1 {
			t.Fatalf("%+v %v", r, err)
		}
		reader := authz.With(k.ctx, authz.Actor{UserID: 9, Grants: authz.GrantsOf([]string{authz.RoleAuditor})})
		for name, c := range map[string]struct {
			err  error
			code string
		}{
			"a second one": {second(ask(author, "1.1.0", calendar.None)), "rulebook.request_open"},
			"own":          {k.decided(r, 1, RequestApproved, 1, ""), "rulebook.request_own"},
			"may not ask":  {second(ask(reader, "1.0.0", calendar.None)), "auth.forbidden"},
			"bad settings": {second(k.s.RequestAdoption(author, AdoptInput{Rulebook: book, EffectiveFrom: calendar.None, Settings: map[string]string{"no": "1"}})), "rulebook.bad_settings"},
			"directly":     {second(k.s.Adopt(author, AdoptInput{Rulebook: "own-accounts", Version: "1.0.0", EffectiveFrom: calendar.None})), "rulebook.by_case"},
		} {
			if errs.CodeOf(c.err) != c.code {
				t.Errorf("%s: %v", name, c.err)
			}
		}
		if err := k.decided(r, 77, RequestApproved, 2, ""); err != nil || k.one("SELECT COUNT(*) FROM adoption") != 0 {
			t.Errorf("another case decides: %v", err)
		}
		if err := k.decided(r, 1, RequestApproved, 2, "同意"); err != nil {
			t.Fatal(err)
		}
		got, err := k.s.GetRequest(k.ctx, r.ID)
		if err != nil || got.State != RequestApproved || got.DecidedBy != 2 || got.AdoptionID == 0 || got.Reason != "同意" {
			t.Fatalf("%+v %v", got, err)
		}
		in, err := k.s.InForce(k.ctx, d.Read(), "own-accounts", k.s.Today())
		if err != nil || in.Version != "1.0.0" || in.Settings["key_visit"] != "P2M" || in.Adoption.AdoptedBy != 2 {
			t.Errorf("in force: %+v %v", in.Adoption, err)
		}
		if err := k.decided(r, 1, RequestRefused, 2, "x"); err != nil || second(k.s.GetRequest(k.ctx, r.ID)) != nil || k.one("SELECT COUNT(*) FROM adoption_request WHERE state = 'refused'") != 0 {
			t.Errorf("decided twice: %v", err)
		}
		// A day that has passed while the request waited becomes the day of the decision.
		tomorrow := k.s.Today().AddDays(1)
		late, err := ask(author, "1.1.0", tomorrow)
		if err != nil {
			t.Fatal(err)
		}
		x, err := k.s.Asking(k.ctx, d.Read(), late.ID)
		if err != nil || x.Before != "1.0.0" || len(x.Changed) == 0 || x.Clauses != 0 || !x.Graded || x.Impact != nil {
			t.Errorf("what it changes: %+v %v", x, err)
		}
		noted := Impact{InScope: 3, Schemes: []SchemeImpact{{Scheme: "s", Changed: 2, Up: 1, Down: 1}}}
		if err := d.InTx(k.ctx, func(q db.Q) error { return k.s.NoteImpact(k.ctx, q, late.ID, noted) }); err != nil {
			t.Fatal(err)
		}
		if x, err = k.s.Asking(k.ctx, d.Read(), late.ID); err != nil || x.Impact == nil || x.Impact.InScope != 3 || x.Impact.Schemes[0].Up != 1 {
			t.Errorf("who would move: %+v %v", x.Impact, err)
		}
		k.now = k.now.AddDate(0, 0, 5)
		if err := k.decided(late, late.CaseID, RequestApproved, 2, ""); err != nil {
			t.Fatal(err)
		}
		if in, err := k.s.InForce(k.ctx, d.Read(), "own-accounts", k.s.Today().AddDays(-1)); err != nil || in.Version != "1.0.0" {
			t.Errorf("the past has changed: %+v %v", in.Adoption, err)
		}
		for i, to := range []string{RequestRefused, RequestWithdrawn} {
			r, err := ask(author, "1.0.0", calendar.None)
			if err != nil {
				t.Fatal(err)
			}
			if err := k.decided(r, r.CaseID, to, 1, "先试行"); err != nil {
				t.Errorf("%d: %v", i, err)
			}
			if r, err = k.s.GetRequest(k.ctx, r.ID); err != nil || r.State != to || r.AdoptionID != 0 || r.DecidedAt.IsZero() {
				t.Errorf("%d: %+v %v", i, r, err)
			}
		}
		if n := k.one("SELECT COUNT(*) FROM adoption"); n != 2 {
			t.Errorf("%d adoptions", n)
		}
		var states []string
		cursor := ""
		for {
			page, next, err := k.s.Requests(reader, "own-accounts", "", cursor, 3)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range page {
				states = append(states, r.State)
			}
			if cursor = next; next == "" {
				break
			}
		}
		if want := []string{RequestWithdrawn, RequestRefused, RequestApproved, RequestApproved}; !slices.Equal(states, want) {
			t.Errorf("%v", states)
		}
		if n := k.one("SELECT COUNT(*) FROM event WHERE kind IN ('rulebook.adoption_requested', 'rulebook.adoption_decided')"); n != 8 {
			t.Errorf("%d events", n)
		}
	})
}

func second[T any](_ T, err error) error { return err }

// What doc.go draws is what requestMoves allows.
func TestRequestDiagramIsTheTable(t *testing.T) {
	b, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	drawn := map[string][]string{}
	for _, m := range regexp.MustCompile(`(?m)^//\trequest: (\w+) ──\w+──▶ (\w+)$`).FindAllStringSubmatch(string(b), -1) {
		drawn[m[1]] = append(drawn[m[1]], m[2])
	}
	if !maps.EqualFunc(drawn, requestMoves, slices.Equal[[]string]) {
		t.Errorf("drawn %v, allowed %v", drawn, requestMoves)
	}
}

func TestReturnToWhatWasBefore(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.upload("1.0.0")
		k.upload("2.0.0")
		if _, err := k.s.Return(k.ctx, "own-accounts", "", ""); errs.CodeOf(err) != "rulebook.nothing_to_return_to" {
			t.Errorf("nothing in force: %v", err)
		}
		adopt := func(version, from string, settings map[string]string) {
			t.Helper()
			if _, err := k.s.Adopt(k.ctx, AdoptInput{Rulebook: "own-accounts", Version: version, EffectiveFrom: day(t, from), Settings: settings}); err != nil {
				t.Fatal(err)
			}
		}
		adopt("1.0.0", "2026-06-30", map[string]string{"key_visit": "P2M"})
		if _, err := k.s.Return(k.ctx, "own-accounts", "", ""); errs.CodeOf(err) != "rulebook.nothing_to_return_to" {
			t.Errorf("only one so far: %v", err)
		}
		k.now = k.now.AddDate(0, 0, 3)
		adopt("1.0.0", "2026-07-03", nil)
		k.now = k.now.AddDate(0, 0, 1)
		adopt("2.0.0", "2026-07-04", nil)
		a, err := k.s.Return(k.ctx, "own-accounts", "", "试行不成功")
		if err != nil || a.Version != "1.0.0" || len(a.Settings) != 0 || a.EffectiveFrom != k.s.Today() {
			t.Errorf("to what was before: %+v %v", a, err)
		}
		k.now = k.now.AddDate(0, 0, 1)
		if a, err = k.s.Return(k.ctx, "own-accounts", "1.0.0", ""); err != nil || a.Settings["key_visit"] != "P2M" {
			t.Errorf("to the same version as it was set before: %+v %v", a, err)
		}
		if _, err := k.s.Return(k.ctx, "own-accounts", "9.0.0", ""); errs.CodeOf(err) != "rulebook.nothing_to_return_to" {
			t.Errorf("never in force: %v", err)
		}
	})
}

func TestReceipts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		lin, wang := k.person(1, "林晓", authz.RoleCustomerManager), k.person(2, "王强", authz.RoleRegionalManager, authz.RoleCustomerManager)
		chief := k.person(3, "总监", authz.RoleDirector)
		k.upload("1.0.0", rolesLine, "distribution: {to: [seller], within: P7D, clause: \"1.2\"}\n\nroles:\n  seller: {zh: 业务员, en: Seller, aliases: [customer_manager], clause: \"4.2\"}\n")
		k.upload("2.0.0", rolesLine, "roles:\n  director: {zh: 总监, en: Director, clause: \"4.2\"}\n")
		open := func(ctx context.Context) (out []string) {
			t.Helper()
			list, err := k.s.MyReceipts(ctx)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range list {
				late := ""
				if r.Overdue {
					late = " late"
				}
				out = append(out, r.Version+" "+r.DueOn.String()+late)
			}
			return out
		}
		if got := open(lin); len(got) != 0 {
			t.Errorf("nothing is adopted, but %v", got)
		}
		if err := k.adopt("1.0.0", "2026-07-01"); err != nil { // tomorrow
			t.Fatal(err)
		}
		if got := open(lin); !slices.Equal(got, []string{"1.0.0 2026-07-08"}) {
			t.Errorf("%v", got)
		}
		if got := open(chief); len(got) != 0 {
			t.Errorf("it does not concern the director, but %v", got)
		}
		k.now = k.now.AddDate(0, 0, 10)
		for range 2 {
			if err := k.s.Confirm(wang, "own-accounts", "1.0.0"); err != nil {
				t.Error(err)
			}
		}
		if got := open(lin); !slices.Equal(got, []string{"1.0.0 2026-07-08 late"}) {
			t.Errorf("%v", got)
		}
		r, err := k.s.Readers(k.ctx, "own-accounts", "")
		if err != nil || r.Read != 1 || r.Open != 1 || len(r.People) != 2 || r.People[0].Name != "林晓" || r.People[1].ReadAt.IsZero() {
			t.Errorf("%+v %v", r, err)
		}
		if n := k.one("SELECT COUNT(*) FROM audit_entry WHERE action = 'rulebook.read'"); n != 1 {
			t.Errorf("%d readings in the audit", n)
		}
		// The next version begins anew; without a distribution it concerns the posts it names.
		if err := k.adopt("2.0.0", "2026-07-10"); err != nil {
			t.Fatal(err)
		}
		if got := open(lin); len(got) != 0 {
			t.Errorf("superseded, but %v", got)
		}
		if got := open(chief); !slices.Equal(got, []string{"2.0.0 "}) {
			t.Errorf("%v", got)
		}
		for version, code := range map[string]string{"1.0.0": "rulebook.nothing_to_read", "9.0.0": "rulebook.unknown_version"} {
			if err := k.s.Confirm(lin, "own-accounts", version); errs.CodeOf(err) != code {
				t.Errorf("%s: %v", version, err)
			}
		}
		if err := k.s.Confirm(k.ctx, "own-accounts", "2.0.0"); errs.CodeOf(err) != "rulebook.no_person" {
			t.Errorf("the system reads: %v", err)
		}
	})
}
