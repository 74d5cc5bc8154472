package duty

import (
	"context"
	"io"

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
	mediaType, err := files.Sniff(c, size, name)
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
func (s *Service) OpenFile(ctx context.Context, fileID int64) (files.File, *files.Content, error) {
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
		places, err := filePlaces(ctx, s.db.Read(), fileID)
		if err != nil {
			return files.File{}, nil, err
		}
		scope := actor.Scope(authz.DutyRead)
		for _, p := range places {
			allowed = allowed || scope.Covers(p)
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
