package backup_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/backup"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/files"
)

var (
	ctx = authz.With(context.Background(), authz.System("test"))
	now = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
)

// house is an installation with some rows, audit entries and uploads.
type house struct {
	db    *db.DB
	dir   string
	files *files.Store
}

func newHouse(t *testing.T) *house {
	t.Helper()
	dir := t.TempDir()
	d, err := db.Open(ctx, filepath.Join(dir, "kezhi.db"), db.Options{Readers: 3, Relaxed: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	if _, err := d.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	h := &house{db: d, dir: dir}
	if h.files, err = files.New(d, filepath.Join(dir, "files"), clock.Fixed(now)); err != nil {
		t.Fatal(err)
	}
	for i := range 5 {
		if err := h.note(i); err != nil {
			t.Fatal(err)
		}
		if _, err := h.files.Put(ctx, strings.NewReader(fmt.Sprintf("附件 %d", i)), "附件.txt", "text/plain", 1<<20); err != nil {
			t.Fatal(err)
		}
	}
	return h
}

// note writes a row and its audit entry in one transaction: whoever has one must have the other.
func (h *house) note(i int) error {
	return h.db.InTx(ctx, func(q db.Q) error {
		if _, err := q.Exec(ctx, "INSERT INTO setting (name, value, updated_at) VALUES (?,?,?)", fmt.Sprintf("n%06d", i), "x", i); err != nil {
			return err
		}
		return audit.Write(ctx, q, now, audit.Entry{Action: "setting.set", Entity: "setting", EntityID: fmt.Sprint(i)})
	})
}

func (h *house) source(version string) backup.Source {
	return backup.Source{DB: h.db, Dir: h.dir, Audit: audit.NewKeeper(h.db, filepath.Join(h.dir, "audit"), "", clock.Fixed(now), time.UTC), Version: version}
}

func (h *house) backup(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.tar.gz")
	if _, err := backup.Write(ctx, h.source("1.2.3"), path, nil, now); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestRoundTripWhileWritesGoOn(t *testing.T) {
	h := newHouse(t)
	stop, stopped := make(chan struct{}), make(chan error, 1)
	go func() {
		for i := 5; ; i++ {
			select {
			case <-stop:
				stopped <- nil
				return
			default:
				if err := h.note(i); err != nil {
					stopped <- err
					return
				}
			}
		}
	}()
	path := filepath.Join(t.TempDir(), "a.tar.gz")
	m, err := backup.Write(ctx, h.source("1.2.3"), path, nil, now)
	close(stop)
	if err := errors.Join(err, <-stopped); err != nil {
		t.Fatal(err)
	}
	if m.Version != "1.2.3" || !m.MadeAt.Equal(now) || m.Files != 5 || m.Rows["file"] != 5 || m.AuditSeq < 5 {
		t.Fatalf("%+v", m)
	}
	target := filepath.Join(t.TempDir(), "new", "data")
	got, err := backup.Restore(ctx, path, target, nil)
	if err != nil || !maps.Equal(got.Manifest.Rows, m.Rows) {
		t.Fatalf("%+v, %v", got, err)
	}
	d, err := db.Open(ctx, filepath.Join(target, "kezhi.db"), db.Options{Readers: 1, MustExist: true})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	var settings int64
	if err := db.Get(ctx, d.Read(), "SELECT COUNT(*) FROM setting", nil, &settings); err != nil {
		t.Fatal(err)
	}
	if chain, err := audit.Verify(ctx, d.Read()); err != nil || chain.Entries != settings || chain.Entries != m.AuditSeq {
		t.Fatalf("%d rows, %d entries, %v", settings, chain.Entries, err)
	}
	if err := d.CheckVersion(ctx); err != nil {
		t.Fatal(err)
	}
	s, err := files.New(d, filepath.Join(target, "files"), clock.Fixed(now))
	if err != nil {
		t.Fatal(err)
	}
	ids, err := db.List(ctx, d.Read(), "SELECT id FROM file", nil, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
	if err != nil || len(ids) != 5 {
		t.Fatal(ids, err)
	}
	for _, n := range ids {
		_, r, err := s.Open(ctx, n)
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err := errors.Join(err, r.Close()); err != nil || !strings.HasPrefix(string(b), "附件 ") {
			t.Fatalf("%q, %v", b, err)
		}
	}
	if left := names(t, target); left != "audit files kezhi.db" && left != "audit files kezhi.db kezhi.db-shm kezhi.db-wal" {
		t.Fatalf("left behind: %s", left)
	}
}

func names(t *testing.T, dir string) string {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	var out []string
	for _, e := range list {
		out = append(out, e.Name())
	}
	return strings.Join(out, " ")
}

type tarEntry struct {
	name string
	body []byte
	kind byte
}

func unpack(t *testing.T, path string) (out []tarEntry) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, tarEntry{h.Name, body, tar.TypeReg})
	}
}

func pack(t *testing.T, entries ...tarEntry) []byte {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	w := tar.NewWriter(z)
	for _, e := range entries {
		h := &tar.Header{Name: e.name, Typeflag: e.kind, Mode: 0o600, Size: int64(len(e.body))}
		if e.kind == tar.TypeSymlink {
			h.Linkname, h.Size = string(e.body), 0
		}
		if err := w.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if h.Size > 0 {
			if _, err := w.Write(e.body); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := errors.Join(w.Close(), z.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Whatever is wrong with an archive, the folder is afterwards what it was before: absent.
func TestBadArchivesAreRefusedAndLeaveNothing(t *testing.T) {
	good := newHouse(t).backup(t)
	whole, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	entries := unpack(t, good)
	with := func(change func(e tarEntry) (tarEntry, bool)) []byte {
		var out []tarEntry
		for _, e := range entries {
			if e, keep := change(e); keep {
				out = append(out, e)
			}
		}
		return pack(t, out...)
	}
	replaced := func(name, from, to string) []byte {
		return with(func(e tarEntry) (tarEntry, bool) {
			if e.name == name {
				e.body = bytes.Replace(e.body, []byte(from), []byte(to), 1)
			}
			return e, true
		})
	}
	without := func(prefix string) []byte {
		dropped := false
		return with(func(e tarEntry) (tarEntry, bool) {
			drop := strings.HasPrefix(e.name, prefix) && !dropped
			dropped = dropped || drop
			return e, !drop
		})
	}
	and := func(more ...tarEntry) []byte { return pack(t, append(entries[:len(entries):len(entries)], more...)...) }
	flipped := bytes.Clone(whole)
	flipped[len(flipped)/2] ^= 0x40
	badSum := bytes.Clone(whole)
	badSum[len(badSum)-6] ^= 0x40
	const unreadable, damaged = "backup.not_an_archive", "backup.damaged"
	for name, c := range map[string]struct {
		archive []byte
		code    string
	}{
		"empty":                  {nil, unreadable},
		"text":                   {[]byte("this is not a backup"), unreadable},
		"cut in the middle":      {whole[:len(whole)/2], unreadable},
		"last bytes missing":     {whole[:len(whole)-4], unreadable},
		"one bit changed":        {flipped, unreadable},
		"checksum changed":       {badSum, unreadable},
		"empty tar":              {pack(t), unreadable},
		"no manifest":            {without("manifest.json"), unreadable},
		"no database":            {without("kezhi.db"), unreadable},
		"an upload missing":      {without("files/"), damaged},
		"another format":         {replaced("manifest.json", `"format": 2`, `"format": 3`), unreadable},
		"manifest not JSON":      {replaced("manifest.json", "{", "?"), unreadable},
		"counts differ":          {replaced("manifest.json", `"app_user": 0`, `"app_user": 7`), damaged},
		"audit hash differs":     {replaced("manifest.json", `"audit_hash": "`, `"audit_hash": "0`), damaged},
		"database differs":       {replaced("kezhi.db", "setting.set", "setting.put"), damaged},
		"climbs out":             {and(tarEntry{"../evil", []byte("x"), tar.TypeReg}), unreadable},
		"climbs out of files":    {and(tarEntry{"files/../../evil", []byte("x"), tar.TypeReg}), unreadable},
		"climbs beside":          {and(tarEntry{"files/../evil", []byte("x"), tar.TypeReg}), unreadable},
		"absolute":               {and(tarEntry{"/tmp/evil", []byte("x"), tar.TypeReg}), unreadable},
		"a link":                 {and(tarEntry{"files/link", []byte("/etc/passwd"), tar.TypeSymlink}), unreadable},
		"a second database":      {and(tarEntry{"kezhi.db", []byte("x"), tar.TypeReg}), unreadable},
		"something else with it": {and(tarEntry{"readme.txt", []byte("x"), tar.TypeReg}), unreadable},
	} {
		t.Run(name, func(t *testing.T) {
			parent := t.TempDir()
			path, target := filepath.Join(parent, "a.tar.gz"), filepath.Join(parent, "data")
			if err := os.WriteFile(path, c.archive, 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := backup.Restore(ctx, path, target, nil)
			if e, ok := errs.As(err); !ok || e.Code != c.code || e.Kind != errs.Invalid || e.Args["path"] != path {
				t.Errorf("%v, want %s", err, c.code)
			}
			if left := names(t, parent); left != "a.tar.gz" {
				t.Errorf("left behind: %s", left)
			}
		})
	}
}

func TestRestoreNeverOverwrites(t *testing.T) {
	h := newHouse(t)
	path := h.backup(t)
	before := names(t, h.dir)
	if _, err := backup.Restore(ctx, path, h.dir, nil); errs.CodeOf(err) != "backup.not_empty" {
		t.Errorf("over a database: %v", err)
	}
	if after := names(t, h.dir); after != before {
		t.Errorf("%s became %s", before, after)
	}
	uploads := t.TempDir()
	if err := os.MkdirAll(filepath.Join(uploads, "files", "ab"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Restore(ctx, path, uploads, nil); errs.CodeOf(err) != "backup.not_empty" {
		t.Errorf("over uploads: %v", err)
	}
	if left := names(t, uploads); left != "files" {
		t.Errorf("left behind: %s", left)
	}
	if _, err := backup.Restore(ctx, filepath.Join(uploads, "absent"), t.TempDir(), nil); errs.CodeOf(err) != "file.not_found" {
		t.Errorf("no such archive: %v", err)
	}
}

func TestWriteRefuses(t *testing.T) {
	h := newHouse(t)
	path := h.backup(t)
	if _, err := backup.Write(ctx, h.source("1"), path, nil, now); errs.CodeOf(err) != "backup.exists" {
		t.Errorf("over an archive: %v", err)
	}
	if _, err := backup.Write(ctx, h.source("1"), filepath.Join(t.TempDir(), "no", "such", "a.tar.gz"), nil, now); errs.CodeOf(err) != "backup.folder" {
		t.Errorf("no folder: %v", err)
	}
	canceled, cancel := context.WithCancel(ctx)
	cancel()
	dir := t.TempDir()
	if _, err := backup.Write(canceled, h.source("1"), filepath.Join(dir, "a"), nil, now); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
	if left := names(t, dir); left != "" {
		t.Errorf("left behind: %s", left)
	}
}

// A stray file in the folder of uploads does not get into the archive, where it would only be refused.
func TestOnlyUploadsArePacked(t *testing.T) {
	h := newHouse(t)
	for _, name := range []string{"notes.txt", filepath.Join("new", strings.Repeat("a", 64))} {
		if err := os.WriteFile(filepath.Join(h.dir, "files", name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := backup.Restore(ctx, h.backup(t), filepath.Join(t.TempDir(), "data"), nil); err != nil {
		t.Fatal(err)
	}
}

func TestPostgresUsesItsOwnTools(t *testing.T) {
	dir := t.TempDir()
	if _, err := backup.Write(ctx, (&house{db: dbtest.Postgres(t), dir: dir}).source("1"), filepath.Join(dir, "a"), nil, now); errs.CodeOf(err) != "db.backup_with_pg_dump" {
		t.Errorf("%v", err)
	}
	if left := names(t, dir); left != "" {
		t.Errorf("left behind: %s", left)
	}
}
