package message

import (
	"context"
	"strconv"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

func idText(n int64) string { return id.String(n) }

func cursorID(text string) (int64, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, errs.Wrap(err, errs.Invalid, "cursor.invalid")
	}
	return n, nil
}

// wishesOf gives the wishes of a customer and its contacts with their consents, the customer's own first.
func wishesOf(ctx context.Context, q db.Q, customerID int64) ([]Wish, error) {
	list, err := db.List(ctx, q, `SELECT customer_id, contact_id, blocked, reason, language, quiet_from, quiet_to, salutation, best_time, likes, wecom, channel, taboos, version, updated_at
		FROM contact_wish WHERE customer_id = ? ORDER BY contact_id`, []any{customerID}, func(r db.Rows) (Wish, error) {
		var w Wish
		var updated int64
		err := r.Scan(&w.CustomerID, &w.ContactID, &w.Blocked, &w.Reason, &w.Language, &w.QuietFrom, &w.QuietTo, &w.Salutation, &w.BestTime, &w.Likes, &w.WeCom, &w.Channel, &w.Taboos, &w.Version, &updated)
		if w.Quiet = w.QuietFrom >= 0; !w.Quiet {
			w.QuietFrom, w.QuietTo = 0, 0
		}
		w.UpdatedAt = clock.FromMicros(updated)
		return w, err
	})
	if err != nil {
		return nil, err
	}
	rows, err := q.Query(ctx, `SELECT k.contact_id, k.channel, k.is_out, k.source, k.at, COALESCE(u.name, '') FROM consent k LEFT JOIN app_user u ON u.id = k.by_id
		WHERE k.customer_id = ? ORDER BY k.contact_id, k.channel`, customerID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var contactID, at int64
		var c Consent
		if err := rows.Scan(&contactID, &c.Channel, &c.Out, &c.Source, &at, &c.ByName); err != nil {
			return nil, err
		}
		c.At = clock.FromMicros(at)
		list = withConsent(list, customerID, contactID, c)
	}
	return list, rows.Err()
}

// withConsent puts a consent to the wish of its contact, which may have said nothing else.
func withConsent(list []Wish, customerID, contactID int64, c Consent) []Wish {
	for i := range list {
		if list[i].ContactID == contactID {
			list[i].Consents = append(list[i].Consents, c)
			return list
		}
	}
	return append(list, Wish{CustomerID: customerID, ContactID: contactID, Consents: []Consent{c}})
}

func wishOf(ctx context.Context, q db.Q, customerID, contactID int64) (Wish, error) {
	list, err := wishesOf(ctx, q, customerID)
	for _, w := range list {
		if w.ContactID == contactID {
			return w, err
		}
	}
	return Wish{CustomerID: customerID, ContactID: contactID}, err
}

// putWish writes wishes of a version; false when somebody else was quicker.
func putWish(ctx context.Context, q db.Q, customerID, contactID, version int64, in WishInput, by int64, now time.Time) (bool, error) {
	from, to := -1, -1
	if in.Quiet {
		from, to = in.QuietFrom, in.QuietTo
	}
	n, err := q.Exec(ctx, `INSERT INTO contact_wish (customer_id, contact_id, blocked, reason, language, quiet_from, quiet_to, salutation, best_time, likes, wecom, channel, taboos, version, updated_by, updated_at)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,1,?,?)
		ON CONFLICT (customer_id, contact_id) DO UPDATE SET blocked = excluded.blocked, reason = excluded.reason, language = excluded.language, quiet_from = excluded.quiet_from,
			quiet_to = excluded.quiet_to, salutation = excluded.salutation, best_time = excluded.best_time, likes = excluded.likes, wecom = excluded.wecom, channel = excluded.channel, taboos = excluded.taboos,
			version = contact_wish.version + 1, updated_by = excluded.updated_by, updated_at = excluded.updated_at
		WHERE contact_wish.version = ?`,
		customerID, contactID, in.Blocked, in.Reason, in.Language, from, to, in.Salutation, in.BestTime, in.Likes, in.WeCom, in.Channel, in.Taboos, by, clock.Micros(now), version)
	return n == 1, err
}

func putConsent(ctx context.Context, q db.Q, customerID, contactID int64, c Consent, by int64) error {
	_, err := q.Exec(ctx, `INSERT INTO consent (customer_id, contact_id, channel, is_out, source, at, by_id) VALUES (?,?,?,?,?,?,?)
		ON CONFLICT (customer_id, contact_id, channel) DO UPDATE SET is_out = excluded.is_out, source = excluded.source, at = excluded.at, by_id = excluded.by_id`,
		customerID, contactID, c.Channel, c.Out, c.Source, clock.Micros(c.At), by)
	return err
}

// taboosOf gives what is to be left alone with customers within reach, the customer's own line first.
func taboosOf(ctx context.Context, q db.Q, scope authz.Scope, customers []int64) (map[int64]string, error) {
	clause, args := scope.Clause("c")
	rows, err := q.Query(ctx, `SELECT w.customer_id, w.taboos FROM contact_wish w JOIN customer c ON c.id = w.customer_id
		WHERE w.taboos <> '' AND w.customer_id IN `+db.In(len(customers))+" AND "+clause+" ORDER BY w.customer_id, w.contact_id", append(db.Args(customers), args...)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[int64]string{}
	for rows.Next() {
		customerID, line := rows.Int64(0), string(rows.Bytes(1))
		if before := out[customerID]; before != "" {
			line = before + "\n" + line
		}
		out[customerID] = line
	}
	return out, rows.Err()
}

// optedOut says whether somebody is off the list of a channel.
func optedOut(ctx context.Context, q db.Q, s Subscription) (bool, error) {
	var out bool
	err := db.Get(ctx, q, "SELECT is_out FROM consent WHERE customer_id = ? AND contact_id = ? AND channel = ?", []any{s.CustomerID, s.ContactID, s.Channel}, &out)
	if db.IsNoRows(err) {
		return false, nil
	}
	return out, err
}
