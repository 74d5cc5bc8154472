package compliance

import (
	"bytes"
	"strings"
	"testing"

	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
)

// The figures by any two dimensions are those of the whole: every duty is once in the total, and once in the lines unless these include
// each other.
func TestAnyTwoDimensionsAddUp(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		dbtest.Unit(t, d, 20, 0, "总部")
		dbtest.Unit(t, d, 21, 20, "东区")
		dbtest.Unit(t, d, 22, 20, "西区")
		dbtest.User(t, d, 7, 21, "钱思源")
		dbtest.User(t, d, 8, 22, "孙若溪")
		k.exec("UPDATE duty SET due_unit_id = CASE due_owner_id WHEN 7 THEN 21 ELSE 22 END")
		k.exec("UPDATE duty SET due_unit_id = 0 WHERE id = 2")
		q := Query{Rulebook: book, From: day(t, "2026-01-01"), To: day(t, "2026-06-30")}
		whole := k.of(k.ctx, "2026-01-01", "2026-06-30").Duties
		for _, by := range Dimensions {
			for _, across := range append([]Dimension{""}, Dimensions...) {
				x, err := k.s.Across(k.ctx, CrossQuery{Query: q, By: by, Across: across})
				if by == across {
					if errs.CodeOf(err) != "invalid_input" {
						t.Errorf("%s across itself: %v", by, err)
					}
					continue
				}
				if err != nil {
					t.Fatal(err)
				}
				if x.Total != whole {
					t.Errorf("%s × %s: %+v, the whole is %+v", by, across, x.Total, whole)
				}
				if got := sumOf(x, by); got != whole.Due {
					t.Errorf("%s × %s: the lines add up to %d of %d", by, across, got, whole.Due)
				}
				if got := sumOfCells(x); across != "" && got != whole.Due {
					t.Errorf("%s × %s: the cells add up to %d of %d", by, across, got, whole.Due)
				}
			}
		}
	})
}

// sumOf adds up the lines at the top.
func sumOf(x Cross, by Dimension) (n int64) {
	for _, l := range x.Lines {
		if by != ByDepartment || l.Depth == 0 {
			n += l.Tally.Due
		}
	}
	return n
}

func sumOfCells(x Cross) (n int64) {
	top := map[string]bool{}
	for _, c := range x.Columns {
		top[c.Key] = c.Depth == 0
	}
	for _, l := range x.Lines {
		for _, c := range l.Cells {
			if l.Depth == 0 && top[c.Column] {
				n += c.Tally.Due
			}
		}
	}
	return n
}

func TestDepartmentsIncludeThoseBelow(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		dbtest.Unit(t, d, 20, 0, "总部")
		dbtest.Unit(t, d, 21, 20, "东区")
		dbtest.Unit(t, d, 22, 20, "西区")
		k.exec("UPDATE duty SET due_unit_id = CASE due_owner_id WHEN 7 THEN 21 ELSE 22 END")
		q := CrossQuery{Query: Query{Rulebook: book, From: day(t, "2026-01-01"), To: day(t, "2026-06-30")}, By: ByDepartment, Across: ByMonth}
		x, err := k.s.Across(k.ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		if len(x.Lines) != 3 || x.Lines[0].Key != "20" || x.Lines[0].Tally != x.Total || x.Lines[1].Depth != 1 || x.Lines[1].Tally.Due+x.Lines[2].Tally.Due != x.Total.Due {
			t.Errorf("%+v", x.Lines)
		}
		if len(x.Columns) != 6 || x.Columns[0].Key != "2026-01" || x.Columns[5].Key != "2026-06" {
			t.Errorf("months %+v", x.Columns)
		}
		var b bytes.Buffer
		if err := WriteCross(&b, "csv", "zh", x); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"部门,月份,应办,按时,迟办,逾期,免除,待办,按时率%", "总部,合计,7,2,1,2,1,1,40.0", "\u3000东区,2026-02,1,1,0,0,0,0,100.0", "合计,合计,7,"} {
			if !strings.Contains(b.String(), want) {
				t.Errorf("no %q in\n%s", want, b.String())
			}
		}

		// Of one department only what it answered for, and nothing of what stands above it.
		east := int64(21)
		q.Unit, q.Across = &east, ""
		if x, err = k.s.Across(k.ctx, q); err != nil || len(x.Lines) != 1 || x.Lines[0].Key != "21" || x.Lines[0].Tally != x.Total || x.Total.Due != 4 {
			t.Errorf("%+v %v", x, err)
		}
		// One department that answers for all: the one above it would say the same again.
		k.exec("UPDATE duty SET due_unit_id = 21")
		q.Unit = nil
		if x, err = k.s.Across(k.ctx, q); err != nil || len(x.Lines) != 1 || x.Lines[0].Key != "21" {
			t.Errorf("%+v %v", x.Lines, err)
		}
	})
}
