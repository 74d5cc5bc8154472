package db

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"

	"kezhi/internal/clock"
	"kezhi/internal/errs"
)

// retries is how often a transaction is run again after a deadlock or a serialization failure.
const retries = 5

type postgresDB struct {
	pool  *pgxpool.Pool
	dsn   string
	once  sync.Once
	types sync.Map // of the columns bulks write: table and columns -> []uint32
	slow  *slowLog
}

func openPostgres(ctx context.Context, dsn string, opt Options) (*postgresDB, error) {
	cfg, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, errs.Wrap(err, errs.Invalid, "db.bad_address")
	}
	// Compiling a query costs more than running it here: lists are short, and batch scans only fold.
	cfg.ConnConfig.RuntimeParams["jit"] = "off"
	// A plan that is kept was made when a table held little, as at the beginning of a grading, and would read all of it for every page.
	cfg.ConnConfig.RuntimeParams["plan_cache_mode"] = "force_custom_plan"
	cfg.ConnConfig.OnNotice = func(_ *pgconn.PgConn, n *pgconn.Notice) {
		if n.SeverityUnlocalized == "WARNING" { // the server has it in its own log as well
			opt.Log.Warn("the database warns", "code", n.Code, "message", n.Message)
		}
	}
	if opt.Readers > 0 {
		cfg.MaxConns = int32(min(opt.Readers, 1000))
	} else {
		cfg.MaxConns = max(cfg.MaxConns, 8)
	}
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, err
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, err
	}
	return &postgresDB{pool: pool, dsn: dsn, slow: opt.slow}, nil
}

func (d *postgresDB) dialect() Dialect { return Postgres }

func (d *postgresDB) inTx(ctx context.Context, fn func(Q) error) error {
	for attempt := 1; ; attempt++ {
		err := d.once1(ctx, beginWrite, fn)
		var pg *pgconn.PgError
		if attempt < retries && errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01") {
			select {
			case <-time.After(time.Duration(rand.IntN(20*attempt)+1) * time.Millisecond):
				continue
			case <-ctx.Done():
			}
		}
		return err
	}
}

// How transactions begin.
const (
	beginWrite = "begin"
	beginRead  = "begin isolation level repeatable read read only"
)

func (d *postgresDB) once1(ctx context.Context, begin string, fn func(Q) error) error {
	after, err := d.within(ctx, begin, fn)
	if err != nil {
		return err
	}
	for _, fn := range after {
		fn()
	}
	return nil
}

// within runs fn in a transaction of its own and gives what is to follow once the connection is back. The driver's own transactions
// would commit once more after a request that ended with the commit, which the server writes into its log each time.
func (d *postgresDB) within(ctx context.Context, begin string, fn func(Q) error) (after []func(), err error) {
	conn, err := d.pool.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Release() // closes one whose transaction is not over
	if _, err := conn.Exec(ctx, begin); err != nil {
		return nil, err
	}
	defer func() {
		if conn.Conn().PgConn().TxStatus() != 'I' { // idle: the commit was the end, or the server undid all
			_, _ = conn.Exec(context.WithoutCancel(ctx), "rollback")
		}
	}()
	q := &postgresQ{c: conn, tx: conn, types: &d.types, slow: d.slow}
	if err := fn(q); err != nil {
		return nil, err
	}
	if err := q.commit(ctx); err != nil {
		return nil, err
	}
	return q.after, nil
}

func (d *postgresDB) inRead(ctx context.Context, fn func(Q) error) error {
	return d.once1(ctx, beginRead, fn)
}

func (d *postgresDB) read() Q { return &postgresQ{c: d.pool, slow: d.slow} }

func (d *postgresDB) close() error {
	d.once.Do(d.pool.Close)
	return nil
}

func (d *postgresDB) migrator() (migrator, error) {
	cfg, err := pgx.ParseConfig(d.dsn)
	if err != nil {
		return migrator{}, err
	}
	return migrator{db: stdlib.OpenDB(*cfg), dialect: Postgres}, nil
}

// rest has nothing to do: the pool closes connections that are idle for long, and the server keeps its own memory.
func (d *postgresDB) rest(context.Context) error { return nil }

func (d *postgresDB) backup(context.Context, string) error {
	return errs.New(errs.Invalid, "db.backup_with_pg_dump")
}

// pgConn is what a pool and a transaction have in common.
type pgConn interface {
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

type postgresQ struct {
	c     pgConn
	tx    *pgxpool.Conn // nil outside a transaction
	types *sync.Map     // of the database
	after []func()
	late  []Stmt // to be sent with the commit
	temp  int
	slow  *slowLog
}

// catchUp sends what was kept for the end before anything else is done.
func (p *postgresQ) catchUp(ctx context.Context) error {
	list := p.late
	p.late = nil
	_, err := ExecAll(ctx, p, list)
	return err
}

// commit ends the transaction, in one request with what was kept for the end.
func (p *postgresQ) commit(ctx context.Context) error {
	if len(p.late) > 0 {
		_, err := p.send(ctx, append(p.late, Stmt{SQL: "COMMIT"}))
		return err
	}
	tag, err := p.tx.Exec(ctx, "commit")
	if err == nil && tag.String() == "ROLLBACK" { // a statement failed, and fn went on as if nothing had been
		return pgx.ErrTxCommitRollback
	}
	return err
}

func (p *postgresQ) Exec(ctx context.Context, text string, args ...any) (int64, error) {
	if p.tx == nil {
		return 0, errs.New(errs.Internal, "db.write_outside_transaction")
	}
	if err := p.catchUp(ctx); err != nil {
		return 0, err
	}
	defer p.slow.since(text, clock.System())
	tag, err := p.c.Exec(ctx, rebind(text), pgArgs(args)...)
	return tag.RowsAffected(), err
}

// formats asks for integers as they are and for everything else as text: NUMERIC sums arrive as plain digits.
var formats = pgx.QueryResultFormatsByOID{
	pgtype.Int8OID: pgx.BinaryFormatCode, pgtype.Int4OID: pgx.BinaryFormatCode, pgtype.Int2OID: pgx.BinaryFormatCode,
}

func (p *postgresQ) Query(ctx context.Context, text string, args ...any) (Rows, error) {
	if err := p.catchUp(ctx); err != nil {
		return nil, err
	}
	full := append(make([]any, 0, len(args)+1), formats)
	began := clock.System()
	rows, err := p.c.Query(ctx, rebind(text), append(full, pgArgs(args)...)...)
	if err != nil {
		return nil, classify(err)
	}
	return &postgresRows{rows: rows, over: func() { p.slow.since(text, began) }}, nil
}

func (p *postgresQ) AfterCommit(fn func()) {
	if p.tx == nil {
		fn()
		return
	}
	p.after = append(p.after, fn)
}

// execAll sends the statements as one pipeline; after one that fails the server does none of the rest.
func (p *postgresQ) execAll(ctx context.Context, list []Stmt) ([]int64, error) {
	if p.tx == nil {
		return nil, errs.New(errs.Internal, "db.write_outside_transaction")
	}
	if err := p.catchUp(ctx); err != nil {
		return nil, err
	}
	return p.send(ctx, list)
}

func (p *postgresQ) execAtEnd(_ context.Context, list []Stmt) error {
	if p.tx == nil {
		return errs.New(errs.Internal, "db.write_outside_transaction")
	}
	p.late = append(p.late, list...)
	return nil
}

func (p *postgresQ) send(ctx context.Context, list []Stmt) ([]int64, error) {
	var b pgx.Batch
	for _, s := range list {
		b.Queue(rebind(s.SQL), pgArgs(s.Args)...)
	}
	if len(list) > 0 {
		defer p.slow.since(list[0].SQL, clock.System()) // named by the first of them
	}
	res := p.tx.SendBatch(ctx, &b)
	out := make([]int64, len(list))
	for i := range list {
		tag, err := res.Exec()
		if err != nil {
			_ = res.Close() // says the same again
			return nil, err
		}
		out[i] = tag.RowsAffected()
	}
	return out, res.Close()
}

// bulk copies into the table itself, or, where existing keys are to be skipped, into a temporary table first.
func (p *postgresQ) bulk(ctx context.Context, b Bulk) ([]int, error) {
	if p.tx == nil {
		return nil, errs.New(errs.Internal, "db.write_outside_transaction")
	}
	if err := p.catchUp(ctx); err != nil {
		return nil, err
	}
	if len(b.Key) == 0 {
		return nil, p.copyIn(ctx, b.Table, b, false)
	}
	p.temp++
	temp := fmt.Sprintf("bulk_%s_%d", b.Table, p.temp)
	cols := strings.Join(b.Columns, ", ")
	if _, err := p.c.Exec(ctx, fmt.Sprintf("CREATE TEMP TABLE %s ON COMMIT DROP AS SELECT 0::bigint AS ord, %s FROM %s LIMIT 0", temp, cols, b.Table)); err != nil {
		return nil, err
	}
	if err := p.copyIn(ctx, temp, b, true); err != nil {
		return nil, err
	}
	on := make([]string, len(b.Key))
	for i, k := range b.Key {
		on[i] = "s." + k + " = t." + k
	}
	join := fmt.Sprintf("FROM %s s JOIN %s t ON %s", temp, b.Table, strings.Join(on, " AND "))
	skipped, err := List(ctx, p, "SELECT s.ord "+join+" ORDER BY s.ord", nil, func(r Rows) (int, error) { return int(r.Int64(0)), nil })
	if err != nil {
		return nil, err
	}
	text := fmt.Sprintf("INSERT INTO %s (%s) SELECT %s FROM %s", b.Table, cols, cols, temp)
	if len(skipped) > 0 {
		text += " WHERE ord NOT IN (SELECT s.ord " + join + ")"
	}
	if _, err := p.c.Exec(ctx, text); err != nil {
		return nil, err
	}
	_, err = p.c.Exec(ctx, "DROP TABLE "+temp)
	return skipped, err
}

type postgresRows struct {
	rows   pgx.Rows
	raw    [][]byte
	fields []pgconn.FieldDescription
	over   func() // once, at the end; nil afterwards
}

func (r *postgresRows) Next() bool {
	if !r.rows.Next() {
		return false
	}
	if r.raw = r.rows.RawValues(); r.fields == nil {
		r.fields = r.rows.FieldDescriptions()
	}
	return true
}
func (r *postgresRows) Scan(dest ...any) error { return scanRow(r, dest) }
func (r *postgresRows) columns() int           { return len(r.raw) }
func (r *postgresRows) Null(i int) bool        { return r.raw[i] == nil }
func (r *postgresRows) Err() error             { return classify(r.rows.Err()) }
func (r *postgresRows) Close() {
	r.rows.Close()
	if r.over != nil {
		r.over()
		r.over = nil
	}
}

// Bytes gives text as it came, and integers as digits.
func (r *postgresRows) Bytes(i int) []byte {
	if b := r.raw[i]; b == nil || r.fields[i].Format == pgx.TextFormatCode {
		return b
	}
	return strconv.AppendInt(nil, r.Int64(i), 10)
}

// Int64 reads an integer of any size or decimal digits; a boolean reads as 0 or 1, a fraction is cut off (as SQLite does), NULL is 0.
func (r *postgresRows) Int64(i int) int64 {
	b := r.raw[i]
	if r.fields[i].Format == pgx.TextFormatCode {
		return digits(b)
	}
	switch len(b) {
	case 8:
		return int64(binary.BigEndian.Uint64(b))
	case 4:
		return int64(int32(binary.BigEndian.Uint32(b)))
	case 2:
		return int64(int16(binary.BigEndian.Uint16(b)))
	}
	return 0
}

func digits(b []byte) int64 {
	if len(b) == 0 {
		return 0
	}
	if b[0] == 't' {
		return 1
	}
	neg := b[0] == '-'
	if neg {
		b = b[1:]
	}
	n := int64(0)
	for _, c := range b {
		if c < '0' || c > '9' {
			break
		}
		n = n*10 + int64(c-'0')
	}
	if neg {
		return -n
	}
	return n
}

func pgArgs(args []any) []any {
	out := make([]any, len(args))
	for i, a := range args {
		out[i] = normal(a)
	}
	return out
}

var rebound sync.Map

// rebind turns ? into $1, $2 …, leaving quoted text alone. Texts are few, so results are kept.
func rebind(text string) string {
	if v, ok := rebound.Load(text); ok {
		return v.(string)
	}
	var b strings.Builder
	n, quoted := 0, false
	for i := range len(text) {
		c := text[i]
		if c == '\'' {
			quoted = !quoted
		}
		if c != '?' || quoted {
			b.WriteByte(c)
			continue
		}
		n++
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(n))
	}
	out := b.String()
	rebound.Store(text, out)
	return out
}
