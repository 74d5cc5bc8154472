package review

import (
	"cmp"
	"context"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
)

// Withdraw ends a campaign without any effect; what was rated stays on record. Needs grading.run over all customers. Errors:
// review.state, invalid_input.
func (s *Service) Withdraw(ctx context.Context, reviewID int64, reason string) (Review, error) {
	actor, err := requireAll(ctx)
	if err != nil {
		return Review{}, err
	}
	var v errs.Validation
	v.Check(reason != "", "reason", "field.required")
	v.Check(len(reason) <= maxNote, "reason", "field.too_long", "max", maxNote)
	if err := v.Err(); err != nil {
		return Review{}, err
	}
	err = s.db.InTx(ctx, func(q db.Q) error {
		r, err := getReview(ctx, q, reviewID)
		if err != nil {
			return err
		}
		if !Allowed(r.State, Withdrawn) {
			return mustBe(&r, Opening, Rating, Meeting)
		}
		if ok, err := moveReview(ctx, q, reviewID, r.State, Withdrawn); err != nil || !ok {
			return cmp.Or(err, mustBe(&Review{State: Withdrawn}, r.State))
		}
		if err := endReview(ctx, q, reviewID, actor.UserID, s.now()); err != nil {
			return err
		}
		if err := s.signSoon(ctx, q, reviewID); err != nil {
			return err
		}
		return s.record(ctx, q, "review.withdraw", reviewID, map[string]any{"reason": reason})
	})
	if err != nil {
		return Review{}, err
	}
	return getReview(ctx, s.db.Read(), reviewID)
}

// ChangeInput edits the days and the record of a campaign; nil leaves a member as it is.
type ChangeInput struct {
	RateBy, ClosesOn, EffectiveOn, MeetingOn *calendar.Date
	Note, MeetingPeople, MeetingNote         *string
	Version                                  int64
}

// Change edits a campaign that is under way. Needs the chair or grading.run over all customers. Errors: review.state,
// review.not_chair, precondition_failed, invalid_input.
func (s *Service) Change(ctx context.Context, reviewID int64, in ChangeInput) (Review, error) {
	err := s.db.InTx(ctx, func(q db.Q) error {
		c, err := s.chaired(ctx, q, reviewID)
		if err != nil {
			return err
		}
		if err := mustBe(&c.Review, Opening, Rating, Meeting); err != nil {
			return err
		}
		r := c.Review
		if in.Version != r.VersionNo {
			return errs.New(errs.Precondition, "precondition_failed")
		}
		for to, from := range map[*calendar.Date]*calendar.Date{&r.RateBy: in.RateBy, &r.ClosesOn: in.ClosesOn, &r.EffectiveOn: in.EffectiveOn, &r.MeetingOn: in.MeetingOn} {
			if from != nil {
				*to = *from
			}
		}
		for to, from := range map[*string]*string{&r.Note: in.Note, &r.MeetingPeople: in.MeetingPeople, &r.MeetingNote: in.MeetingNote} {
			if from != nil {
				*to = *from
			}
		}
		check := OpenInput{RateBy: r.RateBy, ClosesOn: r.ClosesOn, EffectiveOn: r.EffectiveOn, Note: r.Note, opensOn: r.OpensOn}
		meet := MeetingInput{People: r.MeetingPeople, Note: r.MeetingNote}
		if err := cmp.Or(check.validate(), meet.validate()); err != nil {
			return err
		}
		if ok, err := saveReview(ctx, q, &r); err != nil || !ok {
			return cmp.Or(err, error(errs.New(errs.Precondition, "precondition_failed")))
		}
		return s.record(ctx, q, "review.change", reviewID, map[string]any{
			"rate_by": r.RateBy.String(), "closes_on": r.ClosesOn.String(), "effective_on": r.EffectiveOn.String(), "meeting_on": r.MeetingOn.String(),
		})
	})
	if err != nil {
		return Review{}, err
	}
	return getReview(ctx, s.db.Read(), reviewID)
}
