package httpapi_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
)

var dist = fstest.MapFS{
	"index.html":             {Data: []byte(`<!doctype html><style nonce="__CSP_NONCE__"></style><meta name="csp" content="__CSP_NONCE__">`)},
	"assets/app-1a2b.js":     {Data: []byte("plain js")},
	"assets/app-1a2b.js.br":  {Data: []byte("br js")},
	"assets/app-1a2b.js.gz":  {Data: []byte("gz js")},
	"assets/only-3c4d.css":   {Data: []byte("plain css")},
	"assets/.secret.js":      {Data: []byte("secret")},
	".gitkeep":               {Data: []byte("kept")},
	"manifest.webmanifest":   {Data: []byte("{}")},
	"sw.js":                  {Data: []byte("worker")},
	"assets/deep/.git/x.txt": {Data: []byte("secret")},
}

type row struct {
	Name string `json:"name" minLength:"2"`
	Size int    `json:"size" minimum:"1"`
}

type pageIn struct{ httpapi.Page }

type changeIn struct {
	Match string `header:"If-Match"`
	Body  row
}

type failIn struct {
	Kind string `path:"kind"`
}

// secret is what must never reach a client.
const secret = "password=hunter2"

var kinds = map[string]error{
	"internal":        errs.Wrap(errors.New(secret), errs.Internal, "internal"),
	"plain":           errors.New(secret),
	"invalid":         &errs.Error{Kind: errs.Invalid, Code: "invalid_input", Fields: []errs.Field{{Path: "name", Code: "field.too_long", Args: map[string]any{"max": 5}}}},
	"unauthenticated": errs.New(errs.Unauthenticated, "auth.signed_out"),
	"forbidden":       errs.New(errs.Forbidden, "auth.forbidden", "permission", "x"),
	"notfound":        errs.New(errs.NotFound, "not_found"),
	"conflict":        errs.Wrap(errors.New(secret), errs.Conflict, "customer.code_taken", "code", "C1"),
	"precondition":    errs.New(errs.Precondition, "precondition_failed"),
	"toolarge":        errs.New(errs.TooLarge, "file.too_large", "limit_mb", 5),
	"ratelimited":     errs.New(errs.RateLimited, "user.too_many_attempts", "minutes", 3),
	"unavailable":     errs.Wrap(errors.New(secret), errs.Unavailable, "db.locked"),
}

type server struct {
	t       *testing.T
	handler http.Handler
	log     *bytes.Buffer
	api     *httpapi.API
}

// newServer has a few operations of its own. The actor is named by the header X-Test-User.
func newServer(t *testing.T, trustProxy bool) *server {
	t.Helper()
	log := &bytes.Buffer{}
	logger := slog.New(slog.NewTextHandler(log, nil))
	api := httpapi.New("test", logger)
	op := func(id, method, path string) httpapi.Op {
		return httpapi.Op{ID: id, Method: method, Path: path, Summary: "Summary of " + id, Tag: "Test", Permission: authz.CustomerRead}
	}
	httpapi.Register(api, op("list-rows", http.MethodGet, "/rows"), func(_ context.Context, in *pageIn) (*httpapi.Body[httpapi.List[row]], error) {
		return httpapi.OkList([]row{{"limit", in.Limit}}, in.Cursor), nil
	})
	httpapi.Register(api, op("empty-rows", http.MethodGet, "/empty"), func(context.Context, *struct{}) (*httpapi.Body[httpapi.List[row]], error) {
		return httpapi.OkList[row](nil, ""), nil
	})
	httpapi.Register(api, op("change-row", http.MethodPut, "/rows/one"), func(_ context.Context, in *changeIn) (*httpapi.Tagged[row], error) {
		v, err := httpapi.Match(in.Match)
		if err != nil {
			return nil, err
		}
		if v != 7 {
			return nil, errs.New(errs.Precondition, "precondition_failed")
		}
		return &httpapi.Tagged[row]{ETag: httpapi.Tag(v + 1), Body: in.Body}, nil
	})
	httpapi.Register(api, op("fail", http.MethodGet, "/fail/{kind}"), func(_ context.Context, in *failIn) (*httpapi.Empty, error) {
		if in.Kind == "panic" {
			panic(secret)
		}
		return nil, kinds[in.Kind]
	})
	public := op("public", http.MethodGet, "/public")
	public.Public, public.Permission = true, ""
	httpapi.Register(api, public, func(ctx context.Context, _ *struct{}) (*httpapi.Body[string], error) {
		return httpapi.Ok(httpapi.Address(ctx)), nil
	})
	api.Handle("GET /half", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte("half an ans"))
		panic(secret)
	}))
	h, err := httpapi.Server{
		API: api, Web: httpapi.Web(dist), Log: logger, Now: clock.Fixed(time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)), TrustProxy: trustProxy, Version: "1.2.3",
		Ready: func(ctx context.Context) error { return ctx.Err() },
		Authenticate: func(_ context.Context, r *http.Request) (authz.Actor, bool, error) {
			switch name := r.Header.Get("X-Test-User"); name {
			case "":
				return authz.Actor{}, false, nil
			case "broken":
				return authz.Actor{}, false, errors.New(secret)
			default:
				return authz.Actor{UserID: 1, Name: name, Grants: authz.GrantsOf([]string{name})}, true, nil
			}
		},
	}.Handler()
	if err != nil {
		t.Fatal(err)
	}
	return &server{t: t, handler: h, log: log, api: api}
}

// do sends a request as a customer manager; headers are name, value pairs and may say otherwise.
func (s *server) do(method, target, body string, headers ...string) *httptest.ResponseRecorder {
	s.t.Helper()
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Header.Set("X-Test-User", authz.RoleCustomerManager)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Del(headers[i])
		if headers[i] == "remote" {
			r.RemoteAddr = headers[i+1]
			continue
		}
		for _, v := range strings.Split(headers[i+1], "|") {
			r.Header.Add(headers[i], v)
		}
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return w
}

// problem checks that an answer is problem+json of this status and code, and gives it.
func (s *server) problem(w *httptest.ResponseRecorder, status int, code string) httpapi.Problem {
	s.t.Helper()
	var p httpapi.Problem
	b, err := io.ReadAll(w.Result().Body)
	if err == nil {
		err = json.Unmarshal(b, &p)
	}
	if err != nil || w.Code != status || p.Status != status || p.Code != code || p.Type != "about:blank" || p.Title != http.StatusText(status) ||
		w.Header().Get("Content-Type") != "application/problem+json" {
		s.t.Errorf("%d %s %s (%v), want %d %s", w.Code, w.Header().Get("Content-Type"), b, err, status, code)
	}
	if strings.Contains(string(b), secret) {
		s.t.Errorf("the answer tells a secret: %s", b)
	}
	return p
}
