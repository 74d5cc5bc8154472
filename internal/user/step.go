package user

import (
	"context"
	"encoding/json"
	"time"

	"kezhi/internal/clock"
	"kezhi/internal/db"
)

const (
	stepLife  = 5 * time.Minute  // how long a sign-in waits for its next step
	awayLife  = 15 * time.Minute // and for somebody who signs in elsewhere
	stepTries = 5                // wrong answers after which it begins anew
)

// step is a part of a sign-in that is done and lets nobody in yet.
type step struct {
	kind   string
	userID int64
	data   json.RawMessage
	tries  int64
	hash   string
}

// The kinds of steps.
const (
	stepSecond  = "second"   // the password was right, the second factor is to come
	stepMakeKey = "make_key" // the browser makes a passkey
	stepUseKey  = "use_key"  // the browser asks for one
)

// keepStep writes a step and gives its secret; those that nobody went on with are swept away.
func keepStep(ctx context.Context, q db.Q, now time.Time, kind string, userID int64, data any) (string, error) {
	return keepStepFor(ctx, q, now, stepLife, kind, userID, data)
}

func keepStepFor(ctx context.Context, q db.Q, now time.Time, life time.Duration, kind string, userID int64, data any) (string, error) {
	text, err := json.Marshal(data)
	if err != nil {
		return "", err
	}
	if _, err := q.Exec(ctx, "DELETE FROM login_step WHERE expires_at < ?", clock.Micros(now)); err != nil {
		return "", err
	}
	secret, hash := newSecret("")
	_, err = q.Exec(ctx, "INSERT INTO login_step (token_hash, kind, user_id, data, tries, created_at, expires_at) VALUES (?,?,?,?,0,?,?)",
		hash, kind, userID, string(text), clock.Micros(now), clock.Micros(now.Add(life)))
	return secret, err
}

// findStep reads a step that still waits; db.ErrNoRows when there is none.
func findStep(ctx context.Context, q db.Q, now time.Time, kind, secret string) (step, error) {
	hash := hashSecret(secret)
	return db.One(ctx, q, "SELECT user_id, data, tries FROM login_step WHERE token_hash = ? AND kind = ? AND expires_at > ? AND tries < ?",
		[]any{hash, kind, clock.Micros(now), stepTries}, func(r db.Rows) (step, error) {
			return step{kind: kind, userID: r.Int64(0), data: json.RawMessage(string(r.Bytes(1))), tries: r.Int64(2), hash: hash}, nil
		})
}

// endStep takes a step away; false means that somebody else was first.
func endStep(ctx context.Context, q db.Q, st step) (bool, error) {
	n, err := q.Exec(ctx, "DELETE FROM login_step WHERE token_hash = ?", st.hash)
	return n == 1, err
}

// countTry notes a wrong answer to a step.
func countTry(ctx context.Context, q db.Q, st step) error {
	_, err := q.Exec(ctx, "UPDATE login_step SET tries = tries + 1 WHERE token_hash = ?", st.hash)
	return err
}
