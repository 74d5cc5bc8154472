package rule

import "strings"

// treatment is what happens to a scorecard line without data.
type treatment uint8

const (
	treatNone treatment = iota
	treatRefuse
	treatNeutral
	treatWorst
	treatValue
)

func (t treatment) String() string {
	return [...]string{"", "refuse", "neutral", "worst", "value"}[t]
}

// source is what a line or a table condition reads.
type source struct {
	kind  sourceKind
	index int    // of the measure, the judgement, the scorecard or the scheme
	field string // of the customer, or the name of a segment
}

type sourceKind uint8

const (
	fromMeasure sourceKind = iota + 1
	fromJudgement
	fromField
	fromScore
	fromScheme // the grade of an earlier scheme
	fromSegment
)

// judgement is a compiled judgement: points in a range, or one of several answers.
type judgement struct {
	name    string
	title   Text
	clause  string
	values  []string
	titles  []Text
	ranged  bool
	lo, hi  int64
	refuse  bool
	missing string // the answer that counts while nobody has judged; "undecided" leaves it open
	assumed bool
	at      pos
}

// undecided is the answer of a judgement nobody has made.
const undecided = "undecided"

// valuePoints gives points to one value of a judgement or a customer field.
type valuePoints struct {
	value  string
	points int64
}

// item is a compiled line of a scorecard.
type item struct {
	name      string
	title     Text
	clause    string
	assumed   bool
	src       source
	bins      []bin
	values    []valuePoints
	otherwise int64
	hasOther  bool
	weight    int64
	cap       int64
	hasCap    bool
	lo, hi    int64 // fewest and most weighted points
	treat     treatment
	treatAs   int64
	at        pos
}

type veto struct {
	conds  []cond
	label  int  // -1: points
	atMost bool // label is the best possible grade, not the grade itself
	points int64
	title  Text
	clause string
	at     pos
}

type scorecard struct {
	name    string
	title   Text
	clause  string
	items   []item
	bonuses []bonus
	vetoes  []veto
	cap     int64
	hasCap  bool
	lo, hi  int64
	at      pos
}

func (k *compiler) judgements() {
	for i := range k.b.spec.Judgements.List {
		e := &k.b.spec.Judgements.List[i]
		s := &e.Value
		j := judgement{
			name: e.Name.S, title: titleOr(s.Title, e.Name.S), clause: s.Clause.S, assumed: s.Assumed.yes(),
			missing: undecided, at: e.Name.pos,
		}
		for _, v := range s.Values.List {
			j.values = append(j.values, v.Name.S)
			j.titles = append(j.titles, titleOr(v.Value, v.Name.S))
		}
		switch {
		case len(s.Range) == 2:
			j.ranged, j.lo, j.hi = true, k.points(s.Range[0]), k.points(s.Range[1])
			if j.hi < j.lo {
				k.report("judgement.range_order", s.Range[1].pos, j.clause, j.name)
			}
		case len(s.Range) != 0:
			k.report("judgement.range", s.Range[0].pos, j.clause, j.name)
		case len(j.values) == 0:
			k.report("judgement.nothing", e.Name.pos, j.clause, j.name)
		}
		k.judgementMissing(&j, s)
		k.p.judgements = append(k.p.judgements, j)
	}
}

func (k *compiler) judgementMissing(j *judgement, s *judgementSpec) {
	if !s.Missing.set() {
		return
	}
	switch v := k.resolve(s.Missing); {
	case v == "refuse":
		j.refuse = true
	case v == undecided, contains(j.values, v):
		j.missing = v
	default:
		k.unknownName("value.one_of", s.Missing.pos, v, append([]string{"refuse", undecided}, j.values...))
	}
}

func (k *compiler) judgementIndex(name string) int {
	for i := range k.p.judgements {
		if k.p.judgements[i].name == name {
			return i
		}
	}
	return -1
}

func (k *compiler) scorecards() {
	for i := range k.b.spec.Scorecards.List {
		e := &k.b.spec.Scorecards.List[i]
		k.p.cards = append(k.p.cards, k.scorecard(e.Name, &e.Value))
	}
}

func (k *compiler) scorecard(name word, s *scorecardSpec) scorecard {
	card := scorecard{name: name.S, title: titleOr(s.Title, name.S), clause: s.Clause.S, at: name.pos}
	if len(s.Items) > maxItems {
		k.report("score.too_many", s.Items[maxItems].pos, card.clause, itoa(maxItems))
		s.Items = s.Items[:maxItems]
	}
	seen := map[string]bool{}
	for i := range s.Items {
		it := k.item(&s.Items[i], s)
		if seen[it.name] {
			k.report("score.duplicate", it.at, it.clause, it.name)
		}
		seen[it.name] = true
		card.lo += it.lo
		card.hi += it.hi
		card.items = append(card.items, it)
	}
	if s.Max.set() {
		if want := k.points(s.Max); want != card.hi {
			k.report("score.max", s.Max.pos, card.clause, card.name, pointsString(want), pointsString(card.hi))
		}
	}
	if s.Cap.set() {
		card.cap, card.hasCap = k.points(s.Cap), true
	}
	return card
}

// useCard makes a scorecard the one the scheme reads: its bonuses count towards what can be reached, and the cap ends it.
func (k *compiler) useCard(card *scorecard) {
	k.p.card = card
	spec := k.b.spec.Scorecards.get(card.name)
	for i := range spec.Bonus {
		s := &spec.Bonus[i]
		if i == maxRules {
			k.report("rule.too_many", s.pos, s.Clause.S, itoa(maxRules))
			break
		}
		b := bonus{conds: k.conds(&s.When), points: k.points(s.Points), title: s.Title.Text, clause: s.Clause.S, at: s.pos}
		for j := range b.conds {
			if b.conds[j].src.kind == fromScore {
				k.report("bonus.score", b.conds[j].at, b.clause)
			}
		}
		if b.points == 0 {
			k.report("bonus.nothing", s.Points.pos, b.clause)
		}
		card.hi += max(b.points, 0)
		card.lo += min(b.points, 0)
		card.bonuses = append(card.bonuses, b)
	}
	if card.hasCap {
		card.hi = min(card.hi, card.cap)
		card.lo = min(card.lo, card.cap)
	}
}

// item compiles a line.
func (k *compiler) item(s *itemSpec, card *scorecardSpec) item {
	it := item{
		name: s.name(), clause: s.Clause.S, at: s.pos, weight: micro,
		assumed: s.Assumed.yes() || card.Assumed.yes(),
	}
	if it.clause == "" {
		it.clause = card.Clause.S
	}
	it.src, it.title = k.itemSource(s)
	if s.Title.Zh != "" {
		it.title = s.Title.Text
	}
	if s.Weight.set() {
		it.weight = k.points(s.Weight)
	}
	if s.Cap.set() {
		it.cap, it.hasCap = k.points(s.Cap), true
	}
	k.itemPoints(&it, s)
	k.itemRange(&it)
	k.itemMissing(&it, s)
	return it
}

func (k *compiler) itemSource(s *itemSpec) (source, Text) {
	switch {
	case s.Measure.set():
		i, ok := k.p.measureIndex[s.Measure.S]
		if !ok {
			k.unknownName("measure.unknown", s.Measure.pos, s.Measure.S, k.b.spec.Measures.names())
			return source{}, Text{}
		}
		k.measuresUsed[i] = true
		return source{kind: fromMeasure, index: i}, k.p.measures[i].title
	case s.Judged.set():
		i := k.judgementIndex(s.Judged.S)
		if i < 0 {
			k.unknownName("judgement.unknown", s.Judged.pos, s.Judged.S, k.b.spec.Judgements.names())
			return source{}, Text{}
		}
		return source{kind: fromJudgement, index: i}, k.p.judgements[i].title
	case s.Field.set():
		k.fieldsUsed = append(k.fieldsUsed, s.Field)
		return source{kind: fromField, field: s.Field.S}, Text{s.Field.S, s.Field.S}
	}
	k.report("score.no_source", s.pos, s.Clause.S)
	return source{}, Text{}
}

// itemPoints compiles the points: by band, by value, or the judged points themselves.
func (k *compiler) itemPoints(it *item, s *itemSpec) {
	switch {
	case it.src.kind == fromMeasure:
		m := &k.p.measures[it.src.index]
		if len(s.Points.Bands) == 0 {
			k.report("score.no_points", s.pos, it.clause, it.name)
			return
		}
		it.bins = k.bins(s.Points.Bands, m.unit, it.name, it.clause, measureDomain(m))
		for i := range it.bins {
			it.bins[i].points = k.weighted(it, s.Points.Bands[i].Points, it.bins[i].at)
			it.bins[i].assumed = it.bins[i].assumed || it.assumed
		}
		k.moneyBounds(m, it.bins)
	case it.src.kind == fromJudgement && k.p.judgements[it.src.index].ranged:
	case it.src.kind != 0:
		for _, v := range s.Points.Values.List {
			if it.src.kind == fromJudgement && !contains(k.p.judgements[it.src.index].values, v.Name.S) {
				k.unknownName("value.one_of", v.Name.pos, v.Name.S, k.p.judgements[it.src.index].values)
			}
			it.values = append(it.values, valuePoints{v.Name.S, k.weighted(it, v.Value, v.Name.pos)})
		}
		if len(it.values) == 0 {
			k.report("score.no_points", s.pos, it.clause, it.name)
		}
		if s.Points.Otherwise.set() {
			it.otherwise, it.hasOther = k.weighted(it, s.Points.Otherwise, s.Points.Otherwise.pos), true
		}
	}
}

// moneyBounds asks for a currency where amounts are compared with written figures.
func (k *compiler) moneyBounds(m *measure, bins []bin) {
	if !m.money || m.currency != "" {
		return
	}
	for i := range bins {
		iv := &bins[i].iv
		if iv.hasLo && iv.lo.num != 0 || iv.hasHi && iv.hi.num != 0 {
			k.report("measure.no_currency", m.at, m.clause, m.name)
			return
		}
	}
}

func (k *compiler) weighted(it *item, w word, at pos) int64 {
	if !w.set() {
		k.report("points.missing", at, it.clause, it.name)
		return 0
	}
	return k.weigh(it, k.points(w), w)
}

// maxPoints bounds the points of a line, in millionths, so that adding lines up never overflows.
const maxPoints = int64(1e15)

// weigh applies weight and cap of a line to points; w is where they are written.
func (k *compiler) weigh(it *item, points int64, w word) int64 {
	p, ok := mulMicro(points, it.weight)
	if !ok || p > maxPoints || p < -maxPoints {
		k.report("points.too_large", w.pos, it.clause, w.S)
		return 0
	}
	if it.hasCap {
		p = min(p, it.cap)
	}
	return p
}

// itemRange finds the fewest and the most points of a line.
func (k *compiler) itemRange(it *item) {
	var all []int64
	for i := range it.bins {
		all = append(all, it.bins[i].points)
	}
	for _, v := range it.values {
		all = append(all, v.points)
	}
	if it.hasOther {
		all = append(all, it.otherwise)
	}
	if it.src.kind == fromJudgement && k.p.judgements[it.src.index].ranged {
		j := &k.p.judgements[it.src.index]
		at := word{pos: it.at, S: pointsString(j.hi)}
		all = append(all, k.weigh(it, j.lo, at), k.weigh(it, j.hi, at))
	}
	for i, p := range all {
		if i == 0 {
			it.lo, it.hi = p, p
		}
		it.lo, it.hi = min(it.lo, p), max(it.hi, p)
	}
}

func (k *compiler) itemMissing(it *item, s *itemSpec) {
	it.treat = treatRefuse
	if !s.Missing.set() {
		return
	}
	switch v := k.resolve(s.Missing); strings.TrimSpace(v) {
	case "refuse":
	case "neutral":
		it.treat, it.treatAs = treatNeutral, (it.lo+it.hi)/2
	case "worst":
		it.treat, it.treatAs = treatWorst, it.lo
	default:
		p, ok := parseMicro(v)
		if !ok || p > maxPoints || p < -maxPoints {
			k.report("score.missing", s.Missing.pos, it.clause, v)
			return
		}
		it.treat, it.treatAs = treatValue, p
	}
}
