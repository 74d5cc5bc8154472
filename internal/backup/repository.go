package backup

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"filippo.io/age"

	"kezhi/internal/errs"
)

// Repository is a place with archives that share their uploads.
type Repository struct {
	place Place
	conf  Config
}

// Index says what an archive holds without opening it. It is not encrypted: it has counts and digests, no content.
type Index struct {
	Name     string   `json:"name"`
	Size     int64    `json:"size"`      // of the archive, in bytes, without uploads
	Digest   string   `json:"sha256"`    // of the archive as it lies there
	Sealed   bool     `json:"sealed"`    // encrypted
	New      int      `json:"new_files"` // uploads that were not there yet
	Manifest Manifest `json:"manifest"`
}

// graceOfPlace is how long what no index names is left alone: a backup under way puts its uploads and its archive there first.
const graceOfPlace = 24 * time.Hour

// OpenRepository opens the place the configuration names. Errors: backup.place, backup.no_bucket.
func OpenRepository(ctx context.Context, c Config) (*Repository, error) {
	p, err := OpenPlace(ctx, c.To, c.S3)
	return &Repository{place: p, conf: c.WithDefaults()}, err
}

func (r *Repository) String() string { return r.place.String() }

func (r *Repository) seal(ctx context.Context) (Seal, error) {
	if r.conf.PassphraseFile == "" {
		return ParseRecipients(r.conf.Recipients)
	}
	k, err := placeKey(ctx, r.place, r.conf.PassphraseFile, true)
	if err != nil {
		return nil, err
	}
	return Seal{k.Recipient()}, nil
}

// Run makes a backup. What is there already of the uploads is not sent again.
func (r *Repository) Run(ctx context.Context, src Source, now time.Time) (Index, error) {
	seal, err := r.seal(ctx)
	if err != nil {
		return Index{}, err
	}
	work, err := os.MkdirTemp(src.Dir, ".backup-")
	if err != nil {
		return Index{}, errs.Wrap(err, errs.Unavailable, "backup.folder", "path", src.Dir)
	}
	defer func() { _ = os.RemoveAll(work) }()
	s, err := take(ctx, src, work, now)
	if err != nil {
		return Index{}, err
	}
	x := Index{Name: "kezhi-" + now.UTC().Format("20060102T150405.000Z") + ".tar.gz" + ending(seal), Sealed: len(seal) > 0}
	if x.New, err = r.putUploads(ctx, &s, seal); err != nil {
		return x, err
	}
	path := filepath.Join(work, "archive")
	if err := s.archive(ctx, path, seal, false); err != nil {
		return x, diskFull(fmt.Errorf("writing the archive: %w", err))
	}
	x.Manifest = s.Manifest
	if x.Digest, err = digestOf(path); err != nil {
		return x, err
	}
	if x.Size, err = r.putFile(ctx, x.Name, path, nil); err != nil {
		return x, err
	}
	text, err := json.Marshal(x)
	if err != nil {
		return x, err
	}
	return x, r.place.Put(ctx, x.Name+".json", bytes.NewReader(text))
}

func ending(s Seal) string {
	if len(s) > 0 {
		return ".age"
	}
	return ""
}

func (r *Repository) putFile(ctx context.Context, name, path string, seal Seal) (int64, error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer func() { _ = f.Close() }()
	st, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return st.Size(), r.place.Put(ctx, name, seal.reader(f))
}

// uploadName is where an upload lies in a place.
func uploadName(digest string) string { return "files/" + digest[:2] + "/" + digest }

func (r *Repository) putUploads(ctx context.Context, s *snapshot, seal Seal) (int, error) {
	there, err := r.place.List(ctx, "files/")
	if err != nil {
		return 0, err
	}
	have := make(map[string]bool, len(there))
	for _, o := range there {
		have[o.Name] = true
	}
	n := 0
	for _, path := range s.uploads {
		digest := filepath.Base(path)
		s.Uploads = append(s.Uploads, digest)
		name := uploadName(digest) + ending(seal)
		if have[name] {
			continue
		}
		if _, err := r.putFile(ctx, name, path, seal); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// List gives the complete archives, newest first.
func (r *Repository) List(ctx context.Context) ([]Index, error) {
	all, err := r.place.List(ctx, "kezhi-")
	if err != nil {
		return nil, err
	}
	var out []Index
	for _, o := range all {
		if !strings.HasSuffix(o.Name, ".json") {
			continue
		}
		var x Index
		if err := r.read(ctx, o.Name, &x); err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	slices.SortFunc(out, func(a, b Index) int { return b.Manifest.MadeAt.Compare(a.Manifest.MadeAt) })
	return out, nil
}

func (r *Repository) read(ctx context.Context, name string, v any) error {
	in, err := r.place.Get(ctx, name)
	if err != nil {
		return err
	}
	err = json.NewDecoder(in).Decode(v)
	if err = errors.Join(err, in.Close()); err != nil {
		return errs.Wrap(err, errs.Invalid, "backup.not_an_archive", "path", name)
	}
	return nil
}

// Prune takes away archives older than the days they are kept, but never the newest ones that are kept in any case, and then the
// uploads that none of the rest names. It gives how many archives went.
func (r *Repository) Prune(ctx context.Context, now time.Time) (int, error) {
	all, err := r.List(ctx)
	if err != nil {
		return 0, err
	}
	var gone []Index
	keep := map[string]bool{placeIdentity: true}
	for i, x := range all {
		if i >= r.conf.KeepLeast && x.Manifest.MadeAt.Before(now.AddDate(0, 0, -r.conf.KeepDays)) {
			gone = append(gone, x)
			continue
		}
		keep[x.Name], keep[x.Name+".json"] = true, true
		for _, digest := range x.Manifest.Uploads {
			keep[uploadName(digest)] = true
		}
	}
	// Without its index an archive does not count any more, so that goes first.
	for _, x := range gone {
		if err := errors.Join(r.place.Delete(ctx, x.Name+".json"), r.place.Delete(ctx, x.Name)); err != nil {
			return 0, err
		}
	}
	for _, prefix := range []string{"files/", "kezhi-"} {
		if err := r.sweep(ctx, prefix, keep, now); err != nil {
			return len(gone), err
		}
	}
	return len(gone), nil
}

// sweep takes away what no kept archive names and what no backup under way can have put there.
func (r *Repository) sweep(ctx context.Context, prefix string, keep map[string]bool, now time.Time) error {
	there, err := r.place.List(ctx, prefix)
	if err != nil {
		return err
	}
	for _, o := range there {
		if keep[o.Name] || keep[strings.TrimSuffix(o.Name, ".age")] || now.Sub(o.At) < graceOfPlace {
			continue
		}
		if err := r.place.Delete(ctx, o.Name); err != nil {
			return err
		}
	}
	return nil
}

// Choose gives the newest archive that is not younger than a moment (zero = the newest of all). Error: backup.none.
func (r *Repository) Choose(ctx context.Context, upto time.Time) (Index, error) {
	all, err := r.List(ctx)
	if err != nil {
		return Index{}, err
	}
	for _, x := range all {
		if upto.IsZero() || !x.Manifest.MadeAt.After(upto) {
			return x, nil
		}
	}
	return Index{}, errs.New(errs.NotFound, "backup.none", "place", r.String())
}

// Restore is like the function of that name, from an archive of the repository with its uploads.
func (r *Repository) Restore(ctx context.Context, x Index, dataDir string, keys Keys) (Restored, error) {
	if x.Sealed && r.conf.PassphraseFile != "" {
		k, err := placeKey(ctx, r.place, r.conf.PassphraseFile, false)
		if err != nil {
			return Restored{}, err
		}
		keys = append(keys, age.Identity(k))
	}
	in, err := r.place.Get(ctx, x.Name)
	if err != nil {
		return Restored{}, errs.Wrap(err, errs.NotFound, "file.not_found", "path", x.Name)
	}
	defer func() { _ = in.Close() }()
	return restore(ctx, in, x.Name, dataDir, keys, func(ctx context.Context, digest, path string) error {
		return r.fetch(ctx, digest, path, x.Sealed, keys)
	})
}

func (r *Repository) fetch(ctx context.Context, digest, path string, sealed bool, keys Keys) error {
	name := uploadName(digest)
	if sealed {
		name += ".age"
	}
	in, err := r.place.Get(ctx, name)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	content, err := keys.unseal(in, name)
	if err != nil {
		return err
	}
	return unpackFile(content, path)
}
