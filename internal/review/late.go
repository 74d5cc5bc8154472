package review

import (
	"cmp"
	"context"
	"slices"

	"kezhi/internal/audit"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/grading"
	"kezhi/internal/id"
	"kezhi/internal/rule"
)

// A grade that is signed for can come about late: what was known changed between rating and closing, so that a customer rated B would
// come out of the grading as an A that nobody signed. Such a customer is held at the grade it was rated with, by a decision that says so;
// its line gets the new outcome as a version of its own and waits, reopened, for the whole chain. Once signed, it is made effective like
// any customer that was reopened after closing, which takes the decision back.

// holdRises holds everybody who would come out of the grading with the grade that is signed for, without signatures. It runs when the
// judged values have been handed over; those who are held already stay so, so that it can be done again.
func (s *Service) holdRises(ctx context.Context, c *campaign) error {
	grade := c.signedGrade()
	if grade == "" {
		return nil
	}
	in := grading.PreviewInput{Rulebook: c.Rulebook, Scheme: c.Scheme, AsOf: c.EffectiveOn}
	return s.gradings.EachPreview(ctx, in, 0, func(ctx context.Context, _ int64, page []grading.Previewed) error {
		risen := map[int64]*grading.Previewed{}
		var ids []int64
		for i := range page {
			if page[i].Code == grade {
				risen[page[i].CustomerID], ids = &page[i], append(ids, page[i].CustomerID)
			}
		}
		if len(ids) == 0 {
			return nil
		}
		return s.db.InTx(ctx, func(q db.Q) error { return s.holdPage(ctx, q, c, ids, risen) })
	})
}

func (s *Service) holdPage(ctx context.Context, q db.Q, c *campaign, ids []int64, risen map[int64]*grading.Previewed) error {
	lines, err := linesIn(ctx, q, c.ID, ids)
	if err != nil {
		return err
	}
	lines = slices.DeleteFunc(lines, func(l Line) bool { return l.Approval != ApprovalNone })
	newest, err := newestOf(ctx, q, lines)
	if err != nil {
		return err
	}
	var held []grading.Decision
	for i := range lines {
		l := &lines[i]
		before := newest[l.CustomerID]
		if before.Decided && before.Code != c.signedGrade() { // people decided otherwise, and that holds
			continue
		}
		if err := s.hold(ctx, q, c, l, &before, risen[l.CustomerID]); err != nil {
			return err
		}
		held = append(held, c.kept(l.CustomerID, before.Code))
	}
	_, err = s.gradings.Decide(ctx, q, held)
	return err
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

// hold keeps the late outcome of a line as a version that nobody gave, and asks for signatures.
func (s *Service) hold(ctx context.Context, q db.Q, c *campaign, l *Line, before *Version, p *grading.Previewed) error {
	now := s.now()
	v := Version{
		CustomerID: l.CustomerID, ID: id.New(now), ReviewID: c.ID, Round: RoundMeet, Code: p.Code, Position: p.Position, Score: p.Score, ComputedCode: p.Code,
		Judged: before.Judged, RatedAt: now,
	}
	if v.Judged == nil {
		v.Judged = []Value{}
	}
	err := insertVersion(ctx, q, &v)
	if err != nil {
		return err
	}
	was := *l
	l.MeetID, l.MeetCode, l.MeetPosition, l.MeetScore, l.Differs = v.ID, v.Code, v.Position, v.Score, true
	l.State, l.Approval, l.CaseID, l.Draft = LineReopened, ApprovalWaiting, 0, Draft{}
	if *l, err = s.saveAsked(ctx, q, c, &was, *l, 0); err != nil {
		return err
	}
	return audit.Write(ctx, q, now, audit.Entry{
		Action: "review.rise", Entity: "review", EntityID: id.String(c.ID), CustomerID: l.CustomerID, Detail: map[string]any{"from": before.Code, "to": p.Code, "score": score(p.Score)},
	})
}

// kept is the decision that holds a customer at a grade until the better one is signed for; one without a grade gets the next lower.
func (c *campaign) kept(customerID int64, code string) grading.Decision {
	if code == "" || code == c.signedGrade() {
		at := c.in.Position(c.signedGrade()) + 1
		code = c.in.Scheme.Labels[min(at, len(c.in.Scheme.Labels)-1)].Code
	}
	t := c.title()
	return grading.Decision{
		CustomerID: customerID, Rulebook: c.Rulebook, Scheme: c.Scheme, Code: code, From: c.EffectiveOn, Until: period(c.rules).After(c.EffectiveOn).AddDays(-1),
		Title: rule.Text{Zh: t.Zh + "：升级待签署", En: t.En + ": the rise waits for signatures"}, Reason: code + " → " + c.signedGrade(), Source: "review", SourceID: c.ID,
	}
}

// riseOf says whether a customer that was reopened after closing would come out with the grade that is signed for, though nobody signed,
// on the day as of which it would be graded. Such a one waits for signatures from then on.
func (s *Service) riseOf(ctx context.Context, reviewID, customerID int64) error {
	q := s.db.Read()
	x, err := s.rated(ctx, q, reviewID, customerID)
	if err != nil || x.State != Closed || x.line.State != LineReopened || x.line.Approval != ApprovalNone || x.signedGrade() == "" || !x.chairs(x.campaign) {
		return err // what stands in the way otherwise is said by whoever asked
	}
	newest, err := newestOf(ctx, q, []Line{x.line})
	if err != nil {
		return err
	}
	before := newest[customerID]
	if before.Decided || before.Code == x.signedGrade() {
		return nil
	}
	said := map[string]Value{}
	for _, v := range before.Judged {
		said[v.Item] = v
	}
	asOf, err := s.effectDay(ctx, &x.Review)
	if err != nil {
		return err
	}
	list, err := s.gradings.Preview(ctx, grading.PreviewInput{
		Rulebook: x.Rulebook, Scheme: x.Scheme, AsOf: asOf, Customers: []int64{customerID}, Judged: map[int64]map[string]string{customerID: values(said)},
	})
	if err != nil || len(list) == 0 || list[0].Code != x.signedGrade() {
		return err
	}
	err = s.db.InTx(ctx, func(q db.Q) error { return s.hold(ctx, q, x.campaign, &x.line, &before, &list[0]) })
	return cmp.Or(err, error(errs.New(errs.Conflict, "review.unsigned", "n", 1, "grade", x.signedGrade(), "customers", x.line.Name)))
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
