package db

import (
	"encoding/base64"
	"encoding/json"

	"kezhi/internal/errs"
)

// EncodeCursor packs the sort values of the last row of a page, the id last, into an opaque text.
func EncodeCursor(vals ...string) string {
	b, err := json.Marshal(vals)
	if err != nil {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// DecodeCursor unpacks n values of a cursor. An empty cursor gives nil; anything else that EncodeCursor did not write
// is refused with code cursor.invalid.
func DecodeCursor(s string, n int) ([]string, error) {
	if s == "" {
		return nil, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	var vals []string
	if err == nil {
		err = json.Unmarshal(b, &vals)
	}
	if err != nil || len(vals) != n {
		return nil, errs.New(errs.Invalid, "cursor.invalid")
	}
	return vals, nil
}
