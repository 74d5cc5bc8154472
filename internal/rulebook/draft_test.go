package rulebook

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/rule"
)

func TestDraftFromVersionToVersion(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		draft, err := k.s.CreateDraft(k.ctx, DraftInput{Rulebook: book})
		if err != nil || draft.Rulebook != book || draft.BasedOn != shippedVersion || draft.Revision != 1 || draft.Title.Zh == "" {
			t.Fatalf("%+v %v", draft, err)
		}
		diff, err := k.s.DiffDraft(k.ctx, draft.ID, "")
		if err != nil || diff.Level != LevelNone || len(diff.Changes)+len(diff.Clauses)+len(diff.Files) != 0 || diff.From != shippedVersion {
			t.Errorf("nothing changed, but: %+v %v", diff, err)
		}
		files := maps.Clone(draft.Files)
		files[rule.FileRulebook] = strings.Replace(files[rule.FileRulebook], "strategic_visit: {value: P1M", "strategic_visit: {value: P14D", 1)
		saved, err := k.s.SaveDraft(k.ctx, draft.ID, 1, files)
		if err != nil || saved.Revision != 2 {
			t.Fatalf("%+v %v", saved, err)
		}
		if _, err := k.s.SaveDraft(k.ctx, draft.ID, 1, draft.Files); errs.CodeOf(err) != "precondition_failed" {
			t.Errorf("saving over somebody else's: %v", err)
		}
		diff, err = k.s.DiffDraft(k.ctx, draft.ID, "")
		if err != nil || diff.Level != LevelMinor || diff.Suggested != "1.2.0" || len(diff.Changes) != 1 || len(diff.Files) != 1 {
			t.Fatalf("%+v %v", diff, err)
		}
		if c := diff.Changes[0]; c.Ref != "settings.strategic_visit.value" || c.Section != "settings" || c.Kind != ChangeChanged || c.Before != "P1M" || c.After != "P14D" || c.Line == 0 {
			t.Errorf("%+v", c)
		}
		if _, err := k.s.PublishDraft(k.ctx, draft.ID, 2, ""); errs.CodeOf(err) != "rulebook.version_taken" || !strings.Contains(err.Error(), "1.2.0") {
			t.Errorf("the number that exists: %v", err)
		}
		if _, err := k.s.PublishDraft(k.ctx, draft.ID, 1, "1.2.0"); errs.CodeOf(err) != "precondition_failed" {
			t.Errorf("an old revision: %v", err)
		}
		if n := k.one("SELECT COUNT(*) FROM rulebook_version WHERE version = '1.2.0' AND rulebook = ?", book); n != 0 {
			t.Errorf("a refused publication left %d versions", n)
		}
		v, err := k.s.PublishDraft(k.ctx, draft.ID, 2, "1.2.0")
		if err != nil || v.Version != "1.2.0" || v.Origin != OriginOwn {
			t.Fatalf("%+v %v", v, err)
		}
		if _, err := k.s.GetDraft(k.ctx, draft.ID); errs.CodeOf(err) != "not_found" {
			t.Errorf("the draft after publication: %v", err)
		}
		e, err := k.s.Edition(k.ctx, book, "1.2.0")
		if err != nil || !strings.Contains(e.Files[rule.FileRulebook], "# Key accounts") || e.Book.Version() != "1.2.0" {
			t.Errorf("the published text lost its comment or number: %v", err)
		}
		if _, err := k.s.Adopt(k.ctx, AdoptInput{Rulebook: book, Version: "1.2.0"}); err != nil {
			t.Errorf("adopting it: %v", err)
		}
	})
}

func TestDraftOfNewRulebook(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		draft, err := k.s.CreateDraft(k.ctx, DraftInput{Template: &Template{ID: "our-rules", Title: rule.Text{Zh: `"我们"的 | 制度: {x}`}}})
		if err != nil || draft.Rulebook != "our-rules" || draft.Version != "1.0.0" || draft.BasedOn != "" {
			t.Fatalf("%+v %v", draft, err)
		}
		problems, err := k.s.CheckFiles(k.ctx, draft.Files)
		if err != nil || len(problems) != 0 {
			t.Errorf("the template: %+v %v", problems, err)
		}
		report, err := k.s.TestFiles(k.ctx, draft.Files)
		if err != nil || report.Passed == 0 || report.Failed != 0 || len(report.Unreached) != 0 {
			t.Errorf("the template's examples: %+v %v", report, err)
		}
		diff, err := k.s.DiffDraft(k.ctx, draft.ID, "")
		if err != nil || diff.From != "" || diff.Suggested != "1.0.0" || len(diff.Clauses) != 4 || len(diff.Files) != 3 {
			t.Errorf("against nothing: %+v %v", diff, err)
		}
		broken := maps.Clone(draft.Files)
		broken[rule.FileRulebook] = "rulebook: [\n"
		if draft, err = k.s.SaveDraft(k.ctx, draft.ID, 1, broken); err != nil || draft.Rulebook != "our-rules" {
			t.Errorf("saving what cannot be read: %+v %v", draft, err)
		}
		if diff, err = k.s.DiffDraft(k.ctx, draft.ID, ""); err != nil || len(diff.Changes) != 0 {
			t.Errorf("diff of what cannot be read: %+v %v", diff, err)
		}
		if _, err := k.s.PublishDraft(k.ctx, draft.ID, 2, ""); errs.CodeOf(err) != "rulebook.unreadable" {
			t.Errorf("publishing what cannot be read: %v", err)
		}
		if err := k.s.DeleteDraft(k.ctx, draft.ID, 1); errs.CodeOf(err) != "precondition_failed" {
			t.Errorf("deleting an old revision: %v", err)
		}
		if err := k.s.DeleteDraft(k.ctx, draft.ID, 2); err != nil {
			t.Error(err)
		}
		if list, err := k.s.Drafts(k.ctx, ""); err != nil || len(list) != 0 {
			t.Errorf("%d drafts left: %v", len(list), err)
		}
	})
}

func TestDraftsNeedPermissionAndSoundInput(t *testing.T) {
	k := newKit(t, dbtest.SQLite(t))
	reader := authz.With(k.ctx, authz.Actor{UserID: 5, Grants: map[authz.Permission]authz.Reach{authz.RulebookRead: authz.ReachAll}})
	draft, err := k.s.CreateDraft(k.ctx, DraftInput{Rulebook: book, Version: shippedVersion})
	if err != nil {
		t.Fatal(err)
	}
	calls := map[string]error{}
	_, calls["list"] = k.s.Drafts(reader, "")
	_, calls["get"] = k.s.GetDraft(reader, draft.ID)
	_, calls["create"] = k.s.CreateDraft(reader, DraftInput{Rulebook: book})
	_, calls["save"] = k.s.SaveDraft(reader, draft.ID, 1, draft.Files)
	_, calls["diff"] = k.s.DiffDraft(reader, draft.ID, "")
	_, calls["publish"] = k.s.PublishDraft(reader, draft.ID, 1, "2.0.0")
	calls["delete"] = k.s.DeleteDraft(reader, draft.ID, 1)
	for name, err := range calls {
		if errs.CodeOf(err) != "auth.forbidden" {
			t.Errorf("%s without the permission: %v", name, err)
		}
	}
	for name, in := range map[string]DraftInput{
		"nothing": {}, "two": {Rulebook: book, Files: draft.Files}, "id": {Template: &Template{ID: "../x", Title: rule.Text{Zh: "x"}}},
		"no title": {Template: &Template{ID: "x"}}, "file": {Files: map[string]string{"x": "y"}},
	} {
		if _, err := k.s.CreateDraft(k.ctx, in); errs.CodeOf(err) != "invalid_input" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := k.s.CreateDraft(k.ctx, DraftInput{Rulebook: "nothing"}); errs.CodeOf(err) != "rulebook.unknown" {
		t.Errorf("unknown: %v", err)
	}
	if _, err := k.s.PublishDraft(k.ctx, draft.ID, 1, "one"); errs.CodeOf(err) != "invalid_input" {
		t.Errorf("a number that is none: %v", err)
	}
}

func TestChangesAreNamed(t *testing.T) {
	before := `rulebook: x
settings:
  a: {value: 1}
  b: {value: 2}
measures:
  sales: {sum: amount, of: order, window: P12M}
scorecards:
  total:
    items:
      - {measure: sales, points: {bands: [[100, 5], [50, 3]]}}
      - {judged: look, range: [0, 10]}
grades:
  labels: [{code: A}, {code: B}]
duties:
  - {key: v, do: visit, every: P1M}
  - {key: c, do: call, every: P1M}
`
	after := strings.NewReplacer("a: {value: 1}", "a: {value: 1} # said again", "b: {value: 2}", "c: {value: 2}", "P12M", "P6M", "[50, 3]", "[40, 3], [10, 1]",
		"range: [0, 10]", "range: [0, 20]", "{code: A}, {code: B}", "{code: B}, {code: A}",
		"  - {key: v, do: visit, every: P1M}\n  - {key: c, do: call, every: P1M}", "  - {key: c, do: call, every: P2M}\n  - {key: n, do: call, every: P1Y}").Replace(before)
	var got []string
	for _, c := range changesOf(before, after) {
		got = append(got, c.Kind+" "+c.Ref+" "+c.Before+" > "+c.After)
	}
	want := []string{
		"removed settings.b {value: 2} > ",
		"added settings.c  > {value: 2}",
		"changed measures.sales.window P12M > P6M",
		"changed scorecards.total.items.sales.points.bands.2 [50, 3] > [40, 3]",
		"added scorecards.total.items.sales.points.bands.3  > [10, 1]",
		"changed scorecards.total.items.look.range [0, 10] > [0, 20]",
		"moved grades.labels A, B > B, A",
		"removed duties.v {key: v, do: visit, every: P1M} > ",
		"changed duties.c.every P1M > P2M",
		"added duties.n  > {key: n, do: call, every: P1Y}",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if l := levelOf(changesOf(before, after), nil, false); l != LevelMajor {
		t.Errorf("other grades weigh %s", l)
	}
	if l := levelOf(changesOf(before, strings.Replace(before, "P12M", "P6M", 1)), nil, false); l != LevelMinor {
		t.Errorf("another window weighs %s", l)
	}
	if l := levelOf(nil, nil, false); l != LevelPatch {
		t.Errorf("other comments weigh %s", l)
	}
}

func text(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	return strings.Join(lines, "\n") + "\n"
}

// A diff turns the one text into the other, and its hunks say on which lines.
func TestDiffIsTrue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.SampledFrom([]string{"a", "b", "c", "d"})
		a, b := rapid.SliceOfN(line, 0, 30).Draw(t, "a"), rapid.SliceOfN(line, 0, 30).Draw(t, "b")
		var left, right []string
		for _, e := range edits(a, b) {
			if e.Op != "+" {
				left = append(left, e.Text)
			}
			if e.Op != "-" {
				right = append(right, e.Text)
			}
		}
		if !slices.Equal(left, a) || !slices.Equal(right, b) {
			t.Fatalf("%v and %v became %v and %v", a, b, left, right)
		}
		for _, h := range diffText("f", text(a), text(b)).Hunks {
			from, to := h.FromLine, h.ToLine
			for _, l := range h.Lines {
				if l.Op != "+" {
					if a[from-1] != l.Text {
						t.Fatalf("line %d is %q, not %q", from, a[from-1], l.Text)
					}
					from++
				}
				if l.Op != "-" {
					if b[to-1] != l.Text {
						t.Fatalf("line %d is %q, not %q", to, b[to-1], l.Text)
					}
					to++
				}
			}
		}
	})
	long := strings.Repeat("x\ny\n", 2000)
	if f := diffText("f", long, strings.Repeat("z\nw\n", 2000)); f.Added != 4000 || f.Removed != 4000 {
		t.Errorf("two texts with nothing in common: +%d -%d", f.Added, f.Removed)
	}
	if f := diffText("f", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nV\n6\n7\n8\n9\n"); len(f.Hunks) != 1 || f.Hunks[0].FromLine != 2 || len(f.Hunks[0].Lines) != 8 {
		t.Errorf("%+v", f)
	}
}

func TestVersionIsWrittenInPlace(t *testing.T) {
	for before, want := range map[string]string{
		"# a\nrulebook: x\nversion: 1.0.0   # ours\ntitle: y\n": "# a\nrulebook: x\nversion: 2.3.4   # ours\ntitle: y\n",
		"version: \"1.0.0\"\n": "version: 2.3.4\n",
		"rulebook: x\n":        "version: 2.3.4\nrulebook: x\n",
	} {
		if got := withVersion(before, "2.3.4"); got != want {
			t.Errorf("%q became %q", before, got)
		}
	}
	for level, want := range map[string]string{LevelPatch: "1.2.4", LevelMinor: "1.3.0", LevelMajor: "2.0.0", LevelNone: "1.2.3"} {
		if got := nextVersion("1.2.3", level); got != want {
			t.Errorf("%s: %s", level, got)
		}
	}
}
