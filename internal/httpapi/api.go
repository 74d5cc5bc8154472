package httpapi

import (
	"context"
	"log/slog"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"kezhi/internal/authz"
	"kezhi/internal/errs"
)

// API is where features register their operations.
type API struct {
	huma huma.API
	mux  *http.ServeMux
	log  *slog.Logger
	ops  []Op
}

// Op describes an operation. Exactly one of Permission and Public is set; a guard test holds every operation to it.
type Op struct {
	ID         string // verb-noun: list-customers
	Method     string
	Path       string // below /api/v1
	Summary    string
	Tag        string
	Permission authz.Permission
	Public     bool
	Status     int   // of success; 0 = 200, or 204 without a body
	MaxBody    int64 // bytes; 0 = 1 MiB
}

// New makes an empty API on its own mux.
func New(version string, log *slog.Logger) *API {
	cfg := huma.DefaultConfig("Kezhi 客制", version)
	cfg.Info.Description = "Everything the web UI does. Sign in with POST /api/v1/session, or send a personal token as a bearer token. " +
		"Ids are decimal strings; money is a decimal string with its currency; dates are YYYY-MM-DD; moments are RFC 3339 in UTC."
	cfg.CreateHooks = nil // no $schema member in every answer
	cfg.OpenAPIPath, cfg.DocsPath, cfg.SchemasPath = "", "", ""
	cfg.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", schemaName)
	cfg.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"session": {Type: "apiKey", In: "cookie", Name: SessionCookie},
		"token":   {Type: "http", Scheme: "bearer"},
	}
	mux := http.NewServeMux()
	return &API{huma: humago.New(mux, cfg), mux: mux, log: log}
}

// schemaName keeps types of the same name in different packages apart: customer.View is CustomerView, and a list of them
// is CustomerViewList.
func schemaName(t reflect.Type, hint string) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Name() == "" {
		return huma.DefaultSchemaNamer(t, hint)
	}
	name, args, generic := strings.Cut(t.Name(), "[")
	name = qualified(t.PkgPath() + "." + name)
	if !generic {
		return name
	}
	inner := ""
	for arg := range strings.SplitSeq(strings.TrimSuffix(args, "]"), ",") {
		inner += qualified(arg)
	}
	return inner + name
}

// qualified turns kezhi/internal/customer.View into CustomerView; what is ours without a feature keeps its bare name.
func qualified(path string) string {
	path = path[strings.LastIndex(path, "/")+1:]
	pkg, name, ok := strings.Cut(path, ".")
	if !ok {
		pkg, name = "", path
	}
	name, _, _ = strings.Cut(name, "\u00b7") // a type declared inside a function carries a number
	if name == "" {
		return ""
	}
	name = strings.ToUpper(name[:1]) + name[1:]
	if pkg == "" || pkg == "httpapi" || pkg == "errs" || strings.HasPrefix(strings.ToLower(name), pkg) {
		return name
	}
	return strings.ToUpper(pkg[:1]) + pkg[1:] + name
}

// Register adds an operation. The permission is required before the handler runs; the service behind it requires it again
// together with the data scope.
func Register[I, O any](a *API, op Op, handler func(context.Context, *I) (*O, error)) {
	a.ops = append(a.ops, op)
	h := huma.Operation{
		OperationID: op.ID, Method: op.Method, Path: "/api/v1" + op.Path, Summary: op.Summary, Tags: []string{op.Tag},
		DefaultStatus: op.Status, MaxBodyBytes: op.MaxBody, Errors: []int{http.StatusUnprocessableEntity},
		Extensions: map[string]any{"x-permission": string(op.Permission)},
	}
	if !op.Public {
		h.Security = []map[string][]string{{"session": {}}, {"token": {}}}
		h.Errors = append(h.Errors, http.StatusUnauthorized, http.StatusForbidden)
	}
	huma.Register(a.huma, h, func(ctx context.Context, in *I) (*O, error) {
		if !op.Public {
			if _, err := authz.Require(ctx, op.Permission); err != nil {
				return nil, ProblemOf(err)
			}
		}
		out, err := handler(ctx, in)
		if err != nil {
			if k := errs.KindOf(err); k == errs.Internal && ctx.Err() == nil {
				a.log.ErrorContext(ctx, "request failed", "operation", op.ID, "error", err)
			}
			return nil, ProblemOf(err)
		}
		return out, nil
	})
}

// Ops lists what is registered, for the guard tests.
func (a *API) Ops() []Op { return a.ops }

// Spec gives the OpenAPI 3.1 document as indented JSON.
func (a *API) Spec() ([]byte, error) {
	doc := a.huma.OpenAPI()
	nullable(doc.Components.Schemas)
	return specJSON(doc)
}

// Handle adds a plain handler outside the API (downloads that stream, health).
func (a *API) Handle(pattern string, h http.Handler) { a.mux.Handle(pattern, h) }

// Page is the paging input of a list; embed it.
type Page struct {
	Cursor string `query:"cursor" doc:"next_cursor of the page before; empty for the first page"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

// List is the answer of a list.
type List[T any] struct {
	Items      []T    `json:"items" nullable:"false"`
	NextCursor string `json:"next_cursor" doc:"Empty on the last page"`
}

// Body wraps a response body.
type Body[T any] struct{ Body T }

// Tagged wraps a response body with the version of the row as its ETag.
type Tagged[T any] struct {
	ETag string `header:"ETag"`
	Body T
}

// Empty is a response without a body.
type Empty struct{}

// Ok wraps a body.
func Ok[T any](v T) *Body[T] { return &Body[T]{Body: v} }

// OkList wraps a page of items; nil becomes an empty list.
func OkList[T any](items []T, next string) *Body[List[T]] {
	if items == nil {
		items = []T{}
	}
	return &Body[List[T]]{Body: List[T]{Items: items, NextCursor: next}}
}

// Tag gives the ETag of a row version.
func Tag(version int64) string { return `"` + strconv.FormatInt(version, 10) + `"` }

// Match reads an If-Match header written by Tag. A missing one is refused (precondition_required), because a change
// without it could overwrite somebody else's.
func Match(header string) (int64, error) {
	v, err := strconv.ParseInt(strings.Trim(strings.TrimPrefix(header, "W/"), `"`), 10, 64)
	if err != nil {
		return 0, errs.New(errs.Invalid, "precondition_required")
	}
	return v, nil
}
