package rule_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"kezhi/internal/rule"
	"kezhi/rulebooks"
)

// fixture is one mistake put into a shipped rulebook, and what the check must say about it.
type fixture struct {
	name, book, file string
	old, new         string
	code             string
	at               string // the offending text in the changed file, where line and column must point
	says             string // part of the English message or remedy
	env              rule.Environment
}

var fixtures = []fixture{
	{name: "two bands claim exactly 5 %", book: "key-accounts", old: "{at_least: 1%, below: 5%,", new: "{at_least: 1%, at_most: 5%,", code: "band.overlap_point", at: `sales_share: {at_least: 1%, at_most`, says: "exactly 5%"},
	{name: "overlap of a range", book: "dealer-annual-grading", old: "{code: B, at_least: 100,", new: "{code: B, at_least: 100, at_most: 160,", code: "band.overlap", at: "code: B, at_least: 100, at_most", says: "≥ 150 and ≤ 160"},
	{name: "two bands with the same bound", book: "dealer-annual-grading", old: "[2_000_000, 60], [1_000_000, 45]", new: "[2_000_000, 60], [2_000_000, 45]", code: "band.overlap_same", at: "2_000_000, 45", says: "2_000_000"},
	{name: "gap", book: "dealer-annual-grading", old: "[1, 3], [0, 0]]", new: "[1, 3]]", code: "band.gap", at: "1, 3]]", says: "≥ 0 and < 1"},
	{name: "gap in a table", book: "key-accounts", old: "    - {code: none, otherwise: true, clause: \"2.3\"}\n", new: "", code: "table.gap", at: `code: "{below_one_percent}", when`, says: "no potential"},
	{name: "unordered bands", book: "dealer-annual-grading", old: "[10, 20], [6, 14], [3, 8]", new: "[10, 20], [3, 8], [6, 14]", code: "band.order", at: "6, 14]", says: "6 comes after 3"},
	{name: "unknown measure", book: "dealer-annual-grading", old: "- measure: pay_days", new: "- measure: pay_dasy", code: "measure.unknown", at: "pay_dasy", says: "pay_days"},
	{name: "unknown field of a fact", book: "dealer-annual-grading", old: "{average: days_to_pay,", new: "{average: days_to_pya,", code: "measure.unknown_field", at: "days_to_pya", says: "days_to_pay"},
	{name: "unknown field in a condition", book: "dealer-annual-grading", old: `where: status == "shipped"`, new: `where: stauts == "shipped"`, code: "expr.unknown_name", at: "stauts", says: "did you mean status"},
	{name: "broken condition", book: "dealer-annual-grading", old: `where: status == "shipped"`, new: `where: status = "shipped"`, code: "expr.syntax", at: `= "shipped"`, says: "write =="},
	{name: "unknown field of the customer", book: "dealer-annual-grading", old: "applies_to: customer.kind", new: "applies_to: customer.knid", code: "field.unknown", at: "customer.knid", says: "kind"},
	{name: "unknown kind of fact", book: "dealer-annual-grading", old: "of: order, where: status != ", new: "of: ordre, where: status != ", code: "fact.unknown_kind", at: "ordre", says: "order"},
	{name: "role nobody holds", book: "dealer-annual-grading", old: "x", new: "x", code: "role.unheld", at: "", says: "Order clerk", env: rule.Environment{Roles: map[string]bool{"营销总监": true, "regional_manager": true, "order_clerk": false}}},
	{name: "undeclared role", book: "dealer-annual-grading", old: "by: director, evidence", new: "by: directer, evidence", code: "role.undeclared", at: "directer", says: "director"},
	{name: "clause that does not exist", book: "dealer-annual-grading", old: `{code: A, at_least: 150, clause: "4.2"}`, new: `{code: A, at_least: 150, clause: "4.7"}`, code: "clause.unknown", at: `"4.7"`, says: "4.7"},
	{name: "31 September in the window", book: "dealer-annual-grading", old: `to: "12-30"`, new: `to: "09-31"`, code: "date.impossible", at: `"09-31"`, says: "30"},
	{name: "9月31日 in the clauses", book: "dealer-annual-grading", file: rule.FileClauses, old: "12月25日至30日", new: "9月31日至30日", code: "date.impossible", at: "9月31日", says: "9月31日"},
	{name: "31 September in English", book: "dealer-annual-grading", file: rule.FileClauses, old: "normally from 25 to 30 December", new: "normally until 31 September", code: "date.impossible", at: "31 September", says: "31 September"},
	{name: "30 February in a case", book: "dealer-annual-grading", file: rule.FileCases, old: "date: 2025-04-01, amount: 400_000", new: "date: 2025-02-30, amount: 400_000", code: "date.impossible", at: "2025-02-30", says: "28"},
	{name: "band without a case", book: "dealer-annual-grading", old: "[5_000_000, 80], [2_000_000, 60]", new: "[5_000_000, 80], [3_000_000, 70], [2_000_000, 60]", code: "untested.boundary", at: "3_000_000, 70", says: "3_000_000"},
	{name: "grade line without a case", book: "dealer-annual-grading", old: "{code: B, at_least: 100,", new: "{code: B, at_least: 101, assumed: true,", code: "untested.boundary", at: "code: B, at_least: 101", says: "exactly on the boundary 101"},
	{name: "duty without an interval", book: "dealer-annual-grading", old: `every: "{call_none}", `, new: "", code: "duty.no_interval", at: "key: none_call", says: "none_call"},
	{name: "window ends before it starts", book: "dealer-annual-grading", old: `{from: "12-25", to: "12-30"}`, new: `{from: "12-25", to: "12-20"}`, code: "window.order", at: `"12-20"`, says: "before"},
	{name: "fixed window ends before it starts", book: "dealer-annual-grading", old: `{distinct: month, of: order, where: status != "cancelled", window: P12M,`, new: `{distinct: month, of: order, where: status != "cancelled", window: {from: 2025-06-01, to: 2025-05-01},`, code: "window.order", at: "2025-05-01", says: "2025-05-01"},
	{name: "duplicate key", book: "dealer-annual-grading", old: "  pay_days:\n", new: "  sales_12m:\n", code: "yaml.duplicate_key", at: "sales_12m:\n    {average", says: "sales_12m"},
	{name: "duplicate duty", book: "dealer-annual-grading", old: "key: c_call", new: "key: c_visit", code: "duty.duplicate", at: "key: c_visit, for: grade == \"C\", do: call", says: "c_visit"},
	{name: "duplicate clause", book: "dealer-annual-grading", file: rule.FileClauses, old: "## 7.7 ", new: "## 7.6 ", code: "clause.duplicate", at: "7.6 服务水平", says: "7.6"},
	{name: "YAML error", book: "dealer-annual-grading", old: "owner: {zh: 营销中心,", new: "owner: {zh: [营销中心,", code: "yaml.syntax", at: "", says: ""},
	{name: "unknown key", book: "dealer-annual-grading", old: "  from: total", new: "  form: total", code: "yaml.unknown_key_guess", at: "form: total", says: "did you mean from"},
	{name: "setting never used", book: "dealer-annual-grading", old: `every: "{call_none}"`, new: "every: P6M, assumed: true", code: "setting.unused", at: "call_none", says: "call_none"},
	{name: "undeclared setting", book: "dealer-annual-grading", old: `every: "{call_none}"`, new: `every: "{call_nobody}"`, code: "setting.undeclared", at: `"{call_nobody}"`, says: "call_nobody"},
	{name: "figure that is not in the text", book: "dealer-annual-grading", old: "visit_c: {value: P1Y, assumed: true,", new: "visit_c: {value: P14M,", code: "assumed.missing", at: "P14M", says: "8.2"},
	{name: "grade line that is not in the text", book: "dealer-annual-grading", old: "{code: C, at_least: 80,", new: "{code: C, at_least: 85,", code: "assumed.missing", at: "85, clause", says: "85"},
	{name: "deadline too short", book: "dealer-annual-grading", old: "form: 客户等级评定表, clause", new: "chain: [sales_manager, director, general_manager], form: 客户等级评定表, within: P3D, clause", code: "deadline.too_short", at: "every: year\n", says: "6 days"},
	{name: "grade that does not exist", book: "dealer-annual-grading", old: `for: grade == "C", do: visit`, new: `for: grade == "D", do: visit`, code: "grade.unknown", at: `grade == "D"`, says: "D"},
	{name: "maximum that is not the sum", book: "dealer-annual-grading", old: "max: 200", new: "max: 190", code: "score.max", at: "190", says: "200"},
	{name: "row that is never taken", book: "key-accounts", old: `{code: key, when: {significance: important}`, new: `{code: key, when: {significance: strategic}`, code: "table.row_never", at: "code: key, when: {significance: strategic", says: "row 4"},
	{name: "failing case", book: "key-accounts", file: rule.FileCases, old: "judged: {potential: \"no\"}\n  expect: {grade: none}", new: "judged: {potential: \"no\"}\n  expect: {grade: key}", code: "case.failed", at: "- case: {zh: 不足1%又无潜力", says: "should be key but is none"},
}

func TestCheckFinds(t *testing.T) {
	for _, f := range fixtures {
		t.Run(f.name, func(t *testing.T) {
			files, err := rulebooks.Load(f.book)
			if err != nil {
				t.Fatal(err)
			}
			file := f.file
			if file == "" {
				file = rule.FileRulebook
			}
			text := string(files[file])
			if !strings.Contains(text, f.old) {
				t.Fatalf("the shipped rulebook no longer contains %q", f.old)
			}
			text = strings.Replace(text, f.old, f.new, 1)
			files[file] = []byte(text)
			book, problems := rule.Parse(files)
			problems = append(problems, book.Check(f.env)...)
			f.expect(t, problems, file, text)
		})
	}
}

func (f *fixture) expect(t *testing.T, problems []rule.Problem, file, text string) {
	t.Helper()
	line, column := placeOf(text, f.at)
	var near []rule.Problem
	for _, p := range problems {
		if p.Message.Zh == "" || p.Message.En == "" || p.Remedy.Zh == "" || p.Remedy.En == "" {
			t.Errorf("a message or a remedy is empty: %+v", p)
		}
		if p.Code != f.code {
			continue
		}
		near = append(near, p)
		placed := f.at == "" && p.Line > 0 || p.Line == line && p.Column == column
		if p.File == file && placed && strings.Contains(p.Message.En+" "+p.Remedy.En, f.says) {
			return
		}
	}
	t.Errorf("want %s at %d:%d saying %q; same code: %+v; all %d", f.code, line, column, f.says, near, len(problems))
	for _, p := range problems {
		t.Logf("%s %d:%d %s %s", p.File, p.Line, p.Column, p.Code, p.Message.En)
	}
}

func placeOf(text, part string) (line, column int) {
	i := strings.Index(text, part)
	if i < 0 {
		return 0, 0
	}
	before := text[:i]
	return 1 + strings.Count(before, "\n"), 1 + utf8.RuneCountInString(before[strings.LastIndex(before, "\n")+1:])
}

func TestCheckFindsClauseWithoutRule(t *testing.T) {
	files, err := rulebooks.Load("dealer-annual-grading")
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"rule", "advice", "rule; by: [change_log]"} {
		own := map[string][]byte{}
		for name, data := range files {
			own[name] = data
		}
		own[rule.FileClauses] = []byte(string(files[rule.FileClauses]) + "\n## 9.9 加条 | Added\n<!-- kind: " + kind + " -->\n内容。\n\n> Text.\n")
		book, _ := rule.Parse(own)
		found := false
		for _, p := range book.Check(rule.Environment{}) {
			found = found || p.Code == "clause.unimplemented" && p.Clause == "9.9" && p.File == rule.FileClauses
		}
		if found != (kind == "rule") {
			t.Errorf("kind %s: reported %v", kind, found)
		}
	}
}

func TestHostileFilesAreRefused(t *testing.T) {
	bomb := "a: &a [x,x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c < 'j'; c++ {
		prev := string(c - 1)
		bomb += string(c) + ": &" + string(c) + " [" + strings.TrimSuffix(strings.Repeat("*"+prev+",", 9), ",") + "]\n"
	}
	cases := map[string]struct{ text, code string }{
		"alias bomb":       {bomb, "yaml.alias"},
		"ten megabytes":    {"rulebook: " + strings.Repeat("x", 10<<20), "file.too_large"},
		"deep brackets":    {"a: " + strings.Repeat("[", 10_000), "yaml.too_deep"},
		"deep braces":      {"a: " + strings.Repeat("{a: ", 5_000), "yaml.too_deep"},
		"deep dashes":      {strings.Repeat("- ", 5_000) + "x", "yaml.too_deep"},
		"deep indentation": {deepKeys(300), "yaml.too_deep"},
		"one long line":    {"a: " + strings.Repeat("x", 100_000), "file.line_too_long"},
		"not UTF-8":        {"rulebook: \xd6\xc6\xb6\xc8", "file.not_utf8"},
		"NUL":              {"rulebook: a\x00b", "file.control_character"},
		"two documents":    {"rulebook: a\n---\nrulebook: b\n", "yaml.documents"},
		"merge key":        {"a: {b: 1}\nrulebook:\n  <<: x\n", "yaml.alias"},
		"nothing":          {"", "yaml.empty"},
		"a list":           {"- a\n- b\n", "yaml.want_keys"},
		"unclosed quote":   {"rulebook: \"abc\nversion: 1\n", "yaml.syntax"},
		"tab indentation":  {"title:\n\tzh: x\n", "yaml.syntax"},
		"complex key":      {"? [a, b]\n: c\n", "yaml.syntax"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			book, problems := rule.Parse(map[string][]byte{rule.FileRulebook: []byte(c.text)})
			problems = append(problems, book.Check(rule.Environment{})...)
			for _, p := range problems {
				if p.Code == c.code && p.Severity == rule.SeverityError && !strings.Contains(p.Message.En, "goroutine") {
					return
				}
			}
			t.Errorf("want %s, got %+v", c.code, problems)
		})
	}
}

func deepKeys(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

func FuzzParse(f *testing.F) {
	for _, id := range rulebooks.IDs() {
		files, err := rulebooks.Load(id)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(files[rule.FileRulebook], files[rule.FileClauses], files[rule.FileCases])
	}
	f.Add([]byte(book(withinBook, ratesPart)), []byte(""), []byte("- {case: x, as_of: 2025-01-01, relations: [[self, owner, C2]], others: [{customer: {code: C2}, repeat: 3}], company: {share: 3}, expect: {grade: A}}"))
	f.Add([]byte("rulebook: a\nversion: 1.0.0\ntitle: a\n"), []byte(""), []byte("- {case: x}"))
	f.Add([]byte("rulebook: a\ngrades: {bands: [[1, 2], {otherwise: true}], table: [{}]}"), []byte("## 1 a | b\n<!-- x -->"), []byte("- {case: x, facts: [{order: {}}]}"))
	f.Fuzz(func(t *testing.T, book, clauses, cases []byte) {
		b, problems := rule.Parse(map[string][]byte{rule.FileRulebook: book, rule.FileClauses: clauses, rule.FileCases: cases})
		problems = append(problems, b.Check(rule.Environment{})...)
		for _, p := range problems {
			if p.Code == "" || p.Message.Zh == "" || p.Message.En == "" || p.Severity == "" {
				t.Fatalf("incomplete problem: %+v", p)
			}
			if whole := strings.HasPrefix(p.Code, "file.") || strings.HasPrefix(p.Code, "book.") || p.Code == "yaml.unreadable"; p.Line < 1 && p.Severity == rule.SeverityError && !whole {
				t.Fatalf("an error without a place: %+v", p)
			}
		}
		rule.Test(b)
		if p, compileProblems := rule.Compile(b, nil); p == nil && !rule.HasErrors(compileProblems) {
			t.Fatal("no program and no error")
		}
	})
}
