package rulebook

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"kezhi/internal/authz"
	"kezhi/internal/errs"
	"kezhi/internal/rule"
)

// SyncFolder registers every rulebook below a folder as a version of the company's own: each sub-folder with a
// rulebook.yaml. What is known already changes nothing; dir "" does nothing. All folders are tried; the errors name theirs.
// Needs rulebook.write. Errors: rulebook.no_folder, and those of Upload wrapped as rulebook.own_folder.
func (s *Service) SyncFolder(ctx context.Context, dir string) error {
	if dir == "" {
		return nil
	}
	if _, err := authz.Require(ctx, authz.RulebookWrite); err != nil {
		return err
	}
	folders, err := Folders(dir)
	if err != nil {
		return err
	}
	var all []error
	for _, folder := range folders {
		files, err := ReadFolder(folder)
		if err == nil {
			text := make(map[string]string, len(files))
			for name, b := range files {
				text[name] = string(b)
			}
			_, err = s.Upload(ctx, text)
		}
		if err != nil {
			all = append(all, errs.Wrap(err, errs.KindOf(err), errs.CodeOf(err), args(err, "folder", folder)...))
		}
	}
	return errors.Join(all...)
}

// args gives the arguments of an error with one more.
func args(err error, name string, value any) []any {
	out := []any{name, value}
	if e, ok := errs.As(err); ok {
		for k, v := range e.Args {
			out = append(out, k, v)
		}
	}
	return out
}

// Folders lists the folders of rulebooks below a folder, by name. Error: rulebook.no_folder.
func Folders(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, errs.Wrap(err, errs.NotFound, "rulebook.no_folder", "path", dir)
	}
	var out []string
	for _, e := range entries {
		folder := filepath.Join(dir, e.Name())
		if _, err := os.Stat(filepath.Join(folder, rule.FileRulebook)); err == nil {
			out = append(out, folder)
		}
	}
	return out, nil
}

// ReadFolder reads the files of a rulebook; one that is not there is left to the check. Errors: rulebook.no_files,
// rulebook.file_too_large, file.not_found.
func ReadFolder(folder string) (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, name := range []string{rule.FileRulebook, rule.FileClauses, rule.FileCases} {
		path := filepath.Join(folder, name)
		st, err := os.Stat(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil && st.Size() > maxFile {
			return nil, errs.New(errs.TooLarge, "rulebook.file_too_large", "file", name, "limit_mb", maxFile>>20)
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return nil, errs.Wrap(err, errs.Invalid, "file.not_found", "path", path)
		}
		files[name] = b
	}
	if len(files) == 0 {
		return nil, errs.New(errs.NotFound, "rulebook.no_files", "path", folder)
	}
	return files, nil
}
