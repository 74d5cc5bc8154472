package audit_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
)

func keeper(t testing.TB, d *db.DB) *audit.Keeper {
	t.Helper()
	return audit.NewKeeper(d, filepath.Join(t.TempDir(), "audit"), "", clock.Fixed(now), time.UTC)
}

func sign(t testing.TB, k *audit.Keeper) *audit.Checkpoint {
	t.Helper()
	c, err := k.Sign(system)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func tamper(t testing.TB, d *db.DB, statements ...string) {
	t.Helper()
	err := d.InTx(system, func(q db.Q) error {
		for _, s := range statements {
			if _, err := q.Exec(system, s); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestCheckpointsFollowTheChain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := keeper(t, d)
		if c := sign(t, k); c != nil {
			t.Fatalf("an empty chain was signed: %+v", c)
		}
		write(t, d, entry(1), entry(2), entry(3))
		first := sign(t, k)
		if again := sign(t, k); first.Entries != 3 || string(again.Note) != string(first.Note) {
			t.Fatalf("%+v, then %+v", first, again)
		}
		write(t, d, entry(4))
		sign(t, k)
		chain, last, err := k.Prove(system)
		if err != nil || chain.Entries != 4 || last.Entries != 4 || last.Head != chain.Head || !last.At.Equal(now.Truncate(1e9)) {
			t.Fatalf("%+v, %+v, %v", chain, last, err)
		}
		keys, err := k.PublicKeys()
		if err != nil || len(keys) != 1 {
			t.Fatalf("%v, %v", keys, err)
		}
		if c, err := audit.ReadCheckpoint(last.Note, keys); err != nil || c.Chain != last.Chain {
			t.Fatalf("%+v, %v", c, err)
		}
		if st, err := os.Stat(filepath.Join(k.Dir(), "key")); err != nil || st.Mode().Perm() != 0o600 {
			t.Errorf("the key is open to others: %v, %v", st, err)
		}
	})
}

// A key that was replaced leaves what it signed provable; a key that is not trusted proves nothing.
func TestKeysAreReplaced(t *testing.T) {
	d := dbtest.SQLite(t)
	k := keeper(t, d)
	write(t, d, entry(1))
	sign(t, k)
	if err := os.Remove(filepath.Join(k.Dir(), "key")); err != nil {
		t.Fatal(err)
	}
	write(t, d, entry(2))
	sign(t, k)
	keys, err := k.PublicKeys()
	if err != nil || len(keys) != 2 {
		t.Fatalf("%v, %v", keys, err)
	}
	if _, _, err := k.Prove(system); err != nil {
		t.Fatal(err)
	}
	if _, _, err := k.Prove(system, keys[1]); errs.CodeOf(err) != "audit.checkpoint_invalid" {
		t.Errorf("with the second key only: %v", err)
	}
}

// What somebody can do who owns the database, drops the triggers and works out every hash: the chain fits in itself, and is
// found out all the same.
func TestCheckpointsFindWhatTheChainCannot(t *testing.T) {
	for name, c := range map[string]struct {
		do   func(t *testing.T, d *db.DB)
		code string
		seq  int64
	}{
		"tail cut": {func(t *testing.T, d *db.DB) {
			tamper(t, d, append(disarm(d), "DELETE FROM audit_entry WHERE seq > 3", "UPDATE audit_head SET seq = 3, hash = (SELECT hash FROM audit_entry WHERE seq = 3)")...)
		}, "audit.cut", 4},
		"everything cut": {func(t *testing.T, d *db.DB) {
			tamper(t, d, append(disarm(d), "DELETE FROM audit_entry", "UPDATE audit_head SET seq = 0, hash = ''")...)
		}, "audit.cut", 1},
		"rewritten": {func(t *testing.T, d *db.DB) {
			tamper(t, d, append(disarm(d), "DELETE FROM audit_entry WHERE seq > 3", "UPDATE audit_head SET seq = 3, hash = (SELECT hash FROM audit_entry WHERE seq = 3)")...)
			write(t, d, entry(40), entry(50), entry(60))
		}, "audit.rewritten", 3},
		"triggers gone": {func(t *testing.T, d *db.DB) { tamper(t, d, disarm(d)...) }, "audit.unguarded", 0},
		"nothing":       {func(*testing.T, *db.DB) {}, "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				k := keeper(t, d)
				write(t, d, entry(1), entry(2))
				sign(t, k)
				write(t, d, entry(3), entry(4), entry(5))
				sign(t, k)
				write(t, d, entry(6))
				c.do(t, d)
				if _, err := audit.Verify(system, d.Read()); err != nil {
					t.Fatalf("the chain itself does not fit: %v", err)
				}
				_, _, err := k.Prove(system)
				if c.code == "" {
					if err != nil {
						t.Fatal(err)
					}
					return
				}
				e, ok := errs.As(err)
				if !ok || e.Code != c.code || (c.seq != 0 && e.Args["seq"] != c.seq) {
					t.Fatalf("%v, want %s at %d", err, c.code, c.seq)
				}
			})
		})
	}
}

func TestAnAlteredCheckpointIsNamed(t *testing.T) {
	d := dbtest.SQLite(t)
	k := keeper(t, d)
	write(t, d, entry(1), entry(2))
	sign(t, k)
	paths, err := filepath.Glob(filepath.Join(k.Dir(), "checkpoints", "*"))
	if err != nil || len(paths) != 1 {
		t.Fatalf("%v, %v", paths, err)
	}
	text, err := os.ReadFile(paths[0])
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(text), "\n")
	i := slices.Index(lines, "2")
	lines[i] = "1"
	if err := os.WriteFile(paths[0], []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	_, _, err = k.Prove(system)
	if e, ok := errs.As(err); !ok || e.Code != "audit.checkpoint_invalid" || e.Args["path"] != paths[0] {
		t.Fatalf("%v", err)
	}
}
