package review

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// maxSample bounds a spot check.
const maxSample = 500

// Where a customer of a spot check stands.
const (
	CheckOpen      = "open"
	CheckFine      = "fine"
	CheckFinding   = "finding"
	CheckCorrected = "corrected"
)

// Check is a spot check (抽查): a random sample of graded customers that anybody can draw again from its seed.
type Check struct {
	ID         int64
	Rulebook   string
	Scheme     string
	Grade      string // "" = all
	Seed       int64
	Size       int
	Population int64 // customers it was drawn from
	Note       string
	CreatedBy  int64
	ByName     string
	CreatedAt  int64
	EndedAt    *int64
	Counts     map[string]int64 // by where the customers stand
	Overdue    int64            // findings not corrected by their day
}

// CheckItem is a customer of a spot check.
type CheckItem struct {
	CustomerID  int64
	CheckID     int64
	Code, Name  string // of the customer
	OwnerName   string
	Place       int
	Grade       string // as it stood when the sample was drawn
	VerdictID   int64
	State       string
	Finding     string
	Correction  string // what is to be done
	DueOn       calendar.Date
	DoneNote    string // what was done
	CheckedBy   int64
	CheckedAt   *int64
	CorrectedBy int64
	CorrectedAt *int64
	VersionNo   int64
}

// CheckInput draws a sample. Seed 0 takes one from the time.
type CheckInput struct {
	Rulebook string
	Scheme   string // "" = the first
	Grade    string // "" = all
	Size     int
	Seed     int64
	Note     string
}

// Draw draws the sample of a spot check from the customers that have a grade now. Needs grading.run over all customers. Errors:
// rulebook.unknown, grading.unknown_scheme, review.nobody, invalid_input.
func (s *Service) Draw(ctx context.Context, in CheckInput) (Check, error) {
	actor, err := requireAll(ctx)
	if err != nil {
		return Check{}, err
	}
	var v errs.Validation
	v.Check(in.Size >= 1 && in.Size <= maxSample, "size", "review.sample_size", "max", maxSample)
	v.Check(in.Seed >= 0, "seed", "field.not_allowed")
	v.Check(len(in.Note) <= maxNote, "note", "field.too_long", "max", maxNote)
	if err := v.Err(); err != nil {
		return Check{}, err
	}
	o, err := s.gradings.Overview(ctx, in.Rulebook, in.Scheme)
	if err != nil {
		return Check{}, err
	}
	in.Scheme = o.Scheme.ID
	now := s.now()
	c := Check{
		ID: id.New(now), Rulebook: in.Rulebook, Scheme: in.Scheme, Grade: in.Grade, Seed: cmp.Or(in.Seed, clock.Micros(now)), Note: in.Note,
		CreatedBy: actor.UserID, CreatedAt: clock.Micros(now),
	}
	err = s.db.InTx(ctx, func(q db.Q) error {
		all, err := gradedIn(ctx, q, in.Rulebook, in.Scheme, in.Grade)
		if err != nil {
			return err
		}
		if len(all) == 0 {
			return errs.New(errs.Conflict, "review.nobody", "rulebook", in.Rulebook, "grade", in.Grade)
		}
		sample := Sample(all, in.Size, c.Seed)
		c.Size, c.Population = len(sample), int64(len(all))
		if err := insertCheck(ctx, q, &c); err != nil {
			return err
		}
		if err := insertCheckItems(ctx, q, &c, sample); err != nil {
			return err
		}
		return audit.Write(ctx, q, now, audit.Entry{
			Action: "spot_check.draw", Entity: "spot_check", EntityID: id.String(c.ID),
			Detail: map[string]any{"rulebook": in.Rulebook, "grade": in.Grade, "size": c.Size, "seed": c.Seed, "population": c.Population},
		})
	})
	if err != nil {
		return Check{}, err
	}
	return s.Check(ctx, c.ID)
}

// Sample draws from a list in a fixed order; the same list, size and seed give the same sample in the same order.
func Sample[T any](all []T, size int, seed int64) []T {
	r := rand.New(rand.NewPCG(uint64(seed), 0x6b657a6869)) // to be drawn again, not a secret
	at := r.Perm(len(all))
	out := make([]T, min(size, len(all)))
	for i := range out {
		out[i] = all[at[i]]
	}
	return out
}

// Checks gives spot checks, newest first. Needs grading.read.
func (s *Service) Checks(ctx context.Context, rulebook string, limit int) ([]Check, error) {
	actor, err := authz.Require(ctx, authz.GradingRead)
	if err != nil {
		return nil, err
	}
	return listChecks(ctx, s.db.Read(), rulebook, 0, actor.Scope(authz.GradingRead), s.Today(), limit)
}

// Check gives one spot check. Needs grading.read.
func (s *Service) Check(ctx context.Context, checkID int64) (Check, error) {
	actor, err := authz.Require(ctx, authz.GradingRead)
	if err != nil {
		return Check{}, err
	}
	list, err := listChecks(ctx, s.db.Read(), "", checkID, actor.Scope(authz.GradingRead), s.Today(), 1)
	if err == nil && len(list) == 0 {
		err = hidden()
	}
	if err != nil {
		return Check{}, err
	}
	return list[0], nil
}

// CheckItems gives the customers of a spot check within reach, in the order of the sample. Needs grading.read.
func (s *Service) CheckItems(ctx context.Context, checkID int64) ([]CheckItem, error) {
	actor, err := authz.Require(ctx, authz.GradingRead)
	if err != nil {
		return nil, err
	}
	return checkItems(ctx, s.db.Read(), checkID, 0, actor.Scope(authz.GradingRead))
}

// FindInput says what a check of one customer found, or that it was corrected.
type FindInput struct {
	State      string // fine, finding, corrected
	Finding    string
	Correction string
	DueOn      calendar.Date
	DoneNote   string
	Version    int64
}

// Find notes what was found about a customer. Findings need grading.run over all customers; that one was corrected may be said by
// whoever may judge the customer. Errors: not_found, review.check_order, precondition_failed, invalid_input.
func (s *Service) Find(ctx context.Context, checkID, customerID int64, in FindInput) (CheckItem, error) {
	if err := in.validate(); err != nil {
		return CheckItem{}, err
	}
	actor, err := authz.Require(ctx, authz.GradingJudge)
	if err != nil {
		return CheckItem{}, err
	}
	if in.State != CheckCorrected {
		if actor, err = requireAll(ctx); err != nil {
			return CheckItem{}, err
		}
	}
	var out CheckItem
	err = s.db.InTx(ctx, func(q db.Q) error {
		list, err := checkItems(ctx, q, checkID, customerID, actor.Scope(authz.GradingJudge))
		if err != nil || len(list) == 0 {
			return cmp.Or(err, hidden())
		}
		out = list[0]
		if in.State == CheckCorrected && out.State != CheckFinding {
			return errs.New(errs.Conflict, "review.check_order", "customer", out.Code)
		}
		at := clock.Micros(s.now())
		out.State = in.State
		if in.State == CheckCorrected {
			out.DoneNote, out.CorrectedBy, out.CorrectedAt = in.DoneNote, actor.UserID, &at
		} else {
			out.Finding, out.Correction, out.DueOn, out.CheckedBy, out.CheckedAt = in.Finding, in.Correction, in.DueOn, actor.UserID, &at
		}
		ok, err := saveCheckItem(ctx, q, &out, in.Version)
		if err != nil || !ok {
			return cmp.Or(err, error(errs.New(errs.Precondition, "precondition_failed")))
		}
		out.VersionNo = in.Version + 1
		if err := endCheck(ctx, q, checkID, at); err != nil {
			return err
		}
		return audit.Write(ctx, q, s.now(), audit.Entry{
			Action: "spot_check." + in.State, Entity: "spot_check", EntityID: id.String(checkID), CustomerID: customerID,
			Detail: map[string]any{"finding": out.Finding, "correction": out.Correction, "due_on": out.DueOn.String(), "done": out.DoneNote},
		})
	})
	return out, err
}

func (in *FindInput) validate() error {
	var v errs.Validation
	v.Check(slices.Contains([]string{CheckFine, CheckFinding, CheckCorrected}, in.State), "state", "field.not_allowed", "value", in.State)
	if in.State == CheckFinding {
		v.Check(in.Finding != "", "finding", "field.required")
		v.Check(in.Correction != "", "correction", "field.required")
		v.Check(in.DueOn != calendar.None, "due_on", "field.required")
	}
	if in.State == CheckCorrected {
		v.Check(in.DoneNote != "", "done_note", "field.required")
	}
	for path, text := range map[string]string{"finding": in.Finding, "correction": in.Correction, "done_note": in.DoneNote} {
		v.Check(len(text) <= maxNote, path, "field.too_long", "max", maxNote)
	}
	return v.Err()
}
