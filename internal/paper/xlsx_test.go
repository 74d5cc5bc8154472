package paper

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"kezhi/internal/errs"
)

func bookOf(t *testing.T, d *Document) *excelize.File {
	t.Helper()
	var out bytes.Buffer
	if err := d.XLSX(&out); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = book.Close() })
	return book
}

func TestTheWorkbookHoldsTheTableAndTheForm(t *testing.T) {
	book := bookOf(t, statistics(Chinese))
	if diff := cmp.Diff([]string{"投诉统计表", "表单"}, book.GetSheetList()); diff != "" {
		t.Fatal(diff)
	}
	rows, err := book.GetRows("投诉统计表", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][]string{
		{"责任部门", "受理件数", "成立件数", "按期结案", "逾期结案", "未结案", "换货", "退货", "降价", "赔偿金额（元）", "满意件数", "重复投诉"},
		{"物流部", "20", "16", "14", "1", "1", "6", "2", "1", "12000.5", "11", "0"},
	}, rows[:2]); diff != "" || len(rows) != 10 {
		t.Errorf("%d rows (-want +got):\n%s", len(rows), diff)
	}
	if kind, err := book.GetCellType("投诉统计表", "J2"); err != nil || kind == excelize.CellTypeSharedString || kind == excelize.CellTypeInlineString {
		t.Errorf("the amount is text: %v, %v", kind, err)
	}
	form, err := book.GetRows("表单")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"项目", "内容"}, {"投诉统计表", "（2026 年 2 月）"}, {"", "杭州清河电器有限公司"}, {"编号", "TJ-2026-02"}, {"表号", "KF-08"}, {"版本", "1.2"}, {"填报部门", "客户服务中心"}, {"报送", "总经理、行政人事部"}}
	if diff := cmp.Diff(want, form[:len(want)]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestEverySampleHasAWorkbookWithAllItsTexts(t *testing.T) {
	for name, d := range samples() {
		book := bookOf(t, d)
		var all strings.Builder
		for _, s := range book.GetSheetList() {
			rows, err := book.GetRows(s, excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range rows {
				all.WriteString(strings.Join(r, "\n") + "\n")
			}
		}
		watermark := d.Watermark
		d.texts(func(text string) {
			if text != watermark && !strings.Contains(text, ",") && !strings.HasSuffix(text, ".50") && !strings.HasSuffix(text, ".00") && !strings.Contains(all.String(), text) {
				t.Errorf("%s: %q is not in the workbook", name, text)
			}
		})
	}
}

func TestSheetsOfOneNameAndLongCells(t *testing.T) {
	long := strings.Repeat("长😀", 30_000)
	table := Table{Title: "A[1]: 一张名称特别特别特别特别特别特别特别长的表", Columns: []Column{{Title: "x"}, {Title: "d", Kind: Date}}, Rows: []Row{{Cells: []string{"=1+1", "2026-03-09"}}}}
	book := bookOf(t, &Document{Title: "T", Body: []Block{table, table, Text{Body: long}}})
	names := book.GetSheetList()
	if len(names) != 3 || names[1] != names[0]+" 2" {
		t.Fatalf("%q", names)
	}
	if v, _ := book.GetCellValue(names[1], "A2"); v != "=1+1" {
		t.Errorf("a text came out as %q", v)
	}
	rows, err := book.GetRows(names[2])
	if err != nil {
		t.Fatal(err)
	}
	var back strings.Builder
	for _, r := range rows[2:] {
		back.WriteString(r[1])
	}
	if back.String() != long {
		t.Errorf("of %d bytes %d came back", len(long), back.Len())
	}
	table.Rows = []Row{{Cells: []string{long}}}
	if err := (&Document{Body: []Block{table}}).XLSX(&bytes.Buffer{}); errs.CodeOf(err) != "paper.cell_too_long" {
		t.Errorf("%v", err)
	}
}

func TestHostileValuesGiveAWorkbook(t *testing.T) {
	for name, v := range hostile {
		v = string([]rune(v)[:min(len([]rune(v)), 10_000)])
		if err := everywhere(v).XLSX(&bytes.Buffer{}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
