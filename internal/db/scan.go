package db

import (
	"fmt"
	"reflect"
	"strconv"

	"kezhi/internal/calendar"
)

// cells is what both backends offer for one row; scanRow builds Scan upon it.
type cells interface {
	Int64(col int) int64
	Bytes(col int) []byte
	Null(col int) bool
	columns() int
}

func scanRow(r cells, dest []any) error {
	if len(dest) != r.columns() {
		return fmt.Errorf("scanning %d columns into %d places", r.columns(), len(dest))
	}
	for i, d := range dest {
		if err := scanCell(r, i, d); err != nil {
			return fmt.Errorf("scanning column %d: %w", i, err)
		}
	}
	return nil
}

func scanCell(r cells, i int, dest any) error {
	switch d := dest.(type) {
	case *int64:
		*d = r.Int64(i)
	case *int:
		*d = int(r.Int64(i))
	case *bool:
		*d = r.Int64(i) != 0
	case *string:
		*d = string(r.Bytes(i))
	case *[]byte:
		*d = append([]byte(nil), r.Bytes(i)...)
	case *calendar.Date:
		*d = calendar.None
		if !r.Null(i) {
			*d = calendar.FromBytes(r.Bytes(i))
		}
	case *float64:
		*d = 0
		if !r.Null(i) {
			f, err := strconv.ParseFloat(string(r.Bytes(i)), 64)
			if err != nil {
				return err
			}
			*d = f
		}
	case **int64:
		*d = nil
		if !r.Null(i) {
			v := r.Int64(i)
			*d = &v
		}
	case **string:
		*d = nil
		if !r.Null(i) {
			v := string(r.Bytes(i))
			*d = &v
		}
	default:
		return scanNamed(r, i, dest)
	}
	return nil
}

// scanNamed serves named types (type State string): slower, for ordinary rows only.
func scanNamed(r cells, i int, dest any) error {
	v := reflect.ValueOf(dest)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		return fmt.Errorf("not a pointer: %T", dest)
	}
	v = v.Elem()
	switch v.Kind() {
	case reflect.String:
		v.SetString(string(r.Bytes(i)))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(r.Int64(i))
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(uint64(r.Int64(i)))
	case reflect.Bool:
		v.SetBool(r.Int64(i) != 0)
	default:
		return fmt.Errorf("cannot scan into %T", dest)
	}
	return nil
}

// normal turns an argument into one of int64, float64, string, []byte and nil, the types both drivers bind the same way.
func normal(arg any) any {
	switch a := arg.(type) {
	case nil, int64, string, []byte, float64:
		return a
	case int:
		return int64(a)
	case bool:
		if a {
			return int64(1)
		}
		return int64(0)
	case calendar.Date:
		if a == calendar.None {
			return nil
		}
		return a.String()
	case *int64:
		if a == nil {
			return nil
		}
		return *a
	case *string:
		if a == nil {
			return nil
		}
		return *a
	}
	v := reflect.ValueOf(arg)
	switch v.Kind() {
	case reflect.String:
		return v.String()
	case reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return v.Int()
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return int64(v.Uint())
	case reflect.Bool:
		return normal(v.Bool())
	}
	return arg
}
