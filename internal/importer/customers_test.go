package importer_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"kezhi/internal/calendar"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/importer"
	"kezhi/internal/sheet"
)

const people = `客户编号,客户名称,客户状态,地区,电话,标签,联系人,联系人电话
D1,江州禾田商贸有限公司,合作中,浙江省杭州市,010-62351234,重点；华东,李一,13800138000
D2,云溪五金行,意向,广东省深圳市南山区,,,,
D3,北岭茶业有限公司,奇怪,浙江,,,,
D4,南湾海产,正常,不存在的地方,,,,
,西塘木器厂,正常,,,,,
D6,,正常,,,,,
`

// TestCustomersAreCreatedUpdatedAndPutBack walks through create, the same file again, update, revert.
func TestCustomersAreCreatedUpdatedAndPutBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		first := h.importFile(importer.FileInput{Path: h.write("c.csv", people), Target: "customers"})
		if first.Read != 6 || first.CustomersCreated != 3 || first.Imported != 3 || first.Refused != 3 {
			t.Fatalf("counts = %+v, problems %v", first.Counts, h.problems(first.ImportID))
		}
		want := map[int64]string{4: "status importer.unknown_status", 5: "region importer.unknown_region", 7: "name field.required"}
		if got := h.problems(first.ImportID); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("problems = %v", got)
		}
		c, err := h.customers.ByCode(h.ctx, "D1")
		if err != nil || c.Region != "3301" || c.Status != customer.StatusActive || len(c.Tags) != 2 || len(c.Identifiers) != 1 || c.Identifiers[0].Value != "+861062351234" {
			t.Errorf("D1 = %+v %v", c, err)
		}
		second := h.importFile(importer.FileInput{Path: h.write("c2.csv", people), Target: "customers"})
		if second.Imported != 0 || second.Unchanged != 3 || second.CustomersCreated+second.CustomersUpdated != 0 {
			t.Errorf("the same file again: %+v", second.Counts)
		}
		third := h.importFile(importer.FileInput{Path: h.write("c3.csv", "客户编号,客户名称,地址\nD1,江州禾田商贸有限公司,湖滨路1号\nD2,云溪五金行,南山大道2号\n"), Target: "customers"})
		if third.CustomersUpdated != 2 || third.Imported != 2 {
			t.Fatalf("the update: %+v %v", third.Counts, h.problems(third.ImportID))
		}
		c, err = h.customers.ByCode(h.ctx, "D2")
		if err != nil || c.Address != "南山大道2号" || c.Status != customer.StatusProspect {
			t.Fatalf("D2 = %+v %v", c, err)
		}
		if _, err := h.customers.Update(h.ctx, c.ID, c.Version, customer.Input{Note: "有人改过"}, customer.FieldNote); err != nil {
			t.Fatal(err)
		}
		m, err := h.imports.RevertNow(h.ctx, third.ImportID)
		if err != nil || m.Counts.PutBack != 1 || m.Counts.Kept != 1 {
			t.Fatalf("reverting: %+v %v", m.Counts, err)
		}
		kept, err := h.imports.Kept(h.ctx, third.ImportID)
		if err != nil || len(kept) != 1 || kept[0].Code != "D2" {
			t.Errorf("kept = %+v %v", kept, err)
		}
		if c, err = h.customers.ByCode(h.ctx, "D1"); err != nil || c.Address != "" {
			t.Errorf("D1 after reverting = %q %v", c.Address, err)
		}
		if _, err := h.imports.RevertNow(h.ctx, third.ImportID); errs.CodeOf(err) != "importer.state_reverted" {
			t.Errorf("reverting twice gives %v", err)
		}
		if m, err = h.imports.RevertNow(h.ctx, first.ImportID); err != nil || m.Counts.Archived+m.Counts.Kept != 3 || m.Counts.Archived < 1 {
			t.Errorf("reverting the creation: %+v %v", m.Counts, err)
		}
		if _, err := h.customers.ByCode(h.ctx, "D1"); err == nil && m.Counts.Kept == 0 {
			t.Error("D1 is still there")
		}
	})
}

// TestAnExportIsReadBackUnchanged imports what the customers' export writes, in both languages.
func TestAnExportIsReadBackUnchanged(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		since, err := calendar.Of(2024, 5, 1)
		if err != nil {
			t.Fatal(err)
		}
		for i, in := range []customer.Input{
			{Name: "江州禾田商贸有限公司", Region: "440305", Industry: "1340", Kind: "dealer", Status: customer.StatusDormant, Tags: []string{"重点"}, Since: &since},
			{Name: "王小明", Party: customer.PartyPerson, Region: "15", Industry: "C", Status: customer.StatusLost},
			{Name: "云溪五金行", Region: "3301", Industry: "528", Kind: "franchisee", NameEN: "Yunxi Hardware", FormerNames: []string{"云溪店"}},
		} {
			in.Code = fmt.Sprint("D", i)
			if _, err := h.customers.Create(h.ctx, in); err != nil {
				t.Fatal(err)
			}
		}
		for _, chinese := range []bool{true, false} {
			e, err := h.customers.PrepareExport(h.ctx, customer.ExportInput{Chinese: chinese, Columns: []string{
				"code", "name", "name_en", "former_names", "party", "kind", "status", "region", "region_code", "industry", "industry_code", "tags", "since",
			}})
			if err != nil {
				t.Fatal(err)
			}
			var file bytes.Buffer
			if err := e.Write(h.ctx, &file, sheet.FormatCSV); err != nil {
				t.Fatal(err)
			}
			r := h.importFile(importer.FileInput{Path: h.write(fmt.Sprint("export", chinese, ".csv"), file.String()), Target: "customers"})
			if r.Read != 3 || r.Unchanged != 3 {
				t.Errorf("Chinese %v: %+v %v", chinese, r.Counts, h.problems(r.ImportID))
			}
		}
	})
}

// TestAnotherHeaderRowIsMappedAnew changes where the headers stand: what can be guessed from them holds for check and run too.
func TestAnotherHeaderRowIsMappedAnew(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		m := h.upload(h.write("c.csv", "说明,备注,,\n客户编号,客户名称,地区,行业\nZ1,江州禾田商贸有限公司,浙江,批发业\n"), "customers")
		if m.Settings.Mapping["name"] != "" {
			t.Fatalf("guessed from the wrong row: %v", m.Settings.Mapping)
		}
		m, err := h.imports.Configure(h.ctx, m.ID, m.Version, importer.Settings{HeaderRow: 2})
		if err != nil || m.Settings.Mapping["name"] != "客户名称" || m.Settings.Mapping["code"] != "客户编号" {
			t.Fatalf("after changing the row: %v %v", m.Settings.Mapping, err)
		}
		if m, err = h.imports.Check(h.ctx, m.ID); err != nil || m.State != importer.Checked || m.Counts.Refused != 0 {
			t.Errorf("the check: %s %+v %v", m.State, m.Counts, err)
		}
	})
}

// TestDuplicatesStandBesideTheRecord checks what is said about customers that are there already.
func TestDuplicatesStandBesideTheRecord(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		if _, err := h.customers.Create(h.ctx, customer.Input{Code: "OLD", Name: "江州禾田商贸有限公司", Identifiers: []customer.Identifier{{Type: customer.TypeTax, Value: "TX-1"}}}); err != nil {
			t.Fatal(err)
		}
		file := func(rows string) string { return h.write("d.csv", "客户编号,客户名称,税号\n"+rows) }
		for _, c := range []struct {
			name, rows, mode, want string
			imported               int64
		}{
			{"create only", "OLD,江州禾田商贸有限公司,\n", importer.ModeCreate, "code importer.exists", 0},
			{"update only", "NEW,绿洲园艺,\n", importer.ModeUpdate, "code importer.not_there", 0},
			{"same name, other code", "NEW,江州禾田商贸有限责任公司,\n", "", "name importer.name_exists", 0},
			{"same tax number, other code", "NEW,禾田,TX-1\n", "", "code importer.code_differs", 0},
		} {
			r := h.importFile(importer.FileInput{Path: file(c.rows), Target: "customers", Mode: c.mode})
			if got := h.problems(r.ImportID)[2]; got != c.want || r.Imported != c.imported {
				t.Errorf("%s: %q, %+v", c.name, got, r.Counts)
			}
		}
		// A customer twice in one file: the second line changes what the first one created.
		r := h.importFile(importer.FileInput{Path: file("N1,绿洲园艺,\nN1,绿洲园艺中心,\nN1,绿洲园艺中心,\n"), Target: "customers"})
		if r.CustomersCreated != 1 || r.Imported != 2 || r.Unchanged != 1 {
			t.Errorf("twice in one file: %+v %v", r.Counts, h.problems(r.ImportID))
		}
		if c, err := h.customers.ByCode(h.ctx, "N1"); err != nil || c.Name != "绿洲园艺中心" {
			t.Errorf("N1 = %q %v", c.Name, err)
		}
		if _, err := h.imports.RevertNow(h.ctx, r.ImportID); err != nil {
			t.Fatal(err)
		}
		if _, err := h.customers.ByCode(h.ctx, "N1"); !db.IsNoRows(err) {
			t.Errorf("N1 after reverting: %v", err)
		}
	})
}

// TestRevertKeepsCustomersWithFacts takes an import of customers back under which facts have come since.
func TestRevertKeepsCustomersWithFacts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		c := h.importFile(importer.FileInput{Path: h.write("c.csv", "code,name\nA,甲木业\nB,乙木业\n"), Target: "customers"})
		o := h.importFile(importer.FileInput{Path: h.write("o.csv", "customer,date,amount\nA,2026-01-01,1\n"), Target: "orders"})
		m, err := h.imports.RevertNow(h.ctx, c.ImportID)
		if err != nil || m.Counts.Archived != 1 || m.Counts.Kept != 1 {
			t.Errorf("reverting = %+v %v", m.Counts, err)
		}
		if _, err := h.customers.ByCode(h.ctx, "A"); err != nil {
			t.Errorf("A: %v", err)
		}
		if _, err := h.imports.RevertNow(h.ctx, o.ImportID); err != nil {
			t.Error(err)
		}
	})
}

// TestTemplatesFitTheirOwnImport fills a template in and imports it: every column is recognised.
func TestTemplatesFitTheirOwnImport(t *testing.T) {
	h := newHouse(t, dbtest.SQLite(t))
	if _, err := h.customers.AddField(h.ctx, customer.CustomField{Name: "staff", LabelZH: "员工人数", LabelEN: "Headcount", Type: customer.FieldNumber}); err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"zh", "en"} {
		for _, target := range []string{"customers", "orders"} {
			for _, format := range []string{"csv", "xlsx"} {
				var b bytes.Buffer
				if err := h.imports.Template(h.ctx, target, format, lang, &b); err != nil {
					t.Fatal(err)
				}
				m, err := h.imports.Upload(h.ctx, bytes.NewReader(b.Bytes()), "t."+format, target)
				if err != nil {
					t.Fatalf("%s %s %s: %v", target, format, lang, err)
				}
				rd, err := sheet.Open(bytes.NewReader(b.Bytes()), int64(b.Len()), "t."+format, sheet.Options{})
				if err != nil {
					t.Fatal(err)
				}
				if got, want := len(m.Settings.Mapping), len(rd.Header()); got != want {
					t.Errorf("%s %s %s: %d of %d columns recognised: %v", target, format, lang, got, want, m.Settings.Mapping)
				}
			}
		}
	}
}

// TestHeadersAreGuessedInBothLanguages names headers people really write.
func TestHeadersAreGuessedInBothLanguages(t *testing.T) {
	h := newHouse(t, dbtest.SQLite(t))
	for _, c := range []struct{ target, header, want string }{
		{"orders", "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country", "customer=CustomerID date=InvoiceDate document=InvoiceNo price=UnitPrice product=StockCode quantity=Quantity"},
		{"orders", "发票号,经销商编号,经销商名称,下单时间,含税金额（元）,结算币种,订单状态", "amount=含税金额（元） currency=结算币种 customer=经销商编号 customer_name=经销商名称 date=下单时间 document=发票号 status=订单状态"},
		{"payments", "收款日期,客户代码,收款金额,流水号", "amount=收款金额 customer=客户代码 date=收款日期 document=流水号"},
		{"customers", "account,sector,office_location,subsidiary_of", "address=office_location industry=sector name=account"},
	} {
		m, err := h.imports.Upload(h.ctx, strings.NewReader(c.header+"\n"+strings.Repeat("1,", strings.Count(c.header, ","))+"1\n"), "h.csv", c.target)
		if err != nil {
			t.Fatal(err)
		}
		var parts []string
		for _, f := range []string{"address", "amount", "currency", "customer", "customer_name", "date", "document", "industry", "name", "price", "product", "quantity", "status"} {
			if v := m.Settings.Mapping[f]; v != "" {
				parts = append(parts, f+"="+v)
			}
		}
		if got := strings.Join(parts, " "); got != c.want || len(parts) != len(m.Settings.Mapping) {
			t.Errorf("%s: %s\nwant %s\nall %v", c.header, got, c.want, m.Settings.Mapping)
		}
	}
}
