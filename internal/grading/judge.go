package grading

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/fact"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
)

// keepLimit is up to how many customers the measures of the first pass are kept for the second, so that their facts are
// read once only: at some 50 bytes a measure and a dozen measures about 64 MB. Above it the facts are read twice.
const keepLimit = 100_000

// judgement is a rulebook at work on a day: what all pages share. It is read-only while pages run.
type judgement struct {
	in      rulebook.InForce   // with the program of the first scheme, which measures for all
	schemes []rulebook.InForce // one per scheme, in order
	asOf    calendar.Date
	loc     *time.Location
	hidden  map[int64]struct{}
	pop     *rule.Population        // nil unless the rulebook compares customers
	ranks   []rankOf                // by id; nil without a population
	kept    map[int64]rule.Measures // of the first pass; nil when not kept
	pace    pace
	judged  []rule.Judgement
	groups  []membership   // one per sort of group the rulebook asks for
	packers []*rule.Packer // one per scheme, in order
	// segments are those the rulebook names, with the ids of their members in ascending order.
	segments []segmentMembers
	overlay  map[int64]map[string]string // of a preview: judged values that take the place of those given
	needed   bool                        // of a run: of the customers only what the rulebook looks at is read
	alone    bool                        // of a preview: what people decided in a scheme counts for the schemes that read it only
}

// reader gives what reads the customers; needed: only what the rulebook looks at.
func (j *judgement) reader(needed bool) memberReader {
	return memberReader{program: j.in.Program, hidden: j.hidden, needed: needed}
}

// rankOf is a customer's place in the order of the codes.
type rankOf struct {
	id   int64
	rank int32
}

// bench is what one goroutine needs to judge pages: the fold and the rows it fills again and again.
type bench struct {
	j       *judgement
	fold    *rule.Fold
	fact    rule.Fact
	attrs   []byte
	needs   fact.Needs
	from    calendar.Date
	kinds   []string
	fields  map[string]any
	reads   []memberField // those the rulebook looks at
	packs   []byte        // explanations of the page, one after the other
	said    []said        // of the page; both are handed over with it
	scratch rule.Scratch
}

func (j *judgement) bench() *bench {
	p := j.in.Program
	n := p.Needs()
	b := &bench{
		j: j, fold: p.NewFoldAt(j.asOf, clock.Micros(j.asOf.Midnight(j.loc))), from: p.From(j.asOf), kinds: p.Kinds(),
		needs:  fact.Needs{Document: n.Documents, Product: n.Products, Quantity: n.Quantity, At: n.At, Attrs: n.Attrs},
		fields: map[string]any{},
	}
	for _, f := range memberFields {
		if p.Reads(f.name) {
			b.reads = append(b.reads, f)
		}
	}
	if n.Attrs {
		b.fact.Attr = func(name string) string { return fact.Attr(b.attrs, name) }
	}
	return b
}

// subject makes what the rulebook may see of a customer, as far as it looks; it is valid until the next call.
func (b *bench) subject(m *member) rule.Subject {
	f := b.fields
	clear(f)
	for name, value := range m.custom {
		f[name] = value
	}
	if len(b.j.segments) > 0 {
		f["in_segment"] = b.j.segmentsOf(m.id)
	}
	for i := range b.reads {
		f[b.reads[i].name] = b.reads[i].of(b, m)
	}
	return rule.Subject{
		Fields: f, Judged: m.judged, Previous: m.previous, Decided: m.decidedCodes(), Groups: b.j.groupsOf(m.id), Signed: m.signed, Unsigned: !m.looked,
	}
}

// memberField is a field every customer has.
type memberField struct {
	name string
	of   func(b *bench, m *member) any
}

var memberFields = []memberField{
	{"code", func(_ *bench, m *member) any { return m.code }},
	{"name", func(_ *bench, m *member) any { return m.name }},
	{"party", func(_ *bench, m *member) any { return m.party }},
	{"kind", func(_ *bench, m *member) any { return m.kind }},
	{"status", func(_ *bench, m *member) any { return m.status }},
	{"region", func(_ *bench, m *member) any { return m.region }},
	{"industry", func(_ *bench, m *member) any { return m.industry }},
	{"tags", func(_ *bench, m *member) any { return m.tags }},
	{"owner", func(_ *bench, m *member) any {
		if m.owner == 0 {
			return ""
		}
		return strconv.FormatInt(m.owner, 10)
	}},
	{"created_on", func(b *bench, m *member) any { return calendar.FromTime(clock.FromMicros(m.created), b.j.loc) }},
	{"first_fact_on", func(_ *bench, m *member) any { return m.firstFact }},
}

// inScope says whether the rulebook is about a customer. An archived customer is in no scope.
func (b *bench) inScope(m *member) (bool, error) {
	if m.archived {
		return false, nil
	}
	if !b.j.in.Program.Scoped() {
		return true, nil
	}
	ok, err := b.j.in.Program.Applies(b.subject(m))
	if err != nil {
		return false, errs.Wrap(err, errs.Invalid, "grading.scope_failed", "rulebook", b.j.in.Book.ID(), "customer", m.code)
	}
	return ok, nil
}

// rank gives a customer's place in the order of the codes; one that came after the order was read has the last place.
func (j *judgement) rank(customerID int64) int {
	i, found := slices.BinarySearchFunc(j.ranks, customerID, func(r rankOf, id int64) int { return compare(r.id, id) })
	if !found {
		return len(j.ranks)
	}
	return int(j.ranks[i].rank)
}

// outcome is what became of one member of a page.
type outcome struct {
	member  member
	inScope bool
	said    []said // one per scheme, in order; empty for members out of scope
}

// said is what one scheme says about a customer.
type said struct {
	verdict     rule.Verdict
	frame       *rule.Frame // nil: the explanation is whole
	explanation []byte      // packed, or JSON where it is whole
	decided     bool        // people decided on it
}

// verdict gives what the first scheme says; zero out of scope.
func (o *outcome) verdict() rule.Verdict {
	if len(o.said) == 0 {
		return rule.Verdict{}
	}
	return o.said[0].verdict
}

// members reads a page with the verdicts before and, where the rulebook asks people, with what they judged.
func (b *bench) members(ctx context.Context, q db.Q, at span) ([]member, error) {
	page, err := b.j.reader(b.j.needed).members(ctx, q, at)
	if err != nil {
		return nil, err
	}
	if b.j.in.Program.NeedsPrevious() {
		before, err := previousIn(ctx, q, b.j.in.Book.ID(), b.j.asOf, at)
		if err != nil {
			return nil, err
		}
		for i := range page {
			page[i].previous = before[page[i].id]
		}
	}
	decided, err := decisionsIn(ctx, q, b.j.in.Book.ID(), b.j.asOf, at)
	if err != nil {
		return nil, err
	}
	for i := range page {
		page[i].decided = decided[page[i].id]
	}
	if len(b.j.judged) == 0 {
		return page, nil
	}
	held, err := judgedIn(ctx, q, b.j.in.Book.ID(), b.j.asOf, at)
	for i := range page {
		page[i].judged = overlaid(held[page[i].id], b.j.overlay[page[i].id])
	}
	return page, err
}

// overlaid gives judged values with others in their place; "" takes one away.
func overlaid(held, by map[string]string) map[string]string {
	if len(by) == 0 {
		return held
	}
	out := maps.Clone(held)
	if out == nil {
		out = map[string]string{}
	}
	for item, value := range by {
		if value == "" {
			delete(out, item)
		} else {
			out[item] = value
		}
	}
	return out
}

// page judges the customers of a page on one snapshot.
func (b *bench) page(ctx context.Context, q db.Q, at span) ([]outcome, error) {
	page, err := b.members(ctx, q, at)
	if err != nil {
		return nil, err
	}
	out := make([]outcome, len(page))
	fold := make([]bool, len(page))
	b.packs, b.said = make([]byte, 0, len(b.packs)), make([]said, 0, len(page)*len(b.j.schemes))
	var again []pending
	judge := func(i int, m rule.Measures) error {
		if out[i].said = b.judge(&page[i], m); b.asksSignatures(out[i].said) {
			again = append(again, pending{i, m.Clone()})
		}
		return nil
	}
	for i := range page {
		ok, err := b.inScope(&page[i])
		if err != nil {
			return nil, err
		}
		out[i] = outcome{member: page[i], inScope: ok}
		m, kept := b.j.kept[page[i].id]
		if fold[i] = ok && !kept; ok && kept {
			if err := judge(i, m); err != nil {
				return nil, err
			}
		}
	}
	if slices.Contains(fold, true) {
		err = b.measure(ctx, q, at, page, fold, judge)
	}
	if err == nil && len(again) > 0 {
		err = b.signed(ctx, q, page, out, again)
	}
	return out, err
}

// judge gives what every scheme says about a member; the facts were folded once for all of them.
func (b *bench) judge(m *member, measures rule.Measures) []said {
	first := len(b.said)
	subject, rank := b.subject(m), b.j.rank(m.id)
	for i, k := range b.j.packers {
		one, ok := b.decided(i, m, subject, rank, measures)
		if !ok {
			one, ok = b.brought(i, subject, rank, measures)
		}
		if ok {
			b.said = append(b.said, one)
			continue
		}
		from := len(b.packs)
		one.verdict, b.packs = k.Pack(&b.scratch, b.packs, subject, rank, measures, b.j.pop)
		one.frame, one.explanation = k.Frame(), b.packs[from:len(b.packs):len(b.packs)]
		b.said = append(b.said, one)
	}
	return b.said[first:len(b.said):len(b.said)]
}

// sample is what one page adds to the first pass.
type sample struct {
	pop  *rule.Population
	kept map[int64]rule.Measures
}

// sample folds a page for totals and ranks.
func (b *bench) sample(ctx context.Context, q db.Q, at span, keep bool) (sample, error) {
	page, err := b.j.reader(true).members(ctx, q, at)
	if err != nil {
		return sample{}, err
	}
	out := sample{pop: b.j.in.Program.NewPopulation(b.j.asOf), kept: map[int64]rule.Measures{}}
	wanted := make([]bool, len(page))
	for i := range page {
		if wanted[i], err = b.inScope(&page[i]); err != nil {
			return out, err
		}
	}
	err = b.measure(ctx, q, at, page, wanted, func(i int, m rule.Measures) error {
		out.pop.Add(b.subject(&page[i]), b.j.rank(page[i].id), m)
		if keep {
			out.kept[page[i].id] = m.Clone()
		}
		return nil
	})
	return out, err
}

// populate is the first pass: totals and ranks over everybody in scope.
func (j *judgement) populate(ctx context.Context, d *db.DB, progress func(n int64) error) error {
	var err error
	if j.ranks, err = ranks(ctx, d.Read()); err != nil {
		return err
	}
	keep := len(j.ranks) <= keepLimit
	j.pop = j.in.Program.NewPopulation(j.asOf)
	kept := map[int64]rule.Measures{}
	err = sweep(ctx, d.Read(), j.pace, spans, 0, j.bench, func(ctx context.Context, b *bench, at span) (sample, error) {
		var out sample
		err := d.InRead(ctx, func(q db.Q) error {
			var err error
			out, err = b.sample(ctx, q, at, keep)
			return err
		})
		return out, err
	}, func(_ context.Context, at span, one sample) error {
		j.pop.Merge(one.pop)
		maps.Copy(kept, one.kept)
		return progress(at.n)
	})
	j.pop.Close()
	if keep {
		j.kept = kept
	}
	return err
}

// begin prepares a judgement: which facts are visible, who belongs to the segments it names, and the population where the rulebook needs one.
func (s *Service) begin(ctx context.Context, in rulebook.InForce, asOf calendar.Date, progress func(n int64) error) (*judgement, error) {
	d := s.db
	hidden, err := fact.Hidden(ctx, d.Read())
	if err != nil {
		return nil, err
	}
	rates, _, err := s.ratesFor(ctx, d.Read(), in.Program)
	if err != nil {
		return nil, err
	}
	in.Program = in.Program.WithRates(rates)
	j := &judgement{in: in, schemes: in.All(), asOf: asOf, loc: s.loc, hidden: hidden, pace: s.pace, judged: in.Program.Judgements()}
	if j.groups, err = groupsFor(ctx, d.Read(), in.Program.GroupKinds()); err != nil {
		return nil, err
	}
	if j.segments, err = s.segmentsFor(ctx, in, asOf); err != nil {
		return nil, err
	}
	for i := range j.schemes {
		k, err := j.schemes[i].Program.NewPacker(asOf)
		if err != nil {
			return nil, err
		}
		j.packers = append(j.packers, k)
	}
	if !in.Program.NeedsPopulation() {
		return j, nil
	}
	return j, j.populate(ctx, d, progress)
}

// judgeAll is the second pass: every page judged on its snapshot, the results handed over in the order of ids.
func (j *judgement) judgeAll(ctx context.Context, d *db.DB, cut pages, after int64, sink func(ctx context.Context, at span, page []outcome) error) error {
	return sweep(ctx, d.Read(), j.pace, cut, after, j.bench, func(ctx context.Context, b *bench, at span) ([]outcome, error) {
		var out []outcome
		err := d.InRead(ctx, func(q db.Q) error {
			var err error
			out, err = b.page(ctx, q, at)
			return err
		})
		return out, err
	}, sink)
}

func compare(a, b int64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
