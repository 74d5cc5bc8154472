package db

import (
	"context"
	"database/sql"
	"embed"
	"io/fs"
	"regexp"
	"strings"
	"testing/fstest"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"

	"kezhi/internal/errs"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

type migrator struct {
	db      *sql.DB
	dialect Dialect
}

// directive matches /*sqlite …*/ and /*postgres …*/: text that only one database sees, in the one migration file both read.
var directive = regexp.MustCompile(`(?s)/\*(sqlite|postgres)\s(.*?)\*/`)

// MigrationText gives a migration as one database reads it.
func MigrationText(text string, dialect Dialect) string {
	return directive.ReplaceAllStringFunc(text, func(m string) string {
		parts := directive.FindStringSubmatch(m)
		if Dialect(parts[1]) == dialect {
			return strings.TrimSpace(parts[2])
		}
		return ""
	})
}

// Migrations gives the migration files as one database reads them, by name.
func Migrations(dialect Dialect) (fs.FS, error) {
	out := fstest.MapFS{}
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		b, err := migrationFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		out[strings.TrimPrefix(name, "migrations/")] = &fstest.MapFile{Data: []byte(MigrationText(string(b), dialect))}
	}
	return out, nil
}

func (m migrator) provider() (*goose.Provider, error) {
	files, err := Migrations(m.dialect)
	if err != nil {
		return nil, err
	}
	dialect := database.DialectSQLite3
	if m.dialect == Postgres {
		dialect = database.DialectPostgres
	}
	return goose.NewProvider(dialect, m.db, files)
}

// Versions gives the schema version the database has and the newest one this program knows.
func (d *DB) Versions(ctx context.Context) (have, newest int64, err error) {
	m, err := d.b.migrator()
	if err != nil {
		return 0, 0, classify(err)
	}
	defer func() { _ = m.db.Close() }()
	p, err := m.provider()
	if err != nil {
		return 0, 0, classify(err)
	}
	have, newest, err = p.GetVersions(ctx)
	return have, newest, classify(err)
}

// CheckVersion refuses a database that this program cannot work with: db.newer_than_program, db.needs_migration.
func (d *DB) CheckVersion(ctx context.Context) error {
	have, newest, err := d.Versions(ctx)
	switch {
	case err != nil:
		return err
	case have > newest:
		return errs.New(errs.Invalid, "db.newer_than_program", "have", have, "known", newest)
	case have < newest:
		return errs.New(errs.Invalid, "db.needs_migration", "have", have, "known", newest)
	}
	return nil
}

// Migrate brings the schema to the newest version this program knows, each step in a transaction of its own, and
// gives the names of the steps applied. A database that is newer than the program is refused and left alone.
func (d *DB) Migrate(ctx context.Context) ([]string, error) {
	// A database that is locked or read-only says so here at once; the migrator would try again and again for a minute.
	if err := d.InTx(ctx, func(Q) error { return nil }); err != nil {
		return nil, err
	}
	m, err := d.b.migrator()
	if err != nil {
		return nil, classify(err)
	}
	defer func() { _ = m.db.Close() }()
	p, err := m.provider()
	if err != nil {
		return nil, classify(err)
	}
	have, newest, err := p.GetVersions(ctx)
	if err != nil {
		return nil, classify(err)
	}
	if have > newest {
		return nil, errs.New(errs.Invalid, "db.newer_than_program", "have", have, "known", newest)
	}
	results, err := p.Up(ctx)
	var applied []string
	for _, r := range results {
		applied = append(applied, r.Source.Path)
	}
	return applied, classify(err)
}
