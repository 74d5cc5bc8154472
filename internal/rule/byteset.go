package rule

import (
	"bytes"
	"hash/maphash"
)

// byteSet counts different byte strings exactly. It keeps its memory from customer to customer.
type byteSet struct {
	arena   []byte
	entries []setEntry
	table   []int32 // 1 + index into entries; 0 is free
	last    []byte  // the string added last, a slice of arena
}

type setEntry struct {
	hash     uint64
	from, to int32
}

var setSeed = maphash.MakeSeed()

func (s *byteSet) reset() {
	if len(s.entries) == 0 {
		return
	}
	clear(s.table)
	s.arena, s.entries, s.last = s.arena[:0], s.entries[:0], nil
}

// add reports whether the string was new.
func (s *byteSet) add(b []byte) bool {
	if s.last != nil && bytes.Equal(s.last, b) {
		return false
	}
	if len(s.entries)*2 >= len(s.table) {
		s.grow()
	}
	h := maphash.Bytes(setSeed, b)
	mask := uint64(len(s.table) - 1)
	i := h & mask
	for ; s.table[i] != 0; i = (i + 1) & mask {
		e := &s.entries[s.table[i]-1]
		if e.hash == h && bytes.Equal(s.arena[e.from:e.to], b) {
			s.last = s.arena[e.from:e.to]
			return false
		}
	}
	from := len(s.arena)
	s.arena = append(s.arena, b...)
	s.entries = append(s.entries, setEntry{h, int32(from), int32(len(s.arena))})
	s.table[i] = int32(len(s.entries))
	s.last = s.arena[from:]
	return true
}

func (s *byteSet) grow() {
	size := max(16, 2*len(s.table))
	s.table = make([]int32, size)
	mask := uint64(size - 1)
	for n := range s.entries {
		i := s.entries[n].hash & mask
		for s.table[i] != 0 {
			i = (i + 1) & mask
		}
		s.table[i] = int32(n + 1)
	}
}
