package rule

import (
	"encoding/json"
	"strconv"

	"kezhi/internal/calendar"
)

// Scratch is what judging and packing one customer after the other needs; the zero value is ready. Not safe for concurrent use.
type Scratch struct {
	s Subject
	o outcome
	w packing
}

// Pack gives the verdict and appends its explanation in the packed form to dst: Frame().Unpack of it is the JSON of what
// Explain gives, byte for byte. Nothing is kept in the scratch from one customer to the next.
func (k *Packer) Pack(scratch *Scratch, dst []byte, s Subject, rank int, m Measures, pop *Population) (Verdict, []byte) {
	scratch.s, scratch.o = s, outcome{}
	o, w := &scratch.o, &scratch.w
	k.p.decide(&scratch.s, rank, m, pop, o)
	v := k.p.verdict(&scratch.s, m.asOf, o)
	*w = packing{Packer: k, x: explainer{p: k.p, s: &scratch.s, o: o, pop: pop, asOf: m.asOf}}
	w.b = append(dst, k.days...)
	w.slots()
	w.use(k.head)
	switch {
	case v.Code != "":
		w.grade()
	default:
		w.reason(v.Reason)
	}
	if v.Provisional != "" {
		w.use(k.provisional)
	}
	if k.p.card != nil && o.hasScore {
		w.use(k.score)
	}
	w.use(k.inputs)
	w.earlierSchemes()
	w.items()
	w.applied()
	w.use(k.settings)
	if v.Code != "" {
		w.next()
		w.keep()
	}
	if v.ExpiresOn != calendar.None {
		w.use(k.expires)
		w.text(v.ExpiresOn.String())
	}
	w.use(k.ends)
	out := w.b
	w.b = nil
	return v, out
}

// packing is a pack being written.
type packing struct {
	*Packer
	slotWriter
	x explainer
}

// use asks for a piece; -1 asks for none.
func (w *packing) use(piece int) {
	if piece >= 0 {
		w.b = appendNumber(w.b, piece)
	}
}

// text gives a piece the text it asks for.
func (w *packing) text(s string) {
	w.b = append(appendNumber(w.b, len(s)), s...)
}

// points gives a piece a number of points.
func (w *packing) points(millionths int64) {
	start := len(w.b)
	w.b = appendPoints(append(w.b, firstDigit), millionths)
	w.b = setLength(w.b, start)
}

// whole writes a member that is worded for this customer alone.
func (w *packing) whole(name string, v any) {
	w.use(w.raw)
	w.text(`,"` + name + `":` + jsonOf(v))
}

// slots fills the slots as layout gives them out.
func (w *packing) slots() {
	for i := range w.p.measures {
		w.measure(i)
	}
	for i := range w.p.judgements {
		w.slotWriter.text(plainText(w.x.s.Judged[w.p.judgements[i].name]))
	}
	for _, name := range w.p.Segments() {
		w.slotWriter.text(w.x.s.segmentAnswer(name))
	}
	for _, field := range w.fields {
		w.slotWriter.text(plainText(w.x.s.text(field)))
	}
	if w.p.card != nil && w.x.o.hasScore {
		w.begin()
		w.b = appendPoints(w.b, w.x.o.score)
		w.end()
	} else {
		w.skip()
	}
	for w.n%slotGroup != 0 {
		w.skip()
	}
}

// measure fills the slots of a measure.
func (w *packing) measure(i int) {
	m, v := &w.p.measures[i], &w.x.o.vals[i]
	rounded := false
	if v.state == stateOK {
		w.begin()
		w.b, rounded = m.appendDisplay(w.b, v.rat(), v.currency)
		w.end()
	} else {
		w.skip()
	}
	if unit := m.displayUnit(v); unit != m.unit {
		w.slotWriter.text(plainText(unit))
	} else {
		w.skip()
	}
	w.begin()
	w.b = strconv.AppendInt(w.b, max(v.facts, 0), 10)
	w.end()
	w.slotWriter.text(v.state.reason())
	if rounded {
		w.slotWriter.text("1")
	} else {
		w.skip()
	}
	if w.grouped[i] {
		w.group(m, v)
	}
}

// group fills the second group of slots.
func (w *packing) group(m *measure, v *Value) {
	if v.converted != 0 {
		w.slotWriter.text(strconv.Itoa(int(v.converted)))
	} else {
		w.skip()
	}
	if g := w.x.group(m); g != nil {
		w.slotWriter.text(plainText(g.Name))
		w.slotWriter.text(strconv.FormatInt(g.Customers, 10))
	} else {
		w.skip()
		w.skip()
	}
	rates, more := w.p.ratesUsed(v)
	w.slotWriter.text(ratesText(rates))
	if more > 0 {
		w.slotWriter.text(strconv.Itoa(more))
	} else {
		w.skip()
	}
}

func (w *packing) grade() {
	o := w.x.o
	if o.asleep || o.awaits || o.veto >= 0 || o.held || o.bites != 0 || o.band < 0 || w.labelOf(o.band) != o.label {
		w.whole("grade", w.x.grade())
		return
	}
	w.use(w.grades[o.band])
}

// labelOf gives the grade of a band or a row.
func (k *Packer) labelOf(band int) int {
	if k.p.grading.src.kind == 0 {
		return k.p.grading.rows[band].label
	}
	return k.p.grading.bins[band].label
}

func (w *packing) reason(code string) {
	if n, ok := w.reasons[code]; ok && w.x.o.require < 0 {
		w.use(n)
		return
	}
	w.whole("reason", ExplainedReason{Code: code, Title: w.p.ReasonText(code), Clause: w.x.reasonClause()})
}

func (w *packing) earlierSchemes() {
	if w.x.o.require >= 0 || len(w.p.earlier) == 0 {
		return
	}
	w.use(w.openEarlier)
	first := 0
	for i, before := range w.p.earlier {
		if i > 0 {
			w.use(w.comma)
		}
		if w.x.o.replaced&(1<<before.index) != 0 { // rare, so not worth a piece of its own
			w.use(w.raw)
			w.text(jsonOf(w.x.scheme(before)))
		} else {
			w.use(w.earlier[first+1+int(w.x.o.earlier[before.index])])
		}
		first += 1 + len(before.scheme.Labels)
	}
	w.use(w.closeList)
}

func (w *packing) items() {
	if w.p.card == nil || !w.x.o.hasScore || len(w.p.card.items) == 0 {
		return
	}
	w.use(w.openItems)
	for i := range w.p.card.items {
		if i > 0 {
			w.use(w.comma)
		}
		res, to := &w.x.o.items[i], &w.Packer.items[i]
		switch {
		case res.band >= 0:
			w.use(to.bands[res.band])
		case res.treat != treatNone:
			w.use(to.absent)
		default:
			w.use(to.judged)
			w.points(res.points)
		}
	}
	w.use(w.closeList)
}

// applied writes what was applied on top of the lines.
func (w *packing) applied() {
	o := w.x.o
	w.those(o.bonuses, w.openBonuses, w.bonuses)
	w.those(o.vetoes, w.openVetoes, w.vetoes)
	if o.held {
		w.whole("held", w.x.held())
	}
	if o.limits != 0 {
		w.whole("limits", w.x.limits())
	}
	if o.asleep {
		w.use(w.asleep)
	} else if o.dormant {
		w.use(w.dormant)
	}
	if o.awaits {
		w.whole("proposed", w.x.awaited())
	}
}

// those writes a list of the pieces whose bits are set.
func (w *packing) those(bits uint64, open int, pieces []int) {
	if bits == 0 {
		return
	}
	w.use(open)
	more := false
	for i, n := range pieces {
		if bits&(1<<i) == 0 {
			continue
		}
		if more {
			w.use(w.comma)
		}
		more = true
		w.use(n)
	}
	w.use(w.closeList)
}

// next says what is missing for the next better grade.
func (w *packing) next() {
	if w.p.grading.src.kind != fromScore {
		if n := w.x.next(); n != nil {
			w.whole("next", n)
		}
		return
	}
	target := w.x.nextTarget()
	if target < 0 {
		return
	}
	missing, short := w.x.missingPoints(target)
	if short {
		w.use(w.openNext[target].short)
		w.points(missing)
		more := w.ways(missing, true, false)
		for _, way := range w.x.bonusWays(missing) {
			if more {
				w.use(w.comma)
			}
			more = true
			w.use(w.raw)
			w.text(jsonOf(way))
		}
	} else {
		w.use(w.openNext[target].plain)
	}
	if barred := w.x.barred(w.p.grading.bins[target].label); len(barred) > 0 {
		w.use(w.openBarred)
		w.text(jsonOf(barred))
		return
	}
	w.use(w.closeObject)
}

// keep says how much may be lost before the grade is.
func (w *packing) keep() {
	if w.p.grading.src.kind != fromScore {
		if n := w.x.keeping(); n != nil {
			w.whole("keep", n)
		}
		return
	}
	below, margin, open := w.x.margin()
	if below < 0 {
		return
	}
	points := microFloor(margin)
	w.use(w.openKeep[below])
	w.points(points)
	w.ways(points, false, open)
	w.use(w.closeObject)
}

// ways writes the lines' ways; of the ways down only those that lose the grade by themselves.
func (w *packing) ways(enough int64, up, exactly bool) (more bool) {
	spare := w.x.spare()
	for i := range w.p.card.items {
		it, res := &w.p.card.items[i], &w.x.o.items[i]
		way, change := w.wayOf(it, &w.Packer.items[i], res, up)
		if way == nil {
			continue
		}
		loss := -change - spare
		alone := up && change >= enough || !up && (loss > enough || exactly && loss == enough)
		if !up && !alone {
			continue
		}
		if more {
			w.use(w.comma)
		}
		more = true
		if alone {
			w.use(way.alone)
		} else {
			w.use(way.plain)
		}
		w.amounts(it, res, way, change)
	}
	return more
}

// wayOf finds the way of a line and the change of its points; nil without one.
func (w *packing) wayOf(it *item, to *itemPieces, res *itemOutcome, up bool) (way *wayPieces, change int64) {
	switch {
	case it.src.kind == fromJudgement && w.p.judgements[it.src.index].ranged:
		if way = &to.fall; up {
			way = &to.rise
		}
		if change = way.points - res.points; up && change <= 0 || !up && change >= 0 {
			return nil, 0
		}
		return way, change
	case res.band >= 0 && up:
		way = &to.up[res.band]
	case res.band >= 0:
		way = &to.down[res.band]
	case up:
		way = &to.fill
	case it.src.kind == fromMeasure:
		return nil, 0
	default:
		way = &to.rise
	}
	if way.target < 0 {
		return nil, 0
	}
	return way, way.points
}

// amounts gives a way the texts it asks for.
func (w *packing) amounts(it *item, res *itemOutcome, way *wayPieces, change int64) {
	switch {
	case it.src.kind == fromMeasure && res.band >= 0:
		m, v := &w.p.measures[it.src.index], &w.x.o.vals[it.src.index]
		e := marginOf(v.rat(), &it.bins[res.band].iv)
		if to := &it.bins[way.target]; !to.otherwise {
			e = shortfall(v.rat(), &to.iv)
		}
		start := len(w.b)
		w.b = append(w.b, firstDigit)
		w.b, _ = m.appendWritten(w.b, e, v.currency, true)
		w.b = setLength(w.b, start)
	case it.src.kind == fromJudgement && w.p.judgements[it.src.index].ranged:
		w.points(max(change, -change))
		w.text(signed(change))
	}
}

// plainText gives a text as it stands between the quotes of JSON.
func plainText(s string) string {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			b, err := json.Marshal(s)
			if err != nil {
				return ""
			}
			return string(b[1 : len(b)-1])
		}
	}
	return s
}

// slotWriter writes slots in groups of five.
type slotWriter struct {
	b    []byte
	n    int // slots written
	mask int // place of the digit that says which slots of the group are not empty
	from int // place of the length of the slot being written
}

func (w *slotWriter) begin() {
	if w.n%slotGroup == 0 {
		w.mask = len(w.b)
		w.b = append(w.b, firstDigit)
	}
	w.from = len(w.b)
	w.b = append(w.b, firstDigit)
}

// end closes a slot; one that stayed empty takes no room.
func (w *slotWriter) end() {
	if len(w.b) == w.from+1 {
		w.b = w.b[:w.from]
	} else {
		w.b[w.mask] += 1 << (w.n % slotGroup)
		w.b = setLength(w.b, w.from)
	}
	w.n++
}

func (w *slotWriter) skip() {
	if w.n%slotGroup == 0 {
		w.b = append(w.b, firstDigit)
		w.mask = len(w.b) - 1
	}
	w.n++
}

func (w *slotWriter) text(s string) {
	w.begin()
	w.b = append(w.b, s...)
	w.end()
}

// setLength writes the length of a text that begins one byte after a place kept for it.
func setLength(b []byte, at int) []byte {
	n := len(b) - at - 1
	if n < digitMore {
		b[at] = byte(firstDigit + n)
		return b
	}
	text := string(b[at+1:])
	return append(appendNumber(b[:at], n), text...)
}
