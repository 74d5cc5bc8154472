package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kezhi/internal/db"
)

type verifyJSON struct {
	Entries    int64
	OK         bool
	Head       string
	Checkpoint *struct{ Entries int64 }
	Keys       []string
	Files      *int64
	Broken     *struct {
		Seq     int64
		Code    string
		Message string
	}
}

func verifyRun(t *testing.T, want int, args ...string) verifyJSON {
	t.Helper()
	r := run(t, "", append([]string{"verify", "--json"}, args...)...)
	var v verifyJSON
	if err := json.Unmarshal([]byte(r.out), &v); err != nil || r.code != want {
		t.Fatalf("exit %d, %q, %q, %v", r.code, r.out, r.errOut, err)
	}
	return v
}

// What programs rely on: entries, ok and head; or the first entry that does not fit, and exit code 1.
func TestVerifyForPrograms(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	if r := run(t, "a long enough sentence\n", "user", "add", "boss", "--data", data); r.code != exitDone {
		t.Fatalf("%+v", r)
	}
	v := verifyRun(t, exitDone, "--data", data, "--files", "--sign")
	if v.Entries == 0 || !v.OK || len(v.Head) != 64 || v.Broken != nil || v.Checkpoint == nil || v.Checkpoint.Entries != v.Entries || len(v.Keys) != 1 || v.Files == nil {
		t.Fatalf("%+v", v)
	}
	keys := filepath.Join(t.TempDir(), "keys")
	if err := os.WriteFile(keys, []byte("kezhi-00000000+ffffffff+"+"x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if v := verifyRun(t, exitFailed, "--data", data, "--key", keys); v.OK || v.Broken == nil || v.Broken.Code != "audit.checkpoint_invalid" {
		t.Errorf("with a foreign key: %+v", v)
	}
	d, err := db.Open(t.Context(), filepath.Join(data, "kezhi.db"), db.Options{Readers: 1})
	if err != nil {
		t.Fatal(err)
	}
	err = d.InTx(t.Context(), func(q db.Q) error {
		for _, s := range []string{"DROP TRIGGER audit_no_update", "UPDATE audit_entry SET actor_name = 'nobody' WHERE seq = 2"} {
			if _, err := q.Exec(t.Context(), s); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || d.Close() != nil {
		t.Fatal(err)
	}
	if v := verifyRun(t, exitFailed, "--data", data); v.OK || v.Broken == nil || v.Broken.Seq != 2 || v.Broken.Code != "audit.broken" || !strings.Contains(v.Broken.Message, "entry 2") {
		t.Errorf("altered: %+v", v)
	}
	if r := run(t, "", "verify", "--data", filepath.Join(data, "none")); r.code != exitUsage || r.out != "" {
		t.Errorf("nothing there: %+v", r)
	}
}
