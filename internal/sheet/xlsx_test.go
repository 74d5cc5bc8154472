package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"kezhi/internal/errs"
)

func openBytes(b []byte, opt Options) (*Reader, error) {
	return Open(bytes.NewReader(b), int64(len(b)), "x.xlsx", opt)
}

// build makes a workbook with excelize, the way another program would.
func build(t *testing.T, fill func(f *excelize.File) error) []byte {
	t.Helper()
	f := excelize.NewFile()
	if err := fill(f); err != nil {
		t.Fatal(err)
	}
	b, err := f.WriteToBuffer()
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestReadWorkbook(t *testing.T) {
	moment := time.Date(2011, 12, 9, 8, 26, 0, 0, time.UTC)
	data := build(t, func(f *excelize.File) error {
		custom := `yyyy"年"m"月"d"日"`
		style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &custom})
		money, err2 := f.NewStyle(&excelize.Style{NumFmt: 4})
		return errors.Join(err, err2,
			f.SetSheetRow("Sheet1", "A1", &[]any{" 编码 ", "名称", "日期", "时间", "金额", "公式"}),
			f.SetSheetRow("Sheet1", "A3", &[]any{"00123", "华为 & <技术>", 40886, moment, 2.55, nil}),
			f.SetCellStyle("Sheet1", "C3", "C3", style),
			f.SetCellStyle("Sheet1", "E3", "E3", money),
			f.SetCellFormula("Sheet1", "F3", "1+1"),
			f.SetSheetRow("Sheet1", "A4", &[]any{17850, "合并"}),
			f.SetCellValue("Sheet1", "E4", -1234567.891),
			f.SetCellValue("Sheet1", "F4", true),
			f.MergeCell("Sheet1", "B4", "C4"),
			f.SetCellValue("Sheet1", "A5", "x"), f.SetCellValue("Sheet1", "H5", "behind"),
		)
	})
	r, err := openBytes(data, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"编码", "名称", "日期", "时间", "金额", "公式"}, r.Header()); d != "" {
		t.Error(d)
	}
	rows, problems := readAll(t, r)
	if d := cmp.Diff([]string{"3 sheet.formula_uncomputed", "5 sheet.row_long"}, problems); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([][]string{{"17850", "合并", "", "", "-1234567.891", "TRUE"}}, rows); d != "" {
		t.Error(d)
	}
	if w := r.Warnings(); len(w) != 1 || w[0].Code != "sheet.merged_cells" || w[0].Args["range"] != "B4:C4" {
		t.Errorf("%+v", w)
	}
	if err := errors.Join(r.Close(), r.Close()); err != nil {
		t.Error(err)
	}

	r, err = openBytes(data, Options{})
	if err != nil {
		t.Fatal(err)
	}
	row, err := r.Next()
	if !IsRowError(err) || row.Line != 3 {
		t.Fatalf("%+v %v", row, err)
	}
	if d := cmp.Diff([]string{"00123", "华为 & <技术>", "2011-12-09", "2011-12-09 08:26:00", "2.55", ""}, row.Cells); d != "" {
		t.Error(d)
	}
}

func TestSheetsAreChosenByName(t *testing.T) {
	data := build(t, func(f *excelize.File) error {
		_, err := f.NewSheet("客户")
		_, err2 := f.NewSheet("隐藏")
		return errors.Join(err, err2, f.SetSheetRow("客户", "A1", &[]any{"a"}), f.SetSheetRow("客户", "A2", &[]any{"1"}),
			f.SetSheetVisible("隐藏", false))
	})
	r, err := openBytes(data, Options{Sheet: "客户"})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"Sheet1", "客户"}, r.Sheets()); d != "" {
		t.Error(d)
	}
	if _, err = openBytes(data, Options{}); errs.CodeOf(err) != "sheet.empty" {
		t.Errorf("the empty first sheet gives %v", err)
	}
	if _, err = openBytes(data, Options{Sheet: "nobody"}); errs.CodeOf(err) != "sheet.no_such_sheet" {
		t.Errorf("an unknown sheet gives %v", err)
	}
}

// parts makes a workbook out of raw parts.
func parts(t *testing.T, sheet string, more map[string]string) []byte {
	t.Helper()
	return pack(t, partTexts(sheet, more), zip.Deflate)
}

func partTexts(sheet string, more map[string]string) map[string]string {
	all := map[string]string{
		"_rels/.rels":                `<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook xmlns:r="x"><sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<worksheet><sheetData>` + sheet + `</sheetData></worksheet>`,
	}
	for k, v := range more {
		all[k] = v
	}
	return all
}

func pack(t *testing.T, all map[string]string, method uint16) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if all[name] == "" {
			continue
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err == nil {
			_, err = io.WriteString(w, all[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const head = `<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="inlineStr"><is><r><t>b</t></r><rPh><t>hint</t></rPh><r><t>2</t></r></is></c></row>`

func TestWorkbooksOfOtherPrograms(t *testing.T) {
	// No row numbers, no references, prefixed elements, cached formula texts, CDATA, a strange number.
	data := parts(t, head+`<x:row><x:c><x:v>1.7850000000000001E4</x:v></x:c><c t="str"><f>A1&amp;"x"</f><v>ax</v></c></x:row>`+
		`<row r="7"><c r="B7" t="e"><v>#N/A</v></c></row><row r="9"><c r="A9"><v>0.10000000000000001</v></c><c r="B9" t="inlineStr"><is><t><![CDATA[<q>]]></t></is></c></row>`, nil)
	r, err := openBytes(data, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"a", "b2"}, r.Header()); d != "" {
		t.Error(d)
	}
	rows, problems := readAll(t, r)
	if len(problems) > 0 {
		t.Error(problems)
	}
	if d := cmp.Diff([][]string{{"17850", "ax"}, {"", "#N/A"}, {"0.1", "<q>"}}, rows); d != "" {
		t.Error(d)
	}
}

func TestWorkbooksThatAreRefused(t *testing.T) {
	row := head + `<row><c><v>1</v></c><c><v>2</v></c></row>`
	for name, c := range map[string]struct {
		data []byte
		opt  Options
		code string
	}{
		"bomb":            {parts(t, row+strings.Repeat(" ", 30<<20), nil), Options{}, "sheet.zip_bomb"},
		"part too large":  {parts(t, row+strings.Repeat("<row/>", 1000), nil), Options{Limits: Limits{Part: 2000}}, "sheet.zip_bomb"},
		"all too large":   {parts(t, row, map[string]string{"xl/a": strings.Repeat("xy", 900), "xl/b": strings.Repeat("xz", 900)}), Options{Limits: Limits{Unzipped: 3000}}, "sheet.zip_bomb"},
		"no workbook":     {parts(t, row, map[string]string{"xl/workbook.xml": ""}), Options{}, "sheet.not_workbook"},
		"no sheet part":   {parts(t, row, map[string]string{"xl/worksheets/sheet1.xml": ""}), Options{}, "sheet.part_missing"},
		"no sheet":        {parts(t, row, map[string]string{"xl/workbook.xml": "<workbook/>"}), Options{}, "sheet.no_sheet"},
		"broken xml":      {parts(t, head+`<row><c`, nil), Options{}, "sheet.part_damaged"},
		"declared entity": {parts(t, head+`<row><c><v>&lol;</v></c></row>`, nil), Options{}, "sheet.part_damaged"},
		"no such text":    {parts(t, head+`<row><c t="s"><v>5</v></c></row>`, nil), Options{}, "sheet.part_damaged"},
		"far column":      {parts(t, head+`<row><c r="XFD2"><v>5</v></c></row>`, nil), Options{}, "sheet.too_many_columns"},
		"absurd column":   {parts(t, head+`<row><c r="ZZZZZZZZ2"><v>5</v></c></row>`, nil), Options{}, "sheet.part_damaged"},
		"long value":      {parts(t, head+`<row><c t="inlineStr"><is><t>`+strings.Repeat("ab", 2<<20)+`</t></is></c></row>`, nil), Options{}, "sheet.value_too_long"},
		"header only":     {parts(t, head, nil), Options{}, "sheet.header_only"},
		"merged header":   {parts(t, `<row><c r="A1"><v>1</v></c><c r="C1"><v>2</v></c></row>`+row, nil), Options{}, "sheet.header_blank"},
		"unfinished":      {parts(t, row, nil)[:300], Options{}, "sheet.zip_damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := openBytes(c.data, c.opt)
			if err == nil {
				_, problems := readAll(t, r)
				t.Fatalf("opened; problems %v", problems)
			}
			if errs.CodeOf(err) != c.code {
				t.Errorf("%v, want %s", err, c.code)
			}
		})
	}
}

func TestALieAboutTheSizeOfAPartIsNoticed(t *testing.T) {
	data := parts(t, head+strings.Repeat("<row><c><v>1</v></c><c><v>2</v></c></row>", 1000), nil)
	// The central directory says how large a part is once unzipped, 24 bytes behind its mark.
	at := bytes.LastIndex(data, []byte("xl/worksheets/sheet1.xml"))
	copy(data[at-46+24:], []byte{100, 0, 0, 0})
	r, err := openBytes(data, Options{})
	if err == nil {
		_, problems := readAll(t, r)
		if len(problems) != 1 || !strings.HasSuffix(problems[0], "sheet.zip_damaged") {
			t.Fatalf("%v", problems)
		}
	} else if errs.CodeOf(err) != "sheet.zip_damaged" {
		t.Fatal(err)
	}
}

func TestFormatCodes(t *testing.T) {
	for code, want := range map[string]dateStyle{
		"yyyy-mm-dd": dateOnly, "m/d/yy h:mm": dateAndTime, "[h]:mm:ss": timeOnly, "mm:ss": timeOnly, "mmmm": dateOnly, `yyyy"年"m"月"`: dateOnly,
		"General": notDate, "#,##0.00": notDate, `0.00"days"`: notDate, "[Red]0;[Blue]-0": notDate, "[$-804]yyyy/m/d;@": dateOnly, "@": notDate,
		`\d0`: notDate, "h:mm AM/PM": timeOnly, "0.00E+00": notDate, `#,##0\ "h"`: notDate,
	} {
		if got := classifyFormat(code); got != want {
			t.Errorf("%s: %d, want %d", code, got, want)
		}
	}
}

func BenchmarkReadXLSX(b *testing.B) {
	var out bytes.Buffer
	w, err := NewXLSXWriter(&out, "s")
	for i := 0; err == nil && i < 20_000; i++ {
		err = w.WriteRow([]Cell{Text("536365" + strconv.Itoa(i)), Text("WHITE HANGING HEART T-LIGHT HOLDER"), Number("6"), Date("2010-12-01"), Number("2.55"), Text("United Kingdom")})
	}
	if err = errors.Join(err, w.Close()); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		r, err := openBytes(out.Bytes(), Options{})
		if err != nil {
			b.Fatal(err)
		}
		for err == nil {
			_, err = r.Next()
		}
		if !errors.Is(err, io.EOF) {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*20_000/b.Elapsed().Seconds(), "rows/s")
}

func TestSeveralSheets(t *testing.T) {
	var out bytes.Buffer
	w, err := NewXLSXWriter(&out, "一")
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("😀", 40)
	for _, step := range []func() error{
		func() error { return w.Widths(10, 30) },
		func() error { return w.WriteRow([]Cell{Text("a"), Text("b")}) },
		func() error { return w.NextSheet(long) },
		func() error { return w.WriteRow([]Cell{Text("c")}) },
		func() error { return w.WriteRow([]Cell{Number("12.5")}) },
		w.Close,
	} {
		if err := step(); err != nil {
			t.Fatal(err)
		}
	}
	book, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	names := book.GetSheetList()
	if len(names) != 2 || names[0] != "一" || names[1] != strings.Repeat("😀", 15) {
		t.Fatalf("sheets %q", names)
	}
	if width, err := book.GetColWidth("一", "B"); err != nil || width != 30 {
		t.Errorf("column B is %v wide, %v", width, err)
	}
	rows, err := book.GetRows(names[1])
	if err != nil || len(rows) != 2 || rows[0][0] != "c" || rows[1][0] != "12.5" {
		t.Errorf("%q, %v", rows, err)
	}
}
