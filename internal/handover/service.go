package handover

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/flow"
	"kezhi/internal/id"
	"kezhi/internal/job"
	"kezhi/internal/message"
	"kezhi/internal/ownership"
	"kezhi/internal/procedure"
)

// JobMove moves everything of one handover.
const JobMove = "handover.move"

// Deps are what the service stands on. Loc is the organisation's time zone.
type Deps struct {
	DB       *db.DB
	Now      clock.Clock
	Loc      *time.Location
	Bus      *event.Bus
	Queue    *job.Queue
	Owners   *ownership.Service
	Cases    *procedure.Service
	Messages *message.Service
}

// Service keeps handovers.
type Service struct {
	db       *db.DB
	now      clock.Clock
	loc      *time.Location
	bus      *event.Bus
	queue    *job.Queue
	owners   *ownership.Service
	cases    *procedure.Service
	messages *message.Service
	holders  []Holder
}

// New makes the service and has the procedure engine tell it of its cases.
func New(d Deps) *Service {
	s := &Service{db: d.DB, now: d.Now, loc: d.Loc, bus: d.Bus, queue: d.Queue, owners: d.Owners, cases: d.Cases, messages: d.Messages}
	s.cases.Keep(FactHandover)
	s.cases.OnRecord(FactHandover, s.signed)
	s.cases.OnTurn("", s.turned)
	s.cases.OnSubject(subjectHandover, s.aboutHandover)
	s.queue.OnCanceled(JobMove, s.onCanceled)
	return s
}

// Jobs gives the handlers of the jobs of this feature.
func (s *Service) Jobs() map[string]job.Handler { return map[string]job.Handler{JobMove: s.moveJob} }

// Subscribe registers the reactions to other features' events.
func (s *Service) Subscribe(bus *event.Bus) { bus.Subscribe(message.EventSent, s.onSent) }

// Today gives the organisation's present day.
func (s *Service) Today() calendar.Date { return calendar.FromTime(s.now(), s.loc) }

// heads says whether somebody may plan for a person.
func heads(actor authz.Actor, p person) bool {
	return actor.Grants[authz.CustomerAssign] != authz.ReachNone && actor.UserID != p.id && actor.Scope(authz.CustomerAssign).CoversPerson(p.id, p.unit)
}

// Open begins the handover of a person with every customer the person looks after. Needs customer.assign over the person.
// Errors: invalid_input, not_found, handover.under_way.
func (s *Service) Open(ctx context.Context, in OpenInput) (Handover, error) {
	actor, err := authz.Require(ctx, authz.CustomerAssign)
	if err != nil {
		return Handover{}, err
	}
	if err := in.Validate(); err != nil {
		return Handover{}, err
	}
	now := s.now()
	h := Handover{
		ID: id.New(now), PersonID: in.PersonID, Reason: in.Reason, From: in.From, Away: in.Away, Note: trimmed(in.Note), State: Planning,
		CreatedBy: actor.UserID, CreatedAt: now, Version: 1,
	}
	if h.From == calendar.None {
		h.From = s.Today()
	}
	err = s.db.InTx(ctx, func(q db.Q) error {
		p, err := loadPerson(ctx, q, in.PersonID)
		if err != nil {
			return err
		}
		if !heads(actor, p) {
			return db.ErrNoRows
		}
		h.Away, h.PersonUnit = h.Away || !p.active, p.unit
		switch n, err := underWay(ctx, q, p.id); {
		case err != nil:
			return err
		case n != 0:
			return errs.New(errs.Conflict, "handover.under_way", "name", p.name)
		}
		if err := insertHandover(ctx, q, &h); err != nil {
			return err
		}
		if err := refresh(ctx, q, &h); err != nil {
			return err
		}
		return s.record(ctx, q, "handover.open", &h, map[string]any{"reason": h.Reason, "from": h.From.String(), "away": h.Away, "note": h.Note})
	})
	if err != nil {
		return Handover{}, err
	}
	return loadHandover(ctx, s.db.Read(), h.ID)
}

// Change says anew from when it holds, whether the giver can sign, and who gets the rest. Needs customer.assign over the person
// and over whoever gets the rest. Errors: invalid_input, not_found, customer.assign_not_allowed, handover.wrong_state, precondition_failed.
func (s *Service) Change(ctx context.Context, handoverID, version int64, in ChangeInput) (Handover, error) {
	if err := in.Validate(); err != nil {
		return Handover{}, err
	}
	return s.change(ctx, handoverID, version, "handover.change", func(q db.Q, h *Handover) (map[string]any, error) {
		if h.State != Planning {
			return nil, errs.New(errs.Conflict, "handover.wrong_state", "state", string(h.State))
		}
		if err := mayRest(ctx, q, h, in.RestID); err != nil {
			return nil, err
		}
		p, err := loadPerson(ctx, q, h.PersonID)
		if err != nil {
			return nil, err
		}
		h.From, h.Away, h.Note, h.RestID = in.From, in.Away || !p.active, trimmed(in.Note), in.RestID
		return map[string]any{"from": h.From.String(), "away": h.Away, "note": h.Note, "rest": id.Optional(h.RestID)}, nil
	})
}

// Drop gives a planned handover up. Needs customer.assign over the person. Errors: not_found, handover.wrong_state.
func (s *Service) Drop(ctx context.Context, handoverID int64) (Handover, error) {
	return s.change(ctx, handoverID, 0, "handover.drop", func(_ db.Q, h *Handover) (map[string]any, error) {
		err := h.mustMove(Dropped)
		h.State = Dropped
		return nil, err
	})
}

// change does something with a handover for its head, in one transaction; version 0 = whatever it is.
func (s *Service) change(ctx context.Context, handoverID, version int64, action string, do func(q db.Q, h *Handover) (map[string]any, error)) (Handover, error) {
	actor, err := authz.Require(ctx, authz.CustomerAssign)
	if err != nil {
		return Handover{}, err
	}
	err = s.db.InTx(ctx, func(q db.Q) error {
		// The row comes first and the one head of all audits last, so that nobody waits for a row while the house waits for the head.
		if err := lockHandover(ctx, q, handoverID); err != nil {
			return err
		}
		h, err := s.headed(ctx, q, actor, handoverID)
		if err != nil {
			return err
		}
		if version != 0 && version != h.Version {
			return errs.New(errs.Precondition, "precondition_failed")
		}
		detail, err := do(q, &h)
		if err != nil {
			return err
		}
		if err := s.save(ctx, q, &h); err != nil {
			return err
		}
		return s.record(ctx, q, action, &h, detail)
	})
	if err != nil {
		return Handover{}, err
	}
	return loadHandover(ctx, s.db.Read(), handoverID)
}

// headed gives a handover to whoever may plan it; to others it does not exist.
func (s *Service) headed(ctx context.Context, q db.Q, actor authz.Actor, handoverID int64) (Handover, error) {
	h, err := loadHandover(ctx, q, handoverID)
	if err == nil && !heads(actor, person{id: h.PersonID, unit: h.PersonUnit}) {
		err = db.ErrNoRows
	}
	return h, err
}

// ofHead gives a handover to the acting person, who needs customer.assign over the giver.
func (s *Service) ofHead(ctx context.Context, q db.Q, handoverID int64) (Handover, error) {
	actor, err := authz.Require(ctx, authz.CustomerAssign)
	if err != nil {
		return Handover{}, err
	}
	return s.headed(ctx, q, actor, handoverID)
}

func (s *Service) save(ctx context.Context, q db.Q, h *Handover) error {
	ok, err := updateHandover(ctx, q, h, clock.Micros(s.now()))
	if err == nil && !ok {
		err = errs.New(errs.Precondition, "precondition_failed")
	}
	return err
}

func (s *Service) record(ctx context.Context, q db.Q, action string, h *Handover, detail map[string]any) error {
	if detail == nil {
		detail = map[string]any{}
	}
	detail["person_id"] = id.String(h.PersonID)
	return audit.Write(ctx, q, s.now(), audit.Entry{Action: action, Entity: "handover", EntityID: id.String(h.ID), Detail: detail})
}

// onSent notes that a customer was told.
func (s *Service) onSent(ctx context.Context, q db.Q, e event.Event) error {
	var p message.Happened
	if err := json.Unmarshal(e.Payload, &p); err != nil {
		return fmt.Errorf("reading event %s: %w", e.Kind, err)
	}
	rest, ok := strings.CutPrefix(p.Ref, subjectHandover+":")
	if !ok {
		return nil
	}
	text, _, _ := strings.Cut(rest, ":")
	handoverID, err := id.Parse(text)
	if err != nil {
		return nil //nolint:nilerr // a ref somebody wrote by hand
	}
	return setTold(ctx, q, handoverID, []int64{e.CustomerID}, told{how: ToldMessage, at: clock.Micros(s.now())})
}

// mayReceive refuses people who cannot be given anything.
func mayReceive(ctx context.Context, q db.Q, h *Handover, people []int64, path string) error {
	var v errs.Validation
	for _, user := range people {
		p, err := loadPerson(ctx, q, user)
		if err != nil && !db.IsNoRows(err) {
			return err
		}
		v.Check(err == nil && p.active, path, "procedure.unknown_person")
		v.Check(user != h.PersonID, path, "handover.giver")
	}
	return v.Err()
}

// mayRest refuses somebody (0 = nobody) who cannot be given the rest by the acting person.
func mayRest(ctx context.Context, q db.Q, h *Handover, userID int64) error {
	if userID == 0 {
		return nil
	}
	if err := mayReceive(ctx, q, h, []int64{userID}, "rest_id"); err != nil {
		return err
	}
	return mayChoose(ctx, q, userID)
}

// mayChoose refuses people whom the acting person may not give customers to: everybody but oneself who is out of reach. Whom the owner
// rules name is theirs to say.
func mayChoose(ctx context.Context, q db.Q, people ...int64) error {
	actor, err := authz.Require(ctx, authz.CustomerAssign)
	if err != nil {
		return err
	}
	for _, user := range people {
		p, err := loadPerson(ctx, q, user)
		if err != nil {
			return err
		}
		if user != actor.UserID && !actor.Scope(authz.CustomerAssign).CoversPerson(p.id, p.unit) {
			return errs.New(errs.Forbidden, "customer.assign_not_allowed")
		}
	}
	return nil
}

// Access says what somebody may do with a handover.
type Access struct {
	Heads    bool // plan, sign off, see everything
	Gives    bool
	Receives bool
}

// access says what the acting person may do; nothing at all means that it does not exist for them.
func (s *Service) access(ctx context.Context, q db.Q, actor authz.Actor, h *Handover) (Access, error) {
	a := Access{Heads: heads(actor, person{id: h.PersonID, unit: h.PersonUnit}), Gives: actor.UserID == h.PersonID && h.State != Planning && h.State != Dropped}
	if a.Heads || h.State == Planning || h.State == Dropped {
		return a, nil
	}
	people, err := receivers(ctx, q, h)
	a.Receives = slices.Contains(people, actor.UserID)
	return a, err
}

func (a Access) none() bool { return !a.Heads && !a.Gives && !a.Receives }

// FactHandover is the fact whose record has everything move. The fields of its start form behind the record's values: person
// (who gives), receivers (several people), away (yes or no), from (a day), what (a text).
const FactHandover = "handover"

// subjectHandover is the noun of handovers as the subjects of cases and as refs of messages.
const subjectHandover = "handover"

// answersOf fills the start form of the procedure from what is known of a handover.
func answersOf(fields map[string]*flow.Field, known map[string]flow.Answer) flow.Answers {
	out := flow.Answers{}
	for name, f := range fields {
		if a, ok := known[name]; ok && !a.IsZero() {
			out[f.Key] = a
		}
	}
	return out
}
