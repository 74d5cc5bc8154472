package backup_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"kezhi/internal/backup"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
)

func TestMain(m *testing.M) {
	dbtest.Main(m, map[string]func(string) error{followVariable: followUntilKilled})
}

func note(ctx context.Context, d *db.DB, n int) error {
	return d.InTx(ctx, func(q db.Q) error {
		_, err := q.Exec(ctx, "INSERT INTO setting (name, value, updated_at) VALUES (?, '1', 0)", fmt.Sprintf("note.%05d", n))
		return err
	})
}

func notes(t *testing.T, path string) int64 {
	t.Helper()
	d, err := db.Open(ctx, path, db.Options{Readers: 1, MustExist: true})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	return dbtest.Count(t, d, "SELECT COUNT(*) FROM setting WHERE name LIKE 'note.%'")
}

func sealedBy(t *testing.T, passphrase string) backup.Config {
	t.Helper()
	c := backup.Config{To: filepath.Join(t.TempDir(), "place"), Follow: true}
	if passphrase != "" {
		c.PassphraseFile = filepath.Join(t.TempDir(), "passphrase")
		if err := os.WriteFile(c.PassphraseFile, []byte(passphrase), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

// What is committed is in the copy; any moment of it comes back, with its uploads, sealed or not.
func TestTheCopyFollows(t *testing.T) {
	for name, passphrase := range map[string]string{"open": "", "sealed": "a long enough passphrase"} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			r := repository(t, sealedBy(t, passphrase))
			h.run(t, r, now)
			f, err := r.Follow(ctx, filepath.Join(h.dir, "kezhi.db"), slog.New(slog.DiscardHandler))
			if err != nil {
				t.Fatal(err)
			}
			for n := range 20 {
				if err := note(ctx, h.db, n); err != nil {
					t.Fatal(err)
				}
			}
			if err := f.Wait(ctx); err != nil {
				t.Fatal(err)
			}
			middle := time.Now()
			for time.Now().UnixMilli() <= middle.UnixMilli()+1 { // moments are told in milliseconds
			}
			for n := range 15 {
				if err := note(ctx, h.db, 100+n); err != nil {
					t.Fatal(err)
				}
			}
			if err := f.Close(ctx); err != nil {
				t.Fatal(err)
			}
			moments := map[int64]time.Time{20: middle, 35: {}}
			if passphrase != "" {
				delete(moments, 35) // working a key out of a passphrase is slow on purpose
			}
			for want, at := range moments {
				dir := filepath.Join(t.TempDir(), "data")
				m, err := r.RestoreLive(ctx, at, dir, nil)
				if err != nil {
					t.Fatal(err)
				}
				if got := notes(t, filepath.Join(dir, "kezhi.db")); got != want || m.AuditSeq == 0 || len(kept(t, filepath.Join(dir, "files"))) != 5 {
					t.Errorf("at %v: %d notes, want %d; %+v", at, got, want, m)
				}
				if _, err := r.RestoreLive(ctx, at, dir, nil); errs.CodeOf(err) != "backup.not_empty" {
					t.Errorf("over an installation: %v", err)
				}
			}
			// The next process goes on where this one ended.
			if f, err = r.Follow(ctx, filepath.Join(h.dir, "kezhi.db"), slog.New(slog.DiscardHandler)); err != nil {
				t.Fatal(err)
			}
			if err := note(ctx, h.db, 500); err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(f.Wait(ctx), f.Close(ctx)); err != nil {
				t.Fatal(err)
			}
			dir := filepath.Join(t.TempDir(), "data")
			if _, err := r.RestoreLive(ctx, time.Time{}, dir, nil); err != nil || notes(t, filepath.Join(dir, "kezhi.db")) != 36 {
				t.Errorf("%v", err)
			}
		})
	}
	r := repository(t, backup.Config{To: t.TempDir()})
	if _, err := r.RestoreLive(ctx, time.Time{}, filepath.Join(t.TempDir(), "data"), nil); errs.CodeOf(err) != "backup.none" {
		t.Errorf("nothing there: %v", err)
	}
}

// followVariable names the folder of a child process that writes and is copied until it is killed.
const followVariable = "KEZHI_TEST_KILL_FOLLOW"

func followUntilKilled(dir string) error {
	d, err := db.Open(ctx, filepath.Join(dir, "kezhi.db"), db.Options{Readers: 2, MustExist: true})
	if err != nil {
		return err
	}
	r, err := backup.OpenRepository(ctx, backup.Config{To: filepath.Join(dir, "place")})
	if err != nil {
		return err
	}
	f, err := r.Follow(ctx, filepath.Join(dir, "kezhi.db"), slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	var n int
	if err := db.Get(ctx, d.Read(), "SELECT COUNT(*) FROM setting WHERE name LIKE 'note.%'", nil, &n); err != nil {
		return err
	}
	for {
		for range 5 {
			if err := note(ctx, d, n); err != nil {
				return err
			}
			n++
		}
		if err := f.Wait(ctx); err != nil {
			return err
		}
		fmt.Println(n) // so many are in the copy
	}
}

// A process killed again and again: what the copy acknowledged comes back, and nothing comes back that never was.
func TestTheCopySurvivesKills(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes")
	}
	dir := t.TempDir()
	if err := dbtest.Migrated(t, filepath.Join(dir, "kezhi.db")).Close(); err != nil {
		t.Fatal(err)
	}
	r := repository(t, backup.Config{To: filepath.Join(dir, "place")})
	for i := range 4 {
		lines := dbtest.KillAfter(t, followVariable+"="+dir, 2+i)
		var acknowledged int64
		if _, err := fmt.Sscan(lines[len(lines)-1], &acknowledged); err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(t.TempDir(), "data")
		if _, err := r.RestoreLive(ctx, time.Time{}, to, nil); err != nil {
			t.Fatal(err)
		}
		got, there := notes(t, filepath.Join(to, "kezhi.db")), notes(t, filepath.Join(dir, "kezhi.db"))
		if got < acknowledged || got > there {
			t.Errorf("the copy has %d notes, %d were acknowledged, the database has %d", got, acknowledged, there)
		}
	}
}
