package role

import (
	"context"
	"maps"
	"slices"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/org"
)

// Service holds the use cases of the company's own roles.
type Service struct {
	db  *db.DB
	now clock.Clock
}

// New makes the service.
func New(d *db.DB, now clock.Clock) *Service { return &Service{db: d, now: now} }

// GrantsOf joins what some roles give, those that every installation has and the company's own. Unknown ones give nothing.
func GrantsOf(ctx context.Context, q db.Q, names []string) (map[authz.Permission]authz.Reach, error) {
	out := authz.GrantsOf(names)
	own := ownAmong(names)
	if len(own) == 0 {
		return out, nil
	}
	more, err := grants(ctx, q, "r.role_key IN "+db.In(len(own)), db.Args(own)...)
	for p, r := range more {
		out[p] = out[p].Join(r)
	}
	return out, err
}

// Unknown gives a name among some that no role has; "" = there is none.
func Unknown(ctx context.Context, q db.Q, names []string) (string, error) {
	own := ownAmong(names)
	if len(own) == 0 {
		return "", nil
	}
	known, err := db.List(ctx, q, "SELECT role_key FROM role WHERE role_key IN "+db.In(len(own)), db.Args(own), func(r db.Rows) (string, error) { return string(r.Bytes(0)), nil })
	if err != nil {
		return "", err
	}
	if i := slices.IndexFunc(own, func(n string) bool { return !slices.Contains(known, n) }); i >= 0 {
		return own[i], nil
	}
	return "", nil
}

func ownAmong(names []string) []string {
	return slices.DeleteFunc(slices.Clone(names), authz.KnownRole)
}

// Names gives the names of the company's own roles by key, Chinese and English.
func Names(ctx context.Context, q db.Q) (map[string][2]string, error) {
	out := map[string][2]string{}
	_, err := db.List(ctx, q, "SELECT role_key, name_zh, name_en FROM role", nil, func(r db.Rows) (struct{}, error) {
		out[string(r.Bytes(0))] = [2]string{string(r.Bytes(1)), string(r.Bytes(2))}
		return struct{}{}, nil
	})
	return out, err
}

// List gives the company's own roles by name. Needs to be signed in.
func (s *Service) List(ctx context.Context) ([]Role, error) {
	if _, err := authz.Require(ctx, authz.Self); err != nil {
		return nil, err
	}
	return list(ctx, s.db.Read())
}

// Get gives one of them. Needs user.manage. Error: not_found.
func (s *Service) Get(ctx context.Context, roleID int64) (Role, error) {
	if _, err := authz.Require(ctx, authz.UserManage); err != nil {
		return Role{}, err
	}
	return load(ctx, s.db.Read(), roleID)
}

// Create makes a role. Needs user.manage. Errors: invalid_input, role.beyond, role.key_taken, role.too_many.
func (s *Service) Create(ctx context.Context, in Input) (Role, error) {
	actor, err := authz.Require(ctx, authz.UserManage)
	if err != nil {
		return Role{}, err
	}
	if in = in.normal(); in.Validate() != nil {
		return Role{}, in.Validate()
	}
	if err := within(actor, in.Grants); err != nil {
		return Role{}, err
	}
	now := s.now()
	x := Role{ID: id.New(now), Key: in.Key, NameZh: in.NameZh, NameEn: in.NameEn, Note: in.Note, Grants: in.Grants, Version: 1, UpdatedAt: now}
	if x.Key == "" {
		x.Key = "own_" + id.String(x.ID)
	}
	err = s.db.InTx(ctx, func(q db.Q) error {
		n, err := count(ctx, q)
		if err != nil {
			return err
		}
		if n >= maxRoles {
			return errs.New(errs.Conflict, "role.too_many", "max", maxRoles)
		}
		if err := insert(ctx, q, &x, actor.UserID, clock.Micros(now)); err != nil {
			if db.UniqueTable(err) == "role" {
				return &errs.Error{Kind: errs.Conflict, Code: "role.key_taken", Fields: []errs.Field{{Path: "key", Code: "role.key_taken"}}}
			}
			return err
		}
		return s.record(ctx, q, "role.create", &x, changes(&Role{}, &x))
	})
	return x, err
}

// Update changes a role whose version is still the given one. Needs user.manage, and to hold what it gives, before and after.
// Errors: not_found, invalid_input, role.beyond, precondition_failed.
func (s *Service) Update(ctx context.Context, roleID, version int64, in Input) (Role, error) {
	actor, err := authz.Require(ctx, authz.UserManage)
	if err != nil {
		return Role{}, err
	}
	in.Key = ""
	if in = in.normal(); in.Validate() != nil {
		return Role{}, in.Validate()
	}
	if err := within(actor, in.Grants); err != nil {
		return Role{}, err
	}
	var x Role
	err = s.db.InTx(ctx, func(q db.Q) error {
		before, err := loadAt(ctx, q, actor, roleID, version)
		if err != nil {
			return err
		}
		x = before
		x.NameZh, x.NameEn, x.Note, x.Grants, x.UpdatedAt = in.NameZh, in.NameEn, in.Note, in.Grants, s.now()
		ok, err := save(ctx, q, &x, version, clock.Micros(x.UpdatedAt))
		if err != nil {
			return err
		}
		if !ok {
			return errs.New(errs.Precondition, "precondition_failed", "version", before.Version)
		}
		x.Version++
		if err := org.Changed(ctx, q); err != nil {
			return err
		}
		return s.record(ctx, q, "role.update", &x, changes(&before, &x))
	})
	return x, err
}

// Delete ends a role nobody has. Needs user.manage. Errors: not_found, role.held, role.beyond, precondition_failed.
func (s *Service) Delete(ctx context.Context, roleID, version int64) error {
	actor, err := authz.Require(ctx, authz.UserManage)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(q db.Q) error {
		x, err := loadAt(ctx, q, actor, roleID, version)
		if err != nil {
			return err
		}
		if x.Holders > 0 {
			return errs.New(errs.Conflict, "role.held", "people", x.Holders)
		}
		ok, err := remove(ctx, q, roleID, version)
		if err != nil {
			return err
		}
		if !ok {
			return errs.New(errs.Precondition, "precondition_failed", "version", x.Version)
		}
		return s.record(ctx, q, "role.delete", &x, changes(&x, &Role{}))
	})
}

// loadAt gives a role at a version for somebody who may change it.
func loadAt(ctx context.Context, q db.Q, actor authz.Actor, roleID, version int64) (Role, error) {
	x, err := load(ctx, q, roleID)
	if err != nil {
		return x, err
	}
	if x.Version != version {
		return x, errs.New(errs.Precondition, "precondition_failed", "version", x.Version)
	}
	return x, within(actor, x.Grants)
}

// within refuses to give, change or end what the actor does not hold as far.
func within(actor authz.Actor, grants map[authz.Permission]authz.Reach) error {
	if p := Beyond(grants, actor.Grants); p != "" {
		return errs.New(errs.Forbidden, "role.beyond", "permission", string(p))
	}
	return nil
}

func (s *Service) record(ctx context.Context, q db.Q, action string, x *Role, detail []audit.Change) error {
	return audit.Write(ctx, q, s.now(), audit.Entry{Action: action, Entity: "role", EntityID: id.String(x.ID), Detail: detail})
}

func changes(before, after *Role) []audit.Change {
	var out []audit.Change
	add := func(field, b, a string) {
		if b != a {
			out = append(out, audit.Change{Field: field, Before: b, After: a})
		}
	}
	add("name_zh", before.NameZh, after.NameZh)
	add("name_en", before.NameEn, after.NameEn)
	add("note", before.Note, after.Note)
	all := maps.Clone(before.Grants)
	if all == nil {
		all = map[authz.Permission]authz.Reach{}
	}
	maps.Copy(all, after.Grants)
	for _, p := range sorted(all) {
		add(string(p), before.Grants[p].String(), after.Grants[p].String())
	}
	return out
}
