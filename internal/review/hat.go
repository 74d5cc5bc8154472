package review

import (
	"context"
	"slices"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/rule"
)

// hat is in whose place somebody acts: one's own, or that of a person one stands in for.
type hat struct {
	forID int64 // 0 = one's own
	roles []string
	reach authz.Reach // of grading.judge
	scope authz.Scope // of grading.judge
}

// access is what the acting person may do in a campaign.
type access struct {
	actor authz.Actor
	read  authz.Scope
	hats  []hat // one's own first
}

// access works out the hats of the acting person. Needs grading.read.
func (s *Service) access(ctx context.Context, q db.Q, c *campaign) (*access, error) {
	actor, err := authz.Require(ctx, authz.GradingRead)
	if err != nil {
		return nil, err
	}
	a := &access{actor: actor, read: actor.Scope(authz.GradingRead)}
	roles, err := rolesOf(ctx, q, actor.UserID)
	if err != nil {
		return nil, err
	}
	a.hats = []hat{{roles: roles, reach: actor.Grants[authz.GradingJudge], scope: actor.Scope(authz.GradingJudge)}}
	if actor.UserID == 0 {
		return a, nil
	}
	delegations, err := delegationsTo(ctx, q, c.ID, actor.UserID, s.Today())
	if err != nil || len(delegations) == 0 {
		return a, err
	}
	tree, err := unitTree(ctx, q)
	if err != nil {
		return nil, err
	}
	for _, d := range delegations {
		from, err := personOf(ctx, q, d.FromID)
		if err != nil {
			return nil, err
		}
		if !from.active {
			continue
		}
		if roles, err = rolesOf(ctx, q, d.FromID); err != nil {
			return nil, err
		}
		as := authz.Actor{UserID: d.FromID, Grants: authz.GrantsOf(roles), UnitIDs: below(tree, from.unit)}
		a.hats = append(a.hats, hat{forID: d.FromID, roles: roles, reach: as.Grants[authz.GradingJudge], scope: as.Scope(authz.GradingJudge)})
	}
	return a, nil
}

// fills says whether a hat fills a post of the rulebook. A post this organisation does not have falls to whoever may judge all customers.
func (h *hat) fills(actor authz.Actor, book *rule.Book, post string) bool {
	if actor.UserID == 0 || post == "" || post == "owner" { // whose customers they are says the scope
		return h.reach != authz.ReachNone
	}
	role, known := authz.RoleOf(post, book.NamesOf(post))
	if !known {
		return h.reach == authz.ReachAll && h.forID == 0
	}
	return authz.Fills(h.roles, post, role)
}

// judges says whether a hat may judge an item of a line. Whoever rates a customer may also judge what its owner judges.
func (h *hat) judges(actor authz.Actor, book *rule.Book, by string) bool {
	return by == "owner" || h.fills(actor, book, by)
}

// place is what decides who reaches the customer.
func (l *Line) place() authz.Place {
	return authz.Place{CustomerID: l.CustomerID, OwnerID: l.OwnerID, UnitID: l.ownerUnit, Region: l.region}
}

// sees says whether the line lies within what the person may look at.
func (a *access) sees(l *Line) bool {
	return a.read.Covers(l.place()) || slices.ContainsFunc(a.hats[1:], func(h hat) bool { return h.scope.Covers(l.place()) })
}

// rater gives the hat under which the person rates a line in the first round; nil when it may not.
func (a *access) rater(c *campaign, l *Line) *hat {
	post := ""
	if step := c.rules.Step(rule.StepRate); step != nil {
		post = step.By
	}
	for i := range a.hats {
		if h := &a.hats[i]; h.scope.Covers(l.place()) && h.fills(a.actor, c.in.Book, post) {
			return h
		}
	}
	return nil
}

// chairs says whether the person rates in the meeting: it fills that post and reaches all customers.
func (a *access) chairs(c *campaign) bool {
	step := c.rules.Step(rule.StepReRate)
	post := ""
	if step != nil {
		post = step.By
	}
	return a.hats[0].reach == authz.ReachAll && a.hats[0].fills(a.actor, c.in.Book, post)
}

// where gives the condition on the customer's alias that a line lies within sight.
func (a *access) where(alias string) (string, []any) {
	sql, args := a.read.Clause(alias)
	for _, h := range a.hats[1:] {
		more, with := h.scope.Clause(alias)
		sql, args = sql+" OR "+more, append(args, with...)
	}
	return "(" + sql + ")", args
}

// rateable gives the condition that the person may rate a line; "1=0" for whoever rates nobody.
func (a *access) rateable(c *campaign, alias string) (string, []any) {
	post := ""
	if step := c.rules.Step(rule.StepRate); step != nil {
		post = step.By
	}
	sql, args := "1=0", []any{}
	for i := range a.hats {
		if h := &a.hats[i]; h.reach != authz.ReachNone && h.fills(a.actor, c.in.Book, post) {
			more, with := h.scope.Clause(alias)
			sql, args = sql+" OR "+more, append(args, with...)
		}
	}
	return "(" + sql + ")", args
}

// below gives a unit and all units under it; nothing for 0.
func below(tree map[int64]int64, root int64) []int64 {
	if root == 0 {
		return nil
	}
	out := []int64{root}
	for i := 0; i < len(out); i++ {
		for unit, parent := range tree {
			if parent == out[i] && !slices.Contains(out, unit) {
				out = append(out, unit)
			}
		}
	}
	return out
}

// hidden is the answer to whoever may not see a line.
func hidden() error { return errs.New(errs.NotFound, "not_found") }
