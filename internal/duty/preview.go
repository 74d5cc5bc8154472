package duty

import (
	"context"
	"slices"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/errs"
	"kezhi/internal/rule"
)

// Asked names what is looked at before it is planned: a rulebook, and a version of it ("" = what is in force, else the newest).
type Asked struct {
	Rulebook string `json:"rulebook"`
	Version  string `json:"version,omitempty"`
}

// GradePlan is what one customer of a grade is owed in a year, and what the grade is owed together.
type GradePlan struct {
	Version  string
	From, To calendar.Date
	Items    []GradeItem
}

// GradeItem is one duty of a grade over the year.
type GradeItem struct {
	Rule rule.DutyRule
	// Days are those of an example: every customer has its own days of a cadence, as far apart from each other.
	Days []calendar.Date
	// Own are the occasions whose day each customer has for itself: birthday, anniversary(since) ...
	Own []string
	// Impossible are the occurrences for which there is no day.
	Impossible []Unplaced
}

// Times is how often the duty comes up in the year; facts bring theirs besides.
func (i *GradeItem) Times() int {
	n := len(i.Days)
	for _, o := range i.Rule.On {
		if o.Kind != rule.OnDate && slices.Contains(i.Own, o.String()) {
			n++
		}
	}
	return n
}

// Minutes is how long that takes in the year.
func (i *GradeItem) Minutes() int64 { return int64(i.Times()) * i.Rule.Minutes }

// previewDays is the length of a plan that is looked at: a year with its last day.
const previewDays = 364

// PreviewGrade shows what a customer that came to a grade today would be owed in a year. Nothing is stored. Needs rulebook.read.
// Errors: rulebook.unknown, rulebook.unknown_version.
func (s *Service) PreviewGrade(ctx context.Context, a Asked, scheme, grade string) (GradePlan, error) {
	if _, err := authz.Require(ctx, authz.RulebookRead); err != nil {
		return GradePlan{}, err
	}
	book, err := s.asked(ctx, a)
	if err != nil {
		return GradePlan{}, err
	}
	today := s.Today()
	h := Horizon{Today: today, From: today, Until: today.AddDays(previewDays), InForce: book.Since}
	out := GradePlan{Version: book.Version, From: today, To: h.Until}
	out.Items = NewPlanner(h, s.work).gradePlan(a.Rulebook, grade, book.Rules(scheme, grade))
	return out, nil
}

// gradePlan plans an example customer whose birthday and dates nobody knows.
func (p *Planner) gradePlan(rulebook, grade string, rules []rule.DutyRule) []GradeItem {
	one := p.PlanFor(Subject{CustomerID: 1, Rulebook: rulebook, Grade: grade, Since: p.h.Today}, rules, Known{})
	all := p.PlanFor(Subject{Rulebook: rulebook, Grade: grade, Since: gradeAnchor}, rules, Known{})
	out := make([]GradeItem, len(rules))
	at := map[string]*GradeItem{}
	for i := range rules {
		out[i].Rule = rules[i]
		at[rules[i].Key] = &out[i]
	}
	for _, d := range append(one.Duties, all.Duties...) {
		x := at[d.Rule.Key]
		x.Days = append(x.Days, d.DueOn)
	}
	for _, u := range append(one.Unplaced, all.Unplaced...) {
		x := at[u.Rule]
		if u.Reason == NoDate {
			x.Own = append(x.Own, u.Occasion)
		} else {
			x.Impossible = append(x.Impossible, u)
		}
	}
	for i := range out {
		slices.Sort(out[i].Days)
		// Whoever has no special day is owed nothing, so the plan does not name it.
		if slices.ContainsFunc(rules[i].On, func(o rule.Occasion) bool { return o.Kind == rule.OnSpecial }) {
			out[i].Own = append(out[i].Own, rule.OnSpecial)
		}
	}
	return out
}

// asked gives the version that is looked at.
func (s *Service) asked(ctx context.Context, a Asked) (InForce, error) {
	if a.Version == "" {
		book, err := s.rules(ctx, s.db.Read(), a.Rulebook, s.Today())
		if err == nil || errs.KindOf(err) != errs.Conflict {
			return book, err
		}
	}
	return s.drafts(ctx, a.Rulebook, a.Version)
}
