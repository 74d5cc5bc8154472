package user

import (
	"context"
	"time"

	"kezhi/internal/clock"
	"kezhi/internal/db"
)

// totpRow is somebody's app; the secrets are sealed.
type totpRow struct {
	secret, pending string
	lastStep        int64
	confirmed       time.Time
}

// getTOTP reads somebody's app; a person without one has the zero row.
func getTOTP(ctx context.Context, q db.Q, userID int64) (totpRow, error) {
	row, err := db.One(ctx, q, "SELECT secret, pending, last_step, confirmed_at FROM totp WHERE user_id = ?", []any{userID}, func(r db.Rows) (totpRow, error) {
		return totpRow{string(r.Bytes(0)), string(r.Bytes(1)), r.Int64(2), clock.FromMicros(r.Int64(3))}, nil
	})
	if db.IsNoRows(err) {
		return totpRow{}, nil
	}
	return row, err
}

func putPending(ctx context.Context, q db.Q, userID int64, sealed string) error {
	_, err := q.Exec(ctx, `INSERT INTO totp (user_id, secret, pending, last_step, confirmed_at) VALUES (?, '', ?, 0, 0)
		ON CONFLICT (user_id) DO UPDATE SET pending = excluded.pending`, userID, sealed)
	return err
}

// confirmPending makes the pending secret the one that counts; false means that it is another by now.
func confirmPending(ctx context.Context, q db.Q, userID int64, sealed string, step int64, now time.Time) (bool, error) {
	n, err := q.Exec(ctx, "UPDATE totp SET secret = pending, pending = '', last_step = ?, confirmed_at = ? WHERE user_id = ? AND pending = ?",
		step, clock.Micros(now), userID, sealed)
	return n == 1, err
}

// takeTOTPStep uses a step up; false means that it, or a later one, was used before.
func takeTOTPStep(ctx context.Context, q db.Q, userID, step int64) (bool, error) {
	n, err := q.Exec(ctx, "UPDATE totp SET last_step = ? WHERE user_id = ? AND last_step < ?", step, userID, step)
	return n == 1, err
}

func putRecovery(ctx context.Context, q db.Q, userID int64, codes []string) error {
	if _, err := q.Exec(ctx, "DELETE FROM recovery_code WHERE user_id = ?", userID); err != nil {
		return err
	}
	for _, code := range codes {
		salt := newSalt()
		if _, err := q.Exec(ctx, "INSERT INTO recovery_code (user_id, hash, salt) VALUES (?,?,?)", userID, recoveryHash(salt, code), salt); err != nil {
			return err
		}
	}
	return nil
}

// takeRecovery uses a recovery code up; false means that it is none, or was used before.
func takeRecovery(ctx context.Context, q db.Q, userID int64, code string) (bool, error) {
	rows, err := db.List(ctx, q, "SELECT hash, salt FROM recovery_code WHERE user_id = ?", []any{userID}, func(r db.Rows) ([2]string, error) {
		return [2]string{string(r.Bytes(0)), string(r.Bytes(1))}, nil
	})
	if err != nil {
		return false, err
	}
	for _, row := range rows {
		if recoveryHash(row[1], code) == row[0] {
			n, err := q.Exec(ctx, "DELETE FROM recovery_code WHERE user_id = ? AND hash = ?", userID, row[0])
			return n == 1, err
		}
	}
	return false, nil
}

func countRecovery(ctx context.Context, q db.Q, userID int64) (n int, err error) {
	err = db.Get(ctx, q, "SELECT COUNT(*) FROM recovery_code WHERE user_id = ?", []any{userID}, &n)
	return n, err
}

// hasFactor says whether somebody has a second factor.
func hasFactor(ctx context.Context, q db.Q, userID int64) (has bool, err error) {
	var n int
	err = db.Get(ctx, q, "SELECT (SELECT COUNT(*) FROM totp WHERE user_id = ? AND secret <> '') + (SELECT COUNT(*) FROM passkey WHERE user_id = ?)", []any{userID, userID}, &n)
	return n > 0, err
}

func countPasskeys(ctx context.Context, q db.Q, userID int64) (n int, err error) {
	err = db.Get(ctx, q, "SELECT COUNT(*) FROM passkey WHERE user_id = ?", []any{userID}, &n)
	return n, err
}

// dropFactors takes everything away that somebody proves beside the password, and the sign-ins that wait for it.
func dropFactors(ctx context.Context, q db.Q, userID int64) (int64, error) {
	var gone int64
	for _, table := range []string{"totp", "passkey", "recovery_code", "login_step"} {
		n, err := q.Exec(ctx, "DELETE FROM "+table+" WHERE user_id = ?", userID)
		if err != nil {
			return 0, err
		}
		gone += n
	}
	return gone, nil
}

// proved reads when whoever sits at a session was proved last.
func proved(ctx context.Context, q db.Q, session string) (time.Time, error) {
	var at int64
	err := db.Get(ctx, q, "SELECT proved_at FROM login_session WHERE token_hash = ?", []any{session}, &at)
	return clock.FromMicros(at), err
}
