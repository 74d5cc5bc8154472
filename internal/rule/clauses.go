package rule

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"kezhi/internal/errs"
)

// clauseKinds are the kinds a clause may have. Clauses of the last three ask for nothing a program can do.
var clauseKinds = []string{
	"rule", "figure", "score", "data", "schedule", "approval", "workflow", "report", "permission", "communication",
	"principle", "purpose", "advice",
}

var (
	clauseHeading = regexp.MustCompile(`^##+\s+(\S+)\s+(.+?)\s*$`)
	clauseMark    = regexp.MustCompile(`^<!--\s*(.*?)\s*-->$`)
	clauseNumber  = regexp.MustCompile(`^[0-9A-Za-z]+([.\-][0-9A-Za-z]+)*$`)
	catalogueID   = regexp.MustCompile(`^S\d{3}-D\d{2}(-C\d{2,3})?$`)
)

// parseClauses reads clauses.md:
//
//	# Title in Chinese | Title in English
//	## 3.1 Heading in Chinese | Heading in English
//	<!-- kind: score; source: [S003-D13-C02] -->      by: [capability] names what of the product itself carries it out
//	The clause in Chinese.
//
//	> The clause in English.
func parseClauses(data []byte, c *collector) []Clause {
	if !guardProse(data, c) {
		return nil
	}
	p := clauseParser{c: c, seen: map[string]bool{}}
	for i, line := range strings.Split(string(data), "\n") {
		p.line(i+1, strings.TrimRight(line, " \t\r"))
	}
	p.finish()
	p.conclude()
	return p.out
}

func guardProse(data []byte, c *collector) bool {
	if len(data) > MaxFileBytes {
		c.add("file.too_large", FileClauses, pos{}, "", itoa(len(data)>>10), itoa(MaxFileBytes>>10))
		return false
	}
	if !utf8.Valid(data) {
		c.add("file.not_utf8", FileClauses, placeOfBadRune(data), "")
		return false
	}
	return true
}

type clauseParser struct {
	c      *collector
	out    []Clause
	seen   map[string]bool
	cur    *Clause
	zh, en []string
	// zhEnd and enEnd are the last lines of the two texts and where they end; refs are the clauses they name.
	zhEnd, enEnd lastLine
	refs         []reference
}

// lastLine is the line with which a text ends.
type lastLine struct {
	text string
	at   pos
}

func (p *clauseParser) line(n int, line string) {
	switch {
	case strings.HasPrefix(line, "##"):
		p.finish()
		p.heading(n, line)
	case strings.HasPrefix(line, "# "):
		p.finish()
	case p.cur == nil:
		if strings.TrimSpace(line) != "" && !strings.HasPrefix(line, "<!--") && len(p.out) > 0 {
			p.c.add("clause.stray_text", FileClauses, pos{n, 1}, "", errs.Shown(line))
		}
	case strings.HasPrefix(line, "<!--"):
		p.mark(n, line)
	case strings.HasPrefix(line, ">"):
		p.en = append(p.en, strings.TrimSpace(strings.TrimPrefix(line, ">")))
		p.enEnd.set(n, strings.TrimSpace(strings.TrimPrefix(line, ">")), line)
		p.prose(n, line)
	default:
		p.zh = append(p.zh, strings.TrimSpace(line))
		p.zhEnd.set(n, strings.TrimSpace(line), line)
		p.prose(n, line)
	}
}

func (l *lastLine) set(n int, text, line string) {
	if text != "" {
		l.text, l.at = text, pos{n, utf8.RuneCountInString(line)}
	}
}

func (p *clauseParser) heading(n int, line string) {
	m := clauseHeading.FindStringSubmatch(line)
	if m == nil || !clauseNumber.MatchString(m[1]) {
		p.c.add("clause.heading", FileClauses, pos{n, 1}, "", errs.Shown(line))
		return
	}
	zh, en, both := strings.Cut(m[2], "|")
	if !both {
		p.c.add("clause.heading_language", FileClauses, pos{n, 1}, m[1], m[1])
		en = zh
	}
	if p.seen[m[1]] {
		p.c.add("clause.duplicate", FileClauses, pos{n, strings.Index(line, m[1]) + 1}, m[1], m[1])
	}
	p.seen[m[1]] = true
	textFindings(p.c, FileClauses, m[1], line, pos{n, 1})
	p.cur = &Clause{
		Number: m[1], Kind: "rule", Line: n, Implements: []string{},
		Title: Text{Zh: strings.TrimSpace(zh), En: strings.TrimSpace(en)},
	}
}

// mark reads the machine-readable line under a heading.
func (p *clauseParser) mark(n int, line string) {
	m := clauseMark.FindStringSubmatch(line)
	if m == nil {
		p.c.add("clause.mark", FileClauses, pos{n, 1}, p.cur.Number, errs.Shown(line))
		return
	}
	for _, part := range strings.Split(m[1], ";") {
		key, value, ok := strings.Cut(part, ":")
		key, value = strings.TrimSpace(key), strings.TrimSpace(value)
		switch {
		case ok && key == "kind":
			p.cur.Kind = value
			if !contains(clauseKinds, value) {
				p.c.add("clause.kind", FileClauses, pos{n, strings.Index(line, value) + 1}, p.cur.Number, value, strings.Join(clauseKinds, ", "))
			}
		case ok && key == "source":
			p.sources(n, line, value)
		case ok && key == "by":
			for _, name := range strings.Split(strings.Trim(value, "[]"), ",") {
				p.cur.By = append(p.cur.By, strings.TrimSpace(name))
			}
		default:
			p.c.add("clause.mark", FileClauses, pos{n, 1}, p.cur.Number, errs.Shown(strings.TrimSpace(part)))
		}
	}
}

func (p *clauseParser) sources(n int, line, value string) {
	for _, id := range strings.Split(strings.Trim(value, "[]"), ",") {
		id = strings.TrimSpace(id)
		if !catalogueID.MatchString(id) {
			p.c.add("clause.source", FileClauses, pos{n, strings.Index(line, id) + 1}, p.cur.Number, id)
			continue
		}
		p.cur.Sources = append(p.cur.Sources, id)
	}
}

func (p *clauseParser) dates(n int, line string) {
	for _, bad := range impossibleDates(line) {
		p.c.add("date.impossible", FileClauses, pos{n, bad.column}, p.cur.Number, bad.text, bad.last)
	}
}

func (p *clauseParser) finish() {
	if p.cur == nil {
		return
	}
	p.cur.Text = Text{Zh: paragraphs(p.zh), En: paragraphs(p.en)}
	if p.cur.Text.Zh == "" || p.cur.Text.En == "" {
		p.c.add("clause.text_missing", FileClauses, pos{p.cur.Line, 1}, p.cur.Number, p.cur.Number)
	}
	p.ends(p.zhEnd.at, p.zhEnd.text)
	p.ends(p.enEnd.at, p.enEnd.text)
	p.out = append(p.out, *p.cur)
	p.cur, p.zh, p.en, p.zhEnd, p.enEnd = nil, nil, nil, lastLine{}, lastLine{}
}

// paragraphs joins lines; an empty line separates paragraphs.
func paragraphs(lines []string) string {
	var out []string
	open := false
	for _, l := range lines {
		switch {
		case l == "":
			open = false
		case open:
			out[len(out)-1] += joiner(out[len(out)-1]) + l
		default:
			out = append(out, l)
			open = true
		}
	}
	return strings.Join(out, "\n\n")
}

// joiner is nothing between Chinese lines and a space between others.
func joiner(before string) string {
	if r, _ := utf8.DecodeLastRuneInString(before); r > 0x2e80 {
		return ""
	}
	return " "
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
