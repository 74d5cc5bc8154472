package rule

import (
	"encoding/json"
	"slices"
	"strings"

	"kezhi/internal/calendar"
)

// Packer explains verdicts of one program as of one day in the form of packs: what Explain words for every customer anew stands
// in the frame once. It is immutable and safe for concurrent use.
type Packer struct {
	p     *Program
	asOf  calendar.Date
	frame *Frame
	days  []byte // the slots of the days, the same in every pack
	// Numbers of pieces; -1 where there is none.
	raw, comma, ends                              int
	head, inputs, score, settings, expires        int
	openItems, closeList                          int
	grades                                        []int // by band or row
	reasons                                       map[string]int
	provisional                                   int
	items                                         []itemPieces
	openNext                                      []openPieces // by band
	openKeep                                      []int        // by label
	bonuses, vetoes, earlier                      []int
	openBonuses, openVetoes, openEarlier, dormant int
	asleep, closeObject, openBarred               int
	// grouped says by measure that it has a second group of slots; fields are those the lines read.
	grouped []bool
	fields  []string
}

// openPieces begin the way to a better grade, with what is missing or without.
type openPieces struct{ short, plain int }

// itemPieces are the pieces of one line.
type itemPieces struct {
	bands  []int // by band or value, the last one for all other values
	absent int   // the treatment of a missing value
	judged int   // points that people gave
	value  int   // slot
	up     []wayPieces
	down   []wayPieces
	fill   wayPieces // what a line without a value could earn
	rise   wayPieces // what people could give more, and less
	fall   wayPieces
}

// wayPieces is a way to another band, worded in the frame.
type wayPieces struct {
	target       int // band, -1: none
	points       int64
	plain, alone int // pieces; alone when the change is enough by itself
}

var noWay = wayPieces{target: -1}

// NewPacker words everything that does not depend on the customer.
func (p *Program) NewPacker(asOf calendar.Date) (*Packer, error) {
	f := &framing{k: &Packer{p: p, asOf: asOf, reasons: map[string]int{}}, p: p, index: map[string]int{}}
	f.layout()
	f.general()
	f.lists()
	if p.card != nil {
		f.card()
	}
	f.grades()
	var err error
	f.k.frame, err = makeFrame(f.slots, f.pieces)
	return f.k, err
}

// Frame is what the packs of this packer need to be read.
func (k *Packer) Frame() *Frame { return k.frame }

// framing makes a frame.
type framing struct {
	k      *Packer
	p      *Program
	pieces []string
	index  map[string]int
	slots  int
	// slots of what customers differ in
	asOfSlot, scoreSlot int
	windows             map[window][2]int // slots of the first and the last day, by window; growth has its own
	growths             map[window][2]int
	measures            []int // first slot
	judged, fields      []int
	segments            []int
}

// piece gives the number of a piece, adding it when it is new.
func (f *framing) piece(text string) int {
	if n, ok := f.index[text]; ok {
		return n
	}
	n := len(f.pieces)
	f.index[text] = n
	f.pieces = append(f.pieces, text)
	return n
}

// The slots of a measure: a first group for all, a second one for those that convert or compare.
const (
	slotValue = iota
	slotUnit
	slotFacts
	slotMissing
	slotRounded
	slotConverted
	slotGroupName
	slotGroupSize
	slotRates
	slotRatesMore
)

// layout gives everything its slot, in the order in which slots fills them.
func (f *framing) layout() {
	f.windows, f.growths = map[window][2]int{}, map[window][2]int{}
	f.slots = 1
	f.k.days = slotList(f.windowDays())
	f.align()
	for i := range f.p.measures {
		m := &f.p.measures[i]
		f.measures = append(f.measures, f.slots)
		f.slots += slotGroup
		grouped := m.within >= 0 || len(f.p.rates) > 0
		if f.k.grouped = append(f.k.grouped, grouped); grouped {
			f.slots += slotGroup
		}
	}
	for range f.p.judgements {
		f.judged = append(f.judged, f.slots)
		f.slots++
	}
	for range f.p.Segments() {
		f.segments = append(f.segments, f.slots)
		f.slots++
	}
	if f.p.card != nil {
		for i := range f.p.card.items {
			f.field(&f.p.card.items[i])
		}
	}
	f.scoreSlot = f.slots
	f.slots++
	f.align()
}

// field gives the field a line reads its slot.
func (f *framing) field(it *item) {
	if it.src.kind != fromField || contains(f.k.fields, it.src.field) {
		return
	}
	f.k.fields = append(f.k.fields, it.src.field)
	f.fields = append(f.fields, f.slots)
	f.slots++
}

func (f *framing) align() { f.slots += (slotGroup - f.slots%slotGroup) % slotGroup }

// windowDays gives the day of the verdict and the days of every window; the last day is empty where it is that of the verdict.
func (f *framing) windowDays() []string {
	days := []string{f.k.asOf.String()}
	for i := range f.p.measures {
		m := &f.p.measures[i]
		known := f.windows
		from, to := m.win.days(f.k.asOf)
		if m.fn == fnGrowth {
			known = f.growths
			from, _ = m.win.before(f.k.asOf)
		}
		if _, ok := known[m.win]; ok {
			continue
		}
		known[m.win] = [2]int{f.slots, f.slots + 1}
		f.slots += 2
		first, last := "", ""
		if from != calendar.None {
			first = from.String()
		}
		if to < f.k.asOf {
			last = to.String()
		}
		days = append(days, first, last)
	}
	return days
}

// slotList writes slots that are the same in every pack, filled up to a whole group.
func slotList(texts []string) []byte {
	var w slotWriter
	for _, t := range texts {
		w.text(t)
	}
	for w.n%slotGroup != 0 {
		w.skip()
	}
	return w.b
}

// object writes a JSON object by hand, so that its values may be marks.
type object struct {
	b    strings.Builder
	more bool
}

func mark(kind byte, numbers ...int) string {
	b := []byte{kind}
	for _, n := range numbers {
		b = appendNumber(b, n)
	}
	return string(b)
}

// member begins a member.
func (o *object) member(name string) *object {
	if o.more {
		o.b.WriteByte(',')
	} else {
		o.b.WriteByte('{')
	}
	o.more = true
	o.b.WriteString(`"` + name + `":`)
	return o
}

func (o *object) json(name string, v any) *object {
	o.member(name).b.WriteString(jsonOf(v))
	return o
}

// hole is a text that a mark gives.
func (o *object) hole(name, text string) *object {
	o.member(name).b.WriteString(`"` + text + `"`)
	return o
}

// some leaves an empty text out.
func (o *object) some(name, text string) *object {
	if text == "" {
		return o
	}
	return o.json(name, text)
}

func (o *object) flag(name string, on bool) *object {
	if !on {
		return o
	}
	return o.json(name, true)
}

// as is adds marks that stand for whole members, their commas included.
func (o *object) as(text string) *object {
	o.b.WriteString(text)
	return o
}

func (o *object) end() string { return o.b.String() + "}" }

// jsonOf encodes what cannot fail to be encoded: texts, flags and structures of them.
func jsonOf(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// general words what stands around the lists.
func (f *framing) general() {
	k, p := f.k, f.p
	k.raw = f.piece(mark(markNext))
	k.comma, k.ends, k.closeList, k.closeObject = f.piece(","), f.piece("}"), f.piece("]"), f.piece("]}")
	k.openItems, k.openBonuses = f.piece(`,"items":[`), f.piece(`,"bonuses":[`)
	k.openVetoes, k.openEarlier, k.openBarred = f.piece(`,"vetoes":[`), f.piece(`,"schemes":[`), f.piece(`],"barred":`+mark(markNext)+"}")
	head := (&object{}).json("rulebook", p.book.ID()).json("version", p.book.Version())
	if len(p.family.list) > 1 {
		head.some("scheme", p.scheme.ID)
	}
	k.head = f.piece(head.hole("as_of", mark(markSlot, f.asOfSlot)).b.String())
	k.expires = f.piece(`,"expires_on":"` + mark(markNext) + `"`)
	k.settings = -1
	if len(p.settingsUsed) > 0 {
		k.settings = f.piece(`,"settings":` + jsonOf(p.settingsUsed))
	}
	x := explainer{p: p}
	k.provisional = f.piece(`,"provisional":` + jsonOf(ExplainedReason{ProvisionalNewCustomer, x.provisional(), p.grading.youngAt}))
	k.inputs = f.piece(`,"inputs":[` + strings.Join(slices.Concat(f.measureInputs(), f.judgedInputs(), f.segmentInputs()), ",") + "]")
}

func (f *framing) measureInputs() []string {
	var out []string
	for i := range f.p.measures {
		m := &f.p.measures[i]
		at, days := f.measures[i], f.windows[m.win]
		if m.fn == fnGrowth {
			days = f.growths[m.win]
		}
		o := (&object{}).json("measure", m.name).json("title", m.title).hole("value", mark(markSlot, at+slotValue))
		o.as(mark(markIf, at+slotRounded, f.piece(`,"rounded":true`))).as(f.unit(m, at))
		o.as(mark(markIf, days[0], f.piece(`,"from":"`+mark(markSlot, days[0])+`"`)))
		o.hole("to", mark(markOr, days[1], f.piece(mark(markSlot, f.asOfSlot)))).member("facts").as(mark(markSlot, at+slotFacts))
		if f.k.grouped[i] {
			o.as(mark(markIf, at+slotConverted, f.piece(`,"converted":`+mark(markSlot, at+slotConverted))))
			o.as(mark(markIf, at+slotRates, f.piece(`,"rates":`+mark(markSlot, at+slotRates))))
			o.as(mark(markIf, at+slotRatesMore, f.piece(`,"rates_more":`+mark(markSlot, at+slotRatesMore))))
		}
		if m.within >= 0 {
			g := &f.p.groupings[m.within]
			in := (&object{}).json("by", g.field)
			if g.key != "" {
				in = (&object{}).json("by", g.key).flag("relations", true)
			}
			o.member("group").as(in.hole("name", mark(markSlot, at+slotGroupName)).member("customers").as(mark(markSlot, at+slotGroupSize)).end())
		}
		o.as(mark(markIf, at+slotMissing, f.piece(`,"missing":"`+mark(markSlot, at+slotMissing)+`"`)))
		out = append(out, o.flag("assumed", m.assumed).some("clause", m.clause).end())
	}
	return out
}

// unit is the unit of a measure: its own, or the currency of the value where that is another one.
func (f *framing) unit(m *measure, at int) string {
	own := ""
	if m.unit != "" {
		own = `,"unit":` + jsonOf(m.unit)
	}
	if !m.money {
		return own
	}
	other := f.piece(`,"unit":"` + mark(markSlot, at+slotUnit) + `"`)
	if own == "" {
		return mark(markIf, at+slotUnit, other)
	}
	return mark(markIf, at+slotUnit, other) + mark(markUnless, at+slotUnit, f.piece(own))
}

func (f *framing) judgedInputs() []string {
	var out []string
	for i := range f.p.judgements {
		j := &f.p.judgements[i]
		o := (&object{}).json("measure", j.name).json("title", j.title).hole("value", mark(markSlot, f.judged[i]))
		if j.ranged {
			o.json("unit", "point")
		}
		o.json("facts", 0).as(mark(markUnless, f.judged[i], f.piece(`,"missing":"`+ReasonJudgementMissing+`"`)))
		out = append(out, o.flag("assumed", j.assumed).some("clause", j.clause).flag("judged", true).end())
	}
	return out
}

// lists words reasons, bonuses, vetoes and the grades of earlier schemes.
func (f *framing) lists() {
	k, x := f.k, explainer{p: f.p}
	reason := func(code, clause string) int {
		return f.piece(`,"reason":` + jsonOf(ExplainedReason{code, f.p.ReasonText(code), clause}))
	}
	for code := range reasonTexts {
		k.reasons[code] = -1
	}
	for _, code := range sortedTexts(k.reasons) {
		k.reasons[code] = reason(code, f.p.grading.clause)
	}
	k.dormant, k.asleep = -1, -1
	if d := &f.p.grading.dormant; d.set {
		k.dormant = f.piece(`,"dormant":` + jsonOf(ExplainedDormant{d.title, false, d.clause}))
		k.asleep = f.piece(`,"dormant":` + jsonOf(ExplainedDormant{d.title, true, d.clause}))
	}
	for _, before := range f.p.earlier {
		e := ExplainedScheme{Scheme: before.scheme.ID, Title: before.scheme.Title, Clause: before.grading.clause}
		k.earlier = append(k.earlier, f.piece(jsonOf(e)))
		for _, l := range before.scheme.Labels {
			e.Code, e.Grade = l.Code, l.Title
			k.earlier = append(k.earlier, f.piece(jsonOf(e)))
		}
	}
	if f.p.card == nil {
		return
	}
	o := outcome{bonuses: ^uint64(0) >> (64 - len(f.p.card.bonuses)), vetoes: ^uint64(0) >> (64 - len(f.p.card.vetoes))}
	x.o = &o
	for _, b := range x.bonuses() {
		k.bonuses = append(k.bonuses, f.piece(jsonOf(b)))
	}
	for _, v := range x.vetoes() {
		k.vetoes = append(k.vetoes, f.piece(jsonOf(v)))
	}
}
