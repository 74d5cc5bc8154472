package grading

import (
	_ "embed" // the page is part of the program
	"html/template"
	"io"
	"regexp"
	"strings"

	"kezhi/internal/calendar"
	"kezhi/internal/rule"
)

//go:embed statement.html
var statementPage string

// statementUnits puts the units that are not units of everyday writing into words.
var statementUnits = map[string]rule.Text{"count": {}, "point": {Zh: "分", En: "points"}, "day": {Zh: "天", En: "days"}}

// MembershipText words an input of the unit segment: whether the customer belonged.
func MembershipText(value string) rule.Text {
	if value == "yes" {
		return rule.Text{Zh: "属于", En: "member"}
	}
	return rule.Text{Zh: "不属于", En: "not a member"}
}

// WriteStatement writes a verdict as one printable page for the customer file: HTML that needs nothing but itself, in zh or
// en. It is made from the stored verdict alone. printed is the day it is printed on.
func WriteStatement(w io.Writer, x Explained, lang string, printed calendar.Date) error {
	say := func(zh, en string) string {
		if lang == "zh" {
			return zh
		}
		return en
	}
	unit := func(unit string) string {
		if words, ok := statementUnits[unit]; ok {
			return words.In(lang)
		}
		return unit
	}
	page, err := template.New("statement").Funcs(template.FuncMap{
		"t":    say,
		"in":   func(text rule.Text) string { return text.In(lang) },
		"unit": unit,
		"value": func(value, of string) string {
			if of == "segment" {
				return MembershipText(value).In(lang)
			}
			return Figures(value) + " " + unit(of)
		},
		"figures": Figures,
		"day":     unbroken,
		"missing": func(code string) string {
			if code == "judgement_missing" {
				return say("尚未判定", "not yet judged")
			}
			return say("没有数据", "no data")
		},
		"clause": func(number string) string {
			if number == "" {
				return ""
			}
			return say("（第 "+number+" 条）", " (clause "+number+")")
		},
	}).Parse(statementPage)
	if err != nil {
		return err
	}
	return page.Execute(w, map[string]any{"Lang": lang, "X": x, "E": x.Explanation, "Printed": printed.String()})
}

// unbroken writes a day so that it stays on one line.
func unbroken(day string) template.HTML {
	return template.HTML(`<span class="d">` + template.HTMLEscapeString(day) + `</span>`) //nolint:gosec // escaped
}

// token finds what may be a number in a text: days, codes and words with digits are found as a whole, and left alone.
var token = regexp.MustCompile(`[\p{Latin}0-9_.,:/-]*[0-9][\p{Latin}0-9_.,:/-]*年?`)

// plainNumber is a plain decimal number, with _ between the thousands where a rulebook writes it so.
var plainNumber = regexp.MustCompile(`^([-+]?)([0-9][0-9_]*)((?:\.[0-9]+)?)([.,:]?)$`)

// Figures puts commas between the thousands of the numbers in a text, as people read them.
func Figures(text string) string {
	return token.ReplaceAllStringFunc(text, func(found string) string {
		part := plainNumber.FindStringSubmatch(found)
		if part == nil {
			return found
		}
		whole := strings.ReplaceAll(part[2], "_", "")
		var out strings.Builder
		for i := range len(whole) {
			if i > 0 && (len(whole)-i)%3 == 0 {
				out.WriteByte(',')
			}
			out.WriteByte(whole[i])
		}
		return part[1] + out.String() + part[3] + part[4]
	})
}
