package rule_test

import (
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// nBook is a rulebook as the naive evaluator reads it; text writes it as YAML.
type nBook struct {
	currency   string
	rates      []nRate
	measures   []*nMeasure
	judgements []nJudgement
	requires   []nRequire
	card       *nCard // nil when the grades do not read one
	grades     nGrades
	more       []nGrades // schemes decided after the first
}

func (b *nBook) measure(name string) *nMeasure {
	for _, m := range b.measures {
		if m.name == name {
			return m
		}
	}
	return nil
}

type nJudgement struct {
	name    string
	values  []string
	lo, hi  string // of judged points
	missing string
}

type nRequire struct {
	measure, reason string
	bound           nBound
}

// nBound is an interval as written; texts are empty where nothing is written.
type nBound struct {
	lo, hi           string
	loOpen, hiOpen   bool
	turned           bool // inclusive: false
	otherwise, short bool // short: [bound, points]
}

func (b *nBound) holds(r *big.Rat) bool {
	if b.otherwise {
		return true
	}
	loOpen, hiOpen := b.loOpen, b.hiOpen
	if b.turned {
		loOpen, hiOpen = true, false
	}
	if b.lo != "" {
		if c := r.Cmp(ratOf(b.lo)); c < 0 || c == 0 && loOpen {
			return false
		}
	}
	if b.hi != "" {
		if c := r.Cmp(ratOf(b.hi)); c > 0 || c == 0 && hiOpen {
			return false
		}
	}
	return true
}

// keys writes the bound as keys of a flow mapping.
func (b *nBound) keys() string {
	var out []string
	if b.otherwise {
		out = append(out, "otherwise: true")
	}
	if b.lo != "" {
		out = append(out, pick(b.loOpen, "above: ", "at_least: ")+b.lo)
	}
	if b.hi != "" {
		out = append(out, pick(b.hiOpen, "below: ", "at_most: ")+b.hi)
	}
	if b.turned {
		out = append(out, "inclusive: false")
	}
	return strings.Join(out, ", ")
}

func pick(yes bool, a, b string) string {
	if yes {
		return a
	}
	return b
}

type nBand struct {
	nBound
	points, code string
}

type nItem struct {
	name, measure, judged, field string
	bands                        []nBand
	values                       []nPoints
	otherwise                    string
	weight, cap, missing         string
}

type nPoints struct{ value, points string }

// nCond is one condition: an interval or values of a measure, the score, a judgement or the region.
type nCond struct {
	on     string
	bound  *nBound
	values []string
}

func (c *nCond) text() string {
	if c.bound != nil {
		return c.on + ": {" + c.bound.keys() + "}"
	}
	return c.on + ": [" + strings.Join(c.values, ", ") + "]"
}

type nBonus struct {
	when   []nCond
	points string
}

type nVeto struct {
	when                  []nCond
	grade, points, atMost string
}

type nCard struct {
	items  []nItem
	cap    string
	bonus  []nBonus
	vetoes []nVeto
}

type nRow struct {
	when []nCond
	code string
}

type nGrades struct {
	scheme string
	labels []string
	from   string // "card", a measure, or empty for a table
	bands  []nBand
	table  []nRow // the last one is otherwise
	hit    string
	young  int // months; 0: no provisional grades
	lapses int // months; 0: never
	limits []nLimit
	hold   string // margin, "" = none
	sleep  *nDormant
	signs  string // grade that is signed for, "" = none
	first  bool   // it holds unsigned for who was never graded
}

// nVerdict is what the naive evaluator says.
type nVerdict struct {
	code, reason string
	score        *big.Rat // nil: none
	points       map[string]*big.Rat
	provisional  bool
	expires      string
	held, sleeps bool
	proposed     string
}

// met reports whether what is required holds, and the reason otherwise.
func (w *nWorld) met(i int) string {
	for _, r := range w.book.requires {
		v := w.value(i, r.measure, false)
		if v.why == "" && r.bound.holds(v.r) {
			continue
		}
		if v.why != "" && v.why != "out_of_data" {
			return v.why
		}
		return r.reason
	}
	return ""
}

func (w *nWorld) addUp(i int, v *nVerdict) string {
	card := w.book.card
	score := new(big.Rat)
	for k := range card.items {
		it := &card.items[k]
		p, why := w.line(i, it)
		if why != "" {
			return why
		}
		v.points[it.name] = p
		score.Add(score, p)
	}
	for _, b := range card.bonus {
		if yes, why := w.all(i, b.when, score); yes && why == "" {
			score = new(big.Rat).Add(score, ratOf(b.points))
		}
	}
	if card.cap != "" && score.Cmp(ratOf(card.cap)) > 0 {
		score = ratOf(card.cap)
	}
	v.score = score
	return ""
}

// weigh applies weight and cap of a line.
func (it *nItem) weigh(points string) *big.Rat {
	p := ratOf(points)
	if it.weight != "" {
		p.Mul(p, ratOf(it.weight))
	}
	if it.cap != "" && p.Cmp(ratOf(it.cap)) > 0 {
		p = ratOf(it.cap)
	}
	return p
}

// line gives the points of a line, or why the whole verdict is refused.
func (w *nWorld) line(i int, it *nItem) (*big.Rat, string) {
	c := w.customers[i]
	switch {
	case it.measure != "":
		v := w.value(i, it.measure, false)
		if v.why != "" {
			return w.absent(it, v.why)
		}
		for _, b := range it.bands {
			if b.holds(v.r) {
				return it.weigh(b.points), ""
			}
		}
		return nil, "no_band"
	case it.judged != "":
		j := w.book.judgement(it.judged)
		given := c.judged[j.name]
		if len(j.values) == 0 {
			if given == "" {
				return w.absent(it, "judgement_missing")
			}
			if p := ratOf(given); p.Cmp(ratOf(j.lo)) < 0 || p.Cmp(ratOf(j.hi)) > 0 {
				return nil, "out_of_range"
			}
			return it.weigh(given), ""
		}
		if given == "" && j.missing != "refuse" {
			given = j.missing
		}
		return w.byValue(it, given, "judgement_missing")
	}
	return w.byValue(it, c.region, "out_of_data")
}

func (w *nWorld) byValue(it *nItem, value, why string) (*big.Rat, string) {
	for _, p := range it.values {
		if p.value == value {
			return it.weigh(p.points), ""
		}
	}
	if value != "" && it.otherwise != "" {
		return it.weigh(it.otherwise), ""
	}
	return w.absent(it, why)
}

func (b *nBook) judgement(name string) *nJudgement {
	for i := range b.judgements {
		if b.judgements[i].name == name {
			return &b.judgements[i]
		}
	}
	return nil
}

// absent treats a line without data as declared; what must not be used is never replaced by points.
func (w *nWorld) absent(it *nItem, why string) (*big.Rat, string) {
	usable := why == "out_of_data" || why == "no_population" || why == "judgement_missing"
	if !usable || it.missing == "" || it.missing == "refuse" {
		return nil, why
	}
	lo, hi := w.extremes(it)
	switch it.missing {
	case "worst":
		return lo, ""
	case "neutral":
		mid := new(big.Rat).Add(lo, hi)
		return mid.Quo(mid, num(2)), ""
	}
	return ratOf(it.missing), ""
}

// extremes gives the fewest and the most points of a line.
func (w *nWorld) extremes(it *nItem) (lo, hi *big.Rat) {
	var all []*big.Rat
	for _, b := range it.bands {
		all = append(all, it.weigh(b.points))
	}
	for _, v := range it.values {
		all = append(all, it.weigh(v.points))
	}
	if it.otherwise != "" {
		all = append(all, it.weigh(it.otherwise))
	}
	if j := w.book.judgement(it.judged); j != nil && len(j.values) == 0 {
		all = append(all, it.weigh(j.lo), it.weigh(j.hi))
	}
	return slices.MinFunc(all, (*big.Rat).Cmp), slices.MaxFunc(all, (*big.Rat).Cmp)
}

// veto applies the vetoes in order: one that gives a grade decides.
func (w *nWorld) veto(i int, v *nVerdict) (best int, decided bool) {
	for _, veto := range w.book.card.vetoes {
		yes, why := w.all(i, veto.when, v.score)
		if !yes || why != "" {
			continue
		}
		switch {
		case veto.atMost != "":
			best = max(best, slices.Index(w.book.grades.labels, veto.atMost))
		case veto.grade != "":
			v.code = veto.grade
			return 0, true
		case v.score.Cmp(ratOf(veto.points)) > 0:
			v.score = ratOf(veto.points)
		}
	}
	return best, false
}

// all answers conditions in the order in which they are written, up to the first that does not hold or is not known.
func (w *nWorld) all(i int, when []nCond, score *big.Rat) (yes bool, why string) {
	for _, c := range when {
		switch {
		case c.on == "card":
			yes = c.bound.holds(score)
		case c.on == "customer.region":
			yes = slices.Contains(c.values, w.customers[i].region)
		case w.book.isScheme(c.on):
			yes = w.earlier[c.on] != "" && slices.Contains(c.values, w.earlier[c.on])
		case w.book.judgement(c.on) != nil:
			j := w.book.judgement(c.on)
			given := w.customers[i].judged[c.on]
			if given == "" && j.missing == "refuse" {
				return false, "judgement_missing"
			}
			if given == "" {
				if given = j.missing; given == "" {
					given = "undecided"
				}
			}
			yes = slices.Contains(c.values, given)
		default:
			v := w.value(i, c.on, false)
			if v.why != "" {
				return false, v.why
			}
			yes = c.bound != nil && c.bound.holds(v.r)
			for _, one := range c.values {
				yes = yes || v.r.Cmp(ratOf(one)) == 0
			}
		}
		if !yes {
			return false, ""
		}
	}
	return true, ""
}

func (w *nWorld) grade(i int, g *nGrades, v *nVerdict) {
	if g.from == "" {
		w.byTable(i, g, v)
		return
	}
	value, why := w.graded(i, g, v)
	if why != "" {
		v.reason = why
		return
	}
	for _, b := range g.bands {
		if b.holds(value) {
			v.code = b.code
			return
		}
	}
	v.reason = "no_band"
}

func (w *nWorld) byTable(i int, g *nGrades, v *nVerdict) {
	var hits []string
	for _, r := range g.table[:len(g.table)-1] {
		yes, why := w.all(i, r.when, v.score)
		if why != "" {
			v.reason = why
			return
		}
		if yes {
			hits = append(hits, r.code)
			if g.hit == "first" || g.hit == "unique" {
				break
			}
			if g.hit == "any" && r.code != hits[0] {
				v.reason = "conflicting_rows"
				return
			}
		}
	}
	if len(hits) == 0 {
		hits = []string{g.table[len(g.table)-1].code}
	}
	better := func(a, b string) int { return slices.Index(g.labels, a) - slices.Index(g.labels, b) }
	switch g.hit {
	case "best":
		v.code = slices.MinFunc(hits, better)
	case "worst":
		v.code = slices.MaxFunc(hits, better)
	default:
		v.code = hits[0]
	}
}

// text writes the book as YAML.
func (b *nBook) text() string {
	var t strings.Builder
	line := func(parts ...string) { t.WriteString(strings.Join(parts, "") + "\n") }
	line("rulebook: random\nversion: 1.0.0\ntitle: random")
	if b.currency != "" {
		line("currency: ", b.currency)
	}
	line("facts: {payment: {attrs: {days: {type: number, unit: day}, channel: {type: text}}}}")
	if len(b.rates) > 0 {
		line("rates:")
	}
	for _, r := range b.rates {
		line("  - {currency: ", r.currency, ", from: ", r.from.Format("2006-01-02"), ", rate: ", r.rate, "}")
	}
	line("measures:")
	for _, m := range b.measures {
		line("  ", m.name, ":")
		for _, key := range m.keys() {
			line("    ", key)
		}
	}
	if len(b.judgements) > 0 {
		line("judgements:")
	}
	for _, j := range b.judgements {
		what := "range: [" + j.lo + ", " + j.hi + "]"
		if len(j.values) > 0 {
			what = "values: {" + strings.Join(j.values, ": x, ") + ": x}"
		}
		line("  ", j.name, ": {", what, optional("missing", j.missing), "}")
	}
	if len(b.requires) > 0 {
		line("requires:")
	}
	for _, r := range b.requires {
		line("  - {measure: ", r.measure, ", ", r.bound.keys(), ", reason: ", r.reason, ", title: x}")
	}
	if b.card != nil {
		b.card.write(line)
	}
	b.writeGrades(line)
	b.writeSigning(line)
	return t.String()
}

func optional(key, value string) string {
	if value == "" {
		return ""
	}
	return ", " + key + ": " + value
}

func (m *nMeasure) keys() []string {
	out := []string{m.fn + ": " + m.col}
	if m.col == "" {
		switch m.fn {
		case "ratio", "sum_of", "difference":
			out[0] = m.fn + ": [" + strings.Join(m.ops, ", ") + "]"
		default:
			out[0] = m.fn + ": " + strings.Join(m.ops, "")
		}
	}
	if m.fn == "count" {
		out[0] = "count: " + m.of[0]
	}
	if m.fn != "count" && len(m.of) > 0 || len(m.of) > 1 {
		out = append(out, "of: ["+strings.Join(m.of, ", ")+"]")
	}
	if m.where != nil {
		out = append(out, "where: "+strconv.Quote(m.where.text))
	}
	if m.window.text != "" {
		out = append(out, "window: "+m.window.text)
	}
	switch m.within {
	case "relation":
		out = append(out, "within: {relation: [owner, subsidiary]}")
	case "region":
		out = append(out, "within: region")
	}
	if m.byRank {
		out = append(out, "cut: rank")
	}
	if m.lowBest {
		out = append(out, "best: low")
	}
	if m.convert {
		out = append(out, "convert: true")
	}
	if m.missing != "" {
		out = append(out, "missing: "+m.missing)
	}
	return out
}

func conds(when []nCond) string {
	var out []string
	for _, c := range when {
		out = append(out, c.text())
	}
	return "when: {" + strings.Join(out, ", ") + "}"
}

func (c *nCard) write(line func(...string)) {
	line("scorecards:\n  card:")
	if c.cap != "" {
		line("    cap: ", c.cap)
	}
	line("    items:")
	for _, it := range c.items {
		source := "measure: " + it.measure
		if it.judged != "" {
			source = "judged: " + it.judged
		} else if it.field != "" {
			source = "field: " + it.field
		}
		var points []string
		for _, b := range it.bands {
			if b.short {
				points = append(points, "["+b.lo+", "+b.points+"]")
			} else {
				points = append(points, "{"+b.keys()+", points: "+b.points+"}")
			}
		}
		how := ""
		if len(points) > 0 {
			how = ", points: {bands: [" + strings.Join(points, ", ") + "]}"
		}
		points = nil
		for _, v := range it.values {
			points = append(points, v.value+": "+v.points)
		}
		if len(points) > 0 {
			how = ", points: {values: {" + strings.Join(points, ", ") + "}" + optional("otherwise", it.otherwise) + "}"
		}
		line("      - {name: ", it.name, ", ", source, how, optional("weight", it.weight), optional("cap", it.cap), optional("missing", it.missing), "}")
	}
	if len(c.bonus) > 0 {
		line("    bonus:")
	}
	for _, b := range c.bonus {
		line("      - {", conds(b.when), ", points: ", b.points, ", title: x}")
	}
	if len(c.vetoes) > 0 {
		line("    vetoes:")
	}
	for _, v := range c.vetoes {
		line("      - {", conds(v.when), optional("grade", v.grade), optional("points", v.points), optional("at_most", v.atMost), ", title: x}")
	}
}

// write writes a scheme, its first line with the mark of a list before it where there are several.
func (g *nGrades) write(line func(...string)) {
	line("scheme: ", g.scheme, "\n  labels:")
	for _, l := range g.labels {
		line("    - {code: ", l, ", title: ", l, "}")
	}
	if g.young > 0 {
		line("  new_customer: {provisional_for: P", strconv.Itoa(g.young), "M}")
	}
	if g.lapses > 0 {
		line("  expires: P", strconv.Itoa(g.lapses), "M")
	}
	g.writeRest(line)
	if g.from != "" {
		line("  from: ", g.from, "\n  bands:")
		for _, b := range g.bands {
			line("    - {code: ", b.code, ", ", b.keys(), "}")
		}
		return
	}
	line("  hit: ", g.hit, "\n  table:")
	for i, r := range g.table {
		if i == len(g.table)-1 {
			line("    - {code: ", r.code, ", otherwise: true}")
			continue
		}
		line("    - {code: ", r.code, ", ", conds(r.when), "}")
	}
}
