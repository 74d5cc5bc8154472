package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	_ "modernc.org/sqlite" // the database/sql driver, for migrations only
	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"kezhi/internal/errs"
)

// groupLimit is how many waiting transactions one commit may carry; more would let a slow one hold up the rest.
const groupLimit = 64

// mapFile lets SQLite read the file as memory: without it every page is copied by a system call.
const mapFile = "PRAGMA mmap_size=2147418112"

type sqliteDB struct {
	path    string
	writer  *sqliteConn
	readers chan *sqliteConn
	nReader int
	work    chan *txRequest
	resting chan chan error
	stopped chan struct{}
	once    sync.Once
	quit    chan struct{}
}

type txRequest struct {
	ctx   context.Context
	fn    func(Q) error
	done  chan error
	after []func()
	err   error
	panic any
}

func openSQLite(ctx context.Context, path string, opt Options) (*sqliteDB, error) {
	if opt.MustExist {
		if _, err := os.Stat(path); err != nil {
			return nil, errs.Wrap(err, errs.NotFound, "db.not_found", "path", path)
		}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, errs.Wrap(err, errs.Invalid, "db.folder", "path", filepath.Dir(path))
	}
	w, err := openConn(path, opt, false)
	if sqlite.ErrCode(err).ToPrimary() == sqlite.ResultCantOpen {
		return nil, errs.Wrap(err, errs.NotFound, "db.not_found", "path", path)
	}
	if err != nil {
		return nil, err
	}
	n := opt.Readers
	if n == 0 {
		n = max(4, 2*runtime.GOMAXPROCS(0))
	}
	d := &sqliteDB{
		path: path, writer: w, readers: make(chan *sqliteConn, n), nReader: n,
		work: make(chan *txRequest), resting: make(chan chan error), stopped: make(chan struct{}), quit: make(chan struct{}),
	}
	for i := range n {
		r, err := openConn(path, opt, true)
		if err != nil {
			for range i {
				err = errors.Join(err, (<-d.readers).close())
			}
			return nil, errors.Join(err, w.close())
		}
		d.readers <- r
	}
	go d.writeLoop()
	_ = ctx
	return d, nil
}

// openConn sets the pragmas in the one order that works: busy_timeout first, or opening at the same moment fails (see the ADR).
func openConn(path string, opt Options, readOnly bool) (*sqliteConn, error) {
	c, err := sqlite.OpenConn(path, sqlite.OpenReadWrite|sqlite.OpenCreate|sqlite.OpenURI)
	if err != nil {
		return nil, err
	}
	c.SetBusyTimeout(5 * time.Second)
	sync := "FULL"
	if opt.Relaxed {
		sync = "NORMAL"
	}
	pragmas := []string{
		"PRAGMA busy_timeout=5000", "PRAGMA journal_mode=WAL", "PRAGMA synchronous=" + sync,
		mapFile, "PRAGMA cache_size=-16384", "PRAGMA temp_store=MEMORY", "PRAGMA foreign_keys=ON",
		"PRAGMA journal_size_limit=67108864", "PRAGMA wal_autocheckpoint=4000", // 16 MB: a batch job checkpoints less often
	}
	if readOnly {
		pragmas = append(pragmas, "PRAGMA query_only=ON")
	}
	for _, p := range pragmas {
		if err := sqlitex.ExecuteTransient(c, p, nil); err != nil {
			return nil, errors.Join(err, c.Close())
		}
	}
	return &sqliteConn{conn: c, stmts: map[string]*cachedStmt{}, slow: opt.slow}, nil
}

func (d *sqliteDB) dialect() Dialect { return SQLite }

// inTx hands fn to the one writer and waits for the commit that carries it.
func (d *sqliteDB) inTx(ctx context.Context, fn func(Q) error) error {
	r := &txRequest{ctx: ctx, fn: fn, done: make(chan error, 1)}
	select {
	case d.work <- r:
	case <-ctx.Done():
		return ctx.Err()
	case <-d.quit:
		return errs.New(errs.Unavailable, "db.closed")
	}
	err := <-r.done
	if r.panic != nil {
		panic(r.panic)
	}
	if err == nil {
		for _, fn := range r.after {
			fn()
		}
	}
	return err
}

func (d *sqliteDB) writeLoop() {
	defer close(d.stopped)
	for {
		select {
		case r := <-d.work:
			d.commitGroup(r)
		case done := <-d.resting:
			done <- d.writer.rest()
		case <-d.quit:
			return
		}
	}
}

// commitGroup runs the first request and everybody who is already waiting in one transaction, all but the first in their own
// savepoints, so that one fsync makes many of them durable and one failure undoes only itself. The first has nothing before it to
// keep: it undoes the transaction. A savepoint keeps the former content of every page it changes in memory, which for a batch job
// is as much as it writes.
func (d *sqliteDB) commitGroup(first *txRequest) {
	for again := []*txRequest{first}; len(again) > 0; {
		again = d.commitOnce(again)
	}
}

// commitOnce runs the given requests, then those that arrive, in one transaction, and answers them. SQLite itself rolls the
// whole transaction back when a write is interrupted or the disk is full; the request that met this is answered, and the
// others, which did nothing wrong, are given back to be run again.
func (d *sqliteDB) commitOnce(given []*txRequest) (again []*txRequest) {
	if err := d.writer.exec("BEGIN IMMEDIATE"); err != nil {
		for _, r := range given {
			r.done <- err
		}
		return nil
	}
	var group []*txRequest
	for r := d.waiting(&given, 0); r != nil; r = d.waiting(&given, len(group)) {
		d.runOne(r, len(group) == 0)
		if d.writer.conn.AutocommitEnabled() {
			r.done <- r.err
			return append(group, given...)
		}
		if r.err != nil {
			r.done <- r.err // it undid only itself, and has nothing to wait for
			continue
		}
		group = append(group, r)
	}
	err := d.writer.exec("COMMIT")
	if err != nil && !d.writer.conn.AutocommitEnabled() {
		err = errors.Join(err, d.writer.exec("ROLLBACK"))
	}
	for _, r := range group {
		r.done <- err
	}
	return nil
}

// waiting gives the next request that need not be waited for, or nil: first the given ones, then new ones.
func (d *sqliteDB) waiting(given *[]*txRequest, have int) *txRequest {
	if len(*given) > 0 {
		r := (*given)[0]
		*given = (*given)[1:]
		return r
	}
	if have >= groupLimit {
		return nil
	}
	select {
	case r := <-d.work:
		return r
	default:
		return nil
	}
}

func (d *sqliteDB) runOne(r *txRequest, first bool) {
	c := d.writer
	undo := func() error { return errors.Join(c.exec("ROLLBACK TO one"), c.exec("RELEASE one")) }
	if first {
		undo = func() error { return c.exec("ROLLBACK") }
	}
	r.err, r.panic, r.after = nil, nil, nil // it may have run before, in a transaction that was lost
	if r.err = r.ctx.Err(); r.err != nil {
		return
	}
	if !first {
		if r.err = c.exec("SAVEPOINT one"); r.err != nil {
			return
		}
	}
	if err := d.call(r); err != nil {
		if r.err = err; r.ctx.Err() != nil && sqlite.ErrCode(err) == sqlite.ResultInterrupt {
			r.err = r.ctx.Err()
		}
		if c.conn.AutocommitEnabled() {
			return // SQLite has rolled everything back already
		}
		if failed := undo(); failed != nil { // nobody may go on behind what is half done: the others are run again
			r.err = errors.Join(r.err, failed, c.exec("ROLLBACK"))
		}
		return
	}
	if !first {
		r.err = c.exec("RELEASE one")
	}
}

// call runs the function of a request, which the end of its context interrupts; a panic becomes an error, and what interrupts the
// writer goes with the request in any case.
func (d *sqliteDB) call(r *txRequest) (err error) {
	old := d.writer.conn.SetInterrupt(r.ctx.Done())
	defer d.writer.conn.SetInterrupt(old)
	defer func() {
		if p := recover(); p != nil {
			r.panic, err = p, fmt.Errorf("panic: %v", p)
		}
	}()
	return r.fn(&sqliteTx{conn: d.writer, req: r})
}

func (d *sqliteDB) borrow(ctx context.Context) (*sqliteConn, error) {
	select {
	case c := <-d.readers:
		c.conn.SetInterrupt(ctx.Done())
		return c, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-d.quit:
		return nil, errs.New(errs.Unavailable, "db.closed")
	}
}

func (d *sqliteDB) giveBack(c *sqliteConn) {
	c.conn.SetInterrupt(nil)
	d.readers <- c
}

// rest takes every reader that is free right now, and the writer between two commits.
func (d *sqliteDB) rest(ctx context.Context) error {
	var err error
	for range d.nReader {
		select {
		case c := <-d.readers:
			err = errors.Join(err, c.rest())
			d.readers <- c
		default:
		}
	}
	done := make(chan error, 1)
	select {
	case d.resting <- done:
		return errors.Join(err, <-done)
	case <-ctx.Done():
		return errors.Join(err, ctx.Err())
	case <-d.quit:
		return errs.New(errs.Unavailable, "db.closed")
	}
}

func (d *sqliteDB) inRead(ctx context.Context, fn func(Q) error) error {
	c, err := d.borrow(ctx)
	if err != nil {
		return err
	}
	defer d.giveBack(c)
	if err := c.exec("BEGIN"); err != nil {
		return err
	}
	defer func() { c.conn.SetInterrupt(nil); _ = c.exec("ROLLBACK") }()
	return fn(&sqliteTx{conn: c})
}

func (d *sqliteDB) read() Q { return sqliteReader{d} }

func (d *sqliteDB) close() error {
	var err error
	d.once.Do(func() {
		close(d.quit)
		<-d.stopped
		for range d.nReader {
			err = errors.Join(err, (<-d.readers).close())
		}
		err = errors.Join(err, d.writer.close())
	})
	return err
}

func (d *sqliteDB) migrator() (migrator, error) {
	h, err := sql.Open("sqlite", "file:"+d.path+"?_pragma=busy_timeout(10000)&_pragma=foreign_keys(1)&_txlock=immediate")
	return migrator{db: h, dialect: SQLite}, err
}

// backup copies page by page while readers and the writer go on; a write in between is carried over by SQLite itself.
func (d *sqliteDB) backup(ctx context.Context, path string) error {
	src, err := d.borrow(ctx)
	if err != nil {
		return err
	}
	defer d.giveBack(src)
	dst, err := sqlite.OpenConn(path, sqlite.OpenReadWrite|sqlite.OpenCreate)
	if err != nil {
		return err
	}
	b, err := sqlite.NewBackup(dst, "main", src.conn, "main")
	if err != nil {
		return errors.Join(err, dst.Close())
	}
	for more := true; more && err == nil; {
		if err = ctx.Err(); err == nil {
			more, err = b.Step(4096)
		}
	}
	err = errors.Join(err, b.Close())
	if err == nil {
		// A backup must be one file that opens by itself.
		err = sqlitex.ExecuteTransient(dst, "PRAGMA journal_mode=DELETE", nil)
	}
	return errors.Join(err, dst.Close())
}
