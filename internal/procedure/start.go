package procedure

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
	"kezhi/internal/id"
)

// Start begins a case by the version in force. The same request again (key and input) gives the case it began.
// Needs procedure.start over the customer, or customer.read over it. Errors: invalid_input, procedure.unknown,
// procedure.unknown_customer, case.key_reused, those of flow.Begin.
func (s *Service) Start(ctx context.Context, in StartInput) (Case, error) {
	actor, err := authz.Require(ctx, authz.ProcedureStart)
	if err != nil {
		return Case{}, err
	}
	return s.start(ctx, actor, actor.UserID, in, nil)
}

// start begins a case, or gives the one the same request began; with, where there is one, runs with a new one only.
func (s *Service) start(ctx context.Context, actor authz.Actor, by int64, in StartInput, with WithCase) (Case, error) {
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
	key := ""
	if in.Key != "" {
		key = id.String(by) + ":" + in.Key
	}
	var c Case
	err = s.db.InTx(ctx, func(q db.Q) error {
		if key != "" {
			known, before, err := started(ctx, q, key)
			if err != nil {
				return err
			}
			if known != 0 {
				c, err = sameRequest(ctx, q, known, before, hash)
				return err
			}
		}
		if c, err = s.begin(ctx, q, actor, by, in); err == nil && with != nil {
			err = with(ctx, q, &c)
		}
		if err != nil || key == "" {
			return err
		}
		ok, err := insertStart(ctx, q, key, hash, c.ID, clock.Micros(c.CreatedAt))
		if err == nil && !ok { // the same request came twice at once and the other one was first
			err = errs.New(errs.Conflict, "case.key_reused")
		}
		return err
	})
	return c, err
}

func sameRequest(ctx context.Context, q db.Q, caseID int64, before, hash string) (Case, error) {
	if before != hash {
		return Case{}, errs.New(errs.Conflict, "case.key_reused")
	}
	return getCase(ctx, q, caseID)
}

// StartWithin begins a case for the acting person inside the transaction of a feature that keeps the procedure. The feature has
// made sure that the person may ask for it; the regulation may still say who does. Errors: those of Start.
func (s *Service) StartWithin(ctx context.Context, q db.Q, in StartInput) (Case, error) {
	actor, err := authz.Require(ctx, authz.ProcedureRead)
	if err != nil {
		return Case{}, err
	}
	if err := in.Validate(); err != nil {
		return Case{}, err
	}
	ed, def, err := s.procedureInForce(ctx, q, in.Rulebook, in.Procedure)
	if err != nil {
		return Case{}, err
	}
	return s.beginBy(ctx, q, actor, actor.UserID, in, ed, def)
}

// KeptProcedure gives the procedure in force whose good end records a fact, the first by rulebook, with the fields of its start
// form from which the record takes its values, by the name it gives them. Without one def is nil.
func (s *Service) KeptProcedure(ctx context.Context, q db.Q, fact string) (ed *Edition, def *flow.Definition, fields map[string]*flow.Field, err error) {
	all, err := s.books.InForce(ctx, q, s.Today())
	if err != nil {
		return nil, nil, nil, err
	}
	for _, ed := range all {
		for _, def := range ed.Procedures {
			if s.recording(def, map[string]bool{fact: true}) != "" {
				return ed, def, startFields(def, fact), nil
			}
		}
	}
	return nil, nil, nil, nil
}

// startFields finds the fields of a start form behind the values of a record.
func startFields(def *flow.Definition, fact string) map[string]*flow.Field {
	out, form := map[string]*flow.Field{}, def.FormOf(flow.StartForm)
	if form == nil {
		return out
	}
	for i := range def.Ends {
		r := def.Ends[i].Record
		if r == nil || r.Fact != fact {
			continue
		}
		for name, from := range r.Attrs {
			key, ok := strings.CutPrefix(from, flow.StartForm+".")
			at := slices.IndexFunc(form.Fields, func(f flow.Field) bool { return f.Key == key })
			if ok && at >= 0 {
				out[name] = &form.Fields[at]
			}
		}
	}
	return out
}

// begin starts a case inside the caller's transaction.
func (s *Service) begin(ctx context.Context, q db.Q, actor authz.Actor, by int64, in StartInput) (Case, error) {
	ed, def, err := s.procedureInForce(ctx, q, in.Rulebook, in.Procedure)
	if err != nil {
		return Case{}, err
	}
	if s.isKept(def) {
		return Case{}, errs.New(errs.Conflict, "procedure.begun_elsewhere", "procedure", def.Key)
	}
	return s.beginBy(ctx, q, actor, by, in, ed, def)
}

// beginBy starts a case of a procedure.
func (s *Service) beginBy(ctx context.Context, q db.Q, actor authz.Actor, by int64, in StartInput, ed *Edition, def *flow.Definition) (Case, error) {
	var err error
	now := s.now()
	c := Case{
		ID: id.New(now), Rulebook: ed.Rulebook, Version: ed.Version, AdoptionID: ed.AdoptionID, Procedure: def.Key, Kind: def.Kind, CustomerID: in.CustomerID,
		Title: strings.TrimSpace(in.Title), Channel: in.Channel, StartedBy: by, OwnerID: by, Subject: in.Subject, Numbers: map[string]string{}, CreatedAt: now,
	}
	if c.Number, err = nextNumber(ctx, q, def.Number, s.Today()); err != nil {
		return Case{}, err
	}
	w, err := s.worldOf(ctx, q, ed, def, &c)
	if db.IsNoRows(err) {
		return Case{}, unknownCustomer()
	}
	if err != nil {
		return Case{}, err
	}
	if err := w.mayBeAbout(actor, by); err != nil {
		return Case{}, err
	}
	if c.UnitID = w.roster.people[by].unit; w.customer != nil {
		c.UnitID, c.OwnerID = w.customer.UnitID, w.customer.OwnerID
	}
	if err := s.checkUploads(ctx, q, by, nil, filesIn(def.FormOf(flow.StartForm), in.Answers)); err != nil {
		return Case{}, err
	}
	if err := w.weighing(ctx); err != nil {
		return Case{}, err
	}
	st, effects, err := flow.Begin(def, flow.Beginning{By: by, Rule: in.rule, Channel: in.Channel, Answers: in.Answers, Received: in.Received}, w.env())
	if err != nil {
		return Case{}, err
	}
	if err := s.foresee(ctx, w, &c, st); err != nil {
		return Case{}, err
	}
	c.ReceivedAt = clock.FromMicros(st.Received)
	if c.Title == "" {
		c.Title = titleFrom(def, st)
	}
	line := Act{CaseID: c.ID, At: now, ActorID: by, Act: flow.ActBegin, Step: flow.StartForm, Detail: actDetail{Answers: in.Answers, Channel: in.Channel, Number: c.Number}}
	return c, s.save(ctx, w, &saving{c: &c, st: st, effects: effects, act: line, isNew: true})
}

// procedureInForce finds a procedure of the version in force today.
func (s *Service) procedureInForce(ctx context.Context, q db.Q, rulebook, key string) (*Edition, *flow.Definition, error) {
	all, err := s.books.InForce(ctx, q, s.Today())
	if err != nil {
		return nil, nil, err
	}
	for _, ed := range all {
		if ed.Rulebook == rulebook {
			if def := ed.definition(key); def != nil {
				return ed, def, nil
			}
		}
	}
	return nil, nil, errs.New(errs.NotFound, "procedure.unknown", "rulebook", errs.Shown(rulebook), "procedure", errs.Shown(key))
}

// mayBeAbout makes sure that there is a customer where the procedure is about one, and that the person may know of it: by
// reach, or by a post that takes in cases for this customer.
func (w *world) mayBeAbout(actor authz.Actor, by int64) error {
	c := w.customer
	if c == nil {
		var v errs.Validation
		v.Check(w.def.About != "customer" || by == 0, "customer_id", "field.required")
		return v.Err()
	}
	if actor.Scope(authz.ProcedureStart).Covers(c.place()) || actor.Scope(authz.CustomerRead).Covers(c.place()) {
		return nil
	}
	if w.entersByPost(by) {
		return nil
	}
	return unknownCustomer()
}

func unknownCustomer() error {
	var v errs.Validation
	v.Check(false, "customer_id", "procedure.unknown_customer")
	return v.Err()
}

// sized refuses answers that no form could mean before anything is done with them.
func sized(answers flow.Answers) error {
	b, err := json.Marshal(answers)
	if err != nil {
		return err
	}
	if len(b) > maxAnswers {
		return errs.New(errs.TooLarge, "procedure.answers_too_large", "limit_kb", maxAnswers>>10)
	}
	return nil
}

// hashOf identifies the input of a request.
func hashOf(in any) (string, error) {
	b, err := json.Marshal(in)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}
