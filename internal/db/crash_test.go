package db_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"kezhi/internal/db"
	"kezhi/internal/dbtest"
)

// crashVariable names the database file of a child process that writes until it is killed.
const crashVariable = "KEZHI_TEST_CRASH"

func TestMain(m *testing.M) {
	if path := os.Getenv(crashVariable); path != "" {
		fmt.Fprintln(os.Stderr, writeUntilKilled(path))
		os.Exit(3)
	}
	os.Exit(m.Run())
}

// writeUntilKilled acknowledges on standard output each row that InTx said is durable.
func writeUntilKilled(path string) error {
	ctx := context.Background()
	d, err := db.Open(ctx, path, db.Options{Readers: 1})
	if err != nil {
		return err
	}
	if _, err := d.Migrate(ctx); err != nil {
		return err
	}
	failed := make(chan error)
	var out sync.Mutex
	for w := range 4 {
		go func() {
			for i := 0; ; i++ {
				name := fmt.Sprintf("%d-%d-%d", os.Getpid(), w, i)
				err := d.InTx(ctx, func(q db.Q) error {
					// Two rows: either both survive or none.
					if _, err := q.Exec(ctx, "INSERT INTO setting (name, value, updated_at) VALUES (?, '', 0)", name); err != nil {
						return err
					}
					_, err := q.Exec(ctx, "INSERT INTO setting (name, value, updated_at) VALUES (?, '', 0)", "twin "+name)
					return err
				})
				if err != nil {
					failed <- err
				}
				out.Lock()
				_, err = os.Stdout.WriteString(name + "\n")
				out.Unlock()
				if err != nil {
					failed <- err
				}
			}
		}()
	}
	return <-failed
}

// What was acknowledged is there after the process was killed at any point, and the database opens clean.
func TestKilledProcessLosesNothingItAcknowledged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kezhi.db")
	var acknowledged []string
	for range 4 {
		acknowledged = append(acknowledged, dbtest.KillAfter(t, crashVariable+"="+path, 1+rand.IntN(150))...)
		holds(t, path, acknowledged)
	}
}

func holds(t *testing.T, path string, names []string) {
	t.Helper()
	d, err := db.Open(t.Context(), path, db.Options{Readers: 1, MustExist: true})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.CheckVersion(t.Context()); err != nil {
		t.Fatal(err)
	}
	list, err := db.List(t.Context(), d.Read(), "SELECT name FROM setting", nil, func(r db.Rows) (string, error) { return string(r.Bytes(0)), nil })
	if err != nil {
		t.Fatal(err)
	}
	have := map[string]bool{}
	for _, name := range list {
		have[name] = true
	}
	for _, name := range names {
		if !have[name] || !have["twin "+name] {
			t.Fatalf("%s was acknowledged and is gone (of %d, %d rows)", name, len(names), len(list))
		}
	}
	if len(list)%2 != 0 {
		t.Fatalf("%d rows: half of a transaction survived", len(list))
	}
	check, err := db.List(t.Context(), d.Read(), "PRAGMA integrity_check", nil, func(r db.Rows) (string, error) { return string(r.Bytes(0)), nil })
	if err != nil || len(check) != 1 || check[0] != "ok" {
		t.Fatalf("integrity: %v, %v", check, err)
	}
}
