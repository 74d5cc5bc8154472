package audit

import (
	"fmt"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
)

// The tree that grows at its edge has the root, and makes the hashes, of the library's.
func TestTreeIsThatOfTheLibrary(t *testing.T) {
	made := map[int64]tlog.Hash{}
	stored := tlog.HashReaderFunc(func(at []int64) (out []tlog.Hash, err error) {
		for _, i := range at {
			h, ok := made[i]
			if !ok {
				return nil, fmt.Errorf("no hash at %d", i)
			}
			out = append(out, h)
		}
		return out, nil
	})
	tr := tree{made: func(i int64, h tlog.Hash) { made[i] = h }}
	for n := int64(1); n <= 130; n++ {
		leaf := tlog.RecordHash(fmt.Append(nil, n))
		tr.add(leaf)
		want, err := tlog.TreeHash(n, stored)
		if err != nil || tr.root() != want {
			t.Fatalf("%d leaves: %s, want %s, %v", n, tr.root(), want, err)
		}
		p, err := tlog.ProveRecord(n, n/2, stored)
		if err != nil || tlog.CheckRecord(p, n, want, n/2, tlog.RecordHash(fmt.Append(nil, n/2+1))) != nil {
			t.Fatalf("%d leaves: %v", n, err)
		}
	}
}
