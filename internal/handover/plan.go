package handover

import (
	"context"
	"encoding/json"
	"slices"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/ownership"
)

// assigned is what a plan says of one customer.
type assigned struct {
	customer, to int64
	how          string
	why          *ownership.Why
}

// Plan gives customers of a handover to people: by the owner rules as if the giver were not there, evenly among some, or all to
// one by hand (nobody takes the receiver away). Customers of the giver who are new since are added first. Needs customer.assign over
// the giver and the people named. Errors: invalid_input, not_found, customer.assign_not_allowed, handover.wrong_state, those of the owner rules.
func (s *Service) Plan(ctx context.Context, handoverID int64, in PlanInput) (Detail, error) {
	if err := in.Validate(); err != nil {
		return Detail{}, err
	}
	_, err := s.change(ctx, handoverID, 0, "handover.plan", func(q db.Q, h *Handover) (map[string]any, error) {
		if h.State != Planning {
			return nil, errs.New(errs.Conflict, "handover.wrong_state", "state", string(h.State))
		}
		if err := mayReceive(ctx, q, h, in.People, "people"); err != nil {
			return nil, err
		}
		if err := mayChoose(ctx, q, in.People...); err != nil {
			return nil, err
		}
		if err := refresh(ctx, q, h); err != nil {
			return nil, err
		}
		chosen, err := chosenLines(ctx, q, h.ID, in)
		if err != nil {
			return nil, err
		}
		plan, err := s.planFor(ctx, q, h, in, chosen)
		if err != nil {
			return nil, err
		}
		return map[string]any{"by": in.By, "customers": len(plan)}, assign(ctx, q, h.ID, plan)
	})
	if err != nil {
		return Detail{}, err
	}
	return s.Get(ctx, handoverID)
}

// planFor works out who gets each of some customers.
func (s *Service) planFor(ctx context.Context, q db.Q, h *Handover, in PlanInput, chosen []int64) ([]assigned, error) {
	switch in.By {
	case ByRule:
		return s.byRule(ctx, q, h, in.Rulebook, chosen)
	case ByEven:
		load := map[int64]int64{}
		for _, user := range in.People {
			n, err := countOwned(ctx, q, user)
			if err != nil {
				return nil, err
			}
			load[user] = n
		}
		shares := evenly(chosen, in.People, func(user int64) int64 { return load[user] })
		out := make([]assigned, len(chosen))
		for i, c := range chosen {
			out[i] = assigned{customer: c, to: shares[c], how: ByEven}
		}
		return out, nil
	}
	out := make([]assigned, len(chosen))
	for i, c := range chosen {
		out[i] = assigned{customer: c}
		if len(in.People) == 1 {
			out[i].to, out[i].how = in.People[0], ByHand
		}
	}
	return out, nil
}

// byRule asks the owner rules; whom they give to nobody, or say nothing about, keeps the receiver the plan had.
func (s *Service) byRule(ctx context.Context, q db.Q, h *Handover, rulebook string, chosen []int64) ([]assigned, error) {
	given, err := planned(ctx, q, h.ID)
	if err != nil {
		return nil, err
	}
	had, err := receiversOf(ctx, q, h.ID, chosen)
	if err != nil {
		return nil, err
	}
	for _, user := range had { // those are decided on anew
		given[user]--
	}
	list, err := s.owners.Without(authz.With(ctx, authz.System("handover")), q, rulebook, h.PersonID, chosen, given)
	if err != nil {
		return nil, err
	}
	var out []assigned
	for i := range list {
		if d := &list[i]; d.Owner != 0 {
			out = append(out, assigned{customer: d.CustomerID, to: d.Owner, how: ByRule, why: &d.Why})
		}
	}
	return out, nil
}

// refresh makes the lines of a plan those customers whom the giver looks after now.
func refresh(ctx context.Context, q db.Q, h *Handover) error {
	if err := dropLines(ctx, q, h); err != nil {
		return err
	}
	return addLines(ctx, q, h)
}

// receivers gives everybody who gets something, by id.
func receivers(ctx context.Context, q db.Q, h *Handover) ([]int64, error) {
	gets, err := planned(ctx, q, h.ID)
	if err != nil {
		return nil, err
	}
	if h.RestID != 0 {
		gets[h.RestID]++
	}
	out := make([]int64, 0, len(gets))
	for user := range gets {
		out = append(out, user)
	}
	slices.Sort(out)
	return out, nil
}

func whyText(w *ownership.Why) (string, error) {
	b, err := json.Marshal(w)
	return string(b), err
}
