package review

import (
	"cmp"
	"context"
	"fmt"

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
		n, next := 0, after // the transaction may run again: it begins at after each time
		err := s.db.InTx(ctx, func(q db.Q) error {
			lines, err := linesAfter(ctx, q, c.ID, after, closePage)
			if n = len(lines); err != nil || n == 0 {
				return err
			}
			if err := s.handOverPage(ctx, q, c, lines); err != nil {
				return err
			}
			next = lines[n-1].CustomerID
			return run.Save(ctx, q, id.String(next))
		})
		if err != nil {
			return err
		}
		after = next
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

// handOverPage gives judged values, decided grades and signatures of some lines to the grading, in the name of those who gave them.
// What waits for rows comes before the last audit entries, so that nobody is kept from the audit meanwhile.
func (s *Service) handOverPage(ctx context.Context, q db.Q, c *campaign, lines []Line) error {
	if err := s.handOverRated(ctx, q, c, lines); err != nil {
		return err
	}
	return s.gradings.SignFor(ctx, q, c.signatures(lines))
}

// handOverRated gives the judged values and decided grades of some lines to the grading.
func (s *Service) handOverRated(ctx context.Context, q db.Q, c *campaign, lines []Line) error {
	var customers, ids []int64
	for i := range lines {
		if lines[i].Rated() {
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

// signatures gives those of some lines that count from the day of the campaign on. Who had the grade and does not get it now keeps it no
// longer without signatures.
func (c *campaign) signatures(lines []Line) []grading.GradeSignature {
	grade := c.signedGrade()
	var out []grading.GradeSignature
	for i := range lines {
		l := &lines[i]
		g := grading.GradeSignature{
			CustomerID: l.CustomerID, Rulebook: c.Rulebook, Scheme: c.Scheme, Code: grade, From: c.EffectiveOn, Until: c.EffectiveOn.AddDays(-1),
			Source: grading.SourceReview, SourceID: c.ID, CaseID: l.CaseID, By: l.RatedBy,
		}
		switch {
		case grade == "":
			return nil
		case l.Approval == ApprovalApproved && l.Outcome() == grade:
			g.Until = c.rules.Period().After(c.EffectiveOn).AddDays(-1)
		case l.BeforeCode != grade:
			continue
		}
		out = append(out, g)
	}
	return out
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
		d.Until = c.rules.Period().After(c.EffectiveOn).AddDays(-1)
	}
	return d
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

// newestOf gives the rating that counts of some lines, by customer; nothing for those nobody rated.
func newestOf(ctx context.Context, q db.Q, lines []Line) (map[int64]Version, error) {
	var customers, ids []int64
	for i := range lines {
		if lines[i].Rated() {
			customers, ids = append(customers, lines[i].CustomerID), append(ids, lines[i].newest())
		}
	}
	if len(ids) == 0 {
		return map[int64]Version{}, nil
	}
	return versionsNamed(ctx, q, customers, ids)
}
