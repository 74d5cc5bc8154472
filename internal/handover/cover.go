package handover

import (
	"context"
	"maps"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/procedure"
)

// Whoever is only away for a time hands nothing over: somebody stands in, and nothing moves.

// Cover is somebody who is away, with who stands in.
type Cover struct {
	ID             int64 // of the absence
	UserID         int64
	Name           string
	SubstituteID   int64 // 0 = nobody
	SubstituteName string
	From, Until    calendar.Date
	Reason         string
	Customers      int64 // that the absent person looks after
}

// Covers gives who is or will be away within reach, by the first day. Needs customer.assign.
func (s *Service) Covers(ctx context.Context) ([]Cover, error) {
	actor, err := authz.Require(ctx, authz.CustomerAssign)
	if err != nil {
		return nil, err
	}
	return listCovers(ctx, s.db.Read(), actor.Scope(authz.CustomerAssign), s.Today())
}

// Stand has somebody stand in for a person who is away during some days. Needs customer.assign over the person. Errors: not_found, and
// those of an absence.
func (s *Service) Stand(ctx context.Context, a procedure.Absence) error {
	ctx, err := s.covering(ctx, a.UserID)
	if err == nil {
		_, err = s.cases.GoAway(ctx, a)
	}
	return err
}

// EndCover ends an absence, or takes one back that has not begun. Needs customer.assign over the person. Error: not_found.
func (s *Service) EndCover(ctx context.Context, absenceID int64) error {
	userID, err := absent(ctx, s.db.Read(), absenceID)
	if err != nil {
		return err
	}
	if ctx, err = s.covering(ctx, userID); err != nil {
		return err
	}
	return s.cases.ComeBack(ctx, absenceID)
}

// covering gives the acting person the right to enter the absence of somebody whose customers the person may assign.
func (s *Service) covering(ctx context.Context, userID int64) (context.Context, error) {
	actor, err := authz.Require(ctx, authz.CustomerAssign)
	if err != nil {
		return ctx, err
	}
	p, err := loadPerson(ctx, s.db.Read(), userID)
	if err != nil {
		return ctx, err
	}
	if !actor.Scope(authz.CustomerAssign).Covers(p.id, p.unit) {
		return ctx, db.ErrNoRows
	}
	actor.Grants = maps.Clone(actor.Grants)
	actor.Grants[authz.ProcedureManage] = authz.ReachAll
	return authz.With(ctx, actor), nil
}
