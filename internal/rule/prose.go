package rule

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"kezhi/internal/calendar"
	"kezhi/internal/errs"
)

var (
	// pinyinLeft is a reading left behind a character by a converter: 时(shí)间.
	pinyinLeft  = regexp.MustCompile(`\p{Han}[(（][a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zü]*[)）]`)
	catalogueIn = regexp.MustCompile(`\bS\d{3}-D\d{2}(-C\d{2,3})?\b|\bREG-\d{2,3}\b`)
	// boilerplate is what a page brings along that is no part of a regulation.
	boilerplate = regexp.MustCompile(`第\s*\d+\s*页\s*[,，/]?\s*共\s*\d+\s*页|(?i)\bpage \d+ of \d+\b|https?://|\bwww\.|文档(的)?完整|下载(本|该)?文档|文档下载|本文档(来自|由)`)
	dayRange    = regexp.MustCompile(`(\d{1,2})月(\d{1,2})[日号]\s*(?:至|到|—+|–|-|~|～)\s*(?:(\d{1,2})月)?(\d{1,2})[日号]`)
	dayRangeEn  = regexp.MustCompile(`\b(\d{1,2})(?: (` + englishMonthNames + `))? (?:to|until|–|-) (\d{1,2}) (` + englishMonthNames + `)\b`)
	dayCount    = regexp.MustCompile(`(?:共|约|共计|合计|总计|为期|历时|[（(])\s*(\d{1,3})\s*(?:个)?(?:日历日|自然日|天)|(?:about|altogether|in all|of|:|\(|,) (\d{1,3}) (?:calendar )?days\b`)
	clauseRef   = regexp.MustCompile(`第\s*(\d+(?:\.\d+)*|[一二三四五六七八九十]+)\s*[条款]|\b(?:clause|article) (\d+(?:\.\d+)*)\b`)
	endOfText   = "。！？；.!?;”’」』）)》】"
	brokenEnd   = regexp.MustCompile(`[,，、:：]$|\.\.\.$|…+$`)
)

const englishMonthNames = `January|February|March|April|May|June|July|August|September|October|November|December`

// textFindings reports what no reader should see in a text: traces of a conversion, of the catalogue, of the page it came from.
func textFindings(c *collector, file, clause, text string, at pos) {
	place := func(i int) pos { return pos{at.Line, at.Col + utf8.RuneCountInString(text[:i])} }
	for _, m := range pinyinLeft.FindAllStringIndex(text, 5) {
		c.add("text.pinyin", file, place(m[0]), clause, text[m[0]:m[1]])
	}
	for _, m := range catalogueIn.FindAllStringIndex(text, 5) {
		c.add("text.catalogue_id", file, place(m[0]), clause, text[m[0]:m[1]])
	}
	for _, m := range boilerplate.FindAllStringIndex(text, 5) {
		c.add("text.boilerplate", file, place(m[0]), clause, text[m[0]:m[1]])
	}
	for i, r := range text {
		switch {
		case r == utf8.RuneError:
			c.add("text.replacement", file, place(i), clause)
			return
		case unicode.IsControl(r) && r != '\t' && r != '\n', r == '\u200b', r == '\ufeff', unicode.Is(unicode.Co, r):
			c.add("text.control", file, place(i), clause, strconv.QuoteRuneToASCII(r))
			return
		}
	}
}

// yamlTexts looks at every scalar of a file except the catalogue ids that are meant for machines.
func yamlTexts(c *collector, file string, n *node) {
	switch n.kind {
	case nodeScalar:
		at := n.pos
		if n.quoted {
			at.Col++
		}
		textFindings(c, file, "", n.text, at)
	case nodeList:
		for _, v := range n.values {
			yamlTexts(c, file, v)
		}
	case nodeMap:
		for i, v := range n.values {
			if n.keys[i].text != "source" {
				yamlTexts(c, file, v)
			}
		}
	case nodeNull:
	}
}

// prose looks at one line of a clause.
func (p *clauseParser) prose(n int, line string) {
	textFindings(p.c, FileClauses, p.cur.Number, line, pos{n, 1})
	p.dates(n, line)
	p.counts(n, line)
	for _, m := range clauseRef.FindAllStringSubmatchIndex(line, 20) {
		if strings.HasSuffix(strings.TrimRight(line[:m[0]], " "), "》") {
			continue // an article of another rule
		}
		number := group(line, m, 1) + group(line, m, 2)
		if d := chineseOrdinal(number); d > 0 {
			number = itoa(d)
		}
		p.refs = append(p.refs, reference{number, line[m[0]:m[1]], pos{n, utf8.RuneCountInString(line[:m[0]]) + 1}, p.cur.Number})
	}
}

// reference is a clause named in the text of another.
type reference struct {
	number, text string
	at           pos
	from         string
}

func group(line string, m []int, i int) string {
	if m[2*i] < 0 {
		return ""
	}
	return line[m[2*i]:m[2*i+1]]
}

// chineseOrdinal reads 一 to 九十九; 0 when it is none.
func chineseOrdinal(s string) int {
	const digits = "一二三四五六七八九"
	value := func(s string) int {
		if i := strings.Index(digits, s); i >= 0 && s != "" {
			return i/3 + 1
		}
		return 0
	}
	tens, ones, composed := strings.Cut(s, "十")
	if !composed {
		return value(s)
	}
	n := 10
	if tens != "" {
		n = 10 * value(tens)
	}
	return n + value(ones)
}

// counts compares a number of days with the two dates on the same line.
func (p *clauseParser) counts(n int, line string) {
	check := func(at int, m1, d1, m2, d2 int) {
		from, err1 := calendar.Of(2001, m1, d1)
		to, err2 := calendar.Of(2001, m2, d2)
		if err1 != nil || err2 != nil {
			return // reported as a date that does not exist
		}
		if to < from {
			to += 365
		}
		rest := line[at:]
		for _, m := range dayCount.FindAllStringSubmatchIndex(rest, 3) {
			said, err := strconv.Atoi(group(rest, m, 1) + group(rest, m, 2))
			if inclusive := int(to-from) + 1; err == nil && said != inclusive && said != inclusive-1 {
				place := pos{n, utf8.RuneCountInString(line[:at+max(m[2], m[4])]) + 1}
				p.c.add("dates.count", FileClauses, place, p.cur.Number, itoa(said), itoa(inclusive))
			}
		}
	}
	for _, m := range dayRange.FindAllStringSubmatchIndex(line, 5) {
		month := num(line, m, 3)
		if month == 0 {
			month = num(line, m, 1)
		}
		check(m[1], num(line, m, 1), num(line, m, 2), month, num(line, m, 4))
	}
	for _, m := range dayRangeEn.FindAllStringSubmatchIndex(line, 5) {
		last := englishMonths[group(line, m, 4)]
		first := englishMonths[group(line, m, 2)]
		if first == 0 {
			first = last
		}
		check(m[1], first, num(line, m, 1), last, num(line, m, 3))
	}
}

// conclude reports what shows only when all clauses are known: references that lead nowhere and holes in the numbering.
func (p *clauseParser) conclude() {
	for _, r := range p.refs {
		if !p.known(r.number) {
			p.c.add("clause.reference", FileClauses, r.at, r.from, r.text)
		}
	}
	last := map[string]int{}
	for i := range p.out {
		prefix, ones := cutNumber(p.out[i].Number)
		if ones == 0 {
			continue
		}
		if before, ok := last[prefix]; ok && ones > before+1 {
			missing := prefix + itoa(before+1)
			if ones > before+2 {
				missing += "–" + prefix + itoa(ones-1)
			}
			p.c.add("clause.number_gap", FileClauses, pos{p.out[i].Line, 4}, p.out[i].Number, missing, p.out[i].Number)
		} else if !ok && ones > 1 {
			p.c.add("clause.number_gap", FileClauses, pos{p.out[i].Line, 4}, p.out[i].Number, prefix+"1", p.out[i].Number)
		}
		last[prefix] = max(ones, last[prefix])
	}
}

// known reports whether a clause, or a chapter that begins with the number, exists.
func (p *clauseParser) known(number string) bool {
	if p.seen[number] {
		return true
	}
	for seen := range p.seen {
		if strings.HasPrefix(seen, number+".") {
			return true
		}
	}
	return false
}

// cutNumber cuts 6.2 into "6." and 2; the second is 0 when the last part is no number.
func cutNumber(s string) (prefix string, last int) {
	i := strings.LastIndexAny(s, ".-") + 1
	n, err := strconv.Atoi(s[i:])
	if err != nil || n < 0 || n > 10_000 {
		return s, 0
	}
	return s[:i], n
}

// ends reports a text that breaks off.
func (p *clauseParser) ends(at pos, line string) {
	line = strings.TrimSpace(line)
	if line == "" || strings.HasPrefix(line, "|") {
		return // tables end as they like
	}
	r, _ := utf8.DecodeLastRuneInString(line)
	if brokenEnd.MatchString(line) || !strings.ContainsRune(endOfText, r) {
		p.c.add("text.truncated", FileClauses, at, p.cur.Number, p.cur.Number, errs.Shown(string([]rune(line)[max(0, utf8.RuneCountInString(line)-12):])))
	}
}
