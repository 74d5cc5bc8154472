package leaks

import (
	"cmp"
	"encoding/json"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"

	"kezhi/internal/app"
	"kezhi/internal/httpapi"
)

// schema is what the generator needs of a JSON schema.
type schema struct {
	Ref        string             `json:"$ref"`
	Type       any                `json:"type"` // a name, or several with "null"
	Format     string             `json:"format"`
	Enum       []any              `json:"enum"`
	Properties map[string]*schema `json:"properties"`
	Required   []string           `json:"required"`
	Items      *schema            `json:"items"`
	MinLength  int                `json:"minLength"`
	MaxLength  int                `json:"maxLength"`
	MinItems   int                `json:"minItems"`
	Minimum    *float64           `json:"minimum"`
	Maximum    *float64           `json:"maximum"`
}

// param is a parameter of an operation.
type param struct {
	Name     string  `json:"name"`
	In       string  `json:"in"`
	Required bool    `json:"required"`
	Schema   *schema `json:"schema"`
}

// operation is one method on one path.
type operation struct {
	ID, Method, Path string
	Permission       string // "" = public
	Params           []param
	Body             *schema
	Media            string
}

// document is the API document, the operations by path and method.
type document struct {
	ops     []*operation
	schemas map[string]*schema
}

// readDocument gives the document of the API as the code describes it.
func readDocument(t testing.TB) *document {
	t.Helper()
	api := httpapi.New("test", slog.New(slog.DiscardHandler))
	app.Routes(api, app.Services{}, false)
	text, err := api.Spec()
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Paths map[string]map[string]struct {
			OperationID string  `json:"operationId"`
			Permission  string  `json:"x-permission"`
			Parameters  []param `json:"parameters"`
			RequestBody struct {
				Content map[string]struct {
					Schema *schema `json:"schema"`
				} `json:"content"`
			} `json:"requestBody"`
		} `json:"paths"`
		Components struct {
			Schemas map[string]*schema `json:"schemas"`
		} `json:"components"`
	}
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	d := &document{schemas: doc.Components.Schemas}
	for path, methods := range doc.Paths {
		for method, op := range methods {
			o := &operation{ID: op.OperationID, Method: strings.ToUpper(method), Path: path, Permission: op.Permission, Params: op.Parameters}
			for media, content := range op.RequestBody.Content {
				o.Media, o.Body = media, content.Schema
			}
			d.ops = append(d.ops, o)
		}
	}
	// What makes a row comes before what changes it, and what takes rows away comes last of all.
	rank := map[string]string{"POST": "1", "PUT": "2", "PATCH": "3", "GET": "4"}
	slices.SortFunc(d.ops, func(a, b *operation) int {
		return cmp.Or(strings.Compare(deletes(a), deletes(b)), strings.Compare(a.Path+" "+rank[a.Method], b.Path+" "+rank[b.Method]))
	})
	if len(d.ops) < 300 {
		t.Fatalf("only %d operations", len(d.ops))
	}
	return d
}

func deletes(o *operation) string {
	if o.Method == http.MethodDelete {
		return "1"
	}
	return "0"
}

// resolve follows a reference.
func (d *document) resolve(s *schema) *schema {
	for s != nil && s.Ref != "" {
		s = d.schemas[s.Ref[strings.LastIndex(s.Ref, "/")+1:]]
	}
	return s
}

// kind is the type of a schema without "null".
func (s *schema) kind() string {
	switch t := s.Type.(type) {
	case string:
		return t
	case []any:
		for _, one := range t {
			if one != "null" {
				return one.(string)
			}
		}
	}
	if s.Properties != nil {
		return "object"
	}
	return ""
}

// in gives the parameters of an operation at a place: path, query.
func (o *operation) in(place string) (out []param) {
	for _, p := range o.Params {
		if p.In == place {
			out = append(out, p)
		}
	}
	return out
}
