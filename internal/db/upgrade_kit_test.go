package db

import "context"

// MigrateTo brings an empty database to the schema of an earlier release, for the upgrade tests.
func (d *DB) MigrateTo(ctx context.Context, version int64) error {
	m, err := d.b.migrator()
	if err != nil {
		return err
	}
	defer func() { _ = m.db.Close() }()
	p, err := m.provider()
	if err != nil {
		return err
	}
	_, err = p.UpTo(ctx, version)
	return err
}
