package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kezhi/internal/rule"
	"kezhi/rulebooks"
)

// ownProcedure writes a rulebook of our own with the shipped complaint procedure, changed by pairs of old and new text.
func ownProcedure(t *testing.T, pairs ...string) string {
	t.Helper()
	files, err := rulebooks.Load("complaint-handling")
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "our-complaints")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	change := strings.NewReplacer(append(pairs, "rulebook: complaint-handling", "rulebook: our-complaints")...)
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(change.Replace(string(text))), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// A procedure outside the program is checked, tried and listed like a shipped one, with the exit codes a script relies on.
func TestProcedureCommands(t *testing.T) {
	dir := ownProcedure(t)
	r := run(t, "", "procedure", "check", dir, "--json")
	var checked struct {
		Problems   []rule.Problem
		Procedures []procedureRow
	}
	if err := json.Unmarshal([]byte(r.out), &checked); err != nil || r.code != exitDone || len(checked.Procedures) != 2 {
		t.Fatalf("exit %d, %v, %d procedures", r.code, err, len(checked.Procedures))
	}
	complaint := checked.Procedures[0]
	if complaint.Deadline.Days != 7 || len(complaint.Paths) == 0 || complaint.Paths[0].End == "" || complaint.Rulebook != "our-complaints" {
		t.Errorf("%+v", complaint)
	}
	if r := run(t, "", "procedure", "test", dir); r.code != exitDone || !strings.Contains(r.out, "0 failed, 0 not reached") {
		t.Errorf("exit %d: %s", r.code, r.out)
	}
	if r := run(t, "", "procedure", "list", "--rulebooks", filepath.Dir(dir), "--json"); r.code != exitDone || !strings.Contains(r.out, `"rulebook":"our-complaints"`) || !strings.Contains(r.out, `"rulebook":"complaint-handling"`) {
		t.Errorf("exit %d: %.200s", r.code, r.out)
	}
	for _, l := range []string{"zh", "en"} {
		if r := run(t, "", "procedure", "check", dir, "--lang", l); r.code != exitDone || !strings.Contains(r.out, "grounds → accept") || han.MatchString(strings.Split(r.out, "\n")[0]) != (l == "zh") {
			t.Errorf("--lang %s: exit %d: %.200s", l, r.code, r.out)
		}
	}
	stuck := ownProcedure(t, "rejected: explain\n", "rejected: nowhere\n")
	if r := run(t, "", "procedure", "check", stuck); r.code != exitFailed || !strings.Contains(r.out, "step.unknown") {
		t.Errorf("exit %d: %s", r.code, r.out)
	}
	late := ownProcedure(t, "due: 2026-03-12", "due: 2026-03-11")
	if r := run(t, "", "procedure", "test", late); r.code != exitFailed || !strings.Contains(r.out, "want 2026-03-11, got 2026-03-12") {
		t.Errorf("exit %d: %s", r.code, r.out)
	}
	for _, args := range [][]string{{"procedure", "check"}, {"procedure", "test", "no-such-rulebook"}} {
		if r := run(t, "", args...); r.code != exitUsage || r.errOut == "" {
			t.Errorf("%v: exit %d", args, r.code)
		}
	}
}
