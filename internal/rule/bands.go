package rule

import "sort"

// bin is one compiled band: an interval, or what no other band takes.
type bin struct {
	iv        interval
	otherwise bool
	points    int64 // weighted millionths, in scorecards
	label     int   // index of the grade, in grades
	clause    string
	assumed   bool
	at        pos
}

// words gives the band's condition.
func (b *bin) words() Text {
	if b.otherwise {
		return otherwiseText
	}
	return b.iv.words()
}

// domain is where the values of what the bands are on can lie.
type domain struct {
	lo, hi       rat
	hasLo, hasHi bool
}

// find gives the index of the band a value falls into, -1 if none takes it.
func find(bins []bin, v rat) int {
	for i := range bins {
		if bins[i].otherwise || bins[i].iv.contains(v) {
			return i
		}
	}
	return -1
}

// bins compiles a list of bands and reports bands that overlap, leave a gap or are in the wrong order.
func (k *compiler) bins(list []bandSpec, unit, owner, clause string, dom domain) []bin {
	out := make([]bin, 0, len(list))
	sound := true
	for i := range list {
		b := &list[i]
		one := bin{at: b.pos, clause: b.Clause.S, assumed: b.Assumed.yes(), label: -1}
		if one.clause == "" {
			one.clause = clause
		}
		if one.otherwise = b.Otherwise.set() && k.truth(b.Otherwise); one.otherwise {
			if i != len(list)-1 {
				k.report("band.otherwise_last", b.pos, one.clause, owner)
				sound = false
			}
			out = append(out, one)
			continue
		}
		var ok bool
		one.iv, ok = k.bound(b.bound(), unit)
		if ok && !one.iv.hasLo && !one.iv.hasHi {
			k.report("band.no_bound", b.pos, one.clause, owner)
			ok = false
		}
		sound = sound && ok
		out = append(out, one)
	}
	if sound && k.complete(out, owner) && k.disjoint(out, owner) {
		k.covered(out, owner, clause, dom)
	}
	return out
}

// complete fills in the bounds that follow from the order of the list: with lower bounds only, best first, a band ends
// where the one before begins; with upper bounds only, a band begins where the one before ends.
func (k *compiler) complete(bins []bin, owner string) bool {
	ascending := len(bins) > 0 && !bins[0].iv.hasLo && bins[0].iv.hasHi
	for i := 1; i < len(bins); i++ {
		cur, before := &bins[i], &bins[i-1]
		if cur.otherwise {
			continue
		}
		switch {
		case !ascending && !cur.iv.hasHi && before.iv.hasLo:
			if c := cur.iv.lo.cmp(before.iv.lo); c > 0 {
				k.report("band.order", cur.at, cur.clause, owner, cur.iv.loText, before.iv.loText)
				return false
			} else if c == 0 && (!before.iv.loOpen || cur.iv.loOpen) {
				k.report("band.overlap_same", cur.at, cur.clause, owner, cur.iv.loText)
				return false
			}
			cur.iv.hi, cur.iv.hasHi, cur.iv.hiOpen, cur.iv.hiText = before.iv.lo, true, !before.iv.loOpen, before.iv.loText
		case ascending && !cur.iv.hasLo && before.iv.hasHi:
			if c := cur.iv.hi.cmp(before.iv.hi); c < 0 {
				k.report("band.order", cur.at, cur.clause, owner, cur.iv.hiText, before.iv.hiText)
				return false
			} else if c == 0 && (!before.iv.hiOpen || cur.iv.hiOpen) {
				k.report("band.overlap_same", cur.at, cur.clause, owner, cur.iv.hiText)
				return false
			}
			cur.iv.lo, cur.iv.hasLo, cur.iv.loOpen, cur.iv.loText = before.iv.hi, true, !before.iv.hiOpen, before.iv.hiText
		}
	}
	return true
}

// disjoint reports values that two bands claim.
func (k *compiler) disjoint(bins []bin, owner string) bool {
	good := true
	for i := range bins {
		for j := range i {
			if bins[i].otherwise || bins[j].otherwise {
				continue
			}
			both := intersect(&bins[i].iv, &bins[j].iv)
			if both.empty() {
				continue
			}
			good = false
			k.overlap(&both, bins[i].at, bins[i].clause, owner, bins[j].iv.words(), bins[i].iv.words())
		}
	}
	return good
}

// overlap words the finding by how much is claimed twice: one exact value, or a range.
func (k *compiler) overlap(both *interval, at pos, clause, owner string, first, second Text) {
	if both.hasLo && both.hasHi && both.lo.cmp(both.hi) == 0 {
		k.report("band.overlap_point", at, clause, owner, both.loText, first.Zh, second.Zh, first.En, second.En)
		return
	}
	w := both.words()
	k.report("band.overlap", at, clause, owner, w.Zh, first.Zh, second.Zh, first.En, second.En, w.En)
}

func intersect(a, b *interval) interval {
	out := *a
	if b.hasLo {
		c := 1
		if a.hasLo {
			c = b.lo.cmp(a.lo)
		}
		if c > 0 || c == 0 && b.loOpen {
			out.lo, out.hasLo, out.loOpen, out.loText = b.lo, true, b.loOpen, b.loText
		}
	}
	if b.hasHi {
		c := -1
		if a.hasHi {
			c = b.hi.cmp(a.hi)
		}
		if c < 0 || c == 0 && b.hiOpen {
			out.hi, out.hasHi, out.hiOpen, out.hiText = b.hi, true, b.hiOpen, b.hiText
		}
	}
	return out
}

// covered reports values of the domain that no band takes.
func (k *compiler) covered(bins []bin, owner, clause string, dom domain) {
	var ivs []interval
	for i := range bins {
		if bins[i].otherwise {
			return
		}
		ivs = append(ivs, bins[i].iv)
	}
	if len(ivs) == 0 {
		return
	}
	for _, gap := range gaps(ivs, dom) {
		k.report("band.gap", bins[len(bins)-1].at, clause, owner, gap.words().Zh, gap.words().En)
	}
}

// gaps gives what lies in the domain and in none of the intervals, which must be disjoint.
func gaps(ivs []interval, dom domain) []interval {
	sort.Slice(ivs, func(i, j int) bool {
		if ivs[i].hasLo != ivs[j].hasLo {
			return !ivs[i].hasLo
		}
		return ivs[i].hasLo && ivs[i].lo.cmp(ivs[j].lo) < 0
	})
	var out []interval
	add := func(gap interval) {
		cut := gap.within(dom)
		if !cut.empty() {
			out = append(out, cut)
		}
	}
	if first := ivs[0]; first.hasLo {
		add(interval{hi: first.lo, hasHi: true, hiOpen: !first.loOpen, hiText: first.loText})
	}
	for i := 1; i < len(ivs); i++ {
		a, b := ivs[i-1], ivs[i]
		if !a.hasHi || !b.hasLo {
			continue
		}
		add(interval{
			lo: a.hi, hasLo: true, loOpen: !a.hiOpen, loText: a.hiText,
			hi: b.lo, hasHi: true, hiOpen: !b.loOpen, hiText: b.loText,
		})
	}
	if last := ivs[len(ivs)-1]; last.hasHi {
		add(interval{lo: last.hi, hasLo: true, loOpen: !last.hiOpen, loText: last.hiText})
	}
	return out
}

// within cuts an interval to a domain.
func (iv interval) within(dom domain) interval {
	d := interval{
		lo: dom.lo, hasLo: dom.hasLo, hi: dom.hi, hasHi: dom.hasHi,
		loText: ratText(dom.lo), hiText: ratText(dom.hi),
	}
	return intersect(&iv, &d)
}

func ratText(r rat) string {
	if r.den == 0 {
		return ""
	}
	s, _ := decimalString(r.big(), 6, 0)
	return s
}

// measureDomain gives where the values of a measure can lie.
func measureDomain(m *measure) domain {
	zero := rat{0, 1}
	switch m.fn {
	case fnCount, fnDistinct, fnDaysFirst, fnDaysLast, fnStreak:
		return domain{lo: zero, hasLo: true}
	case fnPercentile:
		return domain{lo: zero, hasLo: true, hi: rat{1, 1}, hasHi: true}
	case fnQuintile:
		return domain{lo: rat{1, 1}, hasLo: true, hi: rat{5, 1}, hasHi: true}
	default:
		return domain{lo: zero, hasLo: m.nonNegative}
	}
}
