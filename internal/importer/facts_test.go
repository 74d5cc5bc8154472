package importer_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/importer"
	"kezhi/internal/org"
	"kezhi/internal/user"
)

const orders = `客户编号,单据号,下单日期,数量,单价,币种
K1,A1,2026-01-05 08:26,3,1.005,CNY
K1,A1,2026-01-05 08:26,3,1.005,CNY
K2,A2,2026/1/6,"1,000",￥２.５０,人民币
,A3,2026-01-07,1,9.99,CNY
K2,A4,9月31日,1,9.99,CNY
K2,A5,2026-02-30,1,9.99,CNY
K2,A6,2026-01-08,1,,CNY
K2,A7,2026-01-08,1.2345,1,CNY
K2,A8,2026-01-08,(2),-1.50,USD
K9,A9,2026-01-09,1,1,圆
`

func (h *house) addCustomers(codes ...string) {
	h.t.Helper()
	for _, c := range codes {
		if _, err := h.customers.Create(h.ctx, customer.Input{Code: c, Name: "客户" + c}); err != nil {
			h.t.Fatal(err)
		}
	}
}

func (h *house) problems(importID int64) map[int64]string {
	h.t.Helper()
	lines, _, err := h.imports.Lines(h.ctx, importID, "", "", 200)
	if err != nil {
		h.t.Fatal(err)
	}
	out := map[int64]string{}
	for _, l := range lines {
		var codes []string
		for _, p := range l.Problems {
			codes = append(codes, p.Path+" "+p.Code)
		}
		out[l.Line] = strings.Join(codes, ", ")
	}
	return out
}

// TestEveryLineIsAccountedFor imports lines with every sort of trouble and checks what each is told.
func TestEveryLineIsAccountedFor(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.addCustomers("K1", "K2")
		r := h.importFile(importer.FileInput{Path: h.write("orders.csv", orders), Target: "orders"})
		if r.Read != 10 || r.Imported != 4 || r.SetAside != 1 || r.Refused != 5 || r.Orders != 9 {
			t.Errorf("counts = %+v", r.Counts)
		}
		want := map[int64]string{
			5: "customer importer.no_customer", 6: "date sheet.date_no_such_day", 7: "date sheet.date_no_such_day", 8: "amount importer.no_amount",
			9: "quantity importer.quantity_range", 11: "currency importer.bad_currency",
		}
		if got := h.problems(r.ImportID); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("problems = %v\nwant %v", got, want)
		}
		// 3 × 1.005 = 3.015 is rounded to the even 3.02, twice; 1,000 × 2.50; (2) × -1.50 = 3.00 USD.
		if facts, minor := h.visible(); facts != 4 || minor != 302*2+250_000+300 {
			t.Errorf("visible: %d facts, %d", facts, minor)
		}
		if r.AmountImported != "2506.04 CNY + 3.00 USD" {
			t.Errorf("amount imported = %s", r.AmountImported)
		}
		var at int64
		if err := db.Get(h.ctx, d.Read(), "SELECT MAX(occurred_at) FROM fact WHERE document = 'A1'", nil, &at); err != nil {
			t.Fatal(err)
		}
		if want := time.Date(2026, 1, 5, 8, 26, 0, 0, shanghai).UnixMicro(); at != want {
			t.Errorf("the moment is %d, want %d", at, want)
		}
		again := h.importFile(importer.FileInput{Path: h.write("copy.csv", orders), Target: "orders"})
		if again.Imported != 0 || again.Unchanged != 4 {
			t.Errorf("the second import: %+v", again.Counts)
		}
	})
}

// TestUnknownCustomersAreListedOrCreated imports against codes that nobody has.
func TestUnknownCustomersAreListedOrCreated(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		path := h.write("p.csv", "customer code,customer name,date,amount\nX1,青禾农资,2026-01-01,1\nX1,青禾农资,2026-01-02,2\nX2.0,,2026-01-02,3\n?!,,2026-01-02,4\n7.0,,2026-01-02,5\n")
		r := h.importFile(importer.FileInput{Path: path, Target: "payment"})
		if r.Refused != 5 || r.UnknownCodes != 4 || r.CustomersCreated != 0 {
			t.Errorf("counts = %+v", r.Counts)
		}
		r = h.importFile(importer.FileInput{Path: path, Target: "payments", CreateCustomers: true})
		if r.Imported != 4 || r.Refused != 1 || r.CustomersCreated != 3 {
			t.Errorf("counts = %+v", r.Counts)
		}
		for code, name := range map[string]string{"X1": "青禾农资", "7": "7"} {
			c, err := h.customers.ByCode(h.ctx, code)
			if err != nil || c.Name != name {
				t.Errorf("%s is %q, %v", code, c.Name, err)
			}
		}
	})
}

// TestBadFilesLeaveNothing gives files that cannot be read: each is refused with its place, and neither an import nor a fact remains.
func TestBadFilesLeaveNothing(t *testing.T) {
	bomb := func() string {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for name, content := range map[string][]byte{
			"[Content_Types].xml": []byte(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`),
			"xl/workbook.xml":     bytes.Repeat([]byte(" "), 64<<20),
		} {
			w, err := z.Create(name)
			if err == nil {
				_, err = w.Write(content)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	wide := "客户编号" + strings.Repeat(",c", 10_000) + "\n1" + strings.Repeat(",1", 10_000) + "\n"
	for _, c := range []struct{ name, file, content, code string }{
		{"empty", "a.csv", "", "sheet.empty"},
		{"header only", "a.csv", "customer,date,amount\n", "sheet.header_only"},
		{"duplicate headers", "a.csv", "customer,date,date\n1,2026-01-01,2\n", "sheet.header_twice"},
		{"empty header", "a.csv", "customer,,amount\n1,2026-01-01,2\n", "sheet.header_blank"},
		{"columns", "a.csv", wide, "sheet.too_many_columns"},
		{"endless line", "a.csv", "customer,date,amount\n" + strings.Repeat("x", 2<<20), "sheet.line_too_long"},
		{"not a workbook", "a.xlsx", "customer,date,amount\n1,2026-01-01,2\n", "sheet.not_workbook"},
		{"zip bomb", "a.xlsx", bomb(), ""},
		{"no date column", "a.csv", "customer,amount\n1,2\n", "invalid_input"},
		{"no amount column", "a.csv", "customer,date\n1,2026-01-01\n", "invalid_input"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newHouse(t, dbtest.SQLite(t))
			_, err := h.imports.ImportFile(h.ctx, importer.FileInput{Path: h.write(c.file, c.content), Target: "orders"}, nil)
			if err == nil || c.code != "" && errs.CodeOf(err) != c.code {
				t.Fatalf("error = %v, want %s", err, c.code)
			}
			if k := errs.KindOf(err); k != errs.Invalid && k != errs.TooLarge {
				t.Errorf("kind %d is not the input's fault: %v", k, err)
			}
			if n := h.count("SELECT (SELECT COUNT(*) FROM import) + (SELECT COUNT(*) FROM fact_batch) + (SELECT COUNT(*) FROM file)"); n != 0 {
				t.Errorf("%d rows were left behind", n)
			}
			left, err := os.ReadDir(h.dir + "/files")
			if err != nil || len(left) != 1 {
				t.Errorf("files were left behind: %v %v", left, err)
			}
		})
	}
	h := newHouse(t, dbtest.SQLite(t))
	if _, err := h.imports.ImportFile(h.ctx, importer.FileInput{Path: h.dir + "/none.csv", Target: "orders"}, nil); errs.CodeOf(err) != "sheet.unreadable" {
		t.Errorf("a missing file gives %v", err)
	}
	if _, err := h.imports.ImportFile(h.ctx, importer.FileInput{Path: h.write("a.csv", orders), Target: "planets"}, nil); errs.CodeOf(err) != "importer.unknown_target" {
		t.Errorf("an unknown target gives %v", err)
	}
	in := importer.FileInput{Path: h.write("a.csv", orders), Target: "orders", Mapping: map[string]string{"customer": "Nope", "colour": "单价"}, Mode: "x"}
	if _, err := h.imports.ImportFile(h.ctx, in, nil); errs.CodeOf(err) != "invalid_input" {
		t.Errorf("a wrong mapping gives %v", err)
	}
}

// TestAFileThatBreaksOffLeavesNothing meets the damage only after chunks have been written.
func TestAFileThatBreaksOffLeavesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		var b strings.Builder
		b.WriteString("customer,date,amount,order no\n")
		for i := range 25_000 {
			fmt.Fprintf(&b, "B%d,2026-01-%02d,1.00,D%d\n", i%50, i%28+1, i)
		}
		b.WriteString(strings.Repeat("y", 2<<20))
		_, err := h.imports.ImportFile(h.ctx, importer.FileInput{Path: h.write("broken.csv", b.String()), Target: "orders", CreateCustomers: true}, nil)
		if e, ok := errs.As(err); !ok || e.Code != "sheet.line_too_long" || fmt.Sprint(e.Args["line"]) != "25002" {
			t.Fatalf("error = %v", err)
		}
		h.nothingRemains()
		list, _, err := h.imports.List(h.ctx, "", "", 10)
		if err != nil || len(list) != 1 || list[0].State != importer.Failed || list[0].ErrorCode != "sheet.line_too_long" {
			t.Errorf("history = %+v, %v", list, err)
		}
	})
}

// nothingRemains checks that no fact is in the table and no customer can be found.
func (h *house) nothingRemains() {
	h.t.Helper()
	if n := h.count("SELECT COUNT(*) FROM fact"); n != 0 {
		h.t.Errorf("%d facts remain", n)
	}
	if n := h.count("SELECT COUNT(*) FROM customer WHERE archived_at IS NULL"); n != 0 {
		h.t.Errorf("%d customers remain", n)
	}
	if n := h.count("SELECT COUNT(*) FROM customer_code"); n != 0 {
		h.t.Errorf("%d codes are taken", n)
	}
}

// bigOrders writes a file of several chunks and gives its path and number of lines.
func (h *house) bigOrders() (string, int64) {
	var b strings.Builder
	b.WriteString("customer,date,amount,order no\n")
	const lines = 50_000
	for i := range lines {
		fmt.Fprintf(&b, "B%d,2026-01-%02d,1.00,D%d\n", i%50, i%28+1, i/3)
	}
	return h.write("big.csv", b.String()), lines
}

// TestOnlyOnesOwnCustomersAreReached lets a regional manager import: customers of other units are as good as unknown.
func TestOnlyOnesOwnCustomersAreReached(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		unit, err := h.units.Create(h.ctx, org.Input{Code: new("EAST"), NameZh: new("华东区"), NameEn: new("East")})
		if err != nil {
			t.Fatal(err)
		}
		manager, err := h.users.Create(h.ctx, user.Input{Login: ptr("east"), Name: ptr("周区长"), UnitID: &unit.ID, Roles: &[]string{authz.RoleRegionalManager}})
		if err != nil {
			t.Fatal(err)
		}
		h.addCustomers("OUT")
		if _, err := h.customers.Create(h.ctx, customer.Input{Code: "MINE", Name: "华东客户", OwnerID: manager.ID}); err != nil {
			t.Fatal(err)
		}
		actor := authz.Actor{UserID: manager.ID, Name: manager.Name, UnitIDs: []int64{unit.ID}, Grants: authz.GrantsOf([]string{authz.RoleRegionalManager})}
		system := h.ctx
		h.ctx = authz.With(context.Background(), actor)
		path := h.write("o.csv", "customer,date,amount\nOUT,2026-01-01,1\nMINE,2026-01-01,2\nNEW,2026-01-01,4\n")
		m := h.upload(path, "orders")
		set := m.Settings
		set.CreateCustomers = true
		if m, err = h.imports.Configure(h.ctx, m.ID, m.Version, set); err != nil {
			t.Fatal(err)
		}
		if m, err = h.imports.Run(h.ctx, m.ID); err != nil {
			t.Fatal(err)
		}
		// Whatever the job may do, the person's reach must hold.
		if _, err = h.runner.RunJob(system, m.JobID); err != nil {
			t.Fatal(err)
		}
		if got := h.problems(m.ID); len(got) != 1 || got[2] != "customer importer.unknown_customer" {
			t.Errorf("problems = %v", got)
		}
		if _, minor := h.visible(); minor != 600 {
			t.Errorf("amount = %d", minor)
		}
		if c, err := h.customers.ByCode(system, "NEW"); err != nil || c.OwnerID != manager.ID {
			t.Errorf("the new customer belongs to %d, %v", c.OwnerID, err)
		}
		other := authz.With(context.Background(), authz.Actor{UserID: 99, Grants: authz.GrantsOf([]string{authz.RoleRegionalManager})})
		if _, err := h.imports.Get(other, m.ID); !db.IsNoRows(err) {
			t.Errorf("somebody else's import is seen: %v", err)
		}
		if list, _, err := h.imports.List(other, "", "", 10); err != nil || len(list) != 0 {
			t.Errorf("somebody else's imports are listed: %d %v", len(list), err)
		}
		if _, err := h.imports.Revert(h.ctx, m.ID); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("reverting without the permission gives %v", err)
		}
		for _, fn := range []func(context.Context, int64) (importer.Import, error){h.imports.Check, h.imports.Run, h.imports.Cancel} {
			if _, err := fn(other, m.ID); !db.IsNoRows(err) {
				t.Errorf("somebody else's import can be acted upon: %v", err)
			}
		}
	})
}

func ptr[T any](v T) *T { return &v }

// TestCorrectedLinesAreImported walks the wizard: check, correct in the grid, run, download what failed.
func TestCorrectedLinesAreImported(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.addCustomers("K1", "K2")
		m := h.upload(h.write("orders.csv", orders), "order")
		m, err := h.imports.Check(h.ctx, m.ID)
		if err != nil || m.State != importer.Checked || m.Counts.Refused != 5 || m.Counts.SetAside != 1 || m.Counts.Imported != 4 {
			t.Fatalf("check = %+v %v", m.Counts, err)
		}
		if facts, _ := h.visible(); facts != 0 {
			t.Errorf("a check wrote %d facts", facts)
		}
		l, err := h.imports.Correct(h.ctx, m.ID, 6, []string{"K2", "A4", "2026-09-30", "1", "9.99", "CNY"})
		if err != nil || l.Outcome != "ready" || len(l.Problems) != 0 || !l.Fixed {
			t.Fatalf("corrected = %+v %v", l, err)
		}
		if l, err = h.imports.Correct(h.ctx, m.ID, 7, []string{"K2", "A5", "2026-02-31", "1", "9.99", "CNY"}); err != nil || l.Outcome != "refused" {
			t.Fatalf("a wrong correction = %+v %v", l, err)
		}
		if _, err = h.imports.Correct(h.ctx, m.ID, 7, []string{"K2"}); errs.CodeOf(err) != "importer.cell_count" {
			t.Errorf("too few cells give %v", err)
		}
		if m, err = h.imports.Run(h.ctx, m.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := h.runner.RunJob(h.ctx, m.JobID); err != nil {
			t.Fatal(err)
		}
		if m, err = h.imports.Get(h.ctx, m.ID); err != nil || m.State != importer.Done || m.Counts.Imported != 5 || m.Counts.Refused != 4 || m.Counts.SetAside != 1 {
			t.Fatalf("run = %s %+v %v", m.State, m.Counts, err)
		}
		var out bytes.Buffer
		if err := h.imports.FailedRows(h.ctx, m.ID, "zh", &out); err != nil {
			t.Fatal(err)
		}
		rows := strings.Split(strings.TrimSpace(strings.TrimPrefix(out.String(), "\ufeff")), "\r\n")
		if len(rows) != 6 || rows[0] != "客户编号,单据号,下单日期,数量,单价,币种,原文件行号,问题" || rows[1] != ",A3,2026-01-07,1,9.99,CNY,5,客户编号: zh/importer.no_customer" {
			t.Errorf("failed rows =\n%s", strings.Join(rows, "\n"))
		}
		if _, err := h.imports.Correct(h.ctx, m.ID, 7, l.Cells); errs.CodeOf(err) != "importer.state_done" {
			t.Errorf("correcting a finished import gives %v", err)
		}
		// The mapping is remembered: a file with the same headers is read the same way.
		maps, err := h.imports.Mappings(h.ctx, "order")
		if err != nil || len(maps) != 1 || maps[0].Settings.Mapping["document"] != "单据号" {
			t.Errorf("mappings = %+v %v", maps, err)
		}
		if err := h.imports.DeleteMapping(h.ctx, maps[0].ID); err != nil {
			t.Error(err)
		}
	})
}

// TestMappingsAreRememberedAndNamed imports a second file without saying how to read it.
func TestMappingsAreRememberedAndNamed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.addCustomers("K1")
		r := h.importFile(importer.FileInput{
			Path: h.write("a.csv", "foo,bar,baz\nK1,3/4/2026,1.5\n"), Target: "orders", DateOrder: importer.DayFirst,
			Mapping: map[string]string{"customer": "foo", "date": "bar", "amount": "baz", "currency": "=USD"},
		})
		if r.Imported != 1 {
			t.Fatalf("counts = %+v", r.Counts)
		}
		if r = h.importFile(importer.FileInput{Path: h.write("b.csv", "foo,bar,baz\nK1,5/4/2026,2.5\n"), Target: "orders"}); r.Imported != 1 {
			t.Errorf("the remembered mapping: %+v", r.Counts)
		}
		if _, err := h.imports.SaveMapping(h.ctx, r.ImportID, "每日订单"); err != nil {
			t.Fatal(err)
		}
		r = h.importFile(importer.FileInput{Path: h.write("c.csv", "baz,foo,bar\n3.5,K1,6/4/2026\n"), Target: "orders", Profile: "每日订单"})
		if r.Imported != 1 || r.AmountImported != "3.50" || r.Amounts[0].Currency != "USD" {
			t.Errorf("the named mapping: %+v", r.Counts)
		}
		// A second name for the same headers, from the command line; a name is written over by its owner and by nobody else.
		h.importFile(importer.FileInput{Path: h.write("e.csv", "foo,bar,baz\nK1,7/4/2026,4.5\n"), Target: "orders", Mapping: map[string]string{"customer": "foo", "date": "bar", "amount": "baz", "currency": "=EUR"}, SaveProfile: " euro "})
		r = h.importFile(importer.FileInput{Path: h.write("f.csv", "foo,bar,baz\nK1,8/4/2026,5.5\n"), Target: "orders", Profile: "euro", SaveProfile: "euro"})
		if r.Imported != 1 || r.Amounts[0].Currency != "EUR" {
			t.Errorf("the second name: %+v", r.Counts)
		}
		var names []string
		list, err := h.imports.Mappings(h.ctx, "order")
		for _, p := range list {
			if p.Named {
				names = append(names, p.Name)
			}
		}
		if slices.Sort(names); err != nil || !slices.Equal(names, []string{"euro", "每日订单"}) {
			t.Errorf("saved names: %q %v", names, err)
		}
		clerk := authz.System("clerk")
		clerk.UserID, clerk.Grants[authz.ImportRevert] = 77, authz.ReachNone
		mine, err := h.imports.Upload(authz.With(h.ctx, clerk), strings.NewReader("foo,bar,baz\nK1,9/4/2026,6.5\n"), "g.csv", "orders")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.imports.SaveMapping(authz.With(h.ctx, clerk), mine.ID, "euro"); errs.CodeOf(err) != "importer.profile_taken" {
			t.Errorf("somebody else's name: %v", err)
		}
		if _, err := h.imports.ImportFile(h.ctx, importer.FileInput{Path: h.write("d.csv", "a,b\n1,2\n"), Target: "orders", Profile: "none"}, nil); errs.CodeOf(err) != "importer.no_profile" {
			t.Errorf("an unknown profile gives %v", err)
		}
		var days []string
		days, err = db.List(h.ctx, d.Read(), "SELECT occurred_on FROM fact ORDER BY occurred_on", nil, func(r db.Rows) (string, error) { return string(r.Bytes(0)), nil })
		if err != nil || !slices.Equal(days, []string{"2026-04-03", "2026-04-05", "2026-04-06", "2026-04-07", "2026-04-08"}) {
			t.Errorf("days = %v %v", days, err)
		}
	})
}

// A file of installed machines is understood by its headings: serial number, warranty, place and contract become fields of the facts.
func TestInstalledMachinesAreImported(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.addCustomers("K1", "K2")
		r := h.importFile(importer.FileInput{
			Path:   h.write("machines.csv", "客户编号,产品,序列号,安装日期,保修至,安装地点,合同编号\nK1,激光切割机,SN-1,2026-01-05,2028-01-05,二号车间,HT-1\nK2,折弯机,SN-2,2026-02-01,,,\n"),
			Target: "installation",
		})
		if r.Imported != 2 || r.Refused != 0 {
			t.Fatalf("%+v", r)
		}
		if n := h.count("SELECT COUNT(*) FROM fact WHERE kind = 'installation' AND product = '激光切割机' AND occurred_on = '2026-01-05' AND attrs LIKE '%SN-1%' AND attrs LIKE '%2028-01-05%' AND attrs LIKE '%二号车间%' AND attrs LIKE '%HT-1%'"); n != 1 {
			t.Errorf("%d facts say what the line says", n)
		}
	})
}
