package app

import (
	"context"
	"encoding/json"
	"sync"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/event"
	"kezhi/internal/flow"
	"kezhi/internal/grading"
	"kezhi/internal/id"
	"kezhi/internal/procedure"
	"kezhi/internal/rule"
)

// signGrades lets cases carry the signatures for a grade that facts alone cannot give between reviews.
func (s *Services) signGrades() {
	s.Gradings.AskSignatures(grading.Asking{Begin: s.askForGrade, Withdraw: func(ctx context.Context, q db.Q, caseID int64) error {
		return s.Procedures.WithdrawWithin(ctx, q, caseID, "数据不再达到该等级 | the data no longer reach the grade")
	}})
	var known sync.Map // adoption -> signed: what an adoption says never changes
	signs := func(ctx context.Context, q db.Q, c *procedure.Case) (signed, error) {
		if x, ok := known.Load(c.AdoptionID); ok {
			return x.(signed), nil // only such are put there
		}
		in, err := s.Rulebooks.Adopted(authz.With(ctx, authz.System("grading")), q, c.AdoptionID)
		if err != nil {
			return signed{}, err
		}
		x := signed{step: in.Program.Review().Signing(), scheme: in.Scheme.ID}
		if x.step != nil {
			x.period = in.Program.Review()
			if x.step.Scheme != "" {
				x.scheme = x.step.Scheme
			}
		}
		known.Store(c.AdoptionID, x)
		return x, nil
	}
	s.Procedures.OnTurn("", func(ctx context.Context, q db.Q, t procedure.Turn) error {
		if t.Case.CustomerID == 0 || s.Reviews.IsAbout(t.Case.Subject) { // reviews see to their own
			return nil
		}
		x, err := signs(ctx, q, &t.Case)
		if err != nil || x.step == nil || x.step.Procedure != t.Case.Procedure {
			return err
		}
		return s.gradeSigned(ctx, q, &x, t)
	})
	s.Bus.Subscribe(procedure.EventStarted, func(ctx context.Context, q db.Q, e event.Event) error { return s.gradeAsked(ctx, q, e, signs) })
}

// signed is what a rulebook says about its signed grade; without one step is nil.
type signed struct {
	step   *rule.ReviewStep
	scheme string
	period *rule.Review
}

// askForGrade begins the case of a proposal; not while a review of the rulebook is under way, which asks by itself.
func (s *Services) askForGrade(ctx context.Context, q db.Q, p grading.Proposal, step *rule.ReviewStep) (int64, error) {
	if busy, err := s.Reviews.UnderWay(ctx, q, p.Rulebook); err != nil || busy {
		return 0, err
	}
	in, err := s.Rulebooks.InForce(ctx, q, p.Rulebook, s.Rulebooks.Today())
	if err != nil {
		return 0, err
	}
	in, _ = in.For(p.Scheme)
	wanted, before := titleOf(in.Scheme, p.Code), titleOf(in.Scheme, p.Standing)
	c, err := s.Procedures.StartByRule(ctx, q, procedure.StartInput{
		Rulebook: p.Rulebook, Procedure: step.Procedure, CustomerID: p.CustomerID, Title: before.Zh + " → " + wanted.Zh, Subject: subjectGrade + ":" + id.String(p.CustomerID),
	}, map[string]string{
		"wanted": wanted.Zh, "before": before.Zh, "score": grading.FormatScore(p.Score),
		"grounds": "自 " + p.Since.String() + " 起业务数据达到" + wanted.Zh + "，现为" + before.Zh + "。 | The data reach it since " + p.Since.String() + ".",
	})
	return c.ID, err
}

// subjectGrade is the noun of proposals as the subjects of cases.
const subjectGrade = "grade"

func titleOf(s rule.Scheme, code string) rule.Text {
	for _, l := range s.Labels {
		if l.Code == code {
			return l.Title
		}
	}
	return rule.Text{Zh: "无等级", En: "no grade"}
}

// gradeSigned lets the signatures of a case count from today on, until they have to be given anew.
func (s *Services) gradeSigned(ctx context.Context, q db.Q, x *signed, t procedure.Turn) error {
	c := &t.Case
	switch {
	case c.Status == flow.Ended && c.Good:
		from := s.Rulebooks.Today()
		err := s.Gradings.SignFor(ctx, q, []grading.GradeSignature{{
			CustomerID: c.CustomerID, Rulebook: c.Rulebook, Scheme: x.scheme, Code: x.step.Grade, From: from, Until: x.period.Period().After(from).AddDays(-1),
			Source: grading.SourceCase, SourceID: c.ID, CaseID: c.ID, By: t.By,
		}})
		if err != nil {
			return err
		}
		return s.Gradings.JudgeSoon(ctx, q, c.Rulebook, c.CustomerID, 0)
	case c.Status == flow.Running:
		return s.Gradings.Unsign(ctx, q, c.CustomerID, c.Rulebook, c.ID)
	}
	return s.Gradings.AskingEnded(ctx, q, c.CustomerID, c.Rulebook, x.scheme)
}

// gradeAsked notes on a proposal that somebody applied for the grade by hand.
func (s *Services) gradeAsked(ctx context.Context, q db.Q, e event.Event, signs func(context.Context, db.Q, *procedure.Case) (signed, error)) error {
	var h procedure.Happened
	if err := json.Unmarshal(e.Payload, &h); err != nil {
		return err
	}
	caseID, err := id.Parse(h.CaseID)
	if err != nil || e.CustomerID == 0 || s.Reviews.IsAbout(h.Subject) {
		return err
	}
	c, err := s.Procedures.Known(ctx, q, caseID)
	if err != nil {
		return err
	}
	x, err := signs(ctx, q, &c)
	if err != nil || x.step == nil || x.step.Procedure != c.Procedure || c.Status != flow.Running {
		return err
	}
	p, ok, err := s.Gradings.ProposalOf(ctx, q, c.CustomerID, c.Rulebook, x.scheme)
	if err != nil || !ok || p.State == grading.ProposalAsked {
		return err
	}
	return s.Gradings.Asked(ctx, q, p, caseID)
}
