package procedure

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
)

// attempts is how often an act is worked out again when the case changed between reading and writing it, before the case is
// locked for it.
const attempts = 3

// errRace says that the case was changed by somebody else between reading and writing it.
var errRace = errs.New(errs.Conflict, "case.changed")

// Act does something with a case. Of two people who act in one seat at once the first wins; the other is told
// case.moved_on with who and when. The same request again (key and input) changes nothing. Needs procedure.read over the
// case, or a part in it; what a person may do there is the engine's to say.
// Errors: not_found, invalid_input, case.moved_on, case.key_reused, procedure.answers_too_large, those of flow.Apply.
func (s *Service) Act(ctx context.Context, caseID int64, in ActInput) (Case, error) {
	actor, err := authz.Require(ctx, authz.ProcedureRead)
	if err != nil {
		return Case{}, err
	}
	if err := in.Validate(); err != nil {
		return Case{}, err
	}
	if err := sized(in.Answers); err != nil {
		return Case{}, err
	}
	hash, err := hashOf(in)
	if err != nil {
		return Case{}, err
	}
	for range attempts {
		c, err := s.act(ctx, actor, caseID, in, hash)
		if !errors.Is(err, errRace) {
			return c, err
		}
	}
	return s.actAlone(ctx, actor, caseID, in, hash)
}

// act works an act out on what is read of the case, and writes it when nobody changed the case meanwhile: while it is thought
// about, nobody waits.
func (s *Service) act(ctx context.Context, actor authz.Actor, caseID int64, in ActInput, hash string) (Case, error) {
	p, err := s.plan(ctx, s.db.Read(), actor, caseID, in, hash)
	if err != nil || p.done {
		return p.c, err
	}
	var c Case
	err = s.db.InTx(ctx, func(q db.Q) error {
		c, err = s.carryOut(ctx, q, &p)
		return err
	})
	return c, err
}

// actAlone is act with the case locked: for somebody others were quicker than time and again.
func (s *Service) actAlone(ctx context.Context, actor authz.Actor, caseID int64, in ActInput, hash string) (Case, error) {
	var c Case
	err := s.db.InTx(ctx, func(q db.Q) error {
		if err := lockCase(ctx, q, caseID); err != nil {
			return err
		}
		p, err := s.plan(ctx, q, actor, caseID, in, hash)
		if c = p.c; err != nil || p.done {
			return err
		}
		c, err = s.carryOut(ctx, q, &p)
		return err
	})
	return c, err
}

// planned is an act, or the passing of time, with what follows from it, before it is written.
type planned struct {
	w    *world
	c    Case // as it was read
	v    saving
	done bool // the same request was answered before; c is the case as it stands
}

// carryOut writes what was planned. A transaction may be run again after it was undone, hence the copies.
func (s *Service) carryOut(ctx context.Context, q db.Q, p *planned) (Case, error) {
	w, v := p.copied(q)
	err := s.save(ctx, w, v)
	return *v.c, err
}

func (p *planned) copied(q db.Q) (*world, *saving) {
	w, v, c := *p.w, p.v, p.c
	c.Numbers = maps.Clone(c.Numbers)
	w.q, v.c = q, &c
	return &w, &v
}

// plan works out what an act leads to.
func (s *Service) plan(ctx context.Context, q db.Q, actor authz.Actor, caseID int64, in ActInput, hash string) (planned, error) {
	c, w, err := s.visible(ctx, q, actor, caseID)
	if err != nil {
		return planned{}, err
	}
	if in.Key != "" {
		before, found, err := answered(ctx, q, caseID, actor.UserID, in.Key)
		if err == nil && found && before != hash {
			err = errs.New(errs.Conflict, "case.key_reused")
		}
		if err != nil || found {
			if err == nil { // what was read before the answer was found may be older than it
				c, err = getCase(ctx, q, caseID)
			}
			return planned{c: c, done: true}, err
		}
	}
	if err := s.prepare(ctx, q, actor, w, &c, &in); err != nil {
		return planned{}, err
	}
	if err := w.weighing(ctx); err != nil {
		return planned{}, err
	}
	st, effects, err := flow.Apply(w.def, c.State, in.Act, w.env())
	if err != nil {
		return planned{}, s.refusal(ctx, q, w, &c, in, err)
	}
	if w.tasks, err = openTasks(ctx, q, c.ID); err != nil {
		return planned{}, err
	}
	line := Act{
		CaseID: c.ID, At: s.now(), ActorID: actor.UserID, ForUser: in.For, Act: in.Kind, Step: stepOf(c.State, st, in), Seat: in.Seat, Reason: in.Reason,
		Detail: actDetail{Answers: in.Answers, Decision: in.Decision, To: in.To, Person: in.Person, What: cmp.Or(in.What, in.Link), Other: in.OtherID, Files: in.Files},
	}
	return planned{w: w, c: c, v: saving{st: st, effects: effects, act: line, key: in.Key, hash: hash}}, nil
}

// stepOf says to which step an act belongs: that of its seat, before or after the act.
func stepOf(before, after *flow.State, in ActInput) string {
	for _, st := range []*flow.State{before, after} {
		for _, o := range st.OpenSeats() {
			if o.ID == in.Seat {
				return o.Step
			}
		}
	}
	return ""
}

// prepare fills in what follows from who acts: in whose name, with which right, in which seat.
func (s *Service) prepare(ctx context.Context, q db.Q, actor authz.Actor, w *world, c *Case, in *ActInput) error {
	in.By, in.Manage = actor.UserID, actor.Scope(authz.ProcedureManage).CoversPerson(c.OwnerID, c.UnitID)
	seatAct := slices.Contains([]string{flow.ActFill, flow.ActDecide, flow.ActAnswer, flow.ActAddSign, flow.ActDelegate, flow.ActClaim, flow.ActReturn}, in.Kind)
	if in.Version != 0 && in.Version != c.RowVersion && !seatAct && !sideAct(in.Kind) {
		return s.movedOn(ctx, q, w, c, in.Seat)
	}
	if sideAct(in.Kind) && actor.Grants[authz.ProcedureStart] == authz.ReachNone {
		return errs.New(errs.Forbidden, "auth.forbidden", "permission", string(authz.ProcedureStart))
	}
	if in.Seat == 0 && seatAct {
		in.Seat = w.onlySeat(c.State, actor.UserID, in.Kind)
	}
	if in.For == 0 {
		in.For = w.standingFor(c.State, actor.UserID, in.Seat)
	}
	if in.Kind == flow.ActLink {
		if _, _, err := s.visible(ctx, q, actor, in.OtherID); err != nil {
			var v errs.Validation
			v.Check(false, "other_id", "procedure.unknown_case")
			return v.Err()
		}
		var v errs.Validation
		v.Check(in.OtherID != c.ID, "other_id", "procedure.own_link")
		return v.Err()
	}
	return s.checkFiles(ctx, q, actor, w, c, in)
}

// sideAct says whether an act changes nothing about the way of a case.
func sideAct(kind string) bool {
	return kind == flow.ActComment || kind == flow.ActAttach || kind == flow.ActLink
}

// onlySeat finds the seat an act means when the person may do it in just one.
func (w *world) onlySeat(st *flow.State, user int64, kind string) int {
	found := 0
	for _, absent := range w.roster.standsFor(user) {
		onBehalf := absent
		if absent == user {
			onBehalf = 0
		}
		for _, a := range flow.May(w.def, st, user, onBehalf, false, w.env()) {
			if a.Kind != kind || a.Seat == 0 || a.Seat == found {
				continue
			}
			if found != 0 {
				return 0
			}
			found = a.Seat
		}
	}
	return found
}

// standingFor says in whose name a person acts in a seat: nobody's but the own when the person may act there, else that of
// somebody absent who may.
func (w *world) standingFor(st *flow.State, user int64, seat int) int64 {
	for _, o := range st.OpenSeats() {
		if o.ID != seat && seat != 0 {
			continue
		}
		if w.fills(user, o.Target) {
			return 0
		}
		for _, absent := range w.roster.standsFor(user)[1:] {
			if w.fills(absent, o.Target) {
				return absent
			}
		}
	}
	return 0
}

// refusal turns the engine's word that a seat is over into who was first.
func (s *Service) refusal(ctx context.Context, q db.Q, w *world, c *Case, in ActInput, err error) error {
	if errs.CodeOf(err) == "act.seat_closed" || (errs.CodeOf(err) == "case.not_allowed" && in.Seat != 0) {
		if _, missing := getTask(ctx, q, c.ID, in.Seat); missing == nil {
			return s.movedOn(ctx, q, w, c, in.Seat)
		}
	}
	return err
}

// movedOn says who was first and when.
func (s *Service) movedOn(ctx context.Context, q db.Q, w *world, c *Case, seat int) error {
	by, at := c.ChangedBy, c.UpdatedAt
	if seat != 0 {
		t, err := getTask(ctx, q, c.ID, seat)
		if err != nil && !db.IsNoRows(err) {
			return err
		}
		if err == nil && t.DoneAt != nil && t.DoneBy != 0 {
			by, at = t.DoneBy, time.UnixMicro(*t.DoneAt)
		}
	}
	return errs.New(errs.Conflict, "case.moved_on", "by", w.nameOf(by), "at", at.In(s.loc).Format("2006-01-02 15:04"))
}

// nameOf gives somebody's name; the program has none.
func (w *world) nameOf(user int64) string {
	if n, ok := w.roster.names[user]; ok {
		return n
	}
	return "system"
}

// visible loads a case for somebody who may see it: within the reach of procedure.read, or with a part in it.
// For everybody else it does not exist.
func (s *Service) visible(ctx context.Context, q db.Q, actor authz.Actor, caseID int64) (Case, *world, error) {
	c, err := getCase(ctx, q, caseID)
	if err != nil {
		return Case{}, nil, err
	}
	w, err := s.caseWorld(ctx, q, &c)
	if err != nil {
		return Case{}, nil, err
	}
	if actor.Scope(authz.ProcedureRead).CoversPerson(c.OwnerID, c.UnitID) || w.seated(c.State, actor.UserID) {
		return c, w, nil
	}
	ok, err := isParty(ctx, q, caseID, actor.UserID)
	if err == nil && !ok {
		err = db.ErrNoRows
	}
	return c, w, err
}

// seated says whether a person may act in an open seat, also in the name of somebody absent.
func (w *world) seated(st *flow.State, user int64) bool {
	if user == 0 {
		return false
	}
	return slices.ContainsFunc(st.OpenSeats(), func(o flow.SeatOf) bool {
		_, ok := sits(w.people(o.Target, w.barred), user)
		return ok
	})
}

// checkFiles makes sure that an act names uploads of the acting person, or files the case holds.
func (s *Service) checkFiles(ctx context.Context, q db.Q, actor authz.Actor, w *world, c *Case, in *ActInput) error {
	form := w.def.FormOf(stepOf(c.State, c.State, *in))
	named := append(filesIn(form, in.Answers), attached(in.Files)...)
	if len(named) == 0 {
		return nil
	}
	held, err := heldFiles(ctx, q, c.ID)
	if err != nil {
		return err
	}
	return s.checkUploads(ctx, q, actor.UserID, held, named)
}
