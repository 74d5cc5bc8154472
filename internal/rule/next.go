package rule

import "math/big"

// next says what is missing for the next better grade.
func (x *explainer) next() *ExplainedNext {
	if x.o.band < 0 || x.o.label <= 0 {
		return nil
	}
	if x.p.grading.src.kind == 0 {
		return x.nextRow()
	}
	bins := x.p.grading.bins
	target := -1
	for i := range bins {
		if bins[i].label >= 0 && bins[i].label < x.o.label && (target < 0 || bins[i].label > bins[target].label) {
			target = i
		}
	}
	if target < 0 {
		return nil
	}
	l := &x.p.scheme.Labels[bins[target].label]
	n := &ExplainedNext{Code: l.Code, Title: l.Title, Clause: bins[target].clause, Ways: []Way{}}
	if x.p.grading.src.kind == fromMeasure {
		m, v := &x.p.measures[x.p.grading.src.index], &x.o.vals[x.p.grading.src.index]
		w := x.measureWay(m, v, &bins[target].iv)
		n.Missing, n.Unit = w.Missing, w.Unit
		w.Enough = true
		n.Ways = append(n.Ways, w)
		return n
	}
	short := shortfall(rat{x.o.score, micro}, &bins[target].iv)
	missing := microCeil(short)
	n.Missing, n.Unit = pointsString(missing), "point"
	n.Ways = x.itemWays(missing, true)
	return n
}

// shortfall gives how far a value is from an interval, 0 inside it.
func shortfall(v rat, iv *interval) exact {
	if iv.hasLo && v.cmp(iv.lo) <= 0 {
		return difference(iv.lo, v)
	}
	if iv.hasHi && v.cmp(iv.hi) >= 0 {
		return difference(v, iv.hi)
	}
	return zero
}

// microCeil gives a number of points in millionths, rounded up so that reaching it is enough.
func microCeil(e exact) int64 {
	if e.big == nil && e.small.den == micro {
		return e.small.num
	}
	q, rest := scaledToMicro(e)
	if rest.Sign() > 0 {
		q.Add(q, big.NewInt(1))
	}
	return q.Int64()
}

// microFloor gives a number of points in millionths, rounded down.
func microFloor(e exact) int64 {
	if e.big == nil && e.small.den == micro {
		return e.small.num
	}
	q, _ := scaledToMicro(e)
	return q.Int64()
}

func scaledToMicro(e exact) (q, rest *big.Int) {
	scaled := new(big.Rat).Mul(e.rat(), big.NewRat(micro, 1))
	return new(big.Int).QuoRem(scaled.Num(), scaled.Denom(), new(big.Int))
}

// measureWay words the distance between a value and an interval.
func (x *explainer) measureWay(m *measure, v *Value, iv *interval) Way {
	value, _ := m.display(v.rat(), v.currency)
	w := Way{Input: m.name, Title: m.title, Value: value, Bound: iv.words(), Unit: m.displayUnit(v), Clause: m.clause}
	w.Missing = m.ceil(shortfall(v.rat(), iv), v.currency)
	return w
}

// ceil gives an amount in the measure's unit, rounded up at its last place, so that making it up is enough.
func (m *measure) ceil(e exact, currency string) string {
	s, _ := m.written(e, currency, true)
	return s
}

// itemWays lists, line by line, the nearest change that raises (or lowers) the points. enough is what the total needs.
func (x *explainer) itemWays(enough int64, up bool) []Way {
	ways := []Way{}
	for i := range x.p.card.items {
		it, res := &x.p.card.items[i], &x.o.items[i]
		w, change, ok := x.itemWay(it, res, up)
		if !ok {
			continue
		}
		w.Points = signed(change)
		w.Enough = up && change >= enough || !up && -change > enough
		ways = append(ways, w)
	}
	return ways
}

func (x *explainer) itemWay(it *item, res *itemOutcome, up bool) (w Way, change int64, ok bool) {
	switch {
	case it.src.kind == fromMeasure && x.o.vals[it.src.index].state == stateOK:
		return x.bandWay(it, res, up)
	case it.src.kind == fromMeasure:
		if up && it.hi > res.points && len(it.bins) > 0 {
			best := bestBin(it.bins)
			m := &x.p.measures[it.src.index]
			return Way{
				Input: it.name, Title: it.title, Bound: it.bins[best].words(), Unit: m.unit, Clause: it.bins[best].clause,
			}, it.hi - res.points, true
		}
		return w, 0, false
	case it.src.kind == fromJudgement && x.p.judgements[it.src.index].ranged:
		return x.judgedWay(it, res, up)
	}
	return x.valueWay(it, res, up)
}

func bestBin(bins []bin) int {
	best := 0
	for i := range bins {
		if bins[i].points > bins[best].points {
			best = i
		}
	}
	return best
}

// bandWay finds the neighbouring band with more (or fewer) points.
func (x *explainer) bandWay(it *item, res *itemOutcome, up bool) (w Way, change int64, ok bool) {
	target := -1
	for j := range it.bins {
		d := it.bins[j].points - res.points
		if it.bins[j].otherwise || up && d <= 0 || !up && d >= 0 {
			if up || d >= 0 || !it.bins[j].otherwise {
				continue
			}
		}
		if target < 0 || up && it.bins[j].points < it.bins[target].points || !up && it.bins[j].points > it.bins[target].points {
			target = j
		}
	}
	if target < 0 {
		return w, 0, false
	}
	m, v := &x.p.measures[it.src.index], &x.o.vals[it.src.index]
	if it.bins[target].otherwise {
		own := &it.bins[res.band].iv
		w = x.measureWay(m, v, own)
		w.Missing = m.ceil(marginOf(v.rat(), own), v.currency)
		w.Bound = otherwiseText
	} else {
		w = x.measureWay(m, v, &it.bins[target].iv)
	}
	w.Input, w.Title, w.Clause = it.name, it.title, it.bins[target].clause
	return w, it.bins[target].points - res.points, true
}

// marginOf gives how far inside an interval a value is from the nearest written bound.
func marginOf(v rat, iv *interval) exact {
	if iv.hasLo {
		return difference(v, iv.lo)
	}
	if iv.hasHi {
		return difference(iv.hi, v)
	}
	return zero
}

func (x *explainer) judgedWay(it *item, res *itemOutcome, up bool) (w Way, change int64, ok bool) {
	goal := it.hi
	if !up {
		goal = it.lo
	}
	if change = goal - res.points; up && change <= 0 || !up && change >= 0 {
		return w, 0, false
	}
	j := &x.p.judgements[it.src.index]
	bound := "= " + pointsString(goal)
	return Way{
		Input: it.name, Title: it.title, Value: x.s.Judged[j.name], Bound: Text{bound, bound},
		Missing: pointsString(max(change, -change)), Unit: "point", Clause: it.clause,
	}, change, true
}

func (x *explainer) valueWay(it *item, res *itemOutcome, up bool) (w Way, change int64, ok bool) {
	target := -1
	for j := range it.values {
		d := it.values[j].points - res.points
		if up && d <= 0 || !up && d >= 0 {
			continue
		}
		if target < 0 || up && it.values[j].points < it.values[target].points || !up && it.values[j].points > it.values[target].points {
			target = j
		}
	}
	if target < 0 {
		return w, 0, false
	}
	value, unit := x.itemValue(it)
	return Way{Input: it.name, Title: it.title, Value: value, Unit: unit, Bound: it.bandWords(target), Clause: it.clause},
		it.values[target].points - res.points, true
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
		ways := x.unmet(r)
		if r.label > bestLabel || len(ways) < len(bestWays) {
			best, bestLabel, bestWays = i, r.label, ways
		}
	}
	if best < 0 {
		return nil
	}
	if len(bestWays) == 1 {
		bestWays[0].Enough = true
	}
	l := &x.p.scheme.Labels[bestLabel]
	n := &ExplainedNext{Code: l.Code, Title: l.Title, Clause: x.p.grading.rows[best].clause, Ways: bestWays}
	if len(bestWays) == 1 {
		n.Missing, n.Unit = bestWays[0].Missing, bestWays[0].Unit
	}
	return n
}

// unmet lists the conditions of a row that do not hold.
func (x *explainer) unmet(r *row) []Way {
	ways := []Way{}
	for i := range r.conds {
		c := &r.conds[i]
		if yes, _ := x.p.one(x.s, c, x.o); yes {
			continue
		}
		w := Way{Input: c.name, Title: c.title, Bound: c.words(), Clause: r.clause}
		switch c.src.kind {
		case fromMeasure:
			m, v := &x.p.measures[c.src.index], &x.o.vals[c.src.index]
			if v.state == stateOK && c.ranged {
				w = x.measureWay(m, v, &c.iv)
				w.Clause = r.clause
			} else if v.state == stateOK {
				w.Value, _ = m.display(v.rat(), v.currency)
			}
			w.Unit = m.displayUnit(v)
		case fromScore:
			w.Value, w.Unit = pointsString(x.o.score), "point"
			w.Missing = pointsString(microCeil(shortfall(rat{x.o.score, micro}, &c.iv)))
		case fromJudgement:
			w.Value, _ = x.p.judgedAnswer(x.s, c.src.index)
		case fromField:
			w.Value = x.s.text(c.src.field)
		case fromScheme:
			w.Value = x.p.earlierCode(c.src.index, x.o)
		}
		ways = append(ways, w)
	}
	return ways
}

// keeping says how much may be lost before the grade is.
func (x *explainer) keeping() *ExplainedKeeping {
	if x.o.band < 0 || x.p.grading.src.kind == 0 {
		return nil
	}
	own := &x.p.grading.bins[x.o.band]
	if own.otherwise || !own.iv.hasLo {
		return nil
	}
	below := -1
	for i := range x.p.grading.bins {
		if l := x.p.grading.bins[i].label; l > x.o.label && (below < 0 || l < below) {
			below = l
		}
	}
	if below < 0 {
		return nil
	}
	l := &x.p.scheme.Labels[below]
	k := &ExplainedKeeping{FallsTo: l.Code, Title: l.Title, Ways: []Way{}}
	if x.p.grading.src.kind == fromMeasure {
		m, v := &x.p.measures[x.p.grading.src.index], &x.o.vals[x.p.grading.src.index]
		k.Margin, _ = m.written(marginOf(v.rat(), &own.iv), v.currency, false)
		k.Unit = m.displayUnit(v)
		return k
	}
	margin := marginOf(rat{x.o.score, micro}, &own.iv)
	points := microFloor(margin)
	k.Margin, k.Unit = pointsString(points), "point"
	for _, w := range x.itemWays(points, false) {
		if w.Enough {
			k.Ways = append(k.Ways, w)
		}
	}
	return k
}
