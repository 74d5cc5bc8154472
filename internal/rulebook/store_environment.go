package rulebook

import (
	"context"
	"slices"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/rule"
)

// environment says what a rulebook meets here: which roles and posts somebody active holds, which custom fields, kinds of fact and
// segments exist.
// An organisation without a single user is being set up: nobody can hold a role yet, and the check of roles is left out.
func (s *Service) environment(ctx context.Context, q db.Q) (rule.Environment, error) {
	env := rule.Environment{Fields: map[string]bool{}, Kinds: map[string]bool{}}
	held, err := texts(ctx, q, "SELECT DISTINCT r.role FROM user_role r JOIN app_user u ON u.id = r.user_id WHERE u.state = 'active'")
	if err != nil {
		return env, err
	}
	if len(held) > 0 {
		env.Roles = map[string]bool{}
		for _, r := range authz.Roles {
			env.Roles[r.Name] = false
		}
		appointed, err := texts(ctx, q, `SELECT DISTINCT p.post FROM post_holder p JOIN app_user u ON u.id = p.user_id
			WHERE u.state = 'active' AND p.from_on <= ? AND (p.until_on IS NULL OR p.until_on >= ?)`, s.Today(), s.Today())
		if err != nil {
			return env, err
		}
		for _, name := range slices.Concat(held, appointed) {
			env.Roles[name] = true
		}
	}
	fields, err := texts(ctx, q, "SELECT name FROM custom_field WHERE archived_at IS NULL")
	if err != nil {
		return env, err
	}
	for _, f := range fields {
		env.Fields[f] = true
	}
	kinds, err := texts(ctx, q, "SELECT kind FROM fact_kind")
	if err != nil {
		return env, err
	}
	for _, k := range kinds {
		env.Kinds[k] = true
	}
	if env.Segments, err = segmentsHere(ctx, q); err != nil {
		return env, err
	}
	return env, s.readsOf(ctx, q, env.Segments)
}

// segmentsHere gives the schemes the conditions of each segment read grades of, by its name.
func segmentsHere(ctx context.Context, q db.Q) (map[string][]string, error) {
	out := map[string][]string{}
	_, err := db.List(ctx, q, "SELECT name, definition FROM segment WHERE archived_at IS NULL", nil, func(r db.Rows) (struct{}, error) {
		reads, err := segmentGrades(r.Bytes(1))
		out[string(r.Bytes(0))] = reads
		return struct{}{}, err
	})
	return out, err
}

func texts(ctx context.Context, q db.Q, sql string, args ...any) ([]string, error) {
	return db.List(ctx, q, sql, args, func(r db.Rows) (string, error) { return string(r.Bytes(0)), nil })
}

// rolesOf gives the roles a person holds.
func rolesOf(ctx context.Context, q db.Q, userID int64) ([]string, error) {
	return db.List(ctx, q, "SELECT role FROM user_role WHERE user_id = ? ORDER BY role", []any{userID}, func(r db.Rows) (string, error) { return string(r.Bytes(0)), nil })
}

// holder is somebody active who holds a role.
type holder struct {
	ID   int64
	Name string
	Role string
}

// holders lists everybody active with each role held, by name.
func holders(ctx context.Context, q db.Q) ([]holder, error) {
	return db.List(ctx, q, "SELECT u.id, u.name, r.role FROM app_user u JOIN user_role r ON r.user_id = u.id WHERE u.state = 'active' ORDER BY u.name, u.id, r.role", nil,
		func(r db.Rows) (holder, error) {
			var h holder
			err := r.Scan(&h.ID, &h.Name, &h.Role)
			return h, err
		})
}
