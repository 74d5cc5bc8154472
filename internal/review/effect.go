package review

import (
	"context"

	"kezhi/internal/audit"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/job"
)

// Effect lets what was said about a customer that was reopened after closing take effect: from the day of the campaign on, in the
// verdicts of the newest day that was graded. Gives the job that does it. Needs the chair and grading.run over all customers.
// Errors: not_found, review.not_chair, review.state, review.not_reopened, review.unsigned.
func (s *Service) Effect(ctx context.Context, reviewID, customerID int64) (jobID int64, err error) {
	if _, err := requireAll(ctx); err != nil {
		return 0, err
	}
	err = s.db.InTx(ctx, func(q db.Q) error {
		x, err := s.rated(ctx, q, reviewID, customerID)
		if err != nil {
			return err
		}
		switch {
		case !x.chairs(x.campaign):
			return errs.New(errs.Forbidden, "review.not_chair")
		case x.State != Closed:
			return mustBe(&x.Review, Closed)
		case x.line.State != LineReopened:
			return errs.New(errs.Conflict, "review.not_reopened", "customer", x.line.Code)
		case x.line.Outcome() == x.signedGrade() && x.signedGrade() != "" && x.line.Approval != ApprovalApproved:
			return errs.New(errs.Conflict, "review.unsigned", "n", 1, "grade", x.signedGrade(), "customers", x.line.Code)
		}
		if err := s.handOverPage(ctx, q, x.campaign, []Line{x.line}); err != nil {
			return err
		}
		l := x.line
		l.State = LineRated
		if l.MeetID != 0 {
			l.State = LineMet
		}
		if _, err := s.save(ctx, q, l, x.actor.UserID); err != nil {
			return err
		}
		if err := audit.Write(ctx, q, s.now(), audit.Entry{
			Action: "review.effect", Entity: "review", EntityID: id.String(reviewID), CustomerID: customerID, Detail: map[string]any{"grade": l.Outcome()},
		}); err != nil {
			return err
		}
		jobID, err = s.runner.Enqueue(ctx, q, job.Spec{Kind: jobEffect, Args: reviewArgs{ReviewID: reviewID, Customer: customerID}, MaxAttempts: 20})
		return err
	})
	return jobID, err
}

// doEffect grades again as of the newest day that was graded; only those about whom something changed are judged.
func (s *Service) doEffect(ctx context.Context, run *job.Run) error {
	var args reviewArgs
	if err := run.Decode(&args); err != nil {
		return err
	}
	r, err := getReview(ctx, s.db.Read(), args.ReviewID)
	if err != nil {
		return err
	}
	asOf, err := s.effectDay(ctx, &r)
	if err != nil {
		return err
	}
	runID, err := s.gradeFrom(ctx, r.Rulebook, asOf, clock.Micros(run.CreatedAt))
	if err != nil {
		return err
	}
	run.SetResult(map[string]any{"review_id": id.String(r.ID), "run_id": id.String(runID)})
	return s.db.InTx(ctx, func(q db.Q) error { return setFinal(ctx, q, &r, args.Customer) })
}

// effectDay is the day as of which a customer that was reopened after closing is graded: the newest day that was graded.
func (s *Service) effectDay(ctx context.Context, r *Review) (calendar.Date, error) {
	o, err := s.gradings.Overview(ctx, r.Rulebook, r.Scheme)
	if err != nil {
		return calendar.None, err
	}
	if o.Last != nil {
		return max(r.EffectiveOn, o.Last.AsOf), nil
	}
	return r.EffectiveOn, nil
}
