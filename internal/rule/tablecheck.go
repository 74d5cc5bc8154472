package rule

import (
	"math/big"
	"sort"
)

// maxTableCells bounds the check of a decision table.
const maxTableCells = 60_000

// dimension is one input of a decision table, cut into cells that no condition of the table tells apart.
type dimension struct {
	src   source
	title Text
	cells []cell
}

// cell is a representative value.
type cell struct {
	v     rat
	text  string
	words Text
}

// tableCheck tries a representative of every combination of inputs: each must be taken by exactly one row, or by at
// least one when the first row decides.
func (k *compiler) tableCheck(g *gradesSpec) {
	rows := k.p.grading.rows
	if k.p.grading.hit <= hitAny {
		k.touching(rows)
	}
	dims, ok := k.dimensions(rows)
	total := 1
	for i := range dims {
		if len(dims[i].cells) == 0 {
			return // its only condition could not be read, which is reported already
		}
		if total *= len(dims[i].cells); total > maxTableCells {
			ok = false
			break
		}
	}
	if !ok {
		if k.p.grading.hit == hitUnique {
			k.p.grading.hit = hitAny // what could not be proved is watched at run time
		}
		k.report("table.too_big", g.Table[0].pos, g.Clause.S)
		return
	}
	t := &tableTrial{k: k, g: g, rows: rows, dims: dims, reached: make([]bool, len(rows)), bites: k.limitsOver(dims)}
	pick := make([]int, len(dims))
	for range total {
		t.try(pick)
		advance(pick, dims)
	}
	t.bites.report(k)
	for i := range rows {
		if !t.reached[i] && t.gaps == 0 {
			k.report("table.row_never", rows[i].at, rows[i].clause, itoa(i+1))
		}
	}
}

// tableTrial is what trying a decision table has shown so far.
type tableTrial struct {
	k              *compiler
	g              *gradesSpec
	rows           []row
	dims           []dimension
	reached        []bool
	bites          *limitTrial
	gaps, overlaps int
}

// try tries one situation; of gaps and of overlaps the first three are reported.
func (t *tableTrial) try(pick []int) {
	hits := matching(t.rows, t.dims, pick)
	if len(hits) == 0 {
		if t.gaps++; t.gaps <= 3 {
			w := situation(t.dims, pick)
			t.k.report("table.gap", t.g.Table[len(t.g.Table)-1].pos, t.g.Clause.S, w.Zh, w.En)
		}
		return
	}
	hit := t.k.p.grading.hit
	winner, used := hit.winner(t.rows, hits)
	for _, h := range used {
		t.reached[h] = true
	}
	t.bites.try(t.rows[winner].label, t.dims, pick)
	other := clash(t.rows, hits)
	if other == 0 || !hit.clashes() {
		return
	}
	if t.overlaps++; t.overlaps <= 3 {
		w := situation(t.dims, pick)
		t.k.report(hit.finding(), t.rows[other].at, t.rows[other].clause, w.Zh, w.En, itoa(hits[0]+1), itoa(other+1))
	}
}

func advance(pick []int, dims []dimension) {
	for i := range pick {
		if pick[i]++; pick[i] < len(dims[i].cells) {
			return
		}
		pick[i] = 0
	}
}

// matching gives the rows that take a combination; `otherwise` only when no other row does.
func matching(rows []row, dims []dimension, pick []int) []int {
	var hits []int
	for i := range rows {
		if rows[i].otherwise {
			if len(hits) == 0 {
				hits = append(hits, i)
			}
			continue
		}
		all := true
		for j := range rows[i].conds {
			c := &rows[i].conds[j]
			for d := range dims {
				if dims[d].src == c.src {
					v := &dims[d].cells[pick[d]]
					all = all && c.holds(v.v, v.text)
				}
			}
		}
		if all {
			hits = append(hits, i)
		}
	}
	return hits
}

// clash gives the first row that holds and has another grade than the first one, 0 if all agree.
func clash(rows []row, hits []int) int {
	for _, h := range hits[1:] {
		if rows[h].label != rows[hits[0]].label {
			return h
		}
	}
	return 0
}

// clashes reports whether rows of different grades must not hold together.
func (h hitPolicy) clashes() bool { return h == hitUnique || h == hitAny }

func (h hitPolicy) finding() string {
	if h == hitAny {
		return "table.disagree"
	}
	return "table.overlap"
}

// winner gives the row that decides and those that count as used in the situation.
func (h hitPolicy) winner(rows []row, hits []int) (int, []int) {
	best := hits[0]
	for _, i := range hits[1:] {
		if h == hitBest && rows[i].label < rows[best].label || h == hitWorst && rows[i].label > rows[best].label {
			best = i
		}
	}
	if h == hitAny {
		return best, hits
	}
	return best, []int{best}
}

// situation words a combination.
func situation(dims []dimension, pick []int) Text {
	var out Text
	for i := range dims {
		w := dims[i].cells[pick[i]].words
		if i > 0 {
			out.Zh += "，"
			out.En += ", "
		}
		out.Zh += dims[i].title.Zh + " " + w.Zh
		out.En += dims[i].title.En + " " + w.En
	}
	return out
}

// holds answers a condition for a number or a text, whichever the source has.
func (c *cond) holds(v rat, text string) bool {
	if c.src.kind == fromMeasure || c.src.kind == fromScore {
		if c.ranged {
			return c.iv.contains(v)
		}
		for _, r := range c.rats {
			if v.cmp(r) == 0 {
				return true
			}
		}
		return false
	}
	return contains(c.texts, text)
}

// touching reports two rows of different grades whose intervals on the same input meet in exactly one value: the
// boundary belongs to both, whatever the order of the rows.
func (k *compiler) touching(rows []row) {
	for j := range rows {
		for i := range j {
			if rows[i].label == rows[j].label {
				continue
			}
			for a := range rows[i].conds {
				for b := range rows[j].conds {
					x, y := &rows[i].conds[a], &rows[j].conds[b]
					if x.src != y.src || !x.ranged || !y.ranged {
						continue
					}
					both := intersect(&x.iv, &y.iv)
					if both.hasLo && both.hasHi && !both.empty() && both.lo.cmp(both.hi) == 0 {
						k.overlap(&both, y.at, rows[j].clause, y.title.Zh, x.iv.words(), y.iv.words())
					}
				}
			}
		}
	}
}

// dimensions cuts every input of the table into cells.
func (k *compiler) dimensions(rows []row) ([]dimension, bool) {
	var dims []dimension
	for i := range rows {
		for j := range rows[i].conds {
			c := &rows[i].conds[j]
			known := false
			for d := range dims {
				known = known || dims[d].src == c.src
			}
			if !known {
				dims = append(dims, dimension{src: c.src, title: c.title})
			}
		}
	}
	for d := range dims {
		var ok bool
		switch dims[d].src.kind {
		case fromJudgement:
			dims[d].cells, ok = k.judgementCells(dims[d].src.index), true
		case fromField:
			dims[d].cells, ok = textCells(rows, dims[d].src), true
		case fromScheme:
			dims[d].cells, ok = k.schemeCells(dims[d].src.index), true
		case fromSegment:
			dims[d].cells, ok = segmentCells(), true
		default:
			dims[d].cells, ok = k.numberCells(rows, dims[d].src)
		}
		if !ok {
			return nil, false
		}
	}
	return dims, true
}

func (k *compiler) judgementCells(index int) []cell {
	j := &k.p.judgements[index]
	var out []cell
	for i, v := range j.values {
		out = append(out, cell{text: v, words: j.titles[i]})
	}
	if j.missing == undecided && !j.refuse {
		out = append(out, cell{text: undecided, words: Text{"未判定", "undecided"}})
	}
	return out
}

// schemeCells gives the grades of an earlier scheme that it can come to.
func (k *compiler) schemeCells(index int) []cell {
	var out []cell
	for _, l := range k.p.family.list[index].scheme.Labels {
		out = append(out, cell{text: l.Code, words: l.Title})
	}
	return out
}

func textCells(rows []row, src source) []cell {
	out := []cell{{text: "\x00", words: Text{"其他", "anything else"}}}
	seen := map[string]bool{}
	for i := range rows {
		for _, c := range rows[i].conds {
			for _, t := range c.texts {
				if c.src == src && !seen[t] {
					seen[t] = true
					out = append(out, cell{text: t, words: Text{t, t}})
				}
			}
		}
	}
	return out
}

// numberCells gives every bound and a number between each two of them.
func (k *compiler) numberCells(rows []row, src source) ([]cell, bool) {
	if src.kind == fromMeasure && k.p.measures[src.index].fn == fnQuintile {
		var out []cell
		for q := int64(1); q <= 5; q++ {
			out = append(out, cell{v: rat{q, 1}, words: Text{"= " + itoa(int(q)), "= " + itoa(int(q))}})
		}
		return out, true
	}
	cuts := cutsOf(rows, src)
	dom := domain{}
	if src.kind == fromMeasure {
		dom = measureDomain(&k.p.measures[src.index])
	}
	var out []cell
	for _, p := range samples(cuts, dom) {
		v := reduce(p, Value{})
		if v.state != stateOK {
			return nil, false
		}
		if dom.hasLo && v.rat().cmp(dom.lo) < 0 || dom.hasHi && v.rat().cmp(dom.hi) > 0 {
			continue
		}
		s := "= " + ratText(v.rat())
		out = append(out, cell{v: v.rat(), words: Text{s, s}})
	}
	return out, true
}

// samples gives every cut, a number between each two of them, and one on either side. Where the domain ends less than one
// beyond the outermost cut, as a share of customers does, the number lies half-way to its end.
func samples(cuts []*big.Rat, dom domain) []*big.Rat {
	if len(cuts) == 0 {
		return nil
	}
	one := big.NewRat(1, 1)
	lowest, highest := cuts[0], cuts[len(cuts)-1]
	below, above := new(big.Rat).Sub(lowest, one), new(big.Rat).Add(highest, one)
	if dom.hasLo && below.Cmp(dom.lo.big()) < 0 {
		below = middle(dom.lo.big(), lowest)
	}
	if dom.hasHi && above.Cmp(dom.hi.big()) > 0 {
		above = middle(highest, dom.hi.big())
	}
	points := []*big.Rat{below}
	for i, c := range cuts {
		if i > 0 {
			points = append(points, middle(cuts[i-1], c))
		}
		points = append(points, c)
	}
	return append(points, above)
}

func middle(a, b *big.Rat) *big.Rat {
	sum := new(big.Rat).Add(a, b)
	return sum.Quo(sum, big.NewRat(2, 1))
}

func cutsOf(rows []row, src source) []*big.Rat {
	var cuts []*big.Rat
	add := func(r rat) {
		b := r.big()
		for _, c := range cuts {
			if c.Cmp(b) == 0 {
				return
			}
		}
		cuts = append(cuts, b)
	}
	for i := range rows {
		for _, c := range rows[i].conds {
			if c.src != src {
				continue
			}
			if c.iv.hasLo {
				add(c.iv.lo)
			}
			if c.iv.hasHi {
				add(c.iv.hi)
			}
			for _, r := range c.rats {
				add(r)
			}
		}
	}
	sort.Slice(cuts, func(i, j int) bool { return cuts[i].Cmp(cuts[j]) < 0 })
	return cuts
}
