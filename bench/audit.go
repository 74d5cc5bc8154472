package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
)

// auditEntries are in the chain that is proved.
const auditEntries = 1_000_000

// audits proves a long audit chain against its signed checkpoint, and reads the same rows without proving anything.
func audits(ctx context.Context, _ options, r *report) error {
	dir, err := os.MkdirTemp("", "kezhi-bench-audit-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	d, err := db.Open(ctx, filepath.Join(dir, "kezhi.db"), db.Options{Readers: 2, Relaxed: true})
	if err != nil {
		return err
	}
	defer func() { _ = d.Close() }()
	if _, err := d.Migrate(ctx); err != nil {
		return err
	}
	if err := fillAudit(ctx, d); err != nil {
		return err
	}
	k := audit.NewKeeper(d, filepath.Join(dir, "audit"), "", clock.System, time.UTC)
	if _, err := k.Sign(ctx); err != nil {
		return err
	}
	begun := time.Now()
	rows, err := d.Read().Query(ctx, "SELECT * FROM audit_entry ORDER BY seq")
	if err != nil {
		return err
	}
	read := 0
	for rows.Next() {
		for col := 3; col < 12; col++ {
			read += len(rows.Bytes(col))
		}
	}
	rows.Close()
	if err := rows.Err(); err != nil {
		return err
	}
	reading := time.Since(begun)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	begun = time.Now()
	chain, _, err := k.Prove(ctx)
	proving := time.Since(begun)
	runtime.ReadMemStats(&after)
	if err != nil || chain.Entries != auditEntries {
		return fmt.Errorf("%d entries: %w", chain.Entries, err)
	}
	r.add(Figure{
		Name: "audit: entries proved a second", Value: auditEntries / proving.Seconds(), Unit: "/s", Target: 200_000, AtLeast: true,
		Baseline: auditEntries / reading.Seconds(), BaselineIs: "reading the same rows", Note: fmt.Sprintf("%d MB read", read>>20),
	})
	r.add(Figure{Name: "audit: memory asked for by the proof", Value: float64(after.TotalAlloc-before.TotalAlloc) / (1 << 20), Unit: "MB", Target: 16})
	return nil
}

func fillAudit(ctx context.Context, d *db.DB) error {
	ctx = authz.With(ctx, authz.System("bench"))
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	const step = 2000
	for at := 0; at < auditEntries; at += step {
		entries := make([]audit.Entry, step)
		for i := range entries {
			n := int64(at + i)
			entries[i] = audit.Entry{
				Action: "customer.update", Entity: "customer", EntityID: fmt.Sprint(n % 10_000), CustomerID: n % 10_000,
				Detail: []audit.Change{{Field: "name", Before: "旧名称有限公司", After: fmt.Sprintf("新名称 %d 有限公司", n)}},
			}
		}
		if err := d.InTx(ctx, func(q db.Q) error { return audit.Write(ctx, q, now, entries...) }); err != nil {
			return err
		}
	}
	return nil
}
