package seal_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/job"
	"kezhi/internal/outbound"
	"kezhi/internal/seal"
)

var ctx = authz.With(context.Background(), authz.System("test"))

// ticking is a clock that never stands still for long, so that no process keeps a key it should have looked at again.
func ticking() func() time.Time {
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	return func() time.Time { at = at.Add(10 * time.Second); return at }
}

func open(t testing.TB, d *db.DB, dir string, c seal.Config) *seal.Keys {
	t.Helper()
	k, err := seal.Open(ctx, d, c, dir, ticking(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func fails(t testing.TB, code string, err error) {
	t.Helper()
	if errs.CodeOf(err) != code {
		t.Errorf("%v, want %s", err, code)
	}
}

func shut(t testing.TB, k *seal.Keys, text string) string {
	t.Helper()
	out, err := k.Text(ctx, nil, text, "customer", "identity", 7)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func opens(t testing.TB, k *seal.Keys, sealed, want string) {
	t.Helper()
	if got, err := k.OpenText(ctx, nil, sealed, "customer", "identity", 7); err != nil || got != want {
		t.Errorf("%q, %v", got, err)
	}
}

func TestAFieldOpensOnlyWhereItLies(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := open(t, d, t.TempDir(), seal.Config{})
		const secret = "310101199003071234"
		sealed, again := shut(t, k, secret), shut(t, k, secret)
		if sealed == again || strings.Contains(sealed, secret) || strings.Contains(sealed, base64.RawStdEncoding.EncodeToString([]byte(secret))) {
			t.Fatalf("%s, %s", sealed, again)
		}
		opens(t, k, sealed, secret)
		opens(t, k, "never sealed", "never sealed")
		if shut(t, k, "") != "" {
			t.Error("nothing became something")
		}
		for name, place := range map[string]struct {
			table, column string
			row           int64
		}{"table": {"contact", "identity", 7}, "column": {"customer", "name", 7}, "row": {"customer", "identity", 8}} {
			if got, err := k.OpenText(ctx, nil, sealed, place.table, place.column, place.row); errs.CodeOf(err) != "seal.altered" {
				t.Errorf("another %s: %q, %v", name, got, err)
			}
		}
		other := open(t, dbtest.SQLite(t), t.TempDir(), seal.Config{})
		if _, err := other.OpenText(ctx, nil, sealed, "customer", "identity", 7); errs.CodeOf(err) != "seal.unknown_key" {
			t.Errorf("another installation: %v", err)
		}
		if first, again := k.Mark("identity", secret), k.Mark("identity", secret); first != again || first == k.Mark("account", secret) || first == other.Mark("identity", secret) {
			t.Error("marks: equal for equal values of one use in one installation only")
		}
	})
}

// Every single bit of a sealed field counts.
func TestAnAlteredFieldDoesNotOpen(t *testing.T) {
	k := open(t, dbtest.SQLite(t), t.TempDir(), seal.Config{})
	sealed := shut(t, k, "6222020200112233445")
	head := sealed[:strings.LastIndex(sealed, ":")+1]
	body, err := base64.RawStdEncoding.DecodeString(sealed[len(head):])
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(r *rapid.T) {
		bad := bytes.Clone(body)
		bad[rapid.IntRange(0, len(bad)-1).Draw(r, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(r, "bit")
		if got, err := k.OpenText(ctx, nil, head+base64.RawStdEncoding.EncodeToString(bad), "customer", "identity", 7); errs.CodeOf(err) != "seal.altered" {
			r.Fatalf("%q, %v", got, err)
		}
	})
}

func TestContents(t *testing.T) {
	k := open(t, dbtest.SQLite(t), t.TempDir(), seal.Config{})
	active, err := k.Active(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []int{1, 100, 64 << 10, 64<<10 + 1, 300_000} {
		plain := bytes.Repeat([]byte("照片x"), size/7+1)[:size]
		var kept bytes.Buffer
		w, err := k.Sealer(ctx, &kept, active, 42)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(plain); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if size > 50 && bytes.Contains(kept.Bytes(), plain[:40]) {
			t.Fatal("it lies there as it came")
		}
		r, n, err := k.Content(ctx, bytes.NewReader(kept.Bytes()), int64(kept.Len()), active, 42)
		if err != nil || n != int64(size) {
			t.Fatalf("%d of %d, %v", n, size, err)
		}
		if got, err := io.ReadAll(io.NewSectionReader(r, 0, n)); err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("%d bytes: %v", size, err)
		}
		tail := make([]byte, 1)
		if _, err := r.ReadAt(tail, n-1); err != nil && !errors.Is(err, io.EOF) || tail[0] != plain[size-1] {
			t.Fatalf("the last byte: %v", err)
		}
		if _, _, err := k.Content(ctx, bytes.NewReader(kept.Bytes()), int64(kept.Len()), active, 43); errs.CodeOf(err) != "seal.altered" {
			t.Errorf("as that of another upload: %v", err)
		}
		bad := bytes.Clone(kept.Bytes())
		bad[len(bad)-1] ^= 1
		if r, n, err := k.Content(ctx, bytes.NewReader(bad), int64(len(bad)), active, 42); err == nil {
			if _, err = io.ReadAll(io.NewSectionReader(r, 0, n)); err == nil {
				t.Error("an altered content opened")
			}
		}
	}
}

func TestWithoutTheMasterKeyNothingStarts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir := t.TempDir()
		sealed := shut(t, open(t, d, dir, seal.Config{}), "秘密")
		path := filepath.Join(dir, "keys", "master")
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Fatalf("%v, %v", info, err)
		}
		opens(t, open(t, d, dir, seal.Config{}), sealed, "秘密")

		try := func(c seal.Config, dir string) error {
			_, err := seal.Open(ctx, d, c, dir, ticking(), slog.New(slog.DiscardHandler))
			return err
		}
		elsewhere := t.TempDir()
		err := try(seal.Config{}, elsewhere)
		fails(t, "seal.missing", err)
		if e, _ := errs.As(err); e.Args["place"] != filepath.Join(elsewhere, "keys", "master") {
			t.Errorf("%v", e.Args)
		}
		if _, err := os.Stat(filepath.Join(elsewhere, "keys", "master")); !errors.Is(err, os.ErrNotExist) {
			t.Error("a new key was made although there is one")
		}
		fails(t, "seal.wrong", try(seal.Config{Text: seal.NewMasterText()}, dir))
		fails(t, "seal.bad_key", try(seal.Config{Text: "swordfish"}, dir))
		if err := os.WriteFile(filepath.Join(elsewhere, "short"), []byte("kezhi-master-1-AAAA\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		fails(t, "seal.bad_key", try(seal.Config{File: filepath.Join(elsewhere, "short")}, dir))
		// A key that was changed in the database is no key.
		dbtest.Exec(t, d, "UPDATE data_key SET wrapped = REPLACE(wrapped, SUBSTR(wrapped, 40, 4), 'AAAA')")
		fails(t, "seal.damaged", try(seal.Config{}, dir))
	})
}

func TestTheMasterKeyMoves(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir := t.TempDir()
		k := open(t, d, dir, seal.Config{})
		sealed := shut(t, k, "秘密")
		before, err := k.Status(ctx)
		if err != nil {
			t.Fatal(err)
		}
		name, err := k.ReplaceMaster(ctx)
		if err != nil || name == before.Master {
			t.Fatal(name, err)
		}
		after, err := k.Status(ctx)
		if err != nil || after.Master != name || after.KeyID != before.KeyID {
			t.Fatalf("%+v, %v", after, err)
		}
		opens(t, k, sealed, "秘密")
		opens(t, open(t, d, dir, seal.Config{}), sealed, "秘密")
		if n := dbtest.Count(t, d, "SELECT COUNT(*) FROM data_key WHERE master <> ?", name); n != 0 {
			t.Errorf("%d keys are under another master key", n)
		}
		old := filepath.Join(dir, "keys", "master."+before.Master)
		if _, err := os.Stat(old); err != nil {
			t.Error(err)
		}
		// From the file to the environment, and not without the one before.
		text := seal.NewMasterText()
		_, err = seal.Open(ctx, d, seal.Config{Text: text}, dir, ticking(), slog.New(slog.DiscardHandler))
		fails(t, "seal.wrong", err)
		moved := open(t, d, dir, seal.Config{Text: text, PreviousFile: filepath.Join(dir, "keys", "master")})
		opens(t, moved, sealed, "秘密")
		opens(t, open(t, d, t.TempDir(), seal.Config{Text: text}), sealed, "秘密")
		_, err = moved.ReplaceMaster(ctx)
		fails(t, "seal.not_a_file", err)
		// And on, from one text to the next.
		next := seal.NewMasterText()
		opens(t, open(t, d, t.TempDir(), seal.Config{Text: next, PreviousText: text}), sealed, "秘密")
	})
}

// A change of the master key that was cut short at any of its steps is ended, or undone, by the next start.
func TestAMasterKeyCutShort(t *testing.T) {
	t.Run("before the data keys", func(t *testing.T) {
		d, dir := dbtest.SQLite(t), t.TempDir()
		sealed := shut(t, open(t, d, dir, seal.Config{}), "秘密")
		path := filepath.Join(dir, "keys", "master")
		if _, err := seal.WriteMaster(path+".next", ""); err != nil {
			t.Fatal(err)
		}
		k := open(t, d, dir, seal.Config{})
		opens(t, k, sealed, "秘密")
		if _, err := os.Stat(path + ".next"); err != nil {
			t.Error("the key that was never used is gone or in use")
		}
		if _, err := k.ReplaceMaster(ctx); err != nil {
			t.Fatal(err)
		}
		opens(t, open(t, d, dir, seal.Config{}), sealed, "秘密")
	})
	t.Run("before the file", func(t *testing.T) {
		d, dir := dbtest.SQLite(t), t.TempDir()
		k := open(t, d, dir, seal.Config{})
		sealed := shut(t, k, "秘密")
		path := filepath.Join(dir, "keys", "master")
		former, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := k.ReplaceMaster(ctx); err != nil {
			t.Fatal(err)
		}
		// As it was when the data keys had moved and the file had not.
		if err := errors.Join(os.Rename(path, path+".next"), os.WriteFile(path, former, 0o600)); err != nil {
			t.Fatal(err)
		}
		opens(t, open(t, d, dir, seal.Config{}), sealed, "秘密")
		if _, err := os.Stat(path + ".next"); !errors.Is(err, os.ErrNotExist) {
			t.Error("the next key is not in its place")
		}
		opens(t, open(t, d, dir, seal.Config{}), sealed, "秘密")
	})
}

// shelf is a holder of texts.
type shelf struct {
	k     *seal.Keys
	texts map[string]string
}

func (s *shelf) Held(context.Context, int64) (int64, int64, error) {
	var waiting int64
	for _, key := range slices.Sorted(maps.Keys(s.texts)) {
		if !strings.HasPrefix(s.texts[key], s.head()) {
			waiting++
		}
	}
	return int64(len(s.texts)), waiting, nil
}

func (s *shelf) head() string {
	text, err := s.k.Text(ctx, nil, "x", "shelf", "text", 1)
	if err != nil {
		panic(err)
	}
	return text[:strings.LastIndex(text, ":")+1]
}

func (s *shelf) Reseal(_ context.Context, _ int64, after string) (int64, string, error) {
	for _, key := range slices.Sorted(maps.Keys(s.texts)) {
		if key <= after {
			continue
		}
		plain, err := s.k.OpenText(ctx, nil, s.texts[key], "shelf", "text", 1)
		if err != nil {
			return 0, "", err
		}
		s.texts[key], err = s.k.Text(ctx, nil, plain, "shelf", "text", 1)
		return 1, key, err
	}
	return 0, "", nil
}

func TestRotation(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir := t.TempDir()
		k, beside := open(t, d, dir, seal.Config{}), open(t, d, dir, seal.Config{})
		s := &shelf{k, map[string]string{}}
		for _, name := range []string{"a", "b", "c"} {
			var err error
			if s.texts[name], err = k.Text(ctx, nil, "text "+name, "shelf", "text", 1); err != nil {
				t.Fatal(err)
			}
		}
		k.Hold(s)
		queue := job.NewQueue(d, time.Now)
		nobody := authz.With(context.Background(), authz.Actor{UserID: 1, Grants: authz.GrantsOf([]string{authz.RoleCustomerManager})})
		if _, err := k.Rotate(nobody, queue); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("a customer manager: %v", err)
		}
		before := s.texts["a"]
		jobID, err := k.Rotate(ctx, queue)
		if err != nil {
			t.Fatal(err)
		}
		st, err := k.Status(ctx)
		if err != nil || st.Keys != 2 || st.All != 3 || st.Waiting != 3 {
			t.Fatalf("%+v, %v", st, err)
		}
		runner := job.NewRunner(queue, slog.New(slog.DiscardHandler), func(context.Context, int64) string { return "" })
		for kind, h := range k.Jobs() {
			runner.Register(kind, h)
		}
		if j, err := runner.RunJob(ctx, jobID); err != nil || string(j.Result) != `{"left":0,"sealed":3}` {
			t.Fatalf("%s, %v", j.Result, err)
		}
		if st, err = k.Status(ctx); err != nil || st.Waiting != 0 {
			t.Fatalf("%+v, %v", st, err)
		}
		// Another process learns of the key by what it meets, and seals with it before long.
		for _, text := range []string{before, s.texts["a"]} {
			if got, err := beside.OpenText(ctx, nil, text, "shelf", "text", 1); err != nil || got != "text a" {
				t.Errorf("%q, %v", got, err)
			}
		}
		if text, err := beside.Text(ctx, nil, "x", "shelf", "text", 1); err != nil || !strings.HasPrefix(text, s.head()) {
			t.Errorf("the other process seals with the key before: %v", err)
		}
		if n := dbtest.Count(t, d, "SELECT COUNT(*) FROM audit_entry WHERE action = 'seal.rotate'"); n != 1 {
			t.Errorf("%d audit entries", n)
		}
	})
}

// vault is a key server as HashiCorp Vault's transit engine answers.
func vault(t *testing.T, token *string) string {
	seen := map[string][2]string{}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var in struct{ Plaintext, Ciphertext, AssociatedData string }
		var raw map[string]string
		_ = json.NewDecoder(r.Body).Decode(&raw)
		in.Plaintext, in.Ciphertext, in.AssociatedData = raw["plaintext"], raw["ciphertext"], raw["associated_data"]
		data := map[string]string{}
		switch {
		case r.Header.Get("X-Vault-Token") != *token:
			http.Error(w, `{"errors":["permission denied"]}`, http.StatusForbidden)
			return
		case r.URL.Path == "/v1/transit/encrypt/kezhi":
			data["ciphertext"] = "vault:v1:" + string(rune('a'+len(seen)))
			seen[data["ciphertext"]] = [2]string{in.Plaintext, in.AssociatedData}
		case r.URL.Path == "/v1/transit/decrypt/kezhi" && seen[in.Ciphertext][1] == in.AssociatedData:
			data["plaintext"] = seen[in.Ciphertext][0]
		default:
			http.Error(w, `{"errors":["invalid ciphertext"]}`, http.StatusBadRequest)
			return
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"data": data})
	}))
	t.Cleanup(s.Close)
	return s.URL + "/v1/transit"
}

func TestAKeyServer(t *testing.T) {
	d, dir, token := dbtest.SQLite(t), t.TempDir(), "t1"
	file := filepath.Join(dir, "token")
	if err := os.WriteFile(file, []byte("t1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c := seal.Config{Server: seal.Server{URL: vault(t, &token), Key: "kezhi", TokenFile: file, Outbound: outbound.Config{Allow: []string{"127.0.0.1"}}}}
	if err := c.Validate(); err != nil {
		t.Fatal(err)
	}
	sealed := shut(t, open(t, d, dir, c), "秘密")
	opens(t, open(t, d, dir, c), sealed, "秘密")
	token = "t2" // what an agent renewed
	_, err := seal.Open(ctx, d, c, dir, ticking(), slog.New(slog.DiscardHandler))
	fails(t, "seal.server", err)
	if err := os.WriteFile(file, []byte("t2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	opens(t, open(t, d, dir, c), sealed, "秘密")
	if _, err := os.Stat(filepath.Join(dir, "keys")); !errors.Is(err, os.ErrNotExist) {
		t.Error("a key file was made although a key server has the key")
	}
	for _, bad := range []seal.Server{{URL: "http://vault.example.com", Key: "k", Token: "t"}, {URL: "https://vault.example.com", Token: "t"}, {URL: "https://vault.example.com", Key: "k"}} {
		if err := (seal.Config{Server: bad}).Validate(); err == nil {
			t.Errorf("%+v is taken", bad)
		}
	}
}
