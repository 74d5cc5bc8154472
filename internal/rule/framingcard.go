package rule

import (
	"maps"
	"slices"
)

func sortedTexts[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// card words the lines of the scorecard and the ways from each of their bands to another.
func (f *framing) card() {
	c := f.p.card
	f.k.score = f.piece((&object{more: true}).member("score").as(
		(&object{}).json("scorecard", c.name).json("title", c.title).hole("value", mark(markSlot, f.scoreSlot)).json("max", pointsString(c.hi)).some("clause", c.clause).end()).b.String())
	f.k.items = make([]itemPieces, len(c.items))
	for i := range c.items {
		f.line(&c.items[i], &f.k.items[i])
	}
}

// line words one line of the scorecard in each of its bands.
func (f *framing) line(it *item, to *itemPieces) {
	to.value = f.valueSlot(it)
	to.fill, to.rise, to.fall = noWay, noWay, noWay
	for b := range max(len(it.bins), len(it.values)) {
		points := int64(0)
		if len(it.bins) > 0 {
			points = it.bins[b].points
		} else {
			points = it.values[b].points
		}
		f.band(it, to, b, points)
	}
	if it.hasOther {
		f.band(it, to, len(it.values), it.otherwise)
	}
	to.absent = f.itemPiece(it, to, -1, pointsString(it.treatAs), it.treat)
	to.judged = f.itemPiece(it, to, -1, mark(markNext), treatNone)
	switch {
	case it.src.kind == fromMeasure:
		if it.hi > it.treatAs && len(it.bins) > 0 {
			best := bestBin(it.bins)
			to.fill = f.way(it, to, wayWords{
				target: best, points: it.hi - it.treatAs, bound: it.bins[best].words(), clause: it.bins[best].clause, unit: f.p.measures[it.src.index].unit,
			})
		}
	case it.src.kind == fromJudgement && f.p.judgements[it.src.index].ranged:
		to.rise, to.fall = f.judgedWay(it, to, it.hi), f.judgedWay(it, to, it.lo)
	default:
		to.fill = f.toValue(it, to, it.treatAs, true)
		to.rise = f.toValue(it, to, it.treatAs, false)
	}
}

// valueSlot finds where the value a line reads stands.
func (f *framing) valueSlot(it *item) int {
	switch it.src.kind {
	case fromMeasure:
		return f.measures[it.src.index] + slotValue
	case fromJudgement:
		return f.judged[it.src.index]
	default:
		return f.fields[slices.Index(f.k.fields, it.src.field)]
	}
}

// band words a line whose value lies in a band, and its ways up and down.
func (f *framing) band(it *item, to *itemPieces, b int, points int64) {
	to.bands = append(to.bands, f.itemPiece(it, to, b, pointsString(points), treatNone))
	if it.src.kind != fromMeasure {
		to.up = append(to.up, f.toValue(it, to, points, true))
		to.down = append(to.down, f.toValue(it, to, points, false))
		return
	}
	to.up = append(to.up, f.toBand(it, to, points, true))
	to.down = append(to.down, f.toBand(it, to, points, false))
}

func (f *framing) itemPiece(it *item, to *itemPieces, band int, points string, treat treatment) int {
	clause := it.clause
	if band >= 0 && len(it.bins) > 0 {
		clause = it.bins[band].clause
	}
	o := (&object{}).json("item", it.name).json("title", it.title).hole("value", mark(markSlot, to.value))
	f.itemUnit(o, it)
	o.hole("points", points).json("max", pointsString(it.hi)).json("band", it.bandWords(band)).some("treatment", treat.String())
	return f.piece(o.some("clause", clause).flag("assumed", it.assumed).end())
}

func (f *framing) itemUnit(o *object, it *item) {
	switch {
	case it.src.kind == fromMeasure:
		o.as(f.unit(&f.p.measures[it.src.index], f.measures[it.src.index]))
	case it.src.kind == fromJudgement && f.p.judgements[it.src.index].ranged:
		o.json("unit", "point")
	}
}

// wayWords is what a way says; unit is used where there is no value.
type wayWords struct {
	target  int
	points  int64
	bound   Text
	clause  string
	unit    string
	missing bool // the amount is in the pack
	given   bool // the points are in the pack
	valued  bool
}

// way words a way twice: with the change being enough by itself, and not.
func (f *framing) way(it *item, to *itemPieces, w wayWords) wayPieces {
	out := wayPieces{target: w.target, points: w.points}
	for _, enough := range []bool{false, true} {
		o := (&object{}).json("input", it.name).json("title", it.title)
		if w.valued {
			o.hole("value", mark(markSlot, to.value))
		} else {
			o.json("value", "")
		}
		o.json("bound", w.bound)
		if w.missing {
			o.hole("missing", mark(markNext))
		}
		if w.valued {
			f.itemUnit(o, it)
		} else {
			o.some("unit", w.unit)
		}
		if w.given {
			o.hole("points", mark(markNext))
		} else {
			o.json("points", signed(w.points))
		}
		n := f.piece(o.json("enough", enough).some("clause", w.clause).end())
		if enough {
			out.alone = n
		} else {
			out.plain = n
		}
	}
	return out
}

// toBand words the way from a band with some points to the next one with more, or fewer.
func (f *framing) toBand(it *item, to *itemPieces, points int64, up bool) wayPieces {
	target := it.nextBand(points, up)
	if target < 0 {
		return noWay
	}
	b := &it.bins[target]
	return f.way(it, to, wayWords{target: target, points: b.points - points, bound: b.words(), clause: b.clause, missing: true, valued: true})
}

// toValue words the way to the next value with more points, or fewer.
func (f *framing) toValue(it *item, to *itemPieces, points int64, up bool) wayPieces {
	target := it.nextValue(points, up)
	if target < 0 {
		return noWay
	}
	return f.way(it, to, wayWords{target: target, points: it.values[target].points - points, bound: it.bandWords(target), clause: it.clause, valued: true})
}

func (f *framing) judgedWay(it *item, to *itemPieces, goal int64) wayPieces {
	bound := "= " + pointsString(goal)
	return f.way(it, to, wayWords{points: goal, bound: Text{bound, bound}, clause: it.clause, missing: true, given: true, valued: true})
}

// grades words the grades with what gives them, and the beginnings of the ways to others.
func (f *framing) grades() {
	g, labels := &f.p.grading, f.p.scheme.Labels
	grade := func(label int, band Text, clause string) {
		n := -1
		if label >= 0 {
			l := &labels[label]
			n = f.piece(`,"grade":` + jsonOf(ExplainedGrade{Code: l.Code, Title: l.Title, Tone: l.Tone, Clause: clause, Band: band}))
		}
		f.k.grades = append(f.k.grades, n)
	}
	for i := range g.rows {
		grade(g.rows[i].label, g.rows[i].words(), g.rows[i].clause)
	}
	for i := range g.bins {
		b := &g.bins[i]
		grade(b.label, b.words(), b.clause)
		if b.label < 0 {
			f.k.openNext = append(f.k.openNext, openPieces{-1, -1})
			continue
		}
		open := func(short bool) int {
			o := (&object{}).json("code", labels[b.label].Code).json("title", labels[b.label].Title)
			if short {
				o.hole("missing", mark(markNext)).json("unit", "point")
			}
			return f.piece(`,"next":` + o.some("clause", b.clause).member("ways").b.String() + "[")
		}
		f.k.openNext = append(f.k.openNext, openPieces{short: open(true), plain: open(false)})
	}
	for i := range labels {
		o := (&object{}).json("falls_to", labels[i].Code).json("title", labels[i].Title).hole("margin", mark(markNext)).json("unit", "point").member("ways")
		f.k.openKeep = append(f.k.openKeep, f.piece(`,"keep":`+o.b.String()+"["))
	}
}
