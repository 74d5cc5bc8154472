package user

import (
	"context"
	"net/http"
	"strings"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/paper"
)

// FactorsView is how somebody proves who he is beside the password.
type FactorsView struct {
	App      *time.Time `json:"app" doc:"Since when codes of an app are asked for"`
	Passkeys int        `json:"passkeys"`
	Recovery int        `json:"recovery" doc:"Recovery codes that are left"`
	Asked    bool       `json:"asked" doc:"The policy asks for a second factor"`
	Due      *time.Time `json:"due" doc:"From then on nothing else is possible without one"`
}

// NewAppView is a secret for an app, shown once.
type NewAppView struct {
	Secret  string `json:"secret" doc:"To be typed in by hand"`
	Address string `json:"address" doc:"otpauth://, what the QR code says"`
	Size    int    `json:"size" doc:"Modules of the QR code"`
	Path    string `json:"path" doc:"SVG path of its dark modules"`
}

// RecoveryView are new recovery codes, shown once.
type RecoveryView struct {
	Codes []string `json:"codes" nullable:"false"`
}

type secondIn struct {
	Agent  string      `header:"User-Agent"`
	Device http.Cookie `cookie:"kezhi_device"`
	Body   struct {
		Step string `json:"step" maxLength:"100" doc:"From the answer user.second_factor of the sign-in"`
		Code string `json:"code" maxLength:"40" doc:"Six figures of the app, or a recovery code"`
	}
}

func registerSecond(api *httpapi.API, h handler, secure bool) {
	httpapi.Register(api, httpapi.Op{ID: "sign-in-second", Method: http.MethodPost, Path: "/session/second", Summary: "Answer with the second factor and be signed in", Tag: "Session", Public: true},
		func(ctx context.Context, in *secondIn) (*sessionOut, error) {
			open, err := h.s.SignInSecond(ctx, Second{in.Body.Step, in.Body.Code, httpapi.Address(ctx), in.Agent, in.Device.Value})
			if err != nil {
				return nil, err
			}
			return h.opened(ctx, open, secure)
		})
}

func registerFactors(api *httpapi.API, s *Service) {
	op := func(id, method, path, summary string) httpapi.Op {
		return httpapi.Op{ID: id, Method: method, Path: path, Summary: summary, Tag: "Me", Permission: authz.Self}
	}
	type proofIn struct {
		Body struct {
			Password string `json:"password,omitempty" maxLength:"200"`
			Code     string `json:"code,omitempty" maxLength:"40" doc:"Where there is a second factor"`
		}
	}
	type codeIn struct {
		Body struct {
			Code string `json:"code" maxLength:"40"`
		}
	}
	httpapi.Register(api, op("prove-me", http.MethodPost, "/me/proof", "Prove once more who I am, before something that matters"), func(ctx context.Context, in *proofIn) (*httpapi.Empty, error) {
		return nil, s.Prove(ctx, in.Body.Password, in.Body.Code)
	})
	httpapi.Register(api, op("get-my-factors", http.MethodGet, "/me/factors", "My second factors"), func(ctx context.Context, _ *struct{}) (*httpapi.Body[FactorsView], error) {
		f, err := s.MyFactors(ctx)
		return httpapi.Ok(f.view()), err
	})
	httpapi.Register(api, op("begin-my-app", http.MethodPost, "/me/factors/app", "A secret for an app that gives codes"), func(ctx context.Context, _ *struct{}) (*httpapi.Body[NewAppView], error) {
		made, err := s.BeginApp(ctx)
		if err != nil {
			return nil, err
		}
		v := NewAppView{Secret: made.Secret, Address: made.Address}
		v.Size, v.Path, err = paper.Path(made.Address)
		return httpapi.Ok(v), err
	})
	httpapi.Register(api, op("confirm-my-app", http.MethodPut, "/me/factors/app", "Have the app count, by a code of it"), func(ctx context.Context, in *codeIn) (*httpapi.Body[RecoveryView], error) {
		codes, err := s.ConfirmApp(ctx, in.Body.Code)
		return httpapi.Ok(RecoveryView{codes}), err
	})
	httpapi.Register(api, op("drop-my-app", http.MethodDelete, "/me/factors/app", "Ask for no codes of the app any more"), func(ctx context.Context, _ *struct{}) (*httpapi.Empty, error) {
		return nil, s.DropApp(ctx)
	})
	httpapi.Register(api, op("renew-my-recovery", http.MethodPost, "/me/factors/recovery", "New recovery codes in place of those before"), func(ctx context.Context, _ *struct{}) (*httpapi.Body[RecoveryView], error) {
		codes, err := s.NewRecoveryCodes(ctx)
		return httpapi.Ok(RecoveryView{codes}), err
	})
	of := func(id, method, summary string) httpapi.Op {
		return httpapi.Op{ID: id, Method: method, Path: "/users/{id}/factors", Summary: summary, Tag: "Users", Permission: authz.UserManage}
	}
	httpapi.Register(api, of("get-user-factors", http.MethodGet, "Somebody's second factors"), func(ctx context.Context, in *ofOne) (*httpapi.Body[FactorsView], error) {
		n, err := id.Parse(in.ID)
		if err != nil {
			return nil, err
		}
		f, err := s.FactorsOf(ctx, n)
		return httpapi.Ok(f.view()), err
	})
	httpapi.Register(api, of("reset-user-factors", http.MethodDelete, "Take somebody's second factors away, who lost them"), func(ctx context.Context, in *ofOne) (*httpapi.Empty, error) {
		n, err := id.Parse(in.ID)
		if err != nil {
			return nil, err
		}
		return nil, s.ResetFactors(ctx, n)
	})
}

func (f Factors) view() FactorsView {
	at := func(t time.Time) *time.Time {
		if t.IsZero() {
			return nil
		}
		return &t
	}
	return FactorsView{App: at(f.App), Passkeys: f.Passkeys, Recovery: f.Recovery, Asked: f.Asked, Due: at(f.Due)}
}

// PolicyView is what is asked of those who sign in.
type PolicyView struct {
	PasswordLength int      `json:"password_length" minimum:"8" maximum:"64" doc:"The least number of characters"`
	IdleMinutes    int      `json:"idle_minutes" minimum:"5" maximum:"10080" doc:"A session that is not used for so long ends"`
	LifeHours      int      `json:"life_hours" minimum:"1" maximum:"2160" doc:"And so does one that is so old"`
	FactorRoles    []string `json:"factor_roles" nullable:"false" maxItems:"50" doc:"Whose role needs a second factor; everybody = all"`
	GraceDays      int      `json:"grace_days" minimum:"0" maximum:"90" doc:"How long they may go on without one"`
	PasswordOff    bool     `json:"password_off" doc:"Nobody signs in by password but keep_login"`
	KeepLogin      string   `json:"keep_login" maxLength:"64" doc:"Login of an administrator: the way in when a provider is down"`
}

func policyView(p Policy) *httpapi.Tagged[PolicyView] {
	return &httpapi.Tagged[PolicyView]{ETag: httpapi.Tag(p.Version), Body: PolicyView{p.PasswordLength, p.IdleMinutes, p.LifeHours, p.FactorRoles, p.GraceDays, p.PasswordOff, p.KeepLogin}}
}

func registerPolicy(api *httpapi.API, s *Service) {
	op := func(id, method, summary string) httpapi.Op {
		return httpapi.Op{ID: id, Method: method, Path: "/settings/sign-in", Summary: summary, Tag: "Users", Permission: authz.UserManage}
	}
	httpapi.Register(api, op("get-sign-in-policy", http.MethodGet, "What is asked of those who sign in"), func(ctx context.Context, _ *struct{}) (*httpapi.Tagged[PolicyView], error) {
		p, err := s.Policy(ctx)
		return policyView(p), err
	})
	type setIn struct {
		IfMatch string `header:"If-Match"`
		Body    PolicyView
	}
	httpapi.Register(api, op("set-sign-in-policy", http.MethodPut, "Change what is asked of those who sign in"), func(ctx context.Context, in *setIn) (*httpapi.Tagged[PolicyView], error) {
		version, err := httpapi.Match(in.IfMatch)
		if err != nil {
			return nil, err
		}
		b := in.Body
		p, err := s.SetPolicy(ctx, Policy{
			Version: version, PasswordLength: b.PasswordLength, IdleMinutes: b.IdleMinutes, LifeHours: b.LifeHours, FactorRoles: b.FactorRoles, GraceDays: b.GraceDays,
			PasswordOff: b.PasswordOff, KeepLogin: strings.ToLower(strings.TrimSpace(b.KeepLogin)),
		})
		return policyView(p), err
	})
}
