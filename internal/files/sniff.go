package files

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	_ "image/gif" // their heads are read, nothing else
	_ "image/jpeg"
	_ "image/png"
	"io"
	"net/http"
	"path"
	"path/filepath"
	"strings"

	"kezhi/internal/errs"
)

// imageTypes are the pictures browsers show; pictures that can carry scripts (SVG) are not among them.
var imageTypes = map[string]bool{"image/jpeg": true, "image/png": true, "image/gif": true, "image/webp": true, "image/bmp": true}

// oleTypes are the types of the older office documents, which share one container; the name's ending chooses among them.
var oleTypes = map[string]string{".doc": "application/msword", ".xls": "application/vnd.ms-excel", ".ppt": "application/vnd.ms-powerpoint"}

// officeParts are the main parts of office documents in a zip container.
var officeParts = map[string]string{
	"word/document.xml":    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"xl/workbook.xml":      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}

// What an upload may become when somebody opens it: a small file must not fill the memory of whoever looks at it.
const (
	maxParts    = 10_000    // entries of an office document
	maxUnpacked = 512 << 20 // bytes of all its parts together
	maxRatio    = 200       // bytes unpacked for each byte, beyond fairSize
	fairSize    = 16 << 20  // up to here an office document may be packed as tightly as it likes
	maxPixels   = 120 << 20 // of a picture
)

// Sniff tells the media type from the content, whatever the name says: a picture, a PDF or an office document. Everything
// else is refused, and so are office documents with programs in them and what would unpack to far more than it is.
// Errors: file.empty, file.type_refused, file.interrupted, file.bomb, file.macros.
func Sniff(c io.ReaderAt, size int64, name string) (string, error) {
	head := make([]byte, 512)
	n, err := c.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", errs.Wrap(err, errs.Invalid, "file.interrupted")
	}
	head = head[:n]
	if n == 0 {
		return "", errs.New(errs.Invalid, "file.empty")
	}
	t := http.DetectContentType(head)
	switch {
	case imageTypes[t]:
		return t, fits(io.NewSectionReader(c, 0, size), t, head, name)
	case t == "application/pdf":
		return t, nil
	case isHEIC(head):
		return "image/heic", nil
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		if t, ok := oleTypes[strings.ToLower(filepath.Ext(name))]; ok {
			return t, nil
		}
	case t == "application/zip":
		if t, err := officeType(c, size, name); t != "" || err != nil {
			return t, err
		}
	}
	return "", errs.New(errs.Invalid, "file.type_refused", "name", filepath.Base(name))
}

// isHEIC knows the pictures phones take: an ISO media file of one of these brands.
func isHEIC(head []byte) bool {
	if len(head) < 12 || string(head[4:8]) != "ftyp" {
		return false
	}
	switch string(head[8:12]) {
	case "heic", "heix", "mif1", "msf1", "heim", "heis":
		return true
	}
	return false
}

// officeType looks for the main part of a document in the directory of a zip file; nothing is unpacked. The directory's word on sizes is
// enough: a reader that unpacks more than it says finds the file damaged.
func officeType(c io.ReaderAt, size int64, name string) (string, error) {
	z, err := zip.NewReader(c, size)
	if err != nil {
		return "", nil //nolint:nilerr // it is no office document then
	}
	bomb := errs.New(errs.TooLarge, "file.bomb", "name", filepath.Base(name))
	if len(z.File) > maxParts {
		return "", bomb
	}
	kind, total := "", uint64(0)
	for _, f := range z.File {
		if f.UncompressedSize64 > maxUnpacked {
			return "", bomb
		}
		total += f.UncompressedSize64
		if strings.EqualFold(path.Base(f.Name), "vbaProject.bin") {
			return "", errs.New(errs.Invalid, "file.macros", "name", filepath.Base(name))
		}
		if t, ok := officeParts[f.Name]; ok {
			kind = t
		}
	}
	if total > maxUnpacked || total > fairSize && total/maxRatio > uint64(size) {
		return "", bomb
	}
	return kind, nil
}

// fits refuses a picture whose head promises more pixels than anybody's device can show. A head that cannot be read promises nothing.
func fits(c io.Reader, kind string, head []byte, name string) error {
	var width, height uint64
	switch kind {
	case "image/webp":
		width, height = webpSize(head)
	case "image/bmp":
		if len(head) >= 26 {
			width, height = uint64(abs32(head[18:])), uint64(abs32(head[22:]))
		}
	default:
		conf, _, err := image.DecodeConfig(c)
		if err != nil {
			return nil //nolint:nilerr // whoever shows it finds out; nothing here decodes it
		}
		width, height = uint64(max(0, conf.Width)), uint64(max(0, conf.Height))
	}
	if height > 0 && width > maxPixels/height {
		return errs.New(errs.TooLarge, "file.bomb", "name", filepath.Base(name))
	}
	return nil
}

// abs32 reads a signed number of four bytes without its sign: a BMP that is written from the top has a negative height.
func abs32(b []byte) int64 {
	n := int64(int32(binary.LittleEndian.Uint32(b))) //nolint:gosec // the bits are what is meant
	return max(n, -n)
}

// webpSize reads width and height from the head of any of the three kinds of WebP.
func webpSize(head []byte) (width, height uint64) {
	if len(head) < 30 {
		return 0, 0
	}
	u16 := func(at int) uint64 { return uint64(binary.LittleEndian.Uint16(head[at:])) }
	switch string(head[12:16]) {
	case "VP8X":
		u24 := func(at int) uint64 { return u16(at) | uint64(head[at+2])<<16 }
		return u24(24) + 1, u24(27) + 1
	case "VP8L":
		bits := uint64(binary.LittleEndian.Uint32(head[21:]))
		return bits&0x3fff + 1, bits>>14&0x3fff + 1
	case "VP8 ":
		return u16(26) & 0x3fff, u16(28) & 0x3fff
	}
	return 0, 0
}
