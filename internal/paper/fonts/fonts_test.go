package fonts

import (
	"bytes"
	"encoding/binary"
	"errors"
	"testing"
)

// Each table of the faces has the sum that the file's directory states, so every byte came back.
func TestFacesAreWhole(t *testing.T) {
	for name, load := range map[string]func() ([]byte, error){"serif": Serif, "sans": Sans} {
		ttf, err := load()
		if err != nil {
			t.Fatal(err)
		}
		for at := 12; at < 12+16*int(binary.BigEndian.Uint16(ttf[4:])); at += 16 {
			tag := string(ttf[at : at+4])
			offset, size, err := table(ttf, tag)
			if err != nil {
				t.Fatal(err)
			}
			data := bytes.Clone(ttf[offset : offset+size])
			if tag == "head" {
				clear(data[8:12]) // the sum of the whole file is not part of the sum
			}
			var sum uint32
			for data = append(data, 0, 0, 0); len(data) >= 4; data = data[4:] {
				sum += binary.BigEndian.Uint32(data)
			}
			if want := binary.BigEndian.Uint32(ttf[at+4:]); sum != want {
				t.Errorf("%s: table %s sums up to %08x, not %08x", name, tag, sum, want)
			}
		}
		packed, err := Split(ttf)
		if err != nil {
			t.Fatal(err)
		}
		if back, err := join(packed); err != nil || !bytes.Equal(back, ttf) {
			t.Errorf("%s: split and joined, the face is another (%v)", name, err)
		}
	}
}

func TestWhatIsNoFaceIsRefused(t *testing.T) {
	ttf, err := Sans()
	if err != nil {
		t.Fatal(err)
	}
	packed, err := Split(ttf)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{0, 3, 4 * parts, 100, len(packed) / 2, len(packed) - 1} {
		if _, err := join(packed[:n]); !errors.Is(err, ErrDamaged) {
			t.Errorf("%d of %d bytes: %v", n, len(packed), err)
		}
	}
	for _, n := range []int{0, 11, 100, len(ttf) / 2} {
		if _, err := Split(ttf[:n]); !errors.Is(err, ErrDamaged) {
			t.Errorf("%d of %d bytes: %v", n, len(ttf), err)
		}
	}
}
