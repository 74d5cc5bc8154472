package user

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/org"
)

// Me is the acting person with rights and settings.
type Me struct {
	ID                 string            `json:"id"`
	Login              string            `json:"login"`
	Name               string            `json:"name"`
	Email              string            `json:"email"`
	Locale             string            `json:"locale" enum:"zh,en"`
	Theme              string            `json:"theme" enum:"system,light,dark"`
	Prefs              map[string]any    `json:"prefs"`
	Roles              []string          `json:"roles" nullable:"false"`
	Permissions        map[string]string `json:"permissions" doc:"Permission to reach: own, all, or team, territory and unit joined by \"+\""`
	Unit               *org.UnitView     `json:"unit"`
	MustChangePassword bool              `json:"must_change_password"`
	FactorDue          *time.Time        `json:"factor_due" doc:"A second factor is asked for and there is none: from then on nothing else is possible"`
}

// View is a user in the API.
type View struct {
	ID                 string    `json:"id"`
	Login              string    `json:"login"`
	Name               string    `json:"name"`
	Email              string    `json:"email"`
	UnitID             string    `json:"unit_id"`
	State              string    `json:"state" enum:"active,disabled"`
	Roles              []string  `json:"roles" nullable:"false"`
	Locale             string    `json:"locale"`
	Kind               string    `json:"kind" enum:"person,service" doc:"service = a program that acts by tokens only"`
	MustChangePassword bool      `json:"must_change_password"`
	Version            int64     `json:"version"`
	CreatedAt          time.Time `json:"created_at"`
}

// Write is the body that creates or changes a user; a missing member stays as it is.
type Write struct {
	Kind               *string   `json:"kind,omitempty" enum:"person,service" doc:"Only when it is created; missing = a person"`
	Login              *string   `json:"login,omitempty" maxLength:"64"`
	Name               *string   `json:"name,omitempty" maxLength:"60"`
	Email              *string   `json:"email,omitempty" maxLength:"200"`
	Password           *string   `json:"password,omitempty" maxLength:"200"`
	UnitID             *string   `json:"unit_id,omitempty" doc:"Empty for none"`
	Roles              *[]string `json:"roles,omitempty" maxItems:"20"`
	State              *string   `json:"state,omitempty" enum:"active,disabled"`
	Locale             *string   `json:"locale,omitempty" enum:"zh,en"`
	MustChangePassword *bool     `json:"must_change_password,omitempty"`
}

type handler struct{ s *Service }

// Register adds the operations of users, sessions and one's own settings. secure marks the session cookie Secure.
func Register(api *httpapi.API, s *Service, secure bool) {
	h := handler{s}
	registerSession(api, h, secure)
	registerMe(api, h)
	registerUsers(api, h)
}

type sessionIn struct {
	Agent  string      `header:"User-Agent"`
	Device http.Cookie `cookie:"kezhi_device"`
	Body   struct {
		Login    string `json:"login" maxLength:"64"`
		Password string `json:"password" maxLength:"200"`
	}
}

type sessionOut struct {
	SetCookie []http.Cookie `header:"Set-Cookie"`
	Body      Me
}

type cookieOut struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
}

type cookieIn struct {
	Session http.Cookie `cookie:"kezhi_session"`
}

// DeviceCookie names the cookie by which a device is known again.
const DeviceCookie = "kezhi_device"

func cookie(value string, life time.Duration, secure bool) http.Cookie {
	return http.Cookie{
		Name: httpapi.SessionCookie, Value: value, Path: "/", MaxAge: int(life.Seconds()), HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode,
	}
}

func registerSession(api *httpapi.API, h handler, secure bool) {
	s := h.s
	httpapi.Register(api, httpapi.Op{ID: "sign-in", Method: http.MethodPost, Path: "/session", Summary: "Sign in", Tag: "Session", Public: true},
		func(ctx context.Context, in *sessionIn) (*sessionOut, error) {
			return h.signIn(ctx, SignIn{in.Body.Login, in.Body.Password, httpapi.Address(ctx), in.Agent, in.Device.Value}, secure)
		})
	httpapi.Register(api, httpapi.Op{ID: "sign-out", Method: http.MethodDelete, Path: "/session", Summary: "Sign out here", Tag: "Session", Public: true},
		func(ctx context.Context, in *cookieIn) (*cookieOut, error) {
			return &cookieOut{cookie("", -time.Second, secure)}, s.SignOut(ctx, in.Session.Value)
		})
	httpapi.Register(api, httpapi.Op{ID: "sign-out-everywhere", Method: http.MethodDelete, Path: "/sessions", Summary: "Sign out on every device", Tag: "Session", Permission: authz.Self},
		func(ctx context.Context, _ *struct{}) (*cookieOut, error) {
			return &cookieOut{cookie("", -time.Second, secure)}, s.SignOutEverywhere(ctx)
		})
	registerSecond(api, h, secure)
	registerPasskeySignIn(api, h, secure)
	type setupState struct {
		Needed         bool `json:"needed" doc:"No user exists yet"`
		PasswordLength int  `json:"password_length" doc:"The least number of characters of a password"`
	}
	httpapi.Register(api, httpapi.Op{ID: "get-setup", Method: http.MethodGet, Path: "/setup", Summary: "Is the first set-up still to be done?", Tag: "Session", Public: true},
		func(ctx context.Context, _ *struct{}) (*httpapi.Body[setupState], error) {
			needed, err := s.SetupNeeded(ctx)
			if err != nil {
				return nil, err
			}
			least, err := s.PasswordLength(ctx)
			return httpapi.Ok(setupState{needed, least}), err
		})
	type setupIn struct {
		Agent string `header:"User-Agent"`
		Body  struct {
			Token    string `json:"token" maxLength:"100" doc:"From the set-up link in the server's log"`
			Login    string `json:"login" maxLength:"64"`
			Name     string `json:"name" maxLength:"60"`
			Password string `json:"password" maxLength:"200"`
		}
	}
	httpapi.Register(api, httpapi.Op{ID: "set-up", Method: http.MethodPost, Path: "/setup", Summary: "Make the first administrator and sign in", Tag: "Session", Public: true},
		func(ctx context.Context, in *setupIn) (*sessionOut, error) {
			u, err := s.Setup(ctx, in.Body.Token, in.Body.Login, in.Body.Name, in.Body.Password)
			if err != nil {
				return nil, err
			}
			return h.signIn(ctx, SignIn{u.Login, in.Body.Password, httpapi.Address(ctx), in.Agent, ""}, secure)
		})
}

// signIn opens a session and gives the cookies of the session and of the device.
func (h handler) signIn(ctx context.Context, in SignIn, secure bool) (*sessionOut, error) {
	open, err := h.s.SignIn(ctx, in)
	if err != nil {
		return nil, err
	}
	return h.opened(ctx, open, secure)
}

// opened gives whoever signed in with the cookies.
func (h handler) opened(ctx context.Context, open SignedIn, secure bool) (*sessionOut, error) {
	actor, err := h.s.actor(ctx, open.User.ID)
	if err != nil {
		return nil, err
	}
	me, err := h.me(authz.With(ctx, actor))
	return &sessionOut{Cookies(open, secure), me}, err
}

// Cookies are those of an open session and of the device.
func Cookies(open SignedIn, secure bool) []http.Cookie {
	device := cookie(open.Device, deviceLife, secure)
	device.Name, device.Path, device.SameSite = DeviceCookie, "/api/v1/session", http.SameSiteStrictMode
	return []http.Cookie{cookie(open.Session, open.Life, secure), device}
}

func (h handler) me(ctx context.Context) (Me, error) {
	u, actor, err := h.s.Me(ctx)
	if err != nil {
		return Me{}, err
	}
	m := Me{
		ID: id.String(u.ID), Login: u.Login, Name: u.Name, Email: u.Email, Locale: u.Locale, Theme: u.Theme, Prefs: map[string]any{}, Roles: u.Roles,
		Permissions: map[string]string{}, MustChangePassword: u.MustChangePassword,
	}
	for p, r := range actor.Grants {
		m.Permissions[string(p)] = r.String()
	}
	if err := json.Unmarshal(u.Prefs, &m.Prefs); err != nil {
		return Me{}, err
	}
	f, err := factorsOf(ctx, h.s.db.Read(), u)
	if err != nil {
		return Me{}, err
	}
	if !f.Due.IsZero() {
		m.FactorDue = &f.Due
	}
	if u.UnitID != 0 {
		m.Unit, err = h.s.units.ViewOf(ctx, u.UnitID)
	}
	return m, err
}

func view(u User) View {
	v := View{
		ID: id.String(u.ID), Login: u.Login, Name: u.Name, Email: u.Email, Kind: string(u.Kind), State: string(u.State), Roles: u.Roles, Locale: u.Locale,
		MustChangePassword: u.MustChangePassword, Version: u.Version, CreatedAt: u.CreatedAt,
	}
	if u.UnitID != 0 {
		v.UnitID = id.String(u.UnitID)
	}
	return v
}

func registerMe(api *httpapi.API, h handler) {
	s := h.s
	op := func(id, method, path, summary string) httpapi.Op {
		return httpapi.Op{ID: id, Method: method, Path: path, Summary: summary, Tag: "Me", Permission: authz.Self}
	}
	httpapi.Register(api, op("get-me", http.MethodGet, "/me", "Who am I and what may I do"), func(ctx context.Context, _ *struct{}) (*httpapi.Body[Me], error) {
		me, err := h.me(ctx)
		return httpapi.Ok(me), err
	})
	type prefsIn struct {
		Body struct {
			Locale *string        `json:"locale,omitempty" enum:"zh,en"`
			Theme  *string        `json:"theme,omitempty" enum:"system,light,dark"`
			Prefs  map[string]any `json:"prefs,omitempty" doc:"Replaces the whole object"`
		}
	}
	httpapi.Register(api, op("change-me", http.MethodPatch, "/me", "Change my language, theme and preferences"), func(ctx context.Context, in *prefsIn) (*httpapi.Body[Me], error) {
		var prefs json.RawMessage
		if in.Body.Prefs != nil {
			var err error
			if prefs, err = json.Marshal(in.Body.Prefs); err != nil {
				return nil, err
			}
		}
		if _, err := s.Preferences(ctx, in.Body.Locale, in.Body.Theme, prefs); err != nil {
			return nil, err
		}
		me, err := h.me(ctx)
		return httpapi.Ok(me), err
	})
	type passwordIn struct {
		Session http.Cookie `cookie:"kezhi_session"` // not by embedding: the framework passes over members it cannot export
		Body    struct {
			Current string `json:"current" maxLength:"200"`
			Next    string `json:"next" maxLength:"200"`
		}
	}
	httpapi.Register(api, op("change-my-password", http.MethodPost, "/me/password", "Change my password"), func(ctx context.Context, in *passwordIn) (*httpapi.Empty, error) {
		return nil, s.ChangePassword(ctx, in.Body.Current, in.Body.Next, in.Session.Value)
	})
	registerAccess(api, s)
	registerFactors(api, s)
	registerPasskeys(api, s)
	registerPolicy(api, s)
}

func (w Write) input() (Input, error) {
	in := Input{Login: w.Login, Name: w.Name, Email: w.Email, Password: w.Password, Roles: w.Roles, Locale: w.Locale, MustChangePassword: w.MustChangePassword}
	if w.Kind != nil {
		in.Kind = new(Kind(*w.Kind))
	}
	if w.State != nil {
		st := State(*w.State)
		in.State = &st
	}
	if w.UnitID != nil {
		var unit int64
		if *w.UnitID != "" {
			var err error
			if unit, err = id.Parse(*w.UnitID); err != nil {
				return in, errs.New(errs.Invalid, "org.unknown_unit")
			}
		}
		in.UnitID = &unit
	}
	return in, nil
}

func registerUsers(api *httpapi.API, h handler) {
	s := h.s
	op := func(id, method, path, summary string, p authz.Permission) httpapi.Op {
		return httpapi.Op{ID: id, Method: method, Path: path, Summary: summary, Tag: "Users", Permission: p}
	}
	httpapi.Register(api, op("list-users", http.MethodGet, "/users", "All users", authz.UserManage), func(ctx context.Context, _ *struct{}) (*httpapi.Body[httpapi.List[View]], error) {
		list, err := s.List(ctx)
		var out []View
		for _, u := range list {
			out = append(out, view(u))
		}
		return httpapi.OkList(out, ""), err
	})
	type createIn struct{ Body Write }
	create := op("create-user", http.MethodPost, "/users", "Add a user", authz.UserManage)
	create.Status = http.StatusCreated
	httpapi.Register(api, create, func(ctx context.Context, in *createIn) (*httpapi.Tagged[View], error) {
		input, err := in.Body.input()
		if err != nil {
			return nil, err
		}
		u, err := s.Create(ctx, input)
		return &httpapi.Tagged[View]{ETag: httpapi.Tag(u.Version), Body: view(u)}, err
	})
	type idIn struct {
		ID string `path:"id"`
	}
	httpapi.Register(api, op("get-user", http.MethodGet, "/users/{id}", "One user", authz.UserManage), func(ctx context.Context, in *idIn) (*httpapi.Tagged[View], error) {
		n, err := id.Parse(in.ID)
		if err != nil {
			return nil, err
		}
		u, err := s.Get(ctx, n)
		return &httpapi.Tagged[View]{ETag: httpapi.Tag(u.Version), Body: view(u)}, err
	})
	type updateIn struct {
		ID      string `path:"id"`
		IfMatch string `header:"If-Match"`
		Body    Write
	}
	httpapi.Register(api, op("change-user", http.MethodPatch, "/users/{id}", "Change, disable or enable a user", authz.UserManage), func(ctx context.Context, in *updateIn) (*httpapi.Tagged[View], error) {
		n, err := id.Parse(in.ID)
		if err != nil {
			return nil, err
		}
		version, err := httpapi.Match(in.IfMatch)
		if err != nil {
			return nil, err
		}
		input, err := in.Body.input()
		if err != nil {
			return nil, err
		}
		u, err := s.Update(ctx, n, version, input)
		return &httpapi.Tagged[View]{ETag: httpapi.Tag(u.Version), Body: view(u)}, err
	})
	registerOrganisation(api, s, op)
}

func registerOrganisation(api *httpapi.API, s *Service, op func(id, method, path, summary string, p authz.Permission) httpapi.Op) {
	type colleagueView struct {
		ID     string `json:"id"`
		Name   string `json:"name"`
		UnitID string `json:"unit_id"`
		Active bool   `json:"active"`
	}
	httpapi.Register(api, op("list-colleagues", http.MethodGet, "/colleagues", "Names and units of everybody, for pickers", authz.Self), func(ctx context.Context, _ *struct{}) (*httpapi.Body[httpapi.List[colleagueView]], error) {
		list, err := s.Colleagues(ctx)
		var out []colleagueView
		for _, c := range list {
			v := colleagueView{ID: id.String(c.ID), Name: c.Name, Active: c.Active}
			if c.UnitID != 0 {
				v.UnitID = id.String(c.UnitID)
			}
			out = append(out, v)
		}
		return httpapi.OkList(out, ""), err
	})
}
