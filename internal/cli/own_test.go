package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
)

// ownFolder writes a rulebook nobody here has thought of into a folder of its own.
func ownFolder(t *testing.T) string {
	t.Helper()
	files, err := rulebook.Fresh(rulebook.Template{ID: "our-rules", Title: rule.Text{Zh: "我们的制度", En: "Our rules"}})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "our-rules"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, "our-rules", name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// A rulebook outside the repository is checked, tested, adopted and graded by like a shipped one, without a rebuild.
func TestOwnRulebooksOnTheCommandLine(t *testing.T) {
	dir, data := ownFolder(t), t.TempDir()
	for _, args := range [][]string{
		{"rulebook", "check", "our-rules", "--rulebooks", dir},
		{"rulebook", "test", "our-rules", "--rulebooks", dir},
		{"rulebook", "adopt", "our-rules", "--rulebooks", dir, "--data", data, "--from", "2026-01-01", "--set", "line_a=2000000"},
		{"rulebook", "simulate", "our-rules", "--rulebooks", dir, "--data", data, "--as-of", "2026-06-30", "--json"},
		{"grade", "--rulebook", "our-rules", "--as-of", "2026-06-30", "--data", data, "--json"}, // registered: the folder is not needed again
	} {
		if r := run(t, "", args...); r.code != exitDone {
			t.Errorf("%v: exit %d\n%s%s", args, r.code, r.out, r.errOut)
		}
	}
	r := run(t, "", "rulebook", "simulate", filepath.Join(dir, "our-rules"), "--as-of", "2026-06-30", "--data", data, "--json")
	var sim struct {
		From, To     *string
		Matrix       []struct{ From, To, Customers *json.Number }
		DutiesChange *json.Number `json:"duties_change"`
		HoursChange  *json.Number `json:"hours_change"`
	}
	if err := json.Unmarshal([]byte(r.out), &sim); err != nil || sim.From == nil || *sim.From != "1.0.0" || sim.To == nil || sim.Matrix == nil || sim.DutiesChange == nil || sim.HoursChange == nil {
		t.Errorf("the contract of simulate: %v\n%s", err, r.out)
	}
	r = run(t, "", "rulebook", "list", "--data", data)
	if !strings.Contains(r.out, "our-rules") || !strings.Contains(r.out, "in_force") {
		t.Errorf("list:\n%s", r.out)
	}
	if err := os.WriteFile(filepath.Join(dir, "our-rules", "rulebook.yaml"), []byte("rulebook: [\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if r := run(t, "", "rulebook", "list", "--rulebooks", dir, "--data", data); r.code == exitDone || r.errOut == "" {
		t.Errorf("a folder that cannot be read: exit %d %s", r.code, r.errOut)
	}
}

func TestCoverageContract(t *testing.T) {
	r := run(t, "", "rulebook", "coverage", "--json")
	var got struct {
		Regulations []struct {
			ID                                      string
			Rulebook                                *string
			Clauses, Exercised, Implemented, Advice *int
			Missing                                 []string
		}
		Clauses, Implemented, Advice, Missing int
	}
	if err := json.Unmarshal([]byte(r.out), &got); err != nil || r.code != exitDone || len(got.Regulations) != 49 {
		t.Fatalf("exit %d, %d regulations: %v\n%s", r.code, len(got.Regulations), err, r.errOut)
	}
	for _, x := range got.Regulations {
		if x.Rulebook == nil || x.Clauses == nil || x.Exercised == nil || x.Implemented == nil || x.Advice == nil || x.Missing == nil {
			t.Errorf("%s lacks a member of the contract: %+v", x.ID, x)
		}
	}
	if got.Clauses != got.Implemented+got.Advice+got.Missing {
		t.Errorf("%+v do not add up", got)
	}
	if r := run(t, "", "rulebook", "coverage"); r.code != exitDone || strings.Count(r.out, "REG-") != 49 {
		t.Errorf("exit %d\n%s", r.code, r.out)
	}
}

func TestNewRulebookAndDraftCases(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "our-new-rules")
	if r := run(t, "", "rulebook", "new", dir, "--zh", "新制度"); r.code != exitDone {
		t.Fatalf("exit %d %s", r.code, r.errOut)
	}
	if r := run(t, "", "rulebook", "new", dir); r.code == exitDone {
		t.Error("an existing folder was overwritten")
	}
	if r := run(t, "", "rulebook", "check", dir, "--data", t.TempDir()); r.code != exitDone {
		t.Errorf("exit %d %s", r.code, r.out)
	}
	cases := filepath.Join(dir, "cases.yaml")
	if err := os.WriteFile(cases, []byte("[]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r := run(t, "", "rulebook", "test", dir, "--init")
	if r.code != exitDone || !strings.Contains(r.out, "case:") {
		t.Fatalf("exit %d %s", r.code, r.out)
	}
	if err := os.WriteFile(cases, []byte(r.out), 0o600); err != nil {
		t.Fatal(err)
	}
	if r := run(t, "", "rulebook", "test", dir); r.code != exitDone || !strings.Contains(r.out, "0 not reached") {
		t.Errorf("exit %d %s", r.code, r.out)
	}
}
