//go:build smoke

package smoke

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

func binary(t *testing.T) string {
	t.Helper()
	path := os.Getenv("KEZHI_BIN")
	if path == "" {
		path = filepath.Join("..", "..", "bin", "kezhi")
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(abs); err != nil {
		t.Fatalf("build the binary first (make build): %v", err)
	}
	return abs
}

type outcome struct {
	code     int
	out, err string
}

func kezhi(t *testing.T, stdin string, args ...string) outcome {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary(t), args...)
	var out, errOut bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(stdin), &out, &errOut
	cmd.Env = append(os.Environ(), "KEZHI_LANG=en")
	err := cmd.Run()
	if err != nil && cmd.ProcessState == nil {
		t.Fatalf("running %v: %v", args, err)
	}
	return outcome{cmd.ProcessState.ExitCode(), out.String(), errOut.String()}
}

func must(t *testing.T, o outcome) outcome {
	t.Helper()
	if o.code != 0 {
		t.Fatalf("exit %d\n%s\n%s", o.code, o.out, o.err)
	}
	return o
}

func decode[T any](t *testing.T, text string) T {
	t.Helper()
	var v T
	d := json.NewDecoder(strings.NewReader(text))
	if err := d.Decode(&v); err != nil {
		t.Fatalf("not JSON: %v\n%s", err, text)
	}
	if d.More() {
		t.Fatalf("more than one value on standard output:\n%s", text)
	}
	return v
}

const orders = "发票号,客户编号,下单日期,数量,单价\n" +
	"A1,D001,2025-03-01,10,1000.005\nA1,D001,2025-03-01,1,0.50\nCA2,D001,2025-03-05,-1,10\nA3,D002,2025-04-01,2,300\nA4,,2025-04-01,1,5\nA5,D002,2025-02-30,1,5\n"

func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestTheMainJobOnTheCommandLine(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	file := write(t, "orders.csv", orders)
	type counts struct {
		Read, Imported, Unchanged, Refused, Orders int64
		SetAside                                   int64  `json:"set_aside"`
		Created                                    int64  `json:"customers_created"`
		AmountImported                             string `json:"amount_imported"`
	}
	args := []string{
		"import", "orders", file, "--data", data, "--create-customers", "--cancel-prefix", "C", "--json",
		"--map", "invoice=发票号,customer=客户编号,date=下单日期,quantity=数量,price=单价,currency==CNY",
	}
	first := decode[counts](t, must(t, kezhi(t, "", args...)).out)
	if first.Read != 6 || first.Imported != 4 || first.SetAside != 1 || first.Refused != 1 || first.Created != 2 || first.AmountImported != "10590.55" {
		t.Fatalf("first import: %+v", first)
	}
	again := decode[counts](t, must(t, kezhi(t, "", args...)).out)
	if again.Imported != 0 || again.Unchanged != 4 || again.Created != 0 {
		t.Fatalf("the same file again: %+v", again)
	}
	type graded struct {
		InScope  int64 `json:"in_scope"`
		Changed  int64
		Verdicts map[string]int64
		Without  []map[string]string `json:"without_verdict"`
	}
	export := filepath.Join(t.TempDir(), "verdicts.csv")
	grade := []string{"grade", "--rulebook", "key-accounts", "--as-of", "2025-12-31", "--data", data, "--json", "--export", export}
	g := decode[graded](t, must(t, kezhi(t, "", grade...)).out)
	if g.InScope != 2 || g.Verdicts["strategic"] != 2 || g.Changed != 2 || len(g.Without) != 0 {
		t.Fatalf("grading: %+v", g)
	}
	if g := decode[graded](t, must(t, kezhi(t, "", grade...)).out); g.Changed != 0 {
		t.Fatalf("the same grading again: %+v", g)
	}
	text, err := os.ReadFile(export)
	if err != nil || !strings.Contains(string(text), "D001,strategic") {
		t.Fatalf("export %q, %v", text, err)
	}
	why := must(t, kezhi(t, "", "rulebook", "explain", "--customer", "D001", "--rulebook", "key-accounts", "--data", data, "--json")).out
	if !strings.Contains(why, `"strategic"`) || !strings.Contains(why, `"inputs"`) || !strings.Contains(why, `"clauses"`) {
		t.Fatalf("explain: %s", why)
	}
}

func TestWrongUseAndInputExitWithTwoAndSayWhatToDo(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	broken := write(t, "kezhi.db", strings.Repeat("this is not a database ", 100))
	for name, c := range map[string]struct {
		args []string
		says string
	}{
		"unknown command":   {[]string{"fly"}, "fly"},
		"unknown option":    {[]string{"serve", "--fast"}, "--fast"},
		"impossible date":   {[]string{"grade", "--rulebook", "rfm-segments", "--as-of", "2025-02-30", "--data", data}, "2025-02-30"},
		"unknown rulebook":  {[]string{"grade", "--rulebook", "nonsense", "--data", data}, "nonsense"},
		"missing file":      {[]string{"import", "orders", "absent.csv", "--data", data}, "absent.csv"},
		"unknown target":    {[]string{"import", "planets", "x.csv", "--data", data}, "planets"},
		"not a spreadsheet": {[]string{"import", "orders", write(t, "x.xlsx", "PK\x03\x04 but not a zip at all, only words"), "--data", data}, ""},
		"damaged database":  {[]string{"migrate", "--db", broken, "--data", data}, "damaged"},
		"not a backup":      {[]string{"restore", broken, "--data", filepath.Join(data, "r")}, "backup"},
		"bad language":      {[]string{"version", "--lang", "fr"}, "fr"},
		"no password":       {[]string{"user", "add", "boss", "--data", data}, "password"},
	} {
		t.Run(name, func(t *testing.T) {
			o := kezhi(t, "", c.args...)
			if o.code != 2 || o.out != "" || !strings.Contains(o.err, c.says) || strings.Contains(o.err, "goroutine") {
				t.Fatalf("exit %d, stdout %q, stderr %q", o.code, o.out, o.err)
			}
		})
	}
}

func TestHelpExistsInBothLanguagesForEveryCommand(t *testing.T) {
	for _, args := range [][]string{{}, {"serve"}, {"demo"}, {"import"}, {"grade"}, {"rulebook"}, {"rulebook", "check"}, {"rulebook", "test"}, {"rulebook", "simulate"}, {"rulebook", "adopt"}, {"rulebook", "explain"}, {"user"}, {"user", "add"}, {"migrate"}, {"backup"}, {"restore"}, {"verify"}, {"version"}} {
		zh := must(t, kezhi(t, "", append(args, "--help", "--lang", "zh")...)).out
		en := must(t, kezhi(t, "", append(args, "--help", "--lang", "en")...)).out
		if !strings.Contains(zh, "用法：") || !strings.Contains(en, "Usage:") || strings.Contains(en, "用法") {
			t.Errorf("%v: help is not in both languages", args)
		}
	}
}

// server is a running kezhi serve.
type server struct {
	cmd *exec.Cmd
	url string
	log *bytes.Buffer
}

func serve(t *testing.T, data string) *server {
	t.Helper()
	cmd := exec.Command(binary(t), "serve", "--data", data, "--listen", "127.0.0.1:0", "--lang", "en")
	errOut, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	s := &server{cmd: cmd, log: &bytes.Buffer{}}
	lines := bufio.NewScanner(errOut)
	for lines.Scan() {
		s.log.WriteString(lines.Text() + "\n")
		if _, url, ok := strings.Cut(lines.Text(), "Kezhi is ready: "); ok {
			s.url = url
			break
		}
	}
	if s.url == "" {
		t.Fatalf("the server did not come up:\n%s", s.log)
	}
	go func() { _, _ = io.Copy(io.Discard, errOut) }()
	return s
}

type client struct {
	http.Client
	t   *testing.T
	url string
}

func (c *client) do(method, path string, body any) (int, []byte) {
	c.t.Helper()
	var r io.Reader
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			c.t.Fatal(err)
		}
		r = bytes.NewReader(b)
	}
	req, err := http.NewRequestWithContext(c.t.Context(), method, c.url+path, r)
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := c.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return resp.StatusCode, b
}

func signIn(t *testing.T, url, login, password string) *client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &client{http.Client{Jar: jar, Timeout: 20 * time.Second}, t, url}
	if status, body := c.do(http.MethodPost, "/api/v1/session", map[string]string{"login": login, "password": password}); status != 200 {
		t.Fatalf("sign-in: %d %s", status, body)
	}
	return c
}

func TestAcknowledgedDataSurvivesKillAndTravelsInABackup(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	must(t, kezhi(t, "a long enough sentence\n", "user", "add", "boss", "--name", "王敏", "--role", "admin", "--data", data))
	s := serve(t, data)
	for _, path := range []string{"/healthz", "/readyz", "/metrics", "/api/v1/openapi.json", "/api/docs", "/"} {
		resp, err := http.Get(s.url + path)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != 200 {
			t.Errorf("%s: %d", path, resp.StatusCode)
		}
	}
	c := signIn(t, s.url, "boss", "a long enough sentence")
	const n = 25
	for i := range n {
		status, body := c.do(http.MethodPost, "/api/v1/customers", map[string]any{"party": "org", "name": fmt.Sprintf("青禾%02d号商贸有限公司", i), "kind": "dealer"})
		if status != 201 && status != 200 {
			t.Fatalf("creating: %d %s", status, body)
		}
	}
	if err := s.cmd.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	_ = s.cmd.Wait()
	archive := filepath.Join(dir, "backup.tar.gz")
	must(t, kezhi(t, "", "backup", archive, "--data", data))
	restored := filepath.Join(dir, "restored")
	must(t, kezhi(t, "", "restore", archive, "--data", restored))
	if o := kezhi(t, "", "restore", archive, "--data", restored); o.code != 2 {
		t.Errorf("restoring over data: exit %d", o.code)
	}
	// The master key is in no backup: proving needs none, working does.
	must(t, kezhi(t, "", "verify", "--files", "--data", restored))
	if o := kezhi(t, "", "keys", "status", "--data", restored, "--lang", "en"); o.code != 2 || !strings.Contains(o.err, "keys.file") {
		t.Errorf("without the master key: exit %d, %q", o.code, o.err)
	}
	if err := os.CopyFS(filepath.Join(restored, "keys"), os.DirFS(filepath.Join(data, "keys"))); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{data, restored} {
		must(t, kezhi(t, "", "verify", "--data", folder))
		s := serve(t, folder)
		c := signIn(t, s.url, "boss", "a long enough sentence")
		status, body := c.do(http.MethodGet, "/api/v1/customers/count", nil)
		if status != 200 || !strings.Contains(string(body), fmt.Sprint(n)) {
			t.Fatalf("%s: count %d %s", folder, status, body)
		}
		if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		if err := s.cmd.Wait(); err != nil {
			t.Errorf("a graceful stop ended with %v", err)
		}
	}
}

func TestCrossSiteAndUnknownRequestsAreRefused(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	must(t, kezhi(t, "a long enough sentence\n", "user", "add", "boss", "--data", data))
	s := serve(t, data)
	c := signIn(t, s.url, "boss", "a long enough sentence")
	req, err := http.NewRequestWithContext(t.Context(), http.MethodDelete, s.url+"/api/v1/sessions", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Sec-Fetch-Site", "cross-site")
	resp, err := c.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusForbidden {
		t.Errorf("cross-site request: %d", resp.StatusCode)
	}
	if status, body := c.do(http.MethodGet, "/api/v1/nothing", nil); status != 404 || !strings.Contains(string(body), `"code":"not_found"`) {
		t.Errorf("unknown path: %d %s", status, body)
	}
	if status, _ := (&client{http.Client{}, t, s.url}).do(http.MethodGet, "/api/v1/customers", nil); status != 401 {
		t.Errorf("signed out: %d", status)
	}
}
