package grading

import (
	"context"
	"encoding/json"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/event"
	"kezhi/internal/id"
	"kezhi/internal/job"
	"kezhi/internal/rulebook"
)

// impactArgs names a request for adoption.
type impactArgs struct {
	RequestID int64 `json:"request_id"`
}

// onRequested has it worked out who would move by a version that was sent for adoption, so that whoever decides knows.
func (s *Service) onRequested(ctx context.Context, q db.Q, e event.Event) error {
	var asked rulebook.RequestEvent
	if err := json.Unmarshal(e.Payload, &asked); err != nil {
		return err
	}
	_, err := s.runner.Enqueue(ctx, q, job.Spec{Kind: jobImpact, Args: impactArgs{asked.RequestID}, UniqueKey: jobImpact + ":" + id.String(asked.RequestID)})
	return err
}

// doImpact simulates what was asked for as of the day it would come into force, today at the latest.
func (s *Service) doImpact(ctx context.Context, run *job.Run) error {
	var args impactArgs
	if err := run.Decode(&args); err != nil {
		return err
	}
	r, err := s.books.GetRequest(ctx, args.RequestID)
	if err != nil {
		return err
	}
	in, err := s.books.Draft(ctx, r.Rulebook, r.Version, r.Settings)
	if err != nil || r.State != rulebook.RequestOpen || !in.Program.Graded() {
		return err
	}
	asOf := s.Today()
	if r.EffectiveFrom != calendar.None {
		asOf = min(asOf, r.EffectiveFrom)
	}
	sim, err := s.Simulate(ctx, Draft{Rulebook: r.Rulebook, Version: r.Version, Settings: r.Settings}, asOf, func(done, total int64) error { return run.Progress(ctx, done, total) })
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(q db.Q) error { return s.books.NoteImpact(ctx, q, r.ID, impactOf(&sim)) })
}

// impactOf counts the moves of a simulation.
func impactOf(sim *Simulation) rulebook.Impact {
	out := rulebook.Impact{AsOf: sim.AsOf, InScope: sim.InScope, Duties: sim.DutiesChange}
	list := sim.Schemes
	if len(list) == 0 {
		list = []SchemeMoves{sim.SchemeMoves}
	}
	for i := range list {
		one := rulebook.SchemeImpact{Scheme: list[i].Scheme, Changed: list[i].Changed}
		for _, c := range list[i].Cells {
			switch {
			case c.Direction > 0:
				one.Up += c.Count
			case c.Direction < 0:
				one.Down += c.Count
			}
		}
		out.Schemes = append(out.Schemes, one)
	}
	return out
}
