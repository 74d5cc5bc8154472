package rule

// next says what is missing for the next better grade, and what forbids it.
func (x *explainer) next() *ExplainedNext {
	if x.o.label > 0 && x.p.grading.src.kind == 0 {
		return x.nextRow()
	}
	target := x.nextTarget()
	if target < 0 {
		return nil
	}
	n := x.nextBand(&x.p.grading.bins[target])
	n.Barred = x.barred(x.p.grading.bins[target].label)
	return n
}

// nextTarget gives the band of the next better grade, -1 when there is none or nothing to compare it with.
func (x *explainer) nextTarget() int {
	target := -1
	if x.o.label <= 0 || !x.usable() {
		return target
	}
	bins := x.p.grading.bins
	for i := range bins {
		if l := bins[i].label; l >= 0 && l < x.o.label && (target < 0 || l >= bins[target].label) {
			target = i
		}
	}
	return target
}

// usable reports whether there is a value the bands can be compared with.
func (x *explainer) usable() bool {
	if x.p.grading.src.kind == fromMeasure {
		return x.o.vals[x.p.grading.src.index].state == stateOK
	}
	return x.o.hasScore
}

// nextBand says how far the value is from a better band; nothing is missing when the value lies in it or beyond.
func (x *explainer) nextBand(b *bin) *ExplainedNext {
	l := &x.p.scheme.Labels[b.label]
	n := &ExplainedNext{Code: l.Code, Title: l.Title, Clause: b.clause, Ways: []Way{}}
	away, short := x.away(b)
	if !short {
		return n
	}
	if x.p.grading.src.kind == fromMeasure {
		m, val := &x.p.measures[x.p.grading.src.index], &x.o.vals[x.p.grading.src.index]
		w := x.measureWay(m, val, &b.iv)
		n.Missing, n.Unit = w.Missing, w.Unit
		w.Enough = true
		n.Ways = append(n.Ways, w)
		return n
	}
	missing := microCeil(away)
	n.Missing, n.Unit = pointsString(missing), "point"
	n.Ways = append(x.itemWays(missing, true, false), x.bonusWays(missing)...)
	return n
}

// away gives how far the value is from a better band; short is false when the value lies in it or beyond.
func (x *explainer) away(b *bin) (far exact, short bool) {
	goal := b.iv
	if x.p.grading.falling() {
		goal.hasLo = false
	} else {
		goal.hasHi = false
	}
	v := x.p.gradedValue(x.o)
	if b.otherwise || goal.contains(v) {
		return zero, false
	}
	return shortfall(v, &goal), true
}

// missingPoints gives how many points a band is away; short is false when none are.
func (x *explainer) missingPoints(band int) (points int64, short bool) {
	far, short := x.away(&x.p.grading.bins[band])
	return microCeil(far), short
}

// nextRow finds, among the rows of the next better grade, the one with the fewest unmet conditions.
func (x *explainer) nextRow() *ExplainedNext {
	best, bestLabel := -1, -1
	var bestWays []Way
	for i := range x.p.grading.rows {
		r := &x.p.grading.rows[i]
		if r.label < 0 || r.label >= x.o.label || r.otherwise || r.label < bestLabel {
			continue
		}
		ways := x.unmet(r.conds, r.clause)
		if r.label > bestLabel || len(ways) < len(bestWays) {
			best, bestLabel, bestWays = i, r.label, ways
		}
	}
	if best < 0 {
		return nil
	}
	l := &x.p.scheme.Labels[bestLabel]
	n := &ExplainedNext{Code: l.Code, Title: l.Title, Clause: x.p.grading.rows[best].clause, Ways: bestWays}
	n.Barred = x.barred(bestLabel)
	if len(bestWays) == 1 {
		bestWays[0].Enough = x.decides(best)
		n.Missing, n.Unit = bestWays[0].Missing, bestWays[0].Unit
	}
	return n
}

// decides reports whether a row would give its grade once it holds, while the row that decides now still holds too.
func (x *explainer) decides(row int) bool {
	switch x.p.grading.hit {
	case hitFirst:
		return x.o.band < 0 || row < x.o.band
	case hitAny, hitWorst:
		return x.o.band >= 0 && x.p.grading.rows[x.o.band].otherwise
	default:
		return true
	}
}

// keeping says how much may be lost before the grade is; nil when no loss of points or of the measure loses it.
func (x *explainer) keeping() *ExplainedKeeping {
	below, margin, open := x.margin()
	if below < 0 {
		return nil
	}
	l := &x.p.scheme.Labels[below]
	k := &ExplainedKeeping{FallsTo: l.Code, Title: l.Title, Ways: []Way{}}
	if x.p.grading.src.kind == fromMeasure {
		m, val := &x.p.measures[x.p.grading.src.index], &x.o.vals[x.p.grading.src.index]
		k.Margin, _ = m.written(margin, val.currency, false)
		k.Unit = m.displayUnit(val)
		return k
	}
	points := microFloor(margin)
	k.Margin, k.Unit = pointsString(points), "point"
	for _, w := range x.itemWays(points, false, open) {
		if w.Enough {
			k.Ways = append(k.Ways, w)
		}
	}
	return k
}

// margin gives how far the value is from the end of its grade, whether that end itself is outside, and the grade below; -1
// when no loss of points or of the measure loses the grade.
func (x *explainer) margin() (below int, margin exact, open bool) {
	if x.p.grading.src.kind == 0 || x.o.band < 0 || x.o.asleep || !x.usable() {
		return -1, zero, false
	}
	floor := x.floor()
	own, ok := x.ownBand()
	below = -1
	for i := range x.p.grading.bins {
		if l := x.p.grading.bins[i].label; l > x.o.label && (below < 0 || l < below) {
			below = l
		}
	}
	if !ok || below < 0 || floor == x.o.label {
		return -1, zero, false
	}
	v := x.p.gradedValue(x.o)
	if x.p.grading.falling() {
		return min(below, floor), difference(own.hi, v), own.hiOpen
	}
	return min(below, floor), difference(v, own.lo), own.loOpen
}

// floor gives the worst grade the limits that hold allow; the last grade of the scheme without any.
func (x *explainer) floor() int {
	floor := len(x.p.scheme.Labels) - 1
	for i := range x.p.grading.limits {
		if x.o.limits&(1<<i) != 0 {
			floor = min(max(floor, x.p.grading.limits[i].best), x.p.grading.limits[i].worst)
		}
	}
	return floor
}

// ownBand gives the last band of the grade, with the margin of hold: where the grade ends. ok is false when it has no such end.
func (x *explainer) ownBand() (iv interval, ok bool) {
	last := -1
	for i := range x.p.grading.bins {
		if x.p.grading.bins[i].label == x.o.label {
			last = i
		}
	}
	if last < 0 || x.p.grading.bins[last].otherwise {
		return iv, false
	}
	iv = x.p.grading.bins[last].iv
	if x.p.grading.hold.set {
		iv = x.p.grading.hold.wide[last]
	}
	if falling := x.p.grading.falling(); falling && !iv.hasHi || !falling && !iv.hasLo {
		return iv, false
	}
	return iv, true
}
