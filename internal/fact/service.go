package fact

import (
	"context"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/id"
)

// Service records, takes back and reads the facts of one customer.
type Service struct {
	db        *db.DB
	now       clock.Clock
	loc       *time.Location
	bus       *event.Bus
	customers *customer.Service
}

// New makes the service. loc is the organisation's time zone: it says which day today is.
func New(d *db.DB, now clock.Clock, loc *time.Location, bus *event.Bus, customers *customer.Service) *Service {
	return &Service{db: d, now: now, loc: loc, bus: bus, customers: customers}
}

// Record keeps a single fact of a customer the actor may write facts of. Errors: invalid_input with fact.* fields, not_found.
func (s *Service) Record(ctx context.Context, in Input) (Fact, error) {
	if _, err := authz.Require(ctx, authz.FactWrite); err != nil {
		return Fact{}, err
	}
	if _, err := s.customers.Guard(ctx, authz.FactWrite, in.CustomerID); err != nil {
		return Fact{}, err
	}
	var out Fact
	err := s.db.InTx(ctx, func(q db.Q) error {
		var err error
		out, err = s.Append(ctx, q, in)
		return err
	})
	return out, err
}

// Append is Record inside the caller's transaction, for features whose work becomes a fact (a visit that took place). The
// caller has authorised the actor for the customer.
func (s *Service) Append(ctx context.Context, q db.Q, in Input) (Fact, error) {
	now := s.now()
	kinds, err := loadKinds(ctx, q)
	if err != nil {
		return Fact{}, err
	}
	if err := in.Validate(calendar.FromTime(now, s.loc), kinds); err != nil {
		return Fact{}, err
	}
	attrs, err := attrsText(in.Attrs)
	if err != nil {
		return Fact{}, err
	}
	actor, _ := authz.From(ctx)
	f := Fact{
		ID: id.New(now), CustomerID: in.CustomerID, Kind: in.Kind, On: in.On, At: in.At, Amount: in.Amount, Currency: in.Currency,
		Quantity: in.Quantity, Status: in.Status, Document: in.Document, Product: in.Product, Attrs: []byte(attrs),
		RecordedBy: actor.UserID, RecordedAt: now,
	}
	if f.Amount == nil {
		f.Currency = ""
	}
	return f, s.write(ctx, q, "fact.record", "fact.recorded", f)
}

// Reverse takes a fact back by recording one of the same customer and day with the negative amount and quantity. The reason is
// kept with it. Errors: not_found, fact.reversed_already, fact.is_reversal, invalid_input when the reason is missing.
func (s *Service) Reverse(ctx context.Context, customerID int64, on calendar.Date, factID int64, reason string) (Fact, error) {
	if _, err := authz.Require(ctx, authz.FactWrite); err != nil {
		return Fact{}, err
	}
	if _, err := s.customers.Guard(ctx, authz.FactWrite, customerID); err != nil {
		return Fact{}, err
	}
	var out Fact
	err := s.db.InTx(ctx, func(q db.Q) error {
		var err error
		out, err = s.TakeBack(ctx, q, customerID, on, factID, reason)
		return err
	})
	return out, err
}

// TakeBack is Reverse inside the caller's transaction. The caller has authorised the actor for the customer.
func (s *Service) TakeBack(ctx context.Context, q db.Q, customerID int64, on calendar.Date, factID int64, reason string) (Fact, error) {
	var v errs.Validation
	v.Check(reason != "", "reason", "field.required")
	v.Check(len(reason) <= MaxReason, "reason", "field.too_long", "max", MaxReason)
	if err := v.Err(); err != nil {
		return Fact{}, err
	}
	if err := mark(ctx, q); err != nil {
		return Fact{}, err
	}
	old, err := loadFact(ctx, q, customerID, on, factID)
	if err != nil {
		return Fact{}, err
	}
	if err := old.mayBeReversed(); err != nil {
		return Fact{}, err
	}
	actor, _ := authz.From(ctx)
	f := old.reversal(id.New(s.now()), actor.UserID, s.now())
	if f.Attrs, err = reasonAttrs(reason); err != nil {
		return Fact{}, err
	}
	return f, s.write(ctx, q, "fact.reverse", "fact.reversed", f)
}

// write stores the fact with its audit entry and event and moves the watermark.
func (s *Service) write(ctx context.Context, q db.Q, action, kind string, f Fact) error {
	if err := insertOne(ctx, q, f); err != nil {
		return err
	}
	if err := mark(ctx, q); err != nil {
		return err
	}
	err := audit.Write(ctx, q, f.RecordedAt, audit.Entry{
		Action: action, Entity: "fact", EntityID: id.String(f.ID), CustomerID: f.CustomerID, Detail: f.auditDetail(),
	})
	if err != nil {
		return err
	}
	return s.bus.Emit(ctx, q, kind, f.CustomerID, map[string]any{"fact_id": id.String(f.ID), "kind": f.Kind, "occurred_on": f.On.String()})
}

// Filter bounds List.
type Filter struct {
	Kinds  []string      // empty = all
	From   calendar.Date // calendar.None = no bound
	To     calendar.Date // calendar.None = no bound
	Cursor string
	Limit  int // 1 to 200
}

// List gives the visible facts of a customer, newest first, and the cursor of the next page ("" on the last one).
// Errors: not_found, cursor.invalid.
func (s *Service) List(ctx context.Context, customerID int64, f Filter) ([]Fact, string, error) {
	if _, err := authz.Require(ctx, authz.FactRead); err != nil {
		return nil, "", err
	}
	if _, err := s.customers.Guard(ctx, authz.FactRead, customerID); err != nil {
		return nil, "", err
	}
	var out []Fact
	next := ""
	err := s.db.InRead(ctx, func(q db.Q) error {
		var err error
		out, next, err = listFacts(ctx, q, customerID, f)
		return err
	})
	return out, next, err
}

// Months gives what the facts of a customer between two days (inclusive) add up to per month, kind and currency, oldest first.
// kind "" means every kind. Months without a fact are left out. Errors: not_found.
func (s *Service) Months(ctx context.Context, customerID int64, kind string, from, to calendar.Date) ([]Month, error) {
	if _, err := authz.Require(ctx, authz.FactRead); err != nil {
		return nil, err
	}
	if _, err := s.customers.Guard(ctx, authz.FactRead, customerID); err != nil {
		return nil, err
	}
	var out []Month
	err := s.db.InRead(ctx, func(q db.Q) error {
		var err error
		out, err = foldMonths(ctx, q, customerID, kind, from, to)
		return err
	})
	return out, err
}

// Kinds gives every kind of fact in the order in which they are offered.
func (s *Service) Kinds(ctx context.Context) ([]Kind, error) {
	if _, err := authz.Require(ctx, authz.FactRead); err != nil {
		return nil, err
	}
	return loadKinds(ctx, s.db.Read())
}
