package customer

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/id"
	"kezhi/internal/job"
	"kezhi/internal/org"
)

// The events of this feature; their payload is Happened.
const (
	EventCreated  = "customer.created"
	EventUpdated  = "customer.updated"
	EventAssigned = "customer.assigned"
	EventArchived = "customer.archived"
	EventRestored = "customer.restored"
)

// Happened is the payload of the events. OwnerID and UnitID are those after the change.
type Happened struct {
	Fields  []string `json:"fields,omitempty"`
	OwnerID int64    `json:"owner_id"`
	UnitID  int64    `json:"unit_id"`
}

// Service holds the use cases of customers.
type Service struct {
	db     *db.DB
	now    clock.Clock
	loc    *time.Location
	bus    *event.Bus
	queue  *job.Queue
	holds  []Hold
	births []AtBirth
	// schemes names the grades that customers carry; grading owns them.
	schemes Schemes
}

// GradeScheme is what an export says about grades: the titles of a scheme and of its grades by code.
type GradeScheme struct {
	ID, TitleZH, TitleEN string
	Labels               map[string][2]string // code to Chinese and English
}

// Schemes gives the schemes that are in force.
type Schemes func(ctx context.Context) ([]GradeScheme, error)

// Hold tells which of these customers something of another feature hangs on, so that an import may not be taken back from under it.
type Hold func(ctx context.Context, q db.Q, ids []int64) (held []int64, err error)

// New makes the service. loc is the organisation's time zone.
func New(d *db.DB, now clock.Clock, loc *time.Location, bus *event.Bus, queue *job.Queue) *Service {
	return &Service{db: d, now: now, loc: loc, bus: bus, queue: queue}
}

// Born is a customer that has just been entered, with whoever looks after it from the first moment, 0 = nobody.
type Born struct{ ID, OwnerID int64 }

// AtBirth is done with new customers in the transaction that enters them; importID is 0 where they were entered by hand.
type AtBirth func(ctx context.Context, q db.Q, list []Born, importID, by int64, now time.Time) error

// AddAtBirth registers what is done with every new customer; features do it at composition.
func (s *Service) AddAtBirth(f AtBirth) { s.births = append(s.births, f) }

// enter writes new customers, and what else belongs to their beginning.
func (s *Service) enter(ctx context.Context, q db.Q, list []created, importID, actorID int64, book fieldBook, now time.Time) error {
	if err := insertAll(ctx, q, list, importID, actorID, book, now); err != nil {
		return err
	}
	born := make([]Born, len(list))
	for i := range list {
		born[i] = Born{list[i].id, list[i].OwnerID}
	}
	for _, f := range s.births {
		if err := f(ctx, q, born, importID, actorID, now); err != nil {
			return err
		}
	}
	return nil
}

// AddHold registers a veto against taking back the creation of customers; features do it at composition.
func (s *Service) AddHold(h Hold) { s.holds = append(s.holds, h) }

// NameGrades registers where the words of grades come from; without it exports show codes only.
func (s *Service) NameGrades(from Schemes) { s.schemes = from }

// Create adds a customer. Errors: invalid_input with all fields, customer.duplicate (Conflict, with the candidates; confirmable with
// ConfirmDuplicate when only name, phone or e-mail agree), customer.assign_not_allowed.
func (s *Service) Create(ctx context.Context, in Input) (Customer, error) {
	actor, err := authz.Require(ctx, authz.CustomerWrite)
	if err != nil {
		return Customer{}, err
	}
	in, err = in.normal()
	if err != nil {
		return Customer{}, err
	}
	if in.OwnerID == 0 && !actor.Scope(authz.CustomerWrite).All {
		in.OwnerID = actor.UserID // or they could not see what they have just entered
	}
	var out Customer
	err = s.db.InTx(ctx, func(q db.Q) error {
		now := s.now()
		if err := lockDuplicates(ctx, q); err != nil {
			return err
		}
		ready, book, err := prepare(ctx, q, actor, in)
		if err != nil {
			return err
		}
		ready.id = id.New(now)
		if err := s.enter(ctx, q, []created{ready}, 0, actor.UserID, book, now); err != nil {
			return err
		}
		if err := s.record(ctx, q, now, ready); err != nil {
			return err
		}
		out, err = load(ctx, q, ready.id)
		return err
	})
	return out, err
}

// prepare checks what only the database knows and gives the customer ready to be inserted, but for its id.
func prepare(ctx context.Context, q db.Q, actor authz.Actor, in Input) (created, fieldBook, error) {
	ready := created{Input: in}
	book, err := loadBook(ctx, q)
	if err != nil {
		return ready, nil, err
	}
	var v errs.Validation
	ready.Custom = mergeCustom(nil, book.check(&v, in.Custom, nil))
	if err := checkKind(ctx, q, &v, in.Kind); err != nil {
		return ready, nil, err
	}
	if ready.unitID, err = checkOwner(ctx, q, &v, in.OwnerID); err != nil {
		return ready, nil, err
	}
	if err := v.Err(); err != nil {
		return ready, nil, err
	}
	if err := mayGive(actor, in.OwnerID, ready.unitID); err != nil {
		return ready, nil, err
	}
	found, err := duplicates(ctx, q, in, FieldCode|FieldName|FieldIdentifiers, 0)
	if err != nil {
		return ready, nil, err
	}
	if err := refuseDuplicates(actor, found, in.ConfirmDuplicate); err != nil {
		return ready, nil, err
	}
	if ready.Code == "" {
		next, err := nextCodes(ctx, q, 1)
		if err != nil {
			return ready, nil, err
		}
		ready.Code = next[0]
	}
	return ready, book, nil
}

func (s *Service) record(ctx context.Context, q db.Q, now time.Time, c created) error {
	_, changes := diff(Input{}, c.Input)
	entry := audit.Entry{Action: "customer.create", Entity: "customer", EntityID: id.String(c.id), CustomerID: c.id, Detail: changes}
	if err := audit.Write(ctx, q, now, entry); err != nil {
		return err
	}
	return s.bus.Emit(ctx, q, EventCreated, c.id, Happened{OwnerID: c.OwnerID, UnitID: c.unitID})
}

func checkKind(ctx context.Context, q db.Q, v *errs.Validation, kind string) error {
	if kind == "" {
		return nil
	}
	all, err := kinds(ctx, q)
	if err != nil {
		return err
	}
	for _, k := range all {
		if k.Kind == kind {
			return nil
		}
	}
	v.Check(false, "kind", "customer.kind_unknown", "value", shortText(kind))
	return nil
}

// checkOwner gives the unit of the owner; one who does not exist or is disabled is a wrong field.
func checkOwner(ctx context.Context, q db.Q, v *errs.Validation, ownerID int64) (int64, error) {
	if ownerID == 0 {
		return 0, nil
	}
	o, err := loadOwner(ctx, q, ownerID)
	if err != nil && !db.IsNoRows(err) {
		return 0, err
	}
	v.Check(err == nil && o.active, "owner_id", "customer.owner_unknown")
	return o.unitID, nil
}

// mayGive says whether the actor may make a customer belong to this owner: to themselves always, to others with customer.assign in its reach.
func mayGive(actor authz.Actor, ownerID, unitID int64) error {
	if ownerID != 0 && ownerID == actor.UserID || ownerID == 0 && actor.Scope(authz.CustomerWrite).All {
		return nil
	}
	if !actor.Scope(authz.CustomerAssign).CoversPerson(ownerID, unitID) {
		return errs.New(errs.Forbidden, "customer.assign_not_allowed")
	}
	return nil
}

// Get gives a customer the actor may see. Error: not_found.
func (s *Service) Get(ctx context.Context, customerID int64) (Customer, error) {
	actor, err := authz.Require(ctx, authz.CustomerRead)
	if err != nil {
		return Customer{}, err
	}
	c, err := load(ctx, s.db.Read(), customerID)
	if err == nil && !actor.Scope(authz.CustomerRead).Covers(c.Place()) {
		return Customer{}, db.ErrNoRows
	}
	return c, err
}

// ByCode is Get by the customer's code.
func (s *Service) ByCode(ctx context.Context, code string) (Customer, error) {
	if _, err := authz.Require(ctx, authz.CustomerRead); err != nil {
		return Customer{}, err
	}
	holder, err := codeHolder(ctx, s.db.Read(), tidy(code))
	if err != nil {
		return Customer{}, err
	}
	return s.Get(ctx, holder)
}

// Guard lets those pass who hold the permission for this customer; for everybody else it does not exist (not_found). Other features call it first.
func (s *Service) Guard(ctx context.Context, p authz.Permission, customerID int64) (Ref, error) {
	actor, err := authz.Require(ctx, p)
	if err != nil {
		return Ref{}, err
	}
	return guard(ctx, s.db.Read(), actor, p, customerID)
}

func guard(ctx context.Context, q db.Q, actor authz.Actor, p authz.Permission, customerID int64) (Ref, error) {
	f, err := loadRef(ctx, q, customerID)
	if err == nil && !actor.Scope(p).Covers(f.Place()) {
		return Ref{}, db.ErrNoRows
	}
	return f, err
}

// Visible gives those of the customers for whom the actor holds the permission, by id.
func (s *Service) Visible(ctx context.Context, p authz.Permission, ids []int64) (map[int64]Ref, error) {
	actor, err := authz.Require(ctx, p)
	if err != nil {
		return nil, err
	}
	refs, err := loadRefs(ctx, s.db.Read(), ids)
	scope := actor.Scope(p)
	for k, f := range refs {
		if !scope.Covers(f.Place()) {
			delete(refs, k)
		}
	}
	return refs, err
}

// Subscribe registers the reactions to other features' events.
func (s *Service) Subscribe(bus *event.Bus) { bus.Subscribe("user.moved", s.onUserMoved) }

// onUserMoved gives all customers of a person the unit the person belongs to now, because the data scope follows it.
func (s *Service) onUserMoved(ctx context.Context, q db.Q, e event.Event) error {
	var p struct {
		UserID int64 `json:"user_id"`
		UnitID int64 `json:"unit_id"`
	}
	if err := json.Unmarshal(e.Payload, &p); err != nil {
		return fmt.Errorf("reading event %s: %w", e.Kind, err)
	}
	n, err := moveUnit(ctx, q, p.UserID, p.UnitID)
	if err != nil || n == 0 {
		return err
	}
	return audit.Write(ctx, q, s.now(), audit.Entry{
		Action: "customer.move_unit", Entity: "user", EntityID: id.String(p.UserID), Detail: map[string]any{"customers": n, "unit_id": idText(p.UnitID)},
	})
}

// InUnits says how many customers lie in a unit, and how those nobody looks after go into another when the two are merged; all others
// follow their owners.
func (s *Service) InUnits() org.Follower {
	return org.Follower{Kind: "customers", Count: countInUnit, Move: moveUnowned}
}

// idText is an id for the audit and the API: "" for none.
func idText(n int64) string {
	if n == 0 {
		return ""
	}
	return id.String(n)
}
