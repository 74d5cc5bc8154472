package customer

import (
	"context"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
)

// contactColumns reads contacts; the day of birth is known where the birthday is kept by the solar calendar and with its year.
const contactColumns = `customer_id, id, name, title, phone, email,
	(SELECT d.year * 10000 + d.month_day FROM special_day d WHERE d.customer_id = contact.customer_id AND d.contact_id = contact.id AND d.kind = 'birthday' AND d.lunar = 0 AND d.year > 0),
	is_primary, note, archived_at IS NOT NULL, version, created_at, updated_at`

func scanContact(r db.Rows) (Contact, error) {
	var c Contact
	var born *int64
	var created, updated int64
	err := r.Scan(&c.CustomerID, &c.ID, &c.Name, &c.Title, &c.Phone, &c.Email, &born, &c.Primary, &c.Note, &c.Archived, &c.Version, &created, &updated)
	c.CreatedAt, c.UpdatedAt = clock.FromMicros(created), clock.FromMicros(updated)
	if err == nil && born != nil {
		var day calendar.Date
		day, err = calendar.Of(int(*born/10000), int(*born/100%100), int(*born%100))
		c.Birthday = &day
	}
	return c, err
}

func contactsOf(ctx context.Context, q db.Q, customerID int64, archived bool) ([]Contact, error) {
	where := " AND archived_at IS NULL"
	if archived {
		where = ""
	}
	return db.List(ctx, q, "SELECT "+contactColumns+" FROM contact WHERE customer_id = ?"+where+" ORDER BY archived_at IS NOT NULL, is_primary DESC, id LIMIT ?",
		[]any{customerID, 5 * maxContacts}, scanContact)
}

func loadContact(ctx context.Context, q db.Q, customerID, contactID int64) (Contact, error) {
	return db.One(ctx, q, "SELECT "+contactColumns+" FROM contact WHERE customer_id = ? AND id = ?", []any{customerID, contactID}, scanContact)
}

// clearPrimary takes the mark from every contact of a customer but one.
func clearPrimary(ctx context.Context, q db.Q, customerID, except int64, now time.Time) error {
	_, err := q.Exec(ctx, "UPDATE contact SET is_primary = 0, version = version + 1, updated_at = ? WHERE customer_id = ? AND is_primary = 1 AND id <> ?",
		clock.Micros(now), customerID, except)
	return err
}

func updateContact(ctx context.Context, q db.Q, customerID, contactID int64, in ContactInput, now time.Time) error {
	_, err := q.Exec(ctx, `UPDATE contact SET name = ?, title = ?, phone = ?, email = ?, is_primary = ?, note = ?,
			version = version + 1, updated_at = ?
		WHERE customer_id = ? AND id = ?`,
		in.Name, in.Title, in.Phone, in.Email, bit(in.Primary), in.Note, clock.Micros(now), customerID, contactID)
	return err
}

func archiveContact(ctx context.Context, q db.Q, customerID, contactID int64, now time.Time) error {
	at := clock.Micros(now)
	_, err := q.Exec(ctx, "UPDATE contact SET archived_at = ?, is_primary = 0, version = version + 1, updated_at = ? WHERE customer_id = ? AND id = ?",
		at, at, customerID, contactID)
	return err
}

const relationColumns = "r.customer_id, r.id, r.other_id, r.type, r.share_bp, r.note, r.archived_at IS NOT NULL, r.version"

func scanRelation(r db.Rows) (Relation, error) {
	var l Relation
	err := r.Scan(&l.FromID, &l.ID, &l.ToID, &l.Type, &l.ShareBP, &l.Note, &l.Archived, &l.Version)
	return l, err
}

// relationsOf gives the relations in which a customer stands on either side.
func relationsOf(ctx context.Context, q db.Q, customerID int64) ([]Relation, error) {
	return db.List(ctx, q, "SELECT "+relationColumns+" FROM relation r WHERE r.customer_id = ? AND r.archived_at IS NULL UNION ALL SELECT "+relationColumns+
		" FROM relation r WHERE r.other_id = ? AND r.archived_at IS NULL ORDER BY 2 LIMIT ?", []any{customerID, customerID, 2 * maxRelations}, scanRelation)
}

func loadRelation(ctx context.Context, q db.Q, customerID, relationID int64) (Relation, error) {
	return db.One(ctx, q, "SELECT "+relationColumns+" FROM relation r WHERE r.customer_id = ? AND r.id = ?", []any{customerID, relationID}, scanRelation)
}

func insertRelation(ctx context.Context, q db.Q, l Relation, now time.Time) error {
	at := clock.Micros(now)
	_, err := q.Exec(ctx, "INSERT INTO relation (customer_id, id, other_id, type, share_bp, note, version, created_at, updated_at, archived_at) VALUES (?,?,?,?,?,?,1,?,?,NULL)",
		l.FromID, l.ID, l.ToID, l.Type, l.ShareBP, l.Note, at, at)
	return err
}

func updateRelation(ctx context.Context, q db.Q, l Relation, now time.Time) error {
	_, err := q.Exec(ctx, "UPDATE relation SET type = ?, share_bp = ?, note = ?, version = version + 1, updated_at = ? WHERE customer_id = ? AND id = ?",
		l.Type, l.ShareBP, l.Note, clock.Micros(now), l.FromID, l.ID)
	return err
}

func archiveRelation(ctx context.Context, q db.Q, l Relation, now time.Time) error {
	at := clock.Micros(now)
	_, err := q.Exec(ctx, "UPDATE relation SET archived_at = ?, version = version + 1, updated_at = ? WHERE customer_id = ? AND id = ?", at, at, l.FromID, l.ID)
	return err
}
