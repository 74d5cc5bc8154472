package procedure

import (
	"context"
	"slices"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
)

// Record is a case with all that one screen shows.
type Record struct {
	Case
	Definition *flow.Definition
	Title      flow.Text // of the rulebook
	Posts      map[string]flow.Text
	Grade      string
	About      *Subject // what it is about beside its customer; nil without
	Seats      []Seat
	History    []Act
	Links      []Link
	Files      []File
	May        []Permitted
	MayNot     []Refused
	Names      map[int64]string
}

// Seat is an open seat with who may act there.
type Seat struct {
	flow.SeatOf
	Do      string
	Holders []Holder
}

// Permitted is an act the person may do now, in whose name (0 = the own).
type Permitted struct {
	flow.Allowed
	For int64
}

// Refused is an act the person may not do now, and why.
type Refused struct {
	Kind string
	Code string
	Args map[string]any
}

// Get gives a case with all that one screen shows. Needs procedure.read over it, or a part in it. Error: not_found.
func (s *Service) Get(ctx context.Context, caseID int64) (Record, error) {
	actor, err := authz.Require(ctx, authz.ProcedureRead)
	if err != nil {
		return Record{}, err
	}
	var out Record
	err = s.db.InRead(ctx, func(q db.Q) error {
		c, w, err := s.visible(ctx, q, actor, caseID)
		if err != nil {
			return err
		}
		out = Record{Case: c, Definition: w.def, Title: w.edition.Title, Posts: map[string]flow.Text{}, Names: w.roster.names}
		out.Grade = w.customer.gradeOf(w.edition.Rulebook, w.def.GradeScheme).Code
		for _, p := range w.edition.Posts {
			out.Posts[p.Name] = p.Title
		}
		out.Seats = w.seats(c.State)
		out.May, out.MayNot = w.may(c, actor)
		if out.About, err = s.aboutCase(ctx, q, &c); err != nil {
			return err
		}
		if out.History, err = actsOf(ctx, q, caseID); err != nil {
			return err
		}
		if out.Files, err = filesOfCase(ctx, q, caseID); err != nil {
			return err
		}
		out.Links, err = s.visibleLinks(ctx, q, actor, caseID)
		return err
	})
	return out, err
}

// visibleLinks leaves out the cases the person may not see.
func (s *Service) visibleLinks(ctx context.Context, q db.Q, actor authz.Actor, caseID int64) ([]Link, error) {
	all, err := linksOf(ctx, q, caseID)
	if err != nil {
		return nil, err
	}
	var out []Link
	for _, l := range all {
		_, _, err := s.visible(ctx, q, actor, l.CaseID)
		switch {
		case err == nil:
			out = append(out, l)
		case !db.IsNoRows(err):
			return nil, err
		}
	}
	return out, nil
}

// seats gives the open seats with who may act there.
func (w *world) seats(st *flow.State) []Seat {
	var out []Seat
	for _, o := range st.OpenSeats() {
		seat := Seat{SeatOf: o, Do: flow.DoDecide, Holders: w.people(o.Target, w.barred)}
		if step := w.def.Step(o.Step); step != nil && o.Kind == flow.SeatStep {
			seat.Do = step.Do
		}
		out = append(out, seat)
	}
	return out
}

// may gives what a person may do with a case, in the own name and in that of people stood in for, and why not the rest.
func (w *world) may(c Case, actor authz.Actor) (may []Permitted, not []Refused) {
	manage := actor.Scope(authz.ProcedureManage).CoversPerson(c.OwnerID, c.UnitID)
	env := w.env()
	for _, absent := range w.roster.standsFor(actor.UserID) {
		onBehalf := absent
		if absent == actor.UserID {
			onBehalf = 0
		}
		for _, a := range flow.May(w.def, c.State, actor.UserID, onBehalf, manage && onBehalf == 0, env) {
			if sideAct(a.Kind) && (onBehalf != 0 || actor.Grants[authz.ProcedureStart] == authz.ReachNone) {
				continue
			}
			same := slices.ContainsFunc(may, func(p Permitted) bool { return p.Kind == a.Kind && p.Seat == a.Seat })
			if !same {
				may = append(may, Permitted{a, onBehalf})
			}
		}
	}
	for _, kind := range flow.Acts() {
		if slices.ContainsFunc(may, func(p Permitted) bool { return p.Kind == kind }) {
			continue
		}
		not = append(not, w.whyNot(c.State, flow.Act{Kind: kind, By: actor.UserID, Manage: manage, Reason: "-", Decision: flow.Agree}, env))
	}
	return may, not
}

// whyNot asks the engine why it would refuse an act.
func (w *world) whyNot(st *flow.State, act flow.Act, env flow.Env) Refused {
	r := Refused{Kind: act.Kind, Code: "act.not_yours"}
	if sideAct(act.Kind) {
		r.Code, r.Args = "auth.forbidden", map[string]any{"permission": string(authz.ProcedureStart)}
		return r
	}
	if _, _, err := flow.Apply(w.def, st, act, env); err != nil {
		if e, ok := errs.As(err); ok && e.Kind != errs.Internal && e.Code != "invalid_input" {
			r.Code, r.Args = e.Code, e.Args
		}
	}
	return r
}

// Startable is a procedure in force that a person may begin.
type Startable struct {
	Edition *Edition
	flow.Definition
}

// Startable gives what the acting person may begin, by rulebook: about a customer, or with 0 about some customer, an own one
// where only its owner may. Needs procedure.start, and for a customer customer.read over it. Error: not_found.
func (s *Service) Startable(ctx context.Context, customerID int64) ([]Startable, error) {
	actor, err := authz.Require(ctx, authz.ProcedureStart)
	if err != nil {
		return nil, err
	}
	if customerID != 0 {
		if _, err := s.customers.Guard(ctx, authz.CustomerRead, customerID); err != nil {
			return nil, err
		}
	}
	q := s.db.Read()
	all, err := s.books.InForce(ctx, q, s.Today())
	if err != nil {
		return nil, err
	}
	var out []Startable
	for _, ed := range all {
		for _, def := range ed.Procedures {
			w, err := s.worldOf(ctx, q, ed, def, &Case{StartedBy: actor.UserID, OwnerID: actor.UserID, CustomerID: customerID})
			if err != nil {
				return nil, err
			}
			if !s.isKept(def) && flow.MayBegin(def, actor.UserID, w.env()) {
				out = append(out, Startable{ed, *def})
			}
		}
	}
	return out, nil
}
