package db

import (
	"context"
	"strings"
)

// Bulk describes rows to be inserted in one go. Bind is called once per row, in order, and binds every column in order.
type Bulk struct {
	Table   string
	Columns []string
	// Key names the columns of a unique key. When set, a row whose key exists is skipped instead of refused.
	// The rows of one Bulk must not collide with each other.
	Key  []string
	N    int
	Bind func(i int, b Binder)
}

// Binder takes the values of one row from left to right.
type Binder interface {
	Int64(v int64)
	Text(s string)
	Bytes(b []byte) // text given as bytes; copied
	Null()
}

// Insert writes the rows of b and gives the indexes of those that were skipped, in rising order (only with Key).
// SQLite runs one prepared statement; PostgreSQL uses COPY.
func Insert(ctx context.Context, q Q, b Bulk) (skipped []int, err error) {
	if b.N == 0 {
		return nil, nil
	}
	return q.bulk(ctx, b)
}

func insertSQL(b Bulk) string {
	sql := "INSERT INTO " + b.Table + " (" + strings.Join(b.Columns, ", ") + ") VALUES " + In(len(b.Columns))
	if len(b.Key) > 0 {
		sql += " ON CONFLICT (" + strings.Join(b.Key, ", ") + ") DO NOTHING"
	}
	return sql
}
