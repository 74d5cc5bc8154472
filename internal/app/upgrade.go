package app

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"

	"kezhi/internal/db"
	"kezhi/internal/errs"
)

// keptUpgrades is how many copies from before an upgrade are kept.
const keptUpgrades = 2

// migrate brings the schema up to date. A SQLite database that holds something is copied first, to before-upgrade/ in the data
// folder; when the upgrade is cut short, the next start goes on and leaves the copy, which is of before it began, alone.
func migrate(ctx context.Context, dataDir string, d *db.DB, log *slog.Logger) error {
	// A database that is locked or read-only says so here at once; asking for its version would be tried for a minute.
	if err := d.InTx(ctx, func(db.Q) error { return nil }); err != nil {
		return err
	}
	have, newest, err := d.Versions(ctx)
	if err != nil {
		return err
	}
	dir := filepath.Join(dataDir, "before-upgrade")
	underWay := filepath.Join(dir, "under-way")
	if have > 0 && have < newest && d.Dialect() == db.SQLite {
		if err := copyBefore(ctx, d, dir, underWay, have); err != nil {
			return err
		}
	}
	applied, err := d.Migrate(ctx)
	if err != nil {
		return err
	}
	if len(applied) > 0 {
		log.InfoContext(ctx, "database migrated", "steps", len(applied))
	}
	if err := os.Remove(underWay); err != nil && !os.IsNotExist(err) {
		return errs.Wrap(err, errs.Unavailable, "backup.folder", "path", dir)
	}
	return nil
}

// copyBefore copies the database, unless the mark says that an upgrade is under way already.
func copyBefore(ctx context.Context, d *db.DB, dir, underWay string, version int64) error {
	fail := func(err error) error { return errs.Wrap(err, errs.Unavailable, "backup.folder", "path", dir) }
	if _, err := os.Stat(underWay); err == nil {
		return nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fail(err)
	}
	path := filepath.Join(dir, fmt.Sprintf("kezhi-schema-%04d.db", version))
	part := path + ".part"
	for _, old := range []string{part, path} {
		if err := os.Remove(old); err != nil && !os.IsNotExist(err) {
			return fail(err)
		}
	}
	if err := d.Backup(ctx, part); err != nil {
		return err
	}
	if err := os.Rename(part, path); err != nil {
		return fail(err)
	}
	if err := os.WriteFile(underWay, []byte(filepath.Base(path)+"\n"), 0o600); err != nil {
		return fail(err)
	}
	old, err := filepath.Glob(filepath.Join(dir, "kezhi-schema-*.db"))
	if err != nil {
		return fail(err)
	}
	slices.Sort(old)
	for _, o := range old[:max(len(old)-keptUpgrades, 0)] {
		if err := os.Remove(o); err != nil {
			return fail(err)
		}
	}
	return nil
}
