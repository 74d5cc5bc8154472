package procedure

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
	"kezhi/internal/id"
	"kezhi/internal/org"
)

// PostState is a post that the rulebooks in force name, or that somebody holds, and who holds it.
type PostState struct {
	Post      string
	Title     flow.Text
	Names     []string
	Rulebooks []string
	Role      string // the role of the organisation that fills it, "" = none
	Holders   []Holding
	Held      bool // somebody holds it today
	People    map[int64]string
}

// Posts gives every post with its holders on a day (None = today, and what is to come), by name. Who fills a post by a role does so today.
// Needs procedure.read.
func (s *Service) Posts(ctx context.Context, on calendar.Date) ([]PostState, error) {
	if _, err := authz.Require(ctx, authz.ProcedureRead); err != nil {
		return nil, err
	}
	q, today := s.db.Read(), s.Today()
	r, err := s.roster(ctx, q)
	if err != nil {
		return nil, err
	}
	held, err := listHoldings(ctx, q, today)
	if on != calendar.None {
		today = on
		held, err = findHoldings(ctx, q, HoldingFilter{On: on})
	}
	if err != nil {
		return nil, err
	}
	byPost, err := s.postsInForce(ctx, q, today)
	if err != nil {
		return nil, err
	}
	for _, h := range held {
		p := ofName(byPost, h.Post)
		if p == nil {
			p = &PostState{Post: h.Post, Title: flow.Text{Zh: h.Post, En: h.Post}, Names: []string{h.Post}}
			byPost[h.Post] = p
		}
		p.Holders = append(p.Holders, h)
	}
	out := make([]PostState, 0, len(byPost))
	for _, name := range slices.Sorted(maps.Keys(byPost)) {
		p := byPost[name]
		p.People = r.names
		p.addRole(r)
		if p.Held = r.holds(p.Post, p.Names); on != calendar.None {
			p.Held = len(p.Holders) > 0
		}
		out = append(out, *p)
	}
	return out, nil
}

// ofName finds the post that has a name.
func ofName(posts map[string]*PostState, name string) *PostState {
	if p := posts[name]; p != nil {
		return p
	}
	for _, key := range slices.Sorted(maps.Keys(posts)) {
		if slices.Contains(posts[key].Names, name) {
			return posts[key]
		}
	}
	return nil
}

// postsInForce joins the posts of all rulebooks in force; a post of one name in two of them is one post.
func (s *Service) postsInForce(ctx context.Context, q db.Q, on calendar.Date) (map[string]*PostState, error) {
	editions, err := s.books.InForce(ctx, q, on)
	if err != nil {
		return nil, err
	}
	out := map[string]*PostState{}
	for _, e := range editions {
		for _, p := range e.Posts {
			have := out[p.Name]
			if have == nil {
				have = &PostState{Post: p.Name, Title: p.Title}
				out[p.Name] = have
			}
			have.Rulebooks = append(have.Rulebooks, e.Rulebook)
			have.Names = slices.Compact(slices.Sorted(slices.Values(append(have.Names, p.Names...))))
		}
	}
	return out, nil
}

// addRole adds those who fill the post by a role of the organisation.
func (p *PostState) addRole(r *roster) {
	role, ok := authz.RoleOf(p.Post, p.Names)
	if !ok {
		return
	}
	p.Role = role
	var by []Holding
	for user, x := range r.people {
		if authz.Fills(x.roles, p.Post, role) {
			by = append(by, Holding{Post: p.Post, UserID: user, UnitID: x.unit, From: calendar.None, Until: calendar.None})
		}
	}
	slices.SortFunc(by, func(a, b Holding) int { return cmp.Compare(a.UserID, b.UserID) })
	p.Holders = append(p.Holders, by...)
}

// Appoint gives a post to a person. Needs procedure.manage. Errors: invalid_input.
func (s *Service) Appoint(ctx context.Context, in HoldingInput) (Holding, error) {
	actor, err := authz.Require(ctx, authz.ProcedureManage)
	if err != nil {
		return Holding{}, err
	}
	if in.From == calendar.None {
		in.From = s.Today()
	}
	if err := in.Validate(); err != nil {
		return Holding{}, err
	}
	now := s.now()
	h := Holding{ID: id.New(now), Post: strings.TrimSpace(in.Post), UserID: in.UserID, UnitID: in.UnitID, From: in.From, Until: in.Until}
	err = s.db.InTx(ctx, func(q db.Q) error {
		if err := s.withinOwn(ctx, q, actor, h.Post); err != nil {
			return err
		}
		var v errs.Validation
		ok, err := activeUser(ctx, q, h.UserID)
		if err != nil {
			return err
		}
		v.Check(ok, "user_id", "procedure.unknown_person")
		if h.UnitID != 0 {
			if ok, err = unitKnown(ctx, q, h.UnitID); err != nil {
				return err
			}
			v.Check(ok, "unit_id", "procedure.unknown_unit")
		}
		if err := v.Err(); err != nil {
			return err
		}
		if err := insertHolding(ctx, q, h, actor.UserID, clock.Micros(now)); err != nil {
			return err
		}
		if err := org.Changed(ctx, q); err != nil {
			return err
		}
		return audit.Write(ctx, q, now, audit.Entry{Action: "post.appoint", Entity: "post", EntityID: id.String(h.ID), Detail: h.detail()})
	})
	return h, err
}

// Dismiss ends a holding: until is its last day, None = yesterday, at once. Needs procedure.manage. Errors: not_found, invalid_input.
func (s *Service) Dismiss(ctx context.Context, holdingID int64, until calendar.Date) (Holding, error) {
	if _, err := authz.Require(ctx, authz.ProcedureManage); err != nil {
		return Holding{}, err
	}
	if until == calendar.None {
		until = s.Today().AddDays(-1)
	}
	var h Holding
	err := s.db.InTx(ctx, func(q db.Q) error {
		var err error
		if h, err = getHolding(ctx, q, holdingID); err != nil {
			return err
		}
		h.Until = until
		now := s.now()
		if err := endHolding(ctx, q, h.ID, until, clock.Micros(now)); err != nil {
			return err
		}
		if err := org.Changed(ctx, q); err != nil {
			return err
		}
		return audit.Write(ctx, q, now, audit.Entry{Action: "post.dismiss", Entity: "post", EntityID: id.String(h.ID), Detail: h.detail()})
	})
	return h, err
}

func (h Holding) detail() map[string]any {
	return map[string]any{"post": h.Post, "user_id": id.String(h.UserID), "unit_id": id.String(h.UnitID), "from": h.From.String(), "until": h.Until.String()}
}

// Absences gives the absences that are not over: one's own and those one stands in for, or everybody's with
// procedure.manage. Needs procedure.read.
func (s *Service) Absences(ctx context.Context) ([]Absence, map[int64]string, error) {
	actor, err := authz.Require(ctx, authz.ProcedureRead)
	if err != nil {
		return nil, nil, err
	}
	only := actor.UserID
	if actor.Grants[authz.ProcedureManage] == authz.ReachAll {
		only = 0
	}
	q := s.db.Read()
	r, err := s.roster(ctx, q)
	if err != nil {
		return nil, nil, err
	}
	list, err := listAbsences(ctx, q, s.Today(), only)
	return list, r.names, err
}

// GoAway enters an absence: one's own, or with procedure.manage anybody's. Needs procedure.read. Errors: invalid_input, auth.forbidden.
func (s *Service) GoAway(ctx context.Context, a Absence) (Absence, error) {
	actor, err := authz.Require(ctx, authz.ProcedureRead)
	if err != nil {
		return Absence{}, err
	}
	if a.UserID == 0 {
		a.UserID = actor.UserID
	}
	if err := a.Validate(); err != nil {
		return Absence{}, err
	}
	if err := ownOrManaged(actor, a.UserID); err != nil {
		return Absence{}, err
	}
	a.CreatedAt = s.now()
	a.ID = id.New(a.CreatedAt)
	err = s.db.InTx(ctx, func(q db.Q) error {
		var v errs.Validation
		v.Check(a.Until >= s.Today(), "until", "procedure.over_already")
		for _, p := range []struct {
			path string
			user int64
		}{{"user_id", a.UserID}, {"substitute_id", a.SubstituteID}} {
			if p.user == 0 {
				continue
			}
			ok, err := activeUser(ctx, q, p.user)
			if err != nil {
				return err
			}
			v.Check(ok, p.path, "procedure.unknown_person")
		}
		if err := v.Err(); err != nil {
			return err
		}
		if err := insertAbsence(ctx, q, a, actor.UserID, clock.Micros(a.CreatedAt)); err != nil {
			return err
		}
		return s.absenceChanged(ctx, q, "absence.enter", a)
	})
	return a, err
}

// ComeBack ends an absence yesterday; one that has not begun is taken away. Needs and errors as GoAway; not_found.
func (s *Service) ComeBack(ctx context.Context, absenceID int64) error {
	actor, err := authz.Require(ctx, authz.ProcedureRead)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(q db.Q) error {
		a, err := getAbsence(ctx, q, absenceID)
		if err != nil {
			return err
		}
		if ownOrManaged(actor, a.UserID) != nil {
			return db.ErrNoRows
		}
		if err := endAbsence(ctx, q, a, s.Today().AddDays(-1), clock.Micros(s.now())); err != nil {
			return err
		}
		return s.absenceChanged(ctx, q, "absence.end", a)
	})
}

func (s *Service) absenceChanged(ctx context.Context, q db.Q, action string, a Absence) error {
	if err := org.Changed(ctx, q); err != nil {
		return err
	}
	return audit.Write(ctx, q, s.now(), audit.Entry{Action: action, Entity: "absence", EntityID: id.String(a.ID), Detail: map[string]any{
		"user_id": id.String(a.UserID), "substitute_id": id.String(a.SubstituteID), "from": a.From.String(), "until": a.Until.String(), "reason": a.Reason,
	}})
}

func ownOrManaged(actor authz.Actor, userID int64) error {
	if actor.UserID == userID && userID != 0 || actor.Grants[authz.ProcedureManage] == authz.ReachAll {
		return nil
	}
	return errs.New(errs.Forbidden, "auth.forbidden", "permission", string(authz.ProcedureManage))
}
