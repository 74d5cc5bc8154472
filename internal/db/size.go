package db

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"time"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// Size says how large the database is, in bytes, and how much it is used at this moment.
type Size struct {
	Data int64 // the file, or the database on the server
	Free int64 // of it, pages that hold nothing (SQLite)
	WAL  int64 // beside it (SQLite)
	Busy int   // readers or connections in use
	Most int   // that there may be
}

// Size gives how large the database is and how busy.
func (d *DB) Size(ctx context.Context) (Size, error) {
	s, err := d.b.size(ctx)
	return s, classify(err)
}

// Slow gives the statements that took longer than Options.Slow since the process started, the one that cost most first.
func (d *DB) Slow() []SlowStatement { return d.slow.list() }

// SlowFrom gives from when on a statement counts as slow.
func (d *DB) SlowFrom() time.Duration { return d.slow.from }

func (d *sqliteDB) size(ctx context.Context) (Size, error) {
	s := Size{Most: d.nReader, Busy: d.nReader - len(d.readers)}
	for path, into := range map[string]*int64{d.path: &s.Data, d.path + "-wal": &s.WAL} {
		st, err := os.Stat(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return s, err
		}
		*into = st.Size()
	}
	c, err := d.borrow(ctx)
	if err != nil {
		return s, err
	}
	defer d.giveBack(c)
	pages := int64(1)
	for _, pragma := range []string{"PRAGMA page_size", "PRAGMA freelist_count"} {
		err := sqlitex.ExecuteTransient(c.conn, pragma, &sqlitex.ExecOptions{ResultFunc: func(stmt *sqlite.Stmt) error {
			pages *= stmt.ColumnInt64(0)
			return nil
		}})
		if err != nil {
			return s, err
		}
	}
	s.Free = pages
	return s, nil
}

func (d *postgresDB) size(ctx context.Context) (Size, error) {
	st := d.pool.Stat()
	s := Size{Busy: int(st.AcquiredConns()), Most: int(st.MaxConns())}
	return s, Get(ctx, d.read(), "SELECT pg_database_size(current_database())", nil, &s.Data)
}
