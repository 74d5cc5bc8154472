package customer

import (
	"context"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/id"
)

// daysOf gives the special days of a customer and of the contacts it has.
func daysOf(ctx context.Context, q db.Q, customerID int64) ([]SpecialDay, error) {
	return db.List(ctx, q, `SELECT d.customer_id, d.id, d.contact_id, COALESCE(p.name, ''), d.kind, d.name, d.lunar, d.year, d.month_day, d.note, d.version, d.updated_at
		FROM special_day d LEFT JOIN contact p ON p.customer_id = d.customer_id AND p.id = d.contact_id
		WHERE d.customer_id = ? AND (d.contact_id = 0 OR p.archived_at IS NULL) ORDER BY d.contact_id, d.kind, d.id`, []any{customerID}, func(r db.Rows) (SpecialDay, error) {
		var d SpecialDay
		var monthDay, updated int64
		err := r.Scan(&d.CustomerID, &d.ID, &d.ContactID, &d.Contact, &d.Kind, &d.Name, &d.On.Lunar, &d.Year, &monthDay, &d.Note, &d.Version, &updated)
		d.On.Month, d.On.Day, d.UpdatedAt = int(monthDay/100), int(monthDay%100), clock.FromMicros(updated)
		return d, err
	})
}

func insertDays(ctx context.Context, q db.Q, list []part[SpecialDay], now time.Time) error {
	at := clock.Micros(now)
	_, err := db.Insert(ctx, q, db.Bulk{
		Table:   "special_day",
		Columns: []string{"customer_id", "id", "contact_id", "kind", "name", "lunar", "year", "month_day", "note", "version", "created_at", "updated_at"},
		N:       len(list),
		Bind: func(i int, b db.Binder) {
			d := &list[i].row
			b.Int64(list[i].of)
			b.Int64(d.ID)
			b.Int64(d.ContactID)
			b.Text(d.Kind)
			b.Text(d.Name)
			b.Int64(bit(d.On.Lunar))
			b.Int64(int64(d.Year))
			b.Int64(int64(d.On.MonthDay()))
			b.Text(d.Note)
			b.Int64(1)
			b.Int64(at)
			b.Int64(at)
		},
	})
	return err
}

// bornOn makes the birthday of a contact from its day of birth.
func bornOn(contactID int64, born calendar.Date, now time.Time) SpecialDay {
	year, month, day := born.Civil()
	return SpecialDay{ID: id.New(now), SpecialDayInput: SpecialDayInput{ContactID: contactID, Kind: DayBirthday, On: calendar.Yearly{Month: month, Day: day}, Year: year}}
}

func updateDay(ctx context.Context, q db.Q, customerID, dayID int64, in SpecialDayInput, now time.Time) error {
	_, err := q.Exec(ctx, `UPDATE special_day SET contact_id = ?, kind = ?, name = ?, lunar = ?, year = ?, month_day = ?, note = ?, version = version + 1, updated_at = ?
		WHERE customer_id = ? AND id = ?`, in.ContactID, in.Kind, in.Name, bit(in.On.Lunar), in.Year, in.On.MonthDay(), in.Note, clock.Micros(now), customerID, dayID)
	return err
}

func deleteDay(ctx context.Context, q db.Q, customerID, dayID int64) error {
	_, err := q.Exec(ctx, "DELETE FROM special_day WHERE customer_id = ? AND id = ?", customerID, dayID)
	return err
}

// setBorn puts the day of birth of a contact in place of what was known of its birthday; nil = nothing.
func setBorn(ctx context.Context, q db.Q, customerID, contactID int64, born *calendar.Date, now time.Time) error {
	if _, err := q.Exec(ctx, "DELETE FROM special_day WHERE customer_id = ? AND contact_id = ? AND kind = 'birthday'", customerID, contactID); err != nil || born == nil {
		return err
	}
	return insertDays(ctx, q, []part[SpecialDay]{{customerID, bornOn(contactID, *born, now)}}, now)
}
