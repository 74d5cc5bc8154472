package cert_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"kezhi/internal/cert"
	"kezhi/internal/errs"
	"kezhi/internal/outbound"
)

// authority signs certificates.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	n    int64
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	a := &authority{}
	var err error
	if a.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		t.Fatal(err)
	}
	root := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, root, root, a.key.Public(), a.key)
	if err != nil {
		t.Fatal(err)
	}
	if a.cert, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	return a
}

func (a *authority) pool() *x509.CertPool {
	p := x509.NewCertPool()
	p.AddCert(a.cert)
	return p
}

func (a *authority) sign(name string, key any) ([]byte, error) {
	a.n++
	leaf := &x509.Certificate{
		SerialNumber: big.NewInt(100 + a.n), DNSNames: []string{name}, KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(90 * 24 * time.Hour),
	}
	return x509.CreateCertificate(rand.Reader, leaf, a.cert, key, a.key)
}

// write puts a new certificate for a name into files.
func (a *authority) write(t *testing.T, name, certFile, keyFile string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := a.sign(name, key.Public())
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	for path, block := range map[string]*pem.Block{certFile: {Type: "CERTIFICATE", Bytes: der}, keyFile: {Type: "PRIVATE KEY", Bytes: private}} {
		if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// serving answers with a source and gives the address.
func serving(t *testing.T, s *cert.Source) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	srv := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, r.Proto) }), ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)}
	go func() { _ = srv.Serve(s.Listener(l)) }()
	t.Cleanup(func() { _ = srv.Close() })
	return l.Addr().String()
}

// shown gives the serial number of the certificate that an address answers a name with.
func shown(t *testing.T, address, name string, roots *x509.CertPool) (int64, error) {
	t.Helper()
	c, err := tls.DialWithDialer(&net.Dialer{Timeout: 20 * time.Second}, "tcp", address, &tls.Config{ServerName: name, RootCAs: roots})
	if err != nil {
		return 0, err
	}
	defer c.Close()
	return c.ConnectionState().PeerCertificates[0].SerialNumber.Int64(), nil
}

func TestChangedFilesAreTakenUp(t *testing.T) {
	a, dir := newAuthority(t), t.TempDir()
	certFile, keyFile := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	if _, err := cert.Files(certFile, keyFile, time.Now, slog.New(slog.DiscardHandler)); errs.CodeOf(err) != "cert.files" {
		t.Errorf("no files: %v", err)
	}
	a.write(t, "kezhi.example.com", certFile, keyFile)
	var mu sync.Mutex
	at := time.Now()
	later := func() { mu.Lock(); at = at.Add(time.Minute); mu.Unlock() }
	s, err := cert.Files(certFile, keyFile, func() time.Time { mu.Lock(); defer mu.Unlock(); return at }, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	address := serving(t, s)
	want := func(serial int64) {
		t.Helper()
		if got, err := shown(t, address, "kezhi.example.com", a.pool()); err != nil || got != serial {
			t.Errorf("certificate %d, %v, want %d", got, err, serial)
		}
	}
	want(101)
	a.write(t, "kezhi.example.com", certFile, keyFile)
	old := time.Now().Add(-time.Hour)
	if err := os.Chtimes(certFile, old, old); err != nil {
		t.Fatal(err)
	}
	want(101) // nobody looks at every connection
	later()
	want(102)
	// A pair that does not belong together, or half a file, changes nothing.
	good, err := os.ReadFile(keyFile)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(keyFile, good[:len(good)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	later()
	want(102)
	a.write(t, "kezhi.example.com", certFile, keyFile)
	later()
	want(103)
	client := &http.Client{Transport: &http.Transport{ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{RootCAs: a.pool(), ServerName: "kezhi.example.com"}}}
	res, err := client.Get("https://" + address)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.ProtoMajor != 2 {
		t.Errorf("%s", res.Proto)
	}
	if _, err := tls.Dial("tcp", address, &tls.Config{RootCAs: a.pool(), ServerName: "kezhi.example.com", MaxVersion: tls.VersionTLS11}); err == nil {
		t.Error("TLS 1.1 is answered")
	}
}

func TestPeopleWithoutTLSAreSentThere(t *testing.T) {
	a, dir := newAuthority(t), t.TempDir()
	a.write(t, "kezhi.example.com", filepath.Join(dir, "c"), filepath.Join(dir, "k"))
	s, err := cert.Files(filepath.Join(dir, "c"), filepath.Join(dir, "k"), time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		host, path string
		port       int
		hosts      []string
		want       string
	}{
		{"kezhi.example.com", "/customers?q=%E5%8D%8E&x=1", 443, nil, "https://kezhi.example.com/customers?q=%E5%8D%8E&x=1"},
		{"kezhi.example.com:80", "/a%2Fb", 8443, nil, "https://kezhi.example.com:8443/a%2Fb"},
		{"[::1]:80", "/", 8443, nil, "https://[::1]:8443/"},
		{"kezhi.example.com", "//evil.example.com/x", 443, nil, "https://kezhi.example.com//evil.example.com/x"},
		{"evil.example.com", "/", 443, []string{"kezhi.example.com"}, ""},
	} {
		r := httptest.NewRequest(http.MethodPost, "http://x"+c.path, nil)
		r.Host = c.host
		w := httptest.NewRecorder()
		s.Redirect(&net.TCPAddr{Port: c.port}, c.hosts).ServeHTTP(w, r)
		if got := w.Header().Get("Location"); got != c.want || c.want != "" && w.Code != http.StatusPermanentRedirect || c.want == "" && w.Code != http.StatusMisdirectedRequest {
			t.Errorf("%s%s: %d to %q", c.host, c.path, w.Code, got)
		}
	}
}

// fakeACME is an authority as RFC 8555 has it, with one order at a time. It proves names by tls-alpn-01 (RFC 8737) at an address.
type fakeACME struct {
	*httptest.Server
	t      *testing.T
	ca     *authority
	prove  string
	mu     sync.Mutex
	thumb  string
	name   string
	proved bool
	chain  []byte
	orders int
}

func newFakeACME(t *testing.T, ca *authority) *fakeACME {
	f := &fakeACME{t: t, ca: ca}
	f.Server = httptest.NewTLSServer(f)
	t.Cleanup(f.Close)
	return f
}

func (f *fakeACME) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	w.Header().Set("Replay-Nonce", fmt.Sprint(time.Now().UnixNano()))
	say := func(status int, v any) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(v)
	}
	var payload struct {
		Identifiers []struct{ Type, Value string }
		CSR         string
	}
	head := f.read(r, &payload)
	url := func(path string) string { return f.URL + path }
	order := func() map[string]any {
		status := "pending"
		if f.proved {
			status = "ready"
		}
		o := map[string]any{"identifiers": []any{map[string]string{"type": "dns", "value": f.name}}, "authorizations": []string{url("/authz")}, "finalize": url("/finalize")}
		if f.chain != nil {
			status, o["certificate"] = "valid", url("/cert")
		}
		o["status"] = status
		return o
	}
	challenge := func() map[string]any {
		status := "pending"
		if f.proved {
			status = "valid"
		}
		return map[string]any{"type": "tls-alpn-01", "url": url("/challenge"), "token": "the-token", "status": status}
	}
	switch r.URL.Path {
	case "/dir":
		say(200, map[string]string{"newNonce": url("/nonce"), "newAccount": url("/account"), "newOrder": url("/order")})
	case "/nonce":
	case "/account":
		f.thumb = head
		w.Header().Set("Location", url("/account/1"))
		say(201, map[string]string{"status": "valid"})
	case "/order":
		f.name, f.proved, f.chain, f.orders = payload.Identifiers[0].Value, false, nil, f.orders+1
		w.Header().Set("Location", url("/order/1"))
		say(201, order())
	case "/order/1":
		say(200, order())
	case "/authz":
		say(200, map[string]any{"status": challenge()["status"], "identifier": map[string]string{"type": "dns", "value": f.name}, "challenges": []any{challenge()}})
	case "/challenge":
		if err := f.check(); err != nil {
			f.t.Errorf("proving %s: %v", f.name, err)
		}
		f.proved = true
		say(200, challenge())
	case "/finalize":
		der, err := base64.RawURLEncoding.DecodeString(payload.CSR)
		if err == nil {
			var csr *x509.CertificateRequest
			if csr, err = x509.ParseCertificateRequest(der); err == nil {
				der, err = f.ca.sign(csr.DNSNames[0], csr.PublicKey)
			}
		}
		if err != nil {
			f.t.Error(err)
		}
		f.chain = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
		w.Header().Set("Location", url("/order/1"))
		say(200, order())
	case "/cert":
		w.Header().Set("Content-Type", "application/pem-certificate-chain")
		_, _ = w.Write(f.chain)
	default:
		http.NotFound(w, r)
	}
}

// read gives the payload of a signed request, and the thumbprint of the key in its head where there is one.
func (f *fakeACME) read(r *http.Request, payload any) string {
	var jws struct{ Protected, Payload string }
	if r.Method != http.MethodPost || json.NewDecoder(r.Body).Decode(&jws) != nil {
		return ""
	}
	text, _ := base64.RawURLEncoding.DecodeString(jws.Payload)
	_ = json.Unmarshal(text, payload)
	var head struct {
		JWK struct{ Crv, Kty, X, Y string }
	}
	text, _ = base64.RawURLEncoding.DecodeString(jws.Protected)
	_ = json.Unmarshal(text, &head)
	sum := sha256.Sum256(fmt.Appendf(nil, `{"crv":%q,"kty":%q,"x":%q,"y":%q}`, head.JWK.Crv, head.JWK.Kty, head.JWK.X, head.JWK.Y))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// check connects as the authority does and looks for the answer in the certificate.
func (f *fakeACME) check() error {
	c, err := tls.Dial("tcp", f.prove, &tls.Config{ServerName: f.name, NextProtos: []string{"acme-tls/1"}, InsecureSkipVerify: true})
	if err != nil {
		return err
	}
	defer c.Close()
	sum := sha256.Sum256([]byte("the-token." + f.thumb))
	want, err := asn1.Marshal(sum[:])
	if err != nil {
		return err
	}
	for _, e := range c.ConnectionState().PeerCertificates[0].Extensions {
		if e.Id.String() == "1.3.6.1.5.5.7.1.31" && string(e.Value) == string(want) {
			return nil
		}
	}
	return errors.New("the certificate does not hold the answer")
}

func TestCertificatesAreFetched(t *testing.T) {
	ca, dir := newAuthority(t), t.TempDir()
	f := newFakeACME(t, ca)
	caFile := filepath.Join(dir, "ca.pem")
	if err := os.WriteFile(caFile, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: f.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	conf := cert.ACME{Hosts: []string{"kezhi.example.com"}, Email: "it@example.com", Directory: f.URL + "/dir", CAFile: caFile, Outbound: outbound.Config{Allow: []string{"127.0.0.1"}}}
	if err := conf.Validate(); err != nil {
		t.Fatal(err)
	}
	open := func() string {
		s, err := cert.FromACME(conf, filepath.Join(dir, "acme"))
		if err != nil {
			t.Fatal(err)
		}
		return serving(t, s)
	}
	address := open()
	f.prove = address
	serial, err := shown(t, address, "kezhi.example.com", ca.pool())
	if err != nil || serial != 101 || f.orders != 1 {
		t.Fatalf("certificate %d after %d orders, %v", serial, f.orders, err)
	}
	if _, err := shown(t, address, "other.example.com", ca.pool()); err == nil || f.orders != 1 {
		t.Errorf("a name that is not ours: %v, %d orders", err, f.orders)
	}
	// The next start has it already.
	again := open()
	if serial, err := shown(t, again, "kezhi.example.com", ca.pool()); err != nil || serial != 101 || f.orders != 1 {
		t.Errorf("certificate %d after %d orders, %v", serial, f.orders, err)
	}
	if info, err := os.Stat(filepath.Join(dir, "acme")); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v, %v", info, err)
	}
	for _, bad := range []cert.ACME{{Hosts: []string{"127.0.0.1"}}, {Hosts: []string{"https://kezhi.example.com"}}, {Hosts: []string{"a.example.com"}, Directory: "http://acme.example.com"}} {
		if bad.Validate() == nil {
			t.Errorf("%+v is taken", bad)
		}
	}
}
