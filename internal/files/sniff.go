package files

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"net/http"
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

// Sniff tells the media type from the content, whatever the name says: a picture, a PDF or an office document. Everything
// else is refused. Errors: file.empty, file.type_refused, file.interrupted.
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
	case imageTypes[t], t == "application/pdf":
		return t, nil
	case isHEIC(head):
		return "image/heic", nil
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		if t, ok := oleTypes[strings.ToLower(filepath.Ext(name))]; ok {
			return t, nil
		}
	case t == "application/zip":
		if t := officeType(c, size); t != "" {
			return t, nil
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

// officeType looks for the main part of a document in the directory of a zip file; nothing is unpacked.
func officeType(c io.ReaderAt, size int64) string {
	z, err := zip.NewReader(c, size)
	if err != nil {
		return ""
	}
	for _, f := range z.File {
		if t, ok := officeParts[f.Name]; ok {
			return t
		}
	}
	return ""
}
