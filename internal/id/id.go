// Package id makes the numbers by which rows are known: 63 bits, ordered by time, unique across processes.
//
// Layout from the top: 41 bits of milliseconds since 2020-01-01 UTC (until the year 2089), 10 bits chosen at random
// when the process starts, 12 bits of a counter. In JSON an id is a decimal string, because JavaScript loses bits.
package id

import (
	"crypto/rand"
	"encoding/binary"
	"strconv"
	"sync"
	"time"

	"kezhi/internal/errs"
)

const (
	nodeBits = 10
	seqBits  = 12
	seqMask  = 1<<seqBits - 1
)

var epoch = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC).UnixMilli()

var gen struct {
	sync.Mutex
	last int64
	seq  int64
	node int64
}

func init() {
	var b [2]byte
	// crypto/rand.Read never returns an error (it stops the program instead).
	_, _ = rand.Read(b[:])
	gen.node = int64(binary.BigEndian.Uint16(b[:])) & (1<<nodeBits - 1)
}

// New gives the next id for the moment now. Ids of one process strictly increase, even when the clock steps back.
func New(now time.Time) int64 {
	gen.Lock()
	defer gen.Unlock()
	ms := now.UnixMilli() - epoch
	if ms <= gen.last {
		ms = gen.last
		gen.seq++
		if gen.seq > seqMask {
			ms++
			gen.seq = 0
		}
	} else {
		gen.seq = 0
	}
	gen.last = ms
	return ms<<(nodeBits+seqBits) | gen.node<<seqBits | gen.seq
}

// String is the form an id has in JSON and in addresses.
func String(n int64) string { return strconv.FormatInt(n, 10) }

// Optional is String for an id that may be none: 0 gives "".
func Optional(n int64) string {
	if n == 0 {
		return ""
	}
	return String(n)
}

// Parse reads the form of String. Anything else is a not-found: no row has such an id.
func Parse(s string) (int64, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n <= 0 || String(n) != s { // "+5" and "05" are other texts for a number, not ids
		return 0, errs.New(errs.NotFound, "not_found")
	}
	return n, nil
}
