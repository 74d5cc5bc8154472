package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"kezhi/internal/app"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/config"
	"kezhi/internal/demo"
	"kezhi/rulebooks"
)

// dealerGrading is the rulebook whose grading is measured.
const dealerGrading = "dealer-annual-grading"

// shape says how large a company is.
type shape struct {
	organisations, contactsEach, deals, facts int
	busy                                      int // see demo.Options; the facts it gives must not exceed what is wanted by much
}

// full is the shape of a rival's published benchmark, with facts added.
var full = shape{organisations: 10_000, contactsEach: 25, deals: 25_000, facts: 5_000_000, busy: 3}

// options of the generator that make the company.
func (s shape) options() demo.Options {
	return demo.Options{Reference: today, Customers: s.organisations, Contacts: s.contactsEach, Busy: s.busy}
}

// today is the day of the benchmark: fixed, because the database is kept and "this week" must stay the same.
var today = mustDate("2026-06-15")

func mustDate(s string) calendar.Date {
	d, err := calendar.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// stopped is a clock that stands at ten in the morning of the day of the benchmark.
func stopped(loc *time.Location) clock.Clock {
	return clock.Fixed(today.Midnight(loc).Add(10 * time.Hour))
}

func configOf(dir string) config.Config {
	cfg := config.Default()
	cfg.Data, cfg.Relaxed = dir, false
	return cfg
}

// open opens the installation in a folder at the time of the benchmark.
func open(ctx context.Context, dir string) (*app.App, error) {
	cfg := configOf(dir)
	return app.NewAt(ctx, cfg, slog.New(slog.DiscardHandler), stopped(cfg.Location()))
}

// copyOfCompany gives a folder with a copy of the company's database, which is made first when there is none.
func copyOfCompany(ctx context.Context, o options, r *report) (dir string, remove func(), err error) {
	name, err := stamp(ctx)
	if err != nil {
		return "", nil, err
	}
	kept := filepath.Join(o.dir, "company-"+name)
	if _, err := os.Stat(filepath.Join(kept, "kezhi.db")); errors.Is(err, fs.ErrNotExist) {
		if err := makeCompany(ctx, kept, r); err != nil {
			return "", nil, err
		}
	}
	dir, err = os.MkdirTemp(o.dir, "run-")
	if err != nil {
		return "", nil, err
	}
	remove = func() { _ = os.RemoveAll(dir) }
	if err := copyFile(filepath.Join(kept, "kezhi.db"), filepath.Join(dir, "kezhi.db")); err != nil {
		remove()
		return "", nil, err
	}
	return dir, remove, nil
}

// stamp names what the kept database was made from: the schema, the rulebooks and the shape of the company.
func stamp(ctx context.Context) (string, error) {
	dir, err := os.MkdirTemp("", "kezhi-bench-")
	if err != nil {
		return "", err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	a, err := open(ctx, dir)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	_, _ = fmt.Fprintln(h, "generation 1", full, today)
	err = schema(ctx, a.DB, h)
	for _, name := range rulebooks.IDs() {
		files, lerr := rulebooks.Load(name)
		_, _ = h.Write(files[rulebooks.FileRulebook])
		err = errors.Join(err, lerr)
	}
	return hex.EncodeToString(h.Sum(nil))[:12], errors.Join(err, a.Close())
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// makeCompany builds the database beside its place and moves it there when it is complete.
func makeCompany(ctx context.Context, place string, r *report) error {
	if err := os.MkdirAll(filepath.Dir(place), 0o700); err != nil {
		return err
	}
	old, _ := filepath.Glob(filepath.Join(filepath.Dir(place), "company-*"))
	for _, dir := range old {
		_ = os.RemoveAll(dir)
	}
	began := time.Now()
	_, _ = fmt.Fprintln(r.out, "making the company once; this takes some minutes …")
	dir, err := os.MkdirTemp(filepath.Dir(place), "making-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	a, err := open(ctx, dir)
	if err != nil {
		return err
	}
	b := &builder{App: a, shape: full, c: demo.Generate(full.options())}
	if err := errors.Join(b.build(ctx), a.Close()); err != nil {
		return err
	}
	_, _ = fmt.Fprintf(r.out, "made %d customers and %d facts in %.0f s\n", len(b.ids), b.loaded, time.Since(began).Seconds())
	return os.Rename(dir, place)
}
