package outbound

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"
)

// Every kind of address that is not on the public internet is refused, however it is written.
func TestOnlyThePublicInternetIsReachedUnlessAllowed(t *testing.T) {
	g := New(Config{})
	for _, to := range []string{
		"127.0.0.1", "127.8.9.1", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200", "0.0.0.0", "0.1.2.3",
		"224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "192.0.0.192", "168.63.129.16", "::", "::1", "fe80::1", "fe80::1%lo", "fc00::1", "fd00:ec2::254",
		"ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2001:db8::1", "::127.0.0.1",
		"localhost",
	} {
		conn, err := g.DialContext(t.Context(), "tcp", net.JoinHostPort(to, "9"))
		if conn != nil || !errors.Is(err, ErrRefused) {
			t.Errorf("%s: %v", to, err)
		}
	}
	for _, network := range []string{"unix", "udp", "ip"} {
		if _, err := g.DialContext(t.Context(), network, "127.0.0.1:9"); !errors.Is(err, ErrRefused) {
			t.Errorf("%s: %v", network, err)
		}
	}
	for to, network := range map[string]string{"1.1.1.1:443": "tcp4", "223.5.5.5:25": "tcp4", "[2606:4700:4700::1111]:443": "tcp6"} {
		if err := g.control(g.stranger)(network, to, nil); err != nil {
			t.Errorf("%s: %v", to, err)
		}
	}
}

// answering is a resolver whose names lead where the test says; each name goes on to its next address with every question.
func answering(t *testing.T, names map[string][][4]byte) *net.Resolver {
	t.Helper()
	var asked atomic.Int64
	l, err := (&net.ListenConfig{}).ListenPacket(t.Context(), "udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	over := make(chan struct{})
	go func() {
		defer close(over)
		buf := make([]byte, 512)
		for {
			n, from, err := l.ReadFrom(buf)
			if err != nil {
				return
			}
			var m dnsmessage.Message
			if m.Unpack(buf[:n]) != nil || len(m.Questions) != 1 {
				continue
			}
			q := m.Questions[0]
			m.Response, m.RecursionAvailable, m.Additionals = true, true, nil
			if to := names[strings.TrimSuffix(q.Name.String(), ".")]; len(to) > 0 && q.Type == dnsmessage.TypeA {
				at := to[int(asked.Add(1)-1)%len(to)]
				m.Answers = []dnsmessage.Resource{{Header: dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class}, Body: &dnsmessage.AResource{A: at}}}
			}
			out, err := m.Pack()
			if err != nil {
				continue
			}
			_, _ = l.WriteTo(out, from)
		}
	}()
	t.Cleanup(func() { _ = l.Close(); <-over })
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", l.LocalAddr().String())
	}}
}

// A name is judged by where it leads at the moment of connecting: neither a name of this machine nor one that changes its mind gets through.
func TestANameIsJudgedByWhereItLeads(t *testing.T) {
	srv := httptest.NewServer(http.NotFoundHandler())
	defer srv.Close()
	_, port, err := net.SplitHostPort(srv.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	home, meta, doc := [4]byte{127, 0, 0, 1}, [4]byte{169, 254, 169, 254}, [4]byte{192, 0, 2, 1}
	names := map[string][][4]byte{"evil.example": {home}, "rebind.example": {doc, home}, "mail.corp.example": {home}, "meta.corp.example": {meta}}
	for allow, want := range map[string][]bool{ // evil, rebind twice, mail, meta
		"":                  {false, false, false, false, false},
		"mail.corp.example": {false, false, false, true, false},
		".corp.example":     {false, false, false, true, false},
		"MAIL.corp.example": {false, false, false, true, false},
		"corp.example":      {false, false, false, false, false},
	} {
		c := Config{Allow: strings.Fields(allow)}
		if err := c.Validate(); err != nil {
			t.Fatal(err)
		}
		g := New(c)
		g.resolver = answering(t, names)
		for i, name := range []string{"evil.example", "rebind.example", "rebind.example", "mail.corp.example", "meta.corp.example"} {
			conn, err := g.DialContext(t.Context(), "tcp", net.JoinHostPort(name, port))
			if conn != nil {
				_ = conn.Close()
			}
			if got := err == nil; got != want[i] || err != nil && !errors.Is(err, ErrRefused) {
				t.Errorf("allow %q: %s: %v", allow, name, err)
			}
		}
	}
}

// The addresses at which clouds tell their machines secrets are refused whatever is allowed.
func TestSomeAddressesAreNeverReached(t *testing.T) {
	g := New(Config{Allow: []string{"0.0.0.0/0", "::/0"}})
	for _, to := range []string{"169.254.169.254", "::ffff:169.254.169.254", "100.100.100.200", "fd00:ec2::254", "fe80::1", "168.63.129.16"} {
		if _, err := g.DialContext(t.Context(), "tcp", net.JoinHostPort(to, "80")); !errors.Is(err, ErrRefused) {
			t.Errorf("%s: %v", to, err)
		}
	}
}

func TestTheClientFollowsNoRedirectAndReadsNoMoreThanItsLimit(t *testing.T) {
	asked := 0
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		switch r.URL.Path {
		case "/away":
			http.Redirect(w, r, "/other", http.StatusFound)
		case "/slow":
			<-r.Context().Done()
		default:
			_, _ = io.WriteString(w, strings.Repeat("x", 101))
		}
	}))
	defer srv.Close()
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:9")
	g := New(Config{Allow: []string{"127.0.0.0/8"}})
	get := func(c *http.Client, path string) (int, string, error) {
		t.Helper()
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, srv.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := c.Do(req)
		if err != nil {
			return 0, "", err
		}
		defer func() { _ = res.Body.Close() }()
		b, err := io.ReadAll(res.Body)
		return res.StatusCode, string(b), err
	}
	if status, _, err := get(g.Client(time.Minute, 1000), "/away"); err != nil || status != http.StatusFound || asked != 1 {
		t.Errorf("a redirect: %d, %v, %d requests", status, err, asked)
	}
	if _, body, err := get(g.Client(time.Minute, 101), "/"); err != nil || len(body) != 101 {
		t.Errorf("as long as the limit: %d, %v", len(body), err)
	}
	if _, body, err := get(g.Client(time.Minute, 100), "/"); !errors.Is(err, ErrTooLong) || len(body) != 100 {
		t.Errorf("a byte more: %d, %v", len(body), err)
	}
	if _, _, err := get(g.Client(50*time.Millisecond, 100), "/slow"); err == nil {
		t.Error("the client waits for ever")
	}
	before := asked
	if _, _, err := get(New(Config{}).Client(time.Minute, 100), "/"); !errors.Is(err, ErrRefused) || asked != before {
		t.Errorf("not allowed: %v", err)
	}
}

func TestWhatMayBeAllowed(t *testing.T) {
	for entry, ok := range map[string]bool{
		"mail.corp.example": true, ".corp.example": true, "localhost": true, "10.0.0.0/8": true, "10.1.2.3": true, "::1": true, "[::1]": true, "fd00::/8": true,
		"": false, "https://x.example": false, "x.example:25": false, "10.0.0.300": false, "10.0.0.0/40": false, "*.corp.example": false, "a b": false, ".": false, "fe80::1%lo": false,
	} {
		if err := (Config{Allow: []string{entry}}).Validate(); (err == nil) != ok {
			t.Errorf("%q: %v", entry, err)
		}
	}
	c := Config{Allow: []string{"file.example"}}
	c.FromEnvironment(func(string) string { return "a.example, 10.0.0.0/8" })
	if len(c.Allow) != 2 || c.Allow[1] != "10.0.0.0/8" {
		t.Errorf("%v", c.Allow)
	}
}
