package user

import (
	"context"
	"net/http"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

// SessionView is a signed-in device in the API.
type SessionView struct {
	ID        string    `json:"id"`
	CreatedAt time.Time `json:"created_at"`
	SeenAt    time.Time `json:"seen_at"`
	Address   string    `json:"address"`
	Agent     string    `json:"agent"`
	Method    string    `json:"method" doc:"How it was opened: password, password+totp, password+recovery"`
	Current   bool      `json:"current" doc:"The session that asks"`
}

// TokenView is a token in the API; Secret is filled only in the answer that creates it.
type TokenView struct {
	ID        string     `json:"id"`
	Name      string     `json:"name"`
	Scopes    []string   `json:"scopes" nullable:"false" doc:"Permissions; empty = everything its owner may do"`
	CreatedAt time.Time  `json:"created_at"`
	ExpiresAt time.Time  `json:"expires_at"`
	UsedAt    *time.Time `json:"used_at"`
	Secret    string     `json:"secret,omitempty" doc:"Shown once"`
}

// TokenBody makes a token.
type TokenBody struct {
	Name   string   `json:"name" maxLength:"100"`
	Scopes []string `json:"scopes,omitempty" maxItems:"100" doc:"Permissions; missing or empty = everything its owner may do"`
	Days   int      `json:"days,omitempty" minimum:"0" maximum:"365" doc:"How long it works; 0 = 365"`
}

type (
	ofMe struct {
		Session http.Cookie `cookie:"kezhi_session"`
	}
	ofOne struct {
		ID string `path:"id"`
	}
	ofOneItem struct {
		ID   string `path:"id"`
		Item string `path:"item"`
	}
	tokenIn    struct{ Body TokenBody }
	tokenForIn struct {
		ID   string `path:"id"`
		Body TokenBody
	}
)

// registerAccess adds the operations on what somebody gets in by: sessions and tokens, one's own and, for administrators, everybody's.
func registerAccess(api *httpapi.API, s *Service) {
	op := func(id, method, path, summary string, p authz.Permission) httpapi.Op {
		tag := "Me"
		if p == authz.UserManage {
			tag = "Users"
		}
		return httpapi.Op{ID: id, Method: method, Path: path, Summary: summary, Tag: tag, Permission: p}
	}
	httpapi.Register(api, op("list-my-sessions", http.MethodGet, "/me/sessions", "Where I am signed in", authz.Self), func(ctx context.Context, in *ofMe) (*httpapi.Body[httpapi.List[SessionView]], error) {
		list, err := s.Sessions(ctx)
		return sessionViews(list, in.Session.Value), err
	})
	httpapi.Register(api, op("end-my-session", http.MethodDelete, "/me/sessions/{id}", "Sign out on one of my devices", authz.Self), func(ctx context.Context, in *ofOne) (*httpapi.Empty, error) {
		return own(ctx, in.ID, s.EndSession)
	})
	httpapi.Register(api, op("list-user-sessions", http.MethodGet, "/users/{id}/sessions", "Where somebody is signed in", authz.UserManage), func(ctx context.Context, in *ofOne) (*httpapi.Body[httpapi.List[SessionView]], error) {
		n, err := id.Parse(in.ID)
		if err != nil {
			return nil, err
		}
		list, err := s.SessionsOf(ctx, n)
		return sessionViews(list, ""), err
	})
	httpapi.Register(api, op("end-user-session", http.MethodDelete, "/users/{id}/sessions/{item}", "Sign somebody out on a device", authz.UserManage), func(ctx context.Context, in *ofOneItem) (*httpapi.Empty, error) {
		return others(ctx, in, s.EndSession)
	})
	httpapi.Register(api, op("end-user-sessions", http.MethodDelete, "/users/{id}/sessions", "Sign somebody out everywhere", authz.UserManage), func(ctx context.Context, in *ofOne) (*httpapi.Empty, error) {
		n, err := id.Parse(in.ID)
		if err != nil {
			return nil, err
		}
		return nil, s.EndSessionsOf(ctx, n)
	})
	httpapi.Register(api, op("list-my-tokens", http.MethodGet, "/me/tokens", "My API tokens", authz.Self), func(ctx context.Context, _ *struct{}) (*httpapi.Body[httpapi.List[TokenView]], error) {
		return s.tokenViews(ctx, 0)
	})
	create := op("create-my-token", http.MethodPost, "/me/tokens", "Make an API token", authz.Self)
	create.Status = http.StatusCreated
	httpapi.Register(api, create, func(ctx context.Context, in *tokenIn) (*httpapi.Body[TokenView], error) {
		return s.makeToken(ctx, 0, in.Body)
	})
	httpapi.Register(api, op("revoke-my-token", http.MethodDelete, "/me/tokens/{id}", "Revoke an API token", authz.Self), func(ctx context.Context, in *ofOne) (*httpapi.Empty, error) {
		return own(ctx, in.ID, s.RevokeToken)
	})
	httpapi.Register(api, op("list-user-tokens", http.MethodGet, "/users/{id}/tokens", "Somebody's API tokens", authz.UserManage), func(ctx context.Context, in *ofOne) (*httpapi.Body[httpapi.List[TokenView]], error) {
		n, err := id.Parse(in.ID)
		if err != nil {
			return nil, err
		}
		return s.tokenViews(ctx, n)
	})
	createFor := op("create-user-token", http.MethodPost, "/users/{id}/tokens", "Make a token for a program", authz.UserManage)
	createFor.Status = http.StatusCreated
	httpapi.Register(api, createFor, func(ctx context.Context, in *tokenForIn) (*httpapi.Body[TokenView], error) {
		n, err := id.Parse(in.ID)
		if err != nil {
			return nil, err
		}
		return s.makeToken(ctx, n, in.Body)
	})
	httpapi.Register(api, op("revoke-user-token", http.MethodDelete, "/users/{id}/tokens/{item}", "Revoke somebody's API token", authz.UserManage), func(ctx context.Context, in *ofOneItem) (*httpapi.Empty, error) {
		return others(ctx, in, s.RevokeToken)
	})
}

// own does something with one of the acting person's sessions or tokens.
func own(ctx context.Context, item string, do func(ctx context.Context, userID, itemID int64) error) (*httpapi.Empty, error) {
	actor, err := authz.Require(ctx, authz.Self)
	if err != nil {
		return nil, err
	}
	n, err := id.Parse(item)
	if err != nil {
		return nil, err
	}
	return nil, do(ctx, actor.UserID, n)
}

func others(ctx context.Context, in *ofOneItem, do func(ctx context.Context, userID, itemID int64) error) (*httpapi.Empty, error) {
	user, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	n, err := id.Parse(in.Item)
	if err != nil {
		return nil, err
	}
	return nil, do(ctx, user, n)
}

func sessionViews(list []Session, secret string) *httpapi.Body[httpapi.List[SessionView]] {
	out := make([]SessionView, len(list))
	for i, v := range list {
		out[i] = SessionView{id.String(v.ID), v.CreatedAt, v.SeenAt, v.Address, v.Agent, v.Method, v.IsOf(secret)}
	}
	return httpapi.OkList(out, "")
}

// tokenViews shows the tokens of an owner; 0 = the acting person.
func (s *Service) tokenViews(ctx context.Context, ownerID int64) (*httpapi.Body[httpapi.List[TokenView]], error) {
	owner, err := orMe(ctx, ownerID)
	if err != nil {
		return nil, err
	}
	list, err := s.Tokens(ctx, owner)
	out := make([]TokenView, len(list))
	for i, t := range list {
		out[i] = tokenView(t)
	}
	return httpapi.OkList(out, ""), err
}

func (s *Service) makeToken(ctx context.Context, ownerID int64, b TokenBody) (*httpapi.Body[TokenView], error) {
	owner, err := orMe(ctx, ownerID)
	if err != nil {
		return nil, err
	}
	in := TokenInput{Name: b.Name, Days: b.Days}
	if len(b.Scopes) > 0 {
		in.Scopes = b.Scopes
	}
	t, secret, err := s.CreateToken(ctx, owner, in)
	v := tokenView(t)
	v.Secret = secret
	return httpapi.Ok(v), err
}

func orMe(ctx context.Context, userID int64) (int64, error) {
	if userID != 0 {
		return userID, nil
	}
	actor, err := authz.Require(ctx, authz.Self)
	if err == nil && actor.UserID == 0 {
		err = errs.New(errs.Unauthenticated, "auth.signed_out")
	}
	return actor.UserID, err
}

func tokenView(t Token) TokenView {
	v := TokenView{ID: id.String(t.ID), Name: t.Name, Scopes: t.Scopes, CreatedAt: t.CreatedAt, ExpiresAt: t.ExpiresAt}
	if v.Scopes == nil {
		v.Scopes = []string{}
	}
	if t.UsedAt != nil {
		at := clock.FromMicros(*t.UsedAt)
		v.UsedAt = &at
	}
	return v
}
