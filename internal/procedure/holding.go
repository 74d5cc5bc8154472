package procedure

import (
	"context"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
)

// RoleFor is a role of the organisation that somebody fills by a post, for a unit (0 = the whole organisation).
type RoleFor struct {
	Role string
	Unit int64
}

// RolesHeld gives the roles somebody fills today by posts: a post gives the rights of the role that it is, by its name or by another one a
// rulebook in force has for it. The administrator's role is no post. It is for the program itself and asks nobody's reach.
func (s *Service) RolesHeld(ctx context.Context, q db.Q, userID int64) ([]RoleFor, error) {
	today := s.Today()
	held, err := holdingsOf(ctx, q, userID, today)
	if err != nil || len(held) == 0 {
		return nil, err
	}
	var out []RoleFor
	var posts map[string]*PostState
	for _, h := range held {
		role, ok := authz.RoleOf(h.Post, nil)
		if !ok {
			if posts == nil {
				if posts, err = s.postsInForce(ctx, q, today); err != nil {
					return nil, err
				}
			}
			role, ok = roleIn(posts, h.Post)
		}
		if ok && role != authz.RoleAdmin {
			out = append(out, RoleFor{role, h.UnitID})
		}
	}
	return out, nil
}

// roleIn gives the role that a post of the rulebooks is.
func roleIn(posts map[string]*PostState, name string) (string, bool) {
	p := ofName(posts, name)
	if p == nil {
		return "", false
	}
	return authz.RoleOf(p.Post, p.Names)
}

// withinOwn refuses to give somebody by a post what the actor may not do.
func (s *Service) withinOwn(ctx context.Context, q db.Q, actor authz.Actor, post string) error {
	role, ok := authz.RoleOf(post, nil)
	if !ok {
		posts, err := s.postsInForce(ctx, q, s.Today())
		if err != nil {
			return err
		}
		if role, ok = roleIn(posts, post); !ok {
			return nil
		}
	}
	for p, reach := range authz.GrantsOf([]string{role}) {
		if role != authz.RoleAdmin && !reach.Within(actor.Grants[p]) {
			return errs.New(errs.Forbidden, "procedure.post_beyond", "permission", string(p))
		}
	}
	return nil
}

// HoldingFilter bounds a list of holdings; empty fields match everything.
type HoldingFilter struct {
	UserID int64
	UnitID int64
	Post   string
	On     calendar.Date // held on that day; None = whenever
}

// Appointment is a holding with the post in words.
type Appointment struct {
	Holding
	Title flow.Text
}

// Holdings gives who holds or held which post by appointment, the newest first, at most 1,000. Needs procedure.read.
func (s *Service) Holdings(ctx context.Context, f HoldingFilter) ([]Appointment, map[int64]string, error) {
	if _, err := authz.Require(ctx, authz.ProcedureRead); err != nil {
		return nil, nil, err
	}
	q := s.db.Read()
	list, err := findHoldings(ctx, q, f)
	if err != nil {
		return nil, nil, err
	}
	posts, err := s.postsInForce(ctx, q, s.Today())
	if err != nil {
		return nil, nil, err
	}
	r, err := s.roster(ctx, q)
	if err != nil {
		return nil, nil, err
	}
	out := make([]Appointment, len(list))
	for i, h := range list {
		out[i] = Appointment{h, flow.Text{Zh: h.Post, En: h.Post}}
		if p := ofName(posts, h.Post); p != nil {
			out[i].Title = p.Title
		}
	}
	return out, r.names, nil
}
