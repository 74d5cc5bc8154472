package errs_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"kezhi/internal/errs"
)

func TestTheErrorIsFoundInAChain(t *testing.T) {
	e := errs.Wrap(io.ErrUnexpectedEOF, errs.Unavailable, "db.io_error", "path", "x", "at", 7)
	wrapped := errors.Join(fmt.Errorf("reading: %w", e), errors.New("and more"))
	if errs.KindOf(wrapped) != errs.Unavailable || errs.CodeOf(wrapped) != "db.io_error" || !errors.Is(wrapped, io.ErrUnexpectedEOF) {
		t.Fatalf("lost in %v", wrapped)
	}
	if got := e.Error(); got != "db.io_error at=7 path=x: unexpected EOF" {
		t.Errorf("written %q", got)
	}
	if errs.KindOf(io.EOF) != errs.Internal || errs.CodeOf(io.EOF) != "internal" {
		t.Error("a foreign error must be internal")
	}
}

func TestValidationReportsAllFieldsAtOnce(t *testing.T) {
	var v errs.Validation
	v.Check(true, "fine", "x.y")
	if v.Err() != nil {
		t.Fatal("nothing is wrong yet")
	}
	v.Check(false, "name", "field.required")
	v.Check(false, "rows.3.date", "field.too_long", "max", 10)
	v.Add(errs.Field{Path: "tag", Code: "field.choice"})
	e, ok := errs.As(v.Err())
	if !ok || e.Kind != errs.Invalid || e.Code != "invalid_input" || len(e.Fields) != 3 || e.Fields[1].Args["max"] != 10 {
		t.Fatalf("%+v", e)
	}
	if e.Error() != "invalid_input [name: field.required] [rows.3.date: field.too_long] [tag: field.choice]" {
		t.Errorf("written %q", e.Error())
	}
}
