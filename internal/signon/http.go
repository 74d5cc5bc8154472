package signon

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/user"
)

// OfferView is a provider on the sign-in page.
type OfferView struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// View is a provider in the API; its secret is never shown.
type View struct {
	ID         string            `json:"id"`
	Name       string            `json:"name"`
	Issuer     string            `json:"issuer"`
	ClientID   string            `json:"client_id"`
	HasSecret  bool              `json:"has_secret"`
	Callback   string            `json:"callback" doc:"To be entered at the provider"`
	Address    string            `json:"address"`
	Scopes     []string          `json:"scopes" nullable:"false"`
	MatchBy    string            `json:"match_by" enum:"none,email,login"`
	LoginClaim string            `json:"login_claim"`
	MayCreate  bool              `json:"may_create"`
	RoleClaim  string            `json:"role_claim"`
	Roles      map[string]string `json:"roles"`
	UnitClaim  string            `json:"unit_claim"`
	Trusted    bool              `json:"trusted"`
	Active     bool              `json:"active"`
	Version    int64             `json:"version"`
}

// Write is the body that adds or changes a provider.
type Write struct {
	Name       string            `json:"name" maxLength:"60"`
	Issuer     string            `json:"issuer" maxLength:"300" doc:"https address; what the provider says of itself is below /.well-known/openid-configuration"`
	ClientID   string            `json:"client_id" maxLength:"200"`
	Secret     *string           `json:"secret,omitempty" maxLength:"500" doc:"Missing = as it was; empty = none"`
	Address    string            `json:"address" maxLength:"300" doc:"Under which browsers see this program, without a slash at the end"`
	Scopes     []string          `json:"scopes" maxItems:"20" doc:"Beside openid"`
	MatchBy    string            `json:"match_by" enum:"none,email,login" doc:"How somebody who comes for the first time is found"`
	LoginClaim string            `json:"login_claim" maxLength:"100"`
	MayCreate  bool              `json:"may_create" doc:"Adds whoever is not found; needs role_claim"`
	RoleClaim  string            `json:"role_claim" maxLength:"100" doc:"Empty = roles are given here"`
	Roles      map[string]string `json:"roles,omitempty" doc:"Value of the claim to role"`
	UnitClaim  string            `json:"unit_claim" maxLength:"100" doc:"Holds the code of a unit; empty = units are given here"`
	Trusted    bool              `json:"trusted" doc:"The provider asks for a second factor itself"`
	Active     bool              `json:"active"`
}

type goOn struct {
	Status    int
	Location  string        `header:"Location"`
	SetCookie []http.Cookie `header:"Set-Cookie"`
}

const (
	cookieName = "kezhi_provider"
	cookiePath = "/api/v1/session/provider"
	cookieLife = 15 * time.Minute
)

// Register adds the operations. secure marks cookies Secure.
func Register(api *httpapi.API, s *Service, secure bool) {
	registerSignIn(api, s, secure)
	registerSettings(api, s)
}

func registerSignIn(api *httpapi.API, s *Service, secure bool) {
	op := func(id, path, summary string) httpapi.Op {
		return httpapi.Op{ID: id, Method: http.MethodGet, Path: path, Summary: summary, Tag: "Session", Public: true}
	}
	tie := func(value string, life time.Duration) http.Cookie {
		// Lax, because the browser comes back from another site.
		return http.Cookie{Name: cookieName, Value: value, Path: cookiePath, MaxAge: int(life.Seconds()), HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode}
	}
	httpapi.Register(api, op("list-offered-providers", "/session/providers", "Where else one may sign in"), func(ctx context.Context, _ *struct{}) (*httpapi.Body[httpapi.List[OfferView]], error) {
		all, err := s.Offered(ctx)
		out := make([]OfferView, len(all))
		for i := range all {
			out[i] = OfferView{id.String(all[i].ID), all[i].Name}
		}
		return httpapi.OkList(out, ""), err
	})
	type beginIn struct {
		ID   string `path:"id"`
		Next string `query:"next" maxLength:"500"`
	}
	begin := op("begin-provider-sign-in", "/session/provider/{id}", "Go on to a provider")
	begin.Status = http.StatusSeeOther
	httpapi.Register(api, begin, func(ctx context.Context, in *beginIn) (*goOn, error) {
		n, err := id.Parse(in.ID)
		if err != nil {
			return nil, err
		}
		b, err := s.Begin(ctx, n, After(in.Next))
		if err != nil {
			return nil, err
		}
		return &goOn{http.StatusSeeOther, b.Address, []http.Cookie{tie(b.Cookie, cookieLife)}}, nil
	})
	type backIn struct {
		State  string      `query:"state" maxLength:"100"`
		Code   string      `query:"code" maxLength:"4000"`
		Error  string      `query:"error" maxLength:"200"`
		Agent  string      `header:"User-Agent"`
		Cookie http.Cookie `cookie:"kezhi_provider"`
	}
	back := op("finish-provider-sign-in", "/session/provider/callback", "Come back from a provider")
	back.Status = http.StatusSeeOther
	httpapi.Register(api, back, func(ctx context.Context, in *backIn) (*goOn, error) {
		open, next, err := s.Finish(ctx, Back{
			State: in.State, Code: in.Code, Failure: in.Error, Cookie: in.Cookie.Value, From: user.Where{Address: httpapi.Address(ctx), Agent: in.Agent},
		})
		out := &goOn{http.StatusSeeOther, After(next), []http.Cookie{tie("", -time.Second)}}
		if err != nil {
			if errs.KindOf(err) == errs.Internal {
				return nil, err
			}
			out.Location = failed(err, next)
			return out, nil
		}
		out.SetCookie = append(out.SetCookie, user.Cookies(open, secure)...)
		return out, nil
	})
}

// failed leads to the sign-in page, which says why or asks for the second factor. The secret of the step stands behind the #, which no server
// and no log sees.
func failed(err error, next string) string {
	q := url.Values{}
	if next != "" && next != "/" {
		q.Set("next", next)
	}
	e, _ := errs.As(err)
	fragment := url.Values{"failed": {e.Code}}
	for _, name := range []string{"name", "step"} {
		if v, ok := e.Args[name].(string); ok {
			fragment.Set(name, v)
		}
	}
	if ways, ok := e.Args["ways"].([]user.Way); ok {
		for _, w := range ways {
			fragment.Add("ways", string(w))
		}
	}
	at := "/sign-in"
	if len(q) > 0 {
		at += "?" + q.Encode()
	}
	return at + "#" + fragment.Encode()
}

func registerSettings(api *httpapi.API, s *Service) {
	op := func(id, method, path, summary string) httpapi.Op {
		return httpapi.Op{ID: id, Method: method, Path: "/settings/providers" + path, Summary: summary, Tag: "Users", Permission: authz.UserManage}
	}
	httpapi.Register(api, op("list-providers", http.MethodGet, "", "Providers by which people sign in"), func(ctx context.Context, _ *struct{}) (*httpapi.Body[httpapi.List[View]], error) {
		all, err := s.List(ctx)
		out := make([]View, len(all))
		for i := range all {
			out[i] = view(all[i])
		}
		return httpapi.OkList(out, ""), err
	})
	type addIn struct{ Body Write }
	add := op("add-provider", http.MethodPost, "", "Add a provider")
	add.Status = http.StatusCreated
	httpapi.Register(api, add, func(ctx context.Context, in *addIn) (*httpapi.Body[View], error) {
		p, err := s.Save(ctx, in.Body.input(0, 0))
		return httpapi.Ok(view(p)), err
	})
	type changeIn struct {
		ID      string `path:"id"`
		IfMatch string `header:"If-Match"`
		Body    Write
	}
	httpapi.Register(api, op("change-provider", http.MethodPut, "/{id}", "Change a provider"), func(ctx context.Context, in *changeIn) (*httpapi.Tagged[View], error) {
		n, err := id.Parse(in.ID)
		if err != nil {
			return nil, err
		}
		version, err := httpapi.Match(in.IfMatch)
		if err != nil {
			return nil, err
		}
		p, err := s.Save(ctx, in.Body.input(n, version))
		return &httpapi.Tagged[View]{ETag: httpapi.Tag(p.Version), Body: view(p)}, err
	})
}

func (w Write) input(providerID, version int64) Input {
	return Input{Provider{
		ID: providerID, Name: w.Name, Issuer: w.Issuer, ClientID: w.ClientID, Address: w.Address, Scopes: w.Scopes, MatchBy: w.MatchBy, LoginClaim: w.LoginClaim,
		MayCreate: w.MayCreate, RoleClaim: w.RoleClaim, Roles: w.Roles, UnitClaim: w.UnitClaim, Trusted: w.Trusted, Active: w.Active, Version: version,
	}, w.Secret}
}

func view(p Provider) View {
	v := View{
		ID: id.String(p.ID), Name: p.Name, Issuer: p.Issuer, ClientID: p.ClientID, HasSecret: p.HasSecret, Callback: p.Address + callback, Address: p.Address, Scopes: p.Scopes,
		MatchBy: p.MatchBy, LoginClaim: p.LoginClaim, MayCreate: p.MayCreate, RoleClaim: p.RoleClaim, Roles: p.Roles, UnitClaim: p.UnitClaim, Trusted: p.Trusted, Active: p.Active,
		Version: p.Version,
	}
	if v.Scopes == nil {
		v.Scopes = []string{}
	}
	return v
}
