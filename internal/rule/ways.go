package rule

import "math/big"

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

// itemWays lists, line by line, the nearest change that raises (or lowers) the points. enough is what the total needs;
// exactly tells that losing just that much already loses the grade. Points above the cap are lost without effect.
func (x *explainer) itemWays(enough int64, up, exactly bool) []Way {
	ways := []Way{}
	spare := x.spare()
	for i := range x.p.card.items {
		it, res := &x.p.card.items[i], &x.o.items[i]
		w, change, ok := x.itemWay(it, res, up)
		if !ok {
			continue
		}
		w.Points = signed(change)
		loss := -change - spare
		w.Enough = up && change >= enough || !up && (loss > enough || exactly && loss == enough)
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
	target := it.nextBand(res.points, up)
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

// nextBand gives the band with the next more (or fewer) points, -1 without one.
func (it *item) nextBand(points int64, up bool) int {
	target := -1
	for j := range it.bins {
		d := it.bins[j].points - points
		if it.bins[j].otherwise || up && d <= 0 || !up && d >= 0 {
			if up || d >= 0 || !it.bins[j].otherwise {
				continue
			}
		}
		if target < 0 || up && it.bins[j].points < it.bins[target].points || !up && it.bins[j].points > it.bins[target].points {
			target = j
		}
	}
	return target
}

// nextValue gives the value with the next more (or fewer) points, -1 without one.
func (it *item) nextValue(points int64, up bool) int {
	target := -1
	for j := range it.values {
		d := it.values[j].points - points
		if up && d <= 0 || !up && d >= 0 {
			continue
		}
		if target < 0 || up && it.values[j].points < it.values[target].points || !up && it.values[j].points > it.values[target].points {
			target = j
		}
	}
	return target
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
	target := it.nextValue(res.points, up)
	if target < 0 {
		return w, 0, false
	}
	value, unit := x.itemValue(it)
	return Way{Input: it.name, Title: it.title, Value: value, Unit: unit, Bound: it.bandWords(target), Clause: it.clause},
		it.values[target].points - res.points, true
}

// spare gives the points by which the lines and bonuses exceed the cap, 0 without one.
func (x *explainer) spare() int64 {
	if !x.p.card.hasCap {
		return 0
	}
	var sum int64
	for i := range x.p.card.items {
		sum += x.o.items[i].points
	}
	for i := range x.p.card.bonuses {
		if x.o.bonuses&(1<<i) != 0 {
			sum += x.p.card.bonuses[i].points
		}
	}
	return max(sum-x.p.card.cap, 0)
}

// unmet lists the conditions that do not hold.
func (x *explainer) unmet(conds []cond, clause string) []Way {
	ways := []Way{}
	for i := range conds {
		c := &conds[i]
		if yes, _ := x.p.one(x.s, c, x.o); yes {
			continue
		}
		w := Way{Input: c.name, Title: c.title, Bound: c.words(), Clause: clause}
		switch c.src.kind {
		case fromMeasure:
			m, v := &x.p.measures[c.src.index], &x.o.vals[c.src.index]
			if v.state == stateOK && c.ranged {
				w = x.measureWay(m, v, &c.iv)
				w.Clause = clause
			} else if v.state == stateOK {
				w.Value, _ = m.display(v.rat(), v.currency)
			}
			w.Unit = m.displayUnit(v)
		case fromScore:
			w.Value, w.Unit = pointsString(x.o.score), "point"
			w.Missing = pointsString(microCeil(shortfall(rat{x.o.score, micro}, &c.iv)))
		case fromJudgement:
			w.Value, _ = x.p.judgedAnswer(x.s, c.src.index)
		case fromSegment:
			w.Value, w.Unit = x.s.segmentAnswer(c.src.field), "segment"
		case fromField:
			w.Value = x.s.text(c.src.field)
		case fromScheme:
			w.Value = x.p.earlierCode(c.src.index, x.o)
		}
		ways = append(ways, w)
	}
	return ways
}

// bonusWays lists the bonuses that lack one condition only.
func (x *explainer) bonusWays(missing int64) []Way {
	var ways []Way
	for i := range x.p.card.bonuses {
		b := &x.p.card.bonuses[i]
		if b.points <= 0 || x.o.bonuses&(1<<i) != 0 {
			continue
		}
		if unmet := x.unmet(b.conds, b.clause); len(unmet) == 1 {
			w := unmet[0]
			w.Points, w.Enough = signed(b.points), b.points >= missing
			ways = append(ways, w)
		}
	}
	return ways
}
