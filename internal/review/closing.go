package review

import (
	"cmp"
	"context"
	"fmt"

	"kezhi/internal/audit"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/grading"
	"kezhi/internal/id"
	"kezhi/internal/job"
	"kezhi/internal/rule"
)

// closePage is how many customers are handed to the grading in one transaction.
const closePage = 200

// namedAtMost is how many customers an error names.
const namedAtMost = 10

// Open ends.
type ends struct {
	Unrated    int64 // customers nobody rated
	Unapproved int64 // grades that lack signatures
}

// CloseInput confirms what closing leaves open.
type CloseInput struct {
	Unrated int64 // the number of customers that were not rated, as whoever closes has seen it
}

// Close hands everything that was rated to the grading, from one day on, by a job whose id it gives. Who was not rated keeps what
// follows without a review; their number must be confirmed. A second call while it closes gives the same job or, where that failed,
// a new one. Needs the chair or grading.run over all customers. Errors: review.state, review.not_chair, review.too_early,
// review.unsigned, review.unrated.
func (s *Service) Close(ctx context.Context, reviewID int64, in CloseInput) (jobID int64, err error) {
	err = s.db.InTx(ctx, func(q db.Q) error {
		c, err := s.chaired(ctx, q, reviewID)
		if err != nil {
			return err
		}
		if _, err := requireAll(ctx); err != nil { // the grading needs it
			return err
		}
		if err := mustBe(&c.Review, Meeting, Closing); err != nil {
			return err
		}
		if c.State == Meeting {
			if err := s.closable(ctx, q, c, in); err != nil {
				return err
			}
			if ok, err := moveReview(ctx, q, reviewID, Meeting, Closing); err != nil || !ok {
				return cmp.Or(err, mustBe(&Review{State: Closing}, Meeting))
			}
			if err := s.record(ctx, q, "review.close", reviewID, map[string]any{"unrated": in.Unrated, "effective_on": c.EffectiveOn.String()}); err != nil {
				return err
			}
		}
		jobID, err = s.runner.Enqueue(ctx, q, job.Spec{Kind: jobClose, Args: reviewArgs{ReviewID: reviewID}, UniqueKey: jobClose + ":" + id.String(reviewID), MaxAttempts: 20})
		return err
	})
	return jobID, err
}

// closable says what stands in the way of closing.
func (s *Service) closable(ctx context.Context, q db.Q, c *campaign, in CloseInput) error {
	if s.Today() < c.EffectiveOn {
		return errs.New(errs.Conflict, "review.too_early", "day", c.EffectiveOn.String(), "today", s.Today().String())
	}
	e, err := endsOf(ctx, q, c.ID, c.signedGrade())
	if err != nil {
		return err
	}
	if e.Unapproved > 0 {
		names, err := unsignedNames(ctx, q, c.ID, c.signedGrade(), namedAtMost)
		if err != nil {
			return err
		}
		return errs.New(errs.Conflict, "review.unsigned", "n", e.Unapproved, "grade", c.signedGrade(), "customers", names)
	}
	if e.Unrated != in.Unrated {
		names, err := unratedNames(ctx, q, c.ID, namedAtMost)
		if err != nil {
			return err
		}
		return errs.New(errs.Conflict, "review.unrated", "n", e.Unrated, "customers", names)
	}
	return nil
}

// doClose hands over the ratings in pages, then grades as of the day they count from, then closes. It goes on after the last page
// that was committed; what was handed over already is not written again.
func (s *Service) doClose(ctx context.Context, run *job.Run) error {
	var args reviewArgs
	if err := run.Decode(&args); err != nil {
		return err
	}
	c, err := s.campaign(ctx, s.db.Read(), args.ReviewID)
	if err != nil || c.State != Closing {
		return err
	}
	if c.EffectedAt == 0 {
		if err := s.handOver(ctx, run, c); err != nil {
			return err
		}
	}
	if err := s.holdRises(ctx, c); err != nil {
		return err
	}
	runID, err := s.gradeFrom(ctx, c.Rulebook, c.EffectiveOn, c.EffectedAt)
	if err != nil {
		return err
	}
	run.SetResult(map[string]any{"review_id": id.String(c.ID), "run_id": id.String(runID)})
	return s.db.InTx(ctx, func(q db.Q) error {
		if err := setFinal(ctx, q, &c.Review, 0); err != nil {
			return err
		}
		if err := setRun(ctx, q, c.ID, runID); err != nil {
			return err
		}
		ok, err := moveReview(ctx, q, c.ID, Closing, Closed)
		if err != nil || !ok {
			return err
		}
		if err := endReview(ctx, q, c.ID, run.CreatedBy, s.now()); err != nil {
			return err
		}
		return s.record(ctx, q, "review.closed", c.ID, map[string]any{"run": id.String(runID)})
	})
}

// handOver is the first half of closing.
func (s *Service) handOver(ctx context.Context, run *job.Run, c *campaign) error {
	after := int64(0)
	if run.Cursor != "" {
		var err error
		if after, err = id.Parse(run.Cursor); err != nil {
			return fmt.Errorf("reading the cursor of a closing: %w", err)
		}
	}
	var done int64
	for {
		n := 0
		err := s.db.InTx(ctx, func(q db.Q) error {
			lines, err := linesAfter(ctx, q, c.ID, after, closePage)
			if n = len(lines); err != nil || n == 0 {
				return err
			}
			if err := s.handOverPage(ctx, q, c, lines); err != nil {
				return err
			}
			after = lines[n-1].CustomerID
			return run.Save(ctx, q, id.String(after))
		})
		if err != nil {
			return err
		}
		if n == 0 {
			c.EffectedAt = clock.Micros(s.now())
			return s.db.InTx(ctx, func(q db.Q) error { return setEffected(ctx, q, c.ID, c.EffectedAt) })
		}
		done += int64(n)
		if err := run.Progress(ctx, done, c.Customers); err != nil {
			return err
		}
	}
}

// handOverPage gives judged values and decided grades of some lines to the grading, in the name of those who gave them.
func (s *Service) handOverPage(ctx context.Context, q db.Q, c *campaign, lines []Line) error {
	var customers, ids []int64
	for i := range lines {
		if lines[i].Rated() && lines[i].Approval != ApprovalWaiting { // who rose late is held until it is signed for
			customers, ids = append(customers, lines[i].CustomerID), append(ids, lines[i].newest())
		}
	}
	if len(ids) == 0 {
		return nil
	}
	versions, err := versionsNamed(ctx, q, customers, ids)
	if err != nil {
		return err
	}
	people := make([]int64, 0, len(versions))
	for _, v := range versions {
		people = append(people, v.RatedBy)
	}
	names, err := namesOf(ctx, q, people)
	if err != nil {
		return err
	}
	var judged []grading.Judged
	var decisions []grading.Decision
	for _, customerID := range customers {
		v := versions[customerID]
		judged = append(judged, takenOver(c, &v)...)
		decisions = append(decisions, decisionOf(c, &v, names[v.RatedBy]))
	}
	if _, err := s.gradings.TakeOver(ctx, q, c.Rulebook, judged); err != nil {
		return err
	}
	_, err = s.gradings.Decide(ctx, q, decisions)
	return err
}

// takenOver gives what a version says anew about judged items.
func takenOver(c *campaign, v *Version) []grading.Judged {
	var out []grading.Judged
	for _, one := range v.Judged {
		if one.By == 0 { // it was so before
			continue
		}
		out = append(out, grading.Judged{CustomerID: v.CustomerID, Item: one.Item, Value: one.Value, Note: one.Reason, From: c.EffectiveOn, JudgedBy: one.By})
	}
	return out
}

// decisionOf gives the decided grade of a version, or takes back what was decided before: an outcome that follows needs no decision.
func decisionOf(c *campaign, v *Version, by string) grading.Decision {
	d := grading.Decision{
		CustomerID: v.CustomerID, Rulebook: c.Rulebook, Scheme: c.Scheme, From: c.EffectiveOn, Until: calendar.None, Source: grading.SourceReview, SourceID: c.ID,
		Basis: rule.DecisionBasis{Rulebook: c.Rulebook, Version: c.Version, Number: c.rules.Clause},
	}
	if v.Decided {
		d.Code, d.Title, d.Reason, d.DecidedBy, d.ByName = v.Code, c.title(), v.Note, v.RatedBy, by
		d.Until = period(c.rules).After(c.EffectiveOn).AddDays(-1)
	}
	return d
}

// period is how long a review counts.
func period(r *rule.Review) calendar.Period {
	if p, err := calendar.ParsePeriod(r.Every); err == nil && !p.IsZero() {
		return p
	}
	return calendar.Period{Months: 12}
}

// gradeFrom grades as of a day and makes sure that the grading began after a moment: one that was under way may have passed
// customers before their values were there.
func (s *Service) gradeFrom(ctx context.Context, rulebook string, asOf calendar.Date, since int64) (int64, error) {
	for {
		sum, err := s.gradings.Grade(ctx, rulebook, asOf, grading.Options{}, nil)
		if err != nil {
			return 0, err
		}
		began, err := startOf(ctx, s.db.Read(), sum.RunID)
		if err != nil || began >= since {
			return sum.RunID, err
		}
	}
}

// Effect lets what was said about a customer that was reopened after closing take effect: from the day of the campaign on, in the
// verdicts of the newest day that was graded. Gives the job that does it. Needs the chair and grading.run over all customers.
// Errors: not_found, review.not_chair, review.state, review.not_reopened, review.unsigned (also where the grade that needs signatures
// would come about only now: the customer waits for them from then on).
func (s *Service) Effect(ctx context.Context, reviewID, customerID int64) (jobID int64, err error) {
	if _, err := requireAll(ctx); err != nil {
		return 0, err
	}
	if err := s.riseOf(ctx, reviewID, customerID); err != nil {
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
