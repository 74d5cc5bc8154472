package importer_test

import (
	"context"
	"errors"
	"io"
	"runtime"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/fact"
	"kezhi/internal/importer"
	"kezhi/internal/sheet"
)

// BenchmarkOrders imports the real data set and, in the same run, inserts the same number of rows of the same table by a bare loop of
// the driver; "ratio" is import speed over bare speed (aim: at least 0.5).
func BenchmarkOrders(b *testing.B) {
	path := retailFile(b)
	for b.Loop() {
		b.StopTimer()
		bare := bareLoop(b, path)
		h := newHouse(b, dbtest.SQLite(b))
		b.StartTimer()
		start := time.Now()
		var peak uint64
		sample := func(_, _ int64) {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			peak = max(peak, m.HeapInuse)
		}
		r, err := h.imports.ImportFile(h.ctx, importer.FileInput{
			Path: path, Target: "orders", CreateCustomers: true, CancelPrefix: "C",
			Mapping: map[string]string{
				"invoice": "InvoiceNo", "customer": "CustomerID", "date": "InvoiceDate", "quantity": "Quantity", "price": "UnitPrice", "currency": "=GBP",
			},
		}, sample)
		if err != nil {
			b.Fatal(err)
		}
		speed := float64(r.Read) / time.Since(start).Seconds()
		b.ReportMetric(float64(peak>>20), "heap_MB")
		b.ReportMetric(speed, "lines/s")
		b.ReportMetric(bare, "bare_rows/s")
		b.ReportMetric(speed/bare, "ratio")
	}
}

// bareLoop inserts a row per line of the file that has a customer, in the order of the file and in one transaction per 20,000 rows, and gives rows
// per second. The rows are made beforehand: only the driver is measured.
func bareLoop(b *testing.B, path string) float64 {
	b.Helper()
	d := dbtest.SQLite(b)
	ctx := authz.With(context.Background(), authz.System("bench"))
	in, err := sheet.OpenFile(path, sheet.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = in.Close() }()
	type bare struct {
		customer, id   int64
		on, doc, stock string
	}
	var rows []bare
	ids := map[string]int64{}
	for n := int64(1); ; n++ {
		row, err := in.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			b.Fatal(err)
		}
		if c := row.Cells[6]; c != "" {
			if ids[c] == 0 {
				ids[c] = int64(len(ids) + 1)
			}
			rows = append(rows, bare{ids[c], n, row.Cells[4][:10], row.Cells[0], row.Cells[1]})
		}
	}
	start := time.Now()
	for from := 0; from < len(rows); from += 20_000 {
		part := rows[from:min(from+20_000, len(rows))]
		err := d.InTx(ctx, func(q db.Q) error {
			_, err := db.Insert(ctx, q, db.Bulk{
				Table: "fact", Columns: []string{
					"customer_id", "occurred_on", "id", "kind", "occurred_at", "amount", "currency", "quantity", "status", "document", "product", "attrs",
					"batch_id", "reverses", "recorded_by", "recorded_at",
				}, N: len(part), Bind: func(i int, w db.Binder) {
					r := part[i]
					w.Int64(r.customer)
					w.Text(r.on)
					w.Int64(r.id)
					w.Text("order")
					w.Int64(r.id)
					w.Int64(r.id)
					w.Text("GBP")
					w.Int64(1000)
					w.Text("shipped")
					w.Text(r.doc)
					w.Text(r.stock)
					w.Text("{}")
					w.Int64(1)
					w.Int64(0)
					w.Int64(0)
					w.Int64(0)
				},
			})
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	return float64(len(rows)) / time.Since(start).Seconds()
}

// BenchmarkScan reads all facts of the data set as a batch does.
func BenchmarkScan(b *testing.B) {
	h := newHouse(b, dbtest.SQLite(b))
	h.importFile(importer.FileInput{
		Path: retailFile(b), Target: "orders", CreateCustomers: true,
		Mapping: map[string]string{
			"invoice": "InvoiceNo", "customer": "CustomerID", "date": "InvoiceDate", "quantity": "Quantity", "price": "UnitPrice", "currency": "=GBP",
		},
	})
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		err := fact.Scan(h.ctx, h.db.Read(), calendar.None, 0, 1<<62, nil, fact.Needs{Document: true}, nil, calendar.Date(100_000), func(int64, *fact.Row) error { n++; return nil })
		if err != nil || n != 406_829 {
			b.Fatal(n, err)
		}
	}
}
