// Package cert gives the certificate that a TLS connection is answered with: one from files, which is read anew when they change, or
// one that is fetched and renewed by ACME (RFC 8555). It knows no feature.
package cert

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"

	"kezhi/internal/clock"
	"kezhi/internal/errs"
	"kezhi/internal/outbound"
)

// ACME says how certificates are fetched; without hosts none are.
type ACME struct {
	Hosts     []string `yaml:"hosts"`     // names the installation answers under
	Email     string   `yaml:"email"`     // where the authority writes to
	Directory string   `yaml:"directory"` // of the authority; empty = Let's Encrypt
	CAFile    string   `yaml:"ca_file"`   // certificate of the authority's own server when it is one of your own, PEM

	Outbound outbound.Config `yaml:"-"` // of the whole installation
}

// Validate gives every wrong field, with paths below "acme".
func (a ACME) Validate() error {
	var v errs.Validation
	for _, h := range a.Hosts {
		v.Check(strings.Contains(h, ".") && net.ParseIP(h) == nil && !strings.ContainsAny(h, "/:* "), "acme.hosts", "cert.host", "value", h)
	}
	u, err := url.Parse(a.Directory)
	v.Check(a.Directory == "" || err == nil && u.Scheme == "https" && u.Host != "", "acme.directory", "config.url", "value", a.Directory)
	return v.Err()
}

// Source answers TLS connections.
type Source struct {
	tls *tls.Config
	// challenge answers the authority on the plain port; nil for files.
	challenge func(http.Handler) http.Handler
}

// Files gives a certificate from PEM files. Changed files are taken up with the next connection, at most lookEvery later; while what they
// hold is no pair, the one before stays. Error: cert.files.
func Files(cert, key string, now clock.Clock, log *slog.Logger) (*Source, error) {
	p := &pair{cert: cert, key: key, now: now, log: log}
	if err := p.load(); err != nil {
		return nil, errs.Wrap(err, errs.Invalid, "cert.files", "cert", cert, "key", key, "problem", err.Error())
	}
	return &Source{tls: &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}, GetCertificate: p.get}}, nil
}

// FromACME gives certificates that are fetched when they are first asked for, kept in a folder and renewed by themselves.
// Error: backup.certificate.
func FromACME(a ACME, dir string) (*Source, error) {
	transport := outbound.New(a.Outbound).Transport()
	if a.CAFile != "" {
		pem, err := os.ReadFile(a.CAFile)
		pool := x509.NewCertPool()
		if err != nil || !pool.AppendCertsFromPEM(pem) {
			return nil, errs.Wrap(err, errs.Invalid, "backup.certificate", "path", a.CAFile)
		}
		transport.TLSClientConfig = &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
	}
	directory := a.Directory
	if directory == "" {
		directory = autocert.DefaultACMEDirectory
	}
	m := &autocert.Manager{
		Prompt: autocert.AcceptTOS, Cache: autocert.DirCache(dir), HostPolicy: autocert.HostWhitelist(a.Hosts...), Email: a.Email,
		Client: &acme.Client{DirectoryURL: directory, HTTPClient: outbound.ClientOver(transport, time.Minute, 1<<20), UserAgent: "kezhi"},
	}
	c := m.TLSConfig()
	c.MinVersion = tls.VersionTLS12
	return &Source{tls: c, challenge: m.HTTPHandler}, nil
}

// Listener answers the connections of a listener with TLS.
func (s *Source) Listener(l net.Listener) net.Listener { return tls.NewListener(l, s.tls) }

// Redirect sends whoever comes without TLS to the same place with it. secure is the address the program listens on, hosts the names it
// answers under (none = whatever name was asked for).
func (s *Source) Redirect(secure net.Addr, hosts []string) http.Handler {
	var h http.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if name, _, err := net.SplitHostPort(host); err == nil {
			host = name
		}
		if len(hosts) > 0 && !slices.Contains(hosts, host) {
			http.Error(w, "this name is not served here", http.StatusMisdirectedRequest)
			return
		}
		if strings.Contains(host, ":") {
			host = "[" + strings.Trim(host, "[]") + "]"
		}
		if _, port, err := net.SplitHostPort(secure.String()); err == nil && port != "443" {
			host += ":" + port
		}
		// The path goes with it as it was written; a body is sent again, but it has been read by whoever listened.
		target := url.URL{Scheme: "https", Host: host, Path: r.URL.Path, RawPath: r.URL.RawPath, RawQuery: r.URL.RawQuery}
		w.Header().Set("Location", target.String())
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusPermanentRedirect)
	})
	if s.challenge != nil {
		h = s.challenge(h)
	}
	return h
}

// lookEvery is how often the files are looked at, when somebody connects.
const lookEvery = 10 * time.Second

// pair is a certificate and its key in files.
type pair struct {
	cert, key string
	now       clock.Clock
	log       *slog.Logger

	mu     sync.Mutex
	have   *tls.Certificate
	marks  [2]mark
	looked time.Time
}

// mark is what a file is known by to be the same.
type mark struct {
	size int64
	at   time.Time
}

func markOf(path string) (mark, error) {
	st, err := os.Stat(path)
	if err != nil {
		return mark{}, err
	}
	return mark{st.Size(), st.ModTime()}, nil
}

func (p *pair) load() error {
	var marks [2]mark
	for i, path := range []string{p.cert, p.key} {
		var err error
		// Before the files are read: what is written meanwhile is seen at the next look.
		if marks[i], err = markOf(path); err != nil {
			return err
		}
	}
	if p.have != nil && marks == p.marks {
		return nil
	}
	c, err := tls.LoadX509KeyPair(p.cert, p.key)
	if err != nil {
		return err
	}
	if p.have != nil {
		p.log.Info("the certificate was changed", "until", c.Leaf.NotAfter)
	}
	p.have, p.marks = &c, marks
	return nil
}

func (p *pair) get(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now := p.now(); now.Sub(p.looked) >= lookEvery {
		p.looked = now
		if err := p.load(); err != nil {
			p.log.ErrorContext(contextOf(hello), "the certificate cannot be read anew; the one before stays", "cert", p.cert, "error", err)
		}
	}
	return p.have, nil
}

func contextOf(hello *tls.ClientHelloInfo) context.Context {
	if hello == nil || hello.Context() == nil {
		return context.Background()
	}
	return hello.Context()
}
