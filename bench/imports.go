package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"kezhi/internal/authz"
	"kezhi/internal/demo"
	"kezhi/internal/importer"
)

// imports holds the import of order lines from a CSV file against a bare loop of the same driver that inserts the
// same lines, parsed beforehand, into the same table. Both begin with an empty database; they take turns.
func imports(ctx context.Context, o options, r *report) error {
	dir, err := os.MkdirTemp("", "kezhi-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	file := filepath.Join(dir, "orders.csv")
	if err := ordersFile(o.online, file); err != nil {
		return err
	}
	lines, err := readLines(file)
	if err != nil {
		return err
	}
	var ours, bare float64
	var res importer.Result
	var heap uint64
	for n := range 2 {
		place := filepath.Join(dir, strconv.Itoa(n))
		rate, err := bareLoop(ctx, filepath.Join(place, "bare"), lines)
		if err != nil {
			return err
		}
		bare = max(bare, rate)
		took, found, peak, err := importOnce(ctx, filepath.Join(place, "import"), file)
		if err != nil {
			return err
		}
		res, heap = found, max(heap, peak)
		ours = max(ours, float64(found.Imported)/took.Seconds())
	}
	r.add(Figure{
		Name: "import of orders, rows written a second", Value: ours, Unit: "rows/s", Target: bare / 2, AtLeast: true, Baseline: bare, BaselineIs: "bare loop",
		Note: fmt.Sprintf("%d lines read, %d written, %d customers created", res.Read, res.Imported, res.CustomersCreated),
	})
	r.add(Figure{
		Name: "heap in use during the import, peak", Value: float64(heap) / 1e6, Unit: "MB", Target: 256,
		Note: "the file has " + short(fileMB(file)) + " MB; the lines parsed for the bare loop are not counted",
	})
	return nil
}

func fileMB(path string) float64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return float64(info.Size()) / 1e6
}

// ordersFile unpacks the real data set, or writes generated orders of about the same number in its form.
func ordersFile(online, to string) (err error) {
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	in, err := os.Open(online)
	if errors.Is(err, os.ErrNotExist) || online == "" {
		return generatedOrders(out)
	}
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	z, err := gzip.NewReader(in)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, z) //nolint:gosec // the file is the caller's own
	return err
}

func generatedOrders(out io.Writer) error {
	w := bufio.NewWriterSize(out, 1<<16)
	_, _ = w.WriteString("InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n")
	c := demo.Generate(demo.Options{Reference: today, Customers: 4000, Busy: 2})
	for i, cu := range c.Customers {
		for _, f := range c.Facts(i) {
			if f.Kind != "order" {
				continue
			}
			pieces := f.Quantity / 1000
			code, name, _ := strings.Cut(f.Product, " ")
			_, _ = fmt.Fprintf(w, "%s,%s,%s,%d,%s 10:00:00,%d.%02d,%s,CN\n", f.Document, code, name, pieces, f.On, f.Amount/pieces/100, f.Amount/pieces%100, cu.Input.Code)
		}
	}
	return w.Flush()
}

// line is an order line ready to be inserted.
type line struct {
	customer                      int64
	day, status, invoice, product string
	at, amount, quantity          int64
}

// readLines parses the lines that have a customer. How fast it does does not matter: it happens before the clock starts.
func readLines(path string) ([]line, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	rows := csv.NewReader(bufio.NewReaderSize(f, 1<<20))
	rows.ReuseRecord = true
	if _, err := rows.Read(); err != nil {
		return nil, err
	}
	ids := map[string]int64{}
	var out []line
	for {
		rec, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		if rec[6] == "" {
			continue
		}
		id, known := ids[rec[6]]
		if !known {
			id = int64(len(ids) + 1)
			ids[strings.Clone(rec[6])] = id
		}
		l := line{customer: id, status: "shipped", invoice: strings.Clone(rec[0]), product: strings.Clone(rec[1])}
		if strings.HasPrefix(l.invoice, "C") {
			l.status = "cancelled"
		}
		t, err := time.Parse("2006-01-02 15:04:05", rec[4])
		if err != nil {
			return nil, err
		}
		pieces, err := strconv.ParseInt(rec[3], 10, 64)
		if err != nil {
			return nil, err
		}
		price, err := strconv.ParseFloat(rec[5], 64)
		if err != nil {
			return nil, err
		}
		l.day, l.at, l.quantity, l.amount = t.Format(time.DateOnly), t.UnixMicro(), pieces*1000, int64(price*float64(pieces)*100)
		out = append(out, l)
	}
}

// bareLoop inserts the lines in transactions of 20,000, as the import does, and gives the rows a second.
func bareLoop(ctx context.Context, dir string, lines []line) (rate float64, err error) {
	a, err := open(ctx, dir)
	if err != nil {
		return 0, err
	}
	if err := a.Close(); err != nil {
		return 0, err
	}
	c, err := sqlite.OpenConn(filepath.Join(dir, "kezhi.db"), sqlite.OpenReadWrite)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	for _, p := range []string{"journal_mode=WAL", "synchronous=FULL", "mmap_size=2147418112", "cache_size=-16384", "temp_store=MEMORY"} {
		if err := sqlitex.ExecuteTransient(c, "PRAGMA "+p, nil); err != nil {
			return 0, err
		}
	}
	began := time.Now()
	for start := 0; start < len(lines); start += 20_000 {
		if err := insertBare(c, lines[start:min(start+20_000, len(lines))], int64(start)); err != nil {
			return 0, err
		}
	}
	return float64(len(lines)) / time.Since(began).Seconds(), nil
}

func insertBare(c *sqlite.Conn, lines []line, first int64) (err error) {
	defer sqlitex.Save(c)(&err)
	s, err := c.Prepare(`INSERT INTO fact (customer_id, occurred_on, id, kind, occurred_at, amount, currency, quantity, status, document, product, attrs,
		batch_id, reverses, recorded_by, recorded_at) VALUES (?,?,?,'order',?,?,'GBP',?,?,?,?,'{}',1,0,0,0)`)
	if err != nil {
		return err
	}
	for i := range lines {
		l := &lines[i]
		s.BindInt64(1, l.customer)
		s.BindText(2, l.day)
		s.BindInt64(3, first+int64(i))
		s.BindInt64(4, l.at)
		s.BindInt64(5, l.amount)
		s.BindInt64(6, l.quantity)
		s.BindText(7, l.status)
		s.BindText(8, l.invoice)
		s.BindText(9, l.product)
		if _, err := s.Step(); err != nil {
			return err
		}
		if err := s.Reset(); err != nil {
			return err
		}
	}
	return nil
}

// importOnce imports the file into an empty installation and gives how long it took and the peak of the heap above what
// was in use before.
func importOnce(ctx context.Context, dir, file string) (time.Duration, importer.Result, uint64, error) {
	a, err := open(ctx, dir)
	if err != nil {
		return 0, importer.Result{}, 0, err
	}
	defer func() { _ = a.Close() }()
	runtime.GC()
	peak := watchHeap()
	began := time.Now()
	res, err := a.Imports.ImportFile(authz.With(ctx, authz.System("bench")), importer.FileInput{
		Path: file, Target: "order", CancelPrefix: "C", CreateCustomers: true,
		Mapping: map[string]string{
			"document": "InvoiceNo", "customer": "CustomerID", "date": "InvoiceDate", "quantity": "Quantity", "price": "UnitPrice", "product": "StockCode",
			"currency": "=GBP",
		},
	}, nil)
	took := time.Since(began)
	return took, res, peak(), err
}

// watchHeap begins to watch the heap; the function it gives ends that and tells by how much it grew at most.
func watchHeap() func() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	before, most := m.HeapInuse, m.HeapInuse
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		t := time.NewTicker(20 * time.Millisecond)
		defer t.Stop()
		for {
			select {
			case <-stop:
				return
			case <-t.C:
				var now runtime.MemStats
				runtime.ReadMemStats(&now)
				most = max(most, now.HeapInuse)
			}
		}
	}()
	return func() uint64 {
		close(stop)
		wg.Wait()
		return most - before
	}
}
