package user

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

// PasskeyView is the key of a device in the API.
type PasskeyView struct {
	ID        string     `json:"id"`
	Name      string     `json:"name"`
	CreatedAt time.Time  `json:"created_at"`
	UsedAt    *time.Time `json:"used_at"`
}

// ChallengeView is what the browser asks a key.
type ChallengeView struct {
	Step    string `json:"step" doc:"Goes back with the answer, within five minutes"`
	Options any    `json:"options" doc:"For navigator.credentials (WebAuthn, the JSON form)"`
}

// PasskeyMadeView is a new key, with recovery codes when it is the first second factor.
type PasskeyMadeView struct {
	Key   PasskeyView `json:"key"`
	Codes []string    `json:"codes" nullable:"false" doc:"Recovery codes, shown once; empty when there are some"`
}

type originIn struct {
	Origin string `header:"Origin" doc:"Sent by browsers; keys belong to its host"`
}

func registerPasskeySignIn(api *httpapi.API, h handler, secure bool) {
	op := func(id, path, summary string) httpapi.Op {
		return httpapi.Op{ID: id, Method: http.MethodPost, Path: path, Summary: summary, Tag: "Session", Public: true}
	}
	httpapi.Register(api, op("ask-passkey", "/session/passkey/challenge", "Ask for a passkey"), func(ctx context.Context, in *originIn) (*httpapi.Body[ChallengeView], error) {
		c, err := h.s.BeginPasskeySignIn(ctx, in.Origin, httpapi.Address(ctx))
		return httpapi.Ok(ChallengeView(c)), err
	})
	type passkeyAnswerIn struct {
		Agent  string      `header:"User-Agent"`
		Device http.Cookie `cookie:"kezhi_device"`
		Body   struct {
			Step     string         `json:"step" maxLength:"100"`
			Response map[string]any `json:"response" doc:"What the key said (WebAuthn, the JSON form)"`
		}
	}
	httpapi.Register(api, op("sign-in-passkey", "/session/passkey", "Sign in with a passkey"), func(ctx context.Context, in *passkeyAnswerIn) (*sessionOut, error) {
		said, err := json.Marshal(in.Body.Response)
		if err != nil {
			return nil, err
		}
		open, err := h.s.SignInPasskey(ctx, KeyAnswer{in.Body.Step, said, httpapi.Address(ctx), in.Agent, in.Device.Value})
		if err != nil {
			return nil, err
		}
		return h.opened(ctx, open, secure)
	})
}

func registerPasskeys(api *httpapi.API, s *Service) {
	op := func(id, method, path, summary string) httpapi.Op {
		return httpapi.Op{ID: id, Method: method, Path: "/me/passkeys" + path, Summary: summary, Tag: "Me", Permission: authz.Self}
	}
	httpapi.Register(api, op("list-my-passkeys", http.MethodGet, "", "My passkeys"), func(ctx context.Context, _ *struct{}) (*httpapi.Body[httpapi.List[PasskeyView]], error) {
		list, err := s.Passkeys(ctx)
		out := make([]PasskeyView, len(list))
		for i, k := range list {
			out[i] = k.view()
		}
		return httpapi.OkList(out, ""), err
	})
	httpapi.Register(api, op("begin-my-passkey", http.MethodPost, "/challenge", "Have the browser make a passkey"), func(ctx context.Context, in *originIn) (*httpapi.Body[ChallengeView], error) {
		c, err := s.BeginPasskey(ctx, in.Origin)
		return httpapi.Ok(ChallengeView(c)), err
	})
	type passkeyAddIn struct {
		Body struct {
			Step     string         `json:"step" maxLength:"100"`
			Name     string         `json:"name" maxLength:"60"`
			Response map[string]any `json:"response" doc:"What the key said (WebAuthn, the JSON form)"`
		}
	}
	add := op("add-my-passkey", http.MethodPost, "", "Keep the passkey that the browser made")
	add.Status = http.StatusCreated
	httpapi.Register(api, add, func(ctx context.Context, in *passkeyAddIn) (*httpapi.Body[PasskeyMadeView], error) {
		said, err := json.Marshal(in.Body.Response)
		if err != nil {
			return nil, err
		}
		k, codes, err := s.AddPasskey(ctx, in.Body.Step, in.Body.Name, said)
		if codes == nil {
			codes = []string{}
		}
		return httpapi.Ok(PasskeyMadeView{k.view(), codes}), err
	})
	type passkeyNameIn struct {
		ID   string `path:"id"`
		Body struct {
			Name string `json:"name" maxLength:"60"`
		}
	}
	httpapi.Register(api, op("rename-my-passkey", http.MethodPatch, "/{id}", "Name a passkey"), func(ctx context.Context, in *passkeyNameIn) (*httpapi.Empty, error) {
		n, err := id.Parse(in.ID)
		if err != nil {
			return nil, err
		}
		return nil, s.RenamePasskey(ctx, n, in.Body.Name)
	})
	httpapi.Register(api, op("drop-my-passkey", http.MethodDelete, "/{id}", "Remove a passkey"), func(ctx context.Context, in *ofOne) (*httpapi.Empty, error) {
		n, err := id.Parse(in.ID)
		if err != nil {
			return nil, err
		}
		return nil, s.DropPasskey(ctx, n)
	})
	type passkeyProofIn struct {
		Body struct {
			Step     string         `json:"step" maxLength:"100" doc:"From POST /session/passkey/challenge"`
			Response map[string]any `json:"response"`
		}
	}
	prove := op("prove-me-by-passkey", http.MethodPost, "/proof", "Prove once more who I am, with a passkey")
	httpapi.Register(api, prove, func(ctx context.Context, in *passkeyProofIn) (*httpapi.Empty, error) {
		said, err := json.Marshal(in.Body.Response)
		if err != nil {
			return nil, err
		}
		return nil, s.ProveByPasskey(ctx, in.Body.Step, said)
	})
}

func (k Passkey) view() PasskeyView {
	v := PasskeyView{ID: id.String(k.ID), Name: k.Name, CreatedAt: k.Created}
	if !k.Used.IsZero() {
		v.UsedAt = &k.Used
	}
	return v
}
