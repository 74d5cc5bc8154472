package training

import (
	"context"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
)

// people gives the active people within a scope whom a course is for, each with the last day of the certificate that holds longest.
// units are those it is for with all below them, empty = everybody.
func people(ctx context.Context, q db.Q, c *Course, units []int64, scope authz.Scope, today calendar.Date) ([]Person, error) {
	conds, args := []string{"u.state = 'active'", "u.kind = 'person'"}, []any{never, c.Topic, today}
	clause, vs := scope.ClauseOn("u.id", "u.unit_id")
	conds, args = append(conds, clause), append(args, vs...)
	if len(c.Roles) > 0 {
		conds = append(conds, "EXISTS (SELECT 1 FROM user_role r WHERE r.user_id = u.id AND r.role IN "+db.In(len(c.Roles))+")")
		args = append(args, db.Args(c.Roles)...)
	}
	if len(c.Units) > 0 {
		conds = append(conds, "u.unit_id IN "+db.In(len(units)))
		args = append(args, db.Args(units)...)
	}
	return db.List(ctx, q, `SELECT u.id, u.login, u.name, COALESCE(u.unit_id, 0), COALESCE(n.code, ''), COALESCE(n.name_zh, ''), COALESCE(n.name_en, ''), u.created_at, t.last
		FROM app_user u LEFT JOIN unit n ON n.id = u.unit_id LEFT JOIN (SELECT user_id, MAX(COALESCE(expires_on, ?)) AS last FROM training_certificate
		WHERE topic = ? AND withdrawn = '' AND issued_on <= ? GROUP BY user_id) t ON t.user_id = u.id WHERE `+strings.Join(conds, " AND "), args, func(r db.Rows) (Person, error) {
		var p Person
		err := r.Scan(&p.ID, &p.Login, &p.Name, &p.UnitID, &p.UnitCode, &p.UnitZh, &p.UnitEn, &p.joined, &p.last)
		return p, err
	})
}
