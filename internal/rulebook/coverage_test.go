package rulebook

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/rule"
	"kezhi/rulebooks"
)

// traced is the template with sources: 1.1 grades, 2.1 lines, 3.1 visits, and clauses that nothing proves.
func traced(t *testing.T) map[string]string {
	files, err := Fresh(Template{ID: "our-rules", Title: rule.Text{Zh: "我们的制度"}})
	if err != nil {
		t.Fatal(err)
	}
	for number, mark := range map[string]string{
		"1.1 ": "kind: rule; source: [S900-D01-C01]", "2.1 ": "kind: figure; source: [S900-D01-C02, S900-D01-C03]", "3.1 ": "kind: schedule; source: [S900-D01-C04]",
	} {
		head, rest, _ := strings.Cut(files[rule.FileClauses], "## "+number)
		title, text, _ := strings.Cut(rest, "\n")
		_, text, _ = strings.Cut(text, "\n")
		files[rule.FileClauses] = head + "## " + number + title + "\n<!-- " + mark + " -->\n" + text
	}
	files[rule.FileClauses] += `
## 4.1 复核 | Review
<!-- kind: workflow; source: [S900-D01-C05] -->
每年复核一次。

> Reviewed every year.

## 4.2 记录 | Log
<!-- kind: permission; source: [S900-D01-C06]; by: [change_log] -->
每次变更都留痕。

> Every change is logged.

## 4.3 态度 | Manner
<!-- kind: advice; source: [S900-D01-C07, S900-D01-C08, S900-D01-C09] -->
待客诚恳。

> Be sincere.
`
	const yearly = "review:\n  every: year\n  assumed: true\n  clause: "
	if !strings.Contains(files[rule.FileRulebook], yearly+`"1.2"`) {
		t.Fatal("the template has no review to move to clause 4.1")
	}
	files[rule.FileRulebook] = strings.Replace(files[rule.FileRulebook], yearly+`"1.2"`, yearly+`"4.1"`, 1)
	files[rule.FileRulebook] = strings.Replace(files[rule.FileRulebook], `{do: rate, by: director, clause: "1.2"}`, `{do: rate, by: director, clause: "4.1"}`, 1)
	return files
}

func edition(files map[string]string) *Edition { return Read(bytesOf(files)) }

func TestCoverageIsTheTrace(t *testing.T) {
	catalogue := []rulebooks.Regulation{{ID: "REG-90", Documents: []string{"S900-D01"}}, {ID: "REG-91", Clauses: []rulebooks.CatalogueClause{{ID: "S901-D01-C01", Executable: "no"}}}}
	for _, c := range []string{"C01 yes", "C02 yes", "C03 partly", "C04 yes", "C05 yes", "C06 yes", "C07 no", "C08 partly", "C09 yes", "C10 yes"} {
		id, executable, _ := strings.Cut(c, " ")
		catalogue[0].Clauses = append(catalogue[0].Clauses, rulebooks.CatalogueClause{ID: "S900-D01-" + id, Kind: "rule", Executable: executable})
	}
	e := edition(traced(t))
	if rule.HasErrors(e.Problems) || e.Test().Failed > 0 {
		t.Fatalf("%+v %+v", e.Problems, e.Test())
	}
	c := CoverageOf(catalogue, []*Edition{e})
	r := c.Regulations[0]
	// Carried out and touched by an example: C01 to C04; by a capability with a test: C06; by a part with a
	// test of its own, the review: C05. An executable clause stays missing when it is called advice (C09), and nothing names C10.
	if r.Rulebook != "our-rules" || r.Clauses != 10 || r.Implemented != 6 || r.Exercised != 6 || r.Advice != 2 ||
		!slices.Equal(r.Missing, []string{"S900-D01-C09", "S900-D01-C10"}) {
		t.Errorf("%+v", r)
	}
	states := map[string]string{}
	for _, a := range r.Articles {
		states[a.Number] = a.State
	}
	if want := map[string]string{"1.1": CoverImplemented, "2.1": CoverImplemented, "3.1": CoverImplemented, "4.1": CoverImplemented, "4.2": CoverImplemented, "4.3": CoverMissing}; !maps.Equal(states, want) {
		t.Errorf("%v", states)
	}
	if r := c.Regulations[1]; r.Rulebook != "" || r.Advice != 1 || len(r.Missing) != 0 {
		t.Errorf("nothing but advice: %+v", r)
	}
	if c.Clauses != 11 || c.Implemented+c.Advice+c.Missing != 11 || c.Missing != 2 {
		t.Errorf("totals %+v", c)
	}

	// The same rules with examples that reach less, or that fail, count for less.
	fewer := traced(t)
	fewer[rule.FileCases] = "- case: {zh: 低, en: low}\n  as_of: 2026-06-30\n  measures: {sales: 1}\n  expect: {grade: C}\n"
	if r := CoverageOf(catalogue, []*Edition{edition(fewer)}).Regulations[0]; !slices.Contains(r.Missing, "S900-D01-C04") || slices.Contains(r.Missing, "S900-D01-C02") {
		t.Errorf("no example reaches the visits, but: %+v", r)
	}
	failing := traced(t)
	failing[rule.FileCases] = strings.ReplaceAll(failing[rule.FileCases], "{grade: ", "{grade: x")
	if r := CoverageOf(catalogue, []*Edition{edition(failing)}).Regulations[0]; r.Implemented != 2 {
		t.Errorf("examples that fail prove nothing, but: %+v", r)
	}
}

func TestCoverageOfWhatIsShipped(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		c, err := k.s.Coverage(k.ctx)
		if err != nil || len(c.Regulations) != 49 || c.Clauses != 1121 {
			t.Fatalf("%d regulations, %d clauses: %v", len(c.Regulations), c.Clauses, err)
		}
		for _, r := range c.Regulations {
			if r.Clauses != r.Implemented+r.Advice+len(r.Missing) || r.Exercised < r.Implemented {
				t.Errorf("%s does not add up: %+v", r.ID, r)
			}
			if r.ID == "REG-04" && (r.Rulebook != book || r.Implemented < 10) {
				t.Errorf("%+v", r)
			}
		}
	})
}

// A capability is only what a test proves: the named test must be there.
func TestCapabilitiesAreProved(t *testing.T) {
	all := maps.Clone(Capabilities)
	maps.Copy(all, sectionProofs)
	for name, p := range all {
		files, err := filepath.Glob(filepath.Join("..", "..", filepath.FromSlash(p.Package), "*_test.go"))
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, f := range files {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			found = found || strings.Contains(string(b), "func "+p.Test+"(")
		}
		if !found {
			t.Errorf("%s: there is no %s in %s", name, p.Test, p.Package)
		}
	}
	files := traced(t)
	files[rule.FileClauses] = strings.Replace(files[rule.FileClauses], "change_log", "telepathy", 1)
	problems := edition(files).check(rule.Environment{})
	if !slices.ContainsFunc(problems, func(p rule.Problem) bool { return p.Code == "clause.capability" && p.Line > 0 }) {
		t.Errorf("a capability nobody has: %+v", problems)
	}
}

// A rulebook from the company's folder does what a shipped one does.
func TestOwnFolderIsAFullCitizen(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		dir := t.TempDir()
		write := func(folder string, files map[string]string) {
			if err := os.MkdirAll(filepath.Join(dir, folder), 0o700); err != nil {
				t.Fatal(err)
			}
			for name, text := range files {
				if err := os.WriteFile(filepath.Join(dir, folder, name), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
		files := traced(t)
		files[rule.FileClauses] = strings.NewReplacer("S900-D01-C02", "S000-D01-C01", "S900-", "S000-").Replace(files[rule.FileClauses])
		write("ours", files)
		write("notes", map[string]string{"readme.txt": "nothing"})
		for range 2 {
			if err := k.s.SyncFolder(k.ctx, dir); err != nil {
				t.Fatal(err)
			}
		}
		if n := k.one("SELECT COUNT(*) FROM rulebook_version WHERE origin = 'own'"); n != 1 {
			t.Errorf("%d own versions", n)
		}
		if _, err := k.s.Adopt(k.ctx, AdoptInput{Rulebook: "our-rules", Settings: map[string]string{"visit_a": "P2M"}}); err != nil {
			t.Fatal(err)
		}
		in, err := k.s.InForce(k.ctx, d.Read(), "our-rules", k.s.Today())
		if err != nil || len(in.Program.DutiesFor("A")) != 1 || in.Program.DutiesFor("A")[0].EveryText != "P2M" {
			t.Errorf("%v", err)
		}
		c, err := k.s.Coverage(k.ctx)
		if err != nil || c.Regulations[0].Rulebook != "our-rules" || c.Regulations[0].Implemented == 0 {
			t.Errorf("%+v %v", c.Regulations[0], err)
		}
		write("broken", map[string]string{rule.FileRulebook: "rulebook: [\n"})
		files[rule.FileRulebook] += "# changed without a new number\n"
		write("ours", files)
		err = k.s.SyncFolder(k.ctx, dir)
		if err == nil || !strings.Contains(err.Error(), "rulebook.unreadable") || !strings.Contains(err.Error(), "broken") || !strings.Contains(err.Error(), "rulebook.version_changed") {
			t.Errorf("what is wrong must name its folder: %v", err)
		}
		if err := k.s.SyncFolder(k.ctx, filepath.Join(dir, "nowhere")); errs.CodeOf(err) != "rulebook.no_folder" {
			t.Errorf("a folder that is not there: %v", err)
		}
		if err := k.s.SyncFolder(k.ctx, ""); err != nil {
			t.Error(err)
		}
	})
}
