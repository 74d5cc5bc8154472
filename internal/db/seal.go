package db

import "context"

// Sealer seals single columns before they are written, and opens them (internal/seal). q is that of the caller: a sealer never waits for
// another connection inside a transaction.
type Sealer interface {
	Text(ctx context.Context, q Q, plain, table, column string, row int64) (string, error)
	OpenText(ctx context.Context, q Q, text, table, column string, row int64) (string, error)
	Mark(use, value string) string
}

// SealWith gives the database its sealer. Every Q of it carries that from now on; it is called once, before anything else is done.
func (d *DB) SealWith(s Sealer) { d.sealer = s }

// sealing is a Q that carries the sealer of its database.
type sealing struct {
	Q
	sealer Sealer
}

func (d *DB) carrying(fn func(Q) error) func(Q) error {
	if d.sealer == nil {
		return fn
	}
	return func(q Q) error { return fn(sealing{q, d.sealer}) }
}

// SealText gives the sealed form of what a column is to hold. Without a sealer it is kept as it is.
func SealText(ctx context.Context, q Q, plain, table, column string, row int64) (string, error) {
	if s, ok := q.(sealing); ok {
		return s.sealer.Text(ctx, q, plain, table, column, row)
	}
	return plain, nil
}

// OpenText gives what was sealed in a column; what is not sealed is given as it is.
func OpenText(ctx context.Context, q Q, text, table, column string, row int64) (string, error) {
	if s, ok := q.(sealing); ok {
		return s.sealer.OpenText(ctx, q, text, table, column, row)
	}
	return text, nil
}

// Mark gives the keyed digest by which a sealed value is found, for what it is used for. Without a sealer it is the value itself.
func Mark(q Q, use, value string) string {
	if s, ok := q.(sealing); ok {
		return s.sealer.Mark(use, value)
	}
	return value
}
