package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// Encoding is how the characters of a text file are stored.
type Encoding string

// The encodings that are read. Windows1252 is never guessed, only taken when declared: nearly every byte is valid in it.
const (
	UTF8        Encoding = "utf-8"
	GB18030     Encoding = "gb18030"
	UTF16LE     Encoding = "utf-16le"
	UTF16BE     Encoding = "utf-16be"
	Windows1252 Encoding = "windows-1252"
)

// ParseEncoding reads the name of an encoding as people and programs write it (GBK and GB2312 are read as GB18030, which
// contains both). The second result is false for a name that is not known.
func ParseEncoding(name string) (Encoding, bool) {
	switch strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(name)) {
	case "utf8", "utf8bom", "utf8sig", "ascii":
		return UTF8, true
	case "gb18030", "gbk", "gb2312", "cp936", "936", "ansi":
		return GB18030, true
	case "utf16le", "utf16", "unicode":
		return UTF16LE, true
	case "utf16be":
		return UTF16BE, true
	case "windows1252", "cp1252", "latin1", "iso88591":
		return Windows1252, true
	}
	return "", false
}

func (e Encoding) decoder() *encoding.Decoder {
	switch e {
	case GB18030:
		return simplifiedchinese.GB18030.NewDecoder()
	case UTF16LE:
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()
	case UTF16BE:
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder()
	case Windows1252:
		return charmap.Windows1252.NewDecoder()
	case UTF8:
	}
	return nil
}

const lookahead = 1 << 20

// textDecoder gives the text as UTF-8. ASCII reads the same in every encoding it decides between, so the decision waits for
// the first other byte and then rests on up to a megabyte behind it, wherever in the file that is.
type textDecoder struct {
	in  *bufio.Reader
	out io.Reader // nil until decided
	enc Encoding
}

func newTextDecoder(in io.Reader, declared Encoding) (*textDecoder, error) {
	d := &textDecoder{in: bufio.NewReaderSize(in, lookahead), enc: UTF8}
	head, err := d.in.Peek(3)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(head, []byte{0xEF, 0xBB, 0xBF}):
		_, err = d.in.Discard(3)
		d.decide(UTF8)
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}):
		_, err = d.in.Discard(2)
		d.decide(UTF16LE)
	case bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		_, err = d.in.Discard(2)
		d.decide(UTF16BE)
	default:
		err = nil
		if declared != "" {
			d.decide(declared)
		}
	}
	return d, err
}

func (d *textDecoder) decide(e Encoding) {
	d.enc, d.out = e, d.in
	if dec := e.decoder(); dec != nil {
		d.out = dec.Reader(d.in)
	}
}

// Read gives decoded bytes; what cannot be decoded becomes U+FFFD, except that wrong UTF-8 is passed on for the caller to report.
func (d *textDecoder) Read(p []byte) (int, error) {
	if d.out != nil {
		return d.out.Read(p)
	}
	if _, err := d.in.Peek(1); err != nil {
		return 0, err
	}
	chunk, err := d.in.Peek(min(len(p), d.in.Buffered()))
	if err != nil {
		return 0, err
	}
	if i := firstNonASCII(chunk); i > 0 {
		return d.in.Read(p[:i])
	}
	// A short peek only means that the file ends soon; a read error will come back from the next read.
	sample, _ := d.in.Peek(lookahead)
	d.decide(guess(sample, len(sample) < lookahead))
	return d.out.Read(p)
}

// firstNonASCII gives the index of the first byte above 0x7F, or the length.
func firstNonASCII(b []byte) int {
	for i, c := range b {
		if c >= utf8.RuneSelf {
			return i
		}
	}
	return len(b)
}

// guess decides between UTF-8 and GB18030. Text of the one is as good as never valid in the other over more than a few
// characters, but the other way round short GB18030-looking UTF-8 is common; so UTF-8 is asked first. A file of UTF-8 with a few damaged
// places stays UTF-8 and the lines are reported. Text that is neither is read as UTF-8 for the same reason.
func guess(sample []byte, whole bool) Encoding {
	good, bad := countUTF8(sample, whole)
	if bad == 0 || good >= 10*bad {
		return UTF8
	}
	pairs, common, wrong := countGB(sample)
	if pairs > 0 && wrong*20 <= pairs && common*2 >= pairs {
		return GB18030
	}
	return UTF8
}

// countUTF8 counts the valid and the invalid sequences of more than one byte; a sequence cut off by the end of a sample is neither.
func countUTF8(b []byte, whole bool) (good, bad int) {
	for len(b) > 0 {
		i := firstNonASCII(b)
		b = b[i:]
		if len(b) == 0 {
			break
		}
		if !whole && !utf8.FullRune(b) {
			break
		}
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		b = b[n:]
	}
	return good, bad
}

// countGB counts the characters of two or four bytes, how many of them are in the rows of GB 2312 that ordinary Chinese uses
// (symbols, full-width forms, characters), and the bytes that fit nowhere.
func countGB(b []byte) (pairs, common, wrong int) {
	for i := 0; i < len(b); {
		c := b[i]
		switch {
		case c < 0x80:
			i++
		case i+1 >= len(b):
			return pairs, common, wrong
		case c == 0x80 || c == 0xFF:
			wrong++
			i++
		case b[i+1] >= '0' && b[i+1] <= '9':
			if i+3 < len(b) && (b[i+2] < 0x81 || b[i+3] < '0' || b[i+3] > '9') {
				wrong++
				i++
				continue
			}
			pairs++
			common++
			i += 4
		case b[i+1] < 0x40 || b[i+1] == 0x7F || b[i+1] == 0xFF:
			wrong++
			i++
		default:
			pairs++
			if b[i+1] >= 0xA1 && (c >= 0xA1 && c <= 0xA3 || c >= 0xB0 && c <= 0xF7) {
				common++
			}
			i += 2
		}
	}
	return pairs, common, wrong
}

// sampleEncoding looks at places spread over a file that can be read anywhere; the second result is false if all were ASCII.
func sampleEncoding(r io.ReaderAt, size int64) (Encoding, bool) {
	const window, places = 64 << 10, 16
	var sample []byte
	buf := make([]byte, window)
	for i := range int64(places) {
		n, err := r.ReadAt(buf, i*max(0, size-window)/(places-1))
		if err != nil && !errors.Is(err, io.EOF) {
			return "", false
		}
		part := buf[:n]
		// Begin and end at a line break, so that no character is cut.
		if i > 0 {
			part = part[bytes.IndexByte(part, '\n')+1:]
		}
		if j := bytes.LastIndexByte(part, '\n'); j >= 0 && size > window {
			part = part[:j+1]
		}
		if firstNonASCII(part) < len(part) {
			sample = append(sample, part...)
		}
		if size <= window {
			break
		}
	}
	if len(sample) == 0 {
		return "", false
	}
	return guess(sample, true), true
}
