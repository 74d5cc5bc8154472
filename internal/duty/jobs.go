package duty

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/id"
	"kezhi/internal/job"
)

// Kinds of the jobs of this feature.
const (
	JobPlan    = "duty.plan"
	JobDaily   = "duty.daily"
	JobRepoint = "duty.repoint"
	JobPreview = "duty.preview"
)

// chunk is how many customers or duties one transaction handles, so that other writers get in between.
const chunk = 500

// planChunk is how many customers are planned together. A year of duties of one customer lies all over the lists of whoever owes
// them, so few large transactions write a fifth of the pages that many small ones do; one lasts about a second.
const planChunk = 2000

// planArgs names what is planned; RunID is the grading run that asked for it, "" when a person or the schedule did.
type planArgs struct {
	Rulebook string `json:"rulebook"`
	RunID    string `json:"run_id,omitempty"`
}

// Jobs gives the handlers for the composition root.
func (s *Service) Jobs() map[string]job.Handler {
	return map[string]job.Handler{JobPlan: s.planJob, JobDaily: s.dailyJob, JobRepoint: s.repointJob, JobPreview: s.previewJob}
}

// Daily gives the job to be scheduled and, for a moment, when it is due next: shortly after the organisation's midnight.
func (s *Service) Daily() (spec job.Spec, next func(time.Time) time.Time) {
	return job.Spec{Kind: JobDaily, Args: struct{}{}, UniqueKey: JobDaily}, func(now time.Time) time.Time {
		return calendar.FromTime(now, s.loc).AddDays(1).Midnight(s.loc).Add(5 * time.Minute)
	}
}

// Subscribe registers the reactions to other features' events.
func (s *Service) Subscribe(bus *event.Bus) {
	bus.Subscribe("grading.completed", s.onGraded)
	bus.Subscribe(customer.EventAssigned, s.onAssigned)
	bus.Subscribe(customer.EventArchived, s.onArchived)
	bus.Subscribe("user.moved", s.onUserMoved)
}

func (s *Service) onGraded(ctx context.Context, q db.Q, e event.Event) error {
	var p struct {
		Rulebook string          `json:"rulebook"`
		RunID    json.RawMessage `json:"run_id"`
	}
	if err := json.Unmarshal(e.Payload, &p); err != nil {
		return fmt.Errorf("reading event %s: %w", e.Kind, err)
	}
	run := strings.Trim(string(p.RunID), `"`)
	// The run is part of the key: a planning that is under way may have passed customers this run has regraded.
	_, err := s.queue.Enqueue(ctx, q, job.Spec{Kind: JobPlan, Args: planArgs{p.Rulebook, run}, UniqueKey: JobPlan + ":" + p.Rulebook + ":" + run})
	return err
}

// onAssigned gives a customer's duties that are not done to the new owner.
func (s *Service) onAssigned(ctx context.Context, q db.Q, e event.Event) error {
	return s.repoint(ctx, q, newRoster(), e.CustomerID)
}

// onUserMoved has the duties that are not done follow the customers of a person who went to another unit, and the posts that this
// person holds or left. It may be thousands, so a job does it.
func (s *Service) onUserMoved(ctx context.Context, q db.Q, e event.Event) error {
	var args repointArgs
	if err := json.Unmarshal(e.Payload, &args); err != nil {
		return fmt.Errorf("reading event %s: %w", e.Kind, err)
	}
	_, err := s.queue.Enqueue(ctx, q, job.Spec{Kind: JobRepoint, Args: args})
	return err
}

// repointArgs name who went to another unit.
type repointArgs struct {
	UserID int64 `json:"user_id"`
}

// repointJob looks at the customers of a person, and at those who are owed something by a post, and goes on after the last one that
// was committed.
func (s *Service) repointJob(ctx context.Context, run *job.Run) error {
	var args repointArgs
	if err := run.Decode(&args); err != nil {
		return err
	}
	after := int64(0)
	if run.Cursor != "" {
		var err error
		if after, err = strconv.ParseInt(run.Cursor, 10, 64); err != nil {
			return fmt.Errorf("reading the cursor of a repointing: %w", err)
		}
	}
	var seen int64
	for {
		n, next := 0, after // the transaction may run again: it begins at after each time
		err := s.db.InTx(ctx, func(q db.Q) error {
			ids, err := customersToRepoint(ctx, q, args.UserID, after, chunk)
			if n = len(ids); err != nil || n == 0 {
				return err
			}
			who := newRoster()
			for _, customerID := range ids {
				if err := s.repoint(ctx, q, who, customerID); err != nil {
					return err
				}
			}
			next = ids[n-1]
			return run.Save(ctx, q, strconv.FormatInt(next, 10))
		})
		if err != nil || n == 0 {
			return err
		}
		after = next
		seen += int64(n)
		if err := run.Progress(ctx, seen, 0); err != nil {
			return err
		}
	}
}

// onArchived drops what an archived customer would be owed from today on. A customer that is restored is planned again
// by the next daily job.
func (s *Service) onArchived(ctx context.Context, q db.Q, e event.Event) error {
	pending, err := pendingOf(ctx, q, e.CustomerID)
	if err != nil {
		return err
	}
	var dropped []string
	now := s.now()
	for _, d := range pending {
		if d.state != Open || d.due < s.Today() {
			continue
		}
		if _, err := dropDuty(ctx, q, e.CustomerID, d, clock.Micros(now)); err != nil {
			return err
		}
		dropped = append(dropped, id.String(d.id))
	}
	if len(dropped) == 0 {
		return nil
	}
	return audit.Write(ctx, q, now, audit.Entry{Action: "duty.drop", Entity: "duty", CustomerID: e.CustomerID, Detail: map[string]any{"dropped": dropped}})
}

// EventGiven says that duties of a customer are owed by somebody else now; its payload is Given.
const EventGiven = "duty.given"

// Given is what changed hands. UnitID is the customer's unit.
type Given struct {
	UnitID int64  `json:"unit_id,string"`
	Moves  []Move `json:"moves"`
}

// Move is a duty that went from one person to another, 0 = nobody.
type Move struct {
	DutyID int64 `json:"duty_id,string"`
	From   int64 `json:"from,string"`
	To     int64 `json:"to,string"`
}

func (s *Service) repoint(ctx context.Context, q db.Q, who *roster, customerID int64) error {
	g, err := customerOwner(ctx, q, customerID)
	if err != nil {
		if db.IsNoRows(err) {
			return nil
		}
		return err
	}
	pending, err := pendingOf(ctx, q, customerID)
	if err != nil {
		return err
	}
	given := Given{UnitID: g.unitID}
	for _, e := range pending {
		owner, err := who.owes(ctx, q, e.role, g)
		if err != nil {
			return err
		}
		if owner != e.ownerID {
			given.Moves = append(given.Moves, Move{DutyID: e.id, From: e.ownerID, To: owner})
		}
		if owner != e.ownerID || g.unitID != e.unitID {
			if err := assignDuty(ctx, q, customerID, e.id, owner, g.unitID, s.Today(), clock.Micros(s.now())); err != nil {
				return err
			}
		}
	}
	if len(given.Moves) == 0 {
		return nil
	}
	return s.bus.Emit(ctx, q, EventGiven, customerID, given)
}

// RequestPlan enqueues the planning of one rulebook, or of all that graded anybody ("" ), and gives the jobs' ids.
// Needs grading.run.
func (s *Service) RequestPlan(ctx context.Context, rulebook string) ([]int64, error) {
	if _, err := authz.Require(ctx, authz.GradingRun); err != nil {
		return nil, err
	}
	books := []string{rulebook}
	if rulebook == "" {
		var err error
		if books, err = gradedRulebooks(ctx, s.db.Read()); err != nil {
			return nil, err
		}
	}
	var out []int64
	err := s.db.InTx(ctx, func(q db.Q) error {
		out = out[:0]
		for _, b := range books {
			n, err := s.queue.Enqueue(ctx, q, job.Spec{Kind: JobPlan, Args: planArgs{Rulebook: b}, UniqueKey: JobPlan + ":" + b})
			if err != nil {
				return err
			}
			out = append(out, n)
		}
		return audit.Write(ctx, q, s.now(), audit.Entry{Action: "duty.plan", Entity: "duty", Detail: map[string]any{"rulebooks": books}})
	})
	return out, err
}

// Plan plans one rulebook here and now, for the command line and the demo. Needs grading.run.
func (s *Service) Plan(ctx context.Context, rulebook string) (PlanResult, error) {
	if _, err := authz.Require(ctx, authz.GradingRun); err != nil {
		return PlanResult{}, err
	}
	return s.plan(ctx, rulebook, usualSpan, 0, PlanResult{Rulebook: rulebook}, keepNothing)
}

// PlanRange plans what is due in [from, to] under one rulebook, here and now; what is due on other days stays as it is.
// Needs grading.run. Error: invalid_input.
func (s *Service) PlanRange(ctx context.Context, rulebook string, from, to calendar.Date) (PlanResult, error) {
	if _, err := authz.Require(ctx, authz.GradingRun); err != nil {
		return PlanResult{}, err
	}
	var v errs.Validation
	v.Check(from <= to, "to", "duty.range_reversed")
	v.Check(to <= from.AddDays(maxRange), "to", "duty.range_long", "days", maxRange)
	if err := v.Err(); err != nil {
		return PlanResult{}, err
	}
	return s.plan(ctx, rulebook, span{from, to}, 0, PlanResult{Rulebook: rulebook}, keepNothing)
}

// maxRange is how many days may be planned at once.
const maxRange = 1830

// Graded names the rulebooks under which anybody stands. Needs grading.run.
func (s *Service) Graded(ctx context.Context) ([]string, error) {
	if _, err := authz.Require(ctx, authz.GradingRun); err != nil {
		return nil, err
	}
	return gradedRulebooks(ctx, s.db.Read())
}

// Sum counts the customers that have a grade, and the duties that are due in [from, to] in whatever state but dropped. Needs grading.run.
func (s *Service) Sum(ctx context.Context, from, to calendar.Date) (customers, duties int64, err error) {
	if _, err := authz.Require(ctx, authz.GradingRun); err != nil {
		return 0, 0, err
	}
	return sums(ctx, s.db.Read(), from, to)
}

// keepNothing is the saver of a planning that is not a job.
func keepNothing(context.Context, db.Q, int64, PlanResult) error { return nil }

// planJob goes on after the last customer whose duties were committed.
func (s *Service) planJob(ctx context.Context, run *job.Run) error {
	var args planArgs
	if err := run.Decode(&args); err != nil {
		return err
	}
	res := PlanResult{Rulebook: args.Rulebook}
	after, err := planCursor(run.Cursor, &res)
	if err != nil {
		return err
	}
	res, err = s.plan(ctx, args.Rulebook, usualSpan, after, res, func(ctx context.Context, q db.Q, last int64, so PlanResult) error {
		b, err := json.Marshal(so)
		if err != nil {
			return err
		}
		return run.Save(ctx, q, strconv.FormatInt(last, 10)+" "+string(b))
	}, func(ctx context.Context, so PlanResult) error { return run.Progress(ctx, so.Customers, 0) })
	if err != nil {
		return err
	}
	run.SetResult(res)
	return nil
}

// planCursor reads "LAST RESULT" as planJob saved it.
func planCursor(cursor string, res *PlanResult) (after int64, err error) {
	if cursor == "" {
		return 0, nil
	}
	last, rest, _ := strings.Cut(cursor, " ")
	if after, err = strconv.ParseInt(last, 10, 64); err != nil {
		return 0, fmt.Errorf("reading the cursor of a planning: %w", err)
	}
	return after, json.Unmarshal([]byte(rest), res)
}

// dailyJob marks what was missed, tells those above of it, and extends the plan of every rulebook.
func (s *Service) dailyJob(ctx context.Context, run *job.Run) error {
	missed, err := s.MarkMissed(ctx)
	if err != nil {
		return err
	}
	escalated, err := s.Escalate(ctx)
	if err != nil {
		return err
	}
	run.SetResult(map[string]int64{"missed": missed, "escalated": escalated})
	books, err := gradedRulebooks(ctx, s.db.Read())
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(q db.Q) error {
		for _, b := range books {
			if _, err := s.queue.Enqueue(ctx, q, job.Spec{Kind: JobPlan, Args: planArgs{Rulebook: b}, UniqueKey: JobPlan + ":" + b}); err != nil {
				return err
			}
		}
		return nil
	})
}

// MarkMissed turns open duties whose day has passed into missed ones and gives their number. Needs grading.run, which jobs have.
func (s *Service) MarkMissed(ctx context.Context) (int64, error) {
	if _, err := authz.Require(ctx, authz.GradingRun); err != nil {
		return 0, err
	}
	today := s.Today()
	var total int64
	for {
		n := 0
		var marked int64
		err := s.db.InTx(ctx, func(q db.Q) error {
			marked = 0
			list, err := overdueOpen(ctx, q, today, chunk)
			if n = len(list); err != nil || n == 0 {
				return err
			}
			now := s.now()
			ids := make([]string, 0, n)
			for _, o := range list {
				changed, err := markMissed(ctx, q, o, clock.Micros(now))
				if err != nil {
					return err
				}
				marked += changed
				ids = append(ids, id.String(o.id))
			}
			return audit.Write(ctx, q, now, audit.Entry{Action: "duty.miss", Entity: "duty", Detail: map[string]any{"day": today.String(), "duties": ids}})
		})
		if err != nil || n == 0 {
			return total, err
		}
		total += marked
	}
}

// notInForce says whether an error of Rulebooks means that nothing is in force.
func notInForce(err error) bool {
	k := errs.KindOf(err)
	return k == errs.Conflict || k == errs.NotFound
}
