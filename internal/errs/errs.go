// Package errs holds the one error type that may reach a user: a kind, a stable code, arguments and field errors.
// It owns no sentences: the codes are turned into words by the web UI and the command line, in both languages.
package errs

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Kind says what sort of failure an error is; one function in httpapi maps it to an HTTP status.
type Kind uint8

// The kinds, from the caller's fault to ours.
const (
	Internal        Kind = iota // our fault or the machine's; details stay in the log
	Invalid                     // the input is wrong
	Unauthenticated             // nobody is signed in
	Forbidden                   // signed in, not allowed
	NotFound                    // does not exist, or the actor has no right to know that it does
	Conflict                    // collides with something that exists
	Precondition                // the row was changed by somebody else meanwhile
	TooLarge                    // more than a stated limit
	RateLimited                 // too many attempts
	Unavailable                 // try again later: locked, stopping, disk full
)

// Field is one wrong field of an input: Path as in the API ("identifiers.0.value"), Code and Args as in Error.
type Field struct {
	Path string         `json:"path"`
	Code string         `json:"code"`
	Args map[string]any `json:"args,omitempty"`
}

// Error is a failure a user may see. Err is the inner cause for the log only; it never reaches a user.
type Error struct {
	Kind   Kind
	Code   string
	Args   map[string]any
	Fields []Field
	Err    error
}

// New makes an error with a stable code ("customer.code_taken") and arguments as name, value pairs.
func New(kind Kind, code string, args ...any) *Error {
	return &Error{Kind: kind, Code: code, Args: pairs(args)}
}

// Wrap is New with an inner cause for the log.
func Wrap(err error, kind Kind, code string, args ...any) *Error {
	return &Error{Kind: kind, Code: code, Args: pairs(args), Err: err}
}

// Error gives the code, the fields and the cause, for logs and tests.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Code)
	for _, k := range slices.Sorted(maps.Keys(e.Args)) {
		fmt.Fprintf(&b, " %s=%v", k, e.Args[k])
	}
	for _, f := range e.Fields {
		fmt.Fprintf(&b, " [%s: %s]", f.Path, f.Code)
	}
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

// Unwrap gives the inner cause.
func (e *Error) Unwrap() error { return e.Err }

// As finds the Error in a chain.
func As(err error) (*Error, bool) {
	var e *Error
	ok := errors.As(err, &e)
	return e, ok
}

// KindOf gives the kind of an error; an error of another type is Internal.
func KindOf(err error) Kind {
	if e, ok := As(err); ok {
		return e.Kind
	}
	return Internal
}

// CodeOf gives the stable code of an error; an error of another type is "internal".
func CodeOf(err error) string {
	if e, ok := As(err); ok {
		return e.Code
	}
	return "internal"
}

// Validation collects every wrong field of an input, so that a form is told all at once.
type Validation struct{ fields []Field }

// Check records the field as wrong unless ok.
func (v *Validation) Check(ok bool, path, code string, args ...any) {
	if !ok {
		v.fields = append(v.fields, Field{Path: path, Code: code, Args: pairs(args)})
	}
}

// Add records a field error that another function found.
func (v *Validation) Add(f Field) { v.fields = append(v.fields, f) }

// Err gives nil, or an Invalid error with code "invalid_input" and all the fields.
func (v *Validation) Err() error {
	if len(v.fields) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Code: "invalid_input", Fields: v.fields}
}

func pairs(args []any) map[string]any {
	if len(args) == 0 {
		return nil
	}
	m := make(map[string]any, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		m[fmt.Sprint(args[i])] = args[i+1]
	}
	return m
}

// Shown cuts what somebody wrote to the 40 characters that help to find it again, for an argument of an error.
func Shown(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
