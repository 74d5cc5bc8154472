package rights

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
	"kezhi/internal/id"
	"kezhi/internal/org"
	"kezhi/internal/ownership"
	"kezhi/internal/user"
)

// Deps are what the service stands on. Loc is the organisation's time zone.
type Deps struct {
	DB        *db.DB
	Now       clock.Clock
	Loc       *time.Location
	Customers *customer.Service
	Users     *user.Service
	// Tell puts among somebody's notices that a customer was shared.
	Tell func(ctx context.Context, q db.Q, customerID, shareID, userID int64) error
}

// Service holds the use cases of shares, and explains.
type Service struct{ d Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

func (s *Service) today() calendar.Date { return calendar.FromTime(s.d.Now(), s.d.Loc) }

// Beyond gives by what else than owner and unit somebody comes to customers today, as far as the reaches of the person's permissions ask.
func (s *Service) Beyond(ctx context.Context, q db.Q, userID int64, units []int64, reach authz.Reach) (authz.Beyond, error) {
	var out authz.Beyond
	var err error
	today := s.today()
	if out.SharedRead, out.SharedFull, err = openTo(ctx, q, userID, today); err != nil {
		return out, err
	}
	if authz.ReachTeam.Within(reach) {
		if out.Beside, err = ownership.BesideOf(ctx, q, userID, today); err != nil {
			return out, err
		}
	}
	if authz.ReachTerritory.Within(reach) {
		out.Regions, err = ownership.RegionsOf(ctx, q, userID, units, today)
	}
	return out, err
}

// Shares gives the shares of a customer, those that go on first. Needs customer.read over it. Error: not_found.
func (s *Service) Shares(ctx context.Context, customerID int64) (list []Share, mayShare bool, err error) {
	actor, err := authz.Require(ctx, authz.CustomerRead)
	if err != nil {
		return nil, false, err
	}
	ref, err := s.d.Customers.Guard(ctx, authz.CustomerRead, customerID)
	if err != nil {
		return nil, false, err
	}
	list, err = sharesOf(ctx, s.d.DB.Read(), customerID, s.today(), 2*maxOfOne)
	return list, mayShow(actor, ref), err
}

// mayShow says whether somebody may share a customer: who may change it by another way than a share.
func mayShow(actor authz.Actor, ref customer.Ref) bool {
	actor.Beyond.SharedRead, actor.Beyond.SharedFull = nil, nil
	return actor.Scope(authz.CustomerWrite).Covers(ref.Place())
}

// guard lets those pass who may share a customer. Errors: not_found, rights.not_yours_to_share.
func (s *Service) guard(ctx context.Context, customerID int64) (authz.Actor, error) {
	actor, err := authz.Require(ctx, authz.CustomerWrite)
	if err != nil {
		return actor, err
	}
	ref, err := s.d.Customers.Guard(ctx, authz.CustomerRead, customerID)
	if err == nil && !mayShow(actor, ref) {
		err = errs.New(errs.Forbidden, "rights.not_yours_to_share")
	}
	return actor, err
}

// Share shows a customer to somebody until a day. Needs customer.write over it by another way than a share. Errors: not_found,
// rights.not_yours_to_share, invalid_input, rights.shared_already, rights.too_many_shares.
func (s *Service) Share(ctx context.Context, customerID int64, in ShareInput) (Share, error) {
	actor, err := s.guard(ctx, customerID)
	if err != nil {
		return Share{}, err
	}
	today, now := s.today(), s.d.Now()
	if err := in.Validate(today); err != nil {
		return Share{}, err
	}
	h := Share{CustomerID: customerID, ID: id.New(now), UserID: in.UserID, Access: in.Access, Reason: in.Reason, Until: in.Until, CreatedBy: actor.UserID, CreatedAt: now}
	err = s.d.DB.InTx(ctx, func(q db.Q) error {
		if err := s.mayGet(ctx, q, &h, today); err != nil {
			return err
		}
		if err := insertShare(ctx, q, &h); err != nil {
			return err
		}
		if err := s.d.Tell(ctx, q, customerID, h.ID, h.UserID); err != nil {
			return err
		}
		if h, err = loadShare(ctx, q, customerID, h.ID); err != nil {
			return err
		}
		return s.record(ctx, q, "share.give", &h)
	})
	return h, err
}

// mayGet says whether somebody may get a share, and whether there are not too many.
func (s *Service) mayGet(ctx context.Context, q db.Q, h *Share, today calendar.Date) error {
	ok, err := ownership.ActivePerson(ctx, q, h.UserID)
	if err != nil {
		return err
	}
	var v errs.Validation
	v.Check(ok && h.UserID != h.CreatedBy, "user_id", "procedure.unknown_person")
	if err := v.Err(); err != nil {
		return err
	}
	there, err := sharedWith(ctx, q, h.CustomerID, h.UserID, today)
	if err == nil {
		return errs.New(errs.Conflict, "rights.shared_already", "until", there.Until.String())
	}
	if !db.IsNoRows(err) {
		return err
	}
	ofOne, with, err := countGoingOn(ctx, q, h.CustomerID, h.UserID, today)
	if err == nil && (ofOne >= maxOfOne || with >= maxWith) {
		err = errs.New(errs.Conflict, "rights.too_many_shares", "customer", maxOfOne, "person", maxWith)
	}
	return err
}

// Revoke takes a share back; one that is over stays as it is. Needs what sharing needs. Errors: not_found, rights.not_yours_to_share,
// rights.share_over.
func (s *Service) Revoke(ctx context.Context, customerID, shareID int64) error {
	actor, err := s.guard(ctx, customerID)
	if err != nil {
		return err
	}
	return s.d.DB.InTx(ctx, func(q db.Q) error {
		h, err := loadShare(ctx, q, customerID, shareID)
		if err != nil {
			return err
		}
		if h.State(s.today()) != GoingOn {
			return errs.New(errs.Conflict, "rights.share_over")
		}
		ok, err := revoke(ctx, q, customerID, shareID, actor.UserID, clock.Micros(s.d.Now()))
		if err != nil {
			return err
		}
		if !ok {
			return errs.New(errs.Conflict, "rights.share_over")
		}
		return s.record(ctx, q, "share.revoke", &h)
	})
}

// record writes the audit entry and has everybody's rights read anew.
func (s *Service) record(ctx context.Context, q db.Q, action string, h *Share) error {
	if err := org.Changed(ctx, q); err != nil {
		return err
	}
	return audit.Write(ctx, q, s.d.Now(), audit.Entry{Action: action, Entity: "share", EntityID: id.String(h.ID), CustomerID: h.CustomerID, Detail: map[string]any{
		"user_id": id.String(h.UserID), "access": h.Access, "reason": h.Reason, "until": h.Until.String(),
	}})
}
