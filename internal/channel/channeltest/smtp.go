// Package channeltest gives tests a real mail server of their own on this machine. Tests only.
package channeltest

import (
	"crypto/tls"
	"encoding/pem"
	"errors"
	"io"
	"net"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"kezhi/internal/channel"
)

// The account the server knows.
const (
	User     = "kezhi"
	Password = "a mail secret"
)

// Mail is what the server took.
type Mail struct{ From, To, Raw string }

// SMTP is a mail server with STARTTLS and PLAIN.
type SMTP struct {
	mu      sync.Mutex
	mails   []Mail
	answers map[string]error
	breaks  bool
	host    string
	port    int
	ca      string
}

// NewSMTP starts a server that stops with the test.
func NewSMTP(t *testing.T) *SMTP { return start(t, true, false) }

// NewPlainSMTP starts a server without TLS.
func NewPlainSMTP(t *testing.T) *SMTP { return start(t, false, false) }

// NewTLSSMTP starts a server that speaks TLS from the first byte.
func NewTLSSMTP(t *testing.T) *SMTP { return start(t, true, true) }

func start(t *testing.T, secure, first bool) *SMTP {
	t.Helper()
	s := &SMTP{answers: map[string]error{}}
	srv := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &session{s: s, c: c}, nil }))
	srv.Domain = "localhost"
	if secure {
		web := httptest.NewTLSServer(nil)                               // lends its certificate for 127.0.0.1
		srv.TLSConfig = &tls.Config{Certificates: web.TLS.Certificates} //nolint:gosec // a test's own
		s.ca = filepath.Join(t.TempDir(), "ca.pem")
		block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: web.Certificate().Raw})
		if err := os.WriteFile(s.ca, block, 0o600); err != nil {
			t.Fatal(err)
		}
		web.Close()
	}
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	host, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	s.host = host
	if s.port, err = strconv.Atoi(port); err != nil {
		t.Fatal(err)
	}
	if first {
		l = tls.NewListener(l, srv.TLSConfig)
	}
	over := make(chan struct{})
	go func() { defer close(over); _ = srv.Serve(l) }()
	t.Cleanup(func() { _ = srv.Close(); _ = l.Close(); <-over }) // the server may not have begun to listen yet
	return s
}

// Config gives the settings by which the server is reached.
func (s *SMTP) Config() channel.MailConfig {
	return channel.MailConfig{Host: s.host, Port: s.port, User: User, Password: Password, From: "华东公司 <service@example.com>", CAFile: s.ca}
}

// Mails gives what the server took so far.
func (s *SMTP) Mails() []Mail {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Mail(nil), s.mails...)
}

// Answer has the server refuse a recipient with a code; 0 takes it back.
func (s *SMTP) Answer(to string, code int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers[to] = nil
	if code != 0 {
		s.answers[to] = &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 1, 1}, Message: "mailbox says no"}
	}
}

// Break has the server take mails and break the connection instead of saying so.
func (s *SMTP) Break(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.breaks = on
}

type session struct {
	s        *SMTP
	c        *smtp.Conn
	from, to string
	known    bool
}

func (x *session) Reset()        { x.from, x.to = "", "" }
func (x *session) Logout() error { return nil }

func (x *session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (x *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != User || password != Password {
			return smtp.ErrAuthFailed
		}
		x.known = true
		return nil
	}), nil
}

func (x *session) Mail(from string, _ *smtp.MailOptions) error {
	if !x.known && x.s.ca != "" {
		return smtp.ErrAuthRequired
	}
	x.from = from
	return nil
}

func (x *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	x.s.mu.Lock()
	defer x.s.mu.Unlock()
	x.to = to
	return x.s.answers[to]
}

func (x *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	x.s.mu.Lock()
	defer x.s.mu.Unlock()
	x.s.mails = append(x.s.mails, Mail{x.from, x.to, string(raw)})
	if x.s.breaks {
		_ = x.c.Conn().Close()
		return errors.New("broken on purpose")
	}
	return nil
}
