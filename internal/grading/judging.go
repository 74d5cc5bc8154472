package grading

import (
	"slices"
	"strings"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/errs"
	"kezhi/internal/rule"
)

// Bounds of what people judge.
const (
	maxJudgeNote  = 4000 // bytes of a note
	maxJudgeItems = 1000 // values in one request
)

// Judged is a value that somebody gave for an item of a rulebook. It is never edited: a later one takes its place.
type Judged struct {
	CustomerID int64
	ID         int64
	Rulebook   string
	Item       string
	Value      string // points as a decimal, or one of the answers; "" = taken back
	Note       string
	From       calendar.Date // the first day on which it counts
	JudgedBy   int64         // 0 = the system
	JudgedAt   time.Time
}

// JudgeInput is one value to be given. From None means today.
type JudgeInput struct {
	CustomerID int64
	Item       string
	Value      string
	Note       string
	From       calendar.Date

	by int64 // who judged, where that is not the acting person
}

// JudgeOutcome counts what a request did.
type JudgeOutcome struct {
	Set       int64 // values that are new
	Unchanged int64 // values that were so already
}

// judgeRules is what is known about the judgements of a rulebook in force: who judges what within which bounds.
type judgeRules struct {
	rulebook string
	version  string
	items    []rule.Judgement
	book     *rule.Book
}

func judgeRulesOf(book *rule.Book, p *rule.Program) judgeRules {
	return judgeRules{rulebook: book.ID(), version: book.Version(), items: p.Judgements(), book: book}
}

func (r *judgeRules) item(name string) *rule.Judgement {
	i := slices.IndexFunc(r.items, func(j rule.Judgement) bool { return j.Name == name })
	if i < 0 {
		return nil
	}
	return &r.items[i]
}

func (r *judgeRules) names() string {
	names := make([]string, len(r.items))
	for i := range r.items {
		names[i] = r.items[i].Name
	}
	return strings.Join(names, ", ")
}

// judge is somebody who wants to judge, with the roles held.
type judge struct {
	actor authz.Actor
	roles []string
}

// may decides whether a person may judge an item of a customer, as the rulebook says by whom. The system may. A post that
// this organisation does not have falls to whoever may judge all customers.
func (p *judge) may(book *rule.Book, by string, ownerID int64) bool {
	if p.actor.UserID == 0 || by == "" {
		return true
	}
	if by == "owner" {
		return ownerID == p.actor.UserID
	}
	role, known := authz.RoleOf(by, book.NamesOf(by))
	if !known {
		return p.actor.Grants[authz.GradingJudge] == authz.ReachAll
	}
	return authz.Fills(p.roles, by, role)
}

// check reports every wrong field of one value; path is where it stands in the request.
func (r *judgeRules) check(v *errs.Validation, path string, in *JudgeInput, today calendar.Date) *rule.Judgement {
	item := r.item(in.Item)
	v.Check(item != nil, path+".item", "grading.judged_unknown", "item", in.Item, "rulebook", r.rulebook, "items", r.names())
	v.Check(len(in.Note) <= maxJudgeNote, path+".note", "field.too_long", "max", maxJudgeNote)
	v.Check(in.From <= today, path+".from", "grading.judged_future", "date", in.From.String(), "today", today.String())
	if item == nil || in.Value == "" || item.Fits(in.Value) {
		return item
	}
	if item.Ranged() {
		v.Check(false, path+".value", "grading.judged_range", "item", item.Name, "value", in.Value, "low", item.Low, "high", item.High)
		return item
	}
	codes := make([]string, len(item.Values))
	for i := range item.Values {
		codes[i] = item.Values[i].Code
	}
	v.Check(false, path+".value", "grading.judged_value", "item", item.Name, "value", in.Value, "values", strings.Join(codes, ", "))
	return item
}
