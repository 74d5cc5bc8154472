package rule

import (
	"regexp"
	"strings"
)

var (
	cadenceWord = regexp.MustCompile(`定期|不定期|及时|第一时间|经常|适时|(?i)\b(?:regularly|regular intervals|timely|promptly|from time to time|in good time)\b`)
	cadenceSaid = regexp.MustCompile(`每\s*(?:个|一|两|二|三|四|半|\d+)*\s*(?:年|季|月|周|星期|旬|日|天)|半年|\d+\s*(?:个)?(?:月|天|日|周|小时|工作日)|[一二两三四五六七八九十]+\s*个?(?:月|天|周|小时|工作日)|年度|季度|(?i)\b(?:every|yearly|monthly|quarterly|weekly|daily|annual\w*|half-yearly|once a|\d+ (?:hours?|days?|weeks?|months?))\b`)
)

// checkAnomalies finds what regulations often contain without their authors noticing.
func (b *Book) checkAnomalies(c *collector, k *compiler) {
	b.checkCadence(c, k)
	b.checkAliases(c)
	b.checkLabels(c)
	if b.spec.Review != nil {
		b.checkReviewDays(k, b.spec.Review)
	}
	for i := range b.spec.Indicators {
		s := &b.spec.Indicators[i]
		if t := k.resolve(s.Target); strings.HasPrefix(t, "+") || strings.HasPrefix(t, "-") {
			k.report("indicator.baseline", s.Target.pos, s.Clause.S, t)
		}
	}
}

// checkCadence reports an interval or a deadline that looks as if it stood in the text, while the clause only says
// "regularly" or "in time".
func (b *Book) checkCadence(c *collector, k *compiler) {
	vague := map[string]string{}
	for i := range b.clauses {
		cl := &b.clauses[i]
		text := cl.Text.Zh + " " + cl.Text.En
		if w := cadenceWord.FindString(text); w != "" && !cadenceSaid.MatchString(text) {
			vague[cl.Number] = w
		}
	}
	look := func(what string, figure, clause word, assumed bool) {
		if w := vague[clause.S]; w != "" && figure.set() && !assumed && !k.assumedSetting(figure) {
			c.add("cadence.unstated", FileRulebook, figure.pos, clause.S, clause.S, w, what, figure.S)
		}
	}
	for i := range b.spec.Duties {
		d := &b.spec.Duties[i]
		look("duties."+d.Do.S, d.Every, d.Clause, d.Assumed.yes())
	}
	for i := range b.spec.Reports {
		r := &b.spec.Reports[i]
		look("reports."+r.Key.S, r.Every, r.Clause, r.Assumed.yes())
	}
	if r := b.spec.Review; r != nil {
		look("review", r.Every, r.Clause, r.Assumed.yes())
	}
	if d := b.spec.Distribution; d != nil {
		look("distribution", d.Within, d.Clause, d.Assumed.yes())
	}
}

// checkAliases reports a name of a post that two roles claim.
func (b *Book) checkAliases(c *collector) {
	owner := map[string]string{}
	for i := range b.spec.Roles.List {
		e := &b.spec.Roles.List[i]
		own := map[string]bool{}
		for _, w := range append(words{e.Name, e.Value.Zh, e.Value.En}, e.Value.Aliases...) {
			if w.S == "" || own[w.S] {
				continue
			}
			own[w.S] = true
			if other, taken := owner[w.S]; taken {
				c.add("role.alias_twice", FileRulebook, w.pos, e.Value.Clause.S, w.S, other, e.Name.S)
				continue
			}
			owner[w.S] = e.Name.S
		}
	}
}

// checkLabels compares the labels of the schemes with each other.
func (b *Book) checkLabels(c *collector) {
	list := b.spec.Grades.List
	for j := range list {
		for i := range j {
			sameCodes(c, &list[i], &list[j])
			turnedOrder(c, &list[i], &list[j])
		}
	}
}

func sameCodes(c *collector, a, b *gradesSpec) {
	for i := range a.Labels {
		for j := range b.Labels {
			x, y := &a.Labels[i], &b.Labels[j]
			if x.Code.S == y.Code.S && x.Title.Text != y.Title.Text && !x.Graded.is("false") && !y.Graded.is("false") {
				c.add("scheme.same_code", FileRulebook, y.Code.pos, y.Clause.S, y.Code.S, a.Scheme.S, b.Scheme.S, x.Title.Zh, y.Title.Zh, x.Title.En, y.Title.En)
			}
		}
	}
}

// turnedOrder reports the first two names that rank one way in one scheme and the other way in another.
func turnedOrder(c *collector, a, b *gradesSpec) {
	rank := map[string]int{}
	for i := range a.Labels {
		rank[a.Labels[i].Title.Zh] = i + 1
	}
	for j := range b.Labels {
		for i := range j {
			x, y := rank[b.Labels[i].Title.Zh], rank[b.Labels[j].Title.Zh]
			if x > 0 && y > 0 && x > y {
				c.add("scheme.order_turns", FileRulebook, b.Labels[j].Code.pos, b.Labels[j].Clause.S,
					b.Labels[i].Title.Zh, b.Labels[j].Title.Zh, a.Scheme.S, b.Scheme.S)
				return
			}
		}
	}
}

// checkReviewDays reports deadlines in days of an unknown kind, deadlines nobody has divided, and a deadline that
// contradicts the window.
func (b *Book) checkReviewDays(k *compiler, r *reviewSpec) {
	signatures, split := 0, false
	inDays := func(w word) {
		p, ok := k.period(w)
		if ok && p.Days > 0 && !r.Days.set() {
			k.report("days.unstated", w.pos, r.Clause.S, k.resolve(w))
		}
	}
	for i := range r.Steps {
		s := &r.Steps[i]
		signatures += max(len(s.Chain), 1)
		if s.Within.set() {
			split = true
			inDays(s.Within)
		}
	}
	if !r.Deadline.set() {
		return
	}
	inDays(r.Deadline)
	p, ok := k.period(r.Deadline)
	if !ok {
		return
	}
	if !split && signatures > 1 && p.ApproxDays() < 2*signatures {
		k.report("deadline.unsplit", r.Deadline.pos, r.Clause.S, itoa(p.ApproxDays()), itoa(signatures))
	}
	if r.Window != nil && p.Days > 0 && r.Days.S != "working" {
		if n := k.reviewWindow(r.Window, r.Clause.S); n > 0 && n != p.Days && n != p.Days+1 {
			k.report("window.deadline", r.Deadline.pos, r.Clause.S, itoa(p.Days), itoa(n))
		}
	}
}

// is reports a written value.
func (w word) is(value string) bool { return w.S == value }
