package user

import (
	"context"
	"encoding/json"
	"time"

	"kezhi/internal/clock"
	"kezhi/internal/db"
)

const passkeyColumns = "id, user_id, credential_id, name, data, created_at, used_at"

func scanPasskey(r db.Rows) (Passkey, error) {
	k := Passkey{ID: r.Int64(0), userID: r.Int64(1), credentialID: string(r.Bytes(2)), Name: string(r.Bytes(3)), Created: clock.FromMicros(r.Int64(5))}
	if used := r.Int64(6); used != 0 {
		k.Used = clock.FromMicros(used)
	}
	return k, json.Unmarshal(r.Bytes(4), &k.credential)
}

func listPasskeys(ctx context.Context, q db.Q, userID int64) ([]Passkey, error) {
	return db.List(ctx, q, "SELECT "+passkeyColumns+" FROM passkey WHERE user_id = ? ORDER BY id", []any{userID}, scanPasskey)
}

func getPasskey(ctx context.Context, q db.Q, credentialID string) (Passkey, error) {
	return db.One(ctx, q, "SELECT "+passkeyColumns+" FROM passkey WHERE credential_id = ?", []any{credentialID}, scanPasskey)
}

func insertPasskey(ctx context.Context, q db.Q, k Passkey) error {
	text, err := json.Marshal(k.credential)
	if err != nil {
		return err
	}
	_, err = q.Exec(ctx, "INSERT INTO passkey ("+passkeyColumns+") VALUES (?,?,?,?,?,?,0)", k.ID, k.userID, k.credentialID, k.Name, string(text), clock.Micros(k.Created))
	return err
}

// usePasskey notes that a key was used, with what it counts.
func usePasskey(ctx context.Context, q db.Q, k Passkey, now time.Time) error {
	text, err := json.Marshal(k.credential)
	if err != nil {
		return err
	}
	n, err := q.Exec(ctx, "UPDATE passkey SET data = ?, used_at = ? WHERE id = ?", string(text), clock.Micros(now), k.ID)
	if err == nil && n == 0 {
		err = db.ErrNoRows
	}
	return err
}
