// Package setting keeps what holds for the whole installation: one value by name in the table setting, and the secrets that the
// installation makes for itself.
//
// It knows no feature: a caller names its values "<package>.<what>" and says what stands where nothing was set.
package setting

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"

	"kezhi/internal/db"
	"kezhi/internal/errs"
)

// secretBytes is the length of a secret: that of the digest it is used with (HMAC-SHA-256).
const secretBytes = 32

// Load reads a value into what holds where nothing was set, and leaves that as it is when there is none. A value that is not of
// the shape of into is an internal error.
func Load(ctx context.Context, q db.Q, name string, into any) error {
	var text string
	err := db.Get(ctx, q, "SELECT value FROM setting WHERE name = ?", []any{name}, &text)
	if db.IsNoRows(err) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := json.Unmarshal([]byte(text), into); err != nil {
		return errs.Wrap(err, errs.Internal, "internal")
	}
	return nil
}

// Save keeps a value under its name, in place of the one before. now is in microseconds UTC.
func Save(ctx context.Context, q db.Q, name string, value any, now int64) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	_, err = q.Exec(ctx, "INSERT INTO setting (name, value, updated_at) VALUES (?,?,?) ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at",
		name, string(text), now)
	return err
}

// Secret gives the installation's secret of that name: 32 bytes, made at its first use and never changed. Two processes that
// ask for the first time at once get the same. It writes, so q is of a transaction; a caller keeps what it got.
func Secret(ctx context.Context, q db.Q, name string, now int64) ([]byte, error) {
	var fresh [secretBytes]byte
	_, _ = rand.Read(fresh[:]) // never fails
	if _, err := q.Exec(ctx, "INSERT INTO setting (name, value, updated_at) VALUES (?,?,?) ON CONFLICT (name) DO NOTHING", name, hex.EncodeToString(fresh[:]), now); err != nil {
		return nil, err
	}
	var text string
	if err := db.Get(ctx, q, "SELECT value FROM setting WHERE name = ?", []any{name}, &text); err != nil {
		return nil, err
	}
	secret, err := hex.DecodeString(text)
	if err != nil {
		return nil, errs.Wrap(err, errs.Internal, "internal")
	}
	return secret, nil
}
