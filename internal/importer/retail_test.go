package importer_test

import (
	"os"
	"path/filepath"
	"testing"

	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/importer"
)

func retailFile(t testing.TB) string {
	t.Helper()
	path := filepath.Join("..", "..", "..", "shared", "data", "online-retail", "online_retail.csv.gz")
	if _, err := os.Stat(path); err != nil {
		t.Skip("the real data set is not beside the repository")
	}
	return path
}

// TestOnlineRetail holds the import to the published figures of the data set, imports it again, takes it back and imports it once more.
func TestOnlineRetail(t *testing.T) {
	path := retailFile(t)
	if testing.Short() {
		t.Skip("long")
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		in := importer.FileInput{
			Path: path, Target: "orders", CreateCustomers: true, CancelPrefix: "C",
			Mapping: map[string]string{
				"invoice": "InvoiceNo", "customer": "CustomerID", "date": "InvoiceDate", "quantity": "Quantity", "price": "UnitPrice", "currency": "=GBP",
			},
		}
		first := h.importFile(in)
		checkRetail(t, first, 406_829, 0)
		if first.CustomersCreated != 4372 {
			t.Errorf("customers created = %d, want 4372", first.CustomersCreated)
		}
		if facts, minor := h.visible(); facts != 406_829 || minor != 830_006_581 {
			t.Errorf("visible: %d facts, %d pence", facts, minor)
		}
		second := h.importFile(in)
		checkRetail(t, second, 0, 406_829)
		if second.CustomersCreated != 0 {
			t.Errorf("the second import created %d customers", second.CustomersCreated)
		}
		if facts, minor := h.visible(); facts != 406_829 || minor != 830_006_581 {
			t.Errorf("visible after the second import: %d facts, %d pence", facts, minor)
		}
		m, err := h.imports.RevertNow(h.ctx, first.ImportID)
		if err != nil || m.State != importer.Reverted {
			t.Fatalf("reverting: %v %v", m.State, err)
		}
		if facts, _ := h.visible(); facts != 0 {
			t.Errorf("%d facts are visible after reverting", facts)
		}
		third := h.importFile(in)
		checkRetail(t, third, 406_829, 0)
		if facts, minor := h.visible(); facts != 406_829 || minor != 830_006_581 {
			t.Errorf("visible after importing again: %d facts, %d pence", facts, minor)
		}
		fourth := h.importFile(in)
		checkRetail(t, fourth, 0, 406_829)
	})
}

func checkRetail(t *testing.T, r importer.Result, imported, unchanged int64) {
	t.Helper()
	for _, c := range []struct {
		what      string
		got, want int64
	}{
		{"read", r.Read, 541_909},
		{"orders", r.Orders, 25_900},
		{"set aside", r.SetAside, 135_080},
		{"refused", r.Refused, 0},
		{"imported", r.Imported, imported},
		{"unchanged", r.Unchanged, unchanged},
	} {
		if c.got != c.want {
			t.Errorf("%s = %d, want %d", c.what, c.got, c.want)
		}
	}
	if r.AmountRead != "9747747.93" || r.AmountImported != "8300065.81" {
		t.Errorf("amounts: read %s, imported %s", r.AmountRead, r.AmountImported)
	}
	if len(r.Amounts) != 1 || r.Amounts[0].Currency != "GBP" {
		t.Errorf("currencies: %+v", r.Amounts)
	}
	t.Logf("%d lines in %v of the test's clock", r.Read, r.Elapsed)
}
