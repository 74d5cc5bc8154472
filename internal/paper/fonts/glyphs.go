package fonts

import (
	"encoding/binary"
	"errors"
)

// Outlines compress a tenth better when their parts of one kind stand together: heads, ends of contours, flags, and the two coordinates. Split puts
// them so, join puts them back byte by byte.

// ErrDamaged says that a face is not what Split made.
var ErrDamaged = errors.New("fonts: damaged face")

// The parts of a split face.
const (
	partRest  = iota // the file without its outlines
	partHeads        // number of contours and bounding box of each glyph; the whole of a composite one
	partEnds         // the last point of each contour
	partFlags
	partXs
	partYs
	parts
)

// Split rearranges a TrueType file without hinting so that it compresses better. Error: ErrDamaged, for a file that is anything else.
func Split(ttf []byte) ([]byte, error) {
	t, err := tablesOf(ttf)
	if err != nil {
		return nil, err
	}
	out := [parts]stream{}
	out[partRest].data = append(append([]byte{}, ttf[:t.glyf]...), ttf[t.glyf+t.size:]...)
	if err := t.walk(ttf, &out, (*stream).put); err != nil {
		return nil, err
	}
	var packed []byte
	for _, s := range out {
		packed = binary.BigEndian.AppendUint32(packed, uint32(len(s.data))) //nolint:gosec // faces are a few megabytes
	}
	for _, s := range out {
		packed = append(packed, s.data...)
	}
	return packed, nil
}

// join is the reverse of Split.
func join(packed []byte) ([]byte, error) {
	in := [parts]stream{}
	at := 4 * parts
	for i := range in {
		if len(packed) < 4*parts {
			return nil, ErrDamaged
		}
		n := int(binary.BigEndian.Uint32(packed[4*i:]))
		if n > len(packed)-at {
			return nil, ErrDamaged
		}
		in[i].data = packed[at : at+n]
		at += n
	}
	rest := in[partRest].data
	glyf, size, err := table(rest, "glyf")
	if err != nil || glyf > len(rest) || size > 1<<26 {
		return nil, ErrDamaged
	}
	ttf := make([]byte, len(rest)+size)
	copy(ttf, rest[:glyf])
	copy(ttf[glyf+size:], rest[glyf:])
	t, err := tablesOf(ttf)
	if err != nil {
		return nil, err
	}
	return ttf, t.walk(ttf, &in, (*stream).take)
}

// stream is one part, read or written from the front.
type stream struct{ data []byte }

// put appends what stands in the file.
func (s *stream) put(file []byte) bool {
	s.data = append(s.data, file...)
	return true
}

// take copies the next bytes into the file.
func (s *stream) take(file []byte) bool {
	if len(s.data) < len(file) {
		return false
	}
	s.data = s.data[copy(file, s.data):]
	return true
}

// tables says where the outlines of a file are.
type tables struct {
	glyf, size int
	at         []int // where each glyph begins, and where the last ends
}

// table finds a table by its tag in the directory at the head of a file.
func table(ttf []byte, tag string) (offset, size int, err error) {
	for at := 12; at+16 <= len(ttf) && at < 12+16*int(binary.BigEndian.Uint16(ttf[4:])); at += 16 {
		if string(ttf[at:at+4]) == tag {
			return int(binary.BigEndian.Uint32(ttf[at+8:])), int(binary.BigEndian.Uint32(ttf[at+12:])), nil
		}
	}
	return 0, 0, ErrDamaged
}

func tablesOf(ttf []byte) (t tables, err error) {
	t.glyf, t.size, err = table(ttf, "glyf")
	loca, length, err2 := table(ttf, "loca")
	head, _, err3 := table(ttf, "head")
	if errors.Join(err, err2, err3) != nil || head+52 > len(ttf) || loca+length > len(ttf) || t.glyf+t.size > len(ttf) {
		return t, ErrDamaged
	}
	long := binary.BigEndian.Uint16(ttf[head+50:]) == 1
	for at := loca; at < loca+length-1; {
		if long {
			if at+4 > len(ttf) {
				return t, ErrDamaged
			}
			t.at = append(t.at, int(binary.BigEndian.Uint32(ttf[at:])))
			at += 4
		} else {
			t.at = append(t.at, 2*int(binary.BigEndian.Uint16(ttf[at:])))
			at += 2
		}
	}
	return t, nil
}

// walk goes through the outlines of the file and moves each piece to or from its part.
func (t tables) walk(ttf []byte, part *[parts]stream, move func(*stream, []byte) bool) error {
	for i := 0; i+1 < len(t.at); i++ {
		from, to := t.at[i], t.at[i+1]
		if from < 0 || to < from || to > t.size {
			return ErrDamaged
		}
		if from < to && !walkGlyph(ttf[t.glyf+from:t.glyf+to], part, move) {
			return ErrDamaged
		}
	}
	return nil
}

func walkGlyph(g []byte, part *[parts]stream, move func(*stream, []byte) bool) bool {
	if len(g) < 10 || !move(&part[partHeads], g[:10]) {
		return false
	}
	contours := int(int16(binary.BigEndian.Uint16(g))) //nolint:gosec // negative for composite glyphs
	if contours < 0 {
		return move(&part[partHeads], g[10:])
	}
	at := 10 + 2*contours
	if contours == 0 || len(g) < at+2 || !move(&part[partEnds], g[10:at]) || g[at] != 0 || g[at+1] != 0 {
		return false // no contours, or instructions, which a face without hinting has not
	}
	points := int(binary.BigEndian.Uint16(g[at-2:])) + 1
	at += 2
	begin, xs, ys := at, 0, 0
	for n := 0; n < points; {
		if at >= len(g) || !move(&part[partFlags], g[at:at+1]) {
			return false
		}
		flag, times := g[at], 1
		at++
		if flag&8 != 0 {
			if at >= len(g) || !move(&part[partFlags], g[at:at+1]) {
				return false
			}
			times += int(g[at])
			at++
		}
		n += times
		xs += times * width(flag, 2, 16)
		ys += times * width(flag, 4, 32)
	}
	if begin == at || at+xs+ys > len(g) || !move(&part[partXs], g[at:at+xs]) || !move(&part[partYs], g[at+xs:at+xs+ys]) {
		return false
	}
	for _, pad := range g[at+xs+ys:] {
		if pad != 0 {
			return false
		}
	}
	return true
}

// width is how many bytes a coordinate takes.
func width(flag, short, same byte) int {
	switch {
	case flag&short != 0:
		return 1
	case flag&same != 0:
		return 0
	}
	return 2
}
