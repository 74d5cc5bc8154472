package grading

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"kezhi/internal/db"
	"kezhi/internal/id"
	"kezhi/internal/rule"
)

// Tenths is a number with one decimal place, written in JSON as a number.
type Tenths int64

// MarshalJSON writes 125 as 12.5 and 120 as 12.
func (t Tenths) MarshalJSON() ([]byte, error) {
	sign, n := "", int64(t)
	if n < 0 {
		sign, n = "-", -n
	}
	out := sign + strconv.FormatInt(n/10, 10)
	if n%10 != 0 {
		out += "." + strconv.FormatInt(n%10, 10)
	}
	return []byte(out), nil
}

// UnmarshalJSON reads what MarshalJSON writes.
func (t *Tenths) UnmarshalJSON(b []byte) error {
	whole, frac, _ := strings.Cut(string(b), ".")
	n, err := strconv.ParseInt(whole+(frac + "0")[:1], 10, 64) // -0.5 reads as -05
	*t = Tenths(n)
	return err
}

// EffortChange is the change in what somebody has to do in a year.
type EffortChange struct {
	Role         string `json:"role" doc:"owner, or the post that owes the duty"`
	OwnerID      string `json:"owner_id" doc:"Who owns the customers; empty for other posts and for customers without an owner"`
	OwnerName    string `json:"owner_name"`
	DutiesChange Tenths `json:"duties_change"`
	HoursChange  Tenths `json:"hours_change"`
}

// effort adds up the change by who owes it: the owner of the customer, or another post.
type effort map[effortKey]*effortSum

type effortKey struct {
	role  string
	owner int64
}

// effortSum is in thousandths of duties and of minutes a year.
type effortSum struct{ duties, minutes int64 }

const ownerRole = "owner"

func (e effort) add(owner, sign int64, duties []rule.DutyRule) {
	for i := range duties {
		d := &duties[i]
		key := effortKey{role: d.By}
		if d.By == ownerRole {
			key.owner = owner
		}
		sum := e[key]
		if sum == nil {
			sum = &effortSum{}
			e[key] = sum
		}
		yearly := sign * d.YearlyMilli()
		sum.duties += yearly
		sum.minutes += yearly * d.Minutes
	}
}

// result gives the totals and the changes that are any, owners first.
func (e effort) result(ctx context.Context, q db.Q) (duties int64, hours Tenths, list []EffortChange, err error) {
	var owners []int64
	var keys []effortKey
	total := effortSum{}
	for key, sum := range e {
		total.duties += sum.duties
		total.minutes += sum.minutes
		if sum.duties == 0 && sum.minutes == 0 {
			continue
		}
		keys = append(keys, key)
		if key.owner != 0 {
			owners = append(owners, key.owner)
		}
	}
	slices.SortFunc(keys, func(a, b effortKey) int {
		if (a.role == ownerRole) != (b.role == ownerRole) {
			if a.role == ownerRole {
				return -1
			}
			return 1
		}
		return cmp.Or(strings.Compare(a.role, b.role), cmp.Compare(a.owner, b.owner))
	})
	names, err := userNames(ctx, q, owners)
	list = []EffortChange{}
	for _, key := range keys {
		one := EffortChange{Role: key.role, DutiesChange: Tenths(rounded(e[key].duties, 100)), HoursChange: Tenths(rounded(e[key].minutes, 6000))}
		if key.owner != 0 {
			one.OwnerID, one.OwnerName = id.String(key.owner), names[key.owner]
		}
		list = append(list, one)
	}
	return rounded(total.duties, 1000), Tenths(rounded(total.minutes, 6000)), list, err
}

// rounded divides, halves away from zero.
func rounded(n, by int64) int64 {
	if n < 0 {
		return -((-n + by/2) / by)
	}
	return (n + by/2) / by
}
