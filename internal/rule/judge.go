package rule

import "kezhi/internal/calendar"

// outcome is everything a verdict rests on. It lives on the stack of Judge; Explain turns it into words.
type outcome struct {
	vals     [maxMeasures]Value
	items    [maxItems]itemOutcome
	score    int64
	hasScore bool
	veto     int // the veto that gave the grade itself, -1: none
	label    int // -1: none
	free     int // the label before hold, limits and dormancy
	ceiling  int // best label a veto leaves possible
	band     int // index of the band or the row that decided, -1: none
	require  int // index of the requirement that failed, -1: none
	reason   string
	// which bonuses and vetoes applied, which limits hold and which of those changed the grade: bit i for the i-th
	bonuses, vetoes, limits, bites uint64
	held, dormant                  bool
	asleep                         bool             // dormancy gave the grade
	awaits                         bool             // a better grade waits for signatures
	earlier                        [maxSchemes]int8 // labels of the schemes decided before; -1: none
	replaced                       uint8            // earlier schemes whose grade people decided otherwise: bit i for the i-th
}

// itemOutcome is one line's result.
type itemOutcome struct {
	points int64
	band   int // band or value index, -1: none
	treat  treatment
}

// Judge gives the verdict on one customer in scope. rank is the customer's position in the order of customer codes, the
// same that Population.Add was given. pop may be nil when NeedsPopulation is false.
func (p *Program) Judge(s Subject, rank int, m Measures, pop *Population) Verdict {
	var o outcome
	p.decide(&s, rank, m, pop, &o)
	return p.verdict(&s, m.asOf, &o)
}

func (p *Program) verdict(s *Subject, asOf calendar.Date, o *outcome) Verdict {
	v := Verdict{
		Reason: o.reason, ScoreMicro: o.score, HasScore: o.hasScore, ExpiresOn: calendar.None, Held: o.held, Dormant: o.dormant,
	}
	if !v.HasScore && p.grading.score > 0 {
		v.ScoreMicro, v.HasScore = p.shownScore(&o.vals[p.grading.score-1])
	}
	if o.label < 0 {
		return v
	}
	v.Code = p.scheme.Labels[o.label].Code
	if o.awaits {
		v.Proposed = p.SignedGrade()
	}
	if !p.grading.expires.IsZero() {
		v.ExpiresOn = p.grading.expires.After(asOf)
	}
	if !p.grading.young.IsZero() {
		if first, ok := s.firstFactOn(); ok && p.grading.young.After(first) > asOf {
			v.Provisional = ProvisionalNewCustomer
		}
	}
	return v
}

// shownScore gives a measure in millionths of its unit, a share in millionths of a per cent, rounded half to even.
func (p *Program) shownScore(v *Value) (int64, bool) {
	if v.state != stateOK {
		return 0, false
	}
	shift := 0
	if p.measures[p.grading.score-1].unit == "%" {
		shift = 2
	}
	text, _, ok := fastDecimal(v.rat(), shift, 6, 6, false)
	if !ok {
		return 0, false
	}
	return parseMicro(text)
}

// decide works everything out.
func (p *Program) decide(s *Subject, rank int, m Measures, pop *Population, o *outcome) {
	o.require, o.label = -1, -1
	if !p.graded {
		o.fresh()
		o.reason = ReasonNoGrades
		return
	}
	vals := o.vals[:len(p.measures)]
	copy(vals, m.vals)
	p.ofAll(vals, s, rank, pop)
	if i := p.refused(vals); i >= 0 {
		o.require = i
		o.reason = p.requires[i].reason
		if st := vals[p.requires[i].measure].state; st > stateNoData {
			o.reason = st.reason()
		}
		o.veto, o.band = -1, -1
		return
	}
	for _, before := range p.earlier {
		before.grade(s, o)
		label := before.decidedLabel(s, o.label)
		if label != o.label {
			o.replaced |= 1 << before.index
		}
		o.earlier[before.index] = int8(label)
	}
	p.grade(s, o)
}

// grade decides this program's scheme on the values that are there, whatever another scheme left behind.
func (p *Program) grade(s *Subject, o *outcome) {
	o.fresh()
	p.follow(s, o)
	if p.grading.adjusts {
		p.adjust(s, o)
	}
	p.await(s, o)
}

// fresh forgets what another scheme came to; measures and earlier grades stay.
func (o *outcome) fresh() {
	o.score, o.hasScore, o.veto, o.label, o.free, o.ceiling, o.band, o.reason = 0, false, -1, -1, -1, 0, -1, ""
	o.bonuses, o.vetoes, o.limits, o.bites, o.held, o.dormant, o.asleep, o.awaits = 0, 0, 0, 0, false, false, false, false
}

// follow gives the grade that follows from the scorecard, the bands or the table.
func (p *Program) follow(s *Subject, o *outcome) {
	if p.card != nil && !p.addUp(s, o) {
		return
	}
	if p.card != nil && p.overruled(s, o) {
		return
	}
	if p.grading.src.kind == 0 {
		p.byTable(s, o)
		return
	}
	p.byBand(o)
}

// refused gives the first requirement that is not met, -1 if all are.
func (p *Program) refused(vals []Value) int {
	for i := range p.requires {
		r := &p.requires[i]
		v := &vals[r.measure]
		if v.state != stateOK || !r.iv.contains(v.rat()) {
			return i
		}
	}
	return -1
}

// addUp fills the scorecard and reports whether there is a score.
func (p *Program) addUp(s *Subject, o *outcome) bool {
	for i := range p.card.items {
		points, ok := p.line(s, &p.card.items[i], &o.items[i], o)
		if !ok {
			return false
		}
		o.items[i].points = points
		o.score += points
	}
	p.reward(s, o)
	if p.card.hasCap {
		o.score = min(o.score, p.card.cap)
	}
	o.hasScore = true
	return true
}

// line gives the points of one line; ok is false when the whole verdict is refused, with the reason set.
func (p *Program) line(s *Subject, it *item, res *itemOutcome, o *outcome) (points int64, ok bool) {
	*res = itemOutcome{band: -1}
	switch it.src.kind {
	case fromMeasure:
		v := &o.vals[it.src.index]
		if v.state == stateOK {
			if res.band = find(it.bins, v.rat()); res.band < 0 {
				o.reason = ReasonNoBand
				return 0, false
			}
			return it.bins[res.band].points, true
		}
		return it.absent(res, o, v.state)
	case fromJudgement:
		return p.judgedLine(s, it, res, o)
	default:
		return it.byValue(s.text(it.src.field), res, o, stateNoData)
	}
}

// absent applies the declared treatment. Values that must not be used are never replaced by points.
func (it *item) absent(res *itemOutcome, o *outcome, st state) (int64, bool) {
	res.treat = it.treat
	if it.treat == treatRefuse || st != stateNoData && st != stateNoPopulation {
		o.reason = st.reason()
		return 0, false
	}
	return it.treatAs, true
}

func (p *Program) judgedLine(s *Subject, it *item, res *itemOutcome, o *outcome) (int64, bool) {
	j := &p.judgements[it.src.index]
	given, judged := s.Judged[j.name]
	if !j.ranged {
		if !judged && j.missing != undecided {
			given = j.missing
		}
		return it.byValue(given, res, o, stateNoData)
	}
	if !judged || given == "" {
		points, ok := it.absent(res, o, stateNoData)
		if !ok {
			o.reason = ReasonJudgementMissing
		}
		return points, ok
	}
	v, ok := parseMicro(given)
	if !ok || v < j.lo || v > j.hi {
		o.reason = ReasonOutOfRange
		return 0, false
	}
	points, _ := mulMicro(v, it.weight)
	if it.hasCap {
		points = min(points, it.cap)
	}
	return points, true
}

// byValue gives points by a categorical value.
func (it *item) byValue(value string, res *itemOutcome, o *outcome, st state) (int64, bool) {
	for i := range it.values {
		if it.values[i].value == value {
			res.band = i
			return it.values[i].points, true
		}
	}
	if value != "" && it.hasOther {
		res.band = len(it.values)
		return it.otherwise, true
	}
	points, ok := it.absent(res, o, st)
	if !ok && it.src.kind == fromJudgement {
		o.reason = ReasonJudgementMissing
	}
	return points, ok
}

// overruled applies the vetoes and reports whether one decided the grade.
func (p *Program) overruled(s *Subject, o *outcome) bool {
	for i := range p.card.vetoes {
		v := &p.card.vetoes[i]
		all, reason := p.all(s, v.conds, o)
		if reason != "" || !all {
			continue // what cannot be known does not overrule
		}
		o.vetoes |= 1 << i
		switch {
		case v.label >= 0 && v.atMost:
			o.ceiling = max(o.ceiling, v.label)
		case v.label >= 0:
			o.veto, o.label = i, v.label
			return true
		default:
			o.score = min(o.score, v.points)
		}
	}
	return false
}

func (p *Program) byBand(o *outcome) {
	if p.grading.src.kind == fromMeasure {
		if st := o.vals[p.grading.src.index].state; st != stateOK {
			o.reason = st.reason()
			return
		}
	}
	o.band = find(p.grading.bins, p.gradedValue(o))
	if o.band < 0 {
		o.reason = ReasonNoBand
		return
	}
	o.label = p.grading.bins[o.band].label
}

// all answers whether all conditions hold; reason is set when one cannot be answered.
func (p *Program) all(s *Subject, conds []cond, o *outcome) (yes bool, reason string) {
	for i := range conds {
		one, why := p.one(s, &conds[i], o)
		if why != "" {
			return false, why
		}
		if !one {
			return false, ""
		}
	}
	return len(conds) > 0, ""
}

func (p *Program) one(s *Subject, c *cond, o *outcome) (yes bool, reason string) {
	switch c.src.kind {
	case fromMeasure:
		v := &o.vals[c.src.index]
		if v.state != stateOK {
			return false, v.state.reason()
		}
		return c.holds(v.rat(), ""), ""
	case fromScore:
		return c.holds(rat{o.score, micro}, ""), ""
	case fromScheme:
		return c.holds(rat{}, p.earlierCode(c.src.index, o)), ""
	case fromJudgement:
		given, refuse := p.judgedAnswer(s, c.src.index)
		if refuse {
			return false, ReasonJudgementMissing
		}
		return c.holds(rat{}, given), ""
	case fromSegment:
		return c.holds(rat{}, s.segmentAnswer(c.src.field)), ""
	default:
		return c.holds(rat{}, s.text(c.src.field)), ""
	}
}

// earlierCode gives the grade an earlier scheme came to, empty when it came to none.
func (p *Program) earlierCode(scheme int, o *outcome) string {
	label := o.earlier[scheme]
	if label < 0 {
		return ""
	}
	return p.family.list[scheme].scheme.Labels[label].Code
}

// judgedAnswer gives the answer that counts.
func (p *Program) judgedAnswer(s *Subject, index int) (answer string, refuse bool) {
	j := &p.judgements[index]
	given, ok := s.Judged[j.name]
	if ok && given != "" {
		return given, false
	}
	return j.missing, j.refuse
}
