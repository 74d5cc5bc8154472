package db

import (
	"context"
	"strings"
)

// Stmt is a statement with its arguments.
type Stmt struct {
	SQL  string
	Args []any
}

// ExecAll runs statements in their order and gives how many rows each changed. SQLite runs one after the other; PostgreSQL
// gets all of them in one request, so that the way there and back is paid once. It stops at the first that fails.
func ExecAll(ctx context.Context, q Q, list []Stmt) ([]int64, error) {
	if len(list) == 0 {
		return nil, nil
	}
	return q.execAll(ctx, list)
}

// ExecAtEnd runs statements at the end of the transaction, or before whatever else it does first. PostgreSQL gets them in one request
// with the commit: what the transaction holds while others wait for it, it holds for one way there and back less. One that fails undoes
// the transaction, and InTx says so.
func ExecAtEnd(ctx context.Context, q Q, list []Stmt) error {
	if len(list) == 0 {
		return nil
	}
	return q.execAtEnd(ctx, list)
}

// rowsAtOnce bounds the rows of one statement of RowsOf, so that few texts are prepared.
const rowsAtOnce = 16

// RowsOf gives the statements that write some rows with as few texts as possible: head is the statement up to VALUES, tail what
// follows the rows, each row the values of its columns.
func RowsOf(head, tail string, rows [][]any) []Stmt {
	var out []Stmt
	for len(rows) > 0 {
		n := min(len(rows), rowsAtOnce)
		one := In(len(rows[0]))
		args := make([]any, 0, n*len(rows[0]))
		for _, r := range rows[:n] {
			args = append(args, r...)
		}
		out = append(out, Stmt{head + strings.Repeat(one+",", n-1) + one + tail, args})
		rows = rows[n:]
	}
	return out
}
