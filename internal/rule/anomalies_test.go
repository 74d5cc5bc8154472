package rule_test

import (
	"strings"
	"testing"

	"kezhi/internal/rule"
)

// soundBook is a small regulation without a flaw; every fixture puts one of the flaws into it that real regulations have.
const soundBook = `
rulebook: own
version: 1.0.0
title: {zh: 自有制度, en: Own rulebook}
currency: CNY
issued: {number: 营〔2026〕3号, on: 2026-01-01, clause: "1.1"}
distribution: {to: [agri], within: P14D, assumed: true, clause: "1.1"}
cites: [{title: {zh: 档案办法, en: Archive rule}, valid_from: 2024-01-01, valid_to: 2027-12-31, clause: "1.1"}]
roles:
  agri: {zh: 三农业务部, en: Rural business, aliases: [三农金融部], clause: "3.1"}
  director: {zh: 总监, en: Director, clause: "3.1"}
settings:
  call_a: {value: P1M, assumed: true, clause: "4.1", title: {zh: 电话间隔, en: Interval of calls}}
measures:
  share: {share: sales, title: {zh: 占比, en: share}, clause: "2.1"}
  sales: {sum: amount, of: order, window: {from: 2025-08-20, to: 2025-09-30}, clause: "2.1"}
judgements:
  big: {values: {"yes": {zh: 是, en: big}, "no": {zh: 否, en: not big}}, missing: "no", clause: "2.2"}
grades:
  - scheme: rank
    from: share
    labels: [{code: core, title: {zh: 核心, en: Core}}, {code: major, title: {zh: 重要, en: Major}}, {code: rest, title: {zh: 其他, en: Rest}, graded: false}]
    bands: [{code: core, at_least: 5%, clause: "2.1"}, {code: major, at_least: 1%, clause: "2.1"}, {code: rest, otherwise: true, clause: "2.1"}]
  - scheme: level
    labels: [{code: A, title: {zh: 甲级, en: First}}, {code: B, title: {zh: 乙级, en: Second}}]
    table: [{code: A, when: {rank: core}, clause: "2.2"}, {code: A, when: {rank: [major, rest], big: "yes"}, clause: "2.2"}, {code: B, when: {rank: [major, rest], big: "no"}, clause: "2.2"}]
review:
  every: year
  clause: "3.1"
  window: {from: "08-20", to: "09-30"}
  deadline: P42D
  days: calendar
  steps:
    - {do: rate, by: agri, within: P20D, clause: "3.1"}
    - {do: approve, chain: [agri, director], within: P10D, clause: "3.1"}
duties:
  - {key: call, for: grade == "core", do: call, every: "{call_a}", by: owner, clause: "4.1", title: {zh: 电话, en: Call}}
`

const soundClauses = `# 自有制度 | Own rulebook

## 1.1 依据 | Basis
<!-- kind: rule -->
本制度依据《档案办法》第八条制定。

> Made under the archive rule.

## 2.1 占比 | Share
<!-- kind: rule; source: [S000-D04-C01] -->
8月20日至9月30日的销售额占全公司5%及以上的为核心，1%至5%（不含）的为重要。期间共42天。

> 5 % and more of company sales from 20 August to 30 September make a core customer, 1 % up to below 5 % a major one: 42 days.

## 2.2 意义 | Significance
<!-- kind: rule -->
核心客户为甲级；其他客户有重大意义的为甲级，其余为乙级，见第2.1条。

> Core customers are first class, others when they are big, the rest second; see clause 2.1.

## 3.1 评定 | Rating
<!-- kind: schedule -->
每年8月20日至9月30日，由三农业务部评定，总监批准，均按日历日计算，每次签字10天，评定20天。

> Each year from 20 August to 30 September the rural business rates and the director approves.

## 4.1 联系 | Contact
<!-- kind: schedule -->
核心客户定期电话联系。

> Core customers are called regularly.
`

// anomaly is one flaw of real regulations: what is written instead, and what the check must say about it.
type anomaly struct {
	name     string
	file     string
	old, new string
	code, at string
	says     string // in the English message or remedy
}

var anomalies = []anomaly{
	{"an end date of 31 September in the window of a measure", "", "to: 2025-09-30}", "to: 2025-09-31}", "date.impossible", "2025-09-31", "30"},
	{"an end date of 31 September in the review", "", `to: "09-30"`, `to: "09-31"`, "date.impossible", `"09-31"`, "30"},
	{"a cited rule valid until 31 September", "", "valid_to: 2027-12-31", "valid_to: 2027-09-31", "date.impossible", "2027-09-31", "30"},
	{"9月31日 in a clause", rule.FileClauses, "每年8月20日至9月30日", "每年8月20日至9月31日", "date.impossible", "9月31日，由", "9月31日"},
	{"42 days called 40", rule.FileClauses, "期间共42天", "期间共计40天", "dates.count", "40天", "42"},
	{"42 days called 40 in English", rule.FileClauses, "one: 42 days", "one; 40 days", "", "", ""},
	{"42 days called 40 in one English sentence", rule.FileClauses, "one: 42 days", "one: 40 days", "dates.count", "40 days", "42"},
	{"a deadline that is not the window", "", "deadline: P42D", "deadline: P40D", "window.deadline", "P40D", "42"},
	{"5 % and 1 to 5 % both claim 5 %", "", "{code: major, at_least: 1%,", "{code: major, at_least: 1%, at_most: 5%,", "band.overlap_point", "code: major, at_least: 1%, at_most", "exactly 5%"},
	{"one threshold for two grades", "", "{code: major, at_least: 1%,", "{code: major, at_least: 5%,", "band.overlap_same", "code: major, at_least: 5%,", "5%"},
	{"nobody below the lowest line", "", `, {code: rest, otherwise: true, clause: "2.1"}]`, "]", "band.gap", "code: major, at_least: 1%, clause", "< 1%"},
	{"AND or OR not stated leaves customers out", "", `, {code: B, when: {rank: [major, rest], big: "no"}, clause: "2.2"}]`, "]", "table.gap", `code: A, when: {rank: [major, rest], big: "yes"}, clause: "2.2"}]`, "not big"},
	{"AND or OR not stated gives two grades", "", `when: {rank: [major, rest], big: "no"}`, `when: {rank: [major, rest]}`, "table.overlap", `code: B, when: {rank: [major, rest]}, clause`, "rows 2 and 3"},
	{"a department under another name", "", "{do: rate, by: agri,", "{do: rate, by: agri_finance,", "role.undeclared", "agri_finance", "agri"},
	{"one name for two posts", "", "en: Director,", "en: Director, aliases: [三农金融部],", "role.alias_twice", "三农金融部], clause: \"3.1\"}\nsettings", "agri and director"},
	{"important above core although core ranks higher", "", `{code: core, at_least: 5%, clause: "2.1"}, {code: major, at_least: 1%,`, `{code: major, at_least: 5%, clause: "2.1"}, {code: core, at_least: 1%,`, "grade.order", "code: core, at_least: 1%", "ranks above"},
	{"core and important turn round in another scheme", "", "{code: A, title: {zh: 甲级, en: First}}, {code: B, title: {zh: 乙级, en: Second}}", "{code: A, title: {zh: 重要, en: First}}, {code: B, title: {zh: 核心, en: Second}}", "scheme.order_turns", "B, title: {zh: 核心", "level"},
	{"the grade of one scheme asked of the other", "", `for: grade == "core"`, `for: grade == "A"`, "grade.unknown", `grade == "A"`, "A"},
	{"a condition on the grade of the wrong scheme", "", "{code: A, when: {rank: core}, clause", "{code: A, when: {rank: A}, clause", "scheme.code", "A}, clause", "rank"},
	{"A means two things on one customer", "", "scheme: level", "scheme: rank", "scheme.duplicate", "rank\n    labels: [{code: A", "two meanings"},
	{"the same letter with two meanings", "", "{code: B, title: {zh: 乙级, en: Second}}", "{code: core, title: {zh: 乙级, en: Second}}", "scheme.same_code", "core, title: {zh: 乙级", "Second"},
	{"a class without a grade", "", `clause: "2.2"}]
review`, `clause: "2.2"}]
    limits: [{when: {rank: core}, allow: [A]}, {when: {rank: major}, allow: [B]}]
review`, "limit.open", "when: {rank: core}, allow: [A]", "rest"},
	{"a limit that forbids nothing", "", `clause: "2.2"}]
review`, `clause: "2.2"}]
    limits: [{when: {rank: core}, allow: [A, B]}]
review`, "limit.never", "when: {rank: core}, allow", "every outcome"},
	{"a limit that the table keeps by itself", "", `clause: "2.2"}]
review`, `clause: "2.2"}]
    limits: [{when: {rank: core}, allow: [A]}, {when: {rank: [major, rest]}, allow: [A, B]}]
review`, "limit.never", "when: {rank: core}, allow", "every outcome"},
	{"a missing article", rule.FileClauses, "## 2.2 意义", "## 2.3 意义", "clause.number_gap", "2.3 意义", "2.2"},
	{"articles that begin in the middle", rule.FileClauses, "## 4.1 联系", "## 4.3 联系", "clause.number_gap", "4.3 联系", "4.1"},
	{"a reference to a missing article", rule.FileClauses, "见第2.1条", "见第八条", "clause.reference", "第八条。", "第八条"},
	{"a reference to a missing article in English", rule.FileClauses, "see clause 2.1", "see clause 9", "clause.reference", "clause 9", "clause 9"},
	{"a rule that cites no article", "", `{code: A, when: {rank: core}, clause: "2.2"}`, `{code: A, when: {rank: core}, clause: "2.9"}`, "clause.unknown", `"2.9"`, "2.9"},
	{"five sign-offs in seven days", "", "chain: [agri, director], within: P10D", "chain: [agri, director, agri, director, agri], within: P10D", "deadline.too_short", "P42D", "70"},
	{"five sign-offs in seven days and no time for each", "", "deadline: P42D\n  days: calendar\n  steps:\n    - {do: rate, by: agri, within: P20D, clause: \"3.1\"}\n    - {do: approve, chain: [agri, director], within: P10D,", "deadline: P7D\n  days: working\n  steps:\n    - {do: approve, chain: [agri, director, agri, director, agri],", "deadline.unsplit", "P7D", "5 signatures"},
	{"working or calendar days not stated", "", "  days: calendar\n", "", "days.unstated", "P42D", "working or calendar"},
	{"regularly, without a mark that the interval was chosen", "", `every: "{call_a}"`, "every: P1M", "cadence.unstated", "P1M, by: owner", "定期"},
	{"regularly, with the mark", "", `every: "{call_a}", by: owner,`, "every: P1M, assumed: true, by: owner,", "", "", ""},
	{"regularly, and nothing says when", "", `every: "{call_a}", `, "", "duty.no_interval", "key: call", "call"},
	{"a promise nothing carries out", "", `by: owner, clause: "4.1"`, "by: owner", "", "", ""},
	{"a reading in brackets", rule.FileClauses, "本制度依据", "本制度的时(shí)间依据", "text.pinyin", "时(shí)", "时(shí)"},
	{"a reading in wide brackets in a title", "", "{zh: 电话, en: Call}", "{zh: 电（diàn）话, en: Call}", "text.pinyin", "电（diàn）", "diàn"},
	{"a lost character", rule.FileClauses, "核心客户定期", "核心\uFFFD户定期", "text.replacement", "\uFFFD", "lost"},
	{"a control character", rule.FileClauses, "核心客户定期", "核心\u0008客户定期", "text.control", "\u0008", "invisible"},
	{"a zero-width space", rule.FileClauses, "核心客户定期", "核心\u200b客户定期", "text.control", "\u200b", "200b"},
	{"an id of the catalogue in the text", rule.FileClauses, "核心客户定期", "（S000-D04-C03）核心客户定期", "text.catalogue_id", "S000-D04-C03）", "S000-D04-C03"},
	{"an id of the catalogue in a title", "", "zh: 自有制度", "zh: 自有制度REG-04", "text.catalogue_id", "REG-04", "REG-04"},
	{"a page footer inside a clause", rule.FileClauses, "期间共42天。", "期间共42天。第 3 页 共 9 页。", "text.boilerplate", "第 3 页 共 9 页", "page"},
	{"a clause that breaks off", rule.FileClauses, "核心客户定期电话联系。", "核心客户定期电话联系，", "text.truncated", "，\n\n> Core customers are called", "4.1"},
	{"a clause that breaks off with dots", rule.FileClauses, "are called regularly.", "are called regularly and…", "text.truncated", "…\n", "4.1"},
	{"a growth target without a base", "", "duties:\n", "indicators: [{key: pleased, title: {zh: 满意度, en: Satisfaction}, of: coverage, target: +10%}]\nduties:\n", "indicator.baseline", "+10%", "+10%"},
	{"a cited rule that has lapsed", "", "valid_to: 2027-12-31", "valid_to: 2025-06-30", "cites.expired", "2025-06-30", "Archive rule"},
	{"the same article twice", rule.FileClauses, "## 2.2 意义", "## 2.1 意义", "clause.duplicate", "2.1 意义", "2.1"},
	{"an empty chapter", rule.FileClauses, "核心客户定期电话联系。\n\n> Core customers are called regularly.\n", "", "clause.text_missing", "## 4.1", "4.1"},
}

func TestEveryKnownAnomalyIsCaught(t *testing.T) {
	for _, a := range anomalies {
		t.Run(a.name, func(t *testing.T) {
			file := a.file
			if file == "" {
				file = rule.FileRulebook
			}
			files := map[string][]byte{
				rule.FileRulebook: []byte(soundBook), rule.FileClauses: []byte(soundClauses), rule.FileCases: []byte("[]\n"),
			}
			text := string(files[file])
			if !strings.Contains(text, a.old) {
				t.Fatalf("nothing to replace: %s", a.old)
			}
			text = strings.Replace(text, a.old, a.new, 1)
			files[file] = []byte(text)
			book, problems := rule.Parse(files)
			problems = append(problems, book.Check(rule.Environment{})...)
			if a.code != "" {
				f := fixture{code: a.code, at: a.at, says: a.says}
				f.expect(t, problems, file, text)
				return
			}
			for _, p := range flaws(problems) {
				if p.Code != "clause.unimplemented" && p.Code != "setting.unused" {
					t.Errorf("%s %d:%d %s %s", p.File, p.Line, p.Column, p.Code, p.Message.En)
				}
			}
		})
	}
}

// flaws leaves out that the small regulation comes without examples.
func flaws(problems []rule.Problem) []rule.Problem {
	var out []rule.Problem
	for _, p := range problems {
		if !strings.HasPrefix(p.Code, "untested.") {
			out = append(out, p)
		}
	}
	return out
}

func TestTheSoundRegulationHasNoFlaw(t *testing.T) {
	book, problems := rule.Parse(map[string][]byte{
		rule.FileRulebook: []byte(soundBook), rule.FileClauses: []byte(soundClauses), rule.FileCases: []byte("[]\n"),
	})
	for _, p := range flaws(append(problems, book.Check(rule.Environment{})...)) {
		t.Errorf("%s %d:%d %s %s | %s", p.File, p.Line, p.Column, p.Code, p.Message.En, p.Remedy.En)
	}
}
