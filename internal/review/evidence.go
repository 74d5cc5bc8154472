package review

import (
	"context"
	"slices"

	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/files"
)

// AddFile shows a file as evidence for a judged item of a customer; it was uploaded by whoever acts. Errors: not_found,
// review.not_rater, review.state, review.item_unknown, review.files_many.
func (s *Service) AddFile(ctx context.Context, reviewID, customerID int64, item string, fileID int64) error {
	f, err := s.files.Get(ctx, fileID)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(q db.Q) error {
		x, err := s.rated(ctx, q, reviewID, customerID)
		if err != nil {
			return err
		}
		if x.actor.UserID != 0 && f.CreatedBy != x.actor.UserID {
			return hidden()
		}
		if !x.mayMeet() {
			if err := x.mayFill(); err != nil {
				return err
			}
		}
		if x.item(item) == nil {
			return errs.New(errs.Invalid, "review.item_unknown", "item", item)
		}
		held, err := filesOf(ctx, q, reviewID, customerID)
		if err != nil {
			return err
		}
		n := 0
		for _, h := range held {
			if h.Item == item {
				n++
			}
		}
		if n >= maxFiles {
			return errs.New(errs.Invalid, "review.files_many", "max", maxFiles)
		}
		return addFile(ctx, q, &x.line, item, fileID, x.actor.UserID)
	})
}

// DropFile takes evidence away again while the form is open.
func (s *Service) DropFile(ctx context.Context, reviewID, customerID int64, item string, fileID int64) error {
	return s.db.InTx(ctx, func(q db.Q) error {
		x, err := s.rated(ctx, q, reviewID, customerID)
		if err != nil {
			return err
		}
		if !x.mayMeet() {
			if err := x.mayFill(); err != nil {
				return err
			}
		}
		return dropFile(ctx, q, &x.line, item, fileID)
	})
}

// OpenFile opens evidence for whoever sees the customer. The caller closes the content.
func (s *Service) OpenFile(ctx context.Context, reviewID, customerID int64, item string, fileID int64) (files.File, *files.Content, error) {
	q := s.db.Read()
	if _, err := s.rated(ctx, q, reviewID, customerID); err != nil {
		return files.File{}, nil, err
	}
	held, err := filesOf(ctx, q, reviewID, customerID)
	if err != nil {
		return files.File{}, nil, err
	}
	if !slices.ContainsFunc(held, func(f fileRef) bool { return f.Item == item && f.FileID == fileID }) {
		return files.File{}, nil, hidden()
	}
	return s.files.Open(ctx, fileID)
}
