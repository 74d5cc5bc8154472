package grading

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/event"
	"kezhi/internal/fact"
	"kezhi/internal/id"
	"kezhi/internal/job"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
)

// Subscribe registers the reactions to events.
func (s *Service) Subscribe(bus *event.Bus) {
	bus.Subscribe("fact.recorded", s.onFact)
	bus.Subscribe("fact.reversed", s.onFact)
	bus.Subscribe("import.completed", s.onImport)
	bus.Subscribe("import.reverted", s.onImport)
	bus.Subscribe(rulebook.EventRequested, s.onRequested)
}

type factHappened struct {
	FactID     string `json:"fact_id"`
	Kind       string `json:"kind"`
	OccurredOn string `json:"occurred_on"`
}

// onFact looks whether a fact, or the taking back of one, is something that a rulebook in force wants to see at once.
func (s *Service) onFact(ctx context.Context, q db.Q, e event.Event) error {
	var happened factHappened
	if err := json.Unmarshal(e.Payload, &happened); err != nil {
		return err
	}
	on, err := calendar.Parse(happened.OccurredOn)
	if err != nil {
		return err
	}
	factID, err := id.Parse(happened.FactID)
	if err != nil {
		return err
	}
	all, err := s.books.AllInForce(ctx, q, s.Today())
	if err != nil {
		return err
	}
	for _, in := range all {
		hit, err := s.sets(ctx, q, in, e.CustomerID, on, factID, happened.Kind)
		if err != nil {
			return err
		}
		if !hit {
			continue
		}
		if err := s.JudgeSoon(ctx, q, in.Book.ID(), e.CustomerID, factID); err != nil {
			return err
		}
	}
	return nil
}

// sets says whether a fact sets off a trigger of any scheme of a rulebook.
func (s *Service) sets(ctx context.Context, q db.Q, in rulebook.InForce, customerID int64, on calendar.Date, factID int64, kind string) (bool, error) {
	triggers := slices.DeleteFunc(triggersOf(in), func(t rule.Trigger) bool { return t.On != kind })
	if len(triggers) == 0 {
		return false, nil
	}
	hit := false
	var x rule.Fact
	var attrs []byte
	x.Attr = func(name string) string { return fact.Attr(attrs, name) }
	everything := fact.Needs{Document: true, Product: true, Quantity: true, At: true, Attrs: true}
	err := fact.ScanOf(ctx, q, on, []int64{customerID}, []string{kind}, everything, nil, on, func(_ int64, r *fact.Row) error {
		if r.ID != factID {
			return nil
		}
		fillFact(&x, r)
		attrs = r.Attrs
		// A reversal is met by what it takes back: its status and fields are those of the fact, or nothing was said of them.
		hit = r.Reverses != 0 || slices.ContainsFunc(triggers, func(t rule.Trigger) bool { return t.Matches(&x) })
		return nil
	})
	return hit, err
}

// JudgeSoon has a customer judged again as of today by a job, because of a fact or, with 0 for it, because something about it
// was decided in the caller's transaction.
func (s *Service) JudgeSoon(ctx context.Context, q db.Q, rulebookID string, customerID, factID int64) error {
	if err := noteTrigger(ctx, q, rulebookID, customerID, factID, clock.Micros(s.now())); err != nil {
		return err
	}
	// One job takes everybody who waits; those behind it find nobody left and end at once.
	_, err := s.runner.Enqueue(ctx, q, job.Spec{Kind: jobTrigger, Args: triggerArgs{Rulebook: rulebookID}})
	return err
}

// triggerArgs names the rulebook; whom it concerns stands in the table grading_trigger.
type triggerArgs struct {
	Rulebook string `json:"rulebook"`
}

// errNobodyWaits ends a job whose customers another one has taken.
var errNobodyWaits = errors.New("nobody waits")

// doTrigger judges the customers that wait, as of today, and moves their standing.
func (s *Service) doTrigger(ctx context.Context, j *job.Run) error {
	var args triggerArgs
	if err := j.Decode(&args); err != nil {
		return err
	}
	in, err := s.books.InForce(ctx, s.db.Read(), args.Rulebook, s.Today())
	if err != nil {
		return err
	}
	err = s.db.InTx(ctx, func(q db.Q) error {
		runs, err := runsOfJob(ctx, q, j.ID)
		if err != nil || len(runs) > 0 {
			return err // taken before an interruption
		}
		runs = s.runsFor(in, s.Today(), 0)
		n, err := takeTriggered(ctx, q, runs[0].ID, args.Rulebook)
		if err == nil && n == 0 {
			err = errNobodyWaits
		}
		if err != nil {
			return err
		}
		for i := range runs {
			runs[i].JobID, runs[i].Extent = j.ID, ExtentTriggered
			if err := insertRun(ctx, q, runs[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if errors.Is(err, errNobodyWaits) {
		return nil
	}
	if err != nil {
		return err
	}
	return s.doRun(ctx, j)
}
