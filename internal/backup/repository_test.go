package backup_test

import (
	"bytes"
	"encoding/pem"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"kezhi/internal/audit"
	"kezhi/internal/backup"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/outbound"
)

// secretFile writes a file with a secret in it.
func secretFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(path, []byte(text+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// s3 starts a store that speaks S3 over HTTP.
func s3(t *testing.T) backup.Config {
	t.Helper()
	store := s3mem.New()
	if err := store.CreateBucket("bank"); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewTLSServer(gofakes3.New(store).Server())
	t.Cleanup(server.Close)
	ca := secretFile(t, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})))
	return backup.Config{To: "s3://bank/kezhi/east", S3: backup.S3{
		Endpoint: strings.TrimPrefix(server.URL, "https://"), Region: "us-east-1", AccessKey: "key", SecretFile: secretFile(t, "secret"), CAFile: ca,
		Outbound: outbound.Config{Allow: []string{"127.0.0.1"}},
	}}
}

func repository(t *testing.T, c backup.Config) *backup.Repository {
	t.Helper()
	if err := c.Validate(); err != nil {
		t.Fatal(err)
	}
	r, err := backup.OpenRepository(ctx, c)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (h *house) run(t *testing.T, r *backup.Repository, at time.Time) backup.Index {
	t.Helper()
	x, err := r.Run(ctx, h.source("1.2.3"), at)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// upload puts one more upload into the house.
func (h *house) upload(t *testing.T, content string) {
	t.Helper()
	if _, err := h.files.Put(ctx, strings.NewReader(content), "a.txt", "text/plain", 1<<20); err != nil {
		t.Fatal(err)
	}
}

// In a folder and in an S3 store, open and sealed both ways: uploads are sent once, the newest and an older one come back, proved.
func TestRepositoryRoundTrip(t *testing.T) {
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	places := map[string]func(t *testing.T) backup.Config{
		"folder": func(t *testing.T) backup.Config { return backup.Config{To: filepath.Join(t.TempDir(), "backups")} },
		"s3":     s3,
	}
	seals := map[string]func(c *backup.Config, t *testing.T) string{
		"open": func(*backup.Config, *testing.T) string { return "" },
		"recipients": func(c *backup.Config, t *testing.T) string {
			c.Recipients = []string{identity.Recipient().String()}
			return secretFile(t, identity.String())
		},
		"passphrase": func(c *backup.Config, t *testing.T) string {
			c.PassphraseFile = secretFile(t, "correct horse battery staple")
			return ""
		},
	}
	for place, open := range places {
		for name, seal := range seals {
			t.Run(place+"/"+name, func(t *testing.T) {
				h := newHouse(t)
				conf := open(t)
				key := seal(&conf, t)
				r := repository(t, conf)
				first := h.run(t, r, now)
				h.upload(t, "合同")
				if err := h.note(100); err != nil {
					t.Fatal(err)
				}
				second := h.run(t, r, now.Add(time.Hour))
				if first.New != 5 || second.New != 1 || second.Manifest.Files != 6 || second.Sealed != (name != "open") {
					t.Fatalf("%+v, then %+v", first, second)
				}
				keys, err := backup.ReadKeys(key, "")
				if err != nil {
					t.Fatal(err)
				}
				for moment, want := range map[time.Time]backup.Index{{}: second, now.Add(time.Minute): first} {
					x, err := r.Choose(ctx, moment)
					if err != nil || x.Name != want.Name {
						t.Fatalf("%v: %+v, %v", moment, x, err)
					}
					target := filepath.Join(t.TempDir(), "data")
					got, err := r.Restore(ctx, x, target, keys)
					if err != nil || len(got.Faults) != 0 || got.Manifest.AuditSeq != want.Manifest.AuditSeq {
						t.Fatalf("%+v, %v", got, err)
					}
					provedHouse(t, target)
				}
				if _, err := r.Choose(ctx, now.Add(-time.Hour)); errs.CodeOf(err) != "backup.none" {
					t.Errorf("before the first: %v", err)
				}
			})
		}
	}
}

// provedHouse opens what was restored with its own checkpoints.
func provedHouse(t *testing.T, dir string) {
	t.Helper()
	d, err := db.Open(ctx, filepath.Join(dir, "kezhi.db"), db.Options{Readers: 1, MustExist: true})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	_, last, err := audit.NewKeeper(d, filepath.Join(dir, "audit"), "", clock.Fixed(now), time.UTC).Prove(ctx)
	if err != nil || last == nil {
		t.Fatalf("%v, %v", last, err)
	}
	if _, err := os.Stat(filepath.Join(dir, "audit", "key")); !os.IsNotExist(err) {
		t.Errorf("the signing key travelled: %v", err)
	}
}

// Nothing of a sealed backup can be read without its key, whatever one does.
func TestSealedMeansSealed(t *testing.T) {
	h := newHouse(t)
	h.upload(t, "a secret nobody may read")
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	conf := backup.Config{To: t.TempDir(), Recipients: []string{identity.Recipient().String()}}
	r := repository(t, conf)
	x := h.run(t, r, now)
	for _, path := range kept(t, conf.To) {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(b, []byte("a secret nobody may read")) || bytes.Contains(b, []byte("SQLite format")) {
			t.Errorf("%s can be read", path)
		}
	}
	other, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ key, code string }{
		"no key":        {"", "backup.sealed"},
		"a foreign key": {secretFile(t, other.String()), "backup.wrong_key"},
	} {
		keys, err := backup.ReadKeys(c.key, "")
		if err != nil {
			t.Fatal(err)
		}
		target := filepath.Join(t.TempDir(), "data")
		if _, err := r.Restore(ctx, x, target, keys); errs.CodeOf(err) != c.code {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Stat(target); !os.IsNotExist(err) {
			t.Errorf("%s left something behind", name)
		}
	}
	file := filepath.Join(t.TempDir(), "a.tar.gz.age")
	pass := secretFile(t, "correct horse battery staple")
	seal, err := backup.PassphraseSeal(pass)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Write(ctx, h.source("1"), file, seal, now); err != nil {
		t.Fatal(err)
	}
	keys, err := backup.ReadKeys("", pass)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Restore(ctx, file, filepath.Join(t.TempDir(), "data"), keys); err != nil {
		t.Errorf("one file with a passphrase: %v", err)
	}
}

func kept(t *testing.T, dir string) (out []string) {
	t.Helper()
	for _, depth := range []string{"*", "*/*", "*/*/*"} {
		found, err := filepath.Glob(filepath.Join(dir, depth))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			if st, err := os.Stat(f); err == nil && st.Mode().IsRegular() {
				out = append(out, f)
			}
		}
	}
	return out
}

// Old archives go and with them what only they named; the newest stay however old; what a backup under way may have put there stays.
func TestPrune(t *testing.T) {
	h := newHouse(t)
	conf := backup.Config{To: t.TempDir(), KeepDays: 10, KeepLeast: 2}
	r := repository(t, conf)
	for day := range 5 {
		h.upload(t, fmt.Sprint("day ", day))
		h.run(t, r, now.AddDate(0, 0, day))
	}
	orphan := filepath.Join(conf.To, "files", "ab", strings.Repeat("ab", 32))
	if err := os.MkdirAll(filepath.Dir(orphan), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(orphan, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	put := time.Now()
	if gone, err := r.Prune(ctx, put); err != nil || gone != 0 {
		t.Fatalf("%d gone at once, %v", gone, err)
	}
	if _, err := os.Stat(orphan); err != nil {
		t.Fatal("what is new was taken away")
	}
	gone, err := r.Prune(ctx, put.AddDate(1, 0, 0))
	if err != nil || gone != 3 {
		t.Fatalf("%d gone, %v", gone, err)
	}
	left, err := r.List(ctx)
	if err != nil || len(left) != 2 {
		t.Fatalf("%d left, %v", len(left), err)
	}
	if _, err := os.Stat(orphan); !os.IsNotExist(err) {
		t.Error("what no archive names is still there")
	}
	for _, x := range left {
		if _, err := r.Restore(ctx, x, filepath.Join(t.TempDir(), "data"), nil); err != nil {
			t.Errorf("%s: %v", x.Name, err)
		}
	}
}

// What was lost or altered in the place is found, and a rehearsal leaves nothing behind.
func TestRehearsalFindsDamage(t *testing.T) {
	h := newHouse(t)
	conf := backup.Config{To: t.TempDir()}
	r := repository(t, conf)
	x := h.run(t, r, now)
	work := t.TempDir()
	rehearse := func() error {
		got, err := backup.Rehearse(work, clock.System, func(dir string) (backup.Restored, error) { return r.Restore(ctx, x, dir, nil) })
		if err == nil && (got.Manifest.Files != 5 || got.Seconds <= 0) {
			t.Errorf("%+v", got)
		}
		if left := kept(t, work); len(left) != 0 {
			t.Errorf("left behind: %v", left)
		}
		return err
	}
	if err := rehearse(); err != nil {
		t.Fatal(err)
	}
	upload := filepath.Join(conf.To, "files", x.Manifest.Uploads[0][:2], x.Manifest.Uploads[0])
	if err := os.Remove(upload); err != nil {
		t.Fatal(err)
	}
	if err := rehearse(); errs.CodeOf(err) != "backup.damaged" {
		t.Errorf("an upload is gone: %v", err)
	}
	archive := filepath.Join(conf.To, x.Name)
	b, err := os.ReadFile(archive)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/2] ^= 1
	if err := os.WriteFile(archive, b, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := rehearse(); err == nil {
		t.Error("an altered archive was restored")
	}
}

func TestConfigIsChecked(t *testing.T) {
	for name, c := range map[string]struct {
		conf backup.Config
		path string
	}{
		"time":       {backup.Config{At: "25:00"}, "backup.at"},
		"recipient":  {backup.Config{Recipients: []string{"age1nonsense"}}, "backup.recipients"},
		"both seals": {backup.Config{Recipients: []string{"age1nonsense"}, PassphraseFile: "x"}, "backup.passphrase_file"},
		"no store":   {backup.Config{To: "s3://bank"}, "backup.s3.endpoint"},
		"days":       {backup.Config{KeepDays: -1}, "backup.keep_days"},
	} {
		e, ok := errs.As(c.conf.Validate())
		if !ok || e.Fields[0].Path != c.path {
			t.Errorf("%s: %v", name, c.conf.Validate())
		}
	}
	c := backup.Config{}
	shanghai := time.FixedZone("", 8*3600)
	if got := c.Next(time.Date(2026, 11, 22, 17, 29, 0, 0, time.UTC), shanghai); !got.Equal(time.Date(2026, 11, 22, 17, 30, 0, 0, time.UTC)) {
		t.Errorf("before: %v", got)
	}
	if got := c.Next(time.Date(2026, 11, 22, 17, 30, 0, 0, time.UTC), shanghai); !got.Equal(time.Date(2026, 11, 23, 17, 30, 0, 0, time.UTC)) {
		t.Errorf("at the moment: %v", got)
	}
}
