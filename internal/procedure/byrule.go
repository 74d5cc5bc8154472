package procedure

import (
	"context"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/flow"
	"kezhi/internal/id"
)

// StartByRule begins a case that the regulation itself asks for, inside the transaction of the feature that found the occasion: in the
// name of the acting person, or of nobody where the program acts. known are texts by the key of an entry; those that the start form has
// as text or long_text are filled in. Errors: those of Start.
func (s *Service) StartByRule(ctx context.Context, q db.Q, in StartInput, known map[string]string) (Case, error) {
	actor, err := authz.Require(ctx, authz.ProcedureRead)
	if err != nil {
		return Case{}, err
	}
	if err := in.Validate(); err != nil {
		return Case{}, err
	}
	ed, def, err := s.procedureInForce(ctx, q, in.Rulebook, in.Procedure)
	if err != nil {
		return Case{}, err
	}
	in.Answers, in.rule = flow.Answers{}, true
	if form := def.FormOf(flow.StartForm); form != nil {
		for i := range form.Fields {
			f := &form.Fields[i]
			text := strings.TrimSpace(known[f.Key])
			if text == "" || f.Type != flow.FieldText && f.Type != flow.FieldLong {
				continue
			}
			in.Answers[f.Key] = flow.Answer{Text: text}
		}
	}
	return s.beginBy(ctx, q, actor, actor.UserID, in, ed, def)
}

// WithdrawWithin withdraws a case inside the transaction of the feature that began it, because its occasion is gone. One that is over
// stays as it is.
func (s *Service) WithdrawWithin(ctx context.Context, q db.Q, caseID int64, reason string) error {
	actor, err := authz.Require(ctx, authz.ProcedureRead)
	if err != nil {
		return err
	}
	if err := lockCase(ctx, q, caseID); err != nil {
		return err
	}
	c, err := getCase(ctx, q, caseID)
	if err != nil || c.State.IsOver() {
		return err
	}
	w, err := s.caseWorld(ctx, q, &c)
	if err != nil {
		return err
	}
	act := flow.Act{Kind: flow.ActWithdraw, By: actor.UserID, Manage: true, Rule: true, Reason: reason}
	st, effects, err := flow.Apply(w.def, c.State, act, w.env())
	if err != nil {
		return err
	}
	line := Act{CaseID: c.ID, At: s.now(), ActorID: actor.UserID, Act: act.Kind, Reason: reason}
	return s.save(ctx, w, &saving{c: &c, st: st, effects: effects, act: line})
}

// Known gives a case to a feature that follows it; what people may see of it the feature decides.
func (s *Service) Known(ctx context.Context, q db.Q, caseID int64) (Case, error) {
	return getCase(ctx, q, caseID)
}

// Signoff is a decision that a case asks for, given or still to come.
type Signoff struct {
	Step    string
	Title   flow.Text
	Posts   []flow.Text // who is asked
	Given   bool
	Agree   bool
	Opinion string
	ByName  string
	ForName string // in whose name, "" = the own
	At      int64  // microseconds
}

// Signoffs gives a case with the decisions of its way, in the order of the steps; what a step asks of several is given one by one. The
// caller has made sure that the reader may see what the case is about.
func (s *Service) Signoffs(ctx context.Context, q db.Q, caseID int64) (Case, []Signoff, error) {
	c, err := getCase(ctx, q, caseID)
	if err != nil {
		return Case{}, nil, err
	}
	w, err := s.caseWorld(ctx, q, &c)
	if err != nil {
		return Case{}, nil, err
	}
	var out []Signoff
	for i := range w.def.Steps {
		step := &w.def.Steps[i]
		if step.Do != flow.DoDecide || len(step.Together) > 0 {
			continue
		}
		blank := Signoff{Step: step.Key, Title: step.Title, Posts: w.postTitles(step.Seats)}
		past := c.State.Steps[step.Key]
		if past == nil || len(past.Done) == 0 {
			out = append(out, blank)
			continue
		}
		for _, d := range past.Done {
			one := blank
			one.Given, one.Agree, one.Opinion, one.At = true, d.Decision == flow.Agree, d.Reason, d.At
			one.ByName, one.ForName = w.roster.names[d.By], w.roster.names[d.For]
			out = append(out, one)
		}
	}
	return c, out, nil
}

// postTitles words who is asked, where it is a post.
func (w *world) postTitles(seats []flow.Who) []flow.Text {
	var out []flow.Text
	for _, who := range seats {
		post := strings.TrimSuffix(who.Post, authz.OrAbove)
		for i := range w.edition.Posts {
			if w.edition.Posts[i].Name == post {
				out = append(out, w.edition.Posts[i].Title)
			}
		}
	}
	return out
}

// SubjectOf gives the id that a subject names under a noun; false for any other.
func SubjectOf(subject, noun string) (int64, bool) {
	text, ok := strings.CutPrefix(subject, noun+":")
	if !ok {
		return 0, false
	}
	n, err := id.Parse(text)
	return n, err == nil // else written by hand when the case was begun
}
