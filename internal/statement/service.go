package statement

import (
	"context"
	"slices"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/rule"
)

// Service puts statements together.
type Service struct {
	db        *db.DB
	now       clock.Clock
	loc       *time.Location
	customers *customer.Service
	sources   []Source
}

// New makes the service. loc is the organisation's time zone.
func New(d *db.DB, now clock.Clock, loc *time.Location, customers *customer.Service) *Service {
	return &Service{db: d, now: now, loc: loc, customers: customers}
}

// Add registers a source; statements list them in the order in which they were added.
func (s *Service) Add(list ...Source) { s.sources = append(s.sources, list...) }

// Today gives the organisation's present day.
func (s *Service) Today() calendar.Date { return calendar.FromTime(s.now(), s.loc) }

// Of puts together what a customer was given in a year, as far as the acting person may read it. Needs customer.read over the customer.
// Errors: not_found, statement.no_year.
func (s *Service) Of(ctx context.Context, customerID int64, year int) (Content, error) {
	actor, err := authz.Require(ctx, authz.CustomerRead)
	if err != nil {
		return Content{}, err
	}
	ref, err := s.customers.Guard(ctx, authz.CustomerRead, customerID)
	if err != nil {
		return Content{}, err
	}
	span, ok := spanOf(year, s.Today())
	if !ok {
		return Content{}, errs.New(errs.Invalid, "statement.no_year", "year", year)
	}
	out := Content{Code: ref.Code, Name: ref.Name, Year: year, From: span.From.String(), To: span.To.String(), Parts: []Part{}, Left: []rule.Text{}}
	err = s.db.InRead(ctx, func(q db.Q) error {
		if out.Owner, err = nameOf(ctx, q, ref.OwnerID); err != nil {
			return err
		}
		for _, x := range s.sources {
			if actor.Grants[x.Permission] == authz.ReachNone || !actor.Scope(x.Permission).Covers(ref.Place()) {
				out.Left = append(out.Left, x.Title)
				continue
			}
			lines, err := x.Lines(ctx, q, customerID, span)
			if err != nil {
				return err
			}
			out.Parts = append(out.Parts, x.part(lines))
		}
		return nil
	})
	return out, err
}

// Issue gives the statement of a customer and a year a number and keeps it; while nothing has changed since the last edition that tells of
// the same sources, that one is given again. Needs what Of needs. Errors: those of Of.
func (s *Service) Issue(ctx context.Context, customerID int64, year int) (Issued, error) {
	content, err := s.Of(ctx, customerID, year)
	if err != nil {
		return Issued{}, err
	}
	digest, kept, err := content.digest()
	if err != nil {
		return Issued{}, err
	}
	actor, _ := authz.From(ctx)
	var out Issued
	err = s.db.InTx(ctx, func(q db.Q) error {
		if err := holdCustomer(ctx, q, customerID); err != nil {
			return err
		}
		same, before, err := lastOfKinds(ctx, q, customerID, year, content.kinds())
		if err != nil {
			return err
		}
		if same != 0 && before == digest {
			out, err = issuedByID(ctx, q, same)
			return err
		}
		last, err := lastEdition(ctx, q, customerID, year)
		if err != nil {
			return err
		}
		now := s.now()
		out = Issued{
			ID: id.New(now), CustomerID: customerID, Year: year, Edition: last + 1, Number: numberOf(year, content.Code, last+1),
			By: actor.Name, At: now, Content: content,
		}
		if err := insertIssued(ctx, q, out, digest, kept, actor.UserID); err != nil {
			return err
		}
		return audit.Write(ctx, q, now, audit.Entry{
			Action: "statement.issue", Entity: "statement", EntityID: id.String(out.ID), CustomerID: customerID,
			Detail: map[string]any{"number": out.Number, "year": year, "digest": digest},
		})
	})
	return out, err
}

// Get gives an edition as it was issued. Needs customer.read over the customer, and may be read whole only by whoever may read every
// source it lists. Errors: not_found, auth.forbidden.
func (s *Service) Get(ctx context.Context, statementID int64) (Issued, error) {
	actor, err := authz.Require(ctx, authz.CustomerRead)
	if err != nil {
		return Issued{}, err
	}
	out, err := issuedByID(ctx, s.db.Read(), statementID)
	if err != nil {
		return Issued{}, err
	}
	ref, err := s.customers.Guard(ctx, authz.CustomerRead, out.CustomerID)
	if err != nil {
		return Issued{}, err
	}
	for _, p := range out.Content.Parts {
		i := slices.IndexFunc(s.sources, func(x Source) bool { return x.Kind == p.Kind })
		if i >= 0 && !actor.Scope(s.sources[i].Permission).Covers(ref.Place()) {
			return Issued{}, errs.New(errs.Forbidden, "auth.forbidden", "permission", string(s.sources[i].Permission))
		}
	}
	return out, nil
}

// Proof gives what was done on account of a duty of a customer around its days: the evidence that other features keep. The caller
// has let the acting person see the duty; of each source its permission over the customer is asked for, and what may not be read is left out.
func (s *Service) Proof(ctx context.Context, customerID, dutyID int64, from calendar.Date) ([]Part, error) {
	actor, err := authz.Require(ctx, authz.CustomerRead)
	if err != nil {
		return nil, err
	}
	ref, err := s.customers.Guard(ctx, authz.CustomerRead, customerID)
	if err != nil {
		return nil, err
	}
	out := []Part{}
	err = s.db.InRead(ctx, func(q db.Q) error {
		for _, x := range s.sources {
			if x.Owed || !actor.Scope(x.Permission).Covers(ref.Place()) {
				continue
			}
			lines, err := x.Lines(ctx, q, customerID, Span{From: from, To: s.Today(), Today: s.Today()})
			if err != nil {
				return err
			}
			lines = slices.DeleteFunc(lines, func(l Line) bool { return l.DutyID != dutyID })
			if len(lines) > 0 {
				out = append(out, x.part(lines))
			}
		}
		return nil
	})
	return out, err
}
