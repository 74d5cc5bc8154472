package user

import (
	"context"
	"encoding/json"

	"kezhi/internal/clock"
	"kezhi/internal/db"
)

// liveUnder gives the mark of who is who, and whether a session or token is alive, in one look.
func liveUnder(ctx context.Context, q db.Q, table, hash string, now int64) (mark int64, live bool, err error) {
	err = db.Get(ctx, q, "SELECT (SELECT seq FROM org_mark WHERE id = 1), (SELECT COUNT(*) FROM "+table+" WHERE token_hash = ? AND expires_at > ?)", []any{hash, now}, &mark, &live)
	return mark, live, err
}

// secretRow is a live session or token.
type secretRow struct {
	user, seen, created int64
	scopes              []string // nil = no bound
}

func findSecret(ctx context.Context, q db.Q, table, hash string, now int64) (secretRow, error) {
	columns := "COALESCE(t.seen_at, 0), ''"
	if table == "api_token" {
		columns = "COALESCE(t.used_at, 0), t.scopes"
	}
	return db.One(ctx, q, "SELECT t.user_id, "+columns+", t.created_at FROM "+table+" t JOIN app_user u ON u.id = t.user_id WHERE t.token_hash = ? AND t.expires_at > ? AND u.state = 'active'",
		[]any{hash, now}, func(r db.Rows) (secretRow, error) {
			var err error
			out := secretRow{user: r.Int64(0), seen: r.Int64(1), created: r.Int64(3)}
			out.scopes, err = readScopes(r.Bytes(2))
			return out, err
		})
}

func noteUse(ctx context.Context, q db.Q, table, hash string, now int64) error {
	column := "seen_at"
	if table == "api_token" {
		column = "used_at"
	}
	_, err := q.Exec(ctx, "UPDATE "+table+" SET "+column+" = ? WHERE token_hash = ?", now, hash)
	return err
}

func readScopes(text []byte) ([]string, error) {
	if len(text) == 0 {
		return nil, nil
	}
	var out []string
	err := json.Unmarshal(text, &out)
	return out, err
}

func insertToken(ctx context.Context, q db.Q, hash string, ownerID int64, t Token) error {
	scopes := ""
	if t.Scopes != nil {
		text, err := json.Marshal(t.Scopes)
		if err != nil {
			return err
		}
		scopes = string(text)
	}
	_, err := q.Exec(ctx, "INSERT INTO api_token (token_hash, id, user_id, name, scopes, created_by, created_at, expires_at) VALUES (?,?,?,?,?,?,?,?)",
		hash, t.ID, ownerID, t.Name, scopes, t.CreatedBy, clock.Micros(t.CreatedAt), clock.Micros(t.ExpiresAt))
	return err
}

func countTokens(ctx context.Context, q db.Q, ownerID int64) (n int, err error) {
	err = db.Get(ctx, q, "SELECT COUNT(*) FROM api_token WHERE user_id = ?", []any{ownerID}, &n)
	return n, err
}

func listTokens(ctx context.Context, q db.Q, ownerID int64) ([]Token, error) {
	return db.List(ctx, q, "SELECT id, name, scopes, created_by, created_at, expires_at, used_at FROM api_token WHERE user_id = ? ORDER BY id", []any{ownerID}, func(r db.Rows) (Token, error) {
		var err error
		t := Token{ID: r.Int64(0), Name: string(r.Bytes(1)), CreatedBy: r.Int64(3), CreatedAt: clock.FromMicros(r.Int64(4)), ExpiresAt: clock.FromMicros(r.Int64(5))}
		if !r.Null(6) {
			used := r.Int64(6)
			t.UsedAt = &used
		}
		t.Scopes, err = readScopes(r.Bytes(2))
		return t, err
	})
}

func listSessions(ctx context.Context, q db.Q, userID, now int64) ([]Session, error) {
	p, err := loadPolicy(ctx, q)
	if err != nil {
		return nil, err
	}
	return db.List(ctx, q, `SELECT id, created_at, seen_at, expires_at, address, agent, token_hash, method FROM login_session
		WHERE user_id = ? AND expires_at > ? AND seen_at > ? AND created_at > ? ORDER BY seen_at DESC LIMIT 100`,
		[]any{userID, now, now - p.idle().Microseconds(), now - p.life().Microseconds()}, func(r db.Rows) (Session, error) {
			v := Session{ID: r.Int64(0), CreatedAt: clock.FromMicros(r.Int64(1)), SeenAt: clock.FromMicros(r.Int64(2)), Expiry: clock.FromMicros(r.Int64(3))}
			v.Address, v.Agent, v.hash = string(r.Bytes(4)), string(r.Bytes(5)), string(r.Bytes(6))
			v.Method = string(r.Bytes(7))
			return v, nil
		})
}
