package visit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/duty"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/fact"
	"kezhi/internal/id"
)

// Service plans visits, takes what came of them, and logs calls.
type Service struct {
	db        *db.DB
	now       clock.Clock
	loc       *time.Location
	work      *calendar.Working
	bus       *event.Bus
	customers *customer.Service
	facts     *fact.Service
	duties    *duty.Service
}

// Deps are what the service stands on. Loc is the organisation's time zone, Work its working calendar.
type Deps struct {
	DB        *db.DB
	Now       clock.Clock
	Loc       *time.Location
	Work      *calendar.Working
	Bus       *event.Bus
	Customers *customer.Service
	Facts     *fact.Service
	Duties    *duty.Service
}

// New makes the service.
func New(d Deps) *Service {
	return &Service{db: d.DB, now: d.Now, loc: d.Loc, work: d.Work, bus: d.Bus, customers: d.Customers, facts: d.Facts, duties: d.Duties}
}

// Today gives the organisation's present day.
func (s *Service) Today() calendar.Date { return calendar.FromTime(s.now(), s.loc) }

// NewVisit is a visit to be planned.
type NewVisit struct {
	Input
	CustomerID int64
	DutyID     int64  // 0 = keeps none
	OwnerID    int64  // who goes; 0 = the acting person
	Key        string // idempotency key, "" = none
}

// Create plans a visit. Needs duty.do over the customer or the duty; for somebody else to go, a reach beyond one's own.
// Errors: not_found, invalid_input, customer.archived, duty.not_yours, visit.other_duty, visit.duty_planned, visit.duty_over,
// visit.key_reused.
func (s *Service) Create(ctx context.Context, in NewVisit) (Visit, error) {
	actor, err := authz.Require(ctx, authz.DutyDo)
	if err != nil {
		return Visit{}, err
	}
	in.Input = in.normal()
	if in.OwnerID == 0 {
		in.OwnerID = actor.UserID
	}
	if err := in.check(actor); err != nil {
		return Visit{}, err
	}
	hash := hashOf("create", in)
	had, err := s.before(ctx, actor, in.Key, hash)
	if err != nil {
		return Visit{}, err
	}
	if had != 0 {
		v, err := load(ctx, s.db.Read(), had)
		v.withhold(actor)
		return v, err
	}
	ref, err := s.mayServe(ctx, in.CustomerID, in.DutyID, keptByVisit)
	if err != nil {
		return Visit{}, err
	}
	var out Visit
	err = s.db.InTx(ctx, func(q db.Q) error {
		visitID := id.New(s.now())
		first, err := s.once(ctx, q, actor, in.Key, hash, &visitID)
		if err != nil {
			return err
		}
		if first {
			if err := s.insert(ctx, q, actor, visitID, ref, in); err != nil {
				return err
			}
		}
		out, err = load(ctx, q, visitID)
		return err
	})
	return out, err
}

func (in NewVisit) check(actor authz.Actor) error {
	var v errs.Validation
	in.Input.check(&v)
	v.Check(in.OwnerID == actor.UserID || actor.Grants[authz.DutyDo] >= authz.ReachUnit, "owner_id", "visit.not_for_others")
	v.Check(len(in.Key) <= maxKey, "Idempotency-Key", "field.too_long", "max", maxKey)
	return v.Err()
}

func (s *Service) insert(ctx context.Context, q db.Q, actor authz.Actor, visitID int64, ref customer.Ref, in NewVisit) error {
	if err := ownerExists(ctx, q, in.OwnerID); err != nil {
		return err
	}
	if err := s.notArchived(ctx, q, ref.ID); err != nil {
		return err
	}
	if in.DutyID != 0 {
		asked, err := dutyFree(ctx, q, in.DutyID)
		if err != nil {
			return err
		}
		in.NeedsAppointment = in.NeedsAppointment || asked
	}
	now := s.now()
	v := Visit{ID: visitID, CustomerID: ref.ID, OwnerID: in.OwnerID, UnitID: ref.UnitID, DutyID: in.DutyID, State: Planned, Input: in.Input, Version: 1}
	if err := insertVisit(ctx, q, v, actor.UserID, clock.Micros(now)); err != nil {
		return err
	}
	detail := []audit.Change{{Field: "on", Before: nil, After: in.On.String()}, {Field: "duty_id", Before: nil, After: id.Optional(in.DutyID)}}
	return s.record(ctx, q, now, "visit.plan", "visit.planned", v, detail)
}

func (s *Service) record(ctx context.Context, q db.Q, now time.Time, action, kind string, v Visit, detail any) error {
	err := audit.Write(ctx, q, now, audit.Entry{Action: action, Entity: "visit", EntityID: id.String(v.ID), CustomerID: v.CustomerID, Detail: detail})
	if err != nil {
		return err
	}
	return s.bus.Emit(ctx, q, kind, v.CustomerID, map[string]string{"visit_id": id.String(v.ID), "state": string(v.State)})
}

// What a visit and a call can keep: a duty of another activity asks for other evidence.
var (
	keptByVisit = []string{"visit", "meeting", "survey"}
	keptByCall  = []string{"call", "greeting", "survey", "interaction"}
)

// mayServe lets those pass who look after the customer, or owe the duty that is to be kept, if it is one of these activities.
func (s *Service) mayServe(ctx context.Context, customerID, dutyID int64, activities []string) (customer.Ref, error) {
	if dutyID == 0 {
		return s.customers.Guard(ctx, authz.DutyDo, customerID)
	}
	d, err := s.duties.Get(ctx, dutyID)
	if err != nil {
		return customer.Ref{}, err
	}
	if d.CustomerID != customerID || customerID == 0 {
		return customer.Ref{}, db.ErrNoRows
	}
	if !s.duties.MayDo(ctx, d) {
		return customer.Ref{}, errs.New(errs.Forbidden, "duty.not_yours", "owner", d.OwnerName)
	}
	if !slices.Contains(activities, d.Activity) {
		return customer.Ref{}, errs.New(errs.Conflict, "visit.other_duty", "activity", d.Activity)
	}
	if d.State != duty.Open && d.State != duty.Missed {
		return customer.Ref{}, errs.New(errs.Conflict, "visit.duty_over", "state", string(d.State))
	}
	return customer.Ref{ID: customerID, OwnerID: d.Customer.OwnerID, UnitID: d.Customer.UnitID, Code: d.Customer.Code, Name: d.Customer.Name, Region: d.Customer.Region}, nil
}

// notArchived refuses customers nothing new is done with, inside the transaction that is to do it.
func (s *Service) notArchived(ctx context.Context, q db.Q, customerID int64) error {
	c, _, err := s.customers.Reach(ctx, q, customerID)
	if err == nil && c.Archived {
		err = errs.New(errs.Conflict, "customer.archived", "code", c.Code)
	}
	return err
}

// Get gives a visit with its files. Needs duty.read over the visit or its customer. Error: not_found.
func (s *Service) Get(ctx context.Context, visitID int64) (Visit, error) {
	actor, err := authz.Require(ctx, authz.DutyRead)
	if err != nil {
		return Visit{}, err
	}
	v, err := load(ctx, s.db.Read(), visitID)
	if err == nil && !reaches(actor, authz.DutyRead, v) {
		return Visit{}, db.ErrNoRows
	}
	return v, err
}

// Told gives a visit inside the caller's transaction, for what came of it. It asks for no permission; the caller did. Error: not_found.
func (s *Service) Told(ctx context.Context, q db.Q, visitID int64) (Visit, error) {
	return load(ctx, q, visitID)
}

// ToldByPhone is Told for a call.
func (s *Service) ToldByPhone(ctx context.Context, q db.Q, callID int64) (Call, error) {
	return loadCall(ctx, q, callID)
}

// reaches says whether a permission reaches the visit: who goes lies within the scope, or the customer does.
func reaches(actor authz.Actor, p authz.Permission, v Visit) bool {
	scope := actor.Scope(p)
	return scope.CoversPerson(v.OwnerID, v.UnitID) ||
		scope.Covers(authz.Place{CustomerID: v.CustomerID, OwnerID: v.Customer.OwnerID, UnitID: v.Customer.UnitID, Region: v.Customer.Region})
}

// withhold leaves of a visit that went out of the actor's reach since what the actor can know: how it was planned and that it went on. A
// request that is sent again for its lost answer is answered all the same.
func (v *Visit) withhold(actor authz.Actor) {
	if reaches(actor, authz.DutyRead, *v) {
		return
	}
	v.Report, v.Met, v.Feedback, v.Reason, v.NextOn, v.Files = "", "", "", "", calendar.None, nil
	v.Appointment.With, v.NoAppointment = "", ""
	v.Customer.Region, v.Customer.Address, v.Customer.Place = "", "", nil
}

// MayAct says whether the acting person may do anything with the visit: who goes may, and who is set over the unit.
func (s *Service) MayAct(ctx context.Context, v Visit) bool {
	actor, err := authz.Require(ctx, authz.DutyDo)
	return err == nil && mayAct(actor, v) == nil
}

func mayAct(actor authz.Actor, v Visit) error {
	if !reaches(actor, authz.DutyDo, v) {
		return db.ErrNoRows
	}
	if actor.Grants[authz.DutyDo] < authz.ReachUnit && v.OwnerID != actor.UserID {
		return errs.New(errs.Forbidden, "visit.not_yours", "owner", v.OwnerName)
	}
	return nil
}

// Filter bounds a list of visits. Empty fields match everything the actor may see.
type Filter struct {
	From, To   calendar.Date // on these days; None = no bound
	OwnerIDs   []int64
	CustomerID int64
	DutyID     int64
	States     []State
	Cursor     string
	Limit      int // 1 to 200; 0 = 50
}

// List gives visits by their day and the cursor of the next page. Needs duty.read. Errors: invalid_input, cursor.invalid.
func (s *Service) List(ctx context.Context, f Filter) ([]Visit, string, error) {
	actor, err := authz.Require(ctx, authz.DutyRead)
	if err != nil {
		return nil, "", err
	}
	var v errs.Validation
	for _, st := range f.States {
		v.Check(slices.Contains(States, st), "state", "field.not_allowed", "value", string(st))
	}
	v.Check(f.From == calendar.None || f.To == calendar.None || f.From <= f.To, "to", "duty.range_reversed")
	if err := v.Err(); err != nil {
		return nil, "", err
	}
	f.Limit = page(f.Limit)
	return listVisits(ctx, s.db.Read(), f, actor.Scope(authz.DutyRead))
}

func page(limit int) int {
	if limit == 0 {
		return 50
	}
	return min(max(limit, 1), 200)
}

// MayOpen says whether somebody may open an upload because it belongs to a visit the person may see.
func (s *Service) MayOpen(ctx context.Context, actor authz.Actor, fileID int64) (bool, error) {
	if actor.Grants[authz.DutyRead] == authz.ReachNone {
		return false, nil
	}
	list, err := visitsOfFile(ctx, s.db.Read(), fileID)
	return slices.ContainsFunc(list, func(v Visit) bool { return reaches(actor, authz.DutyRead, v) }), err
}

// once claims an idempotency key for ref. It gives false, and the ref of the first request, when the same request came
// before. Without a key every request is a first one. Error: visit.key_reused.
func (s *Service) once(ctx context.Context, q db.Q, actor authz.Actor, key, hash string, ref *int64) (bool, error) {
	if key == "" {
		return true, nil
	}
	claimed, err := claim(ctx, q, actor.UserID, key, hash, *ref, clock.Micros(s.now()))
	if err != nil || claimed {
		return claimed, err
	}
	had, was, err := requestOf(ctx, q, actor.UserID, key)
	if err != nil {
		return false, err
	}
	if was != hash {
		return false, errs.New(errs.Conflict, "visit.key_reused")
	}
	*ref = had
	return false, nil
}

// before gives what the same request made earlier, 0 when it is a first one. A request sent again is answered before anything
// is asked of its duty, which may be settled by then. Error: visit.key_reused.
func (s *Service) before(ctx context.Context, actor authz.Actor, key, hash string) (int64, error) {
	if key == "" {
		return 0, nil
	}
	ref, was, err := requestOf(ctx, s.db.Read(), actor.UserID, key)
	switch {
	case db.IsNoRows(err):
		return 0, nil
	case err != nil:
		return 0, err
	case was != hash:
		return 0, errs.New(errs.Conflict, "visit.key_reused")
	}
	return ref, nil
}

// hashOf identifies the input of a request.
func hashOf(what string, in any) string {
	b, err := json.Marshal([]any{what, in})
	if err != nil {
		return what
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
