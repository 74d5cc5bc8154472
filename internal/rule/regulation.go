package rule

import (
	"strconv"

	"kezhi/internal/calendar"
)

// Issued says under which number and when the regulation was issued.
type Issued struct {
	Number string `json:"number"`
	// On is YYYY-MM-DD, empty when it is not written.
	On      string `json:"on"`
	Clause  string `json:"clause"`
	Assumed bool   `json:"assumed"`
}

// Distribution says who must confirm that they have read and understood, and by when.
type Distribution struct {
	To []string `json:"to"`
	// Within counts from the effective day; WithinText is its ISO form, empty when no time is given.
	Within     calendar.Period `json:"-"`
	WithinText string          `json:"within"`
	Clause     string          `json:"clause"`
	Assumed    bool            `json:"assumed"`
}

// Cite is a rule the regulation refers to.
type Cite struct {
	Title  Text   `json:"title"`
	Number string `json:"number"`
	// ValidFrom and ValidTo are the first and the last day of its validity, YYYY-MM-DD; empty when open.
	ValidFrom string `json:"valid_from"`
	ValidTo   string `json:"valid_to"`
	Clause    string `json:"clause"`
	Assumed   bool   `json:"assumed"`
}

// Kinds of indicators.
const (
	IndicatorCoverage  = "coverage"
	IndicatorKept      = "kept"
	IndicatorStability = "stability"
	IndicatorMovedUp   = "moved_up"
	IndicatorMovedDown = "moved_down"
	IndicatorMean      = "mean"
	IndicatorTotal     = "total"
	IndicatorCount     = "count"
)

var indicatorKinds = []string{
	IndicatorCoverage, IndicatorKept, IndicatorStability, IndicatorMovedUp, IndicatorMovedDown, IndicatorMean, IndicatorTotal, IndicatorCount,
}

// Indicator is a figure by which the regulation measures itself.
type Indicator struct {
	Key   string `json:"key"`
	Title Text   `json:"title"`
	// Of is one of the Indicator constants.
	Of      string `json:"of"`
	Measure string `json:"measure,omitempty"`
	Duty    string `json:"duty,omitempty"`
	Grade   string `json:"grade,omitempty"`
	Scheme  string `json:"scheme"`
	// Target is the value to reach as written, with % for shares; empty when there is none.
	Target string `json:"target"`
	// Unit is % for shares, count for customers, or the unit of the measure.
	Unit    string `json:"unit"`
	Clause  string `json:"clause"`
	Assumed bool   `json:"assumed"`
}

// Report is what is reported regularly, by whom, to whom and by which day.
type Report struct {
	Key   string `json:"key"`
	Title Text   `json:"title"`
	// Every is the period; EveryText is month, quarter, year or its ISO form.
	Every     calendar.Period `json:"-"`
	EveryText string          `json:"every"`
	// DueDay is the day of the month after the period, 0 when none is given.
	DueDay int      `json:"due_day"`
	By     string   `json:"by"`
	To     []string `json:"to"`
	// Content holds grades, movement, duties, complaints and keys of indicators.
	Content []string `json:"content"`
	// RepeatDays is within how many days a complaint counts as coming again, 0 when nothing is said.
	RepeatDays int    `json:"repeat_days"`
	Clause     string `json:"clause"`
	Assumed    bool   `json:"assumed"`
}

// ContentComplaints is the content of a report that holds the complaint statistics of a month; it is made by itself.
const ContentComplaints = "complaints"

// maxRepeatDays bounds within how many days a complaint may count as coming again.
const maxRepeatDays = 366

// reportParts are what a report may hold besides indicators.
var reportParts = []string{"grades", "movement", "duties", ContentComplaints}

// Issued gives number and day of issue; ok is false when the rulebook says nothing.
func (b *Book) Issued() (out Issued, ok bool) {
	s := b.spec.Issued
	if s == nil {
		return out, false
	}
	return Issued{s.Number.S, s.On.S, s.Clause.S, s.Assumed.yes()}, true
}

// AdoptedBy gives the role that may adopt the rulebook, empty when none is named.
func (b *Book) AdoptedBy() string {
	if b.spec.AdoptedBy == nil {
		return ""
	}
	return b.spec.AdoptedBy.By.S
}

// Distribution gives who must confirm the reading, with the default settings; ok is false when nobody is named.
func (b *Book) Distribution() (Distribution, bool) {
	k := newCompiler(b)
	k.settings(nil)
	return k.distribution()
}

// Cites lists the rules the regulation refers to.
func (b *Book) Cites() []Cite {
	out := make([]Cite, 0, len(b.spec.Cites))
	for i := range b.spec.Cites {
		s := &b.spec.Cites[i]
		out = append(out, Cite{s.Title.Text, s.Number.S, s.ValidFrom.S, s.ValidTo.S, s.Clause.S, s.Assumed.yes()})
	}
	return out
}

// Indicators lists the indicators with the default settings; Program.Indicators has the settings in force.
func (b *Book) Indicators() []Indicator {
	if p, _ := Compile(b, nil); p != nil {
		return p.Indicators()
	}
	return nil
}

// Reports lists the reports with the default settings; Program.Reports has the settings in force.
func (b *Book) Reports() []Report {
	if p, _ := Compile(b, nil); p != nil {
		return p.Reports()
	}
	return nil
}

// Indicators lists the indicators of the rulebook, of all its schemes.
func (p *Program) Indicators() []Indicator { return p.family.indicators }

// Reports lists the reports of the rulebook.
func (p *Program) Reports() []Report { return p.family.reports }

// regulation compiles what is said about the regulation as a document, and what is reported about it.
func (k *compiler) regulation(all *family) {
	if s := k.b.spec.Issued; s != nil && s.On.set() {
		k.date(s.On)
	}
	if s := k.b.spec.AdoptedBy; s != nil {
		k.role(s.By)
	}
	if s := k.b.spec.Distribution; s != nil {
		for _, to := range s.To {
			k.role(to)
		}
		k.distribution()
	}
	k.indicators(all)
	k.reports(all)
}

func (k *compiler) distribution() (out Distribution, ok bool) {
	s := k.b.spec.Distribution
	if s == nil {
		return out, false
	}
	out = Distribution{Clause: s.Clause.S, Assumed: s.Assumed.yes() || k.assumedSetting(s.Within), To: []string{}}
	for _, to := range s.To {
		out.To = append(out.To, to.S)
	}
	if s.Within.set() {
		if p, good := k.period(s.Within); good {
			out.Within, out.WithinText = p, p.String()
		}
	}
	return out, true
}

func (k *compiler) indicators(all *family) {
	seen := map[string]bool{}
	for i := range k.b.spec.Indicators {
		s := &k.b.spec.Indicators[i]
		if seen[s.Key.S] || contains(reportParts, s.Key.S) {
			k.report("indicator.duplicate", s.Key.pos, s.Clause.S, s.Key.S)
		}
		seen[s.Key.S] = true
		if s.Key.set() && !nameShape.MatchString(s.Key.S) {
			k.report("name.shape", s.Key.pos, s.Clause.S, s.Key.S)
		}
		scheme := k.schemeOf(s.Scheme)
		if scheme < 0 || scheme >= len(all.list) {
			continue
		}
		one := Indicator{
			Key: s.Key.S, Title: s.Title.Text, Of: s.Of.S, Measure: s.Measure.S, Duty: s.Duty.S, Grade: k.resolve(s.Grade),
			Scheme: all.list[scheme].scheme.ID, Clause: s.Clause.S, Assumed: s.Assumed.yes() || k.assumedSetting(s.Target), Unit: "%",
		}
		if !contains(indicatorKinds, one.Of) {
			k.unknownName("value.one_of", s.Of.pos, one.Of, indicatorKinds)
			continue
		}
		k.indicatorParts(&one, s, all, scheme)
		k.indicatorTarget(&one, s)
		all.indicators = append(all.indicators, one)
	}
}

// indicatorParts checks that what an indicator counts exists and that it says nothing that has no meaning for its kind.
func (k *compiler) indicatorParts(one *Indicator, s *indicatorSpec, all *family, scheme int) {
	if s.Grade.set() {
		k.of(all, s.Scheme, func() { k.label(s.Grade) })
	}
	var needs word
	var allows []string
	switch one.Of {
	case IndicatorMean, IndicatorTotal:
		needs, allows = s.Measure, []string{"measure", "grade"}
		one.Unit = ""
		if i, ok := k.p.measureIndex[s.Measure.S]; ok {
			k.measuresUsed[i] = true
			one.Unit = k.p.measures[i].unit
		} else if s.Measure.set() {
			k.unknownName("measure.unknown", s.Measure.pos, s.Measure.S, k.b.spec.Measures.names())
		}
	case IndicatorCount:
		needs, allows, one.Unit = s.Grade, []string{"grade"}, "count"
	case IndicatorKept:
		needs, allows = s.Of, []string{"duty", "grade"}
		k.dutyKey(s.Duty, all.list[scheme], len(all.list) > 1 && s.Scheme.set())
	default:
		needs, allows = s.Of, []string{"grade"}
	}
	if !needs.set() {
		k.report("indicator.needs", s.pos, s.Clause.S, one.Key, one.Of, allows[0])
	}
	for name, w := range map[string]word{"measure": s.Measure, "duty": s.Duty} {
		if w.set() && !contains(allows, name) {
			k.report("indicator.meaningless", w.pos, s.Clause.S, one.Key, one.Of, name)
		}
	}
}

// dutyKey checks that a duty exists; own restricts it to those of one scheme.
func (k *compiler) dutyKey(w word, p *Program, own bool) {
	if !w.set() {
		return
	}
	var keys []string
	for _, member := range p.family.list {
		if own && member != p {
			continue
		}
		for i := range member.duties {
			keys = append(keys, member.duties[i].Key)
		}
	}
	if !contains(keys, w.S) {
		k.unknownName("duty.unknown", w.pos, w.S, keys)
	}
}

// indicatorTarget checks that the target is a number the indicator can reach.
func (k *compiler) indicatorTarget(one *Indicator, s *indicatorSpec) {
	if !s.Target.set() {
		return
	}
	one.Target = k.resolve(s.Target)
	r, ok := parseRat(one.Target)
	switch {
	case !ok:
		k.report("band.not_number", s.Target.pos, s.Clause.S, one.Target)
	case one.Unit == "%" && one.Of != IndicatorMean && one.Of != IndicatorTotal && (r.num < 0 || r.cmp(rat{1, 1}) > 0):
		k.report("indicator.target", s.Target.pos, s.Clause.S, one.Key, one.Target)
	}
}

func (k *compiler) reports(all *family) {
	seen := map[string]bool{}
	for i := range k.b.spec.Reports {
		s := &k.b.spec.Reports[i]
		if seen[s.Key.S] {
			k.report("report.duplicate", s.Key.pos, s.Clause.S, s.Key.S)
		}
		seen[s.Key.S] = true
		if s.Key.set() && !nameShape.MatchString(s.Key.S) {
			k.report("name.shape", s.Key.pos, s.Clause.S, s.Key.S)
		}
		one := Report{
			Key: s.Key.S, Title: s.Title.Text, By: s.By.S, To: []string{}, Content: []string{}, Clause: s.Clause.S,
			Assumed: s.Assumed.yes() || k.assumedSetting(s.Every) || k.assumedSetting(s.DueDay) || k.assumedSetting(s.Repeat),
		}
		k.role(s.By)
		for _, to := range s.To {
			k.role(to)
			one.To = append(one.To, to.S)
		}
		k.reportWhen(&one, s)
		for _, w := range s.Content {
			if !contains(reportParts, w.S) && !k.b.hasIndicator(w.S) {
				k.unknownName("report.content", w.pos, w.S, append(k.b.indicatorKeys(), reportParts...))
			}
			one.Content = append(one.Content, w.S)
		}
		k.reportComplaints(&one, s)
		all.reports = append(all.reports, one)
	}
}

// reportComplaints reads what only complaint statistics need: they are monthly, and say what counts as coming again.
func (k *compiler) reportComplaints(one *Report, s *reportSpec) {
	asked := contains(one.Content, ContentComplaints)
	if asked && one.EveryText != "month" {
		k.report("report.complaints", s.Every.pos, s.Clause.S, one.Key)
	}
	if !s.Repeat.set() {
		return
	}
	if !asked {
		k.report("report.repeat_idle", s.Repeat.pos, s.Clause.S, one.Key)
		return
	}
	p, ok := k.period(s.Repeat)
	switch {
	case !ok:
	case p.Months != 0 || p.Days < 1 || p.Days > maxRepeatDays:
		k.report("report.repeat", s.Repeat.pos, s.Clause.S, k.resolve(s.Repeat), itoa(maxRepeatDays))
	default:
		one.RepeatDays = p.Days
	}
}

var reportPeriods = map[string]calendar.Period{"month": {Months: 1}, "quarter": {Months: 3}, "year": {Months: 12}}

// reportWhen reads the period and the day it is due.
func (k *compiler) reportWhen(one *Report, s *reportSpec) {
	one.EveryText = k.resolve(s.Every)
	if p, ok := reportPeriods[one.EveryText]; ok {
		one.Every = p
	} else if p, ok := k.period(s.Every); ok {
		one.Every, one.EveryText = p, p.String()
	}
	if !s.DueDay.set() {
		return
	}
	text := k.resolve(s.DueDay)
	n, err := strconv.Atoi(text)
	switch {
	case err != nil || n < 1 || n > 31:
		k.report("report.due_day", s.DueDay.pos, s.Clause.S, text)
	case n > 28:
		k.report("report.due_day_short", s.DueDay.pos, s.Clause.S, text)
		one.DueDay = n
	case one.Every.Days != 0:
		k.report("report.due_day_period", s.DueDay.pos, s.Clause.S, one.EveryText)
	default:
		one.DueDay = n
	}
}

func (b *Book) indicatorKeys() []string {
	var keys []string
	for i := range b.spec.Indicators {
		keys = append(keys, b.spec.Indicators[i].Key.S)
	}
	return keys
}

func (b *Book) hasIndicator(key string) bool { return contains(b.indicatorKeys(), key) }

// checkCites compares the validity of cited rules with the day on which the rulebook takes effect.
func (b *Book) checkCites(k *compiler, env Environment) {
	on, known := env.EffectiveOn, env.EffectiveOn != 0
	if s := b.spec.Issued; !known && s != nil {
		if d, err := calendar.Parse(s.On.S); err == nil {
			on, known = d, true
		}
	}
	for i := range b.spec.Cites {
		s := &b.spec.Cites[i]
		from, to := calendar.None, calendar.None
		if s.ValidFrom.set() {
			from, _ = k.date(s.ValidFrom)
		}
		if s.ValidTo.set() {
			to, _ = k.date(s.ValidTo)
		}
		switch {
		case from != calendar.None && to != calendar.None && to < from:
			k.report("window.order", s.ValidTo.pos, s.Clause.S, s.ValidFrom.S, s.ValidTo.S)
		case known && to != calendar.None && to < on:
			k.report("cites.expired", s.ValidTo.pos, s.Clause.S, s.Title.Zh, s.Title.En, to.String(), on.String())
		case known && from != calendar.None && from > on:
			k.report("cites.early", s.ValidFrom.pos, s.Clause.S, s.Title.Zh, s.Title.En, from.String(), on.String())
		}
	}
}

func (b *Book) regulationCitations(add func(word, string)) {
	s := b.spec
	if s.Issued != nil {
		add(s.Issued.Clause, "issued")
	}
	if s.AdoptedBy != nil {
		add(s.AdoptedBy.Clause, "adopted_by")
	}
	if s.Distribution != nil {
		add(s.Distribution.Clause, "distribution")
	}
	for i := range s.Cites {
		add(s.Cites[i].Clause, "cites."+itoa(i+1))
	}
	for i := range s.Indicators {
		add(s.Indicators[i].Clause, "indicators."+s.Indicators[i].Key.S)
	}
	for i := range s.Reports {
		add(s.Reports[i].Clause, "reports."+s.Reports[i].Key.S)
	}
}
