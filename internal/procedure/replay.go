package procedure

import (
	"context"
	"slices"
	"strconv"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/flow"
	"kezhi/internal/id"
)

// Replayed is a case another system kept, with its history in order. It is written as it was there: the steps are those
// of a procedure of ours, but the way through them was another's, so it may jump where the procedure would not.
type Replayed struct {
	Number  string // as the other system gave it; a case is known by it
	Title   string
	Channel string
	Opened  int64  // microseconds
	Hash    string // of all that the source says of the case; another hash under the same number is another history
	Events  []ReplayedEvent
}

// ReplayedEvent is one line of a replayed history. Step is the step the case stood at afterwards; with End it was over.
type ReplayedEvent struct {
	At     int64  // microseconds
	Step   string // "" with End, and where the source names none: the case stays where it was
	End    string
	Reason string // what the source said, in its words
}

// What became of a replayed case.
const (
	ReplayNew       = "new"
	ReplayUnchanged = "unchanged" // it was there with the same history
	ReplayDiffers   = "differs"   // it was there with another history, which was kept
)

// Replay writes cases of another system as cases of a procedure in force, all or none, and says what became of each, in
// order. A case written before is left alone. Their history names nobody: the people were the other system's. Nobody is
// told, no fact is recorded and no event goes out, because all that happened long ago; the audit has one entry for all.
// Needs procedure.manage. Error: procedure.unknown.
func (s *Service) Replay(ctx context.Context, rulebook, key string, cases []Replayed) ([]string, error) {
	return s.replay(ctx, rulebook, key, cases, 0)
}

// replay is Replay for an import that can be taken back, 0 = none.
func (s *Service) replay(ctx context.Context, rulebook, key string, cases []Replayed, importID int64) ([]string, error) {
	if _, err := authz.Require(ctx, authz.ProcedureManage); err != nil {
		return nil, err
	}
	var out []string
	err := s.db.InTx(ctx, func(q db.Q) error {
		ed, def, err := s.procedureInForce(ctx, q, rulebook, key)
		if err != nil {
			return err
		}
		w, err := s.worldOf(ctx, q, ed, def, &Case{})
		if err != nil {
			return err
		}
		out = make([]string, 0, len(cases))
		var written []replayedCase
		for i := range cases {
			c := w.replayed(&cases[i])
			how, err := s.claimReplay(ctx, q, &cases[i], c.Case)
			if err != nil {
				return err
			}
			if out = append(out, how); how == ReplayNew {
				written = append(written, c)
			}
		}
		if err := s.writeReplayed(ctx, w, written); err != nil {
			return err
		}
		return insertReplayed(ctx, q, importID, written)
	})
	return out, err
}

// claimReplay makes sure that a case is written once, whoever else replays the same file now.
func (s *Service) claimReplay(ctx context.Context, q db.Q, r *Replayed, c *Case) (string, error) {
	key := replayKey(c.Rulebook, c.Procedure, r.Number)
	ok, err := insertStart(ctx, q, key, r.Hash, c.ID, clock.Micros(c.CreatedAt))
	if err != nil || ok {
		return ReplayNew, err
	}
	_, before, err := started(ctx, q, key)
	if before != r.Hash {
		return ReplayDiffers, err
	}
	return ReplayUnchanged, err
}

// replayKey is what a replayed case is known by.
func replayKey(rulebook, procedure, number string) string {
	return "replay:" + rulebook + "/" + procedure + ":" + number
}

type replayedCase struct {
	*Case
	acts []Act
}

// replayed works out where a case stands after its history.
func (w *world) replayed(r *Replayed) replayedCase {
	now := w.s.now()
	st := &flow.State{Status: flow.Running, Channel: r.Channel, Started: r.Opened, Received: r.Opened, Steps: map[string]*flow.Past{flow.StartForm: {Visits: 1}}}
	c := &Case{
		ID: id.New(now), Number: r.Number, Rulebook: w.edition.Rulebook, Version: w.edition.Version, AdoptionID: w.edition.AdoptionID, Procedure: w.def.Key,
		Kind: w.def.Kind, Title: r.Title, Channel: r.Channel, Numbers: map[string]string{}, ReceivedAt: clock.FromMicros(r.Opened), CreatedAt: now, State: st,
	}
	out := replayedCase{Case: c}
	for i := range r.Events {
		e := r.Events[i]
		if i == 0 && e.Step == "" && e.End == "" {
			e.Step = w.def.Steps[0].Key // a case that is not over stands somewhere
		}
		a := Act{CaseID: c.ID, Seq: int64(i) + 1, At: clock.FromMicros(e.At), Reason: e.Reason}
		if a.Act, a.Step, a.Detail.Decision = w.replayEvent(st, &e); i == 0 {
			a.Act, a.Step, a.Detail = flow.ActBegin, flow.StartForm, actDetail{Channel: r.Channel, Number: r.Number}
		}
		out.acts = append(out.acts, a)
	}
	c.Status, c.Outcome, c.Priority, c.RowVersion, c.UpdatedAt = st.Status, st.End, ordinary, int64(len(out.acts)), now
	if end := w.def.End(st.End); end != nil {
		c.Good = end.Good
	}
	c.Steps, c.Stuck = openSteps(st), st.Stuck()
	c.DueAt, c.NextDueAt = noLimit, noLimit
	if st.IsOver() {
		c.EndedAt = &st.Over
	}
	return out
}

// replayEvent moves a case and gives the act the history calls it, with the step it happened in and what was decided there.
func (w *world) replayEvent(st *flow.State, e *ReplayedEvent) (kind, step, decision string) {
	from := ""
	if len(st.Open) > 0 {
		from = st.Open[0].Step
	}
	st.Turn++
	st.At = max(st.At, e.At)
	to := e.Step
	switch {
	case e.End != "" && !st.IsOver():
		to = e.End
	case e.End != "" || to == "" || to == from:
		return flow.ActComment, from, ""
	}
	kind, decision = w.actBetween(from, to)
	if st.IsOver() {
		kind, decision, st.Status, st.End, st.Over = flow.ActReopen, "", flow.Running, "", 0
	}
	w.leave(st, e.At, decision)
	if e.End != "" {
		st.Status, st.End, st.Over = flow.Ended, e.End, e.At
	} else {
		w.enter(st, e.Step, e.At)
	}
	return kind, from, decision
}

// actBetween says how the procedure calls the way from one step to another: a decision, or skipping where it has no such way.
func (w *world) actBetween(from, to string) (kind, decision string) {
	step := w.def.Step(from)
	if step == nil {
		return flow.ActSkip, ""
	}
	if slices.ContainsFunc(step.Next, func(b flow.Branch) bool { return b.To == to }) {
		return flow.ActDecide, flow.Agree
	}
	if step.Rejected == to {
		return flow.ActDecide, flow.Reject
	}
	return flow.ActSkip, ""
}

// leave closes the open step.
func (w *world) leave(st *flow.State, at int64, decision string) {
	for i := range st.Open {
		past := st.Steps[st.Open[i].Step]
		past.Decision = decision
		for _, seat := range st.Open[i].Seats {
			past.Done = append(past.Done, flow.Done{Seat: seat.ID, At: at, Decision: decision})
		}
	}
	st.Open = nil
}

// enter opens a step with the seat of its post.
func (w *world) enter(st *flow.State, step string, at int64) {
	past := st.Steps[step]
	if past == nil {
		past = &flow.Past{}
		st.Steps[step] = past
	}
	past.Visits++
	past.Done = nil
	st.Visits++
	st.Seats++
	seat := flow.Seat{ID: st.Seats, Status: flow.SeatOpen, Opened: at}
	if def := w.def.Step(step); def != nil && len(def.Seats) > 0 {
		seat.Post = def.Seats[0].Post
	}
	seat.Stuck = len(w.people(seat.Target, nil)) == 0
	st.Open = []flow.Open{{Step: step, Visit: st.Visits, Since: at, Seats: []flow.Seat{seat}}}
}

func (s *Service) writeReplayed(ctx context.Context, w *world, cases []replayedCase) error {
	if len(cases) == 0 {
		return nil
	}
	var acts []Act
	wr := &writing{}
	for _, c := range cases {
		st, err := insertingCase(c.Case)
		if err != nil {
			return err
		}
		wr.guarded(st)
		wr.add(insertingTerms(c.ID, termsOf(c.Case, w.def))...)
		for _, o := range c.State.OpenSeats() {
			t, err := s.taskOf(ctx, w, c.Case, o)
			if err != nil {
				return err
			}
			wr.add(puttingTask(t))
		}
		acts = append(acts, c.acts...)
	}
	if err := wr.put(ctx, w.q, s.bus); err != nil {
		return err
	}
	if err := insertActs(ctx, w.q, acts); err != nil {
		return err
	}
	detail := map[string]any{"procedure": w.def.Key, "cases": strconv.Itoa(len(cases)), "from": cases[0].Number, "to": cases[len(cases)-1].Number}
	return audit.Write(ctx, w.q, s.now(), audit.Entry{Action: "case.replay", Entity: "rulebook", EntityID: w.edition.Rulebook, Detail: detail})
}
