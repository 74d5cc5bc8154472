package customer_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"kezhi/internal/audit"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/job"
	"kezhi/internal/sheet"
)

func TestBulkAtOnceAndBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		a := w.create(system, customer.Input{Name: "甲行", OwnerID: lin, Tags: []string{"旧"}})
		b := w.create(system, customer.Input{Name: "乙行", OwnerID: chen})
		far := w.create(system, customer.Input{Name: "丙行", OwnerID: zhao})
		ids := []int64{a.ID, b.ID, far.ID, a.ID}
		run, err := w.s.ChangeMany(asHead, customer.Selection{IDs: ids}, customer.BulkAddTag, " 旧 ")
		w.must(err)
		if run.Total != 2 || run.Changed != 1 || run.State != "done" || run.JobID != 0 {
			t.Errorf("bulk %+v", run)
		}
		if got, err := w.s.Get(system, far.ID); err != nil || len(got.Tags) != 0 {
			t.Errorf("a customer out of reach was changed: %v %v", got.Tags, err)
		}
		_, err = w.s.UndoMany(asLin, run.ID)
		wantCode(t, err, errs.NotFound, "not_found")
		undone, err := w.s.UndoMany(asHead, run.ID)
		w.must(err)
		gotA, err := w.s.Get(system, a.ID)
		w.must(err)
		gotB, err := w.s.Get(system, b.ID)
		w.must(err)
		if undone.State != "undone" || !slices.Equal(gotA.Tags, []string{"旧"}) || len(gotB.Tags) != 0 {
			t.Errorf("undone %+v: %v %v", undone, gotA.Tags, gotB.Tags)
		}
		_, err = w.s.UndoMany(asHead, run.ID)
		wantCode(t, err, errs.Conflict, "customer.bulk_not_undoable")
		_, err = w.s.ChangeMany(asLin, customer.Selection{IDs: ids}, customer.BulkAssign, fmt.Sprint(chen))
		wantCode(t, err, errs.Forbidden, "auth.forbidden")
		_, err = w.s.ChangeMany(asHead, customer.Selection{IDs: ids}, customer.BulkAssign, fmt.Sprint(zhao))
		wantCode(t, err, errs.Forbidden, "customer.assign_not_allowed")
		_, err = w.s.ChangeMany(asHead, customer.Selection{IDs: []int64{far.ID}}, customer.BulkSetStatus, customer.StatusLost)
		wantCode(t, err, errs.Invalid, "customer.nothing_selected")
		_, err = w.s.ChangeMany(asHead, customer.Selection{All: true}, customer.BulkSetStatus, "sleeping")
		wantField(t, err, "value", "field.choice")
		_, err = w.s.ChangeMany(system, customer.Selection{All: true}, "delete", "")
		wantField(t, err, "action", "field.choice")
	})
}

func TestUndoLeavesWhatSomebodyChangedSince(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		a := w.create(system, customer.Input{Name: "甲行", OwnerID: lin})
		b := w.create(system, customer.Input{Name: "乙行", OwnerID: lin})
		run, err := w.s.ChangeMany(asBoss, customer.Selection{All: true}, customer.BulkAssign, fmt.Sprint(zhao))
		w.must(err)
		if b, err = w.s.Get(system, b.ID); err != nil || b.OwnerID != zhao || b.UnitID != unitNorth {
			t.Fatalf("%+v %v", b, err)
		}
		w.patch(system, b, customer.Input{OwnerID: chen}, customer.FieldOwner)
		w.now = w.now.Add(23 * 60 * 60 * 1e9)
		_, err = w.s.UndoMany(asBoss, run.ID)
		w.must(err)
		a, err = w.s.Get(system, a.ID)
		w.must(err)
		b, err = w.s.Get(system, b.ID)
		w.must(err)
		if a.OwnerID != lin || a.UnitID != unitSouth || b.OwnerID != chen {
			t.Errorf("owners %d %d", a.OwnerID, b.OwnerID)
		}
		run, err = w.s.ChangeMany(asBoss, customer.Selection{All: true}, customer.BulkArchive, "")
		w.must(err)
		if n, err := w.s.Count(system, customer.Query{}); err != nil || n.N != 0 || run.Changed != 2 {
			t.Errorf("%v %v %+v", n, err, run)
		}
		w.now = w.now.Add(25 * 60 * 60 * 1e9)
		_, err = w.s.UndoMany(asBoss, run.ID)
		wantCode(t, err, errs.Conflict, "customer.bulk_not_undoable")
	})
}

func TestBulkOfManyRunsAsAJobAndCanBeUndone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		const n = 450
		ins := make([]customer.Input, n)
		for i := range ins {
			ins[i] = customer.Input{Name: fmt.Sprintf("门店%04d", i), OwnerID: []int64{lin, zhao}[i%2]}
		}
		w.must(d.InTx(system, func(q db.Q) error {
			_, err := w.s.CreateMany(system, q, ins, 0, w.now)
			return err
		}))
		query := customer.Query{Conditions: []customer.Condition{{Field: "status", Op: "in", Values: []string{"active"}}}}
		run, err := w.s.ChangeMany(asBoss, customer.Selection{All: true, Query: query}, customer.BulkSetStatus, customer.StatusDormant)
		w.must(err)
		if run.JobID == 0 || run.ID != run.JobID || run.Total != n || run.State != "running" {
			t.Fatalf("bulk %+v", run)
		}
		count := func(status string) int64 { return w.int("SELECT COUNT(*) FROM customer WHERE status = ?", status) }
		j, err := w.runner.RunJob(system, run.JobID)
		w.must(err)
		var result struct {
			BulkID  string `json:"bulk_id"`
			Changed int64  `json:"changed"`
		}
		w.must(json.Unmarshal(j.Result, &result))
		if j.State != job.Done || result.Changed != n || result.BulkID != fmt.Sprint(run.ID) || count(customer.StatusDormant) != n {
			t.Fatalf("job %+v, result %+v, dormant %d", j.State, result, count(customer.StatusDormant))
		}
		if m := w.int("SELECT COUNT(*) FROM audit_entry WHERE action = 'customer.update'"); m != n {
			t.Errorf("%d audit entries", m)
		}
		if _, err := audit.Verify(system, d.Read()); err != nil {
			t.Error(err)
		}
		back, err := w.s.UndoMany(asBoss, run.ID)
		w.must(err)
		if back.State != "undoing" || back.JobID == 0 {
			t.Fatalf("undo %+v", back)
		}
		_, err = w.s.UndoMany(asBoss, run.ID)
		wantCode(t, err, errs.Conflict, "customer.bulk_not_undoable")
		_, err = w.runner.RunJob(system, back.JobID)
		w.must(err)
		if count(customer.StatusActive) != n || w.int("SELECT COUNT(*) FROM bulk WHERE state = 'undone'") != 1 {
			t.Errorf("active %d", count(customer.StatusActive))
		}
	})
}

func TestACanceledBulkLeavesWhatIsDoneAndCanBeUndone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ins := make([]customer.Input, 201)
		for i := range ins {
			ins[i] = customer.Input{Name: fmt.Sprintf("分店%04d", i)}
		}
		w.must(d.InTx(system, func(q db.Q) error {
			_, err := w.s.CreateMany(system, q, ins, 0, w.now)
			return err
		}))
		run, err := w.s.ChangeMany(system, customer.Selection{All: true}, customer.BulkAddTag, "新")
		w.must(err)
		w.exec("UPDATE job SET cancel_requested = 1 WHERE id = ?", run.JobID)
		j, err := w.runner.RunJob(system, run.JobID)
		if j.State != job.Canceled {
			t.Fatalf("state %s (%v)", j.State, err)
		}
		if n := w.int("SELECT COUNT(*) FROM bulk WHERE state = 'canceled'"); n != 1 {
			t.Error("the bulk is not marked as canceled")
		}
		_, err = w.s.UndoMany(system, run.ID)
		w.must(err)
		if n := w.int("SELECT COUNT(*) FROM customer_tag"); n != 0 {
			t.Errorf("%d tags left", n)
		}
	})
}

func TestExportSaysGradesPlacesAndIndustriesInWords(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		c := w.create(system, customer.Input{Code: "E1", Name: "甲行", Region: "440305", Industry: "1411", Kind: "dealer"})
		w.exec(`INSERT INTO standing (customer_id, scheme, rulebook, verdict_id, code, position, reason, score, as_of, since, previous_code)
			VALUES (?, 'value', 'r', 1, 'A', 0, '', NULL, '2026-01-01', '2026-01-01', '')`, c.ID)
		w.s.NameGrades(func(context.Context) ([]customer.GradeScheme, error) {
			return []customer.GradeScheme{
				{ID: "value", TitleZH: "客户价值", TitleEN: "Customer value", Labels: map[string][2]string{"A": {"A 级", "Grade A"}}},
				{ID: "risk", TitleZH: "风险", TitleEN: "Risk"},
			}, nil
		})
		for _, x := range []struct {
			chinese bool
			columns []string
			want    [][]string
		}{
			{true, []string{"region", "region_code", "industry", "kind", "grades"}, [][]string{{"地区", "地区代码", "行业", "客户类型", "客户价值", "风险"}, {"广东省 深圳市 南山区", "440305", "糕点、面包制造", "经销商", "A 级", ""}}},
			{false, []string{"grade.value", "region", "industry", "industry_code", "kind"}, [][]string{
				{"Customer value", "Region", "Industry", "Industry code", "Kind"}, {"Grade A", "Guangdong / Shenzhen / Nanshan", "Bakery products (1411)", "1411", "Dealer"},
			}},
		} {
			e, err := w.s.PrepareExport(system, customer.ExportInput{Columns: x.columns, Chinese: x.chinese})
			w.must(err)
			var buf bytes.Buffer
			w.must(e.Write(system, &buf, sheet.FormatCSV))
			got, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(buf.String(), "\uFEFF"))).ReadAll()
			w.must(err)
			if !slices.EqualFunc(got, x.want, slices.Equal) {
				t.Errorf("got %q, want %q", got, x.want)
			}
		}
		if _, err := w.s.PrepareExport(system, customer.ExportInput{Columns: []string{"grade.nobody"}}); errs.CodeOf(err) != "customer.column_unknown" {
			t.Errorf("a scheme that is not in force: %v", err)
		}
	})
}

func TestExportHoldsTheScopeGuardsFormulasAndIsAudited(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		a := w.create(system, customer.Input{Code: "E1", Name: "=HYPERLINK(1)", OwnerID: lin, Region: "440305", Kind: "dealer", ConfirmDuplicate: true})
		w.create(system, customer.Input{Code: "E2", Name: "甲, \"乙\"行", OwnerID: chen})
		far := w.create(system, customer.Input{Code: "E3", Name: "丙行", OwnerID: zhao})
		rows := func(ctx context.Context, in customer.ExportInput) [][]string {
			t.Helper()
			e, err := w.s.PrepareExport(ctx, in)
			w.must(err)
			var buf bytes.Buffer
			w.must(e.Write(ctx, &buf, sheet.FormatCSV))
			out, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(buf.String(), "\uFEFF"))).ReadAll()
			w.must(err)
			return out
		}
		got := rows(asHead, customer.ExportInput{Columns: []string{"code", "name", "region", "owner", "kind", "created"}, Selection: customer.Selection{Query: customer.Query{Sort: "code"}}, Chinese: true})
		want := [][]string{
			{"客户编号", "客户名称", "地区", "负责人", "客户类型", "创建日期"},
			{"E1", "'=HYPERLINK(1)", "广东省 深圳市 南山区", "林晓", "经销商", "2026-03-16"},
			{"E2", "甲, \"乙\"行", "", "陈默", "", "2026-03-16"},
		}
		if !slices.EqualFunc(got, want, slices.Equal) {
			t.Errorf("got %q", got)
		}
		got = rows(asHead, customer.ExportInput{Columns: []string{"code"}, Selection: customer.Selection{IDs: []int64{a.ID, far.ID}}})
		if len(got) != 2 || got[1][0] != "E1" {
			t.Errorf("export of chosen customers leaks: %q", got)
		}
		if n := w.int("SELECT COUNT(*) FROM audit_entry WHERE action = 'customer.export'"); n != 2 {
			t.Errorf("%d audit entries", n)
		}
		_, err := w.s.PrepareExport(asLin, customer.ExportInput{})
		wantCode(t, err, errs.Forbidden, "auth.forbidden")
		_, err = w.s.PrepareExport(asHead, customer.ExportInput{Columns: []string{"id_card"}})
		wantCode(t, err, errs.Invalid, "customer.column_unknown")
		e, err := w.s.PrepareExport(asBoss, customer.ExportInput{})
		w.must(err)
		var book bytes.Buffer
		w.must(e.Write(asBoss, &book, sheet.FormatXLSX))
		if !bytes.HasPrefix(book.Bytes(), []byte("PK")) {
			t.Error("no workbook")
		}
	})
}
