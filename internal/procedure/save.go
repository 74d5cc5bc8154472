package procedure

import (
	"context"
	"slices"

	"kezhi/internal/audit"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/flow"
	"kezhi/internal/id"
	"kezhi/internal/money"
)

// saving is one act with what it led to, on its way into the database.
type saving struct {
	c         *Case
	st        *flow.State
	effects   []flow.Effect
	act       Act
	key, hash string
	isNew     bool
}

// The events of cases; their payload is Happened, that of EventTold Told.
const (
	EventStarted = "procedure.started"
	EventActed   = "procedure.acted"
	EventTold    = "procedure.told"
	EventEnded   = "procedure.ended"
)

// Happened is the payload of an event about a case.
type Happened struct {
	CaseID    string `json:"case_id"`
	Number    string `json:"number"`
	Rulebook  string `json:"rulebook"`
	Procedure string `json:"procedure"`
	Kind      string `json:"kind"`
	Act       string `json:"act"`
	Step      string `json:"step,omitempty"`
	Status    string `json:"status"`
	Outcome   string `json:"outcome,omitempty"`
	Good      bool   `json:"good,omitempty"`
	Subject   string `json:"subject,omitempty"`
}

// Told is the payload of EventTold.
type Told struct {
	Happened
	Code  string   `json:"code"`
	Users []string `json:"users"`
}

func (c *Case) happened(a Act) Happened {
	return Happened{
		CaseID: id.String(c.ID), Number: c.Number, Rulebook: c.Rulebook, Procedure: c.Procedure, Kind: c.Kind, Act: a.Act, Step: a.Step,
		Status: c.Status, Outcome: c.Outcome, Good: c.Good, Subject: c.Subject,
	}
}

// save writes an act wholly: the case, guarded by its version, so that of two who act at once one undoes everything; the line
// of its history, the seats, who had to do with it, what people are told, what follows from its end, events and audit.
func (s *Service) save(ctx context.Context, w *world, v *saving) error {
	wr := &writing{}
	if err := s.gather(ctx, w, v, wr); err != nil {
		return err
	}
	return wr.end(ctx, w.q, s.bus)
}

// gather adds an act to what a transaction writes. What other features do in it sees the case as it is after the act.
func (s *Service) gather(ctx context.Context, w *world, v *saving, wr *writing) error {
	c := v.c
	before := c.State
	if before != nil && before.IsOver() && !v.st.IsOver() {
		if err := s.takeBackFact(ctx, w.q, c); err != nil {
			return err
		}
		if err := s.undo(ctx, w, v, before); err != nil {
			return err
		}
	}
	was := *c
	c.take(w, v)
	if err := s.numberForms(ctx, w, v); err != nil {
		return err
	}
	v.act.Detail.Effects = v.effects
	if err := v.write(wr, &was, w.def); err != nil {
		return err
	}
	if err := s.writeSeats(ctx, w, v, wr); err != nil {
		return err
	}
	w.writeFiles(v, wr)
	if err := s.follow(ctx, w, v, wr); err != nil {
		return err
	}
	return s.record(v, wr)
}

// take puts the new state into the case with everything that lists and alarms read from its columns.
func (c *Case) take(w *world, v *saving) {
	st := v.st
	c.State, c.Status, c.Class, c.Outcome = st, st.Status, st.Class, st.End
	c.Good = false
	if end := w.def.End(st.End); end != nil {
		c.Good = end.Good
	}
	c.Priority = priorityOf(w.def, st.First)
	c.Steps = openSteps(st)
	c.DueAt, c.NextDueAt = limits(st)
	c.AlarmAt, c.EndedAt = nil, nil
	if at := flow.NextTick(w.def, st, w.env()); at > 0 {
		c.AlarmAt = &at
	}
	if st.IsOver() {
		c.EndedAt = &st.Over
	}
	c.Stuck = st.Stuck()
	c.Amount, c.Currency = amountOf(w.def, st)
	c.ChangedBy, c.UpdatedAt = v.act.ActorID, v.act.At
	if w.customer != nil {
		c.UnitID, c.OwnerID = w.customer.UnitID, w.customer.OwnerID
	}
}

// amountOf gives the money a case is about: what an authority matrix looks at, else the first amount given last.
func amountOf(def *flow.Definition, st *flow.State) (minor *int64, currency string) {
	for i := range def.Steps {
		for _, who := range def.Steps[i].Seats {
			if who.Authority != nil && who.Authority.Amount != "" {
				if a, cur := moneyAt(def, st, who.Authority.Amount); a != nil {
					return a, cur
				}
			}
		}
	}
	for i := len(def.Steps); i >= 0; i-- {
		step := flow.StartForm
		if i > 0 {
			step = def.Steps[i-1].Key
		}
		form := def.FormOf(step)
		if form == nil {
			continue
		}
		for j := range form.Fields {
			if form.Fields[j].Type != flow.FieldMoney {
				continue
			}
			if a, cur := moneyAt(def, st, step+"."+form.Fields[j].Key); a != nil {
				return a, cur
			}
		}
	}
	return nil, ""
}

// numberForms gives a form its number when it is filled for the first time.
func (s *Service) numberForms(ctx context.Context, w *world, v *saving) error {
	for _, e := range v.effects {
		if e.Kind != flow.EffectFilled || v.c.Numbers[e.Step] != "" {
			continue
		}
		form := w.def.Form(e.Form)
		if form == nil || form.Number == "" {
			continue
		}
		n, err := nextNumber(ctx, w.q, form.Number, s.Today())
		if err != nil {
			return err
		}
		if v.c.Numbers == nil {
			v.c.Numbers = map[string]string{}
		}
		v.c.Numbers[e.Step] = n
	}
	return nil
}

// write adds the case, which was otherwise before, and the line of its history.
func (v *saving) write(wr *writing, was *Case, def *flow.Definition) error {
	var st db.Stmt
	var err error
	if v.isNew {
		v.c.RowVersion = 1
		st, err = insertingCase(v.c)
	} else {
		st, err = updatingCase(v.c, was)
	}
	if err != nil {
		return err
	}
	wr.guarded(st)
	if v.isNew {
		wr.add(insertingTerms(v.c.ID, termsOf(v.c, def))...)
	} else {
		wr.add(movingParties(v.c, was)...)
		v.c.RowVersion++
	}
	v.act.Seq = v.c.RowVersion
	if st, err = insertingAct(v.act, v.key, v.hash); err != nil {
		return err
	}
	wr.guarded(st)
	if wr.at.IsZero() {
		wr.at = v.act.At
	}
	return nil
}

// writeSeats makes the tasks what the state says: every open seat is one, and every other is over.
func (s *Service) writeSeats(ctx context.Context, w *world, v *saving, wr *writing) error {
	how := map[int]string{}
	for _, e := range v.effects {
		if e.Kind == flow.EffectClosed {
			how[e.Seat] = e.How
		}
	}
	open, err := w.openTasks(ctx, v)
	if err != nil {
		return err
	}
	w.barred = flow.Recused(w.def, v.st)
	slices.Sort(w.barred)
	wr.party(v.c, v.c.StartedBy, v.act.ActorID, v.act.ForUser)
	wanted := map[int]bool{}
	for _, o := range v.st.OpenSeats() {
		wanted[o.ID] = true
		t, err := s.taskOf(ctx, w, v.c, o)
		if err != nil {
			return err
		}
		wr.party(v.c, t.AssigneeID)
		if i := slices.IndexFunc(open, func(x Task) bool { return x.Seat == o.ID }); i >= 0 && open[i] == t {
			continue
		}
		wr.add(puttingTask(t))
	}
	at := clock.Micros(v.act.At)
	for _, t := range open {
		if wanted[t.Seat] {
			continue
		}
		t.State, t.DoneAt = TaskClosed, &at
		if how[t.Seat] == flow.SeatDone {
			t.State, t.DoneBy, t.ForUser = TaskDone, v.act.ActorID, v.act.ForUser
		}
		wr.add(closingTask(t))
	}
	return nil
}

// openTasks gives the open tasks of a case as they were when it was read. They are as old as the case: whatever changes them
// changes its version.
func (w *world) openTasks(ctx context.Context, v *saving) ([]Task, error) {
	if w.tasks != nil || v.isNew {
		return w.tasks[v.c.ID], nil
	}
	all, err := openTasks(ctx, w.q, v.c.ID)
	return all[v.c.ID], err
}

// taskOf gives the task of an open seat.
func (s *Service) taskOf(ctx context.Context, w *world, c *Case, o flow.SeatOf) (Task, error) {
	t := Task{
		CaseID: c.ID, Seat: o.ID, Step: o.Step, State: TaskOpen, Post: o.Post, UnitID: o.Unit, Stuck: o.Stuck, Priority: c.Priority, OpenedAt: o.Opened,
		DueAt: min(dueOf(o.Clock), c.DueAt), AssigneeID: o.Person, Status: c.Status, Kind: c.Kind, Procedure: c.Procedure, NextDueAt: c.NextDueAt,
	}
	if o.Post == flow.PostOwner {
		t.AssigneeID = w.owner
	}
	if o.Post != "" && o.Post != flow.PostOwner && o.Person == 0 {
		var err error
		if t.DeskID, err = s.deskFor(ctx, w.q, w.desk(o.Target, w.barred)); err != nil {
			return t, err
		}
	}
	if o.Claimed != 0 {
		t.AssigneeID = o.Claimed
	}
	return t, nil
}

// record adds the audit entry and the events.
func (s *Service) record(v *saving, wr *writing) error {
	c, a := v.c, v.act
	detail := map[string]any{"number": c.Number, "procedure": c.Procedure, "step": a.Step, "status": c.Status}
	if a.Detail.Decision != "" {
		detail["decision"] = a.Detail.Decision
	}
	if a.Reason != "" {
		detail["reason"] = a.Reason
	}
	if a.ForUser != 0 {
		detail["for"] = id.String(a.ForUser)
	}
	wr.audits = append(wr.audits, audit.Entry{Action: "case." + a.Act, Entity: "case", EntityID: id.String(c.ID), CustomerID: c.CustomerID, Detail: detail})
	kinds := []string{EventActed}
	if v.isNew {
		kinds[0] = EventStarted
	}
	if slices.ContainsFunc(v.effects, func(e flow.Effect) bool { return e.Kind == flow.EffectEnded || e.Kind == flow.EffectWithdrawn }) {
		kinds = append(kinds, EventEnded)
	}
	for _, kind := range kinds {
		line, err := s.bus.Line(kind, c.CustomerID, c.happened(a))
		if err != nil {
			return err
		}
		wr.lines = append(wr.lines, line)
	}
	return nil
}

func moneyAt(def *flow.Definition, st *flow.State, name string) (*int64, string) {
	text := flow.AnswerTo(def, st, &flow.Env{}, name).Text
	if text == "" {
		return nil, ""
	}
	currency := unitOf(def, name)
	a, err := money.Parse(text, currency)
	if err != nil {
		return nil, "" // more decimals than the currency has: shown as written in the form, in no column
	}
	return &a.Minor, currency
}
