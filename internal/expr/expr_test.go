package expr

import (
	"slices"
	"strings"
	"testing"
)

var testVars = []Var{
	{"status", Text},
	{"amount", Number},
	{"customer.kind", Text},
	{"customer.tags", Texts},
	{"on", Date},
	{"active", Bool},
	{"cost", Number},
}

func values(m map[string]Value) func(string) Value {
	return func(name string) Value {
		if v, ok := m[name]; ok {
			return v
		}
		return Value{Missing: true}
	}
}

func num(s string) Value {
	d, ok := ParseDecimal(s)
	if !ok {
		panic("bad decimal in test: " + s)
	}
	return Value{Number: d}
}

func TestEval(t *testing.T) {
	get := values(map[string]Value{
		"status": {Text: "shipped"}, "amount": num("100.10"), "customer.kind": {Text: "dealer"},
		"customer.tags": {Texts: []string{"vip", "east"}}, "on": {Text: "2026-03-01"}, "active": {Bool: true},
	})
	cases := []struct {
		text   string
		want   bool
		native bool
	}{
		{`status == "shipped"`, true, true},
		{`status != "shipped"`, false, true},
		{`status == "shipped" && amount >= 100.1 && customer.kind in ["dealer", "oem"]`, true, true},
		{`amount > 100.1`, false, true},
		{`amount < 100.11`, true, true},
		{`amount in [1, 100.10]`, true, true},
		{`amount == 100.1`, true, true},
		{`"vip" in customer.tags`, true, true},
		{`on >= "2026-03-01" && on < "2026-04-01"`, true, true},
		{`active`, true, true},
		{`!active`, false, true},
		{`active == false`, false, true},
		{`status == "open" || amount >= 100.1`, true, false},
		{`status == "open" || amount == 100.1`, true, false},
		{`status == "open" || amount != 100.1`, false, false},
		{`status == "open" || amount > cost`, false, false},
		{`!(status == "open") && status.startsWith("ship")`, true, false},
		{`customer.tags.exists(t, t == "east")`, true, false},
		{`cost > 1`, false, true},
		{`cost != 1`, false, true},
		{`cost != 1 || active`, true, false},
		{`status == "open" || amount in [1, 100.1]`, true, false},
	}
	for _, c := range cases {
		t.Run(c.text, func(t *testing.T) {
			cond, err := Compile(c.text, testVars)
			if err != nil {
				t.Fatal(err)
			}
			if _, native := cond.Terms(); native != c.native {
				t.Errorf("native = %v, want %v", native, c.native)
			}
			got, evalErr := cond.Eval(get)
			if evalErr != nil || got != c.want {
				t.Errorf("got %v, %v; want %v", got, evalErr, c.want)
			}
		})
	}
}

func TestErrors(t *testing.T) {
	cases := []struct {
		text, code, offending string
		column                int
	}{
		{``, CodeEmpty, "", 1},
		{`stauts == "x"`, CodeUnknownName, "stauts", 1},
		{`customer.knid == "x"`, CodeUnknownName, "customer.knid", 1},
		{`status = "x"`, CodeSyntax, "=", 8},
		{`amount >= "x"`, CodeType, ">=", 8},
		{`status == 1`, CodeType, "==", 8},
		{`100 <= amount`, CodeType, "<=", 5},
		{`status == "x" || size(amount) == 1`, CodeType, "amount", 23},
		{`status`, CodeNotYesNo, "status", 1},
		{`amount >= 1 &&`, CodeSyntax, "&&", 15},
		{`on == "2026-09-31"`, CodeDate, "2026-09-31", 7},
		{`status.matches("a+")`, CodeNotAllowed, "matches", 15},
		{`1 + 1 == 2`, CodeNotAllowed, "+", 3},
		{`amount > 0.1234567890123456789`, CodeNumber, "0.1234567890123456789", 10},
		{strings.Repeat("(", 200) + "active" + strings.Repeat(")", 200), CodeTooDeep, "", 129},
		{`status == "` + strings.Repeat("x", 5000) + `"`, CodeTooLong, "", 1},
	}
	for _, c := range cases {
		t.Run(c.code+" "+c.offending, func(t *testing.T) {
			_, err := Compile(c.text, testVars)
			if err == nil {
				t.Fatal("compiled")
			}
			if err.Code != c.code || err.Offending != c.offending || err.Column != c.column {
				t.Errorf("got %s %q at %d; want %s %q at %d", err.Code, err.Offending, err.Column, c.code, c.offending, c.column)
			}
			if err.Zh == "" || err.En == "" || err.RemedyZh == "" || err.RemedyEn == "" {
				t.Errorf("a message or a remedy is empty: %+v", err)
			}
		})
	}
}

func TestDecimal(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"0.1", "0.10", 0},
		{"-1", "1", -1},
		{"1_000", "999.999999999999999", 1},
		{"999999999999999999", "0.00000000000000001", 1},
		{"-2", "-1.5", -1},
		{"0", "-0.0", 0},
	} {
		a, _ := ParseDecimal(c.a)
		b, ok := ParseDecimal(c.b)
		if !ok || a.Cmp(b) != c.want || b.Cmp(a) != -c.want {
			t.Errorf("%s against %s: %d, want %d", c.a, c.b, a.Cmp(b), c.want)
		}
	}
	for _, bad := range []string{"", "-", "1.", ".5", "1__0", "1_", "1e5", "+1", "1234567890123456789", "１"} {
		if _, ok := ParseDecimal(bad); ok {
			t.Errorf("%q was read as a number", bad)
		}
	}
}

func FuzzCompile(f *testing.F) {
	for _, s := range []string{`status == "x"`, `amount in [1,2.5] && !active`, `customer.tags.all(t, size(t) > 2)`, `((`, `"\`, `on<"2026-01-01"?active:!active`} {
		f.Add(s)
	}
	get := values(map[string]Value{"status": {Text: "x"}, "amount": num("2.5")})
	f.Fuzz(func(t *testing.T, text string) {
		cond, err := Compile(text, testVars)
		if err != nil {
			if err.Zh == "" || err.Line < 1 || err.Column < 1 {
				t.Fatalf("incomplete error: %+v", err)
			}
			return
		}
		first, _ := cond.Eval(get)
		if again, _ := cond.Eval(get); again != first {
			t.Fatal("the same condition gave two answers")
		}
	})
}

func TestMemberIsAskedOnlyForWhatIsWritten(t *testing.T) {
	vars := []Var{{Name: "in_segment", Kind: Member}, {Name: "customer.kind", Kind: Text}, {Name: "customer.tags", Kind: Texts}}
	get := func(name string) Value {
		switch name {
		case "in_segment":
			return Value{Texts: []string{"重点", "B"}}
		case "customer.kind":
			return Value{Text: "dealer"}
		}
		return Value{}
	}
	for text, want := range map[string]bool{
		`in_segment("重点")`:                             true,
		`in_segment("A")`:                              false,
		`!in_segment("A")`:                             true,
		`in_segment("B") && customer.kind == "dealer"`: true,
		`in_segment("A") || in_segment("B")`:           true,
		`"x" in customer.tags || !in_segment("B")`:     false,
	} {
		c, err := Compile(text, vars)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got, _ := c.Eval(get); got != want {
			t.Errorf("%s: %v", text, got)
		}
		if !slices.Contains(c.Uses(), "in_segment") {
			t.Errorf("%s uses %v", text, c.Uses())
		}
	}
	c, err := Compile(`in_segment("B") || !in_segment("A") && in_segment("B")`, vars)
	if err != nil || !slices.Equal(c.Members(), []string{"A", "B"}) {
		t.Errorf("%v %v", c.Members(), err)
	}
	for text, code := range map[string]string{
		`in_segment(customer.kind)`:                    CodeMember,
		`in_segment(" ")`:                              CodeMember,
		`in_segment("A" in customer.tags ? "B" : "C")`: CodeMember,
		`"A" in in_segment`:                            CodeUnknownName,
		`in_segment == "A"`:                            CodeUnknownName,
		`in_segment()`:                                 CodeUnknownName,
		`in_segment(1)`:                                CodeType,
		`@in_segment == ["A"]`:                         CodeSyntax,
		`customer.tags.exists(x, in_segment(x))`:       CodeMember,
	} {
		if _, err := Compile(text, vars); err == nil || err.Code != code {
			t.Errorf("%s: %v, want %s", text, err, code)
		}
	}
}
