//go:build crash

package crash

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

const password = "a long enough sentence"

// house is an installation that is killed again and again.
type house struct {
	bin  string
	args []string // where the data is
	data string
	dsn  string
	http *http.Client
	in   bool // signed in
	acks acks
	next struct {
		sync.Mutex
		n int
	}
	started []pendingCase // begun under a key, not known to have arrived
}

// acks is what the server said was done.
type acks struct {
	sync.Mutex
	customers map[string]string // name to id
	files     map[string]int    // id to size
	imports   map[string]string // id to the beginning of its documents
	gradings  []string
	cases     map[string]string // title to id
	remarks   map[string]string // text to case
	more      chan struct{}     // one for each
}

type pendingCase struct{ key, title string }

// rowsOfImport are in every file that is imported.
const rowsOfImport = 150

func newHouse(t *testing.T, data, dsn string) *house {
	t.Helper()
	bin := os.Getenv("KEZHI_BIN")
	if bin == "" {
		bin = filepath.Join("..", "..", "bin", "kezhi")
	}
	bin, err := filepath.Abs(bin)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(bin); err != nil {
		t.Fatalf("build the binary first (make build): %v", err)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	h := &house{bin: bin, data: data, dsn: dsn, args: []string{"--data", data, "--lang", "en"}, http: &http.Client{Jar: jar, Timeout: 30 * time.Second}}
	if dsn != "" {
		h.args = append(h.args, "--db", dsn)
	}
	h.acks = acks{
		customers: map[string]string{}, files: map[string]int{}, imports: map[string]string{}, cases: map[string]string{}, remarks: map[string]string{},
		more: make(chan struct{}, 100_000),
	}
	h.kezhi(t, password+"\n", "user", "add", "boss", "--name", "Boss", "--role", "admin")
	h.kezhi(t, "", "rulebook", "adopt", "key-accounts")
	h.kezhi(t, "", "rulebook", "adopt", "service-desk")
	return h
}

// kezhi runs a command to its end.
func (h *house) kezhi(t *testing.T, input string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), h.bin, append(args, h.args...)...)
	var out, errOut bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(input), &out, &errOut
	if err := cmd.Run(); err != nil {
		t.Fatalf("kezhi %v: %v\n%s%s", args, err, out.String(), errOut.String())
	}
	return out.String()
}

func (h *house) serve(t *testing.T) *exec.Cmd {
	t.Helper()
	return exec.Command(h.bin, append([]string{"serve", "--listen", "127.0.0.1:0"}, h.args...)...)
}

func (h *house) killWhileStarting(t *testing.T, after time.Duration) {
	t.Helper()
	cmd := h.serve(t)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
	_ = cmd.Wait()
	timer.Stop()
}

// killUnderLoad starts the server, lets everybody work until so many things were acknowledged, waits a moment longer, so that no
// kill falls right behind an answer, and kills it.
func (h *house) killUnderLoad(t *testing.T, things int, then time.Duration) {
	t.Helper()
	cmd := h.serve(t)
	url, log := h.ready(t, cmd)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	if !h.in {
		if err := h.do(ctx, http.MethodPost, url+"/api/v1/session", jsonBody(map[string]string{"login": "boss", "password": password}), nil); err != nil {
			_ = cmd.Process.Kill()
			t.Fatalf("signing in: %v", err)
		}
		h.in = true
	}
	for len(h.acks.more) > 0 {
		<-h.acks.more
	}
	refused := make(chan error, 16)
	var working sync.WaitGroup
	for _, work := range []func(context.Context, string) error{h.customers, h.uploads, h.imports, h.gradings, h.cases, h.customers} {
		working.Go(func() {
			for ctx.Err() == nil {
				if err := work(ctx, url); err != nil {
					if r, ok := err.(refusal); ok { //nolint:errorlint // it is made here and never wrapped
						refused <- r
					}
					return
				}
			}
		})
	}
	limit := time.NewTimer(20 * time.Second)
	defer limit.Stop()
	var failed error
	for n := 0; n < things && failed == nil; {
		select {
		case <-h.acks.more:
			n++
		case failed = <-refused:
		case <-limit.C:
			failed = fmt.Errorf("only %d things in 20 s", n)
		}
	}
	moment := time.NewTimer(then)
	<-moment.C
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	stop()
	working.Wait()
	_ = cmd.Wait()
	if failed != nil {
		t.Fatalf("%v\n%s", failed, log)
	}
}

// ready waits until the server listens.
func (h *house) ready(t *testing.T, cmd *exec.Cmd) (url string, log *bytes.Buffer) {
	t.Helper()
	errOut, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	log = &bytes.Buffer{}
	lines := bufio.NewScanner(errOut)
	for lines.Scan() {
		log.WriteString(lines.Text() + "\n")
		if _, url, ok := strings.Cut(lines.Text(), "Kezhi is ready: "); ok {
			go func() { _, _ = io.Copy(io.Discard, errOut) }()
			return url, log
		}
	}
	_ = cmd.Wait()
	t.Fatalf("the server did not come up after a kill:\n%s", log)
	return "", nil
}

// refusal is an answer other than success: under this load there is none to be expected.
type refusal struct {
	path, body string
	status     int
}

func (r refusal) Error() string { return fmt.Sprintf("%s: %d %s", r.path, r.status, r.body) }

type body struct {
	content io.Reader
	kind    string
	key     string // idempotency
	match   string // version
}

func jsonBody(v any) body {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return body{content: bytes.NewReader(b), kind: "application/json"}
}

// do sends a request; any error but a refusal means that the server is gone.
func (h *house) do(ctx context.Context, method, url string, b body, into any) error {
	req, err := http.NewRequestWithContext(ctx, method, url, b.content)
	if err != nil {
		return err
	}
	for name, v := range map[string]string{"Content-Type": b.kind, "Idempotency-Key": b.key, "If-Match": b.match} {
		if v != "" {
			req.Header.Set(name, v)
		}
	}
	resp, err := h.http.Do(req)
	if err != nil {
		return err
	}
	text, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if err != nil {
		return err
	}
	if resp.StatusCode/100 != 2 {
		return refusal{req.URL.Path, string(text), resp.StatusCode}
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal(text, into)
}

// number gives a new number, for names that occur once.
func (h *house) number() int {
	h.next.Lock()
	defer h.next.Unlock()
	h.next.n++
	return h.next.n
}

func (a *acks) note(fn func()) {
	a.Lock()
	fn()
	a.Unlock()
	a.more <- struct{}{}
}

type withID struct{ ID string }

func (h *house) customers(ctx context.Context, url string) error {
	name := fmt.Sprintf("青禾%06d号商贸有限公司", h.number())
	var got withID
	err := h.do(ctx, http.MethodPost, url+"/api/v1/customers", jsonBody(map[string]any{"party": "org", "name": name, "kind": "dealer"}), &got)
	if err == nil {
		h.acks.note(func() { h.acks.customers[name] = got.ID })
	}
	return err
}

func (h *house) uploads(ctx context.Context, url string) error {
	content := fmt.Appendf(nil, "%%PDF-1.4\n%% %06d\n%s", h.number(), strings.Repeat("x", 20_000))
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	part, err := w.CreateFormFile("file", "a.pdf")
	if err != nil {
		return err
	}
	if _, err := part.Write(content); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	var got withID
	err = h.do(ctx, http.MethodPost, url+"/api/v1/files", body{content: &form, kind: w.FormDataContentType()}, &got)
	if err == nil {
		h.acks.note(func() { h.acks.files[got.ID] = len(content) })
	}
	return err
}

func (h *house) imports(ctx context.Context, url string) error {
	prefix := fmt.Sprintf("I%06d-", h.number())
	var csv strings.Builder
	csv.WriteString("发票号,客户编号,下单日期,数量,单价\n")
	for i := range rowsOfImport {
		fmt.Fprintf(&csv, "%s%03d,D%03d,2026-0%d-1%d,%d,100\n", prefix, i, i%40, 1+i%9, i%9, 1+i%5)
	}
	var got struct {
		ID      string
		Version int64
	}
	err := h.do(ctx, http.MethodPost, url+"/api/v1/imports?target=order&name=orders.csv", body{content: strings.NewReader(csv.String()), kind: "text/csv"}, &got)
	if err != nil {
		return err
	}
	options := jsonBody(map[string]any{"create_customers": true, "mapping": map[string]string{
		"invoice": "发票号", "customer": "客户编号", "date": "下单日期", "quantity": "数量", "price": "单价", "currency": "=CNY",
	}})
	options.match = fmt.Sprintf("%q", fmt.Sprint(got.Version))
	if err := h.do(ctx, http.MethodPut, url+"/api/v1/imports/"+got.ID+"/options", options, &got); err != nil {
		return err
	}
	err = h.do(ctx, http.MethodPost, url+"/api/v1/imports/"+got.ID+"/run", body{}, nil)
	if err == nil {
		h.acks.note(func() { h.acks.imports[got.ID] = prefix })
	}
	return err
}

func (h *house) gradings(ctx context.Context, url string) error {
	var got withID
	err := h.do(ctx, http.MethodPost, url+"/api/v1/gradings", jsonBody(map[string]string{"rulebook": "key-accounts"}), &got)
	if r, ok := err.(refusal); ok && r.status == http.StatusConflict { //nolint:errorlint // it is made here and never wrapped
		return h.customers(ctx, url) // one is under way already
	}
	if err == nil {
		h.acks.note(func() { h.acks.gradings = append(h.acks.gradings, got.ID) })
	}
	return err
}

// cases begins a case and remarks on it. What was begun and not answered is sent again first, under the same key.
func (h *house) cases(ctx context.Context, url string) error {
	if len(h.started) == 0 {
		n := h.number()
		h.started = append(h.started, pendingCase{fmt.Sprintf("start-%06d", n), fmt.Sprintf("Enquiry %06d", n)})
	}
	p := h.started[0]
	b := jsonBody(map[string]any{"rulebook": "service-desk", "procedure": "enquiry", "title": p.title, "channel": "phone", "answers": map[string]any{
		"topic": "price", "question": "多少钱？", "restated": "询价", "language": "zh",
	}})
	b.key = p.key
	var got withID
	if err := h.do(ctx, http.MethodPost, url+"/api/v1/cases", b, &got); err != nil {
		return err
	}
	h.started = nil
	h.acks.note(func() { h.acks.cases[p.title] = got.ID })
	text := "remark " + p.key
	b = jsonBody(map[string]any{"act": "comment", "reason": text})
	b.key = text
	err := h.do(ctx, http.MethodPost, url+"/api/v1/cases/"+got.ID+"/acts", b, nil)
	if err == nil {
		h.acks.note(func() { h.acks.remarks[text] = got.ID })
	}
	return err
}
