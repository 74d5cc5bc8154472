package rule

import (
	"regexp"
	"strings"

	"kezhi/internal/calendar"
)

// maxWithin bounds how long after a fact something may be owed, in days.
const maxWithin = 3660

// defaultBefore is how long before a day of the year its duty may be done when the rulebook does not say: a week is longer than every
// row of days off but the two long holidays, and for those the check wants it written.
var defaultBefore = calendar.Period{Days: 7}

var (
	workingDays  = regexp.MustCompile(`^(\d{1,3}) ?(?:working days?|个?工作日)$`)
	calendarDays = regexp.MustCompile(`^(\d{1,4}) ?(?:days?|calendar days?|天|日)$`)
	occasionText = regexp.MustCompile(`^([a-z]+)(?:\(([A-Za-z_][A-Za-z0-9_]*)\))?$`)
)

// dutyTime reads how a duty comes up: every, of with within or before, or on.
func (k *compiler) dutyTime(s *dutySpec, d *DutyRule) {
	ways := 0
	for _, written := range []bool{s.Every.set(), s.Of.set(), len(s.On) > 0} {
		if written {
			ways++
		}
	}
	switch {
	case ways == 0 && s.Within.set():
		k.report("duty.within_no_fact", s.Within.pos, d.Clause, d.Key)
	case ways == 0 && s.Before.set():
		k.report("duty.before_no_day", s.Before.pos, d.Clause, d.Key)
	case ways == 0:
		k.report("duty.no_interval", s.pos, d.Clause, d.Key)
	case ways > 1:
		k.report("duty.two_times", s.pos, d.Clause, d.Key)
	case s.Every.set():
		k.dutyEvery(s, d)
	case s.Of.set():
		k.dutyFact(s, d)
	default:
		k.dutyDays(s, d)
	}
	if s.Where.set() && !s.Of.set() {
		k.report("duty.where_no_fact", s.Where.pos, d.Clause, d.Key)
	}
	k.dutyEach(s, d)
}

func (k *compiler) dutyEvery(s *dutySpec, d *DutyRule) {
	if s.Within.set() {
		k.report("duty.within_no_fact", s.Within.pos, d.Clause, d.Key)
	}
	if s.Before.set() {
		k.report("duty.before_no_day", s.Before.pos, d.Clause, d.Key)
	}
	if p, ok := k.period(s.Every); ok {
		d.Every, d.EveryText = p, p.String()
	}
}

// dutyFact reads what a fact brings: within a time of it, or before a date it names.
func (k *compiler) dutyFact(s *dutySpec, d *DutyRule) {
	kind, field, dated := strings.Cut(s.Of.S, ".")
	if !nameShape.MatchString(kind) || dated && !nameShape.MatchString(field) {
		k.report("duty.of_shape", s.Of.pos, d.Clause, d.Key, s.Of.S)
		return
	}
	d.Of, d.OfDate = kind, field
	k.kindsUsed = append(k.kindsUsed, word{pos: s.Of.pos, S: kind})
	if s.Where.set() {
		folds := k.p.needs
		k.p.needs = Needs{}
		d.Where, d.pred = s.Where.S, k.predicate(s.Where, k.factVars([]string{kind}))
		k.p.needs = folds
	}
	if s.Before.set() {
		if !dated {
			k.report("duty.before_no_day", s.Before.pos, d.Clause, d.Key)
		} else if p, ok := k.period(s.Before); ok {
			d.Before, d.BeforeText = p, p.String()
		}
	}
	if s.Within.set() {
		k.dutyWithin(s, d)
	} else if !dated {
		k.report("duty.fact_no_time", s.Of.pos, d.Clause, d.Key, kind)
	}
}

// dutyWithin reads "5 working days", "P7D", or "P5D" with days: working.
func (k *compiler) dutyWithin(s *dutySpec, d *DutyRule) {
	text := k.resolve(s.Within)
	kind := ""
	if s.Days.set() {
		if kind = k.resolve(s.Days); kind != "working" && kind != "calendar" {
			k.unknownName("value.one_of", s.Days.pos, kind, []string{"working", "calendar"})
		}
	}
	if m := workingDays.FindStringSubmatch(text); m != nil {
		text, kind = "P"+m[1]+"D", "working"
	} else if m := calendarDays.FindStringSubmatch(text); m != nil {
		text = "P" + m[1] + "D"
	}
	p, err := calendar.ParsePeriod(text)
	if err != nil || p.ApproxDays() > maxWithin || kind == "working" && p.Months > 0 {
		k.report("duty.within", s.Within.pos, d.Clause, d.Key, k.resolve(s.Within))
		return
	}
	d.WithinText = p.String()
	if kind == "working" {
		d.Within, d.Working = Span{Working: p.Days}, true
	} else {
		d.Within = Span{Period: p}
	}
}

// dutyDays reads the days of the year or of the customer.
func (k *compiler) dutyDays(s *dutySpec, d *DutyRule) {
	if s.Within.set() {
		k.report("duty.within_no_fact", s.Within.pos, d.Clause, d.Key)
	}
	seen := map[string]bool{}
	for _, w := range s.On {
		o, ok := k.occasion(w, d)
		if !ok {
			continue
		}
		if seen[o.String()] {
			k.report("duty.occasion_twice", w.pos, d.Clause, d.Key, o.String())
			continue
		}
		seen[o.String()] = true
		d.On, d.OnText = append(d.On, o), append(d.OnText, o.String())
		if o.Kind == OnFestival && !s.Before.set() {
			k.report("duty.festival_before", w.pos, d.Clause, d.Key, o.Name)
		}
	}
	d.Before = defaultBefore
	if s.Before.set() {
		if p, ok := k.period(s.Before); ok {
			d.Before = p
		}
	} else {
		d.Assumed = true
	}
	d.BeforeText = d.Before.String()
}

// dateFields are the dates every customer has.
var dateFields = []string{"since", "created_on"}

func (k *compiler) occasion(w word, d *DutyRule) (Occasion, bool) {
	m := occasionText.FindStringSubmatch(k.resolve(w))
	if m == nil {
		k.report("duty.occasion", w.pos, d.Clause, d.Key, w.S)
		return Occasion{}, false
	}
	o := Occasion{Kind: m[1], Name: m[2]}
	switch {
	case (o.Kind == OnBirthday || o.Kind == OnSpecial) && o.Name == "":
	case o.Kind == OnFestival && o.Name != "":
		if _, ok := calendar.FestivalOf(o.Name); !ok {
			k.unknownName("duty.festival", w.pos, o.Name, festivalKeys())
			return o, false
		}
	case (o.Kind == OnAnniversary || o.Kind == OnDate) && o.Name != "":
		if !contains(dateFields, o.Name) {
			k.fieldsUsed = append(k.fieldsUsed, word{pos: w.pos, S: o.Name})
		}
	default:
		k.report("duty.occasion", w.pos, d.Clause, d.Key, w.S)
		return o, false
	}
	return o, true
}

func festivalKeys() []string {
	var keys []string
	for _, f := range calendar.Festivals() {
		keys = append(keys, f.Key)
	}
	return keys
}

// dutyEach reads whether one duty is for all customers of a grade together.
func (k *compiler) dutyEach(s *dutySpec, d *DutyRule) {
	if !s.Each.set() {
		return
	}
	if v := k.resolve(s.Each); v != "grade" {
		k.unknownName("value.one_of", s.Each.pos, v, []string{"grade"})
		return
	}
	d.EachGrade = true
	if s.By.S == "owner" {
		k.report("duty.each_by_owner", s.By.pos, d.Clause, d.Key)
	}
	if way := d.Way(); way == WayFact || way == WayFactDate {
		k.report("duty.each_time", s.Each.pos, d.Clause, d.Key)
	}
	for _, o := range d.On {
		if o.Kind != OnFestival {
			k.report("duty.each_time", s.Each.pos, d.Clause, d.Key)
			break
		}
	}
}

// appointed are the activities for which somebody goes to the customer.
var appointed = []string{"visit", "meeting"}

// dutyAppointment reads whether an appointment comes first.
func (k *compiler) dutyAppointment(s *dutySpec, d *DutyRule) {
	if !s.Appointment.yes() {
		return
	}
	if d.Appointment = true; !contains(appointed, d.Activity) || d.EachGrade {
		k.report("duty.appointment", s.Appointment.pos, d.Clause, d.Key, d.Activity)
	}
}

// dutyConsequences reads who is told when the duty is missed and who may excuse it.
func (k *compiler) dutyConsequences(s *dutySpec, d *DutyRule) {
	if e := s.Escalate; e != nil {
		k.role(e.To)
		if p, ok := k.period(e.After); ok {
			d.Escalate = &Escalation{After: p, AfterText: p.String(), To: strings.TrimSuffix(e.To.S, orAbove)}
		}
	}
	if s.Waive != nil {
		k.role(s.Waive.By, WaiveByProcedure)
		d.WaiveBy = strings.TrimSuffix(s.Waive.By.S, orAbove)
	}
}
