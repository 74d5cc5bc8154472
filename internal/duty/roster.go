package duty

import (
	"context"

	"kezhi/internal/db"
)

// roster finds who owes a duty; it reads the organisation once per role.
type roster struct {
	parents map[int64]int64
	byRole  map[string]map[int64]int64
}

func newRoster() *roster { return &roster{byRole: map[string]map[int64]int64{}} }

// owes gives the customer's owner, or the holder of the role nearest to the customer: in its unit, in the units above it,
// among those without a unit, and at last the only one who holds it anywhere. 0 = nobody.
func (r *roster) owes(ctx context.Context, q db.Q, role string, g graded) (int64, error) {
	if role == RoleOwner {
		return g.ownerID, nil
	}
	if r.parents == nil {
		var err error
		if r.parents, err = unitParents(ctx, q); err != nil {
			return 0, err
		}
	}
	held := r.byRole[role]
	if held == nil {
		var err error
		if held, err = holders(ctx, q, role); err != nil {
			return 0, err
		}
		r.byRole[role] = held
	}
	// A damaged tree with a circle is left after as many steps as there are units.
	for unit, steps := g.unitID, 0; unit != 0 && steps <= len(r.parents); unit, steps = r.parents[unit], steps+1 {
		if user, ok := held[unit]; ok {
			return user, nil
		}
	}
	if user, ok := held[0]; ok {
		return user, nil
	}
	if len(held) == 1 {
		// The post exists once in the whole organisation, wherever it sits.
		for _, user := range held {
			return user, nil
		}
	}
	return 0, nil
}
