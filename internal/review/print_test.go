package review

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kezhi/internal/calendar"
	"kezhi/internal/dbtest"
	"kezhi/internal/paper"
)

var update = flag.Bool("update", false, "write the printed forms anew")

// plain writes a document as text, block by block.
func plain(d *paper.Document) string {
	var out strings.Builder
	line := func(parts ...string) { fmt.Fprintln(&out, strings.TrimRight(strings.Join(parts, " | "), " |")) }
	line(d.Organisation, d.Title, d.Subtitle, d.Number, d.FormCode, d.FormVersion, d.Watermark)
	fields := func(list []paper.Field) {
		for _, f := range list {
			line(f.Label, f.Value)
		}
	}
	fields(d.Head)
	for _, b := range d.Body {
		line("--")
		switch b := b.(type) {
		case paper.Grid:
			fields(b.Fields)
		case paper.Text:
			line(b.Body)
		case paper.Table:
			var heads []string
			for _, c := range b.Columns {
				heads = append(heads, c.Title)
			}
			line(heads...)
			for _, r := range b.Rows {
				line(r.Cells...)
			}
		case paper.Signoffs:
			for _, x := range b.Boxes {
				line(strings.ReplaceAll(x.Post, "\n", " "), x.Opinion, x.Name, x.Date, fmt.Sprint(x.Seal))
			}
		case paper.Closing:
			line(b.Organisation, b.Date, fmt.Sprint(b.Seal))
		}
	}
	return out.String()
}

// printed holds a document to its text in testdata, and to being a PDF without missing characters on a few pages.
func printed(t *testing.T, name string, d *paper.Document) {
	t.Helper()
	if missing := d.Missing(); len(missing) > 0 {
		t.Errorf("%s: no glyphs for %q", name, string(missing))
	}
	var pdf, again, book bytes.Buffer
	if err := d.PDF(&pdf); err != nil || !bytes.HasPrefix(pdf.Bytes(), []byte("%PDF")) {
		t.Fatalf("%s: %v", name, err)
	}
	if err := d.PDF(&again); err != nil || !bytes.Equal(pdf.Bytes(), again.Bytes()) {
		t.Errorf("%s: a second print differs", name)
	}
	if err := d.XLSX(&book); err != nil || book.Len() == 0 {
		t.Errorf("%s: %v", name, err)
	}
	file, got := filepath.Join("testdata", name+".txt"), plain(d)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		if dir := os.Getenv("KEZHI_PRINTS"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, name+".pdf"), pdf.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	want, err := os.ReadFile(file)
	if err != nil || got != string(want) {
		t.Errorf("%s (%v) is\n%s", name, err, got)
	}
}

// A whole campaign on paper: the forms of a customer before and after signing, of one nobody rated, and the lists.
func TestPrintedForms(t *testing.T) {
	k := newKit(t, dbtest.SQLite(t))
	k.company()
	r := k.open()
	form := func(who, code, what string, lang paper.Lang) *paper.Document {
		t.Helper()
		d, err := k.s.Printed(k.as(who), r.ID, k.ids[code], what, lang)
		k.must(err)
		return d
	}
	k.rate(r.ID, "east", "E2", "6", "yes")
	k.rate(r.ID, "west", "W1", "5", "no")
	f, err := k.s.files.Put(k.as("east"), strings.NewReader("%PDF-1.4 x"), "走访记录.pdf", "application/pdf", 1<<20)
	k.must(err)
	k.must(k.s.AddFile(k.as("east"), r.ID, k.ids["E1"], "local_influence", f.ID))
	k.rate(r.ID, "east", "E1", "8", "yes")
	printed(t, "assessment-unrated-zh", form("east", "E3", FormAssessment, paper.Chinese))
	_, err = k.s.Printed(k.as("west"), r.ID, k.ids["E1"], FormAssessment, paper.Chinese)
	k.refused(err, "not_found")
	_, err = k.s.Printed(k.as("east"), r.ID, k.ids["E2"], FormGrade, paper.Chinese)
	k.refused(err, "review.no_grade_form")
	_, err = k.s.Meet(k.as("director"), r.ID, MeetingInput{On: calendar.None})
	k.must(err)
	_, err = k.s.ReRate(k.as("director"), r.ID, k.ids["E1"], ReRateInput{Values: []Value{{Item: "cost_ratio", Value: "7"}}, Reason: "成本低于平均"})
	k.must(err)
	_, err = k.s.ReRate(k.as("director"), r.ID, k.ids["E2"], ReRateInput{Grade: "C", Reason: "窜货被查实"})
	k.must(err)
	_, err = k.s.SetResult(k.as("director"), r.ID, k.ids["E1"], ListA, ResultInput{Plan: "优先排产，每季度走访。", SeesTo: k.users["east"], DueOn: onDay("2026-03-31")})
	k.must(err)
	k.jobs()
	k.must(k.decide("sales", r.ID, "E1", ""))
	printed(t, "assessment-zh", form("east", "E1", FormAssessment, paper.Chinese))
	printed(t, "assessment-decided-en", form("director", "E2", FormAssessment, paper.English))
	printed(t, "grade-pending-zh", form("director", "E1", FormGrade, paper.Chinese))
	for _, who := range []string{"director", "boss"} {
		k.must(k.decide(who, r.ID, "E1", ""))
	}
	k.on("2025-12-30")
	_, err = k.s.Close(k.as("director"), r.ID, CloseInput{Unrated: 2})
	k.must(err)
	k.jobs()
	before := plain(form("director", "E1", FormAssessment, paper.Chinese))
	k.rise("E1") // what becomes known later does not change the form of a closed campaign
	if after := plain(form("director", "E1", FormAssessment, paper.Chinese)); after != before {
		t.Errorf("the form changed:\n%s", after)
	}
	printed(t, "grade-approved-en", form("director", "E1", FormGrade, paper.English))
	for _, list := range []string{ListA, ListNew} {
		printed(t, list+"-zh", k.listed(t, r.ID, list))
	}
	if n := k.one("SELECT COUNT(*) FROM audit_entry WHERE action = 'review.print'"); n != 7 {
		t.Errorf("%d prints on record", n)
	}
}

func (k *kit) listed(t *testing.T, reviewID int64, list string) *paper.Document {
	t.Helper()
	ctx := context.WithoutCancel(k.as("director"))
	c, a, err := k.s.mayExport(ctx, k.db.Read(), reviewID)
	k.must(err)
	units, err := unitsOf(ctx, k.db.Read())
	k.must(err)
	x := table{c: c, a: a, list: list, lang: "zh", units: units}
	d, err := x.document(ctx, k.s)
	k.must(err)
	write, name, err := k.s.Table(ctx, reviewID, list, "pdf", "zh")
	k.must(err)
	var out bytes.Buffer
	if err := write(&out); err != nil || !bytes.HasPrefix(out.Bytes(), []byte("%PDF")) || !strings.HasSuffix(name, ".pdf") {
		t.Errorf("%s: %v", name, err)
	}
	return d
}

// A spot check on paper and as a table, within what the reader may take out.
func TestASpotCheckIsExported(t *testing.T) {
	k := newKit(t, dbtest.SQLite(t))
	r := k.rated()
	k.on("2025-12-30")
	_, err := k.s.Close(k.as("director"), r.ID, CloseInput{})
	k.must(err)
	k.jobs()
	c, err := k.s.Draw(k.as("director"), CheckInput{Rulebook: dealer, Size: 5, Seed: 7, Note: "四季度抽查"})
	k.must(err)
	item, err := k.s.Find(k.as("director"), c.ID, k.ids["E1"], FindInput{State: CheckFinding, Finding: "缺走访记录", Correction: "补走访", DueOn: onDay("2026-01-15"), Version: 1})
	if err != nil || item.State != CheckFinding {
		t.Fatalf("%+v %v", item, err)
	}
	table := func(who, format string) string {
		t.Helper()
		write, _, err := k.s.CheckTable(k.as(who), c.ID, format, "zh")
		k.must(err)
		var out bytes.Buffer
		k.must(write(&out))
		return out.String()
	}
	all, east := table("director", "csv"), table("east", "csv")
	if !strings.Contains(all, "缺走访记录") || strings.Count(all, "\n") != 6 || strings.Count(east, "\n") != 4 || strings.Contains(east, "客户W1") {
		t.Errorf("%s\n%s", all, east)
	}
	for _, format := range []string{"pdf", "xlsx"} {
		if out := table("director", format); !strings.HasPrefix(out, "%PDF") && !strings.HasPrefix(out, "PK") {
			t.Errorf("%s: %q", format, out[:20])
		}
	}
	_, _, err = k.s.CheckTable(k.as("auditor"), c.ID, "csv", "zh")
	k.refused(err, "auth.forbidden")
}
