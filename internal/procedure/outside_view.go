package procedure

import (
	"context"
	"slices"

	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/flow"
)

// OutsideCase is what somebody from outside may know of the own case: nothing about who works on it or what they say to each
// other.
type OutsideCase struct {
	Number     string
	Procedure  flow.Text
	ReceivedAt int64
	Status     string
	Begun      bool      // somebody has done something since it came in
	Answered   bool      // the answer was given, and no other is being written
	Pause      flow.Text // why the clocks stand, while they do
	Outcome    flow.Text // the end it reached
	DueAt      int64     // 0 = no limit, or over
	EndedAt    int64     // 0 = not over
	Said       []Said
	Added      []Added
}

// Said is what the organisation told the customer in one step.
type Said struct {
	Step   string
	Title  flow.Text
	At     int64 // 0 = unknown
	Fields []flow.Field
	Values flow.Answers
}

// Added is what the customer added.
type Added struct {
	At    int64
	Text  string
	Files []File
}

// Outside gives a case as somebody from outside may see it. The caller has made sure that it is that person's. Error:
// not_found.
func (s *Service) Outside(ctx context.Context, caseID int64) (OutsideCase, error) {
	var out OutsideCase
	err := s.db.InRead(ctx, func(q db.Q) error {
		c, err := getCase(ctx, q, caseID)
		if err != nil {
			return err
		}
		w, err := s.caseWorld(ctx, q, &c)
		if err != nil {
			return err
		}
		history, err := actsOf(ctx, q, caseID)
		if err != nil {
			return err
		}
		held, err := filesOfCase(ctx, q, caseID)
		if err != nil {
			return err
		}
		out = outsideCase(&c, w.def, history, held)
		return nil
	})
	return out, err
}

// Answered says whether the answer to a case was given: its customer may rate it.
func Answered(def *flow.Definition, st *flow.State) bool {
	if st.Status == flow.Ended {
		return true
	}
	return st.Status != flow.Withdrawn && slices.ContainsFunc(flow.LastAnswers(def), func(key string) bool {
		p := st.Steps[key]
		open := slices.ContainsFunc(st.Open, func(o flow.Open) bool { return o.Step == key })
		return p != nil && p.Visits > 0 && len(p.Done) > 0 && !open
	})
}

// RatableNow is Answered for a case in hand, by the definition it keeps.
func (s *Service) RatableNow(ctx context.Context, q db.Q, c *Case) (bool, error) {
	w, err := s.caseWorld(ctx, q, c)
	if err != nil {
		return false, err
	}
	return Answered(w.def, c.State), nil
}

func outsideCase(c *Case, def *flow.Definition, history []Act, held []File) OutsideCase {
	st := c.State
	out := OutsideCase{
		Number: c.Number, Procedure: def.Title, ReceivedAt: clock.Micros(c.ReceivedAt), Status: st.Status, Answered: Answered(def, st), EndedAt: st.Over,
		Said: saidTo(def, st), Added: addedBy(history, held),
	}
	out.Begun = slices.ContainsFunc(history, func(a Act) bool { return a.ActorID != 0 })
	if !st.IsOver() && c.DueAt != noLimit {
		out.DueAt = c.DueAt
	}
	if st.Pause != nil {
		for i := range def.Pauses {
			if def.Pauses[i].Key == st.Pause.Key {
				out.Pause = def.Pauses[i].Title
			}
		}
	}
	if end := def.End(st.End); end != nil {
		out.Outcome = end.Title
	}
	return out
}

// toldTypes are the fields of an answer that are meant for the customer; the others are notes about how it was given.
var toldTypes = []string{flow.FieldLong, flow.FieldDate, flow.FieldMoney, flow.FieldNumber}

// saidTo gives what was said to the customer, in the order of the steps.
func saidTo(def *flow.Definition, st *flow.State) []Said {
	var out []Said
	for i := range def.Steps {
		step := &def.Steps[i]
		p, form := st.Steps[step.Key], def.Form(step.Form)
		if step.Do != flow.DoAnswer || p == nil || form == nil || len(p.Answers) == 0 {
			continue
		}
		one := Said{Step: step.Key, Title: form.Title, Values: p.Answers}
		for _, d := range p.Done {
			one.At = max(one.At, d.At)
		}
		for _, f := range form.Fields {
			if !f.Staff && slices.Contains(toldTypes, f.Type) && p.Answers[f.Key].Text != "" {
				one.Fields = append(one.Fields, f)
			}
		}
		if len(one.Fields) > 0 {
			out = append(out, one)
		}
	}
	return out
}

// addedBy gives what came from outside after the start, oldest first.
func addedBy(history []Act, held []File) []Added {
	byID := map[int64]File{}
	for _, f := range held {
		byID[f.ID] = f
	}
	var out []Added
	for _, a := range history {
		if !a.fromOutside() || a.Act != flow.ActComment && a.Act != flow.ActAttach {
			continue
		}
		one := Added{At: clock.Micros(a.At), Text: a.Reason}
		for _, n := range a.Detail.Files {
			if f, ok := byID[n]; ok {
				one.Files = append(one.Files, f)
			}
		}
		out = append(out, one)
	}
	return out
}

// fromOutside says whether a line of the history is what the customer did on the public pages.
func (a *Act) fromOutside() bool { return a.ActorID == 0 && a.Detail.Channel == flow.ChannelWeb }
