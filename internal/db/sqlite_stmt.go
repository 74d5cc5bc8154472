package db

import (
	"context"
	"errors"
	"fmt"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"kezhi/internal/clock"
	"kezhi/internal/errs"
)

// stmtLimit bounds the prepared statements kept per connection; filters make many texts.
const stmtLimit = 256

type cachedStmt struct {
	stmt *sqlite.Stmt
	busy bool
}

type sqliteConn struct {
	conn  *sqlite.Conn
	stmts map[string]*cachedStmt
	slow  *slowLog
}

func (c *sqliteConn) exec(sql string) error { return sqlitex.ExecuteTransient(c.conn, sql, nil) }

// prepare gives a ready statement and what to do with it afterwards. A text that is being read right now
// (a query inside the loop over the same query) gets a statement of its own.
func (c *sqliteConn) prepare(sql string) (*sqlite.Stmt, func(), error) {
	if e := c.stmts[sql]; e != nil && !e.busy {
		e.busy = true
		return e.stmt, func() { _ = e.stmt.Reset(); e.busy = false }, nil
	}
	stmt, rest, err := c.conn.PrepareTransient(sql)
	if err != nil {
		return nil, nil, fmt.Errorf("preparing %.60q: %w", sql, err)
	}
	if rest > 0 {
		return nil, nil, fmt.Errorf("more than one statement: %.60q", sql)
	}
	if c.stmts[sql] != nil {
		return stmt, func() { _ = stmt.Finalize() }, nil
	}
	if len(c.stmts) >= stmtLimit {
		c.dropIdle()
	}
	e := &cachedStmt{stmt: stmt, busy: true}
	c.stmts[sql] = e
	return stmt, func() { _ = stmt.Reset(); e.busy = false }, nil
}

// close finalizes every statement first: SQLite does not close a connection that has some.
func (c *sqliteConn) close() error {
	var err error
	for _, e := range c.stmts {
		err = errors.Join(err, e.stmt.Finalize())
	}
	return errors.Join(err, c.conn.Close())
}

// rest empties the page cache and lets go of the mapped file. No statement may be running.
func (c *sqliteConn) rest() error {
	for _, p := range []string{"PRAGMA shrink_memory", "PRAGMA mmap_size=0", mapFile} {
		if err := c.exec(p); err != nil {
			return err
		}
	}
	return nil
}

func (c *sqliteConn) dropIdle() {
	for k, e := range c.stmts {
		if !e.busy {
			_ = e.stmt.Finalize()
			delete(c.stmts, k)
		}
	}
}

func (c *sqliteConn) run(sql string, args []any) (int64, error) {
	stmt, done, err := c.prepare(sql)
	if err != nil {
		return 0, err
	}
	defer done()
	if err := bind(stmt, args); err != nil {
		return 0, err
	}
	defer c.slow.since(sql, clock.System())
	for {
		more, err := stmt.Step()
		if err != nil {
			return 0, err
		}
		if !more {
			return int64(c.conn.Changes()), nil
		}
	}
}

func (c *sqliteConn) query(sql string, args []any, release func()) (Rows, error) {
	stmt, done, err := c.prepare(sql)
	if err != nil {
		return nil, err
	}
	if err := bind(stmt, args); err != nil {
		done()
		return nil, err
	}
	began := clock.System()
	over := func() { done(); c.slow.since(sql, began) }
	return &sqliteRows{stmt: stmt, done: over, release: release, n: stmt.ColumnCount()}, nil
}

func bind(stmt *sqlite.Stmt, args []any) error {
	if n := stmt.BindParamCount(); n != len(args) {
		return fmt.Errorf("%d placeholders, %d arguments", n, len(args))
	}
	for i, a := range args {
		switch v := normal(a).(type) {
		case nil:
			stmt.BindNull(i + 1)
		case int64:
			stmt.BindInt64(i+1, v)
		case string:
			stmt.BindText(i+1, v)
		case []byte:
			stmt.BindText(i+1, string(v))
		case float64:
			stmt.BindFloat(i+1, v)
		default:
			return fmt.Errorf("cannot bind %T", a)
		}
	}
	return nil
}

type sqliteRows struct {
	stmt    *sqlite.Stmt
	done    func()
	release func()
	err     error
	n       int
	buf     [][]byte
}

func (r *sqliteRows) Next() bool {
	if r.err != nil || r.done == nil {
		return false
	}
	more, err := r.stmt.Step()
	r.err = err
	return more && err == nil
}

func (r *sqliteRows) Scan(dest ...any) error { return scanRow(r, dest) }
func (r *sqliteRows) Int64(i int) int64      { return r.stmt.ColumnInt64(i) }
func (r *sqliteRows) Null(i int) bool        { return r.stmt.ColumnIsNull(i) }
func (r *sqliteRows) columns() int           { return r.n }
func (r *sqliteRows) Err() error             { return classify(r.err) }

func (r *sqliteRows) Bytes(i int) []byte {
	if r.buf == nil {
		r.buf = make([][]byte, r.n)
	}
	n := r.stmt.ColumnLen(i)
	if cap(r.buf[i]) < n {
		r.buf[i] = make([]byte, n, 2*n+16)
	}
	b := r.buf[i][:n]
	r.stmt.ColumnBytes(i, b)
	return b
}

func (r *sqliteRows) Close() {
	if r.done == nil {
		return
	}
	r.done()
	r.done = nil
	if r.release != nil {
		r.release()
	}
}

// sqliteTx is a Q on one connection, inside a transaction.
type sqliteTx struct {
	conn *sqliteConn
	req  *txRequest
}

func (t *sqliteTx) Exec(_ context.Context, sql string, args ...any) (int64, error) {
	return t.conn.run(sql, args)
}

func (t *sqliteTx) Query(_ context.Context, sql string, args ...any) (Rows, error) {
	return t.conn.query(sql, args, nil)
}

func (t *sqliteTx) AfterCommit(fn func()) {
	if t.req == nil {
		fn()
		return
	}
	t.req.after = append(t.req.after, fn)
}

func (t *sqliteTx) execAtEnd(ctx context.Context, list []Stmt) error {
	_, err := t.execAll(ctx, list)
	return err
}

func (t *sqliteTx) execAll(_ context.Context, list []Stmt) ([]int64, error) {
	out := make([]int64, len(list))
	for i, s := range list {
		var err error
		if out[i], err = t.conn.run(s.SQL, s.Args); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (t *sqliteTx) bulk(_ context.Context, b Bulk) ([]int, error) {
	stmt, done, err := t.conn.prepare(insertSQL(b))
	if err != nil {
		return nil, err
	}
	defer done()
	var skipped []int
	binder := stmtBinder{stmt: stmt, texts: make([]boundText, len(b.Columns))}
	for i := range b.N {
		binder.col = 0
		b.Bind(i, &binder)
		if _, err := stmt.Step(); err != nil {
			return nil, err
		}
		if len(b.Key) > 0 && t.conn.conn.Changes() == 0 {
			skipped = append(skipped, i)
		}
		if err := stmt.Reset(); err != nil {
			return nil, err
		}
	}
	return skipped, nil
}

// stmtBinder leaves a text bound that is that of the row before, as most are: SQLite keeps what is bound, and each binding is a copy.
type stmtBinder struct {
	stmt  *sqlite.Stmt
	col   int
	texts []boundText
}

type boundText struct {
	text  string
	bound bool
}

func (b *stmtBinder) next() *boundText {
	b.col++
	return &b.texts[b.col-1]
}

func (b *stmtBinder) Int64(v int64) {
	b.next().bound = false
	b.stmt.BindInt64(b.col, v)
}

func (b *stmtBinder) Text(s string) {
	if t := b.next(); !t.bound || t.text != s {
		b.stmt.BindText(b.col, s)
		*t = boundText{text: s, bound: true}
	}
}

func (b *stmtBinder) Bytes(p []byte) {
	b.next().bound = false
	b.stmt.BindText(b.col, string(p))
}

func (b *stmtBinder) Null() {
	b.next().bound = false
	b.stmt.BindNull(b.col)
}

// sqliteReader is a Q outside a transaction: each query borrows a reader and gives it back when its rows are closed.
type sqliteReader struct{ d *sqliteDB }

func (r sqliteReader) Exec(context.Context, string, ...any) (int64, error) {
	return 0, errs.New(errs.Internal, "db.write_outside_transaction")
}

func (r sqliteReader) Query(ctx context.Context, sql string, args ...any) (Rows, error) {
	c, err := r.d.borrow(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := c.query(sql, args, func() { r.d.giveBack(c) })
	if err != nil {
		r.d.giveBack(c)
		return nil, classify(err)
	}
	return rows, nil
}

func (r sqliteReader) AfterCommit(fn func()) { fn() }

func (r sqliteReader) execAtEnd(ctx context.Context, list []Stmt) error {
	_, err := r.execAll(ctx, list)
	return err
}

func (r sqliteReader) execAll(context.Context, []Stmt) ([]int64, error) {
	return nil, errs.New(errs.Internal, "db.write_outside_transaction")
}

func (r sqliteReader) bulk(context.Context, Bulk) ([]int, error) {
	return nil, errs.New(errs.Internal, "db.write_outside_transaction")
}
