package user

import (
	"context"
	"slices"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/org"
	"kezhi/internal/setting"
)

// Everybody stands for all roles where a policy names roles.
const Everybody = "everybody"

// policySetting is the name under which the policy is kept.
const policySetting = "user.policy"

// Policy is what the installation asks of those who sign in.
type Policy struct {
	Version        int64    `json:"version"`
	PasswordLength int      `json:"password_length"` // the least, in characters
	IdleMinutes    int      `json:"idle_minutes"`    // a session that is not used for so long ends
	LifeHours      int      `json:"life_hours"`      // and so does one that is so old
	FactorRoles    []string `json:"factor_roles"`    // who needs a second factor; Everybody = all
	GraceDays      int      `json:"grace_days"`      // how long somebody may go on without one
	FactorSince    int64    `json:"factor_since"`    // when that was asked first, in microseconds
	PasswordOff    bool     `json:"password_off"`    // nobody signs in by password but one
	KeepLogin      string   `json:"keep_login"`      // that one: the way in when the provider is down
}

// defaultPolicy holds where nothing was set.
func defaultPolicy() Policy {
	return Policy{PasswordLength: 12, IdleMinutes: 12 * 60, LifeHours: 30 * 24, FactorRoles: []string{}, GraceDays: 7}
}

// Validate reports every wrong field.
func (p Policy) Validate() error {
	var v errs.Validation
	within := func(n, least, most int, path string) {
		v.Check(n >= least && n <= most, path, "config.range", "min", least, "max", most)
	}
	within(p.PasswordLength, 8, 64, "password_length")
	within(p.IdleMinutes, 5, 7*24*60, "idle_minutes")
	within(p.LifeHours, 1, 90*24, "life_hours")
	within(p.GraceDays, 0, 90, "grace_days")
	v.Check(!p.PasswordOff || p.KeepLogin != "", "keep_login", "field.required")
	for _, r := range p.FactorRoles {
		v.Check(r == Everybody || authz.KnownRole(r), "factor_roles", "user.unknown_role", "role", r)
	}
	return v.Err()
}

func (p Policy) idle() time.Duration { return time.Duration(p.IdleMinutes) * time.Minute }
func (p Policy) life() time.Duration { return time.Duration(p.LifeHours) * time.Hour }

// asksFactor says whether somebody has to have a second factor.
func (p Policy) asksFactor(u User) bool {
	return u.Kind == Person && slices.ContainsFunc(p.FactorRoles, func(r string) bool { return r == Everybody || slices.Contains(u.Roles, r) })
}

// factorDue is the moment from which somebody who needs a second factor does nothing else before having one.
func (p Policy) factorDue(u User) time.Time {
	since := clock.FromMicros(p.FactorSince)
	if u.CreatedAt.After(since) {
		since = u.CreatedAt
	}
	return since.AddDate(0, 0, p.GraceDays)
}

func loadPolicy(ctx context.Context, q db.Q) (Policy, error) {
	p := defaultPolicy()
	err := setting.Load(ctx, q, policySetting, &p)
	return p, err
}

// Policy gives what is asked of those who sign in. Needs user.manage.
func (s *Service) Policy(ctx context.Context) (Policy, error) {
	if _, err := authz.Require(ctx, authz.UserManage); err != nil {
		return Policy{}, err
	}
	return loadPolicy(ctx, s.db.Read())
}

// PasswordLength gives the least length of a password, for forms before anybody is signed in.
func (s *Service) PasswordLength(ctx context.Context) (int, error) {
	p, err := loadPolicy(ctx, s.db.Read())
	return p.PasswordLength, err
}

// SetPolicy replaces the policy whose version is still the given one. Errors: invalid_input, precondition_failed, user.prove_again.
func (s *Service) SetPolicy(ctx context.Context, p Policy) (Policy, error) {
	actor, err := authz.Require(ctx, authz.UserManage)
	if err != nil {
		return Policy{}, err
	}
	if err := s.fresh(ctx, actor); err != nil {
		return Policy{}, err
	}
	p.FactorRoles = slices.Compact(slices.Sorted(slices.Values(p.FactorRoles)))
	if err := p.Validate(); err != nil {
		return Policy{}, err
	}
	now := s.now()
	err = s.db.InTx(ctx, func(q db.Q) error {
		before, err := loadPolicy(ctx, q)
		if err != nil {
			return err
		}
		if before.Version != p.Version {
			return errs.New(errs.Precondition, "precondition_failed", "version", before.Version)
		}
		if err := s.leavesAWayIn(ctx, q, p); err != nil {
			return err
		}
		p.Version++
		// Whoever is asked anew has the whole time of grace.
		p.FactorSince = before.FactorSince
		if !slices.Equal(before.FactorRoles, p.FactorRoles) {
			p.FactorSince = clock.Micros(now)
		}
		if err := setting.Save(ctx, q, policySetting, p, clock.Micros(now)); err != nil {
			return err
		}
		if err := org.Changed(ctx, q); err != nil {
			return err
		}
		return audit.Write(ctx, q, now, audit.Entry{Action: "policy.set", Entity: "setting", EntityID: policySetting, Detail: policyChanges(before, p)})
	})
	s.forget()
	return p, err
}

// leavesAWayIn refuses to switch passwords off where nobody who may switch them on again could still come in by one.
func (s *Service) leavesAWayIn(ctx context.Context, q db.Q, p Policy) error {
	if !p.PasswordOff {
		return nil
	}
	u, err := getUser(ctx, q, "u.login = ?", p.KeepLogin)
	if err != nil && !db.IsNoRows(err) {
		return err
	}
	if !keepsTheKey(u) {
		return &errs.Error{Kind: errs.Invalid, Code: "invalid_input", Fields: []errs.Field{{Path: "keep_login", Code: "user.keep_login"}}}
	}
	return nil
}

// keepsTheKey says whether somebody may sign in by password and switch passwords on again.
func keepsTheKey(u User) bool {
	return u.State == Active && u.Kind == Person && u.passwordHash != "" && slices.Contains(u.Roles, authz.RoleAdmin)
}

// staysTheWayIn refuses a change of the one person who may still sign in by password that would shut everybody out. Error: user.keeps_the_way_in.
func (s *Service) staysTheWayIn(ctx context.Context, q db.Q, before, after User) error {
	p, err := loadPolicy(ctx, q)
	if err != nil || !p.PasswordOff || before.Login != p.KeepLogin || after.Login == before.Login && keepsTheKey(after) {
		return err
	}
	return errs.New(errs.Conflict, "user.keeps_the_way_in")
}

func policyChanges(before, after Policy) []audit.Change {
	var out []audit.Change
	add := func(field string, b, a any, differs bool) {
		if differs {
			out = append(out, audit.Change{Field: field, Before: b, After: a})
		}
	}
	add("password_length", before.PasswordLength, after.PasswordLength, before.PasswordLength != after.PasswordLength)
	add("idle_minutes", before.IdleMinutes, after.IdleMinutes, before.IdleMinutes != after.IdleMinutes)
	add("life_hours", before.LifeHours, after.LifeHours, before.LifeHours != after.LifeHours)
	add("factor_roles", before.FactorRoles, after.FactorRoles, !slices.Equal(before.FactorRoles, after.FactorRoles))
	add("password_off", before.PasswordOff, after.PasswordOff, before.PasswordOff != after.PasswordOff)
	add("keep_login", before.KeepLogin, after.KeepLogin, before.KeepLogin != after.KeepLogin)
	add("grace_days", before.GraceDays, after.GraceDays, before.GraceDays != after.GraceDays)
	return out
}
