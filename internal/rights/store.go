package rights

import (
	"context"

	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
)

const selectShare = `SELECT s.customer_id, s.id, s.user_id, COALESCE(u.name, ''), s.access, s.reason, s.until_on, s.created_by, COALESCE(b.name, ''), s.created_at,
	s.revoked_by, COALESCE(r.name, ''), COALESCE(s.revoked_at, 0)
	FROM customer_share s LEFT JOIN app_user u ON u.id = s.user_id LEFT JOIN app_user b ON b.id = s.created_by LEFT JOIN app_user r ON r.id = s.revoked_by`

func scanShare(r db.Rows) (Share, error) {
	var h Share
	var created int64
	err := r.Scan(&h.CustomerID, &h.ID, &h.UserID, &h.UserName, &h.Access, &h.Reason, &h.Until, &h.CreatedBy, &h.CreatedName, &created, &h.RevokedBy, &h.RevokedName, &h.RevokedAt)
	h.CreatedAt = clock.FromMicros(created)
	return h, err
}

const goingOn = "s.revoked_at IS NULL AND s.until_on >= ?"

// sharesOf gives the shares of a customer: those that go on first, then the newest of those that are over.
func sharesOf(ctx context.Context, q db.Q, customerID int64, on calendar.Date, limit int) ([]Share, error) {
	return db.List(ctx, q, selectShare+" WHERE s.customer_id = ? ORDER BY CASE WHEN "+goingOn+" THEN 0 ELSE 1 END, s.id DESC LIMIT ?", []any{customerID, on, limit}, scanShare)
}

func loadShare(ctx context.Context, q db.Q, customerID, shareID int64) (Share, error) {
	return db.One(ctx, q, selectShare+" WHERE s.customer_id = ? AND s.id = ?", []any{customerID, shareID}, scanShare)
}

// sharedWith gives the share of a customer with a person that goes on; none is ErrNoRows.
func sharedWith(ctx context.Context, q db.Q, customerID, userID int64, on calendar.Date) (Share, error) {
	return db.One(ctx, q, selectShare+" WHERE s.customer_id = ? AND s.user_id = ? AND "+goingOn+" ORDER BY s.access DESC, s.id LIMIT 1", []any{customerID, userID, on}, scanShare)
}

// openTo gives the customers shared with a person, and those of them to write.
func openTo(ctx context.Context, q db.Q, userID int64, on calendar.Date) (read, full []int64, err error) {
	_, err = db.List(ctx, q, "SELECT s.customer_id, s.access FROM customer_share s WHERE s.user_id = ? AND "+goingOn+" ORDER BY s.customer_id LIMIT ?", []any{userID, on, maxWith},
		func(r db.Rows) (struct{}, error) {
			read = append(read, r.Int64(0))
			if string(r.Bytes(1)) == Write {
				full = append(full, r.Int64(0))
			}
			return struct{}{}, nil
		})
	return read, full, err
}

// countGoingOn gives how many shares of a customer, and with a person, go on.
func countGoingOn(ctx context.Context, q db.Q, customerID, userID int64, on calendar.Date) (ofOne, with int, err error) {
	err = db.Get(ctx, q, "SELECT (SELECT COUNT(*) FROM customer_share s WHERE s.customer_id = ? AND "+goingOn+"), (SELECT COUNT(*) FROM customer_share s WHERE s.user_id = ? AND "+goingOn+")",
		[]any{customerID, on, userID, on}, &ofOne, &with)
	return ofOne, with, err
}

func insertShare(ctx context.Context, q db.Q, h *Share) error {
	_, err := q.Exec(ctx, "INSERT INTO customer_share (customer_id, id, user_id, access, reason, until_on, created_by, created_at, revoked_by) VALUES (?,?,?,?,?,?,?,?,0)",
		h.CustomerID, h.ID, h.UserID, h.Access, h.Reason, h.Until, h.CreatedBy, clock.Micros(h.CreatedAt))
	return err
}

// revoke ends a share unless somebody else has; false then.
func revoke(ctx context.Context, q db.Q, customerID, shareID, by, now int64) (bool, error) {
	n, err := q.Exec(ctx, "UPDATE customer_share SET revoked_by = ?, revoked_at = ? WHERE customer_id = ? AND id = ? AND revoked_at IS NULL", by, now, customerID, shareID)
	return n == 1, err
}

// activePeople gives the people who may sign in, by name, and one more than asked for when there are others.
func activePeople(ctx context.Context, q db.Q, after int64, limit int) ([]int64, error) {
	return db.List(ctx, q, "SELECT u.id FROM app_user u WHERE u.state = 'active' AND u.id > ? ORDER BY u.id LIMIT ?", []any{after, limit}, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
}

func unitName(ctx context.Context, q db.Q, unitID int64) (name [2]string, err error) {
	err = db.Get(ctx, q, "SELECT name_zh, name_en FROM unit WHERE id = ?", []any{unitID}, &name[0], &name[1])
	if db.IsNoRows(err) {
		err = nil
	}
	return name, err
}

func personName(ctx context.Context, q db.Q, userID int64) (name string, err error) {
	err = db.Get(ctx, q, "SELECT name FROM app_user WHERE id = ?", []any{userID}, &name)
	if db.IsNoRows(err) {
		err = nil
	}
	return name, err
}
