package seminar

import (
	"context"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
)

// everybody gives the whole list of an event by number, without those taken off it.
func everybody(ctx context.Context, q db.Q, seminarID int64) ([]Invitation, error) {
	return db.List(ctx, q, selectInvite+" WHERE v.seminar_id = ? AND v.answer <> 'withdrawn' ORDER BY v.number", []any{seminarID}, scanInvite)
}

// customersOf gives the customers of an event that are followed up, by number.
func customersOf(ctx context.Context, q db.Q, seminarID int64, whom Whom) ([]int64, error) {
	cond := map[Whom]string{WhoCame: "came > 0", WhoAbsent: "answer = 'yes' AND came = 0", WhoSaidNo: "answer = 'no' AND came = 0"}[whom]
	return db.List(ctx, q, "SELECT customer_id FROM seminar_invite WHERE seminar_id = ? AND customer_id <> 0 AND "+cond+" ORDER BY number", []any{seminarID},
		func(r db.Rows) (int64, error) { return r.Int64(0), nil })
}

// followed is a promise that came of an event.
type followed struct {
	customer, what, owner, state string
	due                          calendar.Date
}

// followUps gives the promises that came of an event. The customers of the event lead to them, each by the key of its own.
func followUps(ctx context.Context, q db.Q, seminarID int64) ([]followed, error) {
	return db.List(ctx, q, `SELECT c.name, p.what, COALESCE(u.name, ''), p.state, p.due_on FROM seminar_invite v JOIN promise p ON p.customer_id = v.customer_id
		JOIN customer c ON c.id = p.customer_id LEFT JOIN app_user u ON u.id = p.owner_id
		WHERE v.seminar_id = ? AND v.customer_id <> 0 AND p.made_in = 'seminar' AND p.made_ref = v.seminar_id ORDER BY p.due_on, p.id`, []any{seminarID},
		func(r db.Rows) (followed, error) {
			var f followed
			err := r.Scan(&f.customer, &f.what, &f.owner, &f.state, &f.due)
			return f, err
		})
}
