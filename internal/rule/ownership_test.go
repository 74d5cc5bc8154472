package rule_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kezhi/internal/rule"
)

// owners makes a rulebook of owner rules without grades of its own.
func owners(section string) string {
	return "rulebook: owners\nversion: 1.0.0\ntitle: owners\nroles: {manager: {zh: 客户经理, en: Manager}, teller: {zh: 柜员, en: Teller}, head: {zh: 负责人, en: Head}}\nownership:\n" + section
}

const usualOwners = `
  scheme: value
  rules:
    - {key: marketer, owner: {field: marketer}}
    - {key: loan, when: 'grades.product == "loan"', owner: manager}
    - {key: high, when: 'grade == "high"', owner: head, next: true}
    - {key: area, owner: {area: teller}}
    - {key: rest, owner: teller}
  caps: {manager: 2, teller: 3}
`

func problemsOf(t *testing.T, text string) []rule.Problem {
	t.Helper()
	b, problems := rule.Parse(map[string][]byte{rule.FileRulebook: []byte(text)})
	return append(problems, b.Check(rule.Environment{Fields: map[string]bool{"marketer": true}, Segments: map[string][]string{"名单": nil}})...)
}

func TestOwnerRulesAreChecked(t *testing.T) {
	for _, c := range []struct{ name, section, code, says string }{
		{"the last rule has a condition", "  rules: [{key: a, when: customer.kind == \"dealer\", owner: manager}]", "owner.not_total", "a"},
		{"the last rule names no role", "  rules: [{key: a, owner: {field: marketer}}]", "owner.not_total", "a"},
		{"two rules of a key", "  rules: [{key: a, owner: {field: marketer}}, {key: a, owner: manager}]", "owner.duplicate", "a"},
		{"a rule behind one for everybody", "  rules: [{key: a, owner: manager}, {key: b, owner: teller}]", "owner.unreachable", "a"},
		{"a rule with two ways", "  rules: [{key: a, owner: {role: manager, field: marketer}}]", "owner.ways", "a"},
		{"an unknown role", "  rules: [{key: a, owner: manger}]", "role.undeclared", "manager"},
		{"an unknown field of a condition", "  rules: [{key: a, when: customer.marketr == \"x\", owner: manager}, {key: b, owner: teller}]", "field.unknown", "marketer"},
		{"a field nobody has made", "  rules: [{key: a, owner: {field: friend}}, {key: b, owner: teller}]", "owner.field", "friend"},
		{"an unknown segment", "  rules: [{key: a, when: in_segment(\"名\"), owner: manager}, {key: b, owner: teller}]", "segment.unknown", "名单"},
		{"a cap that is no number", "  rules: [{key: a, owner: teller}]\n  caps: {teller: many}", "owner.count", "many"},
		{"a cap of nobody", "  rules: [{key: a, owner: teller}]\n  caps: {teller: 0}", "owner.count", "0"},
		{"a wrong period of the pool", "  rules: [{key: a, owner: teller}]\n  pool: {claim_at_most: 3, keep_for: month}", "period.wrong", "month"},
		{"a condition that is none", "  rules: [{key: a, when: grade =, owner: manager}, {key: b, owner: teller}]", "expr.syntax", "=="},
	} {
		found := problemsOf(t, owners(c.section))
		if !slices.ContainsFunc(found, func(p rule.Problem) bool {
			return (c.code == "" || p.Code == c.code) && strings.Contains(p.Message.En+p.Remedy.En, c.says)
		}) {
			t.Errorf("%s: want %s, found %v", c.name, c.code, found)
		}
	}
	for _, p := range problemsOf(t, owners(usualOwners)) {
		if strings.HasPrefix(p.Code, "owner.") || p.Severity == rule.SeverityError {
			t.Errorf("sound rules: %s %s", p.Code, p.Message.En)
		}
	}
}

// people are an organisation of some units in a row: the parent of unit n is n-1.
type people struct {
	roles map[int64]string
	units map[int64]int64
	gone  map[int64]bool
}

func (p people) Named(text string) (int64, bool) {
	var user int64
	_, err := fmt.Sscan(text, &user)
	return user, err == nil && p.roles[user] != ""
}
func (p people) Active(user int64) bool             { return p.roles[user] != "" && !p.gone[user] }
func (p people) Holds(role string, user int64) bool { return p.roles[user] == role }
func (p people) Holders(role string, unit int64) []int64 {
	for at := unit; at >= 0; at-- {
		var out []int64
		for user, held := range p.roles {
			if held == role && !p.gone[user] && (p.units[user] == at || at == 0) {
				out = append(out, user)
			}
		}
		if len(out) > 0 {
			slices.Sort(out)
			return out
		}
	}
	return nil
}

func ownership(t *testing.T, section string) *rule.Ownership {
	t.Helper()
	return program(t, owners(section)).Ownership()
}

func TestTheFirstRuleThatHoldsDecides(t *testing.T) {
	o := ownership(t, usualOwners)
	staff := people{
		roles: map[int64]string{1: "manager", 2: "manager", 3: "teller", 4: "teller", 5: "clerk"},
		units: map[int64]int64{1: 1, 2: 1, 3: 1, 4: 1},
		gone:  map[int64]bool{},
	}
	loads := map[int64]int64{1: 1, 2: 0, 3: 3, 4: 1}
	fields := func(marketer string) rule.Subject { return rule.Subject{Fields: map[string]any{"marketer": marketer}} }
	kinds := func(d rule.OwnerDecision) string {
		var out []string
		for _, c := range d.Conflicts {
			out = append(out, c.Kind+":"+c.Rule)
		}
		return strings.Join(out, " ")
	}
	loan := map[string]string{"product": "loan"}
	for _, c := range []struct {
		name      string
		client    rule.Client
		owner     int64
		rule, why string
		conflicts string
	}{
		{"whoever marketed it, though it has a loan", rule.Client{Unit: 1, Subject: fields("5"), Grades: loan}, 5, "marketer", rule.WhyNamed, "two_claims:loan"},
		{"a marketer who left", rule.Client{Unit: 1, Subject: fields("9"), Grades: loan}, 2, "loan", rule.WhyFewest, "gone:marketer"},
		{"the manager it has", rule.Client{Unit: 1, Subject: fields(""), Grades: loan, Owner: 1}, 1, "loan", rule.WhyKept, ""},
		{"a high one where there is no head goes on", rule.Client{Unit: 1, Subject: fields(""), Grades: map[string]string{"value": "high"}}, 4, "rest", rule.WhyFewest, "no_holder:high"},
		{"whoever contracted the area", rule.Client{Unit: 1, Subject: fields(""), Areas: []rule.AreaContract{{Person: 5}}}, 5, "area", rule.WhyArea, ""},
		{"the area of a unit", rule.Client{Subject: fields(""), Areas: []rule.AreaContract{{Unit: 1}}}, 4, "area", rule.WhyFewest, ""},
		{"the rest, away from a full teller", rule.Client{Unit: 1, Subject: fields(""), Owner: 3}, 4, "rest", rule.WhyFewest, "differs:"},
	} {
		d := o.Decide(&c.client, staff, func(user int64) int64 { return loads[user] })
		if d.Owner != c.owner || d.Rule.Key != c.rule || d.Why != c.why || kinds(d) != c.conflicts {
			t.Errorf("%s: got %d by %s, %s, %q", c.name, d.Owner, d.Rule.Key, d.Why, kinds(d))
		}
	}
	full := o.Decide(&rule.Client{Unit: 1, Subject: fields(""), Grades: loan}, staff, func(int64) int64 { return 2 })
	if full.Owner != 0 || full.Why != rule.WhyFull || full.Rule.Key != "loan" || full.Rule.Precedence != 2 {
		t.Errorf("a loan customer must not fall to a teller because the managers are full: %+v", full)
	}
}

// Every customer gets one active owner or a reason, nobody more than the caps allow, and a second run changes nothing.
func TestAssigningIsTotalBoundedAndSettles(t *testing.T) {
	o := ownership(t, usualOwners)
	rapid.Check(t, func(rt *rapid.T) {
		staff := people{roles: map[int64]string{}, units: map[int64]int64{}, gone: map[int64]bool{}}
		for user := range rapid.Int64Range(1, 7).Draw(rt, "people") {
			staff.roles[user+1] = rapid.SampledFrom([]string{"manager", "teller", "head", "clerk"}).Draw(rt, "role")
			staff.units[user+1] = rapid.Int64Range(0, 2).Draw(rt, "unit")
			staff.gone[user+1] = rapid.IntRange(0, 5).Draw(rt, "gone") == 0
		}
		list := make([]rule.Client, rapid.IntRange(0, 25).Draw(rt, "customers"))
		for i := range list {
			c := rule.Client{ID: int64(i) + 1, Unit: rapid.Int64Range(0, 2).Draw(rt, "home"), Owner: rapid.Int64Range(0, 8).Draw(rt, "present")}
			c.Grades = map[string]string{"product": rapid.SampledFrom([]string{"loan", "none"}).Draw(rt, "product"), "value": rapid.SampledFrom([]string{"high", "low"}).Draw(rt, "value")}
			c.Subject.Fields = map[string]any{"marketer": rapid.SampledFrom([]string{"", "1", "2", "8"}).Draw(rt, "marketer")}
			if rapid.Bool().Draw(rt, "contracted") {
				c.Areas = []rule.AreaContract{{Person: rapid.Int64Range(0, 7).Draw(rt, "contractor"), Unit: 1}}
			}
			list[i] = c
		}
		first := assign(o, staff, list)
		loads := map[int64]int64{}
		for i, d := range first {
			switch {
			case d.Rule == nil:
				rt.Fatalf("customer %d: no rule", i)
			case d.Owner == 0 && d.Why != rule.WhyFull && d.Why != rule.WhyNoHolder:
				rt.Fatalf("customer %d: nobody without a reason: %+v", i, d)
			case d.Owner != 0 && !staff.Active(d.Owner):
				rt.Fatalf("customer %d went to somebody who is gone", i)
			}
			loads[d.Owner]++
		}
		for user, n := range loads {
			if bound := map[string]int64{"manager": 2, "teller": 3}[staff.roles[user]]; bound > 0 && n > bound {
				rt.Fatalf("%d has %d customers", user, n)
			}
		}
		for i := range list {
			list[i].Owner = first[i].Owner
		}
		for i, d := range assign(o, staff, list) {
			if d.Owner != first[i].Owner {
				rt.Fatalf("customer %d moved again: %d to %d", i, first[i].Owner, d.Owner)
			}
		}
	})
}

func assign(o *rule.Ownership, staff rule.Staff, list []rule.Client) []rule.OwnerDecision {
	a := o.Assigner(staff)
	out := make([]rule.OwnerDecision, len(list))
	var left []int
	for i := range list {
		var settled bool
		if out[i], settled = a.Keep(&list[i]); !settled {
			left = append(left, i)
		}
	}
	for _, i := range left {
		out[i] = a.Give(&list[i])
	}
	return out
}

func TestOwnerCases(t *testing.T) {
	book, problems := rule.Parse(map[string][]byte{
		rule.FileRulebook: []byte(owners(usualOwners)),
		rule.FileCases: []byte(`
- {case: marketed, as_of: 2026-01-01, customer: {marketer: wang}, people: {wang: [manager]}, expect: {owner: wang, owner_rule: marketer, owner_why: named}}
- {case: a loan, as_of: 2026-01-01, graded: {product: loan}, people: {wang: [manager@east], li: [manager@west]}, customer: {unit: west}, expect: {owner: li, owner_rule: loan, owner_why: only}}
- {case: full, as_of: 2026-01-01, graded: {product: loan}, people: {wang: [manager]}, loads: {wang: 2}, expect: {owner: nobody, owner_why: full, conflicts: [full]}}
- {case: high, as_of: 2026-01-01, graded: {value: high}, expect: {owner: head, owner_rule: high}}
- {case: wrong, as_of: 2026-01-01, graded: {value: high}, vacant: [head], expect: {owner: head}}
`),
	})
	for _, p := range problems {
		if p.Severity == rule.SeverityError {
			t.Fatal(p.Code, p.Message.En)
		}
	}
	report := rule.Test(book)
	if report.Passed != 4 || report.Failed != 1 || report.Cases[4].Diffs[0].Got != "teller" {
		t.Fatalf("%+v", report.Cases)
	}
	var missing []string
	for _, u := range report.Unreached {
		missing = append(missing, u.Ref)
	}
	if !slices.Equal(missing, []string{"ownership.area", "ownership.rest"}) {
		t.Errorf("unreached: %v", missing)
	}
}
