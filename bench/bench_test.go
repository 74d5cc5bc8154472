package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/demo"
	"kezhi/internal/grading"
)

// TestSmallCompany builds a small company the way the large one is built and holds the hand-written statement against
// the grading: a baseline that computes something else would be no baseline.
func TestSmallCompany(t *testing.T) {
	ctx := authz.With(t.Context(), authz.System("test"))
	a, err := open(ctx, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}()
	small := shape{organisations: 200, contactsEach: 3, deals: 500, facts: 40_000, busy: 1}
	b := &builder{App: a, shape: small, c: demo.Generate(small.options())}
	if err := b.build(ctx); err != nil {
		t.Fatal(err)
	}
	count := func(sql string, args ...any) int64 {
		t.Helper()
		var n int64
		if err := db.Get(ctx, a.DB.Read(), sql, args, &n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	for sql, want := range map[string]int64{
		"SELECT COUNT(*) FROM customer": 200, "SELECT COUNT(*) FROM contact": 600, "SELECT COUNT(*) FROM fact": 40_000,
		"SELECT COUNT(*) FROM fact WHERE kind = 'deal'": 500, "SELECT COUNT(*) FROM fact_batch WHERE state = 'visible'": 1,
	} {
		if got := count(sql); got != want {
			t.Errorf("%s: %d, want %d", sql, got, want)
		}
	}
	if err := makeScratch(ctx, a.DB); err != nil {
		t.Fatal(err)
	}
	if err := gradeByHand(ctx, a.DB, today); err != nil {
		t.Fatal(err)
	}
	sum, err := a.Gradings.Grade(ctx, dealerGrading, today, grading.Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	different, err := disagreements(ctx, a.DB, sum.RunID)
	if err != nil || different > int64(len(sum.WithoutVerdict)) || sum.InScope != 200 {
		t.Errorf("%d of %d customers are graded otherwise by hand, %d have no verdict, %v", different, sum.InScope, len(sum.WithoutVerdict), err)
	}
}

func TestRequestsAreAnswered(t *testing.T) {
	ctx := authz.With(t.Context(), authz.System("test"))
	a, err := open(ctx, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = a.Close() }()
	small := shape{organisations: 120, contactsEach: 2, deals: 10, facts: 20_000, busy: 1}
	b := &builder{App: a, shape: small, c: demo.Generate(small.options())}
	if err := b.build(ctx); err != nil {
		t.Fatal(err)
	}
	c, err := newClient(ctx, a)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sorts(b.ids, b.c) {
		for n := range 7 {
			if _, size, err := c.get(s.login, s.path(n)); err != nil || size < 3 {
				t.Errorf("%s: %d bytes, %v", s.name, size, err)
			}
		}
	}
}

func TestGeneratedOrdersCanBeRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "orders.csv")
	if err := ordersFile(filepath.Join(t.TempDir(), "missing.csv.gz"), path); err != nil {
		t.Fatal(err)
	}
	lines, err := readLines(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(lines) < 300_000 {
		t.Errorf("%d lines", len(lines))
	}
	for _, l := range lines[:1000] {
		if l.customer == 0 || len(l.day) != 10 || l.quantity == 0 || l.invoice == "" {
			t.Fatalf("%+v", l)
		}
	}
}

func TestFigures(t *testing.T) {
	var out bytes.Buffer
	r := &report{out: &out}
	r.add(Figure{Name: "time", Value: 20, Unit: "ms", Target: 30, P50: 12})
	r.add(Figure{Name: "rate", Value: 20, Unit: "rows/s", Target: 30, AtLeast: true, Baseline: 60, BaselineIs: "bare loop"})
	text := out.String()
	if !strings.HasPrefix(text, "ok   time") || !strings.Contains(text, "\nover rate") || !strings.Contains(text, "bare loop: 60.0 (0.33 ×)") {
		t.Error(text)
	}
	f, ok := pageFigure("OVER phone list      333.3 of 320 kB\n")
	if !ok || f.Name != "phone list, JavaScript, gzip" || f.Value != 333.3 || f.Target != 320 || f.OK() {
		t.Errorf("%+v %v", f, ok)
	}
	if _, ok := pageFigure("nothing to see"); ok {
		t.Error("a line without a figure gave one")
	}
	if procValue(filepath.Join(t.TempDir(), "no"), "x") != "unknown" {
		t.Error("a missing file says something")
	}
	path := filepath.Join(t.TempDir(), "yes")
	if err := os.WriteFile(path, []byte("a\t: 1\nmodel name\t: Quick : 3\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := procValue(path, "model name"); got != "Quick : 3" {
		t.Error(got)
	}
}
