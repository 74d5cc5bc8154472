package procedure

import (
	"context"
	"slices"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
	"kezhi/internal/paper"
)

// KeptRegister is a procedure in force whose cases are kept as a register (来访登记).
type KeptRegister struct {
	Edition    *Edition
	Definition *flow.Definition
	Whole      bool // the person sees every line: by a post that enters them, or by reach
	MayEnter   bool
}

// RegisterFilter bounds the lines of a register.
type RegisterFilter struct {
	Rulebook, Procedure string
	From, To            calendar.Date // of the entry; None = open
	Text                string        // part of a number, of a title, or of a customer's name or code
	Present             bool          // only those whose leaving is still to be noted
	Cursor              string
	Limit               int // 1 to 200
}

// Line is one line of a register.
type Line struct {
	Case      Case
	Values    map[string]flow.Text // of the start form, by the keys of its entries, in words
	Left      string               // HH:MM; "" = nothing was noted
	Present   bool                 // the leaving is still to be noted
	LeaveSeat int                  // the seat at which the person may note it, 0 = none
	LeaveFor  int64                // the absent person in whose name, 0 = the own
	MayOpen   bool                 // the person may open the case
}

// Registers gives the registers in force, by rulebook. Needs procedure.read.
func (s *Service) Registers(ctx context.Context) ([]KeptRegister, error) {
	actor, err := authz.Require(ctx, authz.ProcedureRead)
	if err != nil {
		return nil, err
	}
	q, out := s.db.Read(), []KeptRegister{}
	all, err := s.books.InForce(ctx, q, s.Today())
	if err != nil {
		return nil, err
	}
	for _, ed := range all {
		for _, def := range ed.Procedures {
			if def.Register == nil {
				continue
			}
			r, err := s.registerOf(ctx, q, actor, ed, def)
			if err != nil {
				return nil, err
			}
			out = append(out, r)
		}
	}
	return out, nil
}

// registerOf says what a person may do with a register. Whoever holds one of the posts that enter its lines keeps all of it, for a
// register that showed each receptionist the own lines only would be none.
func (s *Service) registerOf(ctx context.Context, q db.Q, actor authz.Actor, ed *Edition, def *flow.Definition) (KeptRegister, error) {
	w, err := s.worldOf(ctx, q, ed, def, &Case{StartedBy: actor.UserID, OwnerID: actor.UserID})
	if err != nil {
		return KeptRegister{}, err
	}
	byPost := w.entersByPost(actor.UserID)
	starts := actor.Grants[authz.ProcedureStart] != authz.ReachNone
	return KeptRegister{
		Edition: ed, Definition: def, Whole: byPost || actor.Scope(authz.ProcedureRead).All,
		MayEnter: starts && !s.isKept(def) && flow.MayBegin(def, actor.UserID, w.env()),
	}, nil
}

// entersByPost says whether a person holds a post that begins cases of the procedure, whoever they are about.
func (w *world) entersByPost(by int64) bool {
	byPost := *w.def
	byPost.Start.By = slices.DeleteFunc(slices.Clone(w.def.Start.By), func(x flow.Who) bool { return x.Post == flow.PostOwner || x.Post == flow.PostStarter })
	return len(byPost.Start.By) > 0 && flow.MayBegin(&byPost, by, w.env())
}

// Lines gives a page of the lines of a register, the newest first, and the cursor of the next one: all of them to whoever keeps it,
// to others those within their reach or with a part in them. Needs procedure.read. Errors: procedure.unknown, register.none,
// invalid_input, cursor.invalid.
func (s *Service) Lines(ctx context.Context, f RegisterFilter) ([]Line, string, error) {
	actor, err := authz.Require(ctx, authz.ProcedureRead)
	if err != nil {
		return nil, "", err
	}
	var out []Line
	next := ""
	err = s.db.InRead(ctx, func(q db.Q) error {
		r, err := s.register(ctx, q, actor, f.Rulebook, f.Procedure)
		if err != nil {
			return err
		}
		out, next, err = s.lines(ctx, q, actor, &r, f)
		return err
	})
	return out, next, err
}

func (s *Service) register(ctx context.Context, q db.Q, actor authz.Actor, rulebook, key string) (KeptRegister, error) {
	ed, def, err := s.procedureInForce(ctx, q, rulebook, key)
	if err != nil {
		return KeptRegister{}, err
	}
	if def.Register == nil {
		return KeptRegister{}, errs.New(errs.NotFound, "register.none", "procedure", key)
	}
	return s.registerOf(ctx, q, actor, ed, def)
}

func (s *Service) lines(ctx context.Context, q db.Q, actor authz.Actor, r *KeptRegister, f RegisterFilter) ([]Line, string, error) {
	of := Filter{Rulebook: f.Rulebook, Procedures: []string{f.Procedure}, From: f.From, To: f.To, Text: f.Text, Sort: SortNewest, Cursor: f.Cursor, Limit: f.Limit}
	if err := of.Validate(); err != nil {
		return nil, "", err
	}
	if step, _ := r.Definition.Register.LeftStep(); f.Present {
		of.Step, of.Statuses = step, []string{flow.Running, flow.Paused}
	}
	me, err := s.personOf(ctx, q, actor)
	if err != nil {
		return nil, "", err
	}
	within := me
	if r.Whole {
		within.scope = authz.Scope{All: true}
	}
	now := clock.Micros(s.now())
	list, next, err := listCases(ctx, q, of, within, now, s.loc)
	if err != nil || len(list) == 0 {
		return nil, "", err
	}
	ids := make([]int64, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	open, _, err := listCases(ctx, q, Filter{IDs: ids, From: calendar.None, To: calendar.None, Sort: SortNewest, Limit: len(ids)}, me, now, s.loc)
	if err != nil {
		return nil, "", err
	}
	whole, err := readable(ctx, q, ids)
	if err != nil {
		return nil, "", err
	}
	out, err := s.lineList(ctx, q, actor, whole, open)
	slices.Reverse(out) // readable gives them by id, the oldest first
	return out, next, err
}

// lineList makes lines of cases; open are those of them that the person may open.
func (s *Service) lineList(ctx context.Context, q db.Q, actor authz.Actor, list, open []Case) ([]Line, error) {
	units, _, err := unitNames(ctx, q)
	if err != nil {
		return nil, err
	}
	r, err := s.roster(ctx, q)
	if err != nil {
		return nil, err
	}
	out := make([]Line, len(list))
	for i := range list {
		ed, def, err := s.kept(ctx, q, &list[i])
		if err != nil {
			return nil, err
		}
		var cust *subject
		if list[i].CustomerID != 0 && !list[i].State.IsOver() { // who may note the leaving may hang on the customer
			if cust, err = loadSubject(ctx, q, list[i].CustomerID); err != nil {
				return nil, err
			}
		}
		w := s.around(q, r, ed, def, &list[i], cust)
		l := Line{Case: list[i], MayOpen: slices.ContainsFunc(open, func(c Case) bool { return c.ID == list[i].ID })}
		if l.Values, err = w.inWords(ctx, &list[i], units); err != nil {
			return nil, err
		}
		w.leaving(&l, actor)
		out[i] = l
	}
	return out, nil
}

// inWords gives what the start form of a case says, as people read it.
func (w *world) inWords(ctx context.Context, c *Case, units map[int64]flow.Text) (map[string]flow.Text, error) {
	form, past := w.def.FormOf(flow.StartForm), c.State.Steps[flow.StartForm]
	if form == nil || past == nil {
		return nil, nil
	}
	r := &Record{Case: *c, Definition: w.def, Names: w.roster.names}
	names, err := customerNames(ctx, w.q, r)
	if err != nil {
		return nil, err
	}
	zh := printer{s: w.s, r: r, lang: paper.Chinese, units: units, names: names}
	en := zh
	en.lang = paper.English
	out := map[string]flow.Text{}
	for i := range form.Fields {
		if f := &form.Fields[i]; inRegister(f) {
			out[f.Key] = flow.Text{Zh: zh.show(f, past.Answers[f.Key]), En: en.show(f, past.Answers[f.Key])}
		}
	}
	return out, nil
}

// inRegister says whether an entry of the start form is a column: long texts, files and lists do not fit on a line.
func inRegister(f *flow.Field) bool {
	return !slices.Contains([]string{flow.FieldLong, flow.FieldFile, flow.FieldList, flow.FieldComputed}, f.Type)
}

// leaving says when they left, or whether the person may note it.
func (w *world) leaving(l *Line, actor authz.Actor) {
	step, _ := w.def.Register.LeftStep()
	if step == "" {
		return
	}
	st := l.Case.State
	l.Left = strings.TrimSpace(flow.AnswerTo(w.def, st, &flow.Env{Zone: w.s.loc}, w.def.Register.Left).Text)
	l.Present = slices.ContainsFunc(st.OpenSeats(), func(o flow.SeatOf) bool { return o.Step == step })
	if !l.Present {
		return
	}
	may, _ := w.may(l.Case, actor)
	for _, m := range may {
		if m.Kind == flow.ActFill && m.Step == step {
			l.LeaveSeat, l.LeaveFor = m.Seat, m.For
			return
		}
	}
}
