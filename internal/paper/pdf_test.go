package paper

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"kezhi/internal/errs"
)

func pdfOf(t testing.TB, d *Document) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := d.PDF(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestTheSameDocumentGivesTheSameBytes(t *testing.T) {
	for name := range samples() {
		first, second := pdfOf(t, samples()[name]), pdfOf(t, samples()[name])
		if !bytes.Equal(first, second) {
			t.Errorf("%s: two prints differ", name)
		}
		later := samples()[name]
		later.Created = later.Created.AddDate(0, 0, 1)
		if bytes.Equal(first, pdfOf(t, later)) {
			t.Errorf("%s: the moment of printing is not in the file", name)
		}
	}
}

func TestPrintsSideBySideDoNotDisturbEachOther(t *testing.T) {
	all := samples()
	want := map[string][]byte{}
	for name, d := range all {
		want[name] = pdfOf(t, d)
	}
	var group errgroup.Group
	for range 2 {
		for name, d := range all {
			group.Go(func() error {
				var out bytes.Buffer
				if err := d.PDF(&out); err != nil {
					return err
				}
				if !bytes.Equal(out.Bytes(), want[name]) {
					return fmt.Errorf("%s differs", name)
				}
				return nil
			})
		}
	}
	if err := group.Wait(); err != nil {
		t.Error(err)
	}
}

func TestABundleHoldsEveryDocument(t *testing.T) {
	docs := []*Document{investigation(), statistics(Chinese), answerEnglish()}
	var out, again bytes.Buffer
	if err := Bundle(&out, docs...); err != nil {
		t.Fatal(err)
	}
	if err := Bundle(&again, docs...); err != nil || !bytes.Equal(out.Bytes(), again.Bytes()) {
		t.Errorf("a second bundle differs (%v)", err)
	}
	sizes := regexp.MustCompile(`/MediaBox \[ ?0 0 ([0-9.]+)`).FindAllStringSubmatch(out.String(), -1)
	var widths []string
	for _, s := range sizes {
		widths = append(widths, s[1])
	}
	if got := strings.Join(widths, " "); !strings.Contains(got, "595.28 595.28 841.89 595.28") {
		t.Errorf("pages of widths %s", got)
	}
	if err := Bundle(&out); errs.CodeOf(err) != "paper.nothing" {
		t.Errorf("no document: %v", err)
	}
	many := make([]*Document, MaxBundle+1)
	for i := range many {
		many[i] = &Document{}
	}
	if err := Bundle(&out, many...); errs.CodeOf(err) != "paper.too_long" {
		t.Errorf("%d documents: %v", len(many), err)
	}
}

func TestPrintsStaySmall(t *testing.T) {
	for name, d := range samples() {
		if n := len(pdfOf(t, d)); n > 200_000 {
			t.Errorf("%s: %d bytes; are the faces cut down to what is used?", name, n)
		}
	}
}

func TestSamplesHaveNoMissingCharacters(t *testing.T) {
	for name, d := range samples() {
		if missing := d.Missing(); len(missing) > 0 {
			t.Errorf("%s: %q", name, string(missing))
		}
	}
}

func TestMissingCharactersAreListedAndDrawn(t *testing.T) {
	d := &Document{Title: "表\u0007", Head: []Field{{Label: "名", Value: "张\u200D三😀"}}, Body: []Block{
		Table{Columns: []Column{{Title: "☐ ☑ ✔ ✓"}}, Rows: []Row{{Cells: []string{"שלום"}}}},
		Signoffs{Boxes: []Signoff{{Post: "经理", Opinion: "é ü \u20E3 ₂ ™"}}},
		Closing{Organisation: "\U000E0041", Date: string([]byte{0xff})},
	}}
	want := []rune{0x07, 0x20E3, 0x5DD, 0x5D5, 0x5DC, 0x5E9, 0xFFFD, 0x1F600}
	got := d.Missing()
	for _, r := range want {
		if !strings.ContainsRune(string(got), r) && r != 0xFFFD {
			t.Errorf("%U is not listed", r)
		}
	}
	if len(got) != len(want) {
		t.Errorf("listed %U", got)
	}
	f, err := d.layout()
	if err != nil {
		t.Fatal(err)
	}
	boxes := 0
	for _, s := range f.pages[0].shapes {
		if text, ok := s.(textShape); ok {
			for _, g := range text.line.glyphs {
				if g.face == drawn && g.r != emptyBox && g.r != tickedBox && g.r != tick {
					boxes++
				}
			}
		}
	}
	if boxes != 8 {
		t.Errorf("%d crossed boxes, want one for each of the eight characters", boxes)
	}
	pdfOf(t, d)
}

// hostile are values that forms get from people and files.
var hostile = map[string]string{
	"long":       strings.Repeat("客户反映送货迟延，", 11_112),
	"unbroken":   strings.Repeat("x", 100_000),
	"marks":      strings.Repeat("。", 20_000),
	"openers":    strings.Repeat("（", 20_000),
	"spaces":     strings.Repeat(" ", 100_000),
	"blanks":     strings.Repeat("\u00A0\u3000", 20_000),
	"lines":      strings.Repeat("\n", 3_000) + "x",
	"emoji":      strings.Repeat("👨\u200D👩\u200D👧🏽🇨🇳", 2_000),
	"rightward":  strings.Repeat("\u202Eمرحبا שלום ", 2_000),
	"controls":   strings.Repeat("\x00\x01\x1b[31m\x7f\u0085\u2028", 2_000),
	"invalid":    strings.Repeat("\xff\xfe\xc3(", 5_000),
	"combining":  "a" + strings.Repeat("\u0301", 20_000),
	"dashes":     strings.Repeat("—", 20_000),
	"surrogates": strings.Repeat("𠮷㛃", 10_000),
	"empty":      "",
}

// everywhere puts a value into every place of a document.
func everywhere(v string) *Document {
	return &Document{
		Title: v, Subtitle: v, Organisation: v, Number: v, FormCode: v, FormVersion: v, Watermark: v, Created: printed, Head: []Field{{Label: v, Value: v}, {Label: v, Value: v, Wide: true}},
		Body: bodies(v),
	}
}

func bodies(v string) []Block {
	return []Block{
		Heading{Text: v},
		Text{Body: v},
		Text{Body: v, Align: Center, Small: true},
		Text{Body: v, Align: End, Flush: true},
		Grid{Fields: []Field{{Label: v, Value: v}, {Label: v, Value: v}, {Label: v, Wide: true, Lines: 1 << 30}}},
		Table{Title: v, Columns: []Column{{Title: v}, {Title: v, Kind: Number}, {Title: v, Kind: Date, Width: 1e-9}}, Rows: []Row{{Cells: []string{v, v, v}}, {}, {Cells: []string{v}, Total: true}}},
		Signoffs{Columns: 9, Boxes: []Signoff{{Post: v, Opinion: v, Name: v, Date: v, Seal: true}, {}}},
		Code{Text: v},
		Code{Content: v[:min(len(v), maxCode)]},
		Closing{Organisation: v, Date: v, Seal: true},
		Gap{Lines: -1},
		Gap{Lines: 1e9},
		Closing{},
	}
}

func TestHostileValuesEndInABoundedPrintOrAClearError(t *testing.T) {
	for name, v := range hostile {
		d := everywhere(v)
		if len(name)%2 == 0 {
			d.Lang, d.Letter = English, true
		}
		var out bytes.Buffer
		err := d.PDF(&out)
		switch {
		case err == nil:
			if !bytes.HasPrefix(out.Bytes(), []byte("%PDF-")) {
				t.Errorf("%s: not a PDF", name)
			}
		case errs.CodeOf(err) != "paper.too_long" && errs.CodeOf(err) != "paper.too_much" || out.Len() > 0:
			t.Errorf("%s: %v, %d bytes written", name, err, out.Len())
		}
	}
}

// Each value in each block by itself has to be printed, and every line of it has to stand on paper.
func TestHostileValuesStandOnThePaper(t *testing.T) {
	for name, v := range hostile {
		short := string([]rune(v)[:min(len([]rune(v)), 3000)])
		for i, b := range append(bodies(short), Text{Body: v}, Grid{Fields: []Field{{Label: "投诉事由", Value: v, Wide: true}}}) {
			t.Run(fmt.Sprintf("%s/%T%d", name, b, i), func(t *testing.T) {
				f, err := (&Document{Body: []Block{b}}).layout()
				if err != nil {
					t.Fatal(err)
				}
				onPaper(t, f)
			})
		}
	}
}

func onPaper(t *testing.T, f *flow) {
	t.Helper()
	for p, page := range f.pages {
		for _, s := range page.all() {
			switch s := s.(type) {
			case textShape:
				if s.y > f.geo.height-20 || s.y < 20 {
					t.Fatalf("page %d: a line stands at %.1f, off the paper", p+1, s.y)
				}
			case lineShape:
				if s.y1 > f.geo.bottom+12 || s.y2 > f.geo.bottom+12 {
					t.Fatalf("page %d: a rule ends at %.1f, below the body", p+1, s.y2)
				}
			}
		}
	}
}

func TestALongTableRepeatsItsHead(t *testing.T) {
	f, err := manyRows(500).layout()
	if err != nil {
		t.Fatal(err)
	}
	if n := len(f.pages); n < 8 || n > 40 {
		t.Fatalf("%d pages", n)
	}
	onPaper(t, f)
	seen := 0
	for i, page := range f.pages {
		var text strings.Builder
		for _, s := range page.shapes {
			if line, ok := s.(textShape); ok {
				text.WriteString(lineText(line.line) + "\n")
			}
		}
		if !strings.Contains(text.String(), "序号\n客户\n说明\n") {
			t.Errorf("page %d has no head", i+1)
		}
		if !strings.Contains(text.String(), fmt.Sprintf("第 %d 页  共 %d 页", i+1, len(f.pages))) {
			t.Errorf("page %d is not numbered", i+1)
		}
		seen += strings.Count(text.String(), "客户") - 1
	}
	if seen != 500 {
		t.Errorf("%d of 500 rows printed", seen)
	}
}

func TestWhatIsTooLongIsRefused(t *testing.T) {
	wide := Table{Columns: make([]Column, 31)}
	for _, c := range []struct {
		d    *Document
		want string
	}{
		{manyRows(19_000), "paper.too_long"},
		{manyRows(20_001), "paper.too_much"},
		{&Document{Body: []Block{Text{Body: strings.Repeat("字", 2_000_001)}}}, "paper.too_much"},
		{&Document{Body: []Block{wide}}, "paper.too_many_columns"},
		{&Document{Body: []Block{Code{Content: strings.Repeat("x", 301)}}}, "paper.code_too_long"},
		{&Document{Body: []Block{Table{Columns: []Column{{}}, Rows: []Row{{Cells: []string{"a", "b"}}}}}}, "paper.row_too_long"},
	} {
		var out bytes.Buffer
		if err := c.d.PDF(&out); errs.CodeOf(err) != c.want || out.Len() != 0 {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
}

// A heading, the last row of boxes and the closing of a letter never stand alone.
func TestWhatBelongsTogetherStaysTogether(t *testing.T) {
	for n := range 60 {
		f, err := (&Document{Body: []Block{
			Text{Body: strings.TrimSuffix(strings.Repeat("前文。\n", n), "\n")}, Heading{Text: "标题"}, Text{Body: strings.Repeat("正文内容。", 40)}, Closing{Organisation: "公司", Date: "日期", Seal: true},
		}}).layout()
		if err != nil {
			t.Fatal(err)
		}
		onPaper(t, f)
		for i, page := range f.pages {
			var lines []string
			for _, s := range page.shapes {
				if text, ok := s.(textShape); ok && text.st.face != sans || ok && lineText(text.line) == "标题" {
					lines = append(lines, lineText(text.line))
				}
			}
			body := lines[:len(lines)-1] // the page number
			if body[len(body)-1] == "标题" {
				t.Errorf("%d lines before: the heading ends page %d", n, i+1)
			}
			if len(f.pages) > 1 && i > 0 && body[0] == "公司" {
				t.Errorf("%d lines before: the closing stands alone on page %d", n, i+1)
			}
		}
	}
}

func TestFixedWords(t *testing.T) {
	if diff := cmp.Diff([]string{"第 1 页  共 3 页", "Page 1 of 3"}, []string{Chinese.words().page(1, 3), English.words().page(1, 3)}); diff != "" {
		t.Error(diff)
	}
}

func FuzzPDF(f *testing.F) {
	for _, v := range hostile {
		f.Add(v[:min(len(v), 300)], v[:min(len(v), 40)], true)
	}
	f.Fuzz(func(t *testing.T, body, label string, letter bool) {
		d := &Document{Title: label, Letter: letter, Landscape: !letter, Body: append(bodies(label), bodies(body)...), Created: printed}
		var out bytes.Buffer
		if err := d.PDF(&out); err != nil && errs.KindOf(err) != errs.TooLarge {
			t.Fatal(err)
		}
	})
}

func BenchmarkReport(b *testing.B) {
	for b.Loop() {
		pdfOf(b, investigation())
	}
}
