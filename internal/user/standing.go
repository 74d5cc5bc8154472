package user

import (
	"context"
	"slices"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/org"
	"kezhi/internal/role"
)

// Given is a role somebody has, or fills by a post, with what it gives.
type Given struct {
	HeldRole
	ByPost bool
	Grants map[authz.Permission]authz.Reach
}

// Standing is what somebody may do today, and by what.
type Standing struct {
	User  User
	Actor authz.Actor
	Held  []Given
	// Due is what the person has to do before anything else: DuePassword, DueFactor; "" = nothing. Until then there is no other right than that.
	Due string
}

// What somebody has to do before anything else: give himself a password of his own, or get a second factor.
const (
	DuePassword = "password"
	DueFactor   = "factor"
)

// StandingOf works out what somebody may do: the rights of the person's roles and of the posts held today, over the person's own unit and those the posts
// are held for. It asks nobody whether the answer may be known; features that tell of it do.
func (s *Service) StandingOf(ctx context.Context, q db.Q, userID int64) (Standing, error) {
	u, err := getUser(ctx, q, "u.id = ?", userID)
	if err != nil {
		return Standing{}, err
	}
	st := Standing{User: u, Actor: authz.Actor{UserID: u.ID, Name: u.Name}}
	factor, err := s.factorDue(ctx, q, u)
	if err != nil {
		return st, err
	}
	switch {
	case u.MustChangePassword:
		st.Due = DuePassword
	case factor:
		st.Due = DueFactor
	}
	if st.Due != "" {
		st.Actor.Grants = map[authz.Permission]authz.Reach{authz.Self: authz.ReachAll}
		return st, nil
	}
	tree, err := s.units.Tree(ctx, q)
	if err != nil {
		return st, err
	}
	if st.Held, err = s.held(ctx, q, &u); err != nil {
		return st, err
	}
	st.gather(tree)
	if s.beyond != nil {
		st.Actor.Beyond, err = s.beyond(ctx, q, userID, st.Actor.UnitIDs, st.widest())
	}
	return st, err
}

// held gives the roles of a person and those of the posts held today.
func (s *Service) held(ctx context.Context, q db.Q, u *User) ([]Given, error) {
	var out []Given
	for _, r := range u.Roles {
		out = append(out, Given{HeldRole: HeldRole{r, u.UnitID}})
	}
	if s.posts != nil {
		byPost, err := s.posts(ctx, q, u.ID)
		if err != nil {
			return nil, err
		}
		for _, h := range byPost {
			out = append(out, Given{HeldRole: h, ByPost: true})
		}
	}
	for i := range out {
		var err error
		if out[i].Grants, err = role.GrantsOf(ctx, q, []string{out[i].Role}); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// gather joins what is held into the actor's rights. Only a role that reaches a unit opens one: a regional manager of the east who is a customer
// manager in the west sees the east.
func (st *Standing) gather(tree *org.Tree) {
	a := &st.Actor
	a.Grants = map[authz.Permission]authz.Reach{}
	for _, h := range st.Held {
		for p, r := range h.Grants {
			a.Grants[p] = a.Grants[p].Join(r)
		}
		switch {
		case !h.reachesUnits():
		case h.ByPost && h.Unit == 0:
			a.UnitIDs = append(a.UnitIDs, tree.All()...)
		default:
			a.UnitIDs = append(a.UnitIDs, tree.Below(h.Unit)...)
		}
	}
	if len(a.UnitIDs) == 0 {
		a.UnitIDs = tree.Below(st.User.UnitID)
	}
	slices.Sort(a.UnitIDs)
	a.UnitIDs = slices.Compact(a.UnitIDs)
}

func (g *Given) reachesUnits() bool {
	for _, r := range g.Grants {
		if r != authz.ReachAll && authz.ReachUnit.Within(r) {
			return true
		}
	}
	return false
}

// widest joins the reaches of all permissions.
func (st *Standing) widest() authz.Reach {
	out := authz.ReachNone
	for p, r := range st.Actor.Grants {
		if p != authz.Self && r != authz.ReachAll { // what reaches all needs no way
			out = out.Join(r)
		}
	}
	return out
}
