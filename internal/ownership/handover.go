package ownership

import (
	"context"
	"slices"

	"kezhi/internal/audit"
	"kezhi/internal/customer"
	"kezhi/internal/db"
)

// Deed is the handover behind a change of owners: its id and its number, as people know it.
type Deed struct {
	ID     int64
	Number string
	By     int64 // whoever approved it
}

// WhyHandover is the reason in a Why of an owner who got the customer by a handover; Name is then the handover's number.
const WhyHandover = "handover"

// HandOver gives customers from one person to others in the caller's transaction, at most 500 at once, and gives the ids of those
// that went over. Those who are archived or belong to somebody else meanwhile are left out. The caller has asked for the
// permission, and knows that whoever gets a customer is active.
func (s *Service) HandOver(ctx context.Context, q db.Q, moves []customer.Reassignment, d Deed) ([]int64, error) {
	moved, err := s.customers.Reassign(ctx, q, moves, audit.Change{Field: "handover", After: d.Number})
	if err != nil {
		return nil, err
	}
	done, terms := make([]int64, len(moved)), make([]Term, len(moved))
	for i, m := range moved {
		done[i] = m.CustomerID
		terms[i] = Term{
			CustomerID: m.CustomerID, OwnerID: m.To, How: HowHandover, SourceID: d.ID, ByID: d.By,
			Why: &Why{Reason: WhyHandover, Name: d.Number, Conflicts: []Conflict{}},
		}
	}
	return done, s.begin(ctx, q, terms)
}

// Without says to whom the owner rules would give customers if one person were not there: everybody else keeps what they have,
// and given counts what a plan gives them besides. The decisions come in the order of the ids. It asks for no permission.
// Errors: those of the rules that are missing.
func (s *Service) Without(ctx context.Context, q db.Q, rulebook string, person int64, customers []int64, given map[int64]int64) ([]Decision, error) {
	book, err := s.book(ctx, q, rulebook)
	if err != nil {
		return nil, err
	}
	v, err := s.newSurvey(ctx, q, book)
	if err != nil {
		return nil, err
	}
	v.staff.leave(person)
	loads, err := ownedBy(ctx, q)
	if err != nil {
		return nil, err
	}
	delete(loads, person)
	for user, n := range given {
		loads[user] += n
	}
	v.assigner = v.rules.AssignerWith(v.staff, loads)
	ids := slices.Sorted(slices.Values(customers))
	var out []Decision
	for part := range slices.Chunk(ids, 500) {
		list, err := clientsOf(ctx, q, part)
		if err != nil {
			return nil, err
		}
		for i := range list {
			list[i].owner = 0
			c := v.client(&list[i])
			if yes, err := v.book.Program.Applies(c.Subject); err != nil || !yes {
				continue // a condition that cannot be worked out is about nobody, as in runs
			}
			out = append(out, *v.settle(&list[i], v.assigner.Give(c)))
		}
	}
	return out, nil
}
