package grading

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/job"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
)

// What decided on a grade.
const (
	SourceReview   = "review"   // a review campaign
	SourceOverride = "override" // an approved case
)

// maxWithdrawReason is how many bytes the reason for taking an override back may have.
const maxWithdrawReason = 4000

// OverrideInput is an override as an approved case gives it.
type OverrideInput struct {
	CustomerID int64
	Scheme     string // "" = where only one scheme grades the customer
	Code       string
	Until      calendar.Date // the last day; must not have passed
	Title      rule.Text     // what decided: the procedure with the number of the case
	Reason     string
	By         int64  // who decided last
	ByName     string // of everybody who agreed
	CaseID     int64
	Basis      rule.DecisionBasis
}

// CheckOverride says whether an override could take effect today: the scheme grades customers, the grade is one of its own, and
// the last day has not passed. What is empty in the input is not looked at. Errors: override.unknown_scheme,
// override.unknown_grade, override.ended.
func (s *Service) CheckOverride(ctx context.Context, q db.Q, in OverrideInput) error {
	_, err := s.overridden(ctx, q, in)
	return err
}

// Override lets a grade that was approved count from today to its last day: the customer is judged again at once, and on the day
// after the last one. The caller has made sure that it was approved; it is written in the caller's transaction. Errors: those of
// CheckOverride.
func (s *Service) Override(ctx context.Context, q db.Q, in OverrideInput) error {
	one, err := s.overridden(ctx, q, in)
	if err != nil {
		return err
	}
	if in.Code == "" || in.Until == calendar.None || one == nil {
		return errs.New(errs.Conflict, "override.incomplete")
	}
	d := Decision{
		CustomerID: in.CustomerID, Rulebook: one.Book.ID(), Scheme: one.Scheme.ID, Code: in.Code, Title: in.Title, Reason: in.Reason, From: s.Today(), Until: in.Until,
		Source: SourceOverride, SourceID: in.CaseID, Basis: in.Basis, DecidedBy: in.By, ByName: in.ByName,
	}
	if err := s.writeDecisions(ctx, q, []Decision{d}); err != nil {
		return err
	}
	return s.JudgeSoon(ctx, q, d.Rulebook, d.CustomerID, 0)
}

// overridden gives the scheme in force that an override is about; nil when the input names none and none follows.
func (s *Service) overridden(ctx context.Context, q db.Q, in OverrideInput) (*rulebook.InForce, error) {
	if today := s.Today(); in.Until != calendar.None && in.Until < today {
		return nil, errs.New(errs.Conflict, "override.ended", "until", in.Until.String(), "today", today.String())
	}
	stand, err := customerStandings(ctx, q, in.CustomerID)
	if err != nil {
		return nil, err
	}
	scheme := strings.TrimSpace(in.Scheme)
	if scheme == "" {
		if in.Code == "" || len(stand) != 1 {
			return nil, nil //nolint:nilnil // nothing follows yet, which is no failure
		}
		scheme = stand[0].Scheme
	}
	one, known, err := s.schemeInForce(ctx, q, scheme, stand)
	if err != nil {
		return nil, err
	}
	if one == nil {
		return nil, errs.New(errs.Conflict, "override.unknown_scheme", "scheme", scheme, "known", strings.Join(known, ", "))
	}
	codes := make([]string, len(one.Scheme.Labels))
	for i, l := range one.Scheme.Labels {
		codes[i] = l.Code
	}
	if in.Code != "" && !slices.Contains(codes, in.Code) {
		return nil, errs.New(errs.Conflict, "override.unknown_grade", "grade", in.Code, "scheme", scheme, "known", strings.Join(codes, ", "))
	}
	return one, nil
}

// schemeInForce finds a scheme among the rulebooks in force today: that of the customer's standing first, for two rulebooks may
// grade in one scheme. Without it the schemes there are.
func (s *Service) schemeInForce(ctx context.Context, q db.Q, scheme string, stand []Standing) (*rulebook.InForce, []string, error) {
	all, err := s.books.AllInForce(authz.With(ctx, authz.System("grading")), q, s.Today())
	if err != nil {
		return nil, nil, err
	}
	var found *rulebook.InForce
	var known []string
	for i := range all {
		if !all[i].Program.Graded() {
			continue
		}
		for _, one := range all[i].All() {
			known = append(known, one.Scheme.ID)
			stands := slices.ContainsFunc(stand, func(x Standing) bool { return x.Scheme == scheme && x.Rulebook == one.Book.ID() })
			if one.Scheme.ID == scheme && (found == nil || stands) {
				found = &one
			}
		}
	}
	slices.Sort(known)
	return found, slices.Compact(known), nil
}

// UndoOverride takes back what a case decided, from today on, because the case was opened again. One that has ended stays as it was.
func (s *Service) UndoOverride(ctx context.Context, q db.Q, caseID int64, by int64, byName, reason string) error {
	list, err := overridesOf(ctx, q, caseID)
	if err != nil {
		return err
	}
	for i := range list {
		held, err := decisionsOf(ctx, q, []int64{list[i].CustomerID})
		if err != nil {
			return err
		}
		if stateOf(&list[i], bySubject(held)[list[i].subject()], s.Today()) > DecisionHidden {
			continue
		}
		if err := s.revoke(ctx, q, &list[i], by, byName, reason); err != nil {
			return err
		}
	}
	return nil
}

// revoke writes that a decision no longer counts from today on, and has its customer judged again.
func (s *Service) revoke(ctx context.Context, q db.Q, d *Decision, by int64, byName, reason string) error {
	err := s.writeDecisions(ctx, q, []Decision{{
		CustomerID: d.CustomerID, Rulebook: d.Rulebook, Scheme: d.Scheme, Title: d.Title, Reason: reason, From: max(d.From, s.Today()), Until: calendar.None,
		Source: d.Source, SourceID: d.SourceID, Basis: d.Basis, Revokes: d.ID, DecidedBy: by, ByName: byName,
	}})
	if err != nil {
		return err
	}
	return s.JudgeSoon(ctx, q, d.Rulebook, d.CustomerID, 0)
}

// DecisionState says whether a decision counts.
type DecisionState int

// The states of a decision on a day.
const (
	DecisionCounts    DecisionState = iota // it is the grade
	DecisionHidden                         // another one counts in its place while its term runs
	DecisionEnded                          // its last day has passed
	DecisionWithdrawn                      // it was taken back
)

// String gives the state as the API writes it.
func (s DecisionState) String() string {
	return [...]string{"counts", "hidden", "ended", "withdrawn"}[s]
}

// stateOf tells how a decision stands on a day among those on the same customer and scheme.
func stateOf(d *Decision, among []Decision, on calendar.Date) DecisionState {
	switch {
	case revokedOn(among, d.ID, on):
		return DecisionWithdrawn
	case d.Until != calendar.None && d.Until < on:
		return DecisionEnded
	}
	if now := counting(among, on); now != nil && now.ID == d.ID {
		return DecisionCounts
	}
	return DecisionHidden
}

// DecisionNow is a decision with how it stands today.
type DecisionNow struct {
	Decision
	State     DecisionState
	Withdrawn *Decision // by what it was taken back; nil otherwise
}

// Decisions gives what people decided on a customer's grades, the newest first. Needs grading.read over the customer. Error: not_found.
func (s *Service) Decisions(ctx context.Context, customerID int64) ([]DecisionNow, error) {
	if _, err := s.guard(ctx, customerID); err != nil {
		return nil, err
	}
	held, err := decisionsOf(ctx, s.db.Read(), []int64{customerID})
	if err != nil {
		return nil, err
	}
	groups, out := bySubject(held), []DecisionNow{}
	for i := range held {
		d := held[i]
		if d.Revokes != 0 || d.Code == "" {
			continue
		}
		now := DecisionNow{Decision: d, State: stateOf(&d, groups[d.subject()], s.Today())}
		for j := range held {
			if held[j].Revokes == d.ID {
				now.Withdrawn = &held[j]
			}
		}
		out = append(out, now)
	}
	slices.SortFunc(out, func(a, b DecisionNow) int { return cmp.Or(cmp.Compare(b.From, a.From), cmp.Compare(b.ID, a.ID)) })
	return out, nil
}

// WithdrawOverride ends an override before its last day: from today on what follows counts again, or what a review decided. Needs
// grading.run over the customer. Errors: not_found, invalid_input, override.not_one, override.over.
func (s *Service) WithdrawOverride(ctx context.Context, customerID, decisionID int64, reason string) (DecisionNow, error) {
	actor, err := authz.Require(ctx, authz.GradingRun)
	if err != nil {
		return DecisionNow{}, err
	}
	if _, err := s.customers.Guard(ctx, authz.GradingRun, customerID); err != nil {
		return DecisionNow{}, err
	}
	reason = strings.TrimSpace(reason)
	var v errs.Validation
	v.Check(reason != "", "reason", "field.required")
	v.Check(len(reason) <= maxWithdrawReason, "reason", "field.too_long", "max", maxWithdrawReason)
	if err := v.Err(); err != nil {
		return DecisionNow{}, err
	}
	err = s.db.InTx(ctx, func(q db.Q) error {
		held, err := decisionsOf(ctx, q, []int64{customerID})
		if err != nil {
			return err
		}
		i := slices.IndexFunc(held, func(d Decision) bool { return d.ID == decisionID && d.Revokes == 0 })
		if i < 0 {
			return errs.New(errs.NotFound, "not_found")
		}
		if held[i].Source != SourceOverride {
			return errs.New(errs.Conflict, "override.not_one")
		}
		if state := stateOf(&held[i], bySubject(held)[held[i].subject()], s.Today()); state > DecisionHidden {
			return errs.New(errs.Conflict, "override.over", "state", state.String())
		}
		names, err := userNames(ctx, q, []int64{actor.UserID})
		if err != nil {
			return err
		}
		return s.revoke(ctx, q, &held[i], actor.UserID, names[actor.UserID], reason)
	})
	if err != nil {
		return DecisionNow{}, err
	}
	list, err := s.Decisions(ctx, customerID)
	for i := range list {
		if list[i].ID == decisionID {
			return list[i], err
		}
	}
	return DecisionNow{}, cmp.Or(err, error(errs.New(errs.NotFound, "not_found")))
}

// Daily gives the job that judges again whose decided grade has ended, and, for a moment, when it is due next: soon after midnight.
func (s *Service) Daily() (spec job.Spec, next func(time.Time) time.Time) {
	return job.Spec{Kind: jobEnded, Args: struct{}{}, UniqueKey: jobEnded}, func(now time.Time) time.Time {
		return calendar.FromTime(now, s.loc).AddDays(1).Midnight(s.loc).Add(2 * time.Minute)
	}
}

// doEnded has everybody judged again, as of today, whose standing rests on a decision or on signatures that have ended; those of days on which
// nothing ran as well. A second time finds nobody.
func (s *Service) doEnded(ctx context.Context, run *job.Run) error {
	all, err := s.books.AllInForce(ctx, s.db.Read(), s.Today())
	if err != nil {
		return err
	}
	var ended int64
	for _, in := range all {
		if !in.Program.Graded() {
			continue
		}
		var noted int64
		err := s.db.InTx(ctx, func(q db.Q) error {
			n, err := noteEnded(ctx, q, in.Book.ID(), s.Today(), clock.Micros(s.now()))
			if err != nil {
				return err
			}
			unsigned, err := noteUnsigned(ctx, q, in.Book.ID(), s.Today(), clock.Micros(s.now()))
			if err != nil || n+unsigned == 0 {
				return err
			}
			noted = n + unsigned
			_, err = s.runner.Enqueue(ctx, q, job.Spec{Kind: jobTrigger, Args: triggerArgs{Rulebook: in.Book.ID()}})
			return err
		})
		if err != nil {
			return err
		}
		ended += noted
	}
	run.SetResult(map[string]int64{"customers": ended})
	return nil
}
