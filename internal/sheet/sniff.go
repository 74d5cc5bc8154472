package sheet

import (
	"bytes"
	"errors"
	"io"
)

type kind uint8

const (
	kindText kind = iota
	kindZip
	kindOLE
	kindGzip
)

// sniff tells containers from text by their first bytes.
func sniff(head []byte) kind {
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return kindZip
	case bytes.HasPrefix(head, []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}):
		return kindOLE
	case bytes.HasPrefix(head, []byte{0x1F, 0x8B}):
		return kindGzip
	}
	return kindText
}

// oleError tells a workbook with a password from one of Excel 97: the first holds a stream named EncryptedPackage.
func (p place) oleError(r io.ReaderAt, size int64) error {
	var name []byte
	for _, c := range []byte("EncryptedPackage") {
		name = append(name, c, 0)
	}
	in := io.NewSectionReader(r, 0, size)
	buf, kept := make([]byte, 64<<10), 0
	for {
		n, err := in.Read(buf[kept:])
		window := buf[:kept+n]
		if bytes.Contains(window, name) {
			return p.bad("sheet.password")
		}
		if err != nil {
			if errors.Is(err, io.EOF) {
				return p.bad("sheet.old_excel")
			}
			return p.wrap(err, "sheet.unreadable")
		}
		kept = copy(buf, window[max(0, len(window)-len(name)):])
	}
}
