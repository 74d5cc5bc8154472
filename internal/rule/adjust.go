package rule

// bonus is points beside the items.
type bonus struct {
	conds  []cond
	points int64
	title  Text
	clause string
	at     pos
}

// limit is the range of grades some customers may have.
type limit struct {
	conds       []cond
	best, worst int // labels, best <= worst
	title       Text
	clause      string
	at          pos
}

// hold keeps the better grade of the previous verdict.
type hold struct {
	set    bool
	margin rat
	text   string
	wide   []interval // by band: its interval, wider by the margin on the side of the worse grades
	clause string
	at     pos
}

// dormancy says when a customer counts as dormant.
type dormancy struct {
	set    bool
	conds  []cond
	label  int // -1: the grade stays
	title  Text
	clause string
	at     pos
}

// maxRules bounds bonuses, vetoes and limits: which of them applied is kept in one word each.
const maxRules = 64

// reward adds the bonuses that apply. What cannot be known earns nothing.
func (p *Program) reward(s *Subject, o *outcome) {
	for i := range p.card.bonuses {
		b := &p.card.bonuses[i]
		if yes, reason := p.all(s, b.conds, o); yes && reason == "" {
			o.bonuses |= 1 << i
			o.score += b.points
		}
	}
}

// adjust takes the grade that follows from the score or table to the one that holds: the previous grade may be kept, limits
// and vetoes bound it, and a dormant customer may have a grade of its own. A veto that gave the grade itself stands.
func (p *Program) adjust(s *Subject, o *outcome) {
	o.free = o.label
	decided := o.label >= 0 && o.band < 0
	if o.label >= 0 && !decided {
		p.keep(s, o)
		p.limited(s, o)
		o.label = max(o.label, o.ceiling)
	}
	if d := &p.grading.dormant; d.set {
		if yes, reason := p.all(s, d.conds, o); yes && reason == "" {
			o.dormant = true
			if d.label >= 0 && !decided {
				o.label, o.reason, o.asleep = d.label, "", true
			}
		}
	}
}

// keep applies hold: the better grade of the previous verdict stays while the value is not below its widened band.
func (p *Program) keep(s *Subject, o *outcome) {
	if !p.grading.hold.set {
		return
	}
	before := p.scheme.index(s.Previous[p.scheme.ID].Code)
	if before < 0 || before >= o.label {
		return
	}
	v := p.gradedValue(o)
	for i := range p.grading.bins {
		if b := &p.grading.bins[i]; b.label == before && !b.otherwise && p.grading.hold.wide[i].contains(v) {
			o.label, o.held = before, true
			return
		}
	}
}

// limited applies the limits in order. What cannot be known does not limit.
func (p *Program) limited(s *Subject, o *outcome) {
	for i := range p.grading.limits {
		l := &p.grading.limits[i]
		if yes, reason := p.all(s, l.conds, o); !yes || reason != "" {
			continue
		}
		o.limits |= 1 << i
		if to := min(max(o.label, l.best), l.worst); to != o.label {
			o.label = to
			o.bites |= 1 << i
		}
	}
}

// gradedValue gives what the bands are on; the caller knows that it can be used.
func (p *Program) gradedValue(o *outcome) rat {
	if p.grading.src.kind == fromMeasure {
		return o.vals[p.grading.src.index].rat()
	}
	return rat{o.score, micro}
}

// index finds a grade by its code, -1 when the scheme has none.
func (s *Scheme) index(code string) int {
	for i := range s.Labels {
		if s.Labels[i].Code == code {
			return i
		}
	}
	return -1
}

// falling reports that the worse grades are on the upper side of the bands: days to pay, for one.
func (g *grading) falling() bool {
	var first *bin
	for i := range g.bins {
		b := &g.bins[i]
		switch {
		case b.otherwise:
		case first == nil:
			if first = b; b.iv.hasHi != b.iv.hasLo {
				return b.iv.hasHi
			}
		default:
			return b.iv.hasLo && first.iv.hasLo && b.iv.lo.cmp(first.iv.lo) > 0
		}
	}
	return false
}

// hitPolicy says which row of a decision table decides.
type hitPolicy uint8

const (
	hitFirst hitPolicy = iota
	hitUnique
	hitAny
	hitBest
	hitWorst
)

var hitWords = []string{"first", "unique", "any", "best", "worst"}

// byTable decides by the rows. The first row that cannot be answered ends it with its reason.
func (p *Program) byTable(s *Subject, o *outcome) {
	for i := range p.grading.rows {
		r := &p.grading.rows[i]
		yes, reason := p.all(s, r.conds, o)
		if reason != "" {
			o.band, o.label, o.reason = -1, -1, reason
			return
		}
		if r.otherwise && o.band < 0 {
			o.band, o.label = i, r.label
		}
		if !yes {
			continue
		}
		switch {
		case o.band < 0:
			o.band, o.label = i, r.label
		case p.grading.hit == hitAny && r.label != o.label:
			o.band, o.label, o.reason = -1, -1, ReasonConflictingRows
			return
		case p.grading.hit == hitBest && r.label < o.label, p.grading.hit == hitWorst && r.label > o.label:
			o.band, o.label = i, r.label
		}
		if p.grading.hit <= hitUnique {
			return
		}
	}
	if o.band < 0 {
		o.reason = ReasonNoBand
	}
}
