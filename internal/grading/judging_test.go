package grading

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
)

// dealers is the shipped rulebook that asks people: cost_ratio of anybody it names, local_influence of the regional manager.
const dealers = "dealer-annual-grading"

// person gives a context of somebody who holds roles and may judge the customers of a reach.
func (k *kit) person(userID int64, reach authz.Reach, roles ...string) context.Context {
	k.t.Helper()
	k.tx(func(q db.Q) error {
		if _, err := q.Exec(k.ctx, "DELETE FROM user_role WHERE user_id = ?", userID); err != nil {
			return err
		}
		for _, role := range roles {
			if _, err := q.Exec(k.ctx, "INSERT INTO user_role (user_id, role) VALUES (?, ?)", userID, role); err != nil {
				return err
			}
		}
		return nil
	})
	return authz.With(k.ctx, authz.Actor{UserID: userID, Name: "李四", UnitIDs: []int64{30}, Grants: map[authz.Permission]authz.Reach{
		authz.GradingRead: reach, authz.GradingJudge: reach, authz.RulebookRead: authz.ReachAll, authz.CustomerRead: reach,
	}})
}

// judging is a company of three dealers in unit 30, graded by nobody yet.
func judging(k *kit) {
	k.t.Helper()
	k.customers(who{code: "J1", kind: "dealer", owner: 7, unit: 30}, who{code: "J2", kind: "dealer", owner: 7, unit: 30}, who{code: "J3", kind: "dealer", unit: 31},
		who{code: "P1", kind: "project", unit: 30})
	if _, err := k.books.Adopt(k.ctx, rulebook.AdoptInput{Rulebook: dealers, EffectiveFrom: day(k.t, "2026-01-01")}); err != nil {
		k.t.Fatal(err)
	}
}

func fieldCodes(err error) string {
	e, ok := errs.As(err)
	if !ok {
		return ""
	}
	list := []string{}
	for _, f := range e.Fields {
		list = append(list, f.Path+" "+f.Code)
	}
	return strings.Join(list, "; ")
}

// The newest value from a day on or before the as-of day counts, and the grading reads it.
func TestJudgedValuesCountFromTheirDay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		judging(k)
		give := func(value, from string) {
			t.Helper()
			out, err := k.s.Judge(k.ctx, dealers, []JudgeInput{{CustomerID: k.ids["J1"], Item: "local_influence", Value: value, From: day(t, from)}})
			if err != nil || out.Set != 1 {
				t.Fatalf("%+v %v", out, err)
			}
		}
		give("9", "2026-03-01")
		give("5", "2026-05-01")
		give("7", "2026-04-01") // said later about an earlier day
		for asOf, want := range map[string]string{"2026-02-28": "", "2026-03-31": "9", "2026-04-30": "7", "2026-06-30": "5"} {
			k.grade(dealers, asOf)
			var e rule.Explanation
			if err := json.Unmarshal([]byte(k.explanation(k.ids["J1"], asOf)), &e); err != nil {
				t.Fatal(err)
			}
			i := slices.IndexFunc(e.Inputs, func(in rule.ExplainedInput) bool { return in.Measure == "local_influence" })
			if i < 0 || e.Inputs[i].Value != want || !e.Inputs[i].Judged {
				t.Errorf("as of %s: %+v, want %q", asOf, e.Inputs, want)
			}
		}
		sheet, err := k.s.JudgedOf(k.ctx, k.ids["J1"], dealers, day(t, "2026-06-30"))
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range sheet.Items {
			if item.Name == "local_influence" && (len(item.History) != 3 || item.History[0].Value != "5" || item.History[1].Value != "7") {
				t.Errorf("history: %+v", item.History)
			}
		}
		again, err := k.s.Judge(k.ctx, dealers, []JudgeInput{{CustomerID: k.ids["J1"], Item: "local_influence", Value: "5", From: calendar.None}})
		if err != nil || again != (JudgeOutcome{Unchanged: 1}) {
			t.Errorf("the same again: %+v %v", again, err)
		}
		if n := k.one("SELECT COUNT(*) FROM audit_entry WHERE entity = 'judgement' AND customer_id = ?", k.ids["J1"]); n != 3 {
			t.Errorf("%d audit entries", n)
		}
	})
}

// Every wrong value is named at once, and nothing is written.
func TestJudgingRefusesWhatTheRulebookDoesNotAllow(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		judging(k)
		future := day(t, "2026-07-01")
		_, err := k.s.Judge(k.ctx, dealers, []JudgeInput{
			{CustomerID: k.ids["J1"], Item: "local_influence", Value: "10", From: calendar.None},
			{CustomerID: k.ids["J1"], Item: "nonsense", Value: "1", From: calendar.None},
			{CustomerID: k.ids["J1"], Item: "local_influence", Value: "1000", From: calendar.None},
			{CustomerID: k.ids["J1"], Item: "local_influence", Value: "NaN", From: future},
			{CustomerID: 12345, Item: "local_influence", Value: "1", From: calendar.None},
		})
		const want = "items[1].item grading.judged_unknown; items[2].value grading.judged_range; items[3].from grading.judged_future; " +
			"items[3].value grading.judged_range; items[4].customer grading.judged_customer"
		if got := fieldCodes(err); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		if n := k.one("SELECT COUNT(*) FROM judgement"); n != 0 {
			t.Errorf("%d values were written", n)
		}
		if _, err := k.s.Judge(k.ctx, dealers, nil); fieldCodes(err) != "items field.required" {
			t.Errorf("nothing to judge: %v", err)
		}
		if _, err := k.s.Judge(k.ctx, "rfm-segments", []JudgeInput{{CustomerID: k.ids["J1"], Item: "x"}}); errs.CodeOf(err) != "rulebook.not_in_force" {
			t.Errorf("not in force: %v", err)
		}
	})
}

// Only who holds the role the rulebook names may judge, and only customers within reach.
func TestJudgingNeedsTheRole(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		judging(k)
		set := func(ctx context.Context, code string) error {
			_, err := k.s.Judge(ctx, dealers, []JudgeInput{{CustomerID: k.ids[code], Item: "local_influence", Value: "3", From: calendar.None}})
			return err
		}
		manager := k.person(7, authz.ReachOwn, authz.RoleCustomerManager)
		regional := k.person(8, authz.ReachUnit, authz.RoleRegionalManager)
		if got := fieldCodes(set(manager, "J1")); got != "items[0].item grading.judged_role" {
			t.Errorf("the owner: %q", got)
		}
		if err := set(regional, "J1"); err != nil {
			t.Errorf("the regional manager: %v", err)
		}
		if got := fieldCodes(set(regional, "J3")); got != "items[0].customer grading.judged_customer" {
			t.Errorf("another region: %q", got)
		}
		if err := set(as(k, 9, authz.ReachAll), "J1"); errs.CodeOf(err) != "auth.forbidden" {
			t.Errorf("without the permission: %v", err)
		}
	})
}

func TestMayJudge(t *testing.T) {
	who := func(id int64, reach authz.Reach, roles ...string) *judge {
		return &judge{authz.Actor{UserID: id, Grants: map[authz.Permission]authz.Reach{authz.GradingJudge: reach}}, roles}
	}
	book, _ := rule.Parse(map[string][]byte{rule.FileRulebook: []byte(`roles:
  regional_manager: {zh: 区域经理, en: Regional manager, aliases: [区域主管]}
  area_head: {zh: 片区负责人, en: Head of an area, aliases: [regional_manager]}
`)})
	for _, c := range []struct {
		name, by string
		judge    *judge
		want     bool
	}{
		{"the system", "director", who(0, authz.ReachAll), true},
		{"nobody named", "", who(1, authz.ReachOwn), true},
		{"the owner", "owner", who(5, authz.ReachOwn), true},
		{"not the owner", "owner", who(6, authz.ReachAll, authz.RoleDirector), false},
		{"the role", "regional_manager", who(1, authz.ReachUnit, authz.RoleRegionalManager), true},
		{"its alias", "区域主管", who(1, authz.ReachUnit, authz.RoleRegionalManager), true},
		{"a post that is the role by its other name", "area_head", who(1, authz.ReachUnit, authz.RoleRegionalManager), true},
		{"and above", "area_head_or_above", who(1, authz.ReachUnit, authz.RoleDirector), true},
		{"a senior without or above", "regional_manager", who(1, authz.ReachAll, authz.RoleDirector), false},
		{"or above", "regional_manager_or_above", who(1, authz.ReachAll, authz.RoleDirector), true},
		{"below", "regional_manager_or_above", who(1, authz.ReachOwn, authz.RoleCustomerManager), false},
		{"the administrator is no superior", "regional_manager_or_above", who(1, authz.ReachAll, authz.RoleAdmin), false},
		{"a post nobody has here, all", "chief_engineer", who(1, authz.ReachAll), true},
		{"a post nobody has here, unit", "chief_engineer", who(1, authz.ReachUnit), false},
	} {
		if got := c.judge.may(book, c.by, 5); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

// The list of open judgements shows exactly the items without a value of customers in scope and within reach, page by page.
func TestOpenJudgements(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		judging(k)
		regional := k.person(8, authz.ReachUnit, authz.RoleRegionalManager)
		if _, err := k.s.Judge(regional, dealers, []JudgeInput{{CustomerID: k.ids["J1"], Item: "local_influence", Value: "3", From: calendar.None}}); err != nil {
			t.Fatal(err)
		}
		all := func(ctx context.Context, f OpenFilter) []string {
			t.Helper()
			var out []string
			for f.Rulebook, f.Limit = dealers, 1; ; {
				list, next, err := k.s.OpenJudgements(ctx, f)
				if err != nil {
					t.Fatal(err)
				}
				for _, o := range list {
					out = append(out, o.CustomerCode+"."+o.Item.Name)
				}
				if f.Cursor = next; next == "" {
					return out
				}
			}
		}
		for _, c := range []struct {
			name string
			ctx  context.Context
			f    OpenFilter
			want string
		}{
			{"everything", k.ctx, OpenFilter{}, "J1.a_profile J1.cost_ratio J2.a_profile J2.cost_ratio J2.local_influence J3.a_profile J3.cost_ratio J3.local_influence"},
			{"one region", regional, OpenFilter{}, "J1.a_profile J1.cost_ratio J2.a_profile J2.cost_ratio J2.local_influence"},
			{"one item", regional, OpenFilter{Item: "local_influence"}, "J2.local_influence"},
			{"nothing is a customer manager's", k.person(7, authz.ReachOwn, authz.RoleCustomerManager), OpenFilter{Item: "local_influence", Mine: true}, ""},
		} {
			if got := strings.Join(all(c.ctx, c.f), " "); got != c.want {
				t.Errorf("%s: %q, want %q", c.name, got, c.want)
			}
		}
		if _, _, err := k.s.OpenJudgements(k.ctx, OpenFilter{Rulebook: dealers, Item: "x", Limit: 5}); fieldCodes(err) != "item grading.judged_unknown" {
			t.Errorf("an unknown item: %v", err)
		}
		if _, _, err := k.s.OpenJudgements(k.ctx, OpenFilter{Rulebook: dealers, Cursor: "x", Limit: 5}); errs.CodeOf(err) != "cursor.invalid" {
			t.Errorf("a broken cursor: %v", err)
		}
	})
}

// A sheet is taken as a whole or not at all, and a second time changes nothing.
func TestJudgedSheet(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		judging(k)
		file := func(text string) string {
			path := filepath.Join(t.TempDir(), "judged.csv")
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			return path
		}
		wrong := file("客户,判定项,取值\nJ1,local_influence,8\nJ9,local_influence,8\nJ2,local_influence,99\n")
		if _, err := k.s.JudgeFile(k.ctx, wrong, dealers); fieldCodes(err) != "row 3 customer grading.judged_customer; row 4 value grading.judged_range" {
			t.Errorf("wrong rows: %q %v", fieldCodes(err), err)
		}
		if n := k.one("SELECT COUNT(*) FROM judgement"); n != 0 {
			t.Errorf("half of a wrong sheet was written: %d", n)
		}
		if _, err := k.s.JudgeFile(k.ctx, file("a,b\n1,2\n"), dealers); errs.CodeOf(err) != "grading.judged_columns" {
			t.Errorf("columns: %v", err)
		}
		right := file("customer,item,value,note,from\nJ1,local_influence,8,strong,2026-02-01\nJ2,local_influence,7.5,,\n")
		for n, want := range []JudgeOutcome{{Set: 2}, {Unchanged: 2}} {
			if out, err := k.s.JudgeFile(k.ctx, right, dealers); err != nil || out != want {
				t.Errorf("time %d: %+v %v", n+1, out, err)
			}
		}
		if n := k.one("SELECT COUNT(*) FROM judgement WHERE from_day = '2026-02-01' AND note = 'strong' AND customer_id = ?", k.ids["J1"]); n != 1 {
			t.Errorf("%d rows with day and note", n)
		}
	})
}

func TestJudgingOverHTTP(t *testing.T) {
	k := newKit(t, dbtest.SQLite(t))
	judging(k)
	h := k.web(k.ctx)
	srv := func(method, path, body string) (int, string) {
		w := call(t, h, method, path, body, nil)
		return w.Code, w.Body.String()
	}
	path := "/customers/" + id.String(k.ids["J1"]) + "/judgements?rulebook=" + dealers
	status, body := srv("PUT", path, `{"items":[{"item":"local_influence","value":"9","note":"n"}]}`)
	if status != 200 || !strings.Contains(body, `"value":"9"`) {
		t.Errorf("put: %d %s", status, body)
	}
	if status, body = srv("GET", path, ""); status != 200 || !strings.Contains(body, `"may_judge":true`) || !strings.Contains(body, `"low":"0"`) {
		t.Errorf("get: %d %s", status, body)
	}
	if status, body = srv("PUT", path, `{"items":[{"item":"local_influence","value":"900"}]}`); status != 422 || !strings.Contains(body, "grading.judged_range") {
		t.Errorf("out of range: %d %s", status, body)
	}
	if status, body = srv("POST", "/judgements?rulebook="+dealers, `{"items":[{"customer_code":"J2","item":"local_influence","value":"4"},{"customer_id":"`+
		id.String(k.ids["J3"])+`","item":"local_influence","value":"5"}]}`); status != 200 || !strings.Contains(body, `"set":2`) {
		t.Errorf("many: %d %s", status, body)
	}
	if status, body = srv("GET", "/judgements/open?rulebook="+dealers+"&item=local_influence", ""); status != 200 || strings.Contains(body, "J1") {
		t.Errorf("open: %d %s", status, body)
	}
}
