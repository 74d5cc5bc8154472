package rights

import (
	"context"
	"slices"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/codes"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/ownership"
	"kezhi/internal/role"
	"kezhi/internal/user"
)

// The ways by which somebody comes to a customer, in the order in which they are told.
const (
	WayAll       = "all"
	WayOwner     = "owner"
	WayTeam      = "team"
	WayTerritory = "territory"
	WayUnit      = "unit"
	WayShare     = "share"
)

// Source is a role somebody has, or fills by a post, with how far it gives the permission.
type Source struct {
	Role           string
	NameZh, NameEn string // of a role of the company's own
	ByPost         bool
	UnitID         int64 // of a post or person, 0 = the whole organisation
	UnitZh, UnitEn string
	Reach          authz.Reach // ReachNone = it does not give the permission
}

// Way is one way to a customer: whether the person stands in it, and whether the reach of the permission takes it. Both open the customer.
type Way struct {
	Kind           string
	Stands, Counts bool
	// What it is by: the owner, what the person does beside the owner, the region, the unit, the share.
	Name, NameEn string
	Share        *Share
}

// Opens says whether the way leads to the customer.
func (w *Way) Opens() bool { return w.Stands && w.Counts }

// Why is why somebody may, or may not, do something at a customer.
type Why struct {
	UserID     int64
	UserName   string
	Customer   customer.Ref
	Permission authz.Permission
	Allowed    bool
	Hindered   string // disabled, password (it must be changed first), factor (a second one is due); "" = nothing stands against it
	Reach      authz.Reach
	Sources    []Source
	Ways       []Way
}

// Why explains whether somebody (0 = oneself) may do something at a customer. Needs customer.read over the customer, and about others
// user.manage or audit.read. Errors: not_found, auth.forbidden, invalid_input.
func (s *Service) Why(ctx context.Context, userID, customerID int64, p authz.Permission) (Why, error) {
	actor, err := authz.Require(ctx, authz.CustomerRead)
	if err != nil {
		return Why{}, err
	}
	if userID == 0 {
		userID = actor.UserID
	}
	ref, err := s.mayAsk(ctx, actor, userID, customerID)
	if err != nil {
		return Why{}, err
	}
	var v errs.Validation
	v.Check(slices.Contains(authz.Permissions, p) && !role.Whole(p), "permission", "field.not_allowed", "value", errs.Shown(string(p)))
	if err := v.Err(); err != nil {
		return Why{}, err
	}
	var out Why
	err = s.d.DB.InRead(ctx, func(q db.Q) error {
		out, err = s.why(ctx, q, userID, ref, p)
		return err
	})
	return out, err
}

// mayAsk gives the customer to whoever may ask about it.
func (s *Service) mayAsk(ctx context.Context, actor authz.Actor, userID, customerID int64) (customer.Ref, error) {
	if userID != actor.UserID && actor.Grants[authz.UserManage] == authz.ReachNone && actor.Grants[authz.AuditRead] == authz.ReachNone {
		return customer.Ref{}, errs.New(errs.Forbidden, "auth.forbidden", "permission", string(authz.UserManage))
	}
	return s.d.Customers.Guard(ctx, authz.CustomerRead, customerID)
}

func (s *Service) why(ctx context.Context, q db.Q, userID int64, ref customer.Ref, p authz.Permission) (Why, error) {
	st, err := s.d.Users.StandingOf(ctx, q, userID)
	if err != nil {
		return Why{}, err
	}
	w := Why{UserID: userID, UserName: st.User.Name, Customer: ref, Permission: p, Reach: st.Actor.Grants[p]}
	switch {
	case st.User.State != user.Active:
		w.Hindered = "disabled"
	default:
		w.Hindered = st.Due
	}
	if w.Sources, err = sources(ctx, q, st.Held, p); err != nil {
		return w, err
	}
	if w.Ways, err = s.ways(ctx, q, &st, ref, p); err != nil {
		return w, err
	}
	w.Allowed = w.Hindered == "" && st.Actor.Scope(p).Covers(ref.Place())
	return w, nil
}

// sources says of each role a person has how far it gives a permission.
func sources(ctx context.Context, q db.Q, held []user.Given, p authz.Permission) ([]Source, error) {
	names, err := role.Names(ctx, q)
	if err != nil {
		return nil, err
	}
	out := make([]Source, 0, len(held))
	for _, h := range held {
		x := Source{Role: h.Role, ByPost: h.ByPost, UnitID: h.Unit, Reach: h.Grants[p], NameZh: names[h.Role][0], NameEn: names[h.Role][1]}
		unit, err := unitName(ctx, q, h.Unit)
		if err != nil {
			return nil, err
		}
		x.UnitZh, x.UnitEn = unit[0], unit[1]
		out = append(out, x)
	}
	return out, nil
}

// ways tells all ways to a customer that there are.
func (s *Service) ways(ctx context.Context, q db.Q, st *user.Standing, ref customer.Ref, p authz.Permission) ([]Way, error) {
	a, today := &st.Actor, s.today()
	reach := a.Grants[p]
	has := func(r authz.Reach) bool { return reach != authz.ReachNone && r.Within(reach) }
	owner, err := personName(ctx, q, ref.OwnerID)
	if err != nil {
		return nil, err
	}
	part, err := ownership.PartOf(ctx, q, ref.ID, a.UserID, today)
	if err != nil {
		return nil, err
	}
	regions, err := ownership.RegionsOf(ctx, q, a.UserID, a.UnitIDs, today)
	if err != nil {
		return nil, err
	}
	zh, en := divisionName(ref.Region)
	at := slices.IndexFunc(regions, func(r string) bool { return strings.HasPrefix(ref.Region, r) })
	unit, err := unitName(ctx, q, ref.UnitID)
	if err != nil {
		return nil, err
	}
	out := []Way{
		{Kind: WayAll, Stands: true, Counts: has(authz.ReachAll)},
		{Kind: WayOwner, Stands: ref.OwnerID != 0 && ref.OwnerID == a.UserID, Counts: has(authz.ReachOwn), Name: owner, NameEn: owner},
		{Kind: WayTeam, Stands: part != "", Counts: has(authz.ReachTeam), Name: part, NameEn: part},
		{Kind: WayTerritory, Stands: at >= 0, Counts: has(authz.ReachTerritory), Name: zh, NameEn: en},
		{Kind: WayUnit, Stands: ref.UnitID != 0 && slices.Contains(a.UnitIDs, ref.UnitID), Counts: has(authz.ReachUnit), Name: unit[0], NameEn: unit[1]},
	}
	h, err := sharedWith(ctx, q, ref.ID, a.UserID, today)
	if err != nil && !db.IsNoRows(err) {
		return nil, err
	}
	share := Way{Kind: WayShare, Stands: err == nil}
	if err == nil {
		share.Counts, share.Share = reach != authz.ReachNone && authz.ByShare(p, h.Access == Write), &h
	}
	return append(out, share), nil
}

// divisionName gives a region in words, from the province down.
func divisionName(region string) (zh, en string) {
	var zhs, ens []string
	for _, d := range codes.DivisionPath(region) {
		zhs, ens = append(zhs, d.Name), append(ens, d.English)
	}
	return strings.Join(zhs, " "), strings.Join(ens, ", ")
}

// Viewer is somebody who may read a customer, and by which ways.
type Viewer struct {
	UserID int64
	Name   string
	Ways   []string
	Write  bool // may change it too
}

// maxViewers is how many people are gone through at once.
const maxViewers = 200

// Viewers gives who may read a customer and why, by name, and behind whom to go on (0 = that was everybody). Needs customer.read over the
// customer, and user.manage or audit.read. Errors: not_found, auth.forbidden.
func (s *Service) Viewers(ctx context.Context, customerID, after int64) (list []Viewer, next int64, err error) {
	actor, err := authz.Require(ctx, authz.CustomerRead)
	if err != nil {
		return nil, 0, err
	}
	ref, err := s.mayAsk(ctx, actor, -1, customerID) // about everybody
	if err != nil {
		return nil, 0, err
	}
	err = s.d.DB.InRead(ctx, func(q db.Q) error {
		people, err := activePeople(ctx, q, after, maxViewers+1)
		if err != nil {
			return err
		}
		if len(people) > maxViewers {
			people = people[:maxViewers]
			next = people[maxViewers-1]
		}
		for _, p := range people {
			st, err := s.d.Users.StandingOf(ctx, q, p)
			if err != nil {
				return err
			}
			if !st.Actor.Scope(authz.CustomerRead).Covers(ref.Place()) {
				continue
			}
			v := Viewer{UserID: p, Name: st.User.Name, Ways: waysOf(&st.Actor, ref.Place()), Write: st.Actor.Scope(authz.CustomerWrite).Covers(ref.Place())}
			list = append(list, v)
		}
		return nil
	})
	slices.SortFunc(list, func(a, b Viewer) int { return strings.Compare(a.Name, b.Name) })
	return list, next, err
}

// waysOf names the ways by which somebody reads a customer.
func waysOf(a *authz.Actor, at authz.Place) []string {
	reach := a.Grants[authz.CustomerRead]
	one := func(r authz.Reach, beyond authz.Beyond) bool {
		if !r.Within(reach) {
			return false
		}
		b := authz.Actor{UserID: a.UserID, UnitIDs: a.UnitIDs, Beyond: beyond, Grants: map[authz.Permission]authz.Reach{authz.CustomerRead: r}}
		if r != authz.ReachOwn && r != authz.ReachAll {
			b.UserID = 0 // what is one's own is told by itself
		}
		return b.Scope(authz.CustomerRead).Covers(at)
	}
	out := []string{}
	for _, w := range []struct {
		kind   string
		reach  authz.Reach
		beyond authz.Beyond
	}{
		{WayAll, authz.ReachAll, authz.Beyond{}},
		{WayOwner, authz.ReachOwn, authz.Beyond{}},
		{WayTeam, authz.ReachTeam, authz.Beyond{Beside: a.Beyond.Beside}},
		{WayTerritory, authz.ReachTerritory, authz.Beyond{Regions: a.Beyond.Regions}},
		{WayUnit, authz.ReachUnit, authz.Beyond{}},
	} {
		if one(w.reach, w.beyond) {
			out = append(out, w.kind)
		}
	}
	if reach != authz.ReachNone && slices.Contains(a.Beyond.SharedRead, at.CustomerID) {
		out = append(out, WayShare)
	}
	return out
}
