package rulebooks

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

var update = flag.Bool("update", false, "write catalogue.yaml from the requirements")

// The catalogue is what the requirements list, nothing more and nothing less:
// go test ./rulebooks -run TestCatalogueIsTheRequirements -update writes it.
func TestCatalogueIsTheRequirements(t *testing.T) {
	want := generate(t)
	if *update {
		if err := os.WriteFile("catalogue.yaml", []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want != catalogueText {
		t.Error("catalogue.yaml is not what the requirements list; run this test with -update")
	}
}

func generate(t *testing.T) string {
	var regs struct {
		Regulations []struct {
			ID        string   `yaml:"id"`
			Documents []string `yaml:"documents"`
		} `yaml:"regulations"`
	}
	var docs struct {
		Documents []struct {
			ID      string `yaml:"id"`
			Clauses []struct {
				ID         string `yaml:"id"`
				Kind       string `yaml:"kind"`
				Executable string `yaml:"executable"`
			} `yaml:"clauses"`
		} `yaml:"documents"`
	}
	for name, into := range map[string]any{"regulations.yaml": &regs, "clauses.yaml": &docs} {
		raw, err := os.ReadFile(filepath.Join("..", "..", "shared", "requirements", name))
		if os.IsNotExist(err) {
			t.Skip("the requirements are not beside the repository")
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := yaml.Unmarshal(raw, into); err != nil {
			t.Fatal(err)
		}
	}
	var b strings.Builder
	b.WriteString("# The clauses of the regulations by id: kind, and whether a program can carry them out (yes, partly, no).\n" +
		"# Generated; see catalogue_test.go.\n")
	for _, r := range regs.Regulations {
		fmt.Fprintf(&b, "%s:\n", r.ID)
		for _, want := range r.Documents {
			for _, d := range docs.Documents {
				if d.ID != want {
					continue
				}
				fmt.Fprintf(&b, "  %s:\n", d.ID)
				for _, c := range d.Clauses {
					fmt.Fprintf(&b, "    %s: %s %s\n", strings.TrimPrefix(c.ID, d.ID+"-"), c.Kind, c.Executable)
				}
			}
		}
	}
	return b.String()
}

func TestCatalogueIsWhole(t *testing.T) {
	list, err := Catalogue()
	if err != nil || len(list) != 49 {
		t.Fatalf("%d regulations: %v", len(list), err)
	}
	seen, advice := map[string]bool{}, 0
	for i, r := range list {
		if r.ID != fmt.Sprintf("REG-%02d", i+1) || len(r.Clauses) == 0 || len(r.Documents) == 0 {
			t.Errorf("%+v", r)
		}
		for _, c := range r.Clauses {
			if seen[c.ID] || c.Kind == "" || (c.Executable != ExecutableYes && c.Executable != ExecutablePartly && c.Executable != ExecutableNo) {
				t.Errorf("%+v", c)
			}
			seen[c.ID] = true
			if c.Executable == ExecutableNo {
				advice++
			}
		}
	}
	if len(seen) != 1121 || advice != 42 {
		t.Errorf("%d clauses, %d of them advice", len(seen), advice)
	}
	for _, bad := range []string{"  S000-D01:\n", "REG-01:\n    C01: data yes\n", "REG-01:\n  S000-D01:\n    C01: data\n", "REG-01\n"} {
		if _, err := readCatalogue(bad); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}
