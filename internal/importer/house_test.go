package importer_test

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/event"
	"kezhi/internal/fact"
	"kezhi/internal/files"
	"kezhi/internal/importer"
	"kezhi/internal/job"
	"kezhi/internal/org"
	"kezhi/internal/user"
)

var shanghai = time.FixedZone("Asia/Shanghai", 8*3600)

// house is everything an import needs, on one database, with a clock that the test moves.
type house struct {
	t         testing.TB
	db        *db.DB
	ctx       context.Context
	micros    atomic.Int64
	dir       string
	bus       *event.Bus
	queue     *job.Queue
	runner    *job.Runner
	customers *customer.Service
	facts     *fact.Service
	units     *org.Service
	users     *user.Service
	files     *files.Store
	imports   *importer.Service
}

func (h *house) now() time.Time { return time.UnixMicro(h.micros.Add(1)).UTC() }

func (h *house) advance(d time.Duration) { h.micros.Add(d.Microseconds()) }

func newHouse(t testing.TB, d *db.DB) *house {
	t.Helper()
	h := &house{t: t, db: d, dir: t.TempDir(), ctx: authz.With(context.Background(), authz.System("test"))}
	h.micros.Store(time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC).UnixMicro())
	h.bus = event.NewBus(d, h.now, slog.New(slog.DiscardHandler))
	h.queue = job.NewQueue(d, h.now)
	h.customers = customer.New(d, h.now, shanghai, h.bus, h.queue)
	h.facts = fact.New(d, h.now, shanghai, h.bus, h.customers)
	h.customers.AddHold(h.facts.Held)
	h.units = org.New(d, h.now, shanghai)
	h.users = user.New(d, h.now, h.bus, h.units)
	var err error
	if h.files, err = files.New(d, filepath.Join(h.dir, "files"), h.now); err != nil {
		t.Fatal(err)
	}
	h.imports = importer.New(importer.Deps{
		DB: d, Now: h.now, Customers: h.customers, Facts: h.facts, Users: h.users, Files: h.files, Bus: h.bus, Queue: h.queue,
	}, importer.Options{Zone: shanghai, Say: func(lang, code string, _ map[string]any) string { return lang + "/" + code }})
	h.runner = h.newRunner()
	return h
}

// newRunner gives a runner as another process would have one.
func (h *house) newRunner() *job.Runner {
	r := job.NewRunner(h.queue, slog.New(slog.DiscardHandler), func(context.Context, int64) string { return "test" })
	for kind, handler := range h.imports.Jobs() {
		r.Register(kind, handler)
	}
	return r
}

// write puts a file into the test's folder and gives its path.
func (h *house) write(name, content string) string {
	h.t.Helper()
	path := filepath.Join(h.dir, name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		h.t.Fatal(err)
	}
	return path
}

func (h *house) importFile(in importer.FileInput) importer.Result {
	h.t.Helper()
	r, err := h.imports.ImportFile(h.ctx, in, nil)
	if err != nil {
		h.t.Fatalf("importing %s: %v", filepath.Base(in.Path), err)
	}
	if sum := r.Imported + r.Unchanged + r.SetAside + r.Refused; sum != r.Read {
		h.t.Fatalf("lines were lost: imported %d + unchanged %d + set aside %d + refused %d = %d, read %d", r.Imported, r.Unchanged, r.SetAside, r.Refused, sum, r.Read)
	}
	return r
}

// visible counts the facts readers see and adds up their amounts.
func (h *house) visible() (facts, minor int64) {
	h.t.Helper()
	hidden, err := fact.Hidden(h.ctx, h.db.Read())
	if err != nil {
		h.t.Fatal(err)
	}
	ranges, err := fact.Ranges(h.ctx, h.db.Read(), 4)
	if err != nil {
		h.t.Fatal(err)
	}
	last, err := calendar.Parse("9999-12-31")
	if err != nil {
		h.t.Fatal(err)
	}
	for _, r := range ranges {
		err := fact.Scan(h.ctx, h.db.Read(), calendar.None, r[0], r[1], nil, fact.Needs{}, hidden, last, func(_ int64, f *fact.Row) error {
			facts++
			minor += f.Amount
			return nil
		})
		if err != nil {
			h.t.Fatal(err)
		}
	}
	return facts, minor
}

func (h *house) count(query string, args ...any) int64 {
	h.t.Helper()
	var n int64
	if err := db.Get(h.ctx, h.db.Read(), query, args, &n); err != nil {
		h.t.Fatal(err)
	}
	return n
}
