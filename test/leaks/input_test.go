package leaks

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// call is one request.
type call struct {
	op    *operation
	path  []string
	query url.Values
	body  any
	match string // If-Match
	what  string // what is different from the plain request, for messages
}

// ids gives the table and the number of a row for a member of an input; "" leaves it out.
type ids func(table string, nth int) string

// plain gives the values that members have when nothing is known but their name.
var plain = map[string]any{
	"amount": "100.00", "quantity": "2", "currency": "CNY", "rate": "7.10", "home": "CNY", "kind": "order", "name": "测试", "name_zh": "测试单位", "code": "", "zh": "说明", "en": "Words", "note": "备注",
	"reason": "因为需要", "title": "标题", "phone": "13800138000", "email": "someone@example.com", "rulebook": "dealer-annual-grading", "scheme": "dealer", "version": "1.0.0", "procedure": "complaint",
	"month": "2026-02", "year": 2025, "region": "110000", "login": "some.body", "password": "kezhi-other-2026", "current": "wrong-password-1", "next": "kezhi-other-2027", "token": "none", "unrated": 0,
	"lat_e6": 31230000, "lon_e6": 121470000, "size": 5, "seed": 1, "score": 5, "page": "customers", "value": "yes", "item": "a_profile", "post": "store", "part": "sales", "report": "complaint_statistics",
	"cells": []any{"甲"}, "roles": []any{"customer_manager"}, "columns": []any{"name"}, "per_day": 3, "days": 30, "target": "customers", "present": nil, "seat": 1, "tags": []any{"重点"},
	"what": "寄送样品", "said": "说过了", "purpose": "拜访", "document": "SO-1", "party": "org", "identifiers": nil, "former_names": nil, "industry": nil, "custom": nil, "since": "2025-01-01", "answers": map[string]any{},
	"received_at": nil, "occurred_at": nil, "again_at": nil, "at": nil, "status": "active", "contacts": nil, "street": "某路1号", "kinds": nil, "cursor": nil, "limit": nil, "sort": nil, "filter": nil,
	"from_code": "A", "to_code": "B", "grade": "A", "item ": nil, "lang": "zh", "format": "csv", "home ": nil, "state": nil, "step": nil, "class": nil, "bucket": nil, "number": "TS-1", "where": nil, "action": nil,
	"tag": nil, "lacks": nil, "review": nil, "code ": nil, "outcome": nil, "q": "有限", "by": nil, "across": nil, "entity": "customer", "entity_id": nil, "channel": nil, "direction": nil, "approval": nil, "activity": nil,
	"kezhi_session": nil, "subject": nil, "text": "补充说明", "query": map[string]any{"q": "甲"}, "mode": "dynamic", "parent": nil, "list": nil, "clause": nil, "rule": nil, "not": nil, "against": nil, "country": nil,
}

// days are the members that hold dates, as far from noon as they usually are.
var days = map[string]string{
	"from": "2026-03-03", "until": "2026-04-30", "until_on": "2026-04-30", "on": "2026-03-02", "due_on": "2026-03-20", "made_on": "2026-03-01", "as_of": "2026-03-01", "effective_from": "2026-04-01", "effective_on": "2026-04-01",
	"occurred_on": "2026-03-01", "period_from": "2026-02-01", "review_on": "2026-09-01", "next_on": "2026-09-01", "rate_by": "2026-03-20", "closes_on": "2026-03-31", "meeting_on": "2026-03-25", "birthday": "1980-05-06", "to": "2026-03-31",
}

// value makes a plain value of a schema for a member; false leaves the member out.
func (d *document) value(op *operation, name string, s *schema, of ids, nth int) (any, bool) {
	s = d.resolve(s)
	if table := tableOf(op, name); table != "" && (s.kind() == "string" || s.kind() == "array") {
		text := of(table, nth)
		if text == "" {
			return nil, false
		}
		if s.kind() == "array" {
			return []any{text}, true
		}
		return text, true
	}
	if len(s.Enum) > 0 {
		return s.Enum[0], true
	}
	if day, ok := days[name]; ok && s.kind() == "string" && (name != "to" || op.Method == http.MethodGet) {
		return day, true
	}
	if v, ok := plain[name]; ok {
		return v, v != nil && fits(s, v)
	}
	switch s.kind() {
	case "string":
		return strings.Repeat("x", max(1, s.MinLength)), true
	case "integer", "number":
		if s.Minimum != nil {
			return *s.Minimum, true
		}
		return 1, true
	case "boolean":
		return false, true
	case "array":
		one, ok := d.value(op, name+"[]", s.Items, of, nth)
		return []any{one}, ok
	case "object":
		return d.object(op, s, of, false), true
	}
	return nil, false
}

func fits(s *schema, v any) bool {
	switch v.(type) {
	case string:
		return s.kind() == "string"
	case int:
		return s.kind() == "integer" || s.kind() == "number"
	case []any:
		return s.kind() == "array"
	case map[string]any:
		return s.kind() == "object" || s.kind() == ""
	}
	return false
}

// object makes a body with the members it must have, or with all of them.
func (d *document) object(op *operation, s *schema, of ids, all bool) map[string]any {
	out := map[string]any{}
	for i, name := range slices.Sorted(maps.Keys(s.Properties)) {
		if all || slices.Contains(s.Required, name) {
			if v, ok := d.value(op, name, s.Properties[name], of, i%2); ok {
				out[name] = v
			}
		}
	}
	return out
}

// body makes the plain body of an operation: the sample beside the test, or what the schema asks for.
func (d *document) body(t testing.TB, op *operation, of ids, all bool) any {
	t.Helper()
	if sample, ok := samples[op.ID]; ok {
		var v any
		if err := json.Unmarshal([]byte(sample), &v); err != nil {
			t.Fatalf("the sample of %s: %v", op.ID, err)
		}
		return fill(op, v, of)
	}
	if op.Body == nil || op.Media != "application/json" {
		return nil
	}
	return d.object(op, d.resolve(op.Body), of, all)
}

// fill puts ids into the members of a sample that hold "$".
func fill(op *operation, v any, of ids) any {
	switch x := v.(type) {
	case map[string]any:
		for name, one := range x {
			if one == "$" {
				if table := tableOf(op, name); table != "" {
					x[name] = of(table, 0)
				}
				continue
			}
			if list, ok := one.([]any); ok && len(list) == 1 && list[0] == "$" {
				x[name] = []any{of(tableOf(op, name), 0)}
				continue
			}
			x[name] = fill(op, one, of)
		}
	case []any:
		for i := range x {
			x[i] = fill(op, x[i], of)
		}
	}
	return v
}

func (c *call) String() string {
	s := c.op.ID + " (" + c.op.Method + " " + c.target()
	if c.body != nil {
		b, _ := json.Marshal(c.body)
		s += " " + string(b)
	}
	return s + "; " + c.what + ")"
}

func (c *call) target() string {
	i := -1
	path := parameter.ReplaceAllStringFunc(c.op.Path, func(string) string {
		i++
		if i < len(c.path) {
			return url.PathEscape(c.path[i])
		}
		return "1"
	})
	if len(c.query) > 0 {
		path += "?" + c.query.Encode()
	}
	return path
}

// send sends a request as somebody; nil = signed out. It gives the answer as it came.
func (w *world) send(p *person, c *call) (status int, header http.Header, body []byte) {
	var content []byte
	media := c.op.Media
	switch b := c.body.(type) {
	case nil:
	case []byte:
		content = b
	default:
		content, _ = json.Marshal(b)
	}
	switch {
	case c.op.Media == "multipart/form-data":
		content, media = upload(content)
	case content == nil && raws[c.op.ID] != "":
		content, media = []byte(raws[c.op.ID]), "text/csv"
	}
	r := httptest.NewRequest(c.op.Method, c.target(), bytes.NewReader(content))
	if media != "" {
		r.Header.Set("Content-Type", media)
	}
	if c.match != "" {
		r.Header.Set("If-Match", c.match)
	}
	if p != nil {
		r.AddCookie(&http.Cookie{Name: "kezhi_session", Value: p.cookie})
	}
	rec := httptest.NewRecorder()
	func() {
		defer func() {
			if v := recover(); v != nil { // a download that breaks off cuts the connection
				rec.WriteHeader(599)
				fmt.Fprint(rec, "broken off: ", v)
			}
		}()
		w.http.ServeHTTP(rec, r)
	}()
	if missing := unprotected(rec.Header()); missing != "" {
		// As bad as a failure of the server, and found like one.
		return 598, rec.Header(), []byte("the answer lacks " + missing)
	}
	return rec.Code, rec.Header(), rec.Body.Bytes()
}

// unprotected names what an answer lacks of what every answer has, "" for nothing. No page of the API runs a script.
func unprotected(h http.Header) string {
	for name, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin", "Cache-Control": "no-store",
	} {
		if h.Get(name) != want {
			return name + " (" + h.Get(name) + ")"
		}
	}
	if csp := h.Get("Content-Security-Policy"); !strings.HasPrefix(csp, "default-src 'none'") || strings.Contains(csp, "script") {
		return "Content-Security-Policy (" + csp + ")"
	}
	return ""
}

func upload(content []byte) ([]byte, string) {
	if content == nil {
		content = []byte("%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")
	}
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	_ = m.SetBoundary("the-boundary")
	f, _ := m.CreateFormFile("file", "proof.pdf")
	_, _ = f.Write(content)
	_ = m.Close()
	return b.Bytes(), m.FormDataContentType()
}
