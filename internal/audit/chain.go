package audit

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strconv"

	"golang.org/x/mod/sumdb/tlog"

	"kezhi/internal/db"
	"kezhi/internal/errs"
)

// content is what the hash of an entry covers: every field preceded by its length, so that no two contents run together.
type content struct {
	b   []byte
	hex [2 * sha256.Size]byte
}

func (c *content) text(s string) *content { return c.bytes([]byte(s)) }

func (c *content) bytes(s []byte) *content {
	c.b = strconv.AppendInt(c.b, int64(len(s)), 10)
	c.b = append(c.b, ':')
	c.b = append(c.b, s...)
	return c
}

func (c *content) number(n int64) *content {
	var digits [20]byte
	return c.bytes(strconv.AppendInt(digits[:0], n, 10))
}

// hash gives the SHA-256 in hexadecimal, valid until the next call, and begins anew.
func (c *content) hash() []byte {
	sum := sha256.Sum256(c.b)
	c.b = c.b[:0]
	hex.Encode(c.hex[:], sum[:])
	return c.hex[:]
}

// Chain is how far a chain goes: the number of its entries, the hash of the last one, and the root of the Merkle tree over the
// hashes of all (RFC 6962), by which single entries are proved.
type Chain struct {
	Entries int64
	Head    string
	Root    tlog.Hash // meaningless without entries
}

// walker proves entry after entry, in memory that does not grow with them.
type walker struct {
	content
	entries int64
	head    []byte
	tree    tree
}

// next takes the entry of a row and says whether it is the one that must come now.
func (w *walker) next(rows db.Rows) bool {
	seq, prev, hash := rows.Int64(0), rows.Bytes(10), rows.Bytes(11)
	w.bytes(prev).number(seq).number(rows.Int64(1)).number(rows.Int64(2))
	for col := 3; col <= 6; col++ {
		w.bytes(rows.Bytes(col))
	}
	w.number(rows.Int64(7)).bytes(rows.Bytes(8)).bytes(rows.Bytes(9))
	// The last two columns are the head of the chain: nothing may stand behind it.
	if seq != w.entries+1 || seq > rows.Int64(12) || !bytes.Equal(prev, w.head) || !bytes.Equal(hash, w.hash()) {
		return false
	}
	w.entries, w.head = seq, append(w.head[:0], hash...)
	w.tree.add(tlog.RecordHash(hash))
	return true
}

// Verify walks the whole chain and gives how far it goes, or audit.broken with the first entry that does not fit:
// an altered one, a missing one, or one that was put behind the head of the chain. Writers may go on meanwhile.
func Verify(ctx context.Context, q db.Q) (Chain, error) {
	w, err := walk(ctx, q, &walker{}, func(*walker) error { return nil })
	return w.chain(), err
}

func (w *walker) chain() Chain {
	c := Chain{Entries: w.entries, Head: string(w.head)}
	if w.entries > 0 {
		c.Root = w.tree.root()
	}
	return c
}

func broken(seq int64) error { return errs.New(errs.Conflict, "audit.broken", "seq", seq) }

// walk calls each after every entry that fits.
func walk(ctx context.Context, q db.Q, w *walker, each func(*walker) error) (*walker, error) {
	// Entries and head come from one statement, hence from one moment: what is written during the walk is not seen by half.
	rows, err := q.Query(ctx, "SELECT "+columns+`, (SELECT seq FROM audit_head WHERE chain = 1), (SELECT hash FROM audit_head WHERE chain = 1)
		FROM audit_entry ORDER BY audit_entry.seq`)
	if err != nil {
		return w, err
	}
	defer rows.Close()
	var headSeq int64
	var headHash []byte
	for rows.Next() {
		if w.entries == 0 {
			headSeq, headHash = rows.Int64(12), bytes.Clone(rows.Bytes(13))
		}
		if !w.next(rows) {
			return w, broken(w.entries + 1)
		}
		if err := each(w); err != nil {
			return w, err
		}
	}
	if err := rows.Err(); err != nil {
		return w, err
	}
	rows.Close()
	switch {
	case w.entries == 0:
		return verifyEmpty(ctx, q, w, each)
	case headSeq > w.entries:
		return w, broken(w.entries + 1)
	case !bytes.Equal(headHash, w.head):
		return w, broken(w.entries)
	}
	return w, nil
}

// verifyEmpty proves that a chain without entries never had any.
func verifyEmpty(ctx context.Context, q db.Q, w *walker, each func(*walker) error) (*walker, error) {
	var seq int64
	err := db.Get(ctx, q, "SELECT seq FROM audit_head WHERE chain = 1 AND NOT EXISTS (SELECT 1 FROM audit_entry)", nil, &seq)
	switch {
	case db.IsNoRows(err):
		return walk(ctx, q, w, each) // the first entry was written a moment ago
	case err != nil:
		return w, err
	case seq != 0:
		return w, broken(1)
	}
	return w, nil
}

// guards are the triggers that refuse to change or remove entries, by database.
var guards = map[db.Dialect][]string{db.SQLite: {"audit_no_update", "audit_no_delete"}, db.Postgres: {"audit_no_change"}}

// Guarded says whether the database itself still refuses to change or remove entries. Error: audit.unguarded.
func Guarded(ctx context.Context, d *db.DB) error {
	have, err := d.Triggers(ctx, "audit_entry")
	if err != nil {
		return err
	}
	for _, name := range guards[d.Dialect()] {
		// A trigger of that name that refuses nothing is none.
		if !bytes.Contains([]byte(have[name]), []byte("audit entries are append-only")) {
			return errs.New(errs.Conflict, "audit.unguarded", "trigger", name)
		}
	}
	return nil
}
