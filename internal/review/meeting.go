package review

import (
	"cmp"
	"context"

	"kezhi/internal/audit"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// MeetingInput is the record of the meeting.
type MeetingInput struct {
	On     calendar.Date // None = today
	People string
	Note   string
}

func (in *MeetingInput) validate() error {
	var v errs.Validation
	v.Check(len(in.People) <= maxNote, "people", "field.too_long", "max", maxNote)
	v.Check(len(in.Note) <= maxNote, "note", "field.too_long", "max", maxNote)
	return v.Err()
}

// Meet begins the meeting: the first round ends, except for customers that are given back. Needs to hold the chair (the post that
// re-rates) or grading.run over all customers. Errors: review.state, review.not_chair.
func (s *Service) Meet(ctx context.Context, reviewID int64, in MeetingInput) (Review, error) {
	if err := in.validate(); err != nil {
		return Review{}, err
	}
	err := s.db.InTx(ctx, func(q db.Q) error {
		c, err := s.chaired(ctx, q, reviewID)
		if err != nil {
			return err
		}
		if err := mustBe(&c.Review, Rating); err != nil {
			return err
		}
		r := c.Review
		r.MeetingOn, r.MeetingPeople, r.MeetingNote = in.On, in.People, in.Note
		if in.On == calendar.None {
			r.MeetingOn = s.Today()
		}
		if ok, err := saveReview(ctx, q, &r); err != nil || !ok {
			return cmp.Or(err, error(errs.New(errs.Precondition, "precondition_failed")))
		}
		if ok, err := moveReview(ctx, q, reviewID, Rating, Meeting); err != nil || !ok {
			return cmp.Or(err, mustBe(&Review{State: Meeting}, Rating))
		}
		if grade := c.signedGrade(); grade != "" {
			if err := cmp.Or(askSignatures(ctx, q, reviewID, grade), s.signSoon(ctx, q, reviewID)); err != nil {
				return err
			}
		}
		return s.record(ctx, q, "review.meet", reviewID, map[string]any{"on": r.MeetingOn.String(), "people": in.People})
	})
	if err != nil {
		return Review{}, err
	}
	return getReview(ctx, s.db.Read(), reviewID)
}

// chaired gives a campaign to whoever holds the chair, or may open and close campaigns.
func (s *Service) chaired(ctx context.Context, q db.Q, reviewID int64) (*campaign, error) {
	c, err := s.campaign(ctx, q, reviewID)
	if err != nil {
		return nil, err
	}
	a, err := s.access(ctx, q, c)
	if err != nil {
		return nil, err
	}
	if _, err := requireAll(ctx); err != nil && !a.chairs(c) {
		return nil, errs.New(errs.Forbidden, "review.not_chair")
	}
	return c, nil
}

// ReRateInput is what the meeting says about one customer. Values are those that change; Grade decides on the grade itself, "" leaves
// it to follow. With neither, the meeting confirms what the region said.
type ReRateInput struct {
	Values  []Value
	Grade   string
	Reason  string
	Version int64 // of the line it was made from; 0 = whatever it is now
}

// ReRate keeps what the meeting says beside what the region said. A change needs a reason. Needs the chair. Errors: not_found,
// review.not_chair, review.state, review.moved_on, review.nothing_rated, invalid_input.
func (s *Service) ReRate(ctx context.Context, reviewID, customerID int64, in ReRateInput) (Line, error) {
	x, err := s.rated(ctx, s.db.Read(), reviewID, customerID)
	if err != nil {
		return Line{}, err
	}
	fill := FillInput{Values: in.Values, Note: in.Reason}
	if err := cmp.Or(x.mustChair(), x.at(ctx, s.db.Read(), in.Version), x.check(&fill), x.checkGrade(&in)); err != nil {
		return Line{}, err
	}
	x.line.Draft = Draft{Values: in.Values}
	_, given, err := s.preview(ctx, x.campaign, customerID, nil)
	if err != nil {
		return Line{}, err
	}
	said, err := s.fill(ctx, x, given)
	if err != nil {
		return Line{}, err
	}
	for _, v := range in.Values {
		one := said[v.Item]
		one.Reason, one.By = cmp.Or(v.Reason, in.Reason), x.actor.UserID
		if v.Value == "" { // taken back
			one = Value{Item: v.Item, Reason: one.Reason, Before: given[v.Item], By: one.By}
		}
		said[v.Item] = one
	}
	p, _, err := s.preview(ctx, x.campaign, customerID, said)
	if err != nil {
		return Line{}, err
	}
	v := s.version(x, RoundMeet, said, p)
	v.Note = in.Reason
	if in.Grade != "" && in.Grade != p.Code {
		v.Decided, v.Code, v.Reason, v.Position = true, in.Grade, "", x.in.Position(in.Grade)
	}
	var out Line
	err = s.db.InTx(ctx, func(q db.Q) error {
		if err := insertVersion(ctx, q, &v); err != nil {
			return err
		}
		if out, err = s.saveAsked(ctx, q, x.campaign, &x.line, x.met(&v), x.actor.UserID); err != nil {
			return err
		}
		return s.recordRating(ctx, q, &v, "review.re_rate")
	})
	return out, err
}

// met gives the line after the meeting spoke.
func (x *rated) met(v *Version) Line {
	l := x.line
	caseID, approval, before := l.CaseID, l.Approval, l.Outcome()
	l.Draft = Draft{}
	l.MeetID, l.MeetCode, l.MeetPosition, l.MeetScore = v.ID, v.Code, v.Position, v.Score
	l.Differs = l.RateID == 0 || l.RateCode != v.Code || v.Decided || !sameScore(l.RateScore, v.Score)
	if x.State != Closed {
		l.State = LineMet
	}
	x.ask(&l)
	if l.Approval == ApprovalWaiting && before == v.Code && !l.Differs && approval != ApprovalRejected && approval != ApprovalNone {
		l.CaseID, l.Approval = caseID, approval // confirming does not take signatures back
	}
	return l
}

func sameScore(a, b *int64) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }

func (x *rated) mustChair() error {
	switch {
	case x.mayMeet():
		return nil
	case !x.chairs(x.campaign):
		return errs.New(errs.Forbidden, "review.not_chair")
	case x.State == Closed:
		return errs.New(errs.Conflict, "review.reopen_first", "customer", x.line.Code)
	}
	return mustBe(&x.Review, Meeting)
}

// checkGrade holds a change to a reason and a decided grade to the scheme.
func (x *rated) checkGrade(in *ReRateInput) error {
	var v errs.Validation
	v.Check(in.Grade == "" || x.knownGrade(in.Grade), "grade", "review.grade_unknown", "grade", in.Grade)
	v.Check(in.Grade == "" && len(in.Values) == 0 || in.Reason != "", "reason", "field.required")
	if err := v.Err(); err != nil {
		return err
	}
	if in.Grade == "" && len(in.Values) == 0 && !x.line.Rated() {
		return errs.New(errs.Conflict, "review.nothing_rated", "customer", x.line.Code)
	}
	return nil
}

// Reopen gives a customer back: the region rates again, or after closing the chair, and what was said stays on record. Needs the
// chair. Errors: not_found, review.not_chair, review.state, invalid_input.
func (s *Service) Reopen(ctx context.Context, reviewID, customerID int64, reason string) (Line, error) {
	var v errs.Validation
	v.Check(reason != "", "reason", "field.required")
	v.Check(len(reason) <= maxNote, "reason", "field.too_long", "max", maxNote)
	if err := v.Err(); err != nil {
		return Line{}, err
	}
	var out Line
	err := s.db.InTx(ctx, func(q db.Q) error {
		x, err := s.rated(ctx, q, reviewID, customerID)
		if err != nil {
			return err
		}
		if !x.chairs(x.campaign) {
			return errs.New(errs.Forbidden, "review.not_chair")
		}
		if !x.mayReopen() {
			return cmp.Or(mustBe(&x.Review, Rating, Meeting, Closed), error(errs.New(errs.Conflict, "review.not_rated", "customer", x.line.Code)))
		}
		l := x.line
		if l.Approval == ApprovalWaiting {
			l.CaseID = 0
		}
		l.State, l.Approval = LineReopened, ApprovalNone
		if out, err = s.saveAsked(ctx, q, x.campaign, &x.line, l, x.actor.UserID); err != nil {
			return err
		}
		return audit.Write(ctx, q, s.now(), audit.Entry{
			Action: "review.reopen", Entity: "review", EntityID: id.String(reviewID), CustomerID: customerID, Detail: map[string]any{"reason": reason},
		})
	})
	return out, err
}
