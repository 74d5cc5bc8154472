package rate

import (
	"context"
	"strings"

	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
)

const selectRate = `SELECT r.home, r.currency, r.from_day, r.rate, r.set_by, COALESCE(u.name, ''), r.set_at
	FROM exchange_rate r LEFT JOIN app_user u ON u.id = r.set_by `

func scan(r db.Rows) (Rate, error) {
	var x Rate
	var at int64
	err := r.Scan(&x.Home, &x.Currency, &x.From, &x.Rate, &x.SetBy, &x.SetName, &at)
	x.SetAt = clock.FromMicros(at)
	return x, err
}

// place is where a page begins: behind the rate of a currency and day.
type place struct{ home, currency, day string }

func parseCursor(text string) (place, error) {
	if text == "" {
		return place{}, nil
	}
	parts := strings.Split(text, "_")
	if len(parts) != 3 {
		return place{}, errs.New(errs.Invalid, "cursor.invalid")
	}
	return place{parts[0], parts[1], parts[2]}, nil
}

func cursorOf(r Rate) string { return r.Home + "_" + r.Currency + "_" + r.From.String() }

func list(ctx context.Context, q db.Q, f Filter, after place, limit int) ([]Rate, error) {
	where, args := "WHERE r.rate <> ''", []any{}
	and := func(text string, values ...any) {
		where += " AND " + text
		args = append(args, values...)
	}
	if f.Home != "" {
		and("r.home = ?", f.Home)
	}
	if f.Currency != "" {
		and("r.currency = ?", f.Currency)
	}
	if after.home != "" {
		and("(r.home > ? OR r.home = ? AND (r.currency > ? OR r.currency = ? AND r.from_day < ?))", after.home, after.home, after.currency, after.currency, after.day)
	}
	return db.List(ctx, q, selectRate+where+" ORDER BY r.home, r.currency, r.from_day DESC LIMIT ?", append(args, limit), scan)
}

func into(ctx context.Context, q db.Q, home string) ([]Rate, error) {
	return db.List(ctx, q, selectRate+"WHERE r.home = ? ORDER BY r.currency, r.from_day", []any{home}, scan)
}

// current gives the rate of a currency and day; empty when there is none or it was taken back.
func current(ctx context.Context, q db.Q, in Input) (string, error) {
	rate, err := db.One(ctx, q, "SELECT rate FROM exchange_rate WHERE home = ? AND currency = ? AND from_day = ?", []any{in.Home, in.Currency, in.From},
		func(r db.Rows) (string, error) { return string(r.Bytes(0)), nil })
	if db.IsNoRows(err) {
		return "", nil
	}
	return rate, err
}

func set(ctx context.Context, q db.Q, in Input, by, at int64) error {
	_, err := q.Exec(ctx, `INSERT INTO exchange_rate (home, currency, from_day, rate, set_by, set_at) VALUES (?,?,?,?,?,?)
		ON CONFLICT (home, currency, from_day) DO UPDATE SET rate = excluded.rate, set_by = excluded.set_by, set_at = excluded.set_at`,
		in.Home, in.Currency, in.From, in.Rate, by, at)
	return err
}
