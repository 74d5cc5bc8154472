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
	"strings"
	"time"

	"kezhi/internal/app"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/config"
	"kezhi/internal/db"
	"kezhi/internal/demo"
	"kezhi/internal/fact"
	"kezhi/internal/grading"
	"kezhi/internal/rulebook"
	"kezhi/internal/user"
	"kezhi/rulebooks"
)

// The shape of the company: that of a rival's published benchmark, with facts added.
const (
	organisations = 10_000
	contactsEach  = 25
	deals         = 25_000
	facts         = 5_000_000
	dealerGrading = "dealer-annual-grading"
)

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
	_, _ = fmt.Fprintln(h, "generation 1", organisations, contactsEach, deals, facts, today)
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
	b := &builder{App: a, c: demo.Generate(demo.Options{Reference: today, Customers: organisations, Contacts: contactsEach, Busy: 3})}
	if err := errors.Join(b.build(ctx), a.Close()); err != nil {
		return err
	}
	_, _ = fmt.Fprintf(r.out, "made %d customers and %d facts in %.0f s\n", len(b.ids), b.loaded, time.Since(began).Seconds())
	return os.Rename(dir, place)
}

// builder fills an empty installation.
type builder struct {
	*app.App
	c      *demo.Company
	admin  authz.Actor
	owners []int64
	ids    []int64
	loaded int
}

func (b *builder) build(ctx context.Context) error {
	ctx = authz.With(ctx, authz.System("bench"))
	for _, step := range []func(context.Context) error{b.people, b.customers, b.facts, b.judge} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// people creates units and users; they have no passwords, because requests carry tokens.
func (b *builder) people(ctx context.Context) error {
	units := make([]int64, len(b.c.Units))
	for i, u := range b.c.Units {
		made, err := b.Users.CreateUnit(ctx, user.Unit{ParentID: units[0], Code: u.Code, NameZh: u.NameZH, NameEn: u.NameEN})
		if err != nil {
			return err
		}
		units[i] = made.ID
	}
	for _, p := range b.c.Staff {
		unit, roles := units[p.Unit], []string{p.Role}
		made, err := b.Users.Create(ctx, user.Input{Login: &p.Login, Name: &p.Name, UnitID: &unit, Roles: &roles})
		if err != nil {
			return err
		}
		b.owners = append(b.owners, made.ID)
	}
	return nil
}

func (b *builder) customers(ctx context.Context) error {
	const chunk = 250
	for start := 0; start < len(b.c.Customers); start += chunk {
		part := b.c.Customers[start:min(start+chunk, len(b.c.Customers))]
		err := b.DB.InTx(ctx, func(q db.Q) error {
			ids, err := b.Customers.CreateMany(ctx, q, inputsOf(part, b.owners), 0, b.Now())
			b.ids = append(b.ids, ids...)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// judge adopts the rulebooks and grades twice, so that there are standings, movements and duties.
func (b *builder) judge(ctx context.Context) error {
	for _, name := range rulebooks.IDs() {
		if _, err := b.Rulebooks.Adopt(ctx, rulebook.AdoptInput{Rulebook: name, EffectiveFrom: b.c.From}); err != nil {
			return err
		}
	}
	for _, name := range rulebooks.IDs() {
		if _, err := b.Gradings.Grade(ctx, name, today.AddDays(-1), grading.Options{}, nil); err != nil {
			return err
		}
	}
	return b.Drain(ctx)
}

// facts loads the company's history, then deals and calls until there are exactly as many facts as promised.
func (b *builder) facts(ctx context.Context) error {
	if err := addDealKind(ctx, b.DB); err != nil {
		return err
	}
	load, err := b.Facts.Begin(ctx, "bench")
	if err != nil {
		return err
	}
	l := &loading{b: b, load: load, left: facts - deals}
	for i, id := range b.ids {
		if err := l.history(ctx, i, id); err != nil {
			return err
		}
	}
	if err := l.fill(ctx); err != nil {
		return err
	}
	return b.DB.InTx(ctx, func(q db.Q) error { return load.Publish(ctx, q) })
}

// loading gathers facts into chunks.
type loading struct {
	b    *builder
	load *fact.Load
	rows []fact.Incoming
	left int // facts that are not deals
}

func (l *loading) add(ctx context.Context, row fact.Incoming) error {
	l.rows = append(l.rows, row)
	l.b.loaded++
	if len(l.rows) < 20_000 {
		return nil
	}
	return l.flush(ctx)
}

func (l *loading) flush(ctx context.Context) error {
	err := l.b.DB.InTx(ctx, func(q db.Q) error {
		_, _, err := l.load.Append(ctx, q, l.rows)
		return err
	})
	l.rows = l.rows[:0]
	return err
}

// history loads what the generator tells of a customer, and its share of the deals.
func (l *loading) history(ctx context.Context, i int, id int64) error {
	for _, f := range l.b.c.Facts(i) {
		if l.left == 0 {
			break
		}
		l.left--
		if err := l.add(ctx, f.Incoming(id)); err != nil {
			return err
		}
	}
	for n := i * deals / organisations; n < (i+1)*deals/organisations; n++ {
		deal := fact.Incoming{
			CustomerID: id, Kind: "deal", On: today.AddDays(-1 - n*37%700), Amount: int64(1+n%97) * 10_000_00, HasAmount: true, Currency: "CNY",
			Status: []string{"open", "won", "lost"}[n%3], Document: fmt.Sprintf("DL%06d", n),
		}
		if err := l.add(ctx, deal); err != nil {
			return err
		}
	}
	return nil
}

// fill adds calls, spread evenly, for what the history left open.
func (l *loading) fill(ctx context.Context) error {
	each := (l.left + len(l.b.ids) - 1) / len(l.b.ids)
	for i, id := range l.b.ids {
		for n := range min(each, l.left) {
			call := fact.Incoming{
				CustomerID: id, Kind: "call", On: today.AddDays(-1 - (n*13+i)%720), At: int64(n), HasAt: true, Status: "done",
				Attrs: `{"note":"` + strings.Repeat("电话回访。", 1+n%3) + `"}`,
			}
			if err := l.add(ctx, call); err != nil {
				return err
			}
		}
		l.left -= min(each, l.left)
	}
	return l.flush(ctx)
}
