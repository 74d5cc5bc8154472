package review

import (
	"context"
	"slices"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/files"
	"kezhi/internal/grading"
	"kezhi/internal/job"
	"kezhi/internal/procedure"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
)

// Deps is what a service stands upon.
type Deps struct {
	DB        *db.DB
	Now       clock.Clock
	Loc       *time.Location // the organisation's; it says when a day begins
	Bus       *event.Bus
	Runner    *job.Runner
	Books     *rulebook.Service
	Gradings  *grading.Service
	Customers *customer.Service
	Files     *files.Store
	Cases     *procedure.Service // carry the signatures
}

// Service carries out reviews.
type Service struct {
	db        *db.DB
	now       clock.Clock
	loc       *time.Location
	bus       *event.Bus
	runner    *job.Runner
	books     *rulebook.Service
	gradings  *grading.Service
	customers *customer.Service
	files     *files.Store
	cases     *procedure.Service
	tell      func(ctx context.Context, q db.Q, r Reminder) error // nil = nobody is told
}

// New makes the service.
func New(d Deps) *Service {
	s := &Service{
		db: d.DB, now: d.Now, loc: d.Loc, bus: d.Bus, runner: d.Runner, books: d.Books, gradings: d.Gradings, customers: d.Customers, files: d.Files, cases: d.Cases,
	}
	if s.cases != nil { // nil: only to describe the API
		s.cases.OnTurn("", s.caseTurned)
		s.cases.OnSubject(subjectReview, s.aboutLine)
	}
	return s
}

// Today gives the organisation's present day.
func (s *Service) Today() calendar.Date { return calendar.FromTime(s.now(), s.loc) }

// campaign is a review with what its rulebook says about it.
type campaign struct {
	Review
	in     rulebook.InForce
	rules  *rule.Review
	judged []rule.Judgement
}

// campaign reads a review with the text it was opened under.
func (s *Service) campaign(ctx context.Context, q db.Q, reviewID int64) (*campaign, error) {
	r, err := getReview(ctx, q, reviewID)
	if err != nil {
		return nil, err
	}
	return s.campaignOf(ctx, q, r)
}

func (s *Service) campaignOf(ctx context.Context, q db.Q, r Review) (*campaign, error) {
	// Who may take part in a review may read the text it follows.
	in, err := s.books.Adopted(authz.With(ctx, authz.System("review")), q, r.AdoptionID)
	if err != nil {
		return nil, err
	}
	in, _ = in.For(r.Scheme)
	return &campaign{Review: r, in: in, rules: in.Program.Review(), judged: in.Program.Judgements()}, nil
}

// signedGrade is the grade that needs signatures; "" when none does.
func (c *campaign) signedGrade() string {
	if step := c.rules.Signing(); step != nil {
		return step.Grade
	}
	return ""
}

// item finds a judged item; nil when there is none of that name.
func (c *campaign) item(name string) *rule.Judgement {
	i := slices.IndexFunc(c.judged, func(j rule.Judgement) bool { return j.Name == name })
	if i < 0 {
		return nil
	}
	return &c.judged[i]
}

// label gives the words of a grade of the scheme.
func (c *campaign) label(code string) rule.Text {
	for _, l := range c.in.Scheme.Labels {
		if l.Code == code {
			return l.Title
		}
	}
	return rule.Text{}
}

// knownGrade says whether a code is a grade of the scheme.
func (c *campaign) knownGrade(code string) bool { return c.in.Position(code) < len(c.in.Scheme.Labels) }

// title names the campaign: the rulebook and the year it counts for.
func (c *campaign) title() rule.Text {
	t := c.in.Book.Title()
	year := c.EffectiveOn.String()[:4]
	return rule.Text{Zh: year + " 年度评定", En: "Review of " + year + " (" + t.En + ")"}
}

// asOf is the day as of which ratings are worked out: the day they will count from, or today while that lies ahead.
func (s *Service) asOf(r *Review) calendar.Date { return min(r.EffectiveOn, s.Today()) }

// requireAll gives the actor when it may open and close reviews.
func requireAll(ctx context.Context) (authz.Actor, error) {
	a, err := authz.Require(ctx, authz.GradingRun)
	if err == nil && a.Grants[authz.GradingRun] != authz.ReachAll {
		err = errs.New(errs.Forbidden, "auth.forbidden", "permission", string(authz.GradingRun))
	}
	return a, err
}

// mustBe refuses what a campaign's state does not allow.
func mustBe(r *Review, states ...State) error {
	if slices.Contains(states, r.State) {
		return nil
	}
	return errs.New(errs.Conflict, "review.state", "state", string(r.State))
}
