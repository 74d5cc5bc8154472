package app

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
	_ "modernc.org/sqlite" // the driver of the migrator

	"kezhi/internal/config"
	"kezhi/internal/db"
)

// upgradeVariable names the data folder that a child process upgrades.
const upgradeVariable = "KEZHI_TEST_UPGRADE"

// upgradeOnce starts the program over a data folder and stops it again.
func upgradeOnce(dir string) error {
	a, err := New(context.Background(), config.Config{Data: dir, Timezone: "Asia/Shanghai"}, slog.New(slog.DiscardHandler))
	if err == nil {
		err = a.Close()
	}
	if err == nil {
		os.Exit(0)
	}
	return err
}

// release010 is the newest migration of release 0.1.0.
const release010 = 8

// oldHouse makes a data folder as release 0.1.0 left it, with a customer in it.
func oldHouse(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	h, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "kezhi.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	files, err := db.Migrations(db.SQLite)
	if err != nil {
		t.Fatal(err)
	}
	p, err := goose.NewProvider(database.DialectSQLite3, h, files)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.UpTo(t.Context(), release010); err != nil {
		t.Fatal(err)
	}
	for i := range 2000 {
		if _, err := h.Exec("INSERT INTO setting (name, value, updated_at) VALUES (?, ?, 0)", fmt.Sprintf("kept %d", i), fmt.Sprintf("value %d", i)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// An upgrade from the first release copies the database first; killed at any moment and started again it arrives, with everything,
// and the copy is what was there before it began.
func TestAnUpgradeIsCopiedFirstAndSurvivesKills(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	dir := oldHouse(t)
	kills := 0
	for limit := 20 * time.Millisecond; ; limit += 60 * time.Millisecond {
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(rand.Int64N(int64(limit)))+5*time.Millisecond)
		cmd := exec.CommandContext(ctx, os.Args[0])
		cmd.Env = append(os.Environ(), upgradeVariable+"="+dir)
		out, err := cmd.CombinedOutput()
		killed := ctx.Err() != nil
		cancel()
		if err == nil {
			break
		}
		if !killed {
			t.Fatalf("it failed by itself: %v\n%s", err, out)
		}
		kills++
	}
	t.Logf("killed %d times", kills)
	for path, version := range map[string]int64{
		filepath.Join(dir, "kezhi.db"): 0, filepath.Join(dir, "before-upgrade", fmt.Sprintf("kezhi-schema-%04d.db", release010)): release010,
	} {
		d, err := db.Open(t.Context(), path, db.Options{Readers: 1, MustExist: true})
		if err != nil {
			t.Fatal(err)
		}
		have, newest, err := d.Versions(t.Context())
		if version == 0 {
			version = newest
		}
		var n int
		if err == nil {
			err = db.Get(t.Context(), d.Read(), "SELECT COUNT(*) FROM setting WHERE name LIKE 'kept %'", nil, &n)
		}
		if err != nil || have != version || n != 2000 {
			t.Errorf("%s: version %d of %d, %d rows, %v", filepath.Base(path), have, version, n, err)
		}
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "before-upgrade", "under-way")); !os.IsNotExist(err) {
		t.Errorf("the mark is still there: %v", err)
	}
}
