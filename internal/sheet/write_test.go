package sheet

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

func texts(cells []string) []Cell {
	out := make([]Cell, 0, len(cells))
	for _, c := range cells {
		out = append(out, Text(c))
	}
	return out
}

func TestCSVIsGuardedAndMarked(t *testing.T) {
	var b bytes.Buffer
	w := NewCSVWriter(&b, CSVOptions{})
	for _, row := range [][]string{{"a", "b"}, {"=1+1", "-12.50"}, {"+86", "-x"}, {"@x\"y", "'=z"}, {"", "'n"}, {"＝1", "\t"}} {
		if err := w.WriteRow(texts(row)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	want := "\uFEFFa,b\r\n'=1+1,-12.50\r\n'+86,'-x\r\n\"'@x\"\"y\",''=z\r\n,'n\r\n'＝1,'\t\r\n"
	if d := cmp.Diff(want, b.String()); d != "" {
		t.Error(d)
	}
}

func TestWhatIsWrittenAsCSVComesBack(t *testing.T) {
	cell := rapid.StringOf(rapid.SampledFrom([]rune("=+-@'\t\r\n\", ;|a1.华＝é\u3000")))
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, 3, 3), 1, 8).Draw(t, "rows")
		var b bytes.Buffer
		w := NewCSVWriter(&b, CSVOptions{NoBOM: rapid.Bool().Draw(t, "no mark")})
		var want [][]string
		for _, row := range append([][]string{{"h1", "h2", "h3"}}, rows...) {
			if err := w.WriteRow(texts(row)); err != nil {
				t.Fatal(err)
			}
			guarded := make([]string, 0, len(row))
			for _, c := range row {
				guarded = append(guarded, guard(c))
			}
			if !allBlank(guarded) {
				want = append(want, row)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if len(want) == 1 {
			return
		}
		r, err := openString(b.String(), "x.csv", Options{Comma: ','})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range want[1:] {
			got, err := r.Next()
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(row, got.Cells); d != "" {
				t.Fatal(d)
			}
		}
	})
}

func TestWorkbookComesBack(t *testing.T) {
	var b bytes.Buffer
	w, err := NewXLSXWriter(&b, "客户:[2026]")
	if err != nil {
		t.Fatal(err)
	}
	var out Writer = w
	for _, row := range [][]Cell{
		{Text("编码"), Number("12"), Text("日期"), Text("金额")},
		{Text("00123"), Text("=1+1"), Date("2011-12-09"), Number("-1234567.89")},
		{Text("华为"), Text("  两边  "), Date("not a date"), Number("12345678901234567.89")},
		{Text("x"), Text("a\nb"), Date("1900-03-01"), Number("0.10")},
	} {
		if err := out.WriteRow(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := openBytes(b.Bytes(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	rows, problems := readAll(t, r)
	if len(problems) > 0 || !cmp.Equal(r.Sheets(), []string{"客户__2026_"}) {
		t.Errorf("%v %v", problems, r.Sheets())
	}
	if d := cmp.Diff([][]string{
		{"00123", "=1+1", "2011-12-09", "-1234567.89"}, {"华为", "  两边  ", "not a date", "12345678901234567.89"}, {"x", "a\nb", "1900-03-01", "0.1"},
	}, rows); d != "" {
		t.Error(d)
	}
	// Another program must see the same: text as text, dates as dates.
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	for cell, want := range map[string]string{"A2": "00123", "B2": "=1+1", "C2": "2011-12-09", "D2": "-1234567.89"} {
		if got, err := f.GetCellValue("客户__2026_", cell); err != nil || got != want {
			t.Errorf("%s: %q %v", cell, got, err)
		}
	}
	if formula, err := f.GetCellFormula("客户__2026_", "B2"); err != nil || formula != "" {
		t.Errorf("a text became the formula %q %v", formula, err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
}

func TestDigest(t *testing.T) {
	sum := sha256.Sum256([]byte("客制"))
	got, n, err := Digest(strings.NewReader("客制"))
	if err != nil || n != 6 || got != hex.EncodeToString(sum[:]) {
		t.Errorf("%s %d %v", got, n, err)
	}
}

func FuzzCSV(f *testing.F) {
	f.Add([]byte("a,b\n\"x\ny\",2\n3,\"4\"\"\"\n"))
	f.Add([]byte("\xff\xfea\x00,\x00b\x00\n\x001\x00"))
	f.Add([]byte("a\tb\r\n\"1\"x\t2\r\n"))
	f.Add([]byte("\x1f\x8b\x08\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := Open(bytes.NewReader(data), int64(len(data)), "x.csv", Options{Limits: Limits{LineBytes: 1000, Columns: 20, Unzipped: 1 << 20}})
		if err != nil {
			return
		}
		rows, clean := walk(t, r)
		// What is plain UTF-8 with commas and without trouble, the standard library must read the same.
		if c, ok := r.src.(*textSource); !clean || !ok || c.csv.comma != ',' || c.csv.eol != '\n' || !bytes.Equal(bytes.ToValidUTF8(data, nil), data) ||
			bytes.HasPrefix(data, []byte("sep=")) || bytes.ContainsAny(data, "\r\uFEFF'") || bytes.HasPrefix(data, []byte{0x1f}) {
			return
		}
		all, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
		if err != nil {
			return
		}
		var want [][]string
		for _, row := range all {
			guarded := make([]string, 0, len(row))
			for _, c := range row {
				guarded = append(guarded, guard(c))
			}
			if !allBlank(guarded) {
				want = append(want, row)
			}
		}
		for i, row := range rows {
			if i+1 >= len(want) || !cmp.Equal(row, want[i+1][:len(row)]) {
				t.Fatalf("row %d: %q, the standard library reads %q", i, row, want)
			}
		}
	})
}

func FuzzXLSX(f *testing.F) {
	f.Add(head+`<row r="2"><c r="A2"><v>1</v></c></row>`, `<sst><si><t>x</t></si></sst>`)
	f.Add(head+`<row><c t="s"><v>0</v></c><c s="1"><v>40886.5</v></c></row>`, `<sst><si><r><t>y</t></r></si></sst>`)
	f.Fuzz(func(t *testing.T, sheet, shared string) {
		data := pack(t, partTexts(sheet, map[string]string{
			"xl/sharedStrings.xml": shared,
			"xl/styles.xml":        `<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>`,
		}), zip.Store)
		r, err := openBytes(data, Options{Limits: Limits{LineBytes: 1000, Columns: 20}})
		if err == nil {
			walk(t, r)
		}
	})
}

func FuzzXLSXFile(f *testing.F) {
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if r, err := openBytes(data, Options{Limits: Limits{Unzipped: 1 << 20}}); err == nil {
			walk(t, r)
		}
	})
}

// walk reads to the end and checks what every caller relies on.
func walk(t *testing.T, r *Reader) (rows [][]string, clean bool) {
	t.Helper()
	clean = true
	for {
		row, err := r.Next()
		if err != nil && !IsRowError(err) {
			return rows, clean && err.Error() == "EOF"
		}
		if clean = clean && err == nil; err == nil {
			if len(row.Cells) != len(r.Header()) {
				t.Fatalf("%d cells under %d headers", len(row.Cells), len(r.Header()))
			}
			rows = append(rows, append([]string(nil), row.Cells...))
		}
	}
}
