package rule

// interval is a range of numbers; a missing bound is unbounded.
type interval struct {
	lo, hi         rat
	hasLo, hasHi   bool
	loOpen, hiOpen bool
	loText, hiText string // as written, for messages
}

func (iv *interval) contains(v rat) bool {
	if iv.hasLo {
		c := v.cmp(iv.lo)
		if c < 0 || c == 0 && iv.loOpen {
			return false
		}
	}
	if iv.hasHi {
		c := v.cmp(iv.hi)
		if c > 0 || c == 0 && iv.hiOpen {
			return false
		}
	}
	return true
}

// empty reports that no number lies in the interval.
func (iv *interval) empty() bool {
	if !iv.hasLo || !iv.hasHi {
		return false
	}
	c := iv.lo.cmp(iv.hi)
	return c > 0 || c == 0 && (iv.loOpen || iv.hiOpen)
}

// words gives the interval as a condition: "≥ 1% 且 < 5%".
func (iv *interval) words() Text {
	lo, hi := "", ""
	if iv.hasLo {
		lo = "≥ " + iv.loText
		if iv.loOpen {
			lo = "> " + iv.loText
		}
	}
	if iv.hasHi {
		hi = "≤ " + iv.hiText
		if iv.hiOpen {
			hi = "< " + iv.hiText
		}
	}
	switch {
	case lo != "" && hi != "" && iv.loText == iv.hiText && iv.lo.cmp(iv.hi) == 0:
		return Text{"= " + iv.loText, "= " + iv.loText}
	case lo != "" && hi != "":
		return Text{lo + " 且 " + hi, lo + " and " + hi}
	case lo == "" && hi == "":
		return otherwiseText
	}
	return Text{lo + hi, lo + hi}
}

var otherwiseText = Text{Zh: "其余情况", En: "otherwise"}

// bound compiles written bounds; ok is false when one of them is wrong (already reported).
func (k *compiler) bound(b boundSpec, unit string) (iv interval, ok bool) {
	ok = true
	set := func(w word, to *rat, has, open *bool, text *string, isOpen bool) {
		if !w.set() {
			return
		}
		if *has {
			k.report("band.two_bounds", w.pos, "", w.S)
			ok = false
			return
		}
		s := k.resolve(w)
		v, good := parseRat(s)
		if !good {
			k.report("band.not_number", w.pos, "", s)
			ok = false
			return
		}
		*to, *has, *open, *text = v, true, isOpen, unitText(s, unit)
	}
	set(b.AtLeast, &iv.lo, &iv.hasLo, &iv.loOpen, &iv.loText, false)
	set(b.Above, &iv.lo, &iv.hasLo, &iv.loOpen, &iv.loText, true)
	set(b.AtMost, &iv.hi, &iv.hasHi, &iv.hiOpen, &iv.hiText, false)
	set(b.Below, &iv.hi, &iv.hasHi, &iv.hiOpen, &iv.hiText, true)
	if b.Inclusive.set() && !k.truth(b.Inclusive) {
		iv.loOpen = iv.hasLo
		iv.hiOpen = iv.hiOpen && !iv.hasHi
	}
	if ok && iv.empty() {
		at := b.AtLeast
		if !at.set() {
			at = b.Above
		}
		k.report("band.empty", at.pos, "", iv.loText, iv.hiText)
		ok = false
	}
	return iv, ok
}

// unitText adds the unit to a bound unless it is written with one.
func unitText(s, unit string) string {
	if unit == "" || unit == "%" || unit == "count" || unit == "point" {
		return s
	}
	return s + " " + unitName(unit)
}

// unitName keeps currency codes and gives plain units as they are shown in both languages.
func unitName(unit string) string {
	if unit == "day" {
		return "d"
	}
	return unit
}
