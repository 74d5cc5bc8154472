// Package dbtest gives tests a migrated database of their own, on SQLite always and on PostgreSQL when the test run
// started one (go run ./test/withpg -- go test ./...). Tests only.
package dbtest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"

	"kezhi/internal/db"
)

// URLVariable names the environment variable with the address of a PostgreSQL server the tests may create databases on.
const URLVariable = "KEZHI_TEST_POSTGRES"

// Each runs a test once per database.
func Each(t *testing.T, fn func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { fn(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { fn(t, Postgres(t)) })
}

var template = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "kezhi-template-")
	if err != nil {
		return "", err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path := filepath.Join(dir, "t.db")
	d, err := db.Open(context.Background(), path, db.Options{Readers: 1, Relaxed: true})
	if err != nil {
		return "", err
	}
	if _, err := d.Migrate(context.Background()); err != nil {
		return "", err
	}
	out := filepath.Join(dir, "copy.db")
	if err := d.Backup(context.Background(), out); err != nil {
		return "", err
	}
	if err := d.Close(); err != nil {
		return "", err
	}
	b, err := os.ReadFile(out)
	return string(b), err
})

// SQLite gives a migrated database in a file of its own.
func SQLite(t testing.TB) *db.DB {
	t.Helper()
	content, err := template()
	if err != nil {
		t.Fatalf("making the template database: %v", err)
	}
	path := filepath.Join(t.TempDir(), "kezhi.db")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return open(t, path)
}

var (
	pgTemplate  sync.Once
	errTemplate error
	pgCount     atomic.Int64
)

// Postgres gives a migrated database of its own on the test run's server, and skips without one.
func Postgres(t testing.TB) *db.DB {
	t.Helper()
	base := os.Getenv(URLVariable)
	if base == "" {
		t.Skip("no PostgreSQL: run through `go run ./test/withpg -- go test ./...` (make test does)")
	}
	ctx := context.Background()
	tmpl := fmt.Sprintf("kezhi_template_%d", os.Getpid())
	pgTemplate.Do(func() { errTemplate = makeTemplate(ctx, base, tmpl) })
	if errTemplate != nil {
		t.Fatalf("making the template database: %v", errTemplate)
	}
	name := fmt.Sprintf("kezhi_%d_%d", os.Getpid(), pgCount.Add(1))
	if err := admin(ctx, base, "CREATE DATABASE "+name+" TEMPLATE "+tmpl); err != nil {
		t.Fatalf("creating a database: %v", err)
	}
	d := open(t, withDatabase(base, name))
	t.Cleanup(func() {
		_ = d.Close()
		if err := admin(ctx, base, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Errorf("dropping a database: %v", err)
		}
	})
	return d
}

// EmptyPostgres gives the address of a new database without a schema, and skips without a server.
func EmptyPostgres(t testing.TB) string {
	t.Helper()
	base := os.Getenv(URLVariable)
	if base == "" {
		t.Skip("no PostgreSQL: run through `go run ./test/withpg -- go test ./...` (make test does)")
	}
	name := fmt.Sprintf("kezhi_empty_%d_%d", os.Getpid(), pgCount.Add(1))
	if err := admin(context.Background(), base, "CREATE DATABASE "+name); err != nil {
		t.Fatalf("creating a database: %v", err)
	}
	t.Cleanup(func() {
		if err := admin(context.Background(), base, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Errorf("dropping a database: %v", err)
		}
	})
	return withDatabase(base, name)
}

// Copy gives the address of a copy of a database that nobody has open: of a SQLite file, or of a PostgreSQL database.
func Copy(t testing.TB, address string) string {
	t.Helper()
	if !strings.HasPrefix(address, "postgres") {
		content, err := os.ReadFile(address)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "copy.db")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	base := os.Getenv(URLVariable)
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("kezhi_copy_%d_%d", os.Getpid(), pgCount.Add(1))
	if err := admin(context.Background(), base, "CREATE DATABASE "+name+" TEMPLATE "+strings.TrimPrefix(u.Path, "/")); err != nil {
		t.Fatalf("copying a database: %v", err)
	}
	t.Cleanup(func() {
		if err := admin(context.Background(), base, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Errorf("dropping a database: %v", err)
		}
	})
	return withDatabase(base, name)
}

func makeTemplate(ctx context.Context, base, name string) error {
	if err := admin(ctx, base, "CREATE DATABASE "+name); err != nil {
		return err
	}
	d, err := db.Open(ctx, withDatabase(base, name), db.Options{Readers: 2})
	if err != nil {
		return err
	}
	if _, err := d.Migrate(ctx); err != nil {
		return err
	}
	return d.Close()
}

func admin(ctx context.Context, base, sql string) error {
	c, err := pgx.Connect(ctx, base)
	if err != nil {
		return err
	}
	defer func() { _ = c.Close(ctx) }()
	_, err = c.Exec(ctx, sql)
	return err
}

func withDatabase(base, name string) string {
	u, err := url.Parse(base)
	if err != nil {
		return strings.Replace(base, "/postgres", "/"+name, 1)
	}
	u.Path = "/" + name
	return u.String()
}

func open(t testing.TB, dsn string) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), dsn, db.Options{Readers: 4, Relaxed: true})
	if err != nil {
		t.Fatalf("opening the database: %v", err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// Address gives the address under which another process opens the same database.
func Address(t testing.TB, d *db.DB) string {
	t.Helper()
	sql := "SELECT file FROM pragma_database_list WHERE name = 'main'"
	if d.Dialect() == db.Postgres {
		sql = "SELECT current_database()"
	}
	name, err := db.One(context.Background(), d.Read(), sql, nil, func(r db.Rows) (string, error) { return string(r.Bytes(0)), nil })
	if err != nil {
		t.Fatalf("finding the address of the database: %v", err)
	}
	if d.Dialect() == db.Postgres {
		return withDatabase(os.Getenv(URLVariable), name)
	}
	return name
}
