package audit

import (
	"context"

	"golang.org/x/mod/sumdb/tlog"

	"kezhi/internal/db"
)

// tree is a Merkle tree (RFC 6962) that grows at its right edge. It holds one hash per level: edge[i] is the root of a whole
// subtree of 2^i leaves where bit i of n is set.
type tree struct {
	n    int64
	edge []tlog.Hash
	// made, where there is one, is told of every hash by its place, as tlog numbers them.
	made func(index int64, h tlog.Hash)
}

func (t *tree) add(leaf tlog.Hash) {
	h := leaf
	level := 0
	t.tell(level, t.n, h)
	for ; t.n>>level&1 == 1; level++ {
		h = tlog.NodeHash(t.edge[level], h)
		t.tell(level+1, t.n>>(level+1), h)
	}
	if level == len(t.edge) {
		t.edge = append(t.edge, h)
	}
	t.edge[level] = h
	t.n++
}

func (t *tree) tell(level int, n int64, h tlog.Hash) {
	if t.made != nil {
		t.made(tlog.StoredHashIndex(level, n), h)
	}
}

// root gives the root over all leaves; there must be one.
func (t *tree) root() tlog.Hash {
	var h tlog.Hash
	begun := false
	for level, e := range t.edge {
		switch {
		case t.n>>level&1 == 0:
		case begun:
			h = tlog.NodeHash(e, h)
		default:
			h, begun = e, true
		}
	}
	return h
}

// proofs walks the chain up to an entry count and gives for each chosen entry (from 1) the proof that it is in the tree over
// the first total entries. Memory grows with the number of chosen entries only.
func proofs(ctx context.Context, q db.Q, total int64, chosen []int64) (map[int64]tlog.RecordProof, error) {
	// The first round only learns which hashes are asked for: a proof is made of the same places whatever they hold.
	hashes := map[int64]tlog.Hash{}
	ask := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(indexes))
		for i, x := range indexes {
			out[i] = hashes[x]
			hashes[x] = out[i]
		}
		return out, nil
	})
	prove := func() (map[int64]tlog.RecordProof, error) {
		out := make(map[int64]tlog.RecordProof, len(chosen))
		for _, seq := range chosen {
			p, err := tlog.ProveRecord(total, seq-1, ask)
			if err != nil {
				return nil, err
			}
			out[seq] = p
		}
		return out, nil
	}
	if _, err := prove(); err != nil {
		return nil, err
	}
	w := &walker{}
	w.tree.made = func(index int64, h tlog.Hash) {
		if _, wanted := hashes[index]; wanted && w.tree.n < total {
			hashes[index] = h
		}
	}
	if _, err := walk(ctx, q, w, func(*walker) error { return nil }); err != nil {
		return nil, err
	}
	return prove()
}
