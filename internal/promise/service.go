package promise

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/fact"
	"kezhi/internal/id"
)

// Events of this feature.
const (
	EventMade    = "promise.made"
	EventActed   = "promise.acted"
	EventOverdue = "promise.overdue"
)

// Service keeps promises.
type Service struct {
	db        *db.DB
	now       clock.Clock
	loc       *time.Location
	bus       *event.Bus
	customers *customer.Service
	facts     *fact.Service
}

// New makes the service. loc is the organisation's time zone: it says which day today is.
func New(d *db.DB, now clock.Clock, loc *time.Location, bus *event.Bus, customers *customer.Service, facts *fact.Service) *Service {
	return &Service{db: d, now: now, loc: loc, bus: bus, customers: customers, facts: facts}
}

// Today gives the organisation's present day.
func (s *Service) Today() calendar.Date { return calendar.FromTime(s.now(), s.loc) }

// request is an idempotency key with the input it stands for; without a key every request is a first one.
type request struct{ key, hash string }

func requestOf(key string, in any) (request, error) {
	if len(key) > maxKey {
		return request{}, errs.New(errs.Invalid, "field.too_long", "max", maxKey)
	}
	b, err := json.Marshal(in)
	if err != nil {
		return request{}, err
	}
	sum := sha256.Sum256(b)
	return request{key, hex.EncodeToString(sum[:])}, nil
}

// again finds the promise an equal request concerned before, 0 when it is a first one. Error: promise.key_reused.
func again(ctx context.Context, q db.Q, customerID, userID int64, r request) (int64, error) {
	if r.key == "" {
		return 0, nil
	}
	had, hash, err := stepOfKey(ctx, q, customerID, userID, r.key)
	switch {
	case db.IsNoRows(err):
		return 0, nil
	case err == nil && hash != r.hash:
		return 0, errs.New(errs.Conflict, "promise.key_reused")
	}
	return had, err
}

// Make keeps a promise. Needs duty.do over the customer; for somebody else to keep it than the acting person or whoever looks after
// the customer, a reach beyond one's own. Errors: not_found, invalid_input, customer.archived, promise.key_reused.
func (s *Service) Make(ctx context.Context, customerID int64, in Input, key string) (Promise, error) {
	actor, err := authz.Require(ctx, authz.DutyDo)
	if err != nil {
		return Promise{}, err
	}
	if _, err := s.customers.Guard(ctx, authz.DutyDo, customerID); err != nil {
		return Promise{}, err
	}
	in.What, in.Purpose = strings.TrimSpace(in.What), strings.TrimSpace(in.Purpose)
	r, err := requestOf(key, []any{customerID, in})
	if err != nil {
		return Promise{}, err
	}
	if in.MadeOn == calendar.None {
		in.MadeOn = s.Today()
	}
	if err := in.validate(s.Today()); err != nil {
		return Promise{}, err
	}
	return s.once(ctx, func(q db.Q) (int64, error) {
		had, err := again(ctx, q, customerID, actor.UserID, r)
		if err != nil || had != 0 {
			return had, err
		}
		return s.insert(ctx, q, actor, customerID, in, r)
	})
}

// once does a request in a transaction and gives the promise it concerns. Where the same request came twice at once, the second one
// is done again and finds what the first one did.
func (s *Service) once(ctx context.Context, do func(q db.Q) (int64, error)) (Promise, error) {
	var out Promise
	work := func(q db.Q) error {
		promiseID, err := do(q)
		if err != nil {
			return err
		}
		out, err = load(ctx, q, promiseID)
		return err
	}
	err := s.db.InTx(ctx, work)
	if db.UniqueTable(err) == "promise_step" {
		err = s.db.InTx(ctx, work)
	}
	return out, err
}

func (s *Service) insert(ctx context.Context, q db.Q, actor authz.Actor, customerID int64, in Input, r request) (int64, error) {
	// The owner is read here, for it may have changed since the customer was looked at.
	ref, _, err := s.customers.Reach(ctx, q, customerID)
	if err != nil {
		return 0, err
	}
	if ref.Archived {
		return 0, errs.New(errs.Conflict, "customer.archived")
	}
	var v errs.Validation
	others := in.OwnerID != 0 && in.OwnerID != actor.UserID && in.OwnerID != ref.OwnerID
	v.Check(!others || actor.Grants[authz.DutyDo] >= authz.ReachUnit, "owner_id", "promise.not_for_others")
	if err := v.Err(); err != nil {
		return 0, err
	}
	if err := s.known(ctx, q, ref.ID, in); err != nil {
		return 0, err
	}
	now := s.now()
	p := Promise{
		ID: id.New(now), CustomerID: ref.ID, UnitID: ref.UnitID, Input: in, ByOwner: in.OwnerID == 0 || in.OwnerID == ref.OwnerID, FirstDue: in.DueOn,
		State: Open, SettledOn: calendar.None, CreatedBy: actor.UserID, CreatedAt: clock.Micros(now),
	}
	if p.ByOwner {
		p.OwnerID = ref.OwnerID
	}
	if err := insertPromise(ctx, q, p); err != nil {
		return 0, err
	}
	step := Step{Act: stepMake, ByID: actor.UserID, At: p.CreatedAt, From: calendar.None, To: in.DueOn, Said: in.What}
	if err := addStep(ctx, q, p, step, r); err != nil {
		return 0, err
	}
	if _, err := s.becomes(ctx, q, p, "promise_made", in.MadeOn); err != nil {
		return 0, err
	}
	detail := []audit.Change{{Field: "due_on", Before: nil, After: in.DueOn.String()}, {Field: "owner_id", Before: nil, After: id.Optional(p.OwnerID)}}
	return p.ID, s.record(ctx, q, p, "promise.make", EventMade, detail)
}

// known refuses people and places that have nothing to do with the customer.
func (s *Service) known(ctx context.Context, q db.Q, customerID int64, in Input) error {
	var v errs.Validation
	if in.ContactID != 0 {
		_, contacts, err := s.customers.Reach(ctx, q, customerID)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(contacts, func(c customer.Contact) bool { return c.ID == in.ContactID })
		v.Check(at >= 0, "contact_id", "field.not_allowed", "value", id.String(in.ContactID))
	}
	if in.OwnerID != 0 {
		ok, err := isActive(ctx, q, in.OwnerID)
		if err != nil {
			return err
		}
		v.Check(ok, "owner_id", "field.not_allowed", "value", id.String(in.OwnerID))
	}
	if in.MadeIn != "" {
		ok, err := tookPlace(ctx, q, customerID, in.MadeIn, in.MadeRef)
		if err != nil {
			return err
		}
		v.Check(ok, "made_ref", "field.not_allowed", "value", id.String(in.MadeRef))
	}
	return v.Err()
}

// becomes makes a fact of a promise, for its customer's timeline and for measures that count promises.
func (s *Service) becomes(ctx context.Context, q db.Q, p Promise, kind string, on calendar.Date) (int64, error) {
	note := p.What
	if p.Said != "" {
		note += "\n" + p.Said
	}
	attrs := map[string]any{"promise": id.String(p.ID), "note": note, "due_on": p.DueOn.String()}
	f, err := s.facts.Append(ctx, q, fact.Input{CustomerID: p.CustomerID, Kind: kind, On: on, Attrs: attrs})
	return f.ID, err
}

func (s *Service) record(ctx context.Context, q db.Q, p Promise, action, kind string, detail any) error {
	err := audit.Write(ctx, q, s.now(), audit.Entry{Action: action, Entity: "promise", EntityID: id.String(p.ID), CustomerID: p.CustomerID, Detail: detail})
	if err != nil {
		return err
	}
	return s.bus.Emit(ctx, q, kind, p.CustomerID, map[string]string{"promise_id": id.String(p.ID), "state": string(p.State)})
}

// Do acts on a promise. The same request again (key and deed) changes nothing. Needs duty.do over the promise or its customer.
// Errors: not_found, invalid_input, promise.wrong_state, promise.changed, promise.key_reused.
func (s *Service) Do(ctx context.Context, promiseID int64, d Deed, key string) (Promise, error) {
	actor, err := authz.Require(ctx, authz.DutyDo)
	if err != nil {
		return Promise{}, err
	}
	r, err := requestOf(key, []any{promiseID, d})
	if err != nil {
		return Promise{}, err
	}
	return s.once(ctx, func(q db.Q) (int64, error) {
		p, err := load(ctx, q, promiseID)
		if err != nil {
			return 0, err
		}
		if !reaches(actor, authz.DutyDo, p) {
			return 0, db.ErrNoRows
		}
		had, err := again(ctx, q, p.CustomerID, actor.UserID, r)
		if err != nil || had != 0 {
			return promiseID, err
		}
		return promiseID, s.act(ctx, q, actor, p, d, r)
	})
}

func (s *Service) act(ctx context.Context, q db.Q, actor authz.Actor, p Promise, d Deed, r request) error {
	next, err := decide(p, d, s.Today())
	if err != nil {
		return err
	}
	// The guarded update comes first, as everywhere: the row before the one head of all facts and audits, so that nobody waits for
	// a row while the whole house waits for the head. Its fact is made afterwards.
	next.FactID = 0
	if err := s.save(ctx, q, p, next); err != nil {
		return err
	}
	step := Step{Act: string(d.Act), ByID: actor.UserID, At: clock.Micros(s.now()), From: p.DueOn, To: next.DueOn, Said: strings.TrimSpace(d.Said)}
	if d.Act == ActKeep {
		step.To = next.SettledOn
	}
	if err := addStep(ctx, q, p, step, r); err != nil {
		return err
	}
	if next.FactID, err = s.settle(ctx, q, p, next, d); err != nil {
		return err
	}
	if next.FactID != 0 {
		if err := setFact(ctx, q, next); err != nil {
			return err
		}
	}
	detail := []audit.Change{{Field: "state", Before: string(p.State), After: string(next.State)}}
	if p.DueOn != next.DueOn {
		detail = append(detail, audit.Change{Field: "due_on", Before: p.DueOn.String(), After: next.DueOn.String()})
	}
	return s.record(ctx, q, next, "promise."+string(d.Act), EventActed, detail)
}

// settle makes the fact of a promise's end, or takes it back when the promise is opened again.
func (s *Service) settle(ctx context.Context, q db.Q, p, next Promise, d Deed) (int64, error) {
	if d.Act == ActReopen {
		if p.FactID == 0 {
			return 0, nil
		}
		_, err := s.facts.TakeBack(ctx, q, p.CustomerID, p.SettledOn, p.FactID, strings.TrimSpace(d.Said))
		if errs.CodeOf(err) == "fact.reversed_already" {
			err = nil
		}
		return 0, err
	}
	kind := factOf(next.State)
	if kind == "" {
		return 0, nil
	}
	return s.becomes(ctx, q, next, kind, next.SettledOn)
}

func (s *Service) save(ctx context.Context, q db.Q, p, next Promise) error {
	ok, err := updatePromise(ctx, q, p, next, clock.Micros(s.now()))
	if err == nil && !ok {
		err = errs.New(errs.Conflict, "promise.changed")
	}
	return err
}

// reaches says whether a permission reaches the promise: who keeps it lies within the scope, or the customer does.
func reaches(actor authz.Actor, perm authz.Permission, p Promise) bool {
	scope := actor.Scope(perm)
	return scope.CoversPerson(p.OwnerID, p.UnitID) ||
		scope.Covers(authz.Place{CustomerID: p.CustomerID, OwnerID: p.Customer.OwnerID, UnitID: p.Customer.UnitID, Region: p.Customer.Region})
}

// MayAct says whether the acting person may act on the promise.
func (s *Service) MayAct(ctx context.Context, p Promise) bool {
	actor, ok := authz.From(ctx)
	return ok && reaches(actor, authz.DutyDo, p)
}

// Get gives a promise with its history. Needs duty.read over the promise or its customer. Error: not_found.
func (s *Service) Get(ctx context.Context, promiseID int64) (Promise, error) {
	actor, err := authz.Require(ctx, authz.DutyRead)
	if err != nil {
		return Promise{}, err
	}
	p, err := load(ctx, s.db.Read(), promiseID)
	if err == nil && !reaches(actor, authz.DutyRead, p) {
		return Promise{}, db.ErrNoRows
	}
	return p, err
}
