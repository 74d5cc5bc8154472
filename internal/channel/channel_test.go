package channel_test

import (
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kezhi/internal/channel"
	"kezhi/internal/channel/channeltest"
	"kezhi/internal/clock"
	"kezhi/internal/errs"
)

var (
	at  = time.Date(2026, 3, 16, 2, 0, 0, 0, time.UTC)
	now = clock.Fixed(at)
)

func sender(t *testing.T, c channel.Config, name channel.Name, tick clock.Clock) channel.Sender {
	t.Helper()
	c.Outbound.Allow = []string{"127.0.0.1"}
	set, err := channel.New(c, tick)
	if err != nil {
		t.Fatal(err)
	}
	s, ok := set.Get(name)
	if !ok {
		t.Fatalf("%s is not configured", name)
	}
	return s
}

func wantClass(t *testing.T, err error, class channel.Class) *channel.SendError {
	t.Helper()
	if err == nil {
		t.Fatalf("sent, want %s", class)
	}
	f := channel.FailureOf(err)
	if f.Class != class {
		t.Fatalf("%v (%v), want %s", f, f.Err, class)
	}
	for _, secret := range []string{channeltest.Password, "s3cret"} {
		if strings.Contains(f.Error(), secret) || strings.Contains(f.Reply, secret) {
			t.Fatalf("a secret is told: %v", f)
		}
	}
	return f
}

var hello = channel.Message{
	Key: "kezhi-1", To: "wang@example.com", Name: "王芳", Subject: "新春\r\nBcc: spy@example.com 快乐", Text: "王总：\n新春快乐！", Language: "zh",
	Unsubscribe: "https://kezhi.example.com/api/v1/public/messages/unsubscribe/t",
}

func TestAMailGoesOutByStartTLSWithASignIn(t *testing.T) {
	server := channeltest.NewSMTP(t)
	s := sender(t, channel.Config{Mail: server.Config()}, channel.Mail, now)
	for range 2 {
		r, err := s.Send(t.Context(), hello)
		if err != nil || !strings.HasSuffix(r.ID, "@example.com>") {
			t.Fatal(r, err)
		}
	}
	mails := server.Mails()
	if len(mails) != 2 || mails[0].To != "wang@example.com" || mails[0].From != "service@example.com" {
		t.Fatalf("%+v", mails)
	}
	var ids []string
	for _, m := range mails {
		msg, err := mail.ReadMessage(strings.NewReader(m.Raw))
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, msg.Header.Get("Message-Id"))
		subject, err := new(mime.WordDecoder).DecodeHeader(msg.Header.Get("Subject"))
		if err != nil || subject != "新春 Bcc: spy@example.com 快乐" || msg.Header.Get("Bcc") != "" {
			t.Errorf("subject %q, bcc %q, %v", subject, msg.Header.Get("Bcc"), err)
		}
		if msg.Header.Get("List-Unsubscribe") != "<"+hello.Unsubscribe+">" || msg.Header.Get("List-Unsubscribe-Post") != "List-Unsubscribe=One-Click" {
			t.Errorf("no way off the list: %v", msg.Header)
		}
	}
	if ids[0] == "" || ids[0] != ids[1] {
		t.Errorf("one message has the ids %v", ids)
	}
	if s.Repeatable() != 0 {
		t.Error("the protocol has no key")
	}
}

// A name with signs that mean something in a header reaches its address all the same.
// Where TLS is spoken from the first byte the password goes over it, and the certificate is proved.
func TestAMailGoesOutByTLSFromTheFirstByte(t *testing.T) {
	server := channeltest.NewTLSSMTP(t)
	c := server.Config()
	c.Security = channel.SecurityTLS
	if _, err := sender(t, channel.Config{Mail: c}, channel.Mail, now).Send(t.Context(), hello); err != nil || len(server.Mails()) != 1 {
		t.Fatal(err, server.Mails())
	}
	c.CAFile = ""
	_, err := sender(t, channel.Config{Mail: c}, channel.Mail, now).Send(t.Context(), hello)
	wantClass(t, err, channel.Refused)
	if len(server.Mails()) != 1 {
		t.Error("a mail went to a server that proved nothing")
	}
}

// Nothing is sent to a server inside the house that nobody allowed, whichever channel it is configured for.
func TestServersInTheHouseAreReachedOnlyWhereAllowed(t *testing.T) {
	p, mails := newProvider(t), channeltest.NewSMTP(t)
	c := channel.Config{
		Mail: mails.Config(), SMS: channel.SMSConfig{URL: p.URL}, Webhook: channel.WebhookConfig{URL: p.URL, Secret: "s3cret"},
		WeCom: channel.WeComConfig{BaseURL: p.URL, CorpID: "corp", Secret: "s3cret"},
	}
	set, err := channel.New(c, now)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range channel.Names {
		s, ok := set.Get(name)
		if !ok {
			t.Fatalf("%s is not configured", name)
		}
		m := hello
		if name == channel.WeCom {
			m.To = "lin"
		}
		_, err := s.Send(t.Context(), m)
		if f := wantClass(t, err, channel.Refused); !f.Down || !strings.Contains(f.Reply, "outbound.allow") {
			t.Errorf("%s: %+v", name, f)
		}
	}
	if len(p.got) != 0 || len(mails.Mails()) != 0 {
		t.Errorf("%d requests and %d mails went out", len(p.got), len(mails.Mails()))
	}
}

func TestAMailGoesToANameWithQuotes(t *testing.T) {
	server := channeltest.NewSMTP(t)
	s := sender(t, channel.Config{Mail: server.Config()}, channel.Mail, now)
	for _, name := range []string{`公司"双十一"`, `a\b`, "Wang, \"Fang\" <x@y.z>", "王\r\n芳"} {
		to := hello
		to.Name = name
		if _, err := s.Send(t.Context(), to); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
	for _, m := range server.Mails() {
		if m.To != "wang@example.com" {
			t.Errorf("went to %s", m.To)
		}
	}
	if n := len(server.Mails()); n != 4 {
		t.Errorf("%d mails", n)
	}
}

func TestWhatAMailServerSaysIsClassed(t *testing.T) {
	server := channeltest.NewSMTP(t)
	c := server.Config()
	s := sender(t, channel.Config{Mail: c}, channel.Mail, now)
	server.Answer("wang@example.com", 550)
	_, err := s.Send(t.Context(), hello)
	wantClass(t, err, channel.Permanent)
	server.Answer("wang@example.com", 451)
	_, err = s.Send(t.Context(), hello)
	wantClass(t, err, channel.Temporary)
	server.Answer("wang@example.com", 0)
	server.Break(true)
	_, err = s.Send(t.Context(), hello)
	wantClass(t, err, channel.Unclear)
	server.Break(false)
	bad := hello
	bad.To = "nobody"
	_, err = s.Send(t.Context(), bad)
	wantClass(t, err, channel.Permanent)

	wrong := c
	wrong.Password = "s3cret but wrong"
	_, err = sender(t, channel.Config{Mail: wrong}, channel.Mail, now).Send(t.Context(), hello)
	if f := wantClass(t, err, channel.Refused); !f.Down {
		t.Error("a wrong password holds for every mail")
	}
	stranger := c
	stranger.CAFile = ""
	_, err = sender(t, channel.Config{Mail: stranger}, channel.Mail, now).Send(t.Context(), hello)
	wantClass(t, err, channel.Refused)
	plain := channeltest.NewPlainSMTP(t).Config()
	_, err = sender(t, channel.Config{Mail: plain}, channel.Mail, now).Send(t.Context(), hello)
	wantClass(t, err, channel.Refused)
	gone := c
	gone.Port = 1
	_, err = sender(t, channel.Config{Mail: gone}, channel.Mail, now).Send(t.Context(), hello)
	if f := wantClass(t, err, channel.Temporary); !f.Down {
		t.Error("a server that does not answer is down for all")
	}
}

// provider is a real HTTP server that answers as it is told and keeps what it was asked.
type provider struct {
	*httptest.Server
	status int
	body   string
	got    []*http.Request
	bodies []string
}

func newProvider(t *testing.T) *provider {
	t.Helper()
	p := &provider{status: 200, body: `{"code":0,"data":{"id":"p-7"}}`}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		p.got, p.bodies = append(p.got, r), append(p.bodies, string(b))
		if p.status == 0 {
			panic(http.ErrAbortHandler)
		}
		w.Header().Set("Location", p.URL+"/elsewhere")
		w.WriteHeader(p.status)
		_, _ = io.WriteString(w, p.body)
	}))
	t.Cleanup(p.Close)
	return p
}

var text = channel.Message{Key: "kezhi-2", To: "+8613800138000", Text: "他说：\"好\"\n&", Language: "zh"}

func TestATextMessageIsWrittenAsTheProviderWantsIt(t *testing.T) {
	p := newProvider(t)
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte("s3cret\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c := channel.SMSConfig{
		URL: p.URL + "/send?to={{to}}&n={{to_national}}", Headers: map[string]string{"Authorization": "Bearer {{secret}}"}, Body: `{"text":"{{text}}","id":"{{key}}"}`,
		SecretFile: file, OKField: "code", OKValues: []string{"0"}, BusyValues: []string{"9"}, IDField: "data.id",
	}
	s := sender(t, channel.Config{SMS: c}, channel.SMS, now)
	r, err := s.Send(t.Context(), text)
	if err != nil || r.ID != "p-7" {
		t.Fatal(r, err)
	}
	q := p.got[0].URL.Query()
	var body map[string]string
	if err := json.Unmarshal([]byte(p.bodies[0]), &body); err != nil || body["text"] != text.Text || body["id"] != text.Key || len(body) != 2 {
		t.Errorf("%s, %v", p.bodies[0], err)
	}
	if q.Get("to") != text.To || q.Get("n") != "13800138000" || p.got[0].Header.Get("Authorization") != "Bearer s3cret" {
		t.Errorf("%v %v", q, p.got[0].Header)
	}
	for _, x := range []struct {
		status int
		body   string
		class  channel.Class
	}{
		{200, `{"code":5}`, channel.Permanent},
		{200, `{"code":9}`, channel.Temporary},
		{200, `not json`, channel.Permanent},
		{503, ``, channel.Temporary},
		{429, ``, channel.Temporary},
		{500, ``, channel.Unclear},
		{502, ``, channel.Unclear},
		{408, ``, channel.Unclear},
		{401, ``, channel.Refused},
		{302, ``, channel.Refused},
		{400, ``, channel.Permanent},
		{0, ``, channel.Unclear},
	} {
		before := len(p.got)
		p.status, p.body = x.status, x.body
		_, err := s.Send(t.Context(), text)
		wantClass(t, err, x.class)
		if n := len(p.got) - before; n != 1 {
			t.Errorf("%d: %d requests; a redirect is not followed", x.status, n)
		}
	}
	p.Close()
	_, err = s.Send(t.Context(), text)
	wantClass(t, err, channel.Temporary)
	if s.Repeatable() != 0 {
		t.Error("this provider knows no key")
	}
}

func TestWeComKeepsItsTokenAndFetchesANewOne(t *testing.T) {
	tokens, sends := 0, 0
	var contents []string
	answers := map[string]any{"errcode": 0, "msgid": "m-1"}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/cgi-bin/gettoken":
			tokens++
			if r.URL.Query().Get("corpid") != "corp" || r.URL.Query().Get("corpsecret") != "s3cret" {
				t.Errorf("signed in as %v", r.URL.Query())
			}
			fmt.Fprintf(w, `{"errcode":0,"access_token":"t%d","expires_in":7200}`, tokens)
		case "/cgi-bin/message/send":
			sends++
			var body struct {
				ToUser  string `json:"touser"`
				Type    string `json:"msgtype"`
				AgentID int64  `json:"agentid"`
				Text    struct {
					Content string `json:"content"`
				} `json:"text"`
				Check int `json:"enable_duplicate_check"`
			}
			if err := json.NewDecoder(r.Body).Decode(&body); err != nil || body.ToUser != "wangfang" || body.AgentID != 7 || body.Type != "text" || body.Check != 1 {
				t.Errorf("%+v, %v", body, err)
			}
			contents = append(contents, body.Text.Content)
			if r.URL.Query().Get("access_token") != fmt.Sprintf("t%d", tokens) || sends == 2 {
				_, _ = io.WriteString(w, `{"errcode":42001}`) // the second is refused, as if it had been taken back
				return
			}
			_ = json.NewEncoder(w).Encode(answers)
		}
	}))
	defer srv.Close()
	tick := at
	s := sender(t, channel.Config{WeCom: channel.WeComConfig{BaseURL: srv.URL, CorpID: "corp", AgentID: 7, Secret: "s3cret"}}, channel.WeCom, func() time.Time { return tick })
	m := channel.Message{Key: "k", To: "wangfang", Text: "您好"}
	for range 2 {
		if r, err := s.Send(t.Context(), m); err != nil || r.ID != "m-1" {
			t.Fatal(r, err)
		}
	}
	if tokens != 2 || sends != 3 {
		t.Fatalf("%d tokens, %d requests: the first token is kept, the refused one replaced", tokens, sends)
	}
	tick = at.Add(2 * time.Hour)
	if _, err := s.Send(t.Context(), m); err != nil || tokens != 3 {
		t.Fatalf("a token that ended was used: %d, %v", tokens, err)
	}
	for code, class := range map[int]channel.Class{-1: channel.Temporary, 45009: channel.Temporary, 81013: channel.Permanent, 60020: channel.Refused} {
		answers["errcode"] = code
		_, err := s.Send(t.Context(), m)
		wantClass(t, err, class)
	}
	// WeCom knows a message by its content: that of one message stays the same, another one with the same words has another.
	answers["errcode"] = 0
	other := m
	other.Key = "k2"
	if _, err := s.Send(t.Context(), other); err != nil {
		t.Fatal(err)
	}
	last := len(contents) - 1
	if contents[0] != contents[1] || contents[last] == contents[0] || !strings.HasPrefix(contents[last], "您好") || s.Repeatable() > 4*time.Hour || s.Repeatable() < 3*time.Hour {
		t.Errorf("%q, %s", contents, s.Repeatable())
	}
	before := sends
	for _, to := range []string{"@all", "a|b", "", "a b", strings.Repeat("a", 65)} {
		_, err := s.Send(t.Context(), channel.Message{Key: "k", To: to, Text: "您好"})
		wantClass(t, err, channel.Permanent)
	}
	if sends != before {
		t.Error("somebody else than one user was written to")
	}
	answers["errcode"], answers["invaliduser"] = 0, "a|wangfang"
	_, err := s.Send(t.Context(), m)
	wantClass(t, err, channel.Permanent)
}

func TestTheWebhookSignsWhatItSends(t *testing.T) {
	p := newProvider(t)
	p.body = `{"id":"w-3"}`
	s := sender(t, channel.Config{Webhook: channel.WebhookConfig{URL: p.URL, Secret: "s3cret"}}, channel.Webhook, now)
	r, err := s.Send(t.Context(), text)
	if err != nil || r.ID != "w-3" || s.Repeatable() != channel.Always {
		t.Fatal(r, err)
	}
	h := p.got[0].Header
	if h.Get(channel.HeaderKey) != text.Key || h.Get(channel.HeaderTimestamp) != fmt.Sprint(at.Unix()) ||
		h.Get(channel.HeaderSignature) != channel.Sign("s3cret", h.Get(channel.HeaderTimestamp), []byte(p.bodies[0])) {
		t.Errorf("%v", h)
	}
	if channel.Sign("s3cret", "1", []byte("a")) == channel.Sign("s3cret", "2", []byte("a")) {
		t.Error("the moment is not signed")
	}
}

func TestSettingsThatCouldLeakAreRefused(t *testing.T) {
	for name, c := range map[string]channel.Config{
		"plain webhook":      {Webhook: channel.WebhookConfig{URL: "http://hooks.example.com/x", Secret: "x"}},
		"unsigned webhook":   {Webhook: channel.WebhookConfig{URL: "https://hooks.example.com/x"}},
		"password in a URL":  {SMS: channel.SMSConfig{URL: "https://user:pass@sms.example.com/"}},
		"other scheme":       {SMS: channel.SMSConfig{URL: "file:///etc/passwd"}},
		"password in plain":  {Mail: channel.MailConfig{Host: "mail.example.com", From: "a@example.com", Security: channel.SecurityNone, User: "x"}},
		"no sender":          {Mail: channel.MailConfig{Host: "mail.example.com"}},
		"unknown protection": {Mail: channel.MailConfig{Host: "mail.example.com", From: "a@example.com", Security: "maybe"}},
	} {
		if _, err := channel.New(c, now); errs.KindOf(err) != errs.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := channel.New(channel.Config{Webhook: channel.WebhookConfig{URL: "https://hooks.example.com/x", SecretFile: "no such file"}}, now); errs.CodeOf(err) != "config.secret_file" {
		t.Error(err)
	}
	var c channel.Config
	c.FromEnvironment(func(k string) string { return map[string]string{"KEZHI_MAIL_PASSWORD": "from the environment"}[k] })
	if c.Mail.Password != "from the environment" {
		t.Error("the environment is not read")
	}
	var none *channel.Set
	if _, ok := none.Get(channel.Mail); ok || len(none.Describe()) != len(channel.Names) {
		t.Error("no settings, no channel")
	}
}
