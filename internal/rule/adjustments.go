package rule

import (
	"math/big"
	"strings"
)

// adjustments compiles what stands between the outcome and the grade.
func (k *compiler) adjustments(g *gradesSpec) {
	for i := range g.Limits {
		if i == maxRules {
			k.report("rule.too_many", g.Limits[i].pos, g.Limits[i].Clause.S, itoa(maxRules))
			break
		}
		k.limit(&g.Limits[i])
	}
	k.limitsTogether(g)
	if g.Hold != nil {
		k.hold(g)
	}
	if d := g.Dormant; d != nil {
		k.p.grading.dormant = dormancy{
			set: true, conds: k.conds(&d.When), label: -1, title: titleOr(d.Title, "dormant"), clause: d.Clause.S, at: d.pos,
		}
		if d.Title.Zh == "" {
			k.p.grading.dormant.title = Text{"休眠客户", "dormant customer"}
		}
		if d.Code.set() {
			k.p.grading.dormant.label = k.label(d.Code)
		}
	}
	p := &k.p.grading
	p.adjusts = p.adjusts || len(p.limits) > 0 || p.hold.set || p.dormant.set
}

func (k *compiler) limit(s *limitSpec) {
	l := limit{conds: k.conds(&s.When), best: -1, title: s.Title.Text, clause: s.Clause.S, at: s.pos}
	allowed := map[int]bool{}
	var codes []string
	for _, w := range s.Allow {
		i := k.label(w)
		if i < 0 {
			return
		}
		allowed[i] = true
		codes = append(codes, k.resolve(w))
		if l.best < 0 {
			l.best, l.worst = i, i
		}
		l.best, l.worst = min(l.best, i), max(l.worst, i)
	}
	if l.best < 0 {
		return // an empty list is reported as a missing value
	}
	for i := l.best; i <= l.worst; i++ {
		if !allowed[i] {
			k.report("limit.holes", s.Allow[0].pos, l.clause, strings.Join(codes, ", "))
			break
		}
	}
	if s.Title.Zh == "" {
		l.title = k.limitTitle(&l, codes)
	}
	k.p.grading.limits = append(k.p.grading.limits, l)
}

// limitTitle words a limit that has no title: its conditions and the grades it allows.
func (k *compiler) limitTitle(l *limit, codes []string) Text {
	w := (&row{conds: l.conds}).words()
	return Text{w.Zh + "：只能是 " + strings.Join(codes, "、"), w.En + ": only " + strings.Join(codes, ", ")}
}

// limitsTogether reports limits that contradict each other, and grades of an earlier scheme no limit speaks of.
func (k *compiler) limitsTogether(g *gradesSpec) {
	list := k.p.grading.limits
	for j := range list {
		for i := range j {
			a, b := &list[i], &list[j]
			if (a.worst < b.best || b.worst < a.best) && !exclusive(a.conds, b.conds) {
				k.report("limit.conflict", b.at, b.clause, a.title.Zh+" / "+a.title.En, b.title.Zh+" / "+b.title.En)
			}
		}
	}
	if len(list) == 0 || len(list[0].conds) != 1 || list[0].conds[0].src.kind != fromScheme {
		return
	}
	src := list[0].conds[0].src
	spoken := map[string]bool{}
	for i := range list {
		if len(list[i].conds) != 1 || list[i].conds[0].src != src {
			return
		}
		for _, code := range list[i].conds[0].texts {
			spoken[code] = true
		}
	}
	var open []string
	for _, code := range k.codesOf(src) {
		if !spoken[code] {
			open = append(open, code)
		}
	}
	if len(open) > 0 {
		k.report("limit.open", list[0].at, g.Clause.S, k.p.family.list[src.index].scheme.ID, strings.Join(open, ", "))
	}
}

// exclusive reports that two lists of conditions cannot hold together, as far as that shows on one input.
func exclusive(a, b []cond) bool {
	for i := range a {
		for j := range b {
			x, y := &a[i], &b[j]
			if x.src != y.src {
				continue
			}
			if x.ranged && y.ranged {
				if both := intersect(&x.iv, &y.iv); both.empty() {
					return true
				}
				continue
			}
			if !x.ranged && !y.ranged && len(x.rats)+len(y.rats) == 0 && !shared(x.texts, y.texts) {
				return true
			}
		}
	}
	return false
}

func shared(a, b []string) bool {
	for _, s := range a {
		if contains(b, s) {
			return true
		}
	}
	return false
}

// hold compiles the margin and the widened bands.
func (k *compiler) hold(g *gradesSpec) {
	s := g.Hold
	if k.p.grading.src.kind == 0 {
		k.report("hold.table", s.pos, s.Clause.S)
		return
	}
	text := k.resolve(s.Margin)
	margin, ok := parseRat(text)
	if !ok || margin.num <= 0 {
		k.report("hold.margin", s.Margin.pos, s.Clause.S, text)
		return
	}
	h := hold{set: true, margin: margin, text: text, clause: s.Clause.S, at: s.pos}
	falling := k.p.grading.falling()
	for i := range k.p.grading.bins {
		b := &k.p.grading.bins[i]
		wide, ok := b.iv.widened(margin, falling)
		if !ok {
			k.report("hold.margin", s.Margin.pos, s.Clause.S, text)
			return
		}
		h.wide = append(h.wide, wide)
		if i > 0 && !b.otherwise && b.iv.hasLo && b.iv.hasHi && narrower(&b.iv, margin) {
			k.report("hold.wide", s.Margin.pos, s.Clause.S, text, k.code(b.label))
		}
	}
	k.p.grading.hold = h
}

// code gives a grade's code for messages.
func (k *compiler) code(label int) string {
	if label < 0 {
		return "?"
	}
	return k.p.scheme.Labels[label].Code
}

// narrower reports that a margin is wider than the interval.
func narrower(iv *interval, margin rat) bool {
	width := new(big.Rat).Sub(iv.hi.big(), iv.lo.big())
	return width.Cmp(margin.big()) < 0
}

// widened moves the bound on the side of the worse grades away by the margin.
func (iv interval) widened(margin rat, falling bool) (interval, bool) {
	move := func(from *big.Rat) (rat, bool) {
		v := reduce(from, Value{})
		return v.rat(), v.state == stateOK
	}
	ok := true
	switch {
	case falling && iv.hasHi:
		iv.hi, ok = move(new(big.Rat).Add(iv.hi.big(), margin.big()))
	case !falling && iv.hasLo:
		iv.lo, ok = move(new(big.Rat).Sub(iv.lo.big(), margin.big()))
	}
	return iv, ok
}

// limitTrial watches, while a decision table is tried in every situation, which limits ever change an outcome.
type limitTrial struct {
	limits []limit
	known  []bool // all conditions are inputs of the table
	bit    []bool
}

func (k *compiler) limitsOver(dims []dimension) *limitTrial {
	t := &limitTrial{limits: k.p.grading.limits, known: make([]bool, len(k.p.grading.limits)), bit: make([]bool, len(k.p.grading.limits))}
	for i := range t.limits {
		t.known[i] = true
		for j := range t.limits[i].conds {
			found := false
			for d := range dims {
				found = found || dims[d].src == t.limits[i].conds[j].src
			}
			t.known[i] = t.known[i] && found
		}
	}
	return t
}

// try notes which limits change an outcome in one situation.
func (t *limitTrial) try(label int, dims []dimension, pick []int) {
	for i := range t.limits {
		l := &t.limits[i]
		if t.bit[i] || label >= l.best && label <= l.worst {
			continue
		}
		if !t.known[i] {
			t.bit[i] = true
			continue
		}
		hits := matching([]row{{conds: l.conds}}, dims, pick)
		t.bit[i] = len(hits) > 0
	}
}

func (t *limitTrial) report(k *compiler) {
	for i := range t.limits {
		if !t.bit[i] && (len(t.limits) == 1 || !t.limits[i].everything(k)) {
			k.report("limit.never", t.limits[i].at, t.limits[i].clause, t.limits[i].title.Zh, t.limits[i].title.En)
		}
	}
}

// everything reports a limit that allows all grades of the scheme: beside other limits it says that nothing is limited.
func (l *limit) everything(k *compiler) bool {
	return l.best == 0 && l.worst == len(k.p.scheme.Labels)-1
}

// bandLimits reports limits that allow everything the bands can give.
func (k *compiler) bandLimits() {
	if len(k.p.grading.bins) == 0 {
		return
	}
	t := k.limitsOver(nil)
	for i := range t.limits {
		for j := range k.p.grading.bins {
			if b := k.p.grading.bins[j].label; b >= 0 && (b < t.limits[i].best || b > t.limits[i].worst) {
				t.bit[i] = true
			}
		}
	}
	t.report(k)
}
