package signon

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"kezhi/internal/clock"
	"kezhi/internal/db"
)

const columns = `id, name, issuer, client_id, client_secret, address, scopes, match_by, login_claim, may_create, role_claim, roles, unit_claim, trusted, active, version`

func scan(r db.Rows) (Provider, error) {
	p := Provider{
		ID: r.Int64(0), Name: string(r.Bytes(1)), Issuer: string(r.Bytes(2)), ClientID: string(r.Bytes(3)), sealed: string(r.Bytes(4)), Address: string(r.Bytes(5)),
		Scopes: strings.Fields(string(r.Bytes(6))), MatchBy: string(r.Bytes(7)), LoginClaim: string(r.Bytes(8)), MayCreate: r.Int64(9) == 1, RoleClaim: string(r.Bytes(10)),
		UnitClaim: string(r.Bytes(12)), Trusted: r.Int64(13) == 1, Active: r.Int64(14) == 1, Version: r.Int64(15),
	}
	p.HasSecret = p.sealed != ""
	return p, json.Unmarshal(r.Bytes(11), &p.Roles)
}

func list(ctx context.Context, q db.Q) ([]Provider, error) {
	return db.List(ctx, q, "SELECT "+columns+" FROM signon_provider ORDER BY name, id LIMIT 100", nil, scan)
}

func get(ctx context.Context, q db.Q, providerID int64) (Provider, error) {
	return db.One(ctx, q, "SELECT "+columns+" FROM signon_provider WHERE id = ?", []any{providerID}, scan)
}

func values(p Provider) ([]any, error) {
	roles, err := json.Marshal(p.Roles)
	return []any{
		p.Name, p.Issuer, p.ClientID, p.sealed, p.Address, strings.Join(p.Scopes, " "), p.MatchBy, p.LoginClaim, number(p.MayCreate), p.RoleClaim, string(roles), p.UnitClaim,
		number(p.Trusted), number(p.Active),
	}, err
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}

func insert(ctx context.Context, q db.Q, p Provider, now time.Time) error {
	args, err := values(p)
	if err != nil {
		return err
	}
	args = append(append([]any{p.ID}, args...), p.Version, clock.Micros(now), clock.Micros(now))
	_, err = q.Exec(ctx, "INSERT INTO signon_provider ("+columns+", created_at, updated_at) VALUES ("+strings.Repeat("?,", len(args)-1)+"?)", args...)
	return err
}

// update writes a provider whose version is still the given one; false means that somebody else was first.
func update(ctx context.Context, q db.Q, p Provider, now time.Time) (bool, error) {
	args, err := values(p)
	if err != nil {
		return false, err
	}
	n, err := q.Exec(ctx, `UPDATE signon_provider SET name = ?, issuer = ?, client_id = ?, client_secret = ?, address = ?, scopes = ?, match_by = ?, login_claim = ?, may_create = ?,
		role_claim = ?, roles = ?, unit_claim = ?, trusted = ?, active = ?, version = version + 1, updated_at = ? WHERE id = ? AND version = ?`,
		append(args, clock.Micros(now), p.ID, p.Version)...)
	return n == 1, err
}

func linked(ctx context.Context, q db.Q, providerID int64, subject string) (userID int64, err error) {
	err = db.Get(ctx, q, "SELECT user_id FROM signon_link WHERE provider_id = ? AND subject = ?", []any{providerID, subject}, &userID)
	if db.IsNoRows(err) {
		err = nil
	}
	return userID, err
}

func putLink(ctx context.Context, q db.Q, providerID int64, subject string, userID int64, now time.Time) error {
	_, err := q.Exec(ctx, `INSERT INTO signon_link (provider_id, subject, user_id, created_at, used_at) VALUES (?,?,?,?,?)
		ON CONFLICT (provider_id, subject) DO UPDATE SET used_at = excluded.used_at`, providerID, subject, userID, clock.Micros(now), clock.Micros(now))
	return err
}
