package cli

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kezhi/internal/config"
	"kezhi/internal/seal"
)

// written keeps what a command wrote, also while it writes.
type written struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (w *written) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.buf.Write(p)
}

func (w *written) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.buf.String()
}

var readyAt = regexp.MustCompile(`(http://[0-9.:]+)/setup\?token=([\w-]+)`)

// running is a server of this process with unmistakable secrets, and everything that came out of it.
type running struct {
	t     *testing.T
	url   string
	token string // of the set-up link
	log   *written
	seen  *strings.Builder // bodies and headers of all answers
	http  *http.Client
}

func (r *running) send(method, path, body string, header ...string) *http.Response {
	r.t.Helper()
	req, err := http.NewRequestWithContext(r.t.Context(), method, r.url+path, strings.NewReader(body))
	if err != nil {
		r.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := r.http.Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	h := res.Header.Clone()
	h.Del("Set-Cookie") // the session is meant to be there
	fmt.Fprintf(r.seen, "%s %s %v %s\n", method, path, h, text)
	return res
}

const password = "Passw0rt-UNMISTAKABLE-1"

// secrets by what they are; each turns up nowhere but where it was put.
var secrets = map[string]string{
	"mail password": "mailpass-UNMISTAKABLE-2", "SMS secret": "smssecret-UNMISTAKABLE-3", "WeCom secret": "wecom-UNMISTAKABLE-4", "webhook secret": "webhook-UNMISTAKABLE-5",
	"S3 secret": "s3secret-UNMISTAKABLE-6", "passphrase": "passphrase-UNMISTAKABLE-7", "password": password, "wrong password": "wrong-UNMISTAKABLE-8",
	"bearer token": "kz_bearer-UNMISTAKABLE-9",
}

func startWithSecrets(t *testing.T, data string) (*running, func()) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(data, "passphrase"), []byte(secrets["passphrase"]), 0o600); err != nil {
		t.Fatal(err)
	}
	conf := fmt.Sprintf(`log_level: debug
outbound: {allow: [127.0.0.1]}
backup: {to: "s3://bucket/x", passphrase_file: %q, s3: {endpoint: "127.0.0.1:9", access_key: a, secret_key: %q, plain_http: true}}
channels:
  mail: {host: 127.0.0.1, port: 9, security: none, user: u, password: %q, from: a@example.com}
  sms: {url: "http://127.0.0.1:9/", headers: {Authorization: "Bearer {{secret}}"}, body: "{}", secret: %q}
  wecom: {base_url: "http://127.0.0.1:9", corp_id: c, agent_id: 1, secret: %q}
  webhook: {url: "http://127.0.0.1:9/", secret: %q}
`, filepath.Join(data, "passphrase"), secrets["S3 secret"], secrets["mail password"], secrets["SMS secret"], secrets["WeCom secret"], secrets["webhook secret"])
	if err := os.WriteFile(filepath.Join(data, "kezhi.yaml"), []byte(conf), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	out := &written{}
	done := make(chan int, 1)
	go func() {
		done <- Run(ctx, []string{"serve", "--data", data, "--listen", "127.0.0.1:0", "--lang", "en"}, strings.NewReader(""), out, out)
	}()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	r := &running{t: t, log: out, seen: &strings.Builder{}, http: &http.Client{Jar: jar, Timeout: time.Minute}}
	for end := time.Now().Add(2 * time.Minute); ; {
		if m := readyAt.FindStringSubmatch(out.String()); m != nil {
			r.url, r.token = m[1], m[2]
			break
		}
		select {
		case code := <-done:
			t.Fatalf("the server ended with %d:\n%s", code, out)
		case <-time.After(20 * time.Millisecond):
		}
		if time.Now().After(end) {
			t.Fatalf("the server does not come up:\n%s", out)
		}
	}
	return r, func() { stop(); <-done }
}

// A server with secrets in every place lives through all that goes well and wrong: none of them is in its log, its answers, its
// database or an archive of it.
func TestSecretsStayWhereTheyWerePut(t *testing.T) {
	data := t.TempDir()
	text := seal.NewMasterText()
	t.Setenv("KEZHI_MASTER_KEY", text)
	all := maps.Clone(secrets)
	all["master key"] = text[len("kezhi-master-1-"):]
	if raw, err := base64.RawURLEncoding.DecodeString(all["master key"]); err == nil {
		all["master key as it is"] = string(raw)
	}
	r, stop := startWithSecrets(t, data)
	body := func(v map[string]any) string {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	login := func(word string) string { return body(map[string]any{"login": "chief", "password": word}) }
	if res := r.send("POST", "/api/v1/setup", body(map[string]any{"token": r.token, "login": "chief", "name": "主管", "password": password})); res.StatusCode >= 300 {
		t.Fatalf("%s\n%s", res.Status, r.seen)
	}
	for _, c := range [][2]string{
		{"POST /api/v1/session", login(secrets["wrong password"])},
		{"POST /api/v1/session", login(password)},
		{"POST /api/v1/session", login(password)[:30]},
		{"POST /api/v1/session", body(map[string]any{"login": secrets["wrong password"], "password": 7})},
		{"GET /api/v1/me", ""},
		{"GET /api/v1/keys", ""},
		{"POST /api/v1/keys/rotation", ""},
		{"GET /api/v1/backup", ""},
		{"POST /api/v1/backup", ""},
		{"GET /api/v1/channels", ""},
		{"POST /api/v1/channels/mail/test", body(map[string]any{"to": "a@example.com"})},
		{"POST /api/v1/channels/sms/test", body(map[string]any{"to": "13800138000"})},
		{"POST /api/v1/channels/wecom/test", body(map[string]any{"to": "zhang"})},
		{"POST /api/v1/channels/webhook/test", body(map[string]any{"to": "x"})},
		{"GET /api/v1/jobs", ""},
		{"GET /api/v1/nothing", ""},
		{"GET /metrics", ""},
		{"GET /healthz", ""},
		{"GET /readyz", ""},
		{"GET /", ""},
		{"GET /api/docs", ""},
	} {
		method, path, _ := strings.Cut(c[0], " ")
		r.send(method, path, c[1])
	}
	r.send("GET", "/api/v1/me", "", "Authorization", "Bearer "+secrets["bearer token"])
	// Until the job that cannot reach its store has failed at least once.
	for end := time.Now().Add(time.Minute); !strings.Contains(r.log.String(), "kind=backup.run") && time.Now().Before(end); {
		r.send("GET", "/api/v1/jobs", "")
		select {
		case <-t.Context().Done():
		case <-time.After(50 * time.Millisecond):
		}
	}
	stop()
	if !strings.Contains(r.log.String(), "kind=backup.run") {
		t.Errorf("nothing went wrong, so nothing was tried:\n%s", r.log)
	}
	archive := filepath.Join(t.TempDir(), "archive.tar.gz")
	made := run(t, "", "backup", archive, "--data", data, "--recipient", "age1nonsense")
	if err := os.Remove(filepath.Join(data, "kezhi.yaml")); err != nil {
		t.Fatal(err)
	}
	made2 := run(t, "", "backup", archive, "--data", data)
	if made2.code != exitDone {
		t.Fatalf("%+v", made2)
	}
	status := run(t, "", "keys", "status", "--data", data)
	places := map[string]string{"log": r.log.String(), "answers": r.seen.String(), "command line": made.out + made.errOut + made2.out + made2.errOut + status.out + status.errOut, "archive": unzipped(t, archive)}
	for _, name := range []string{"kezhi.db", "kezhi.db-wal"} {
		if b, err := os.ReadFile(filepath.Join(data, name)); err == nil {
			places[name] = string(b)
		}
	}
	for what, secret := range all {
		for place, text := range places {
			if strings.Contains(text, secret) {
				at := strings.Index(text, secret)
				t.Errorf("the %s is in the %s: …%q", what, place, text[max(0, at-80):at])
			}
		}
	}
	if c, err := config.Load(data); err != nil || strings.Contains(fmt.Sprint(c), text) || strings.Contains(c.String(), text) {
		t.Errorf("the configuration as text: %v", err)
	}
}

func unzipped(t *testing.T, path string) string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil || !bytes.Contains(b, []byte("SQLite format 3")) {
		t.Fatalf("%d bytes, %v", len(b), err)
	}
	return string(b)
}

// What a configuration prints hides every password in the address of its database.
func TestAConfigurationIsShownWithoutItsSecrets(t *testing.T) {
	c := config.Default()
	c.DB = "postgres://kezhi:UNMISTAKABLE@db.example.com/kezhi?password=UNMISTAKABLE"
	c.Backup.S3.Secret, c.Channels.Mail.Password, c.Channels.SMS.Secret, c.Channels.WeCom.Secret, c.Channels.Webhook.Secret = "UNMISTAKABLE", "UNMISTAKABLE", "UNMISTAKABLE", "UNMISTAKABLE", "UNMISTAKABLE"
	c.Keys.Text, c.Keys.PreviousText, c.Keys.Server.Token = "UNMISTAKABLE", "UNMISTAKABLE", "UNMISTAKABLE"
	shown := []string{c.String(), fmt.Sprint(c), fmt.Sprintf("%v %s", c, c), fmt.Sprintf("%+v", &c)}
	if i := slices.IndexFunc(shown, func(s string) bool { return strings.Contains(s, "UNMISTAKABLE") }); i >= 0 {
		t.Errorf("%d: %s", i, shown[i])
	}
}
