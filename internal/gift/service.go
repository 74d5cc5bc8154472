package gift

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
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/fact"
	"kezhi/internal/id"
	"kezhi/internal/money"
	"kezhi/internal/procedure"
	"kezhi/internal/setting"
)

// EventChanged is the event of a gift that was entered or moved on.
const EventChanged = "gift.changed"

// FactGift is the fact a gift becomes that was handed over.
const FactGift = "gift"

const settingPolicy = "gift.policy"

// Deps are what the service stands on. Loc is the organisation's time zone.
type Deps struct {
	DB        *db.DB
	Now       clock.Clock
	Loc       *time.Location
	Bus       *event.Bus
	Customers *customer.Service
	Facts     *fact.Service
	Cases     *procedure.Service
}

// Service keeps the register.
type Service struct {
	Deps
}

// New makes the service and has cases take effect on gifts.
func New(d Deps) *Service {
	s := &Service{d}
	d.Cases.OnBegin(FactApproval, s.mayApprove)
	d.Cases.OnRecord(FactApproval, s.approved)
	d.Cases.OnTurn("", s.turned)
	return s
}

// Today gives the organisation's present day.
func (s *Service) Today() calendar.Date { return calendar.FromTime(s.Now(), s.Loc) }

// Policy gives what the house sets about gifts. Needs duty.read.
func (s *Service) Policy(ctx context.Context) (Policy, error) {
	if _, err := authz.Require(ctx, authz.DutyRead); err != nil {
		return Policy{}, err
	}
	return loadPolicy(ctx, s.DB.Read())
}

func loadPolicy(ctx context.Context, q db.Q) (Policy, error) {
	p := defaultPolicy()
	return p, setting.Load(ctx, q, settingPolicy, &p)
}

// SetPolicy replaces it; what was entered before stays as it is. Needs system.manage. Error: invalid_input.
func (s *Service) SetPolicy(ctx context.Context, p Policy) (Policy, error) {
	if _, err := authz.Require(ctx, authz.SystemManage); err != nil {
		return p, err
	}
	if err := p.validate(); err != nil {
		return p, err
	}
	return p, s.DB.InTx(ctx, func(q db.Q) error {
		before, err := loadPolicy(ctx, q)
		if err != nil {
			return err
		}
		now := s.Now()
		if err := setting.Save(ctx, q, settingPolicy, p, clock.Micros(now)); err != nil {
			return err
		}
		detail := []audit.Change{{Field: "policy", Before: before, After: p}}
		return audit.Write(ctx, q, now, audit.Entry{Action: "gift.policy", Entity: "setting", EntityID: settingPolicy, Detail: detail})
	})
}

// YearOf gives what a customer got, and is to get, in a civil year. Needs duty.read over the customer. Error: not_found.
func (s *Service) YearOf(ctx context.Context, customerID int64, year int) (Year, error) {
	if _, err := s.Customers.Guard(ctx, authz.DutyRead, customerID); err != nil {
		return Year{}, err
	}
	if year == 0 {
		year, _, _ = s.Today().Civil()
	}
	p, err := loadPolicy(ctx, s.DB.Read())
	if err != nil {
		return Year{}, err
	}
	used, err := usedIn(ctx, s.DB.Read(), customerID, year, p.Currency)
	return Year{p, year, used}, err
}

// Enter puts a gift into the register; one above the policy's value begins the case of its approval. Needs duty.do over the
// customer. Errors: not_found, invalid_input, customer.archived, gift.over_year, gift.no_procedure, gift.key_reused, those of
// procedure.StartWithin.
func (s *Service) Enter(ctx context.Context, customerID int64, in Input, key string) (Gift, error) {
	actor, err := authz.Require(ctx, authz.DutyDo)
	if err != nil {
		return Gift{}, err
	}
	ref, err := s.Customers.Guard(ctx, authz.DutyDo, customerID)
	if err == nil && ref.Archived {
		err = errs.New(errs.Conflict, "customer.archived", "code", ref.Code)
	}
	if err != nil {
		return Gift{}, err
	}
	hash, err := hashOf(key, customerID, in)
	if err != nil {
		return Gift{}, err
	}
	var out Gift
	work := func(q db.Q) error {
		if had, before, err := byKey(ctx, q, customerID, actor.UserID, key); err != nil || had != 0 {
			if err == nil && before != hash {
				err = errs.New(errs.Conflict, "gift.key_reused")
			}
			if err != nil {
				return err
			}
			out, err = load(ctx, q, had)
			return err
		}
		giftID, err := s.enter(ctx, q, customerID, actor.UserID, in, key, hash)
		if err != nil {
			return err
		}
		out, err = load(ctx, q, giftID)
		return err
	}
	if err = s.DB.InTx(ctx, work); db.UniqueTable(err) == "gift" { // the same request came twice at once
		err = s.DB.InTx(ctx, work)
	}
	return out, err
}

func hashOf(key string, customerID int64, in Input) (string, error) {
	if len(key) > maxKey {
		return "", errs.New(errs.Invalid, "field.too_long", "max", maxKey)
	}
	b, err := json.Marshal([]any{customerID, in})
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), err
}

func (s *Service) enter(ctx context.Context, q db.Q, customerID, by int64, in Input, key, hash string) (int64, error) {
	p, err := loadPolicy(ctx, q)
	if err != nil {
		return 0, err
	}
	if in.On == calendar.None {
		in.On = s.Today()
	}
	if err := in.check(p); err != nil {
		return 0, err
	}
	if err := s.receives(ctx, q, customerID, in.ContactID); err != nil {
		return 0, err
	}
	now := s.Now()
	g := Gift{ID: id.New(now), CustomerID: customerID, Input: in, Currency: p.Currency, GiverID: by, State: Approved, CreatedBy: by, CreatedAt: clock.Micros(now)}
	if err := reserve(ctx, q, &g, p, 1); err != nil {
		return 0, err
	}
	if p.ApproveAbove > 0 && in.Value > p.ApproveAbove {
		if g.CaseID, err = s.ask(ctx, q, &g); err != nil {
			return 0, err
		}
		g.State = Waiting
	}
	if err := insert(ctx, q, &g, key, hash); err != nil {
		return 0, err
	}
	return g.ID, s.record(ctx, q, &g, "gift.enter", map[string]any{
		"what": g.What, "occasion": g.Occasion, "value": money.Format(g.Value, g.Currency), "currency": g.Currency, "state": g.State,
	})
}

// receives makes sure that whoever is to receive the gift is a contact of the customer.
func (s *Service) receives(ctx context.Context, q db.Q, customerID, contactID int64) error {
	if contactID == 0 {
		return nil
	}
	_, contacts, err := s.Customers.Reach(ctx, q, customerID)
	if err != nil {
		return err
	}
	var v errs.Validation
	v.Check(slices.ContainsFunc(contacts, func(c customer.Contact) bool { return c.ID == contactID }), "contact_id", "customer.no_such_contact")
	return v.Err()
}

// reserve takes a gift into the sum of its year, or out of it (sign -1). Error: gift.over_year.
func reserve(ctx context.Context, q db.Q, g *Gift, p Policy, sign int64) error {
	year, _, _ := g.On.Civil()
	limit := maxSum
	if sign > 0 && p.PerYear > 0 {
		limit = p.PerYear
	}
	ok, err := addToYear(ctx, q, g.CustomerID, year, g.Currency, sign*g.Value, limit)
	if err != nil || ok {
		return err
	}
	used, err := usedIn(ctx, q, g.CustomerID, year, g.Currency)
	if err != nil {
		return err
	}
	return errs.New(errs.Conflict, "gift.over_year", "year", year, "limit", money.Format(limit, g.Currency), "left", money.Format(max(limit-used, 0), g.Currency))
}

// Do acts on a gift of a version. Needs duty.do over the customer. Errors: not_found, invalid_input, precondition_failed,
// gift.not_approved, gift.wrong_state, gift.over_year.
func (s *Service) Do(ctx context.Context, giftID, version int64, d Deed) (Gift, error) {
	actor, err := authz.Require(ctx, authz.DutyDo)
	if err != nil {
		return Gift{}, err
	}
	var out Gift
	err = s.DB.InTx(ctx, func(q db.Q) error {
		g, err := load(ctx, q, giftID)
		switch {
		case err != nil:
			return err
		case !actor.Scope(authz.DutyDo).Covers(g.place()):
			return db.ErrNoRows
		case g.Version != version:
			return errs.New(errs.Precondition, "precondition_failed", "current", g.Version)
		}
		next, err := decide(g, d, s.Today())
		if err != nil {
			return err
		}
		if d.Act == ActGive {
			next.GiverID = actor.UserID
		}
		if err := s.move(ctx, q, &g, &next); err != nil {
			return err
		}
		if d.Act == ActCancel && g.State == Waiting && g.CaseID != 0 {
			if err := s.Cases.WithdrawWithin(ctx, q, g.CaseID, "礼品取消："+next.Said+" | the gift is cancelled"); err != nil {
				return err
			}
		}
		out, err = load(ctx, q, giftID)
		return err
	})
	return out, err
}

// move writes a gift in its next state with what follows: the sum of the year, the fact, audit and event.
func (s *Service) move(ctx context.Context, q db.Q, g, next *Gift) error {
	if err := update(ctx, q, g, next, clock.Micros(s.Now())); err != nil {
		return err
	}
	p, err := loadPolicy(ctx, q)
	if err != nil {
		return err
	}
	before, _, _ := g.On.Civil()
	after, _, _ := next.On.Civil()
	if g.State.counts() && (!next.State.counts() || before != after) {
		if err := reserve(ctx, q, g, p, -1); err != nil {
			return err
		}
	}
	if next.State.counts() && (!g.State.counts() || before != after) {
		if err := reserve(ctx, q, next, p, 1); err != nil {
			return err
		}
	}
	if err := s.settle(ctx, q, g, next); err != nil {
		return err
	}
	detail := []audit.Change{{Field: "state", Before: string(g.State), After: string(next.State)}}
	if next.Said != "" {
		detail = append(detail, audit.Change{Field: "said", Before: "", After: next.Said})
	}
	return s.record(ctx, q, next, "gift.move", detail)
}

// settle makes the fact of a gift that was handed over, and takes it back when the gift came back.
func (s *Service) settle(ctx context.Context, q db.Q, g, next *Gift) error {
	switch next.State {
	case Given:
		attrs := map[string]any{"gift": id.String(g.ID), "what": g.What, "occasion": g.Occasion, "with": g.Contact, "note": g.What + "（" + g.Occasion + "）"}
		f, err := s.Facts.Append(ctx, q, fact.Input{CustomerID: g.CustomerID, Kind: FactGift, On: next.On, Amount: &g.Value, Currency: g.Currency, Attrs: attrs})
		if err != nil {
			return err
		}
		return setFact(ctx, q, g.CustomerID, g.ID, f.ID)
	case Returned:
		_, err := s.Facts.TakeBack(ctx, q, g.CustomerID, g.On, g.FactID, next.Said)
		if errs.CodeOf(err) == "fact.reversed_already" {
			err = nil
		}
		return err
	default:
		return nil
	}
}

func (s *Service) record(ctx context.Context, q db.Q, g *Gift, action string, detail any) error {
	err := audit.Write(ctx, q, s.Now(), audit.Entry{Action: action, Entity: "gift", EntityID: id.String(g.ID), CustomerID: g.CustomerID, Detail: detail})
	if err != nil {
		return err
	}
	return s.Bus.Emit(ctx, q, EventChanged, g.CustomerID, map[string]string{"gift_id": id.String(g.ID), "state": string(g.State)})
}

// Get gives a gift. Needs duty.read over the customer. Error: not_found.
func (s *Service) Get(ctx context.Context, giftID int64) (Gift, error) {
	actor, err := authz.Require(ctx, authz.DutyRead)
	if err != nil {
		return Gift{}, err
	}
	g, err := load(ctx, s.DB.Read(), giftID)
	if err == nil && !actor.Scope(authz.DutyRead).Covers(g.place()) {
		err = db.ErrNoRows
	}
	return g, err
}

// MayAct says whether the acting person may act on the gift.
func (s *Service) MayAct(ctx context.Context, g *Gift) bool {
	actor, ok := authz.From(ctx)
	return ok && actor.Scope(authz.DutyDo).Covers(g.place())
}
