package review

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/grading"
	"kezhi/internal/id"
	"kezhi/internal/job"
)

// Kinds of the jobs of this package.
const (
	jobOpen   = "review.open"
	jobClose  = "review.close"
	jobEffect = "review.effect"
	jobDaily  = "review.daily"
	jobSign   = "review.sign"
)

// Jobs gives the handlers for the composition root.
func (s *Service) Jobs() map[string]job.Handler {
	return map[string]job.Handler{jobOpen: s.doList, jobClose: s.doClose, jobEffect: s.doEffect, jobDaily: s.doDaily, jobSign: s.doSign}
}

// Daily gives the job to be scheduled and, for a moment, when it is due next: shortly after the organisation's midnight.
func (s *Service) Daily() (spec job.Spec, next func(time.Time) time.Time) {
	return job.Spec{Kind: jobDaily, Args: struct{}{}, UniqueKey: jobDaily}, func(now time.Time) time.Time {
		return calendar.FromTime(now, s.loc).AddDays(1).Midnight(s.loc).Add(10 * time.Minute)
	}
}

// Subscribe registers the reactions to other features' events.
func (s *Service) Subscribe(bus *event.Bus) {
	bus.Subscribe("customer.assigned", func(ctx context.Context, q db.Q, e event.Event) error { return moveUnit(ctx, q, e.CustomerID) })
	bus.Subscribe("user.moved", func(ctx context.Context, q db.Q, e event.Event) error {
		var p struct {
			UserID int64 `json:"user_id"`
		}
		if err := json.Unmarshal(e.Payload, &p); err != nil {
			return fmt.Errorf("reading event %s: %w", e.Kind, err)
		}
		return moveUnits(ctx, q, p.UserID)
	})
}

// reviewArgs names the campaign a job works on.
type reviewArgs struct {
	ReviewID int64 `json:"review_id"`
	// Customer bounds a taking effect to one customer that was reopened after closing; 0 = all.
	Customer int64 `json:"customer,omitempty"`
}

// Open opens a campaign by hand: its customers are listed by a job, then rating begins. Needs grading.run over all customers.
// Errors: invalid_input, rulebook.unknown, rulebook.not_in_force, review.none (the rulebook asks for no review),
// review.under_way (another one of this rulebook is).
func (s *Service) Open(ctx context.Context, in OpenInput) (Review, int64, error) {
	actor, err := requireAll(ctx)
	if err != nil {
		return Review{}, 0, err
	}
	return s.open(ctx, in, actor.UserID)
}

func (s *Service) open(ctx context.Context, in OpenInput, by int64) (Review, int64, error) {
	today := s.Today()
	held, err := s.books.InForce(ctx, s.db.Read(), in.Rulebook, today)
	if err != nil {
		return Review{}, 0, err
	}
	rules := held.Program.Review()
	if rules == nil || !held.Program.Graded() {
		return Review{}, 0, errs.New(errs.Conflict, "review.none", "rulebook", in.Rulebook)
	}
	in.opensOn = today
	in.dated(rules, today)
	if err := in.validate(); err != nil {
		return Review{}, 0, err
	}
	scheme := held.Scheme.ID
	if step := rules.Step("approve"); step != nil && step.Scheme != "" {
		scheme = step.Scheme
	}
	now := s.now()
	r := Review{
		ID: id.New(now), Rulebook: in.Rulebook, Version: held.Version, AdoptionID: held.Adoption.ID, Scheme: scheme, State: Opening, OpensOn: in.opensOn,
		RateBy: in.RateBy, ClosesOn: in.ClosesOn, EffectiveOn: in.EffectiveOn, Note: in.Note, MeetingOn: calendar.None, OpenedBy: by, OpenedAt: now, VersionNo: 1,
	}
	var jobID int64
	err = s.db.InTx(ctx, func(q db.Q) error {
		if other, err := openOf(ctx, q, in.Rulebook); err == nil {
			return errs.New(errs.Conflict, "review.under_way", "rulebook", in.Rulebook, "opened", other.OpensOn.String(), "review", id.String(other.ID))
		} else if !db.IsNoRows(err) {
			return err
		}
		if err := insertReview(ctx, q, &r); err != nil {
			return err
		}
		var err error
		if jobID, err = s.runner.Enqueue(ctx, q, job.Spec{Kind: jobOpen, Args: reviewArgs{ReviewID: r.ID}, UniqueKey: jobOpen + ":" + id.String(r.ID)}); err != nil {
			return err
		}
		return s.record(ctx, q, "review.open", r.ID, map[string]any{
			"rulebook": r.Rulebook, "version": r.Version, "rate_by": r.RateBy.String(), "closes_on": r.ClosesOn.String(), "effective_on": r.EffectiveOn.String(),
		})
	})
	return r, jobID, err
}

// record writes the audit of something done to a campaign.
func (s *Service) record(ctx context.Context, q db.Q, action string, reviewID int64, detail map[string]any) error {
	return audit.Write(ctx, q, s.now(), audit.Entry{Action: action, Entity: "review", EntityID: id.String(reviewID), Detail: detail})
}

// doList lists the customers in scope, in pages; it goes on after the last one that was committed. A campaign that is rated
// already gets those who came since.
func (s *Service) doList(ctx context.Context, run *job.Run) error {
	var args reviewArgs
	if err := run.Decode(&args); err != nil {
		return err
	}
	r, err := getReview(ctx, s.db.Read(), args.ReviewID)
	if err != nil || r.State != Opening && r.State != Rating {
		return err
	}
	after := int64(0)
	if run.Cursor != "" {
		if after, err = id.Parse(run.Cursor); err != nil {
			return fmt.Errorf("reading the cursor of a review: %w", err)
		}
	}
	var seen int64
	in := grading.PreviewInput{Rulebook: r.Rulebook, Scheme: r.Scheme, AsOf: s.asOf(&r)}
	err = s.gradings.EachPreview(ctx, in, after, func(ctx context.Context, last int64, page []grading.Previewed) error {
		seen += int64(len(page))
		if err := s.db.InTx(ctx, func(q db.Q) error {
			if err := s.list(ctx, q, &r, page); err != nil {
				return err
			}
			return run.Save(ctx, q, id.String(last))
		}); err != nil {
			return err
		}
		return run.Progress(ctx, seen, 0)
	})
	if err != nil {
		return err
	}
	run.SetResult(map[string]any{"review_id": id.String(r.ID), "customers": seen})
	return s.db.InTx(ctx, func(q db.Q) error {
		if err := setCustomers(ctx, q, r.ID); err != nil {
			return err
		}
		if err := carryResults(ctx, q, &r, s.now()); err != nil {
			return err
		}
		_, err := moveReview(ctx, q, r.ID, Opening, Rating)
		return err
	})
}

// list writes the lines of a page of customers.
func (s *Service) list(ctx context.Context, q db.Q, r *Review, page []grading.Previewed) error {
	ids := make([]int64, len(page))
	for i := range page {
		ids[i] = page[i].CustomerID
	}
	before, err := standingsOf(ctx, q, r.Rulebook, r.Scheme, ids)
	if err != nil {
		return err
	}
	lines := make([]Line, len(page))
	for i := range page {
		p, st := &page[i], before[page[i].CustomerID]
		lines[i] = Line{
			CustomerID: p.CustomerID, ReviewID: r.ID, Code: p.Number, UnitID: p.UnitID, Newcomer: p.Provisional, FirstFact: p.FirstFact,
			BeforeCode: st.code, BeforeScore: st.score, OpenCode: p.Code, OpenScore: p.Score,
		}
	}
	return insertLines(ctx, q, lines, s.now())
}

// Planned is a campaign the calendar will open.
type Planned struct {
	Rulebook string
	Title    map[string]string // by language
	From, To calendar.Date
}

// doDaily opens the campaigns whose days have come, lists the customers that came since in those that are rated, and reminds people.
func (s *Service) doDaily(ctx context.Context, run *job.Run) error {
	planned, err := s.planned(ctx)
	if err != nil {
		return err
	}
	opened := 0
	var failed []error
	for _, p := range planned {
		if s.Today() < p.From {
			continue
		}
		_, _, err := s.open(ctx, OpenInput{Rulebook: p.Rulebook, RateBy: calendar.None, ClosesOn: calendar.None, EffectiveOn: calendar.None}, 0)
		switch {
		case err == nil:
			opened++
		case errs.CodeOf(err) != "review.under_way":
			failed = append(failed, err)
		}
	}
	run.SetResult(map[string]int{"opened": opened})
	list, err := openReviews(ctx, s.db.Read())
	if err != nil {
		return errors.Join(append(failed, err)...)
	}
	failed = append(failed, s.remind(ctx))
	err = s.db.InTx(ctx, func(q db.Q) error {
		for _, r := range list {
			if r.State != Rating {
				continue
			}
			if _, err := s.runner.Enqueue(ctx, q, job.Spec{Kind: jobOpen, Args: reviewArgs{ReviewID: r.ID}, UniqueKey: jobOpen + ":" + id.String(r.ID)}); err != nil {
				return err
			}
		}
		return nil
	})
	return errors.Join(append(failed, err)...)
}

// Planned gives the campaigns whose window holds today or comes within the given number of days and that nobody has opened yet.
// Needs grading.read.
func (s *Service) Planned(ctx context.Context, within int) ([]Planned, error) {
	if _, err := authz.Require(ctx, authz.GradingRead); err != nil {
		return nil, err
	}
	all, err := s.planned(authz.With(ctx, authz.System("review")))
	if err != nil {
		return nil, err
	}
	out := all[:0]
	for _, p := range all {
		if p.From <= s.Today().AddDays(within) {
			out = append(out, p)
		}
	}
	return out, nil
}

// planned gives the next window of every rulebook in force that asks for a review each year, unless it was used already.
func (s *Service) planned(ctx context.Context) ([]Planned, error) {
	today := s.Today()
	books, err := s.books.AllInForce(ctx, s.db.Read(), today)
	if err != nil {
		return nil, err
	}
	year, _, _ := today.Civil()
	var out []Planned
	for _, in := range books {
		rules := in.Program.Review()
		if rules == nil || !in.Program.Graded() {
			continue
		}
		for y := year; y <= year+1; y++ {
			from, to, ok := rules.Window(y)
			if !ok || to < today {
				continue
			}
			used, err := openedBetween(ctx, s.db.Read(), in.Book.ID(), from, to)
			if err != nil {
				return nil, err
			}
			if !used {
				t := in.Book.Title()
				out = append(out, Planned{Rulebook: in.Book.ID(), Title: map[string]string{"zh": t.Zh, "en": t.En}, From: from, To: to})
			}
			break
		}
	}
	return out, nil
}
