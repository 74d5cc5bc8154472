package httpapi

import (
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"

	"kezhi/internal/errs"
)

// Problem is the body of every error (RFC 9457): code is stable, args fill its sentence, fields name wrong inputs.
type Problem struct { //nolint:errname // RFC 9457 calls it a problem, and so does the API document
	Type   string         `json:"type" doc:"Always about:blank; use code"`
	Title  string         `json:"title" doc:"The HTTP status in words"`
	Status int            `json:"status"`
	Code   string         `json:"code" doc:"Stable code of the error, such as customer.code_taken"`
	Args   map[string]any `json:"args,omitempty" doc:"What fills the sentence of the code"`
	Fields []errs.Field   `json:"fields,omitempty" doc:"Every wrong field of the input"`
}

// Error gives the code, for logs.
func (p *Problem) Error() string { return p.Code }

// GetStatus gives the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType makes the response application/problem+json.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// The framework keeps this in a package variable, so it is set once and not by every New.
func init() { huma.NewError = humaProblem }

var statusOf = map[errs.Kind]int{
	errs.Internal: http.StatusInternalServerError, errs.Invalid: http.StatusUnprocessableEntity, errs.Unauthenticated: http.StatusUnauthorized,
	errs.Forbidden: http.StatusForbidden, errs.NotFound: http.StatusNotFound, errs.Conflict: http.StatusConflict,
	errs.Precondition: http.StatusPreconditionFailed, errs.TooLarge: http.StatusRequestEntityTooLarge,
	errs.RateLimited: http.StatusTooManyRequests, errs.Unavailable: http.StatusServiceUnavailable,
}

// ProblemOf maps an error to what the client is told; inner causes and unknown errors become just "internal".
func ProblemOf(err error) *Problem {
	e, ok := errs.As(err)
	if !ok {
		e = errs.New(errs.Internal, "internal")
	}
	status := statusOf[e.Kind]
	return &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Code: e.Code, Args: e.Args, Fields: e.Fields}
}

// humaProblem gives the framework's own refusals (malformed JSON, a missing or ill-typed field) the same shape.
func humaProblem(status int, _ string, details ...error) huma.StatusError {
	p := &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Code: codeOfStatus(status)}
	for _, d := range details {
		var problem *Problem
		if errors.As(d, &problem) {
			return problem
		}
		var detail *huma.ErrorDetail
		if errors.As(d, &detail) {
			p.Fields = append(p.Fields, fieldOf(detail))
		}
	}
	return p
}

// fieldOf turns the framework's remark into a field error with the path a form knows: body.rows[0].date is rows.0.date.
func fieldOf(detail *huma.ErrorDetail) errs.Field {
	path := strings.NewReplacer("[", ".", "]", "").Replace(detail.Location)
	for _, part := range []string{"body", "query", "path", "header"} {
		if path == part || strings.HasPrefix(path, part+".") {
			path = strings.TrimPrefix(path[len(part):], ".")
			break
		}
	}
	// A missing member is reported at the object that lacks it, with its name in the remark only.
	before, after, _ := strings.Cut(validation.MsgExpectedRequiredProperty, "%s")
	if name, ok := strings.CutPrefix(detail.Message, before); ok {
		if name, ok = strings.CutSuffix(name, after); ok {
			return errs.Field{Path: strings.TrimPrefix(path+"."+name, "."), Code: "field.required"}
		}
	}
	return errs.Field{Path: path, Code: "field.malformed", Args: map[string]any{"message": detail.Message}}
}

func codeOfStatus(status int) string {
	switch status {
	case http.StatusBadRequest, http.StatusUnprocessableEntity:
		return "invalid_input"
	case http.StatusNotFound:
		return "not_found"
	case http.StatusRequestEntityTooLarge:
		return "too_large"
	case http.StatusUnsupportedMediaType:
		return "unsupported_media_type"
	case http.StatusNotAcceptable:
		return "not_acceptable"
	case http.StatusRequestTimeout:
		return "timed_out"
	}
	return "internal"
}
