package demo

import (
	"context"
	"hash/fnv"
	"strconv"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/procedure"
	"kezhi/internal/review"
)

// The review of the dealers, by days before the reference date: it was opened when they were graded a month ago, the regions rated in
// the weeks after, and the meeting began yesterday although one region is not done.
const (
	rateDays  = 12
	dueDays   = 3
	meetDays  = 2
	signDays  = 1
	closeDays = 10 // days ahead
	lateOne   = "south.manager"
)

// openReview opens the review of the dealers; while it is under way nobody applies for a better grade on the side.
func (l *loader) openReview(ctx context.Context) error {
	ref := l.c.Reference
	r, _, err := l.Reviews.Open(ctx, review.OpenInput{
		Rulebook: dealerGrading, RateBy: ref.AddDays(-dueDays), ClosesOn: ref.AddDays(closeDays), EffectiveOn: ref.AddDays(closeDays + 1), Note: "年度评定",
	})
	l.campaign = r.ID
	return err
}

// rate lives through a day of the review.
func (l *loader) rate(ctx context.Context, day calendar.Date) error {
	ago := int(l.c.Reference - day)
	if l.campaign == 0 || ago > rateDays {
		return nil
	}
	l.at(day, 19*60)
	switch ago {
	case rateDays:
		for i, p := range l.c.Staff {
			if p.Role != authz.RoleRegionalManager {
				continue
			}
			if err := l.rateRegion(ctx, i, p.Login == lateOne); err != nil {
				return err
			}
		}
	case meetDays:
		if _, err := l.Reviews.Meet(l.as(ctx, l.director()), l.campaign, review.MeetingInput{On: day, People: "营销总监与各大区经理"}); err != nil {
			return err
		}
		return l.Drain(ctx) // begins the cases that carry the signatures
	case signDays:
		return l.signGrades(ctx)
	}
	return nil
}

// rateRegion has a manager rate everybody of its region, or only the first page of them.
func (l *loader) rateRegion(ctx context.Context, staff int, some bool) error {
	ctx = l.as(ctx, staff)
	f := review.LineFilter{Mine: true, Limit: 200}
	for {
		lines, next, _, err := l.Reviews.Lines(ctx, l.campaign, f)
		if err != nil || len(lines) == 0 {
			return err
		}
		forms := make(map[int64]review.FillInput, len(lines))
		for i := range lines {
			forms[lines[i].CustomerID] = l.formOf(&lines[i])
		}
		if _, err := l.Reviews.SubmitFilled(ctx, l.campaign, forms); err != nil {
			return err
		}
		if f.Cursor = next; next == "" || some {
			return nil
		}
	}
}

// formOf fills in what a manager judges: who is an A already is like one, and others have still to prove it.
func (l *loader) formOf(line *review.Line) review.FillInput {
	h := fnv.New64a()
	_, _ = h.Write([]byte(line.Code))
	influence := 3 + streamOf(l.c.seed, h.Sum64()).below(6)
	profile, why := "no", "规模与合作深度还不够。"
	if line.BeforeCode == "A" {
		profile, why = "yes", "长期合作，信誉良好。"
	}
	return review.FillInput{Values: []review.Value{
		{Item: "a_profile", Value: profile, Reason: why},
		{Item: "local_influence", Value: strconv.Itoa(influence), Reason: "按走访了解的情况。"},
	}}
}

// signGrades has everybody sign for the grades of the review, but for one that waits for the director.
func (l *loader) signGrades(ctx context.Context) error {
	director := l.director()
	f := review.LineFilter{Approval: review.ApprovalWaiting, Limit: 200}
	lines, _, _, err := l.Reviews.Lines(ctx, l.campaign, f)
	if err != nil {
		return err
	}
	for i := range lines {
		manager := l.managerOf(l.byUser[lines[i].OwnerID])
		deeds := []deed{{manager, agreed("同意申报。")}, {director, agreed("情况属实。")}, {director, agreed("同意。")}}
		if i == 0 {
			deeds = deeds[:1]
		}
		if err := l.steps(ctx, &lines[i].CaseID, deeds); err != nil {
			return err
		}
	}
	return nil
}

// managerOf gives the manager of the region that a member of staff belongs to.
func (l *loader) managerOf(staff int) int {
	for i, p := range l.c.Staff {
		if p.Role == authz.RoleRegionalManager && p.Unit == l.c.Staff[staff].Unit {
			return i
		}
	}
	return l.director()
}

// reviewPosts gives the posts of whoever signs for a grade: the managers of the regions apply, each for its own.
func (l *loader) reviewPosts(ctx context.Context, day calendar.Date) error {
	for i, p := range l.c.Staff {
		if p.Role != authz.RoleRegionalManager {
			continue
		}
		in := procedure.HoldingInput{Post: "sales_manager", UserID: l.staff[i].UserID, UnitID: l.staff[i].UnitIDs[0], From: day, Until: calendar.None}
		if _, err := l.Procedures.Appoint(ctx, in); err != nil {
			return err
		}
	}
	return nil
}
