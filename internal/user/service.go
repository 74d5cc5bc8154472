package user

import (
	"context"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"sync"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/id"
	"kezhi/internal/job"
	"kezhi/internal/org"
	"kezhi/internal/role"
	"kezhi/internal/throttle"
)

// Service is the use cases of users, sessions and tokens.
type Service struct {
	db     *db.DB
	now    clock.Clock
	bus    *event.Bus
	units  *org.Service
	limits *throttle.Limiter
	posts  func(ctx context.Context, q db.Q, userID int64) ([]HeldRole, error) // nil = nobody fills a role by a post
	beyond BeyondFunc                                                          // nil = nobody comes to customers otherwise than by owner and unit
	queue  *job.Queue                                                          // nil = nobody is told by mail
	mail   func(ctx context.Context, to User, what string, at time.Time) error
	cache  sync.Map // token hash -> cachedActor
}

// New makes the service.
func New(d *db.DB, now clock.Clock, bus *event.Bus, units *org.Service) *Service {
	return &Service{db: d, now: now, bus: bus, units: units, limits: throttle.New(now)}
}

// Create adds a user. Errors: invalid_input, user.login_taken.
func (s *Service) Create(ctx context.Context, in Input) (User, error) {
	actor, err := authz.Require(ctx, authz.UserManage)
	if err != nil {
		return User{}, err
	}
	if err := s.fresh(ctx, actor); err != nil {
		return User{}, err
	}
	return s.create(ctx, in, nil)
}

// create also serves the first set-up, where with runs in the same transaction.
func (s *Service) create(ctx context.Context, in Input, with func(q db.Q) error) (User, error) {
	var err error
	if in.least, err = s.PasswordLength(ctx); err != nil {
		return User{}, err
	}
	if err := in.Validate(true); err != nil {
		return User{}, err
	}
	now := s.now()
	u := User{
		ID: id.New(now), Login: strings.ToLower(*in.Login), Name: strings.TrimSpace(*in.Name), Kind: Person, State: Active, Roles: *in.Roles,
		Locale: "zh", Theme: "system", Prefs: json.RawMessage("{}"), CreatedAt: now, UpdatedAt: now, Version: 1,
	}
	if err := u.apply(ctx, in); err != nil {
		return User{}, err
	}
	err = s.db.InTx(ctx, func(q db.Q) error {
		if with != nil {
			if err := with(q); err != nil {
				return err
			}
		}
		if with == nil { // nobody acts yet at the first set-up
			if err := mayGive(ctx, q, u.Roles); err != nil {
				return err
			}
		}
		if err := s.unitOpen(ctx, q, u.UnitID); err != nil {
			return err
		}
		if err := insertUser(ctx, q, u); err != nil {
			return taken(err)
		}
		return audit.Write(ctx, q, now, audit.Entry{
			Action: "user.create", Entity: "user", EntityID: id.String(u.ID),
			Detail: map[string]any{"login": u.Login, "name": u.Name, "roles": u.Roles},
		})
	})
	return u, err
}

// Update changes a user whose version is still the given one; disabling or a new password ends every session.
// Errors: precondition_failed, user.last_admin, user.self_disable, user.login_taken; user.prove_again for what opens doors.
func (s *Service) Update(ctx context.Context, userID, version int64, in Input) (User, error) {
	actor, err := authz.Require(ctx, authz.UserManage)
	if err != nil {
		return User{}, err
	}
	if in.touchesAccess() {
		if err := s.fresh(ctx, actor); err != nil {
			return User{}, err
		}
	}
	if in.least, err = s.PasswordLength(ctx); err != nil {
		return User{}, err
	}
	if err := in.Validate(false); err != nil {
		return User{}, err
	}
	var u User
	err = s.db.InTx(ctx, func(q db.Q) error {
		before, err := getUser(ctx, q, "u.id = ?", userID)
		if err != nil {
			return err
		}
		if before.Version != version {
			return errs.New(errs.Precondition, "precondition_failed", "version", before.Version)
		}
		u = before
		if err := u.apply(ctx, in); err != nil {
			return err
		}
		// Whoever holds more than the actor is out of the actor's hands: a new password would hand it all over.
		if err := mayGive(ctx, q, slices.Concat(before.Roles, u.Roles)); err != nil {
			return err
		}
		if u.State == Disabled && u.ID == actor.UserID {
			return errs.New(errs.Conflict, "user.self_disable")
		}
		return s.writeUpdate(ctx, q, before, &u, in.Password != nil)
	})
	s.forget()
	return u, err
}

// touchesAccess says whether a change lets somebody in, or lets somebody do more: then whoever makes it is proved first.
func (in Input) touchesAccess() bool {
	return in.Password != nil || in.Roles != nil || in.Login != nil || in.Email != nil || in.State != nil && *in.State == Active
}

// writeUpdate writes a changed user with everything that follows from the change.
func (s *Service) writeUpdate(ctx context.Context, q db.Q, before User, u *User, newPassword bool) error {
	u.UpdatedAt = s.now()
	if err := s.keepsAnAdmin(ctx, q, before, *u); err != nil {
		return err
	}
	if err := s.staysTheWayIn(ctx, q, before, *u); err != nil {
		return err
	}
	if before.UnitID != u.UnitID {
		if err := s.unitOpen(ctx, q, u.UnitID); err != nil {
			return err
		}
	}
	ok, err := updateUser(ctx, q, *u)
	if err != nil {
		return taken(err)
	}
	if !ok {
		return errs.New(errs.Precondition, "precondition_failed", "version", before.Version)
	}
	u.Version++
	if u.State == Disabled || newPassword {
		if err := s.endAll(ctx, q, u.ID, u.State == Disabled); err != nil {
			return err
		}
	}
	if before.UnitID != u.UnitID {
		if err := s.moved(ctx, q, u.ID, u.UnitID); err != nil {
			return err
		}
	}
	return audit.Write(ctx, q, u.UpdatedAt, audit.Entry{Action: "user.update", Entity: "user", EntityID: id.String(u.ID), Detail: changes(before, *u, newPassword)})
}

func (s *Service) keepsAnAdmin(ctx context.Context, q db.Q, before, after User) error {
	isAdmin := func(u User) bool { return u.State == Active && slices.Contains(u.Roles, authz.RoleAdmin) }
	if !isAdmin(before) || isAdmin(after) {
		return nil
	}
	n, err := countAdmins(ctx, q, before.ID)
	if err == nil && n == 0 {
		err = errs.New(errs.Conflict, "user.last_admin")
	}
	return err
}

// mayGive refuses roles that do not exist, and to have to do with roles that give what the acting person does not hold as far. Errors:
// invalid_input, role.beyond.
func mayGive(ctx context.Context, q db.Q, roles []string) error {
	unknown, err := role.Unknown(ctx, q, roles)
	if err != nil {
		return err
	}
	var v errs.Validation
	v.Check(unknown == "", "roles", "user.unknown_role", "role", errs.Shown(unknown))
	if err := v.Err(); err != nil {
		return err
	}
	grants, err := role.GrantsOf(ctx, q, roles)
	if err != nil {
		return err
	}
	actor, _ := authz.From(ctx)
	if p := role.Beyond(grants, actor.Grants); p != "" {
		err = errs.New(errs.Forbidden, "role.beyond", "permission", string(p))
	}
	return err
}

// unitOpen refuses to put somebody into a unit that is not there today.
func (s *Service) unitOpen(ctx context.Context, q db.Q, unit int64) error {
	if unit == 0 {
		return nil
	}
	return s.units.CheckOpen(ctx, q, unit)
}

// apply puts the given fields onto the user.
func (u *User) apply(ctx context.Context, in Input) error {
	set := func(dst *string, v *string) {
		if v != nil {
			*dst = strings.TrimSpace(*v)
		}
	}
	set(&u.Name, in.Name)
	set(&u.Email, in.Email)
	set(&u.Locale, in.Locale)
	if in.Kind != nil {
		u.Kind = *in.Kind
	}
	if in.Login != nil {
		u.Login = strings.ToLower(*in.Login)
	}
	if in.UnitID != nil {
		u.UnitID = *in.UnitID
	}
	if in.Roles != nil {
		u.Roles = slices.Compact(slices.Sorted(slices.Values(*in.Roles)))
	}
	if in.State != nil {
		u.State = *in.State
	}
	if in.MustChangePassword != nil {
		u.MustChangePassword = *in.MustChangePassword
	}
	if in.Password != nil {
		if u.Kind == Program {
			return &errs.Error{Kind: errs.Invalid, Code: "invalid_input", Fields: []errs.Field{{Path: "password", Code: "user.program_password"}}}
		}
		if f := in.passwordProblem(u.Login); f != nil {
			return &errs.Error{Kind: errs.Invalid, Code: "invalid_input", Fields: []errs.Field{*f}}
		}
		hash, err := hashPassword(ctx, *in.Password)
		if err != nil {
			return err
		}
		u.passwordHash = hash
	}
	return nil
}

func changes(before, after User, password bool) []audit.Change {
	var out []audit.Change
	add := func(field string, b, a any, differs bool) {
		if differs {
			out = append(out, audit.Change{Field: field, Before: b, After: a})
		}
	}
	add("login", before.Login, after.Login, before.Login != after.Login)
	add("name", before.Name, after.Name, before.Name != after.Name)
	add("email", before.Email, after.Email, before.Email != after.Email)
	add("unit", id.String(before.UnitID), id.String(after.UnitID), before.UnitID != after.UnitID)
	add("state", before.State, after.State, before.State != after.State)
	add("roles", before.Roles, after.Roles, !slices.Equal(before.Roles, after.Roles))
	add("password", nil, nil, password)
	return out
}

func taken(err error) error {
	if db.UniqueTable(err) == "app_user" {
		return &errs.Error{Kind: errs.Conflict, Code: "user.login_taken", Fields: []errs.Field{{Path: "login", Code: "user.login_taken"}}}
	}
	return err
}

// List gives all users. Needs user.manage.
func (s *Service) List(ctx context.Context) ([]User, error) {
	if _, err := authz.Require(ctx, authz.UserManage); err != nil {
		return nil, err
	}
	return listUsers(ctx, s.db.Read(), listed)
}

// Everybody gives all users, however many. Needs user.manage.
func (s *Service) Everybody(ctx context.Context) ([]User, error) {
	if _, err := authz.Require(ctx, authz.UserManage); err != nil {
		return nil, err
	}
	return listUsers(ctx, s.db.Read(), math.MaxInt32)
}

// LoginOf gives the login of a user, "" for 0. Needs user.manage.
func (s *Service) LoginOf(ctx context.Context, userID int64) (string, error) {
	if _, err := authz.Require(ctx, authz.UserManage); err != nil || userID == 0 {
		return "", err
	}
	u, err := getUser(ctx, s.db.Read(), "u.id = ?", userID)
	return u.Login, err
}

// listed bounds the lists of users that are shown at once.
const listed = 10_000

// Get gives one user. Needs user.manage.
func (s *Service) Get(ctx context.Context, userID int64) (User, error) {
	if _, err := authz.Require(ctx, authz.UserManage); err != nil {
		return User{}, err
	}
	return getUser(ctx, s.db.Read(), "u.id = ?", userID)
}

// ByLogin finds a user by login. Needs user.manage. Error user.unknown_login.
func (s *Service) ByLogin(ctx context.Context, login string) (User, error) {
	if _, err := authz.Require(ctx, authz.UserManage); err != nil {
		return User{}, err
	}
	u, err := getUser(ctx, s.db.Read(), "u.login = ?", strings.ToLower(login))
	if db.IsNoRows(err) {
		err = errs.New(errs.NotFound, "user.unknown_login", "login", login)
	}
	return u, err
}

// Colleague is what everybody who is signed in may know about a user: for owner pickers and names in lists.
type Colleague struct {
	ID     int64
	Name   string
	UnitID int64
	Active bool
}

// Colleagues gives everybody's name and unit, by name.
func (s *Service) Colleagues(ctx context.Context) ([]Colleague, error) {
	if _, err := authz.Require(ctx, authz.Self); err != nil {
		return nil, err
	}
	users, err := listUsers(ctx, s.db.Read(), listed)
	var out []Colleague
	for i := range users {
		if u := &users[i]; u.Kind == Person {
			out = append(out, Colleague{u.ID, u.Name, u.UnitID, u.State == Active})
		}
	}
	return out, err
}

// NameOf gives a user's name for audit entries of jobs; 0 or an unknown id is "system".
func (s *Service) NameOf(ctx context.Context, userID int64) string {
	name := "system"
	if userID != 0 {
		_ = db.Get(ctx, s.db.Read(), "SELECT name FROM app_user WHERE id = ?", []any{userID}, &name)
	}
	return name
}
