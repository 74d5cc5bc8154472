package org

import (
	"slices"
	"strings"
	"unicode/utf8"

	"kezhi/internal/calendar"
	"kezhi/internal/errs"
)

// The kinds of units.
const (
	HeadOffice = "head_office"
	Branch     = "branch"
	Department = "department"
	Team       = "team"
)

// Kinds are all kinds, from the widest to the narrowest.
var Kinds = []string{HeadOffice, Branch, Department, Team}

// Bounds of texts, in characters.
const (
	maxCode = 40
	maxName = 60
)

// Unit is a part of the organisation as it is on a day.
type Unit struct {
	ID, ParentID   int64 // ParentID 0 = top
	Code           string
	Kind           string
	NameZh, NameEn string
	ManagerID      int64 // 0 = nobody leads it
	ManagerName    string
	From           calendar.Date // its first day; None = before anything was written down
	Until          calendar.Date // its last day; None = until further notice
	MergedInto     int64         // the unit that goes on for it, 0 = none
	People         int           // active people in it today, those below not counted
	Version        int64
}

// Term is what a unit was during some days.
type Term struct {
	ParentID       int64
	Kind           string
	NameZh, NameEn string
	ManagerID      int64
	From, Until    calendar.Date // None = open
	ChangedBy      int64         // 0 = the program
	ChangedAt      int64         // microseconds
}

// Input creates a unit, or changes one. In a change, nil leaves a field as it is.
type Input struct {
	Code, Kind, NameZh, NameEn *string
	ParentID, ManagerID        *int64
	From                       *calendar.Date // the day from which it holds; nil = today
}

// tidy takes away spaces around texts; an English name that is not given is the Chinese one.
func (in Input) tidy(creating bool) Input {
	for _, p := range []**string{&in.Code, &in.Kind, &in.NameZh, &in.NameEn} {
		if *p != nil {
			t := strings.TrimSpace(**p)
			*p = &t
		}
	}
	if creating && in.Kind == nil {
		kind := Department
		in.Kind = &kind
	}
	if in.NameZh != nil && (in.NameEn == nil && creating || in.NameEn != nil && *in.NameEn == "") {
		in.NameEn = in.NameZh
	}
	return in
}

// Validate reports every wrong field; creating demands a code and a name.
func (in Input) Validate(creating bool) error {
	var v errs.Validation
	text := func(p *string, path string, most int) {
		if p == nil && !creating {
			return
		}
		v.Check(p != nil && *p != "", path, "field.required")
		v.Check(p == nil || utf8.RuneCountInString(*p) <= most, path, "field.too_long", "max", most)
	}
	text(in.Code, "code", maxCode)
	text(in.NameZh, "name_zh", maxName)
	text(in.NameEn, "name_en", maxName)
	v.Check(in.Kind == nil || slices.Contains(Kinds, *in.Kind), "kind", "field.choice")
	return v.Err()
}

// onto gives a term with the input's fields put onto it.
func (in Input) onto(t Term) Term {
	set(&t.Kind, in.Kind)
	set(&t.NameZh, in.NameZh)
	set(&t.NameEn, in.NameEn)
	set(&t.ParentID, in.ParentID)
	set(&t.ManagerID, in.ManagerID)
	return t
}

func set[T any](dst, v *T) {
	if v != nil {
		*dst = *v
	}
}

// same says whether two terms tell the same of a unit, whenever and by whom.
func (t Term) same(o Term) bool {
	return t.ParentID == o.ParentID && t.Kind == o.Kind && t.NameZh == o.NameZh && t.NameEn == o.NameEn && t.ManagerID == o.ManagerID
}

// covers says whether a day lies in the term.
func (t Term) covers(day calendar.Date) bool {
	return t.From <= day && (t.Until == calendar.None || day <= t.Until)
}

// during gives the term that covers a day.
func during(terms []Term, day calendar.Date) (Term, bool) {
	i := slices.IndexFunc(terms, func(t Term) bool { return t.covers(day) })
	if i < 0 {
		return Term{}, false
	}
	return terms[i], true
}

// follow gives the terms with a new one from a day on. The day must not lie before the last term; on its very first day the last term is
// replaced, and one that then tells the same as the one before is joined to it.
func follow(terms []Term, next Term, from calendar.Date) []Term {
	out := slices.Clone(terms)
	last := &out[len(out)-1]
	next.From, next.Until = from, last.Until
	if from == last.From {
		next.From = last.From
		*last = next
	} else {
		last.Until = from.AddDays(-1)
		out = append(out, next)
	}
	if n := len(out); n > 1 && out[n-1].same(out[n-2]) {
		out[n-2].Until = out[n-1].Until
		out = out[:n-1]
	}
	return out
}
