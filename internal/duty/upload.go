package duty

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/files"
)

// MaxUpload is the size limit of one evidence file in bytes.
const MaxUpload = 20 << 20

// Content is something that can be sniffed and read again.
type Content interface {
	io.ReaderAt
	io.ReadSeeker
}

// Upload keeps an evidence file: an image, a PDF or an office document, known by its content and not by its name.
// Needs duty.do. Errors: file.too_large, file.empty, file.type_refused.
func (s *Service) Upload(ctx context.Context, c Content, size int64, name string) (files.File, error) {
	if _, err := authz.Require(ctx, authz.DutyDo); err != nil {
		return files.File{}, err
	}
	if size > MaxUpload {
		return files.File{}, errs.New(errs.TooLarge, "file.too_large", "limit_mb", MaxUpload>>20)
	}
	mediaType, err := sniff(c, size, name)
	if err != nil {
		return files.File{}, err
	}
	if _, err := c.Seek(0, io.SeekStart); err != nil {
		return files.File{}, errs.Wrap(err, errs.Invalid, "file.interrupted")
	}
	return s.files.Put(ctx, c, name, mediaType, MaxUpload)
}

// FileReader says whether somebody may open an upload because of what another feature keeps it for.
type FileReader func(ctx context.Context, actor authz.Actor, fileID int64) (bool, error)

// AllowFiles registers a further reason for opening uploads; features do it at composition.
func (s *Service) AllowFiles(may FileReader) { s.readers = append(s.readers, may) }

// OpenFile gives a file to whoever uploaded it, to those whose scope covers a duty, or the customer of a duty, it is the
// evidence of, and to those another feature lets (AllowFiles). Nobody else learns that it exists. The caller closes the content.
func (s *Service) OpenFile(ctx context.Context, fileID int64) (files.File, *os.File, error) {
	actor, err := authz.Require(ctx, authz.Self)
	if err != nil {
		return files.File{}, nil, err
	}
	f, err := s.files.Get(ctx, fileID)
	if err != nil {
		return files.File{}, nil, err
	}
	allowed := actor.UserID != 0 && f.CreatedBy == actor.UserID
	if !allowed && actor.Grants[authz.DutyRead] != authz.ReachNone {
		owners, err := fileOwners(ctx, s.db.Read(), fileID)
		if err != nil {
			return files.File{}, nil, err
		}
		scope := actor.Scope(authz.DutyRead)
		for _, o := range owners {
			allowed = allowed || scope.Covers(o[0], o[1])
		}
	}
	for _, may := range s.readers {
		if allowed {
			break
		}
		if allowed, err = may(ctx, actor, fileID); err != nil {
			return files.File{}, nil, err
		}
	}
	if !allowed {
		return files.File{}, nil, db.ErrNoRows
	}
	return s.files.Open(ctx, fileID)
}

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

// sniff tells the media type from the content; what is not evidence is refused.
func sniff(c io.ReaderAt, size int64, name string) (string, error) {
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
