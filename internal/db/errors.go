package db

import (
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	modernc "modernc.org/sqlite"
	"zombiezen.com/go/sqlite"

	"kezhi/internal/errs"
)

// classify turns what the drivers say about the machine's state into errors a user can act on;
// everything else goes through unchanged.
func classify(err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	if _, ok := errs.As(err); ok {
		return err
	}
	switch sqliteCode(err).ToPrimary() {
	case sqlite.ResultBusy, sqlite.ResultLocked:
		return errs.Wrap(err, errs.Unavailable, "db.locked")
	case sqlite.ResultFull:
		return errs.Wrap(err, errs.Unavailable, "db.disk_full")
	case sqlite.ResultCorrupt, sqlite.ResultNotADB:
		return errs.Wrap(err, errs.Unavailable, "db.damaged")
	case sqlite.ResultReadOnly:
		return errs.Wrap(err, errs.Unavailable, "db.read_only")
	case sqlite.ResultIOErr, sqlite.ResultCantOpen: // that the main file cannot be opened is openSQLite's to say
		return errs.Wrap(err, errs.Unavailable, "db.io_error")
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		if pg.Code == badText {
			return errs.Wrap(err, errs.Invalid, "request.bad_text")
		}
		switch pg.Code[:2] {
		case "53":
			return errs.Wrap(err, errs.Unavailable, "db.disk_full")
		case "57", "08":
			return errs.Wrap(err, errs.Unavailable, "db.unreachable")
		case "28", "3D":
			return errs.Wrap(err, errs.Unavailable, "db.refused")
		}
		return err
	}
	var conn *pgconn.ConnectError
	if errors.As(err, &conn) {
		return errs.Wrap(err, errs.Unavailable, "db.unreachable")
	}
	return err
}

// badText is what PostgreSQL says of a text with a NUL in it, or one that is not UTF-8.
const badText = "22021"

// sqliteCode finds the result code of either driver: migrations go through database/sql.
func sqliteCode(err error) sqlite.ResultCode {
	var e *modernc.Error
	if errors.As(err, &e) {
		return sqlite.ResultCode(e.Code())
	}
	return sqlite.ErrCode(err)
}

// UniqueTable gives the table whose unique or primary key a statement violated, or "".
func UniqueTable(err error) string {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		if pg.Code == "23505" {
			return pg.TableName
		}
		return ""
	}
	code := sqlite.ErrCode(err)
	if code != sqlite.ResultConstraintUnique && code != sqlite.ResultConstraintPrimaryKey {
		return ""
	}
	text := err.Error() // "… UNIQUE constraint failed: table.column, table.column"
	at := strings.LastIndex(text, "constraint failed: ")
	if at < 0 {
		return ""
	}
	table, _, _ := strings.Cut(text[at+len("constraint failed: "):], ".")
	return table
}
