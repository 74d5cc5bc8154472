package backup

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"filippo.io/age"
	"github.com/benbjohnson/litestream"
	"github.com/superfly/ltx"

	"kezhi/internal/db"
	"kezhi/internal/errs"
)

// Follower copies a SQLite database continuously into the place of the backups, beside them: what is committed is there about a second
// later. It is litestream (github.com/benbjohnson/litestream) over our places and seals.
type Follower struct {
	store *litestream.Store
	db    *litestream.DB
	log   *slog.Logger
}

// followLevels are how small pieces are put together to larger ones: fewer of them are to be read at a restore.
var followLevels = litestream.CompactionLevels{{Level: 0}, {Level: 1, Interval: 30 * time.Second}, {Level: 2, Interval: 5 * time.Minute}, {Level: 3, Interval: time.Hour}}

// Follow begins to copy. What the place misses while it does not answer it gets later. Error: backup.place.
func (r *Repository) Follow(ctx context.Context, path string, log *slog.Logger) (*Follower, error) {
	client, err := r.live(ctx, log)
	if err != nil {
		return nil, err
	}
	d := litestream.NewDB(path)
	d.Replica = litestream.NewReplicaWithClient(d, client)
	s := litestream.NewStore([]*litestream.DB{d}, followLevels)
	s.SnapshotInterval, s.SnapshotRetention = 24*time.Hour, time.Duration(r.conf.KeepDays)*24*time.Hour
	s.Logger = log
	d.SetLogger(log)
	if err := s.Open(ctx); err != nil {
		return nil, errs.Wrap(err, errs.Unavailable, "backup.place", "place", r.String(), "problem", err.Error())
	}
	return &Follower{store: s, db: d, log: log}, nil
}

// Wait has everything that is committed copied before it returns.
func (f *Follower) Wait(ctx context.Context) error { return f.db.SyncAndWait(ctx) }

// Close copies what is left and ends, at the latest when the context does.
func (f *Follower) Close(ctx context.Context) error {
	if err := f.store.Close(ctx); err != nil {
		f.log.WarnContext(ctx, "the continuous copy misses the last moments; it goes on with them at the next start", "error", err)
	}
	return nil
}

// liveFolder is where the continuous copy lies in a place.
const liveFolder = "live"

func (r *Repository) live(ctx context.Context, log *slog.Logger) (*liveClient, error) {
	seal, err := ParseRecipients(r.conf.Recipients)
	var keys Keys
	if r.conf.PassphraseFile != "" {
		var k *age.X25519Identity
		if k, err = placeKey(ctx, r.place, r.conf.PassphraseFile, true); err == nil {
			// Small pieces are read again to be put together to larger ones.
			seal, keys = Seal{k.Recipient()}, Keys{k}
		}
	}
	if err != nil {
		return nil, err
	}
	p, err := OpenPlace(ctx, strings.TrimSuffix(r.conf.To, "/")+"/"+liveFolder, r.conf.S3)
	return &liveClient{place: p, seal: seal, keys: keys, log: log, names: map[int]map[piece]string{}}, err
}

// RestoreLive makes the database of a moment (zero = the newest there is) from the continuous copy, and proves it. It gives the moment of
// the newest transaction in it. Errors: backup.none, backup.not_empty, backup.wrong_key.
func (r *Repository) RestoreLive(ctx context.Context, at time.Time, dataDir string, keys Keys) (Manifest, error) {
	target := filepath.Join(dataDir, "kezhi.db")
	if _, err := os.Stat(target); err == nil {
		return Manifest{}, errs.New(errs.Conflict, "backup.not_empty", "path", dataDir)
	}
	client, err := r.live(ctx, slog.New(slog.DiscardHandler))
	if err != nil {
		return Manifest{}, err
	}
	keys = append(keys, client.keys...)
	client.keys = keys
	if err := os.MkdirAll(dataDir, 0o700); err != nil {
		return Manifest{}, errs.Wrap(err, errs.Invalid, "db.folder", "path", dataDir)
	}
	work, err := os.MkdirTemp(dataDir, ".restore-")
	if err != nil {
		return Manifest{}, errs.Wrap(err, errs.Invalid, "db.folder", "path", dataDir)
	}
	defer func() { _ = os.RemoveAll(work) }()
	path := filepath.Join(work, "kezhi.db")
	opt := litestream.NewRestoreOptions()
	opt.OutputPath, opt.Timestamp, opt.IntegrityCheck = path, at, litestream.IntegrityCheckQuick
	d := litestream.NewDB(path)
	d.SetLogger(client.log)
	err = litestream.NewReplicaWithClient(d, client).Restore(ctx, opt)
	switch code := errs.CodeOf(err); {
	case errors.Is(err, litestream.ErrTxNotAvailable), errors.Is(err, fs.ErrNotExist):
		return Manifest{}, errs.Wrap(err, errs.NotFound, "backup.none", "place", r.String())
	case err != nil && code != "" && code != "internal":
		return Manifest{}, err
	case err != nil:
		return Manifest{}, errs.Wrap(err, errs.Invalid, "backup.damaged", "path", r.String())
	}
	m, err := describe(ctx, path)
	if err != nil {
		return m, errs.Wrap(err, errs.Invalid, "backup.damaged", "path", r.String())
	}
	if err := r.fetchAll(ctx, path, work, keys); err != nil {
		return m, err
	}
	m.MadeAt = at
	return m, settle(work, dataDir)
}

// fetchAll brings the uploads that a database names, as far as the place has them. Those of the last hours may be missing: they go there
// with the next backup, and kezhi verify --files names them.
func (r *Repository) fetchAll(ctx context.Context, path, work string, keys Keys) error {
	d, err := db.Open(ctx, path, db.Options{Readers: 1, MustExist: true})
	if err != nil {
		return err
	}
	digests, err := db.List(ctx, d.Read(), "SELECT DISTINCT digest FROM file ORDER BY digest", nil, func(r db.Rows) (string, error) { return string(r.Bytes(0)), nil })
	if err := errors.Join(err, d.Close()); err != nil {
		return err
	}
	there, err := r.place.List(ctx, "files/")
	if err != nil {
		return err
	}
	have := make(map[string]bool, len(there))
	for _, o := range there {
		have[o.Name] = true
	}
	for _, digest := range digests {
		name := uploadName(digest)
		if !digestLike.MatchString(digest) || !have[name] && !have[name+".age"] {
			continue
		}
		if err := fetchUpload(ctx, digest, work, func(ctx context.Context, digest, path string) error {
			return r.fetch(ctx, digest, path, have[name+".age"], keys)
		}); err != nil {
			return errs.Wrap(err, errs.Invalid, "backup.damaged", "path", name)
		}
	}
	return nil
}

// piece is one file of the continuous copy on its level.
type piece struct{ min, max ltx.TXID }

// liveClient keeps the pieces in a place. A name says all that litestream asks about a piece, so that nothing has to be opened for it:
// LEVEL/MIN-MAX.MILLISECONDS.SIZE.ltx, with .age when it is sealed. It alone writes there.
type liveClient struct {
	place Place
	seal  Seal
	keys  Keys
	log   *slog.Logger

	mu    sync.Mutex
	names map[int]map[piece]string // of the levels that were listed
}

// Type is of litestream.ReplicaClient, like all below.
func (c *liveClient) Type() string { return "kezhi" }

// Init has nothing to do: a place is opened when it is first used.
func (c *liveClient) Init(context.Context) error { return nil }

// SetLogger keeps our own.
func (c *liveClient) SetLogger(*slog.Logger) {}

func (c *liveClient) name(level int, p piece, at time.Time, size int64) string {
	return fmt.Sprintf("%d/%s-%s.%d.%d.ltx%s", level, p.min, p.max, at.UnixMilli(), size, ending(c.seal))
}

func parsePiece(level int, name string) (*ltx.FileInfo, bool) {
	parts := strings.Split(name[strings.Index(name, "/")+1:], ".")
	if len(parts) < 4 || parts[3] != "ltx" {
		return nil, false
	}
	first, last, err := ltx.ParseFilename(parts[0] + ".ltx")
	if err != nil {
		return nil, false
	}
	millis, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil {
		return nil, false
	}
	size, err := strconv.ParseInt(parts[2], 10, 64)
	return &ltx.FileInfo{Level: level, MinTXID: first, MaxTXID: last, Size: size, CreatedAt: time.UnixMilli(millis).UTC()}, err == nil
}

// level gives the pieces of a level, which are listed once. The caller holds the lock.
func (c *liveClient) level(ctx context.Context, level int) (map[piece]string, error) {
	if have, ok := c.names[level]; ok {
		return have, nil
	}
	list, err := c.place.List(ctx, strconv.Itoa(level)+"/")
	if err != nil {
		return nil, err
	}
	have := map[piece]string{}
	for _, o := range list {
		if info, ok := parsePiece(level, o.Name); ok {
			have[piece{info.MinTXID, info.MaxTXID}] = o.Name
		}
	}
	c.names[level] = have
	return have, nil
}

// LTXFiles lists the pieces of a level.
func (c *liveClient) LTXFiles(ctx context.Context, level int, seek ltx.TXID, _ bool) (ltx.FileIterator, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	have, err := c.level(ctx, level)
	if err != nil {
		return nil, err
	}
	var out []*ltx.FileInfo
	for _, name := range have {
		if info, ok := parsePiece(level, name); ok && info.MinTXID >= seek {
			out = append(out, info)
		}
	}
	slices.SortFunc(out, func(a, b *ltx.FileInfo) int {
		return cmp.Or(cmp.Compare(a.MinTXID, b.MinTXID), cmp.Compare(a.MaxTXID, b.MaxTXID))
	})
	return ltx.NewFileInfoSliceIterator(out), nil
}

// OpenLTXFile reads a piece. What is sealed is opened from its beginning, whatever the offset.
func (c *liveClient) OpenLTXFile(ctx context.Context, level int, minTXID, maxTXID ltx.TXID, offset, size int64) (io.ReadCloser, error) {
	c.mu.Lock()
	have, err := c.level(ctx, level)
	name := have[piece{minTXID, maxTXID}]
	c.mu.Unlock()
	if err != nil {
		return nil, err
	}
	if name == "" {
		return nil, fs.ErrNotExist
	}
	in, err := c.place.Get(ctx, name)
	if err != nil {
		return nil, err
	}
	plain, err := c.keys.unseal(in, name)
	if err == nil {
		_, err = io.CopyN(io.Discard, plain, offset)
	}
	if err != nil {
		return nil, errors.Join(err, in.Close())
	}
	if size > 0 {
		plain = io.LimitReader(plain, size)
	}
	return struct {
		io.Reader
		io.Closer
	}{plain, in}, nil
}

// WriteLTXFile puts a piece there. It is spooled first: its name holds its length.
func (c *liveClient) WriteLTXFile(ctx context.Context, level int, minTXID, maxTXID ltx.TXID, r io.Reader) (_ *ltx.FileInfo, err error) {
	head, rest, err := ltx.PeekHeader(r)
	if err != nil {
		return nil, fmt.Errorf("reading the head of a piece: %w", err)
	}
	spool, err := os.CreateTemp("", "kezhi-live-")
	if err != nil {
		return nil, diskFull(err)
	}
	defer func() { err = errors.Join(err, spool.Close(), os.Remove(spool.Name())) }()
	size, err := io.Copy(spool, rest)
	if err != nil {
		return nil, diskFull(err)
	}
	if _, err := spool.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	p, at := piece{minTXID, maxTXID}, time.UnixMilli(head.Timestamp).UTC()
	name := c.name(level, p, at, size)
	if err := c.place.Put(ctx, name, c.seal.reader(spool)); err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	have, err := c.level(ctx, level)
	if err != nil {
		return nil, err
	}
	have[p] = name
	return &ltx.FileInfo{Level: level, MinTXID: minTXID, MaxTXID: maxTXID, Size: size, CreatedAt: at}, nil
}

// DeleteLTXFiles takes pieces away.
func (c *liveClient) DeleteLTXFiles(ctx context.Context, list []*ltx.FileInfo) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, info := range list {
		have, err := c.level(ctx, info.Level)
		if err != nil {
			return err
		}
		p := piece{info.MinTXID, info.MaxTXID}
		if name := have[p]; name != "" {
			if err := c.place.Delete(ctx, name); err != nil {
				return err
			}
			delete(have, p)
		}
	}
	return nil
}

// DeleteAll takes everything away.
func (c *liveClient) DeleteAll(ctx context.Context) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	list, err := c.place.List(ctx, "")
	if err != nil {
		return err
	}
	for _, o := range list {
		if err := c.place.Delete(ctx, o.Name); err != nil {
			return err
		}
	}
	c.names = map[int]map[piece]string{}
	return nil
}
