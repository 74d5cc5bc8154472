package promise

import (
	"context"
	"encoding/json"
	"fmt"
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

// JobDaily marks the promises whose day has passed.
const JobDaily = "promise.daily"

// chunk is how many promises are looked up at once to be marked.
const chunk = 200

// Subscribe registers the reactions to other features' events.
func (s *Service) Subscribe(bus *event.Bus) { bus.Subscribe(customer.EventAssigned, s.onAssigned) }

// onAssigned has the open promises of whoever looks after a customer go with the customer.
func (s *Service) onAssigned(ctx context.Context, q db.Q, e event.Event) error {
	var to customer.Happened
	if err := json.Unmarshal(e.Payload, &to); err != nil {
		return fmt.Errorf("reading event %s: %w", e.Kind, err)
	}
	list, err := liveOf(ctx, q, e.CustomerID)
	if err != nil {
		return err
	}
	for _, p := range list {
		next := p
		next.UnitID = to.UnitID
		if p.ByOwner {
			next.OwnerID = to.OwnerID
		}
		if next.OwnerID == p.OwnerID && next.UnitID == p.UnitID {
			continue
		}
		if err := s.give(ctx, q, p, next); err != nil {
			return err
		}
	}
	return nil
}

// give has somebody else keep a promise.
func (s *Service) give(ctx context.Context, q db.Q, p, next Promise) error {
	if err := s.save(ctx, q, p, next); err != nil {
		return err
	}
	if next.OwnerID == p.OwnerID {
		return nil
	}
	name, err := nameOf(ctx, q, next.OwnerID)
	if err != nil {
		return err
	}
	actor, _ := authz.From(ctx)
	step := Step{Act: stepGive, ByID: actor.UserID, At: clock.Micros(s.now()), From: p.DueOn, To: p.DueOn, Said: name}
	if err := addStep(ctx, q, p, step, request{}); err != nil {
		return err
	}
	detail := []audit.Change{{Field: "owner_id", Before: id.Optional(p.OwnerID), After: id.Optional(next.OwnerID)}}
	return s.record(ctx, q, next, "promise.give", EventActed, detail)
}

// Jobs gives the handlers for the composition root.
func (s *Service) Jobs() map[string]job.Handler {
	return map[string]job.Handler{JobDaily: func(ctx context.Context, run *job.Run) error {
		n, err := s.MarkOverdue(ctx)
		run.SetResult(map[string]int64{"overdue": n})
		return err
	}}
}

// Daily gives the job to be scheduled and, for a moment, when it is due next: shortly after the organisation's midnight.
func (s *Service) Daily() (spec job.Spec, next func(time.Time) time.Time) {
	return job.Spec{Kind: JobDaily, Args: struct{}{}, UniqueKey: JobDaily}, func(now time.Time) time.Time {
		return calendar.FromTime(now, s.loc).AddDays(1).Midnight(s.loc).Add(10 * time.Minute)
	}
}

// MarkOverdue marks the open promises whose day has passed and gives how many there were; each becomes a fact and an event, once
// for each day it was promised for. Done again it marks nothing. Each has a transaction of its own, so that other writers get in
// between; one that somebody acts on at the same moment is passed over, the next night sees it. Needs duty.do, which jobs have over everything.
func (s *Service) MarkOverdue(ctx context.Context) (int64, error) {
	if _, err := authz.Require(ctx, authz.DutyDo); err != nil {
		return 0, err
	}
	var total int64
	for {
		list, err := passed(ctx, s.db.Read(), s.Today(), chunk)
		if err != nil {
			return total, err
		}
		n, err := s.markAll(ctx, list)
		total += n
		if err != nil || n == 0 || len(list) < chunk {
			return total, err
		}
	}
}

// markAll marks promises one by one and gives how many were still as they were read.
func (s *Service) markAll(ctx context.Context, list []Promise) (int64, error) {
	var n int64
	for _, p := range list {
		err := s.db.InTx(ctx, func(q db.Q) error { return s.mark(ctx, q, p) })
		switch {
		case errs.CodeOf(err) == "promise.changed":
			continue
		case err != nil:
			return n, err
		}
		n++
	}
	return n, nil
}

func (s *Service) mark(ctx context.Context, q db.Q, p Promise) error {
	next := p
	next.State = Overdue
	if err := s.save(ctx, q, p, next); err != nil {
		return err
	}
	// One that was settled by mistake after it was overdue and opened again was told of before.
	told, err := markedBefore(ctx, q, p)
	if err != nil || told {
		return err
	}
	if err := addStep(ctx, q, p, Step{Act: stepOverdue, At: clock.Micros(s.now()), From: p.DueOn, To: p.DueOn}, request{}); err != nil {
		return err
	}
	if _, err := s.becomes(ctx, q, next, "promise_overdue", s.Today()); err != nil {
		return err
	}
	return s.record(ctx, q, next, "promise.overdue", EventOverdue, []audit.Change{{Field: "state", Before: string(Open), After: string(Overdue)}})
}
