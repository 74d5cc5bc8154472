package sheet

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"kezhi/internal/errs"
)

func openString(s, name string, opt Options) (*Reader, error) {
	return Open(strings.NewReader(s), int64(len(s)), name, opt)
}

// readAll gives every row, row errors as "line code".
func readAll(t *testing.T, r *Reader) (rows [][]string, problems []string) {
	t.Helper()
	for {
		row, err := r.Next()
		switch {
		case errors.Is(err, io.EOF):
			if p := r.Progress(); p.Read != p.Total {
				t.Errorf("at the end progress is %+v", p)
			}
			return rows, problems
		case IsRowError(err):
			problems = append(problems, fmt.Sprintf("%d %s", row.Line, errs.CodeOf(err)))
		case err != nil:
			return rows, append(problems, fmt.Sprintf("end %d %s", row.Line, errs.CodeOf(err)))
		default:
			rows = append(rows, append([]string(nil), row.Cells...))
		}
	}
}

func TestReadText(t *testing.T) {
	gb := func(s string) string {
		out, err := simplifiedchinese.GB18030.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	utf16 := func(e unicode.Endianness, s string) string {
		out, err := unicode.UTF16(e, unicode.UseBOM).NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write([]byte(gb("编码,名称\n1,华为技术\n"))); err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("1,ascii only\n", 200_000)
	for name, c := range map[string]struct {
		text     string
		encoding Encoding
		first    []string
		last     []string
		rows     int
	}{
		"utf-8":              {"编码,名称\n1,华为\n", UTF8, []string{"编码", "名称"}, []string{"1", "华为"}, 1},
		"bom":                {"\uFEFF编码,名称\r\n1,华为\r\n", UTF8, []string{"编码", "名称"}, []string{"1", "华为"}, 1},
		"gb18030":            {gb("编码,名称\n1,华为技术𠮷\n"), GB18030, []string{"编码", "名称"}, []string{"1", "华为技术𠮷"}, 1},
		"gb18030 late":       {"id,name\n" + long + gb("2,深圳市华为技术有限公司\n"), GB18030, []string{"id", "name"}, []string{"2", "深圳市华为技术有限公司"}, 200_001},
		"gb18030 gz":         {packed.String(), GB18030, []string{"编码", "名称"}, []string{"1", "华为技术"}, 1},
		"utf-8 late":         {"id,name\n" + long + "2,é\n", UTF8, []string{"id", "name"}, []string{"2", "é"}, 200_001},
		"utf-16le":           {utf16(unicode.LittleEndian, "编码\t名称\r\n1\t华为\r\n"), UTF16LE, []string{"编码", "名称"}, []string{"1", "华为"}, 1},
		"utf-16be":           {utf16(unicode.BigEndian, "编码,名称\n1,华为\n"), UTF16BE, []string{"编码", "名称"}, []string{"1", "华为"}, 1},
		"semicolon":          {"a;b\n1,5;2,5\n3,5;4\n", UTF8, []string{"a", "b"}, []string{"3,5", "4"}, 2},
		"sep line":           {"sep=|\na|b\n1,2|3\n", UTF8, []string{"a", "b"}, []string{"1,2", "3"}, 1},
		"old mac":            {"a,b\r1,2\r3,4", UTF8, []string{"a", "b"}, []string{"3", "4"}, 2},
		"one column":         {"name\n华为\n中兴\n", UTF8, []string{"name"}, []string{"中兴"}, 2},
		"quotes":             {"a,b\n\"x,\"\"y\"\"\r\nz\",\"\"\n\"1\",2\r\n", UTF8, []string{"a", "b"}, []string{"1", "2"}, 2},
		"quotes at the end":  {"a,b\n1,\"2\"", UTF8, []string{"a", "b"}, []string{"1", "2"}, 1},
		"blank lines":        {"\n\na,b\n\n1,2\n,\n  , \n3,4\n\n", UTF8, []string{"a", "b"}, []string{"3", "4"}, 2},
		"empty cells behind": {"a,b,,\n1,2,,\n", UTF8, []string{"a", "b"}, []string{"1", "2"}, 1},
		"guarded":            {"a,b\n'=1+1,''-x\n'-5,'abc\n", UTF8, []string{"a", "b"}, []string{"-5", "'abc"}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := openString(c.text, "x.csv", Options{})
			if err != nil {
				t.Fatal(err)
			}
			rows, problems := readAll(t, r)
			if len(problems) > 0 || len(rows) != c.rows {
				t.Fatalf("%d rows, problems %v", len(rows), problems)
			}
			if r.Encoding() != c.encoding {
				t.Errorf("encoding %s", r.Encoding())
			}
			if d := cmp.Diff(c.first, r.Header()); d != "" {
				t.Error(d)
			}
			if d := cmp.Diff(c.last, rows[len(rows)-1]); d != "" {
				t.Error(d)
			}
			if err := r.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestQuotedLineBreaksKeepLineNumbers(t *testing.T) {
	r, err := openString("a,b\n\"x\ny\nz\",1\n2,3\n", "x.csv", Options{})
	if err != nil {
		t.Fatal(err)
	}
	first, err := r.Next()
	if err != nil || first.Line != 2 || first.Cells[0] != "x\ny\nz" {
		t.Errorf("%+v %v", first, err)
	}
	if second, err := r.Next(); err != nil || second.Line != 5 {
		t.Errorf("%+v %v", second, err)
	}
}

func TestRowErrorsAreReportedWithTheirLineAndReadingGoesOn(t *testing.T) {
	text := "a,b\n1\n1,2,3\n5\" pipe,x\n\"q\"q,1\nok,1\n\xff\xfe\xfa,1\nnul\x00,1\nlast,\"2\"\n"
	r, err := openString(text, "x.csv", Options{Encoding: UTF8})
	if err != nil {
		t.Fatal(err)
	}
	rows, problems := readAll(t, r)
	want := []string{"2 sheet.row_short", "3 sheet.row_long", "4 sheet.stray_quote", "5 sheet.stray_quote", "7 sheet.undecodable", "8 sheet.nul_byte"}
	if d := cmp.Diff(want, problems); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([][]string{{"ok", "1"}, {"last", "2"}}, rows); d != "" {
		t.Error(d)
	}
}

func TestOneDamagedCharacterDoesNotMakeUTF8AnythingElse(t *testing.T) {
	r, err := openString("编码,名称\n"+strings.Repeat("1,深圳市华为技术有限公司\n", 50)+"2,华\xE4\xB8\n3,中兴\n", "x.csv", Options{})
	if err != nil {
		t.Fatal(err)
	}
	rows, problems := readAll(t, r)
	if r.Encoding() != UTF8 || len(rows) != 51 || !cmp.Equal(problems, []string{"52 sheet.undecodable"}) {
		t.Errorf("%s, %d rows, %v", r.Encoding(), len(rows), problems)
	}
}

func TestFilesThatAreRefused(t *testing.T) {
	var cut bytes.Buffer
	z := gzip.NewWriter(&cut)
	for i := range 20_000 {
		if _, err := fmt.Fprintf(z, "n%d,%x\n", i, i*7919); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	ole := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 70_000)
	secret := ole + strings.Join(strings.Split("EncryptedPackage", ""), "\x00") + "\x00"
	many := strings.Repeat("c,", 10_000) + "c\n"
	for name, c := range map[string]struct {
		text, file, code string
		opt              Options
	}{
		"empty":             {"", "x.csv", "sheet.empty", Options{}},
		"blank":             {"\n\n", "x.csv", "sheet.empty", Options{}},
		"bom only":          {"\uFEFF", "x.csv", "sheet.empty", Options{}},
		"header only":       {"a,b\n\n", "x.csv", "sheet.header_only", Options{}},
		"header twice":      {"a,b,a\n1,2,3\n", "x.csv", "sheet.header_twice", Options{}},
		"header blank":      {"a,,c\n1,2,3\n", "x.csv", "sheet.header_blank", Options{}},
		"many columns":      {many + many, "x.csv", "sheet.too_many_columns", Options{}},
		"many in quotes":    {strings.Repeat(`"c",`, 2000) + "c\n1\n", "x.csv", "sheet.too_many_columns", Options{}},
		"long line":         {"a,b\n" + strings.Repeat("x", 3<<20) + "\n", "x.csv", "sheet.line_too_long", Options{}},
		"long first line":   {strings.Repeat("x", 3<<20), "x.csv", "sheet.line_too_long", Options{}},
		"open quote":        {"a,b\n\"1,2\n3,4\n", "x.csv", "sheet.quote_unclosed", Options{}},
		"open quote, long":  {"a,b\n\"1,2\n" + strings.Repeat("3,4\n", 1<<20), "x.csv", "sheet.quote_unclosed", Options{}},
		"cut gzip header":   {"\x1f\x8b\x08", "x.csv.gz", "sheet.truncated", Options{}},
		"gzip of a zip":     {gzipped(t, "PK\x03\x04xxxxxxxx"), "x.gz", "sheet.gzip_not_text", Options{}},
		"gzip bomb":         {gzipped(t, strings.Repeat("\n", 40<<20)), "x.gz", "sheet.zip_bomb", Options{}},
		"text named xlsx":   {"a,b\n1,2\n", "x.xlsx", "sheet.not_workbook", Options{}},
		"damaged zip":       {"PK\x03\x04" + strings.Repeat("x", 100), "x.xlsx", "sheet.zip_damaged", Options{}},
		"password":          {secret, "x.xlsx", "sheet.password", Options{}},
		"excel 97":          {ole, "x.xls", "sheet.old_excel", Options{}},
		"binary":            {"\x00\x01\x02\x00", "x.csv", "sheet.nul_byte", Options{}},
		"not the HeaderRow": {"a,b\n1,2\n", "x.csv", "sheet.empty", Options{HeaderRow: 9}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := openString(c.text, c.file, c.opt)
			e, ok := errs.As(err)
			if !ok || e.Code != c.code {
				t.Fatalf("%v, want %s", err, c.code)
			}
			if e.Args["file"] != c.file {
				t.Errorf("the error names the file %v", e.Args["file"])
			}
		})
	}
	t.Run("cut gzip", func(t *testing.T) {
		r, err := openString(cut.String()[:cut.Len()/2], "x.csv.gz", Options{})
		if err != nil {
			t.Fatal(err)
		}
		rows, problems := readAll(t, r)
		if len(rows) < 100 || len(problems) != 1 || !strings.HasSuffix(problems[0], "sheet.truncated") {
			t.Fatalf("%d rows, %v", len(rows), problems)
		}
		if _, again := r.Next(); errs.CodeOf(again) != "sheet.truncated" {
			t.Errorf("the next call gives %v", again)
		}
	})
}

func gzipped(t *testing.T, s string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := io.WriteString(z, s); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// endless yields one line for as long as anybody reads.
type endless struct{ read int64 }

func (e *endless) ReadAt(p []byte, off int64) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	if off == 0 {
		copy(p, "a,b\n1,2\n")
	}
	e.read += int64(len(p))
	return len(p), nil
}

func TestALineOfFiveGigabytesIsRefusedAfterAFewMegabytes(t *testing.T) {
	in := &endless{}
	r, err := Open(in, 5<<30, "x.csv", Options{})
	if err != nil {
		t.Fatal(err)
	}
	_, problems := readAll(t, r)
	if !cmp.Equal(problems, []string{"end 3 sheet.line_too_long"}) {
		t.Errorf("%v", problems)
	}
	if in.read > 16<<20 {
		t.Errorf("%d bytes were read", in.read)
	}
}

// repeated is a file of one record over and over, which needs no memory of its own.
type repeated struct{ record string }

func (r repeated) ReadAt(p []byte, off int64) (int, error) {
	for n := 0; n < len(p); {
		at := int((off + int64(n)) % int64(len(r.record)))
		n += copy(p[n:], r.record[at:])
	}
	return len(p), nil
}

func TestMemoryDoesNotGrowWithTheFile(t *testing.T) {
	const record = "id,华为技术,2010-12-01 08:26:00,2.55\n"
	const rows = 1_000_000
	r, err := Open(repeated{record}, int64(len(record))*rows, "x.csv", Options{})
	if err != nil {
		t.Fatal(err)
	}
	var before, m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	n, worst := 0, uint64(0)
	for {
		if _, err = r.Next(); err != nil {
			break
		}
		if n++; n%200_000 == 0 {
			runtime.GC()
			runtime.ReadMemStats(&m)
			worst = max(worst, m.HeapAlloc)
		}
	}
	if !errors.Is(err, io.EOF) || n != rows-1 {
		t.Fatalf("%d rows, %v", n, err)
	}
	if worst > before.HeapAlloc+4<<20 {
		t.Errorf("the heap grew from %d to %d bytes", before.HeapAlloc, worst)
	}
}

func TestOnlineRetailIsReadCompletely(t *testing.T) {
	path := filepath.Join("..", "..", "..", "shared", "data", "online-retail", "online_retail.csv.gz")
	if _, err := os.Stat(path); err != nil {
		t.Skip("the real data set is not here")
	}
	r, err := OpenFile(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}()
	rows, without := 0, 0
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		rows++
		if row.Cells[6] == "" {
			without++
		} else if _, err := ParseID(row.Cells[6]); err != nil {
			t.Fatal(err)
		}
		if _, err := ParseDateTime(row.Cells[4], DateOptions{}); err != nil {
			t.Fatal(err)
		}
		if _, err := ParseDecimal(row.Cells[5], NumberOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	if rows != 541_909 || without != 135_080 {
		t.Errorf("%d rows, %d without customer", rows, without)
	}
}

func BenchmarkReadCSV(b *testing.B) {
	text := "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n" +
		strings.Repeat("536365,85123A,WHITE HANGING HEART T-LIGHT HOLDER,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom\n", 100_000)
	for name, in := range map[string]string{"plain": text, "quoted": strings.ReplaceAll(text, "United Kingdom", `"United Kingdom"`)} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r, err := openString(in, "x.csv", Options{})
				if err != nil {
					b.Fatal(err)
				}
				for err == nil {
					_, err = r.Next()
				}
			}
			b.ReportMetric(float64(b.N)*100_000/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
