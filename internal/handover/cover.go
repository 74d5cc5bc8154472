package handover

import (
	"context"
	"maps"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
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

// Covers gives a page of who is or will be away within reach, by the first day, and the cursor of the next one. Needs customer.assign.
func (s *Service) Covers(ctx context.Context, cursor string, limit int) ([]Cover, string, error) {
	actor, err := authz.Require(ctx, authz.CustomerAssign)
	if err != nil {
		return nil, "", err
	}
	after, err := db.DecodeCursor(cursor, 2)
	if err != nil {
		return nil, "", err
	}
	list, err := listCovers(ctx, s.db.Read(), actor.Scope(authz.CustomerAssign), s.Today(), after, limit+1)
	if err != nil || len(list) <= limit {
		return list, "", err
	}
	list = list[:limit]
	last := &list[limit-1]
	return list, db.EncodeCursor(last.From.String(), id.String(last.ID)), nil
}

// Stand has somebody stand in for a person who is away during some days. Needs customer.assign over both, neither oneself nor above
// oneself: who stands in decides in the other's place. With procedure.manage over all, both may be anybody. Errors: not_found,
// handover.cover_not_allowed, and those of an absence.
func (s *Service) Stand(ctx context.Context, a procedure.Absence) error {
	ctx, err := s.covering(ctx, a.UserID, a.SubstituteID)
	if err == nil {
		_, err = s.cases.GoAway(ctx, a)
	}
	return err
}

// EndCover ends an absence, or takes one back that has not begun. Needs what Stand needs over the absent person. Errors: not_found,
// handover.cover_not_allowed.
func (s *Service) EndCover(ctx context.Context, absenceID int64) error {
	userID, err := absent(ctx, s.db.Read(), absenceID)
	if err != nil {
		return err
	}
	if ctx, err = s.covering(ctx, userID, 0); err != nil {
		return err
	}
	return s.cases.ComeBack(ctx, absenceID)
}

// covering gives the acting person the right to enter the absence of somebody whose customers the person may assign, with a substitute
// (0 = nobody).
func (s *Service) covering(ctx context.Context, userID, substituteID int64) (context.Context, error) {
	actor, err := authz.Require(ctx, authz.CustomerAssign)
	if err != nil {
		return ctx, err
	}
	q := s.db.Read()
	p, err := loadPerson(ctx, q, userID)
	if err != nil {
		return ctx, err
	}
	if !actor.Scope(authz.CustomerAssign).CoversPerson(p.id, p.unit) {
		return ctx, db.ErrNoRows
	}
	if actor.Grants[authz.ProcedureManage] == authz.ReachAll {
		return ctx, nil
	}
	for _, user := range []int64{userID, substituteID} {
		if user == 0 {
			continue
		}
		if err := mustBeBelow(ctx, q, actor, user); err != nil {
			return ctx, err
		}
	}
	actor.Grants = maps.Clone(actor.Grants)
	actor.Grants[authz.ProcedureManage] = authz.ReachAll
	return authz.With(ctx, actor), nil
}

// mustBeBelow refuses oneself, whoever is out of reach, and whoever in one's own unit, or everywhere, assigns customers as well.
func mustBeBelow(ctx context.Context, q db.Q, actor authz.Actor, userID int64) error {
	refused := errs.New(errs.Forbidden, "handover.cover_not_allowed")
	p, err := loadPerson(ctx, q, userID)
	if err != nil && !db.IsNoRows(err) {
		return err
	}
	if err != nil || !heads(actor, p) {
		return refused
	}
	me, err := loadPerson(ctx, q, actor.UserID)
	if err != nil {
		return err
	}
	reach, err := assigns(ctx, q, userID)
	if err == nil && (reach == authz.ReachAll || reach >= authz.ReachUnit && p.unit == me.unit) {
		err = refused
	}
	return err
}
