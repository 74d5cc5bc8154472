package review

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/rule"
)

// What people are reminded of.
const (
	RemindDue  = "review_due"  // the first round ends soon and customers are not rated
	RemindLate = "review_late" // the first round should be over and a region is not done
)

// remindDays is how many days before the end of the first round those who are not done are reminded.
const remindDays = 2

// Reminder is something people are told about a campaign, each of them once for each code.
type Reminder struct {
	ReviewID int64
	Code     string
	Title    rule.Text
	Limit    int64 // microseconds: the end of the first round, 0 = none
	Users    []int64
}

// TellBy registers the way in which people are told; without one nobody is. The composition root calls it before anything runs.
func (s *Service) TellBy(fn func(ctx context.Context, q db.Q, r Reminder) error) { s.tell = fn }

// remind tells those who rate and who hold the chair what waits for them; once a day, and each thing once.
func (s *Service) remind(ctx context.Context) error {
	if s.tell == nil {
		return nil
	}
	list, err := activeReviews(ctx, s.db.Read())
	failed := []error{err}
	for _, r := range list {
		d, err := s.details(ctx, r)
		if err != nil {
			failed = append(failed, err)
			continue
		}
		failed = append(failed, s.db.InTx(ctx, func(q db.Q) error {
			due, err := s.reminders(ctx, q, &d)
			for i := range due {
				err = cmp.Or(err, s.tell(ctx, q, due[i]))
			}
			return err
		}))
	}
	return errors.Join(failed...)
}

// reminders gives what is to be said about a campaign today.
func (s *Service) reminders(ctx context.Context, q db.Q, d *Details) ([]Reminder, error) {
	c, err := s.campaignOf(ctx, q, d.Review)
	if err != nil {
		return nil, err
	}
	var out []Reminder
	if d.State == Rating || d.State == Meeting {
		if out, err = s.ratingReminders(ctx, q, c, d); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s *Service) ratingReminders(ctx context.Context, q db.Q, c *campaign, d *Details) ([]Reminder, error) {
	r := Reminder{ReviewID: d.ID, Code: RemindDue, Title: d.Title, Limit: clock.Micros(d.RateBy.AddDays(1).Midnight(s.loc).Add(-time.Second))}
	if s.Today() < d.RateBy.AddDays(-remindDays) {
		return nil, nil
	}
	for i := range d.Regions {
		if d.Regions[i].Rated < d.Regions[i].Customers {
			r.Users = append(r.Users, idsOf(d.Regions[i].Raters)...)
		}
	}
	if len(r.Users) == 0 {
		return nil, nil
	}
	if d.Late {
		r.Code = RemindLate
		if step := c.rules.Step(rule.StepReRate); step != nil {
			chairs, err := holders(ctx, q, c, step.By)
			if err != nil {
				return nil, err
			}
			r.Users = append(r.Users, idsOf(chairs)...)
		}
	}
	return []Reminder{r.once()}, nil
}

// once names everybody once.
func (r Reminder) once() Reminder {
	slices.Sort(r.Users)
	r.Users = slices.Compact(r.Users)
	return r
}

func idsOf(list []Person) []int64 {
	out := make([]int64, len(list))
	for i := range list {
		out[i] = list[i].ID
	}
	return out
}

// holders gives the people who fill a post of a rulebook. A post this organisation does not have falls to whoever may judge all
// customers; those who keep the system are asked only where there is nobody else.
func holders(ctx context.Context, q db.Q, c *campaign, post string) ([]Person, error) {
	if role, known := authz.RoleOf(post, c.in.Book.NamesOf(post)); known {
		return holdersOf(ctx, q, role)
	}
	for _, keepers := range []bool{false, true} {
		var out []Person
		for _, role := range authz.Roles {
			if role.Grants[authz.GradingJudge] != authz.ReachAll || (role.Name == authz.RoleAdmin) != keepers {
				continue
			}
			people, err := holdersOf(ctx, q, role.Name)
			if err != nil {
				return nil, err
			}
			out = append(out, people...)
		}
		if len(out) > 0 {
			return out, nil
		}
	}
	return nil, nil
}
