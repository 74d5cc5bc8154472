package db_test

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
)

var update = flag.Bool("update", false, "write testdata/migrations.sum for a release")

// A released migration is history: installations have run it, so its text never changes again. Whoever makes a release
// adds the new files to the list with -update.
func TestMigrationsAreAppendOnly(t *testing.T) {
	list := filepath.Join("testdata", "migrations.sum")
	names, err := filepath.Glob(filepath.Join("migrations", "*.sql"))
	if err != nil || len(names) == 0 {
		t.Fatal("no migrations", err)
	}
	have, text := map[string]string{}, "# SHA-256 of each released migration; go test ./internal/db -run TestMigrationsAreAppendOnly -update writes it for a release.\n"
	for i, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(filepath.Base(name), fmt.Sprintf("%04d_", i+1)) {
			t.Errorf("%s: the numbers have a gap or a double", name)
		}
		if strings.Contains(string(b), "+goose Down") {
			t.Errorf("%s goes down; migrations are forward-only", name)
		}
		have[filepath.Base(name)] = fmt.Sprintf("%x", sha256.Sum256(b))
		text += have[filepath.Base(name)] + "  " + filepath.Base(name) + "\n"
	}
	if *update {
		if err := os.WriteFile(list, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	released := 0
	for line := range strings.Lines(string(b)) {
		if strings.HasPrefix(line, "#") || strings.TrimSpace(line) == "" {
			continue
		}
		sum, name, ok := strings.Cut(strings.TrimSpace(line), "  ")
		if !ok || have[name] != sum {
			t.Errorf("%s was released and has changed or is gone; write a new migration instead", name)
		}
		if released++; filepath.Base(names[min(released, len(names))-1]) != name {
			t.Errorf("%s stands before or between released migrations; a new one comes last", names[released-1])
		}
	}
}

func TestMigrationsLeadFromNothingToTheNewest(t *testing.T) {
	for _, dialect := range []db.Dialect{db.SQLite, db.Postgres} {
		t.Run(string(dialect), func(t *testing.T) {
			dsn := filepath.Join(t.TempDir(), "new.db")
			if dialect == db.Postgres {
				dsn = dbtest.EmptyPostgres(t)
			}
			d, err := db.Open(t.Context(), dsn, db.Options{Readers: 2, Relaxed: true})
			if err != nil {
				t.Fatal(err)
			}
			defer d.Close()
			if err := d.CheckVersion(t.Context()); errs.CodeOf(err) != "db.needs_migration" {
				t.Errorf("empty: %v", err)
			}
			files, err := db.Migrations(dialect)
			if err != nil {
				t.Fatal(err)
			}
			names, err := fs.Glob(files, "*.sql")
			if err != nil {
				t.Fatal(err)
			}
			applied, err := d.Migrate(t.Context())
			if err != nil || len(applied) != len(names) {
				t.Fatalf("%v, %v", applied, err)
			}
			if applied, err = d.Migrate(t.Context()); err != nil || len(applied) != 0 {
				t.Fatalf("again: %v, %v", applied, err)
			}
			if have, newest, err := d.Versions(t.Context()); err != nil || have != newest || int(newest) != len(names) {
				t.Fatalf("%d of %d, %v", have, newest, err)
			}
			if err := d.CheckVersion(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestEachDatabaseReadsItsOwnDirectives(t *testing.T) {
	text := "a /*sqlite WITHOUT ROWID*/ b /*postgres COLLATE \"C\"*/ c /* a remark */\n/*sqlite\nx;\ny;\n*/"
	if got := db.MigrationText(text, db.SQLite); got != "a WITHOUT ROWID b  c /* a remark */\nx;\ny;" {
		t.Errorf("%q", got)
	}
	if got := db.MigrationText(text, db.Postgres); got != "a  b COLLATE \"C\" c /* a remark */\n" {
		t.Errorf("%q", got)
	}
}

func TestADatabaseNewerThanTheProgramIsLeftAlone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		err := d.InTx(ctx, func(q db.Q) error {
			_, err := q.Exec(ctx, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, ?)", applied(d))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for name, err := range map[string]error{
			"check":   d.CheckVersion(ctx),
			"migrate": func() error { _, err := d.Migrate(ctx); return err }(),
		} {
			if e, ok := errs.As(err); !ok || e.Code != "db.newer_than_program" || e.Kind != errs.Invalid || fmt.Sprint(e.Args["have"]) != "9999" {
				t.Errorf("%s: %v", name, err)
			}
		}
		if have, _, err := d.Versions(ctx); err != nil || have != 9999 {
			t.Errorf("now %d, %v", have, err)
		}
	})
}

// applied is how goose writes a yes: its table has a boolean on PostgreSQL.
func applied(d *db.DB) any {
	if d.Dialect() == db.Postgres {
		return "t"
	}
	return 1
}
