package rule

import (
	"strings"

	"kezhi/internal/calendar"
)

// duties compiles what is owed by grade.
func (k *compiler) duties() {
	k.p.byGrade = map[string][]DutyRule{}
	seen, lines := k.dutyKeys, k.capacities()
	for i := range k.b.spec.Duties {
		s := &k.b.spec.Duties[i]
		if scheme := k.schemeOf(s.Scheme); scheme != k.p.index {
			continue
		}
		d := DutyRule{
			Scheme: k.p.scheme.ID,
			When:   s.For.S, Grades: k.forGrades(s.For), Activity: s.Do.S, By: s.By.S, Evidence: s.Evidence.S,
			Clause: s.Clause.S, Assumed: s.Assumed.yes(), Title: titleOr(s.Title, s.Do.S), Key: s.Key.S,
		}
		if d.Key == "" {
			d.Key = strings.ToLower(strings.Join(d.Grades, "_")) + "_" + d.Activity + "_" + d.By
		}
		if seen[d.Key] {
			k.report("duty.duplicate", s.pos, d.Clause, d.Key)
		}
		seen[d.Key] = true
		k.role(s.By, "owner")
		k.dutyTime(s, &d)
		k.dutyAppointment(s, &d)
		k.dutyConsequences(s, &d)
		d.Assumed = d.Assumed || k.assumedSetting(s.Every) || k.assumedSetting(s.Within) || k.assumedSetting(s.Before)
		k.effort(s, &d)
		d.Capacity = k.capacityOf(&d, lines)
		k.p.duties = append(k.p.duties, d)
		for _, code := range d.Grades {
			k.p.byGrade[code] = append(k.p.byGrade[code], d)
		}
	}
}

// assumedSetting reports whether a value comes from a setting that is not in the text.
func (k *compiler) assumedSetting(w word) bool {
	m := settingRef.FindStringSubmatch(w.S)
	if m == nil {
		return false
	}
	s := k.b.spec.Settings.get(m[1])
	return s != nil && s.Assumed.yes() && k.values[m[1]] == s.Value.S
}

// role checks that a role is declared; special names need no declaration. A role may carry _or_above.
func (k *compiler) role(w word, special ...string) {
	if !w.set() || contains(special, w.S) {
		return
	}
	name := strings.TrimSuffix(w.S, orAbove)
	k.rolesUsed = append(k.rolesUsed, word{pos: w.pos, S: name})
	if k.b.spec.Roles.get(name) == nil {
		k.unknownName("role.undeclared", w.pos, name, append(k.b.spec.Roles.names(), special...))
	}
}

// Priority says whose matters come before all others.
type Priority struct {
	Of     string   // kind of matter: complaint, order ...
	Scheme string   // whose grades are meant
	Grades []string // codes
	Clause string
}

// Priorities gives whose matters come first by this rulebook, in the order of the text. They are shared and must not be changed.
func (p *Program) Priorities() []Priority { return p.family.priorities }

// conduct checks reviews, priorities and approvals: what later parts of the product carry out.
func (k *compiler) conduct(all *family) {
	for i := range k.p.judgements {
		k.role(k.b.spec.Judgements.List[i].Value.By)
	}
	for i := range k.b.spec.Scorecards.List {
		for j := range k.b.spec.Scorecards.List[i].Value.Items {
			k.role(k.b.spec.Scorecards.List[i].Value.Items[j].By)
		}
	}
	for i := range k.b.spec.Priorities {
		s := &k.b.spec.Priorities[i]
		k.of(all, s.Scheme, func() {
			grades := k.forGrades(s.For)
			if !s.First.set() || s.First.yes() {
				all.priorities = append(all.priorities, Priority{Of: s.Of.S, Scheme: k.p.scheme.ID, Grades: grades, Clause: s.Clause.S})
			}
		})
	}
	for i := range k.b.spec.Approvals {
		k.of(all, k.b.spec.Approvals[i].Scheme, func() { k.forGrades(k.b.spec.Approvals[i].For) })
		for _, by := range k.b.spec.Approvals[i].By {
			k.role(by)
		}
	}
	k.capacityUnused()
	if k.b.spec.Review != nil {
		k.review(all, k.b.spec.Review)
	}
}

// of compiles something that speaks of the grades of a scheme.
func (k *compiler) of(all *family, scheme word, compile func()) {
	i := k.schemeOf(scheme)
	if i < 0 || i >= len(all.list) {
		return
	}
	first := k.p
	k.p = all.list[i]
	compile()
	k.p = first
}

func (k *compiler) review(all *family, r *reviewSpec) {
	if r.Every.S != "year" {
		k.period(r.Every)
	}
	days := 0
	if r.Window != nil {
		days = k.reviewWindow(r.Window, r.Clause.S)
	}
	for i := range r.Steps {
		k.role(r.Steps[i].By, "owner")
		for _, by := range r.Steps[i].Chain {
			k.role(by, "owner")
		}
		if r.Steps[i].Grade.set() {
			k.of(all, r.Steps[i].Scheme, func() { k.label(r.Steps[i].Grade) })
		}
		k.signing(all, &r.Steps[i])
	}
	k.deadline(r, days)
	all.review = k.reviewView(r)
}

// reviewWindow checks the two days and gives how many days lie between them, both counted; 0 if unknown.
func (k *compiler) reviewWindow(w *windowDays, clause string) int {
	from, okFrom := k.dayOrDate(w.From, clause)
	to, okTo := k.dayOrDate(w.To, clause)
	if !okFrom || !okTo {
		return 0
	}
	if to < from {
		k.report("window.order", w.To.pos, clause, w.From.S, w.To.S)
		return 0
	}
	return int(to-from) + 1
}

func (k *compiler) dayOrDate(w word, clause string) (calendar.Date, bool) {
	s := k.resolve(w)
	if d, shaped, exists := parseMonthDay(s); shaped {
		if !exists {
			k.report("date.impossible", w.pos, clause, s, itoa(lastDay(2000, d.month)))
			return 0, false
		}
		date, err := calendar.Of(2000, d.month, d.day)
		return date, err == nil
	}
	return k.date(w)
}

// deadline compares the time given with the time the steps and signatures may take.
func (k *compiler) deadline(r *reviewSpec, windowDays int) {
	at, available := r.pos, windowDays
	if r.Deadline.set() {
		p, ok := k.period(r.Deadline)
		if !ok {
			return
		}
		at, available = r.Deadline.pos, p.ApproxDays()
	}
	need, known := 0, false
	for i := range r.Steps {
		if !r.Steps[i].Within.set() {
			continue
		}
		if p, ok := k.period(r.Steps[i].Within); ok {
			known = true
			need += p.ApproxDays() * max(len(r.Steps[i].Chain), 1)
		}
	}
	if known && available > 0 && need > available {
		k.report("deadline.too_short", at, r.Clause.S, itoa(available), itoa(need))
	}
}
