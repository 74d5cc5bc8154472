package importer_test

import (
	"context"
	"errors"
	"os"
	"sync"
	"testing"
	"time"

	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/importer"
	"kezhi/internal/job"
)

// TestAnImportCanBeCanceled stops the command line after the first chunk and a job by its id.
func TestAnImportCanBeCanceled(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		path, _ := h.bigOrders()
		ctx, cancel := context.WithCancel(h.ctx)
		r, err := h.imports.ImportFile(ctx, importer.FileInput{Path: path, Target: "orders", CreateCustomers: true}, func(_, _ int64) { cancel() })
		if !errors.Is(err, context.Canceled) || r.State != importer.Canceled {
			t.Fatalf("state %s, %v", r.State, err)
		}
		h.nothingRemains()
		m := h.upload(path, "orders")
		set := m.Settings
		set.CreateCustomers = true
		if m, err = h.imports.Configure(h.ctx, m.ID, m.Version, set); err != nil {
			t.Fatal(err)
		}
		if m, err = h.imports.Run(h.ctx, m.ID); err != nil || m.State != importer.Queued {
			t.Fatal(m.State, err)
		}
		if m, err = h.imports.Cancel(h.ctx, m.ID); err != nil || m.State != importer.Canceled {
			t.Fatal(m.State, err)
		}
		if m, err = h.imports.Run(h.ctx, m.ID); err != nil {
			t.Fatal(err)
		}
		// The task centre knows the job only; the import is told all the same, at once.
		if err := h.queue.Cancel(h.ctx, m.JobID); err != nil {
			t.Fatal(err)
		}
		if m, err = h.imports.Get(h.ctx, m.ID); err != nil || m.State != importer.Canceled || m.FinishedAt == nil {
			t.Fatalf("after canceling the job: %s %v", m.State, err)
		}
		if m, err = h.imports.Run(h.ctx, m.ID); err != nil {
			t.Fatal(err)
		}
		// The job is asked to stop while it runs: the request is there before its first report.
		if err := d.InTx(h.ctx, func(q db.Q) error {
			_, err := q.Exec(h.ctx, "UPDATE job SET cancel_requested = 1 WHERE id = ?", m.JobID)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		j, err := h.runner.RunJob(h.ctx, m.JobID)
		if !errors.Is(err, job.ErrCanceled) || j.State != job.Canceled {
			t.Fatalf("job %s, %v", j.State, err)
		}
		if m, err = h.imports.Get(h.ctx, m.ID); err != nil || m.State != importer.Canceled {
			t.Errorf("state %s, %v", m.State, err)
		}
		h.nothingRemains()
	})
}

func (h *house) upload(path, target string) importer.Import {
	h.t.Helper()
	f, err := os.Open(path)
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	m, err := h.imports.Upload(h.ctx, f, "upload.csv", target)
	if err != nil {
		h.t.Fatal(err)
	}
	return m
}

// TestAKilledImportLeavesNothingAndCanBeRepeated lets the process "die" after the first chunk: nothing of its clearing away happens.
func TestAKilledImportLeavesNothingAndCanBeRepeated(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		path, lines := h.bigOrders()
		h.kill(func(progress func(done, total int64)) {
			_, err := h.imports.ImportFile(h.ctx, importer.FileInput{Path: path, Target: "orders", CreateCustomers: true}, progress)
			t.Errorf("the killed import came back: %v", err)
		})
		if n := h.count("SELECT COUNT(*) FROM fact"); n == 0 {
			t.Fatal("the first chunk was not written, so the test shows nothing")
		}
		if facts, _ := h.visible(); facts != 0 {
			t.Errorf("%d facts of a killed import are visible", facts)
		}
		h.advance(time.Minute) // its lease runs out
		r := h.importFile(importer.FileInput{Path: path, Target: "orders", CreateCustomers: true})
		if r.Imported != lines || r.Unchanged != 0 || r.CustomersCreated != 50 {
			t.Errorf("the repetition: %+v", r.Counts)
		}
		if n := h.count("SELECT COUNT(*) FROM fact"); n != lines {
			t.Errorf("%d facts in the table, want %d", n, lines)
		}
		if n := h.count("SELECT COUNT(*) FROM import WHERE state = 'failed' AND error_code = 'importer.interrupted'"); n != 1 {
			t.Errorf("the killed import is not marked as interrupted")
		}
	})
}

// kill runs work and ends its goroutine at the second report of progress, as the end of the process would: no deferred clearing away of
// the import runs, because the goroutine never goes on.
func (h *house) kill(work func(progress func(done, total int64))) {
	dead := make(chan struct{})
	var once sync.Once
	go work(func(_, _ int64) {
		once.Do(func() { close(dead) })
		select {} // the process is gone
	})
	<-dead
}

// TestAKilledJobGoesOn lets a worker die and another one take the job over when the lease has run out.
func TestAKilledJobGoesOn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		path, lines := h.bigOrders()
		m := h.upload(path, "orders")
		set := m.Settings
		set.CreateCustomers = true
		m, err := h.imports.Configure(h.ctx, m.ID, m.Version, set)
		if err != nil {
			t.Fatal(err)
		}
		if m, err = h.imports.Run(h.ctx, m.ID); err != nil {
			t.Fatal(err)
		}
		// What a worker leaves that died after beginning: the job claimed, the import running, a batch half loaded.
		load, err := h.facts.Begin(h.ctx, "import")
		if err != nil {
			t.Fatal(err)
		}
		err = d.InTx(h.ctx, func(q db.Q) error {
			if _, err := q.Exec(h.ctx, "UPDATE import SET state = 'running', batch_id = ? WHERE id = ?", load.ID(), m.ID); err != nil {
				return err
			}
			_, err := q.Exec(h.ctx, "UPDATE job SET state = 'running', attempts = 1, leased_by = 'dead', lease_until = 1 WHERE id = ?", m.JobID)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		j, err := h.newRunner().RunJob(h.ctx, m.JobID)
		if err != nil || j.State != job.Done {
			t.Fatalf("job %s, %v", j.State, err)
		}
		if facts, _ := h.visible(); facts != lines {
			t.Errorf("%d facts are visible, want %d", facts, lines)
		}
		if m, err = h.imports.Get(h.ctx, m.ID); err != nil || m.State != importer.Done || m.Counts.Imported != lines {
			t.Errorf("import = %+v, %v", m.Counts, err)
		}
	})
}

// TestTwoImportsOfOneFileAtOnce holds that facts count once, whoever comes first.
func TestTwoImportsOfOneFileAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		path, lines := h.bigOrders()
		var wg sync.WaitGroup
		results := make([]importer.Result, 3)
		failures := make([]error, len(results))
		for i := range results {
			wg.Add(1)
			go func() {
				defer wg.Done()
				results[i], failures[i] = h.imports.ImportFile(h.ctx, importer.FileInput{Path: path, Target: "orders", CreateCustomers: true}, nil)
			}()
		}
		wg.Wait()
		if err := errors.Join(failures...); err != nil {
			t.Fatal(err)
		}
		var imported, created int64
		for _, r := range results {
			imported += r.Imported
			created += r.CustomersCreated
		}
		if facts, _ := h.visible(); facts != lines || imported != lines || created != 50 {
			t.Errorf("%d facts visible, %d imported, %d customers created; want %d, %d and 50", facts, imported, created, lines, lines)
		}
	})
}
