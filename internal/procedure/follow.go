package procedure

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/fact"
	"kezhi/internal/flow"
	"kezhi/internal/id"
	"kezhi/internal/money"
)

// defaultCurrency is that of amounts in a form that names none.
const defaultCurrency = "CNY"

// unitOf gives the currency of a money field named as step.field.
func unitOf(def *flow.Definition, name string) string {
	step, key, _ := strings.Cut(name, ".")
	if form := def.FormOf(step); form != nil {
		for i := range form.Fields {
			if f := &form.Fields[i]; f.Key == key && money.ValidCurrency(f.Unit) {
				return f.Unit
			}
		}
	}
	return defaultCurrency
}

// follow does what the effects ask for: people are told, an end becomes a fact and takes effect.
func (s *Service) follow(ctx context.Context, w *world, v *saving, wr *writing) error {
	if v.act.Act == flow.ActLink {
		wr.add(insertingLink(v.c.ID, v.act.Detail.Other, v.act.Detail.What, v.act.ActorID, clock.Micros(v.act.At))...)
	}
	for _, e := range v.effects {
		if err := s.tell(w, v, e, wr); err != nil {
			return err
		}
		if e.Kind != flow.EffectRecorded {
			continue
		}
		if err := s.recordFact(ctx, w, v.c, e, wr); err != nil {
			return err
		}
		if err := s.takeEffect(ctx, w, v, e, wr); err != nil {
			return err
		}
	}
	for _, e := range v.effects {
		if e.Kind != flow.EffectEnded && e.Kind != flow.EffectWithdrawn && e.Kind != flow.EffectReopened {
			continue
		}
		for _, fn := range slices.Concat(s.turns[v.c.Kind], s.turns[""]) {
			if err := fn(ctx, w.q, w.turn(v)); err != nil {
				return err
			}
		}
	}
	return nil
}

// turn is the case with who made it what it is.
func (w *world) turn(v *saving) Turn {
	return Turn{Case: *v.c, By: v.act.ActorID, ByName: w.roster.names[v.act.ActorID], Reason: v.act.Reason}
}

// tell notes what people are told: alarms and classes those the regulation names, a stuck seat those who manage, an end
// whoever began the case.
func (s *Service) tell(w *world, v *saving, e flow.Effect, wr *writing) error {
	var users []int64
	switch e.Kind {
	case flow.EffectWarned, flow.EffectOverdue, flow.EffectPauseOver, flow.EffectClass:
		for _, t := range e.Tell {
			for _, h := range w.people(t, nil) {
				users = append(users, h.Acts)
			}
		}
	case flow.EffectStuck:
		users = w.roster.managers()
	case flow.EffectEnded:
		users = []int64{v.c.StartedBy}
	default:
		return nil
	}
	slices.Sort(users)
	users = slices.DeleteFunc(slices.Compact(users), func(u int64) bool { return u == 0 || u == v.act.ActorID && e.Kind == flow.EffectEnded })
	return s.notify(v.c, users, Notice{Code: e.Kind, Step: e.Step, What: e.What, LimitAt: e.Due}, wr)
}

// notify adds a notice for each of some people, who thereby have to do with the case.
func (s *Service) notify(c *Case, users []int64, n Notice, wr *writing) error {
	if len(users) == 0 {
		return nil
	}
	now := s.now()
	texts := make([]string, len(users))
	for i, u := range users {
		n.ID, n.UserID, n.CaseID, n.At = id.New(now), u, c.ID, clock.Micros(now)
		wr.notices = append(wr.notices, n)
		texts[i] = id.String(u)
	}
	wr.party(c, users...)
	line, err := s.bus.Line(EventTold, c.CustomerID, Told{Happened: c.happened(Act{Step: n.Step}), Code: n.Code, Users: texts})
	wr.lines = append(wr.lines, line)
	return err
}

// managers gives everybody whose roles let them manage every procedure.
func (r *roster) managers() []int64 {
	var out []int64
	for u, p := range r.people {
		if authz.GrantsOf(p.roles)[authz.ProcedureManage] == authz.ReachAll {
			out = append(out, u)
		}
	}
	return out
}

// recordFact makes an ended case a fact of its customer, of the day the matter was received.
func (s *Service) recordFact(ctx context.Context, w *world, c *Case, e flow.Effect, wr *writing) error {
	if c.CustomerID == 0 {
		return nil
	}
	if err := wr.put(ctx, w.q, s.bus); err != nil { // whoever was second must not get as far as the fact
		return err
	}
	if err := s.facts.EnsureKind(ctx, w.q, e.Fact, w.def.Title.Zh, w.def.Title.En); err != nil {
		return err
	}
	in := fact.Input{CustomerID: c.CustomerID, Kind: e.Fact, On: s.receivedOn(c), Document: c.Number, Status: c.Outcome, Attrs: map[string]any{
		"case": id.String(c.ID), "procedure": c.Procedure, "outcome": c.Outcome, "ended_on": s.Today().String(),
	}}
	for key, a := range e.Attrs {
		in.Attrs[key] = plain(a)
	}
	if a, ok := e.Attrs["amount"]; ok {
		currency := defaultCurrency
		if end := w.def.End(e.End); end != nil && end.Record != nil {
			currency = unitOf(w.def, end.Record.Attrs["amount"])
		}
		if m, err := money.Parse(a.Text, currency); err == nil {
			in.Amount, in.Currency = &m.Minor, currency
		}
	}
	if b, err := json.Marshal(in.Attrs); err != nil || len(b) > fact.MaxAttrs {
		in.Attrs = map[string]any{"case": id.String(c.ID), "procedure": c.Procedure, "outcome": c.Outcome, "ended_on": s.Today().String()}
	}
	f, err := s.facts.Append(ctx, w.q, in)
	if errs.KindOf(err) == errs.Invalid { // a case must not be kept from ending by a record the regulation describes badly
		return s.notify(c, w.roster.managers(), Notice{Code: "fact_refused", What: e.Fact}, wr)
	}
	if err != nil {
		return err
	}
	c.FactID = f.ID
	return setFact(ctx, w.q, c.ID, f.ID)
}

// takeEffect hands a good end to the features that asked for facts of its kind.
func (s *Service) takeEffect(ctx context.Context, w *world, v *saving, e flow.Effect, wr *writing) error {
	if !v.c.Good || len(s.decided[e.Fact]) == 0 {
		return nil
	}
	if err := wr.put(ctx, w.q, s.bus); err != nil {
		return err
	}
	d := w.decided(v.c, e.Fact, w.def.End(e.End), e.Attrs)
	d.By, d.ByName, d.Reason = v.act.ActorID, w.roster.names[v.act.ActorID], v.act.Reason
	for _, fn := range s.decided[e.Fact] {
		if err := fn(ctx, w.q, d); err != nil {
			return err
		}
	}
	return nil
}

// decided gives what an end says of a case.
func (w *world) decided(c *Case, fact string, end *flow.End, attrs flow.Answers) Decided {
	g := w.customer.gradeOf(w.edition.Rulebook, w.def.GradeScheme)
	d := Decided{
		Case: *c, Fact: fact, Attrs: map[string]string{}, Grade: g.Code, Scheme: g.Scheme, Verdict: g.VerdictID, Title: w.def.Title, Clause: w.def.Clause, Agreed: w.agreed(c.State),
	}
	if end != nil && end.Clause != "" {
		d.Clause = end.Clause
	}
	for key, a := range attrs {
		if len(a.Each()) == 1 {
			d.Attrs[key] = a.Each()[0]
		}
	}
	return d
}

// agreed names everybody who agreed in a case, once, in the order of the steps.
func (w *world) agreed(st *flow.State) []string {
	var out []string
	for i := range w.def.Steps {
		past := st.Steps[w.def.Steps[i].Key]
		if past == nil {
			continue
		}
		for _, done := range past.Done {
			if name := w.roster.names[done.By]; done.Decision == flow.Agree && name != "" && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return out
}

// foresee asks the features whether what a case is begun for could take effect.
func (s *Service) foresee(ctx context.Context, w *world, c *Case, st *flow.State) error {
	env := w.env()
	for i := range w.def.Ends {
		end := &w.def.Ends[i]
		if !end.Good || end.Record == nil || len(s.checked[end.Record.Fact]) == 0 {
			continue
		}
		attrs := flow.Recorded(w.def, st, &env, end.Record)
		about := *c
		about.State = st
		d := w.decided(&about, end.Record.Fact, end, attrs)
		for _, fn := range s.checked[end.Record.Fact] {
			if err := fn(ctx, w.q, d); err != nil {
				return err
			}
		}
	}
	return nil
}

// undo takes back what the good end of a case led to, because it is opened again.
func (s *Service) undo(ctx context.Context, w *world, v *saving, before *flow.State) error {
	end := w.def.End(before.End)
	if end == nil || !end.Good || end.Record == nil {
		return nil
	}
	t := w.turn(v)
	for _, fn := range s.undone[end.Record.Fact] {
		if err := fn(ctx, w.q, t); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) receivedOn(c *Case) calendar.Date { return calendar.FromTime(c.ReceivedAt, s.loc) }

// plain gives an answer as a fact keeps it.
func plain(a flow.Answer) any {
	switch {
	case a.YesNo != nil:
		return *a.YesNo
	case len(a.Many) > 0:
		return a.Many
	case len(a.Rows) > 0:
		return a.Rows
	}
	return a.Text
}

// reasonReopened is what the reversing fact of a reopened case gives as its reason; the UI has the words.
const reasonReopened = "case.reopened"

// takeBackFact reverses the fact an ended case became, when it is opened again.
func (s *Service) takeBackFact(ctx context.Context, q db.Q, c *Case) error {
	if c.FactID == 0 {
		return nil
	}
	_, err := s.facts.TakeBack(ctx, q, c.CustomerID, s.receivedOn(c), c.FactID, reasonReopened)
	if errs.CodeOf(err) == "fact.reversed_already" {
		err = nil // somebody took it back by hand
	}
	c.FactID = 0
	return err
}
