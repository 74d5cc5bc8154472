package review

import (
	"context"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/rule"
)

// DelegateInput lets somebody rate for somebody else. From 0 is the acting person; another one needs grading.run over all customers.
type DelegateInput struct {
	From, To int64
	UntilOn  calendar.Date
}

// Delegate lets a colleague rate with the reach and the posts of a rater, up to a day. Errors: review.state, review.not_rater_self,
// auth.forbidden, invalid_input.
func (s *Service) Delegate(ctx context.Context, reviewID int64, in DelegateInput) (Delegation, error) {
	var out Delegation
	err := s.db.InTx(ctx, func(q db.Q) error {
		c, err := s.campaign(ctx, q, reviewID)
		if err != nil {
			return err
		}
		a, err := s.access(ctx, q, c)
		if err != nil {
			return err
		}
		if err := mustBe(&c.Review, Opening, Rating, Meeting); err != nil {
			return err
		}
		own := in.From == 0 || in.From == a.actor.UserID
		if own {
			in.From = a.actor.UserID
			if step := c.rules.Step(rule.StepRate); step != nil && !a.hats[0].fills(a.actor, c.in.Book, step.By) {
				return errs.New(errs.Forbidden, "review.not_rater_self")
			}
		} else if _, err := requireAll(ctx); err != nil {
			return err
		}
		if err := s.checkDelegate(ctx, q, &in); err != nil {
			return err
		}
		now := s.now()
		out = Delegation{ID: id.New(now), ReviewID: reviewID, FromID: in.From, ToID: in.To, UntilOn: in.UntilOn, CreatedBy: a.actor.UserID, CreatedAt: clock.Micros(now)}
		if err := insertDelegation(ctx, q, &out); err != nil {
			return err
		}
		if err := s.record(ctx, q, "review.delegate", reviewID, map[string]any{"from": id.String(in.From), "to": id.String(in.To), "until": in.UntilOn.String()}); err != nil {
			return err
		}
		out, err = getDelegation(ctx, q, reviewID, out.ID)
		return err
	})
	return out, err
}

func (s *Service) checkDelegate(ctx context.Context, q db.Q, in *DelegateInput) error {
	var v errs.Validation
	v.Check(in.To != in.From, "to", "review.delegate_self")
	v.Check(in.UntilOn >= s.Today(), "until_on", "review.delegate_past", "today", s.Today().String())
	for path, userID := range map[string]int64{"to": in.To, "from": in.From} {
		p, err := personOf(ctx, q, userID)
		if err != nil && !db.IsNoRows(err) {
			return err
		}
		v.Check(err == nil && p.active, path, "review.delegate_unknown")
	}
	return v.Err()
}

// EndDelegation ends a delegation at once. Needs to be either of the two, or grading.run over all customers.
func (s *Service) EndDelegation(ctx context.Context, reviewID, delegationID int64) error {
	return s.db.InTx(ctx, func(q db.Q) error {
		c, err := s.campaign(ctx, q, reviewID)
		if err != nil {
			return err
		}
		a, err := s.access(ctx, q, c)
		if err != nil {
			return err
		}
		d, err := getDelegation(ctx, q, reviewID, delegationID)
		if err != nil {
			return err
		}
		if d.FromID != a.actor.UserID && d.ToID != a.actor.UserID {
			if _, err := requireAll(ctx); err != nil {
				return hidden()
			}
		}
		if err := endDelegation(ctx, q, delegationID, clock.Micros(s.now())); err != nil {
			return err
		}
		return s.record(ctx, q, "review.end_delegation", reviewID, map[string]any{"from": id.String(d.FromID), "to": id.String(d.ToID)})
	})
}

// Colleagues gives active people by a part of their name or login: who may stand in. Needs grading.judge.
func (s *Service) Colleagues(ctx context.Context, search string) ([]Person, error) {
	if _, err := authz.Require(ctx, authz.GradingJudge); err != nil {
		return nil, err
	}
	return colleagues(ctx, s.db.Read(), search, shownColleagues)
}

// shownColleagues is how many people are offered.
const shownColleagues = 50
