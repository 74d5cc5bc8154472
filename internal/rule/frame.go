package rule

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
)

// A Frame is what the explanations of all customers by one program have in common: pieces of JSON text with holes. A pack is what
// fills the holes for one customer. The two together are the explanation, byte for byte; neither the rulebook nor the program
// that judged is needed to put them together, so that a verdict explains itself for as long as both are kept.
//
// A piece is JSON text, which has no control characters, so that these can begin what is to be filled in:
//
//	1 n    the text of slot n
//	2 n    piece n, which comes before this one
//	3 n m  piece m when slot n is not empty
//	4      the next text of the pack
//	5 n m  the text of slot n, or piece m when the slot is empty
//	6 n m  piece m when slot n is empty
//
// A pack is plain text: first the slots in groups of five, each group led by a digit whose bits say which of the five are not
// empty, then numbers of pieces, each followed by the texts it asks for. A text is its length and itself. Numbers are written in
// digits of five bits, lowest first, the sixth bit says that another digit follows.
type Frame struct {
	text   []byte
	id     int64
	slots  int
	pieces []string
}

// The marks in a piece.
const (
	markSlot = 1 + iota
	markPiece
	markIf
	markNext
	markOr
	markUnless
)

const (
	slotGroup    = 5
	firstDigit   = '0'
	digitMore    = 32
	maxUnpacked  = 16 << 20 // no explanation comes near these: what is longer, or made of more pieces, is damage
	maxPieces    = 1 << 20
	frameFormat  = 1
	maxPackDepth = 8
)

// storedFrame is the form in which a frame is kept.
type storedFrame struct {
	Format int      `json:"format"`
	Slots  int      `json:"slots"`
	Pieces []string `json:"pieces"`
}

// ErrPack says that a pack and a frame do not belong together, or that one of them is damaged.
var ErrPack = errors.New("a stored explanation cannot be put together")

func makeFrame(slots int, pieces []string) (*Frame, error) {
	text, err := json.Marshal(storedFrame{frameFormat, slots, pieces})
	if err != nil {
		return nil, err
	}
	return &Frame{text: text, id: frameID(text), slots: slots, pieces: pieces}, nil
}

// frameID makes a positive number of a frame's text: the same frame has the same one in every database.
func frameID(text []byte) int64 {
	sum := sha256.Sum256(text)
	return int64(binary.BigEndian.Uint64(sum[:8])>>1) | 1 //nolint:gosec // the top bit is gone
}

// ReadFrame reads what Text gave. Error: ErrPack.
func ReadFrame(text []byte) (*Frame, error) {
	var s storedFrame
	if err := json.Unmarshal(text, &s); err != nil {
		return nil, errors.Join(ErrPack, err)
	}
	if s.Format != frameFormat || s.Slots < 0 {
		return nil, fmt.Errorf("%w: format %d, %d slots", ErrPack, s.Format, s.Slots)
	}
	return &Frame{text: text, id: frameID(text), slots: s.Slots, pieces: s.Pieces}, nil
}

// ID is a positive number made of the frame's text, never 0.
func (f *Frame) ID() int64 { return f.id }

// Text is the form in which a frame is kept.
func (f *Frame) Text() []byte { return f.text }

// Unpack puts an explanation together: the bytes that encoding/json would give for the Explanation. Error: ErrPack.
func (f *Frame) Unpack(pack []byte) ([]byte, error) {
	u := unpacking{f: f, rest: pack, slots: make([][]byte, f.slots)}
	for at := 0; at < f.slots && u.ok(); at += slotGroup {
		u.group(at)
	}
	for u.ok() && len(u.rest) > 0 {
		u.piece(u.number(), maxPackDepth)
	}
	if u.bad != "" {
		return nil, fmt.Errorf("%w: %s", ErrPack, u.bad)
	}
	return u.out, nil
}

type unpacking struct {
	f     *Frame
	rest  []byte
	slots [][]byte
	out   []byte
	used  int // pieces
	bad   string
}

func (u *unpacking) ok() bool { return u.bad == "" }

func (u *unpacking) fail(what string) {
	if u.bad == "" {
		u.bad = what
	}
}

func (u *unpacking) group(at int) {
	if len(u.rest) == 0 {
		u.fail("the slots end early")
		return
	}
	bits := u.rest[0] - firstDigit
	u.rest = u.rest[1:]
	for i := range slotGroup {
		if bits&(1<<i) == 0 {
			continue
		}
		if at+i >= u.f.slots {
			u.fail("there are more slots than the frame has")
			return
		}
		u.slots[at+i] = u.text()
	}
}

func (u *unpacking) number() int {
	n, used := readNumber(u.rest)
	if used == 0 {
		u.fail("a number ends early")
		u.rest = nil
		return 0
	}
	u.rest = u.rest[used:]
	return n
}

func (u *unpacking) text() []byte {
	n := u.number()
	if n > len(u.rest) {
		u.fail("a text ends early")
		n = len(u.rest)
	}
	text := u.rest[:n]
	u.rest = u.rest[n:]
	return text
}

// piece writes a piece; depth bounds how far pieces lead to pieces, for a damaged frame may lead in circles.
func (u *unpacking) piece(n, depth int) {
	if u.used++; n >= len(u.f.pieces) || depth == 0 || len(u.out) > maxUnpacked || u.used > maxPieces {
		u.fail("a piece is out of place")
	}
	if !u.ok() {
		return
	}
	p := u.f.pieces[n]
	for from, i := 0, 0; ; i++ {
		if i == len(p) {
			u.out = append(u.out, p[from:]...)
			return
		}
		if p[i] >= ' ' {
			continue
		}
		u.out = append(u.out, p[from:i]...)
		i += u.fill(p[i], p[i+1:], depth)
		if !u.ok() {
			return
		}
		from = i + 1
	}
}

// fill writes what a mark stands for and gives the length of what follows the mark in the piece.
func (u *unpacking) fill(mark byte, after string, depth int) int {
	if mark == markNext {
		u.out = append(u.out, u.text()...)
		return 0
	}
	n, used := readNumber(after)
	if used == 0 || mark > markUnless || mark != markPiece && n >= len(u.slots) {
		u.fail("a piece has a wrong mark")
		return 0
	}
	switch mark {
	case markSlot:
		u.out = append(u.out, u.slots[n]...)
		return used
	case markPiece:
		u.piece(n, depth-1)
		return used
	}
	m, more := readNumber(after[used:])
	if more == 0 {
		u.fail("a piece has a wrong mark")
		return 0
	}
	empty := len(u.slots[n]) == 0
	if mark == markOr && !empty {
		u.out = append(u.out, u.slots[n]...)
	} else if empty == (mark != markIf) {
		u.piece(m, depth-1)
	}
	return used + more
}

// readNumber gives a number and how many digits it has, 0 when there is none.
func readNumber[T []byte | string](s T) (n, used int) {
	for i := range min(len(s), 5) {
		d := int(s[i]) - firstDigit
		if d < 0 || d >= 2*digitMore {
			return 0, 0
		}
		n |= d % digitMore << (5 * i)
		if d < digitMore {
			return n, i + 1
		}
	}
	return 0, 0
}

func appendNumber(b []byte, n int) []byte {
	for n >= digitMore {
		b = append(b, byte(firstDigit+digitMore+n%digitMore))
		n /= digitMore
	}
	return append(b, byte(firstDigit+n))
}
