package db

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"time"

	"kezhi/internal/errs"
)

// Dialect tells the two databases apart where a feature really must (none does so far outside this package).
type Dialect string

// The databases.
const (
	SQLite   Dialect = "sqlite"
	Postgres Dialect = "postgres"
)

// Q runs statements, inside a transaction (given by InTx and InRead) or outside (DB.Read).
type Q interface {
	// Exec runs a statement and gives the number of rows it changed.
	Exec(ctx context.Context, sql string, args ...any) (int64, error)
	// Query starts a query. The caller must Close the rows.
	Query(ctx context.Context, sql string, args ...any) (Rows, error)
	// AfterCommit registers what is to happen once the transaction is durable; outside a transaction it happens at once.
	AfterCommit(fn func())
	bulk(ctx context.Context, b Bulk) ([]int, error)
	execAll(ctx context.Context, list []Stmt) ([]int64, error)
	execAtEnd(ctx context.Context, list []Stmt) error
}

// Rows walks over a result. The raw accessors are for hot paths: they neither box nor copy, and what Bytes
// returns is valid only until the next call of Next.
type Rows interface {
	Next() bool
	// Scan copies the columns of this row into pointers to int, int64, bool, string, float64, []byte, calendar.Date,
	// named types of those, or pointers to pointers of them for NULL. NULL into a plain pointer gives the zero value.
	Scan(dest ...any) error
	Int64(col int) int64
	Bytes(col int) []byte
	Null(col int) bool
	Err() error
	Close()
}

// Options tune Open.
type Options struct {
	// Readers is the number of concurrent readers (SQLite) or connections (PostgreSQL). 0 = chosen from the processors.
	Readers int
	// Relaxed gives synchronous=NORMAL on SQLite: faster commits, the last moments may be lost when the power fails.
	Relaxed bool
	// MustExist refuses to create a SQLite file.
	MustExist bool
	// Slow is from how long on a statement is kept for DB.Slow. 0 = SlowFrom, negative = none is.
	Slow time.Duration
	Log  *slog.Logger

	slow *slowLog
}

type backend interface {
	dialect() Dialect
	inTx(ctx context.Context, fn func(Q) error) error
	inRead(ctx context.Context, fn func(Q) error) error
	read() Q
	close() error
	migrator() (migrator, error)
	rest(ctx context.Context) error
	backup(ctx context.Context, path string) error
	size(ctx context.Context) (Size, error)
}

// DB is an open database.
type DB struct {
	b      backend
	dsn    string
	slow   *slowLog
	sealer Sealer // nil = nothing is sealed
}

// Open opens a SQLite file (a path) or PostgreSQL (postgres://…). It does not migrate; call Migrate or CheckVersion next.
// Errors: db.damaged, db.locked, db.unreachable, db.not_found.
func Open(ctx context.Context, dsn string, opt Options) (*DB, error) {
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	opt.slow = newSlowLog(opt.Slow)
	var b backend
	var err error
	if strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://") {
		b, err = openPostgres(ctx, dsn, opt)
	} else {
		b, err = openSQLite(ctx, strings.TrimPrefix(dsn, "sqlite:"), opt)
	}
	if err != nil {
		return nil, classify(err)
	}
	return &DB{b: b, dsn: dsn, slow: opt.slow}, nil
}

// Dialect says which database this is.
func (d *DB) Dialect() Dialect { return d.b.dialect() }

// InTx runs fn in a write transaction: all of it is durable when InTx returns nil, none of it otherwise.
// It must not be nested.
func (d *DB) InTx(ctx context.Context, fn func(q Q) error) error {
	return classify(d.b.inTx(ctx, d.carrying(fn)))
}

// InRead runs fn on one unchanging snapshot; writes are refused.
func (d *DB) InRead(ctx context.Context, fn func(q Q) error) error {
	return classify(d.b.inRead(ctx, d.carrying(fn)))
}

// Read gives a Q for single queries outside a transaction; each sees the newest committed state.
func (d *DB) Read() Q {
	if d.sealer == nil {
		return d.b.read()
	}
	return sealing{d.b.read(), d.sealer}
}

// Close waits for the running transactions and closes everything. A second call does nothing.
func (d *DB) Close() error { return d.b.close() }

// Backup writes a consistent copy of a SQLite database to path while the program goes on working.
// On PostgreSQL it is refused (db.backup_with_pg_dump): its own tools do that better.
func (d *DB) Backup(ctx context.Context, path string) error { return classify(d.b.backup(ctx, path)) }

// Rest gives back the memory of connections that nobody uses right now: the pages of the file they have mapped and their
// caches, which otherwise stay for as long as the process lives. They stay open with their statements prepared, so the next
// query costs a few page faults and nothing else. Meant for a moment of quiet. On PostgreSQL it does nothing.
func (d *DB) Rest(ctx context.Context) error { return classify(d.b.rest(ctx)) }

// Ping says whether the database answers.
func (d *DB) Ping(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	_, err := One(ctx, d.Read(), "SELECT 1", nil, func(r Rows) (int64, error) { return r.Int64(0), nil })
	return err
}

// ErrNoRows is returned by One when there is no row.
var ErrNoRows = errs.New(errs.NotFound, "not_found")

// One runs a query for a single row. No row gives ErrNoRows (kind NotFound).
func One[T any](ctx context.Context, q Q, sql string, args []any, scan func(Rows) (T, error)) (T, error) {
	var zero T
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		return zero, err
	}
	defer rows.Close()
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return zero, err
		}
		return zero, ErrNoRows
	}
	return scan(rows)
}

// List runs a query and gives all its rows; the caller's SQL bounds their number.
func List[T any](ctx context.Context, q Q, sql string, args []any, scan func(Rows) (T, error)) ([]T, error) {
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// Get is One into pointers.
func Get(ctx context.Context, q Q, sql string, args []any, dest ...any) error {
	_, err := One(ctx, q, sql, args, func(r Rows) (struct{}, error) { return struct{}{}, r.Scan(dest...) })
	return err
}

// IsNoRows says whether an error means that there was no row.
func IsNoRows(err error) bool { return errors.Is(err, ErrNoRows) }

// In gives "(?,?,?)" for n values; for n = 0 it gives "(NULL)", which nothing equals.
func In(n int) string {
	if n == 0 {
		return "(NULL)"
	}
	return "(" + strings.Repeat("?,", n-1) + "?)"
}

// Among gives the condition that a column holds one of some ids. It also says that they lie between the least and the greatest of them:
// a PostgreSQL that has no figures yet of a table that was just filled takes some hundred ids for all of its rows and would read every
// one of them, whereas of two bounds it supposes that they leave few.
func Among(column string, ids []int64) (string, []any) {
	if len(ids) == 0 {
		return column + " IN " + In(0), nil
	}
	return column + " IN " + In(len(ids)) + " AND " + column + " >= ? AND " + column + " <= ?", append(Args(ids), slices.Min(ids), slices.Max(ids))
}

// Args turns a slice of anything into arguments.
func Args[T any](vs []T) []any {
	out := make([]any, len(vs))
	for i, v := range vs {
		out[i] = v
	}
	return out
}
