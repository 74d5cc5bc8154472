package review

import (
	"cmp"
	"context"
	"strings"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
	"kezhi/internal/id"
	"kezhi/internal/job"
	"kezhi/internal/procedure"
	"kezhi/internal/rule"
)

// A grade that is signed for is signed for in a case of the procedure that the rulebook's step names (客户等级评定表): one case for each
// customer, whose subject is the campaign. Who signs, by when, and in whose place is the procedure's; the line follows what becomes of
// the case.

// subjectReview is the noun of campaigns as the subjects of cases.
const subjectReview = "review"

// signPage is how many lines are read at once.
const signPage = 50

// Signature is a decision of the case that carries a line's signatures, given or still to come.
type Signature struct {
	Title   rule.Text // of the step
	Post    rule.Text
	Given   bool
	Agree   bool
	Opinion string
	By      string
	For     string // in whose name, "" = the own
	At      time.Time
}

// Signed is the case that carries a line's signatures.
type Signed struct {
	CaseID     int64
	Number     string
	Signatures []Signature
}

// signed reads the case of a line; zero without one.
func (s *Service) signed(ctx context.Context, q db.Q, l *Line) (Signed, error) {
	if l.CaseID == 0 {
		return Signed{}, nil
	}
	c, list, err := s.cases.Signoffs(ctx, q, l.CaseID)
	if err != nil {
		return Signed{}, err
	}
	out := Signed{CaseID: c.ID, Number: cmp.Or(c.Numbers[flow.StartForm], c.Number)}
	for i := range list {
		x := &list[i]
		one := Signature{Title: rule.Text(x.Title), Given: x.Given, Agree: x.Agree, Opinion: x.Opinion, By: x.ByName, For: x.ForName, At: clock.FromMicros(x.At)}
		for _, p := range x.Posts {
			one.Post = rule.Text{Zh: joinedText(one.Post.Zh, "、", p.Zh), En: joinedText(one.Post.En, ", ", p.En)}
		}
		out.Signatures = append(out.Signatures, one)
	}
	return out, nil
}

func joinedText(a, by, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + by + b
}

// ask decides whether the outcome of a line needs signatures; a case it had no longer counts then.
func (x *rated) ask(l *Line) {
	if l.Approval == ApprovalWaiting {
		l.CaseID = 0
	}
	l.Approval = ApprovalNone
	if grade := x.signedGrade(); x.State != Rating && grade != "" && l.Outcome() == grade {
		l.Approval, l.CaseID = ApprovalWaiting, 0
	}
}

// saveAsked writes a line whose outcome may need signatures: the case that carried those of before is withdrawn, and one is begun
// where signatures are wanted.
func (s *Service) saveAsked(ctx context.Context, q db.Q, c *campaign, before *Line, l Line, by int64) (Line, error) {
	l, err := s.save(ctx, q, l, by)
	if err != nil {
		return l, err
	}
	if before.Approval == ApprovalWaiting && before.CaseID != 0 && before.CaseID != l.CaseID {
		if err := s.cases.WithdrawWithin(ctx, q, before.CaseID, withdrawReason(c)); err != nil {
			return l, err
		}
	}
	if l.Approval != ApprovalWaiting || l.CaseID != 0 {
		return l, nil
	}
	return s.apply(ctx, q, c, l)
}

func withdrawReason(c *campaign) string {
	return c.title().Zh + "：评定已变 | the rating has changed"
}

// apply begins the case that carries the signatures of a line.
func (s *Service) apply(ctx context.Context, q db.Q, c *campaign, l Line) (Line, error) {
	step := c.rules.Signing()
	if step == nil {
		return l, nil
	}
	plan, err := getResult(ctx, q, c.ID, l.CustomerID, ListA)
	if err != nil {
		return l, err
	}
	newest, err := newestOf(ctx, q, []Line{l})
	if err != nil {
		return l, err
	}
	v := newest[l.CustomerID]
	grounds := cmp.Or(strings.TrimSpace(v.Note), c.title().Zh+"："+c.label(l.RateCode).Zh+" → "+c.label(l.Outcome()).Zh)
	if l.MeetID == 0 || l.RateID == 0 || l.RateCode == l.MeetCode {
		grounds = cmp.Or(strings.TrimSpace(v.Note), c.title().Zh+"："+c.label(l.Outcome()).Zh)
	}
	one, err := s.cases.StartByRule(ctx, q, procedure.StartInput{
		Rulebook: c.Rulebook, Procedure: step.Procedure, CustomerID: l.CustomerID, Title: c.title().Zh + " " + l.Name, Subject: subjectReview + ":" + id.String(c.ID),
	}, map[string]string{
		"wanted": c.label(l.Outcome()).Zh, "before": c.label(l.BeforeCode).Zh, "score": score(v.Score), "grounds": grounds, "plan": plan.Plan,
	})
	if err != nil {
		return l, err
	}
	l.CaseID = one.ID
	if l, err = s.save(ctx, q, l, l.RatedBy); err != nil {
		return l, err
	}
	return l, audit.Write(ctx, q, s.now(), audit.Entry{
		Action: "review.ask", Entity: "review", EntityID: id.String(c.ID), CustomerID: l.CustomerID, Detail: map[string]any{"case": id.String(one.ID), "number": one.Number},
	})
}

// caseTurned has a line follow the case that carries its signatures.
func (s *Service) caseTurned(ctx context.Context, q db.Q, t procedure.Turn) error {
	reviewID, ok := procedure.SubjectOf(t.Case.Subject, subjectReview)
	if !ok {
		return nil
	}
	l, err := getLine(ctx, q, reviewID, t.Case.CustomerID)
	if db.IsNoRows(err) || err == nil && l.CaseID != t.Case.ID {
		return nil // the line has moved on without this case
	}
	if err != nil {
		return err
	}
	r, err := getReview(ctx, q, reviewID)
	if err != nil || r.State == Withdrawn {
		return err
	}
	if t.Case.Status == flow.Running && r.State != Meeting && l.State != LineReopened { // opened again although it took effect
		return mustBe(&r, Meeting)
	}
	switch {
	case t.Case.Status == flow.Running:
		l.Approval = ApprovalWaiting
	case t.Case.Status == flow.Ended && t.Case.Good:
		l.Approval = ApprovalApproved
	default:
		l.Approval = ApprovalRejected
	}
	if _, err := s.save(ctx, q, l, t.By); err != nil {
		return err
	}
	return audit.Write(ctx, q, s.now(), audit.Entry{
		Action: "review.sign", Entity: "review", EntityID: id.String(reviewID), CustomerID: l.CustomerID,
		Detail: map[string]any{"case": id.String(t.Case.ID), "number": t.Case.Number, "approval": l.Approval, "opinion": t.Reason, "grade": l.Outcome()},
	})
}

// IsAbout says whether the subject of a case is a campaign.
func (s *Service) IsAbout(subject string) bool {
	_, ok := procedure.SubjectOf(subject, subjectReview)
	return ok
}

// UnderWay says whether a campaign of a rulebook is under way.
func (s *Service) UnderWay(ctx context.Context, q db.Q, rulebookID string) (bool, error) {
	_, err := openOf(ctx, q, rulebookID)
	if db.IsNoRows(err) {
		return false, nil
	}
	return err == nil, err
}

// aboutLine tells whoever signs how the customer was rated.
func (s *Service) aboutLine(ctx context.Context, q db.Q, reviewID, customerID int64) (procedure.Subject, error) {
	l, err := getLine(ctx, q, reviewID, customerID)
	if db.IsNoRows(err) {
		return procedure.Subject{}, nil
	}
	if err != nil {
		return procedure.Subject{}, err
	}
	c, err := s.campaign(ctx, q, reviewID)
	if err != nil {
		return procedure.Subject{}, err
	}
	out := procedure.Subject{Title: flow.Text(c.title()), Page: "/grading/reviews/" + id.String(reviewID) + "?tab=meeting&open=" + id.String(customerID)}
	add := func(zh, en, code string, points *int64) {
		if code == "" {
			return
		}
		t := c.label(code)
		if points != nil {
			t = rule.Text{Zh: t.Zh + " " + score(points), En: t.En + " " + score(points)}
		}
		out.Facts = append(out.Facts, procedure.SubjectFact{Title: flow.Text{Zh: zh, En: en}, Value: flow.Text(t)})
	}
	add("原等级", "Grade before", l.BeforeCode, l.BeforeScore)
	add("初评", "First round", l.RateCode, l.RateScore)
	add("复评", "Meeting", l.MeetCode, l.MeetScore)
	day := flow.Text{Zh: c.EffectiveOn.String(), En: c.EffectiveOn.String()}
	out.Facts = append(out.Facts, procedure.SubjectFact{Title: flow.Text{Zh: "生效日期", En: "Effective"}, Value: day})
	return out, nil
}

// doSign begins the cases of lines that wait for signatures, or withdraws those of a campaign that was withdrawn, each in a transaction
// of its own: nobody may hold the audit, as one that began is bound to, who waits for the next case. A case that cannot be begun or
// withdrawn keeps no other from it. It can be done again.
func (s *Service) doSign(ctx context.Context, run *job.Run) error {
	var args reviewArgs
	if err := run.Decode(&args); err != nil {
		return err
	}
	c, err := s.campaign(ctx, s.db.Read(), args.ReviewID)
	if err != nil {
		return err
	}
	list, one := unasked, s.applyOne
	if c.State == Withdrawn {
		list, one = asked, s.recallOne
	}
	var done, failed int64
	var broken error
	for last, more := (Line{}), true; more; {
		lines, err := list(ctx, s.db.Read(), c.ID, &last, signPage)
		if err != nil {
			return err
		}
		for i := range lines {
			last = lines[i]
			err := s.db.InTx(ctx, func(q db.Q) error { return one(ctx, q, c, last.CustomerID) })
			switch {
			case ctx.Err() != nil:
				return ctx.Err()
			case err == nil:
				done++
			default:
				failed++
				run.Log().WarnContext(ctx, "the case of a line could not be begun or withdrawn", "review", c.ID, "customer", last.CustomerID, "error", err)
				if errs.KindOf(err) == errs.Internal {
					broken = err
				}
			}
		}
		more = len(lines) == signPage
		if err := run.Progress(ctx, done+failed, 0); err != nil {
			return err
		}
	}
	run.SetResult(map[string]int64{"customers": done, "failed": failed})
	return broken // the machine's fault may be over at the next attempt
}

// applyOne begins the case of a line that still waits for one.
func (s *Service) applyOne(ctx context.Context, q db.Q, c *campaign, customerID int64) error {
	l, err := getLine(ctx, q, c.ID, customerID)
	if err == nil && l.Approval == ApprovalWaiting && l.CaseID == 0 {
		_, err = s.apply(ctx, q, c, l)
	}
	return err
}

// recallOne withdraws the case of a line whose campaign was withdrawn.
func (s *Service) recallOne(ctx context.Context, q db.Q, c *campaign, customerID int64) error {
	l, err := getLine(ctx, q, c.ID, customerID)
	if err != nil || l.Approval != ApprovalWaiting || l.CaseID == 0 {
		return err
	}
	caseID := l.CaseID
	l.Approval, l.CaseID = ApprovalNone, 0
	if _, err := s.save(ctx, q, l, 0); err != nil {
		return err
	}
	return s.cases.WithdrawWithin(ctx, q, caseID, c.title().Zh+"：评定已撤销 | the review was withdrawn")
}

// signSoon has a job begin or withdraw the cases of a campaign.
func (s *Service) signSoon(ctx context.Context, q db.Q, reviewID int64) error {
	_, err := s.runner.Enqueue(ctx, q, job.Spec{Kind: jobSign, Args: reviewArgs{ReviewID: reviewID}, MaxAttempts: 20})
	return err
}
