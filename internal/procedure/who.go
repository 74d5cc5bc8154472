package procedure

import (
	"context"

	"kezhi/internal/db"
)

// Place says that somebody holds a post for a unit.
type Place struct{ User, Unit int64 }

// Who is who is who today, for features that choose among people. It never changes once it is given.
type Who struct{ r *roster }

// Who gives who is who today. It is for the program itself and asks nobody's reach.
func (s *Service) Who(ctx context.Context, q db.Q) (Who, error) {
	r, err := s.roster(ctx, q)
	return Who{r}, err
}

// Places gives everybody active who holds a post under any of its names, or fills it by a role, by person and unit; the absent
// are among them.
func (w Who) Places(post string, names []string) []Place {
	var out []Place
	for _, p := range w.r.candidates(post, names) {
		if w.Active(p.user) {
			out = append(out, Place{p.user, p.unit})
		}
	}
	return out
}

// Active says whether somebody exists and is not disabled.
func (w Who) Active(user int64) bool {
	_, ok := w.r.people[user]
	return ok
}

// Unit gives the unit of an active person, 0 = none.
func (w Who) Unit(user int64) int64 { return w.r.people[user].unit }

// Parent gives the unit above a unit, 0 = none.
func (w Who) Parent(unit int64) int64 { return w.r.parents[unit] }

// Units is how many units there are.
func (w Who) Units() int { return len(w.r.parents) }

// Absent says whether somebody is away today, and who acts instead (0 = nobody).
func (w Who) Absent(user int64) (substitute int64, away bool) {
	substitute, away = w.r.away[user]
	return substitute, away
}
