package channel

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"kezhi/internal/outbound"
)

// maxAnswer bounds what is read of an answer, in bytes.
const maxAnswer = 64 << 10

// answer is what a server said.
type answer struct {
	status int
	body   []byte
}

// ask makes a request. A failure to connect is Temporary, one after the request went out Unclear.
func ask(ctx context.Context, client *http.Client, req *http.Request) (answer, *SendError) {
	res, err := client.Do(req.WithContext(ctx))
	if err != nil {
		var op *net.OpError
		var dns *net.DNSError
		// The address of the server may hold secrets; only what lies below it may be told.
		var outer *url.Error
		if errors.As(err, &outer) {
			err = outer.Err
		}
		if errors.Is(err, outbound.ErrRefused) {
			return answer{}, notAllowed(err)
		}
		if errors.As(err, &dns) || errors.As(err, &op) && op.Op == "dial" {
			return answer{}, &SendError{Class: Temporary, Reply: "the server does not answer", Down: true, Err: err}
		}
		if strings.Contains(err.Error(), "tls:") || strings.Contains(err.Error(), "x509:") {
			return answer{}, &SendError{Class: Refused, Reply: "no trusted connection to the server", Down: true, Err: err}
		}
		return answer{}, &SendError{Class: Unclear, Reply: "the connection broke before the server answered", Down: true, Err: err}
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil && !errors.Is(err, outbound.ErrTooLong) { // what matters of an answer is at its beginning
		return answer{}, failed(Unclear, err, "the connection broke while the server answered")
	}
	return answer{res.StatusCode, body}, nil
}

// notAllowed is a server at an address that outbound.allow does not list: nothing helps but an administrator.
func notAllowed(err error) *SendError {
	return &SendError{Class: Refused, Reply: "the server is at an address that is not allowed (outbound.allow)", Down: true, Err: err}
}

// failure classes an answer that is no success; nil when it is one.
func (a answer) failure() *SendError {
	reply := fmt.Sprintf("HTTP %d", a.status)
	switch {
	case a.status >= 200 && a.status < 300:
		return nil
	case a.status == http.StatusTooEarly || a.status == http.StatusTooManyRequests || a.status == http.StatusServiceUnavailable:
		return failed(Temporary, nil, "%s", reply)
	case a.status == http.StatusRequestTimeout || a.status >= 500:
		return failed(Unclear, nil, "%s", reply) // whoever answered so, or the one behind it, may have taken it
	case a.status == http.StatusUnauthorized || a.status == http.StatusForbidden || a.status < 400:
		return &SendError{Class: Refused, Reply: reply, Down: true}
	}
	return failed(Permanent, nil, "%s", reply)
}

// field gives a member of a JSON answer by its path (data.id) as text; "" when there is none.
func (a answer) field(path string) string {
	if path == "" {
		return ""
	}
	var v any
	dec := json.NewDecoder(strings.NewReader(string(a.body)))
	dec.UseNumber()
	if dec.Decode(&v) != nil {
		return ""
	}
	for part := range strings.SplitSeq(path, ".") {
		switch at := v.(type) {
		case map[string]any:
			v = at[part]
		case []any:
			i, err := strconv.Atoi(part)
			if err != nil || i < 0 || i >= len(at) {
				return ""
			}
			v = at[i]
		default:
			return ""
		}
	}
	switch x := v.(type) {
	case string:
		return x
	case json.Number:
		return x.String()
	case bool:
		return strconv.FormatBool(x)
	}
	return ""
}

var placeholder = regexp.MustCompile(`\{\{\s*(\w+)\s*\}\}`)

// fill puts values into the places of a template, each escaped for where it stands.
func fill(template string, values map[string]string, escape func(string) string) string {
	return placeholder.ReplaceAllStringFunc(template, func(at string) string {
		return escape(values[placeholder.FindStringSubmatch(at)[1]])
	})
}

// inJSON escapes a value that stands between the quotes of a JSON text.
func inJSON(s string) string {
	b, err := json.Marshal(s)
	if err != nil || len(b) < 2 {
		return ""
	}
	return string(b[1 : len(b)-1])
}

// inHeader keeps a value from beginning a header of its own.
func inHeader(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, s)
}

var inXML = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&apos;").Replace

// escapeFor gives the way to escape values in a body of a type.
func escapeFor(contentType string) func(string) string {
	switch {
	case strings.Contains(contentType, "form-urlencoded"):
		return url.QueryEscape
	case strings.Contains(contentType, "xml"):
		return inXML
	}
	return inJSON
}
