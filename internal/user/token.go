package user

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

const (
	tokenPrefix  = "kz_"
	tokenDays    = 365 // the longest life of a token, and that of one of which nothing is said
	maxTokenName = 100
	maxTokens    = 50 // of one owner
)

// Token is an API token of a person or of a program; its secret is shown once.
type Token struct {
	ID                   int64
	Name                 string
	Scopes               []string // permissions; nil = everything its owner may do
	CreatedAt, ExpiresAt time.Time
	CreatedBy            int64
	UsedAt               *int64
}

// TokenInput makes a token.
type TokenInput struct {
	Name   string
	Scopes []string // nil = everything its owner may do
	Days   int      // 1 to 365; 0 = 365
}

// Validate reports every wrong field.
func (in TokenInput) Validate() error {
	var v errs.Validation
	v.Check(strings.TrimSpace(in.Name) != "", "name", "field.required")
	v.Check(utf8.RuneCountInString(in.Name) <= maxTokenName, "name", "field.too_long", "max", maxTokenName)
	v.Check(in.Days >= 0 && in.Days <= tokenDays, "days", "field.not_allowed", "value", in.Days)
	v.Check(in.Scopes == nil || len(in.Scopes) > 0, "scopes", "field.required")
	for _, p := range in.Scopes {
		v.Check(slices.Contains(authz.Permissions, authz.Permission(p)), "scopes", "field.not_allowed", "value", p)
	}
	return v.Err()
}

// CreateToken makes a token of the acting person, or with user.manage one of a program (ownerID), and gives its secret, which is not
// kept. Nobody gives a token more than the owner may do, and whoever acts by a token no more than that one. Errors: invalid_input,
// user.token_of_person, user.too_many_tokens.
func (s *Service) CreateToken(ctx context.Context, ownerID int64, in TokenInput) (Token, string, error) {
	actor, err := authz.Require(ctx, authz.Self)
	if err != nil {
		return Token{}, "", err
	}
	if err := in.Validate(); err != nil {
		return Token{}, "", err
	}
	if err := s.mayMake(ctx, actor, ownerID, in); err != nil {
		return Token{}, "", err
	}
	now := s.now()
	days := in.Days
	if days == 0 {
		days = tokenDays
	}
	secret, hash := newSecret(tokenPrefix)
	t := Token{ID: id.New(now), Name: strings.TrimSpace(in.Name), Scopes: in.Scopes, CreatedAt: now, ExpiresAt: now.AddDate(0, 0, days), CreatedBy: actor.UserID}
	err = s.db.InTx(ctx, func(q db.Q) error {
		n, err := countTokens(ctx, q, ownerID)
		if err != nil {
			return err
		}
		if n >= maxTokens {
			return errs.New(errs.Conflict, "user.too_many_tokens", "max", maxTokens)
		}
		if err := insertToken(ctx, q, hash, ownerID, t); err != nil {
			return err
		}
		return audit.Write(ctx, q, now, audit.Entry{Action: "token.create", Entity: "user", EntityID: id.String(ownerID), Detail: map[string]any{
			"name": t.Name, "scopes": t.Scopes, "until": t.ExpiresAt.UTC().Format(time.RFC3339),
		}})
	})
	return t, secret, err
}

// mayMake says whether a token of these scopes may be made for an owner.
func (s *Service) mayMake(ctx context.Context, actor authz.Actor, ownerID int64, in TokenInput) error {
	if ownerID != actor.UserID {
		if _, err := authz.Require(ctx, authz.UserManage); err != nil {
			return err
		}
		owner, err := getUser(ctx, s.db.Read(), "u.id = ?", ownerID)
		if err != nil {
			return err
		}
		if owner.Kind != Program {
			return errs.New(errs.Conflict, "user.token_of_person")
		}
	}
	owner, err := s.actor(ctx, ownerID)
	if err != nil {
		return err
	}
	bound := owner.Grants
	if ownerID == actor.UserID {
		bound = actor.Grants
	}
	var v errs.Validation
	for _, p := range in.Scopes {
		v.Check(bound[authz.Permission(p)] != authz.ReachNone, "scopes", "user.scope_beyond", "permission", p)
	}
	if in.Scopes == nil {
		for p := range owner.Grants {
			if bound[p] == authz.ReachNone {
				v.Check(false, "scopes", "user.scope_beyond", "permission", string(p))
				break
			}
		}
	}
	return v.Err()
}

// Tokens lists the acting person's tokens, or with user.manage somebody's.
func (s *Service) Tokens(ctx context.Context, ownerID int64) ([]Token, error) {
	if err := s.ownOrManaged(ctx, ownerID); err != nil {
		return nil, err
	}
	return listTokens(ctx, s.db.Read(), ownerID)
}

// RevokeToken ends one of the acting person's tokens, or with user.manage somebody's. Errors: not_found.
func (s *Service) RevokeToken(ctx context.Context, ownerID, tokenID int64) error {
	if err := s.ownOrManaged(ctx, ownerID); err != nil {
		return err
	}
	return s.ends(ctx, ownerID, "token.revoke", func(q db.Q) (int64, error) {
		return q.Exec(ctx, "DELETE FROM api_token WHERE id = ? AND user_id = ?", tokenID, ownerID)
	})
}
