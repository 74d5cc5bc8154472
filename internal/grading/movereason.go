package grading

import (
	"encoding/json"
	"slices"

	"kezhi/internal/rule"
)

// maxMoveReasons bounds what is said about one customer.
const maxMoveReasons = 8

// MoveReason is one difference between the two explanations of a customer who moves.
type MoveReason struct {
	What   string    `json:"what" enum:"score,item,input,band,bonus,veto,limit,hold,dormant,verdict"`
	Title  rule.Text `json:"title"`
	Before rule.Text `json:"before" doc:"By what is in force; empty when it says nothing about it"`
	After  rule.Text `json:"after" doc:"By the draft; empty when it says nothing about it"`
	Clause string    `json:"clause"`
}

// moveReasons compares the two explanations: the items whose points differ, the inputs whose values do, what was applied
// on top, and the line that decided. Without an explanation on one side (nothing in force, out of scope) there is none.
func moveReasons(before, after side) []MoveReason {
	out := reasons{}
	a, b := explained(before), explained(after)
	if a == nil || b == nil {
		return out.list()
	}
	out.verdicts(a, b)
	out.score(a, b)
	out.items(a.Items, b.Items)
	out.inputs(a.Inputs, b.Inputs)
	out.extras(a, b)
	return out.list()
}

func explained(s side) *rule.Explanation {
	if s.frame == nil {
		return nil
	}
	var x rule.Explanation
	if text, err := s.frame.Unpack(s.explanation); err != nil || json.Unmarshal(text, &x) != nil {
		return nil
	}
	return &x
}

type reasons struct{ all []MoveReason }

func (r *reasons) list() []MoveReason {
	if r.all == nil {
		return []MoveReason{}
	}
	return r.all[:min(len(r.all), maxMoveReasons)]
}

func (r *reasons) add(what string, title, before, after rule.Text, clause string) {
	if before != after {
		r.all = append(r.all, MoveReason{what, title, before, after, clause})
	}
}

func same(s string) rule.Text { return rule.Text{Zh: s, En: s} }

// verdicts compares the lines that decided, or the reasons for there being no verdict.
func (r *reasons) verdicts(a, b *rule.Explanation) {
	line := func(x *rule.Explanation) (text rule.Text, clause string) {
		switch {
		case x.Grade != nil:
			return rule.Text{Zh: x.Grade.Title.Zh + "（" + x.Grade.Band.Zh + "）", En: x.Grade.Title.En + " (" + x.Grade.Band.En + ")"}, x.Grade.Clause
		case x.Reason != nil:
			return x.Reason.Title, x.Reason.Clause
		}
		return rule.Text{}, ""
	}
	before, _ := line(a)
	after, clause := line(b)
	r.add("band", rule.Text{Zh: "定级的依据", En: "Line that decides"}, before, after, clause)
}

func (r *reasons) score(a, b *rule.Explanation) {
	if a.Score != nil && b.Score != nil {
		r.add("score", b.Score.Title, same(a.Score.Value), same(b.Score.Value), b.Score.Clause)
	}
}

func (r *reasons) items(a, b []rule.ExplainedItem) {
	for i := range b {
		at := slices.IndexFunc(a, func(x rule.ExplainedItem) bool { return x.Item == b[i].Item })
		before := rule.Text{}
		if at >= 0 {
			before = points(a[at].Points)
		}
		r.add("item", b[i].Title, before, points(b[i].Points), b[i].Clause)
	}
	for i := range a {
		if !slices.ContainsFunc(b, func(x rule.ExplainedItem) bool { return x.Item == a[i].Item }) {
			r.add("item", a[i].Title, points(a[i].Points), rule.Text{}, a[i].Clause)
		}
	}
}

func points(n string) rule.Text { return rule.Text{Zh: n + " 分", En: n + " points"} }

func (r *reasons) inputs(a, b []rule.ExplainedInput) {
	value := func(x *rule.ExplainedInput) rule.Text {
		if x.Value == "" {
			return same(x.Missing)
		}
		return same(x.Value + " " + x.Unit)
	}
	for i := range b {
		if at := slices.IndexFunc(a, func(x rule.ExplainedInput) bool { return x.Measure == b[i].Measure }); at >= 0 {
			r.add("input", b[i].Title, value(&a[at]), value(&b[i]), b[i].Clause)
		}
	}
}

// extras compares what was applied on top of the line: bonuses, vetoes, limits, a grade that was kept, dormancy.
func (r *reasons) extras(a, b *rule.Explanation) {
	type applied struct {
		what   string
		title  rule.Text
		clause string
	}
	list := func(x *rule.Explanation) (out []applied) {
		for _, v := range x.Bonuses {
			out = append(out, applied{"bonus", v.Title, v.Clause})
		}
		for _, v := range x.Vetoes {
			out = append(out, applied{"veto", v.Title, v.Clause})
		}
		for _, v := range x.Limits {
			out = append(out, applied{"limit", v.Title, v.Clause})
		}
		if x.Held != nil {
			out = append(out, applied{"hold", x.Held.Title, x.Held.Clause})
		}
		if x.Dormant != nil {
			out = append(out, applied{"dormant", x.Dormant.Title, x.Dormant.Clause})
		}
		return out
	}
	before, after := list(a), list(b)
	yes, no := rule.Text{Zh: "适用", En: "applies"}, rule.Text{Zh: "不适用", En: "does not apply"}
	for _, x := range before {
		if !slices.Contains(after, x) {
			r.add(x.what, x.title, yes, no, x.clause)
		}
	}
	for _, x := range after {
		if !slices.Contains(before, x) {
			r.add(x.what, x.title, no, yes, x.clause)
		}
	}
}
