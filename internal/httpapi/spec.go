package httpapi

import (
	"bytes"
	"encoding/json"
	"html/template"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

func specJSON(doc *huma.OpenAPI) ([]byte, error) {
	raw, err := json.Marshal(doc)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := json.Indent(&out, raw, "", "  "); err != nil {
		return nil, err
	}
	return append(out.Bytes(), '\n'), nil
}

// nullable says of every member that is a pointer to an object and is always sent that it may be null: the framework cannot say it of
// a reference.
func nullable(registry huma.Registry) {
	for name, schema := range registry.Map() {
		if t := registry.TypeFromRef("#/components/schemas/" + name); t != nil {
			nullableMembers(t, schema)
		}
	}
}

func nullableMembers(t reflect.Type, schema *huma.Schema) {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return
	}
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			nullableMembers(f.Type, schema)
			continue
		}
		member, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		prop := schema.Properties[member]
		if f.Type.Kind() != reflect.Pointer || strings.Contains(options, "omitempty") || prop == nil || prop.Ref == "" {
			continue
		}
		schema.Properties[member] = &huma.Schema{
			Description: prop.Description, AnyOf: []*huma.Schema{{Ref: prop.Ref}, {Type: "null"}},
		}
	}
}

func writeProblem(w http.ResponseWriter, p *Problem) {
	for name, values := range p.GetHeaders() {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p)
}

// The reading page shows the document without any script or foreign resource: it works in a closed network.
var docsTemplate = template.Must(template.New("docs").Parse(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Kezhi API</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>
body{font:14px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:#1b2331;background:#f6f7f9;margin:0}
main{max-width:960px;margin:0 auto;padding:24px 20px 80px}h1{font-size:22px}h2{font-size:16px;margin:36px 0 8px}
details{background:#fff;border:1px solid #e8eaee;border-radius:8px;margin:6px 0;padding:0 14px}summary{cursor:pointer;padding:10px 0}
code,pre{font:12.5px/1.5 ui-monospace,monospace}b.m{display:inline-block;width:60px;color:#2456d6}.p{color:#475467;margin-left:8px}
table{border-collapse:collapse;width:100%;margin:0 0 12px}td,th{border-top:1px solid #e8eaee;padding:5px 8px;text-align:left;vertical-align:top}th{color:#667085;font-weight:500}
pre{white-space:pre-wrap;background:#f6f7f9;padding:10px;border-radius:6px}@media(prefers-color-scheme:dark){body{background:#0f1319;color:#e6e8ec}details{background:#171c24;border-color:#262d38}td,th{border-color:#262d38}pre{background:#0f1319}b.m{color:#9dbaff}.p{color:#9aa3b2}}
</style></head><body><main><h1>Kezhi 客制 API</h1><p>{{.Description}}</p><p>Machine-readable: <a href="/api/v1/openapi.json">/api/v1/openapi.json</a>.
Errors are <code>application/problem+json</code> with a stable <code>code</code>. Lists page by <code>cursor</code>. Changes need <code>If-Match</code> with the <code>ETag</code> read before.</p>
{{range .Groups}}<h2>{{.Tag}}</h2>{{range .Ops}}<details><summary><b class="m">{{.Method}}</b><code>{{.Path}}</code><span class="p">{{.Summary}}</span></summary>
<p class="p">{{if .Permission}}Permission: <code>{{.Permission}}</code>{{else}}Public{{end}}</p>
{{if .Params}}<table><tr><th>Parameter</th><th>In</th><th>Type</th><th>Meaning</th></tr>{{range .Params}}<tr><td><code>{{.Name}}</code></td><td>{{.In}}</td><td>{{.Type}}</td><td>{{.Doc}}</td></tr>{{end}}</table>{{end}}
{{if .Request}}<p>Request</p><pre>{{.Request}}</pre>{{end}}{{if .Response}}<p>Response</p><pre>{{.Response}}</pre>{{end}}</details>{{end}}{{end}}
<h2>Types</h2>{{range .Types}}<details id="{{.Name}}"><summary><code>{{.Name}}</code></summary><pre>{{.Schema}}</pre></details>{{end}}</main></body></html>`))

type docsOp struct {
	Method, Path, Summary, Permission, Request, Response string
	Params                                               []docsParam
}
type (
	docsParam struct{ Name, In, Type, Doc string }
	docsGroup struct {
		Tag string
		Ops []docsOp
	}
)
type docsType struct{ Name, Schema string }

type specDoc struct {
	Info       struct{ Description string }
	Paths      map[string]map[string]specOp
	Components struct{ Schemas map[string]json.RawMessage }
}
type specOp struct {
	Summary    string
	Tags       []string
	Permission string `json:"x-permission"`
	Parameters []struct {
		Name, In, Description string
		Schema                struct{ Type any }
	}
	RequestBody struct{ Content map[string]specContent }
	Responses   map[string]struct{ Content map[string]specContent }
}
type specContent struct{ Schema json.RawMessage }

func docsPage(spec []byte) ([]byte, error) {
	var doc specDoc
	if err := json.Unmarshal(spec, &doc); err != nil {
		return nil, err
	}
	groups := map[string][]docsOp{}
	for path, methods := range doc.Paths {
		for method, op := range methods {
			tag := "Other"
			if len(op.Tags) > 0 {
				tag = op.Tags[0]
			}
			groups[tag] = append(groups[tag], op.view(strings.ToUpper(method), path))
		}
	}
	var page struct {
		Description string
		Groups      []docsGroup
		Types       []docsType
	}
	page.Description = doc.Info.Description
	for tag, ops := range groups {
		slices.SortFunc(ops, func(a, b docsOp) int { return strings.Compare(a.Path+a.Method, b.Path+b.Method) })
		page.Groups = append(page.Groups, docsGroup{tag, ops})
	}
	slices.SortFunc(page.Groups, func(a, b docsGroup) int { return strings.Compare(a.Tag, b.Tag) })
	for name, schema := range doc.Components.Schemas {
		page.Types = append(page.Types, docsType{name, indent(schema)})
	}
	slices.SortFunc(page.Types, func(a, b docsType) int { return strings.Compare(a.Name, b.Name) })
	var out bytes.Buffer
	err := docsTemplate.Execute(&out, page)
	return out.Bytes(), err
}

func (op specOp) view(method, path string) docsOp {
	v := docsOp{Method: method, Path: path, Summary: op.Summary, Permission: op.Permission, Request: schemaText(op.RequestBody.Content)}
	for _, status := range []string{"200", "201", "202"} {
		if r, ok := op.Responses[status]; ok {
			v.Response = schemaText(r.Content)
		}
	}
	for _, p := range op.Parameters {
		kind, _ := p.Schema.Type.(string)
		v.Params = append(v.Params, docsParam{p.Name, p.In, kind, p.Description})
	}
	return v
}

func schemaText(content map[string]specContent) string {
	for _, c := range content {
		return indent(c.Schema)
	}
	return ""
}

func indent(raw json.RawMessage) string {
	var out bytes.Buffer
	if json.Indent(&out, raw, "", "  ") != nil {
		return ""
	}
	return out.String()
}
