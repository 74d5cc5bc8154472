package seal

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"kezhi/internal/errs"
	"kezhi/internal/outbound"
)

// transit wraps data keys at a key server.
type transit struct {
	conf   Server
	client *http.Client
}

func newTransit(c Server) (Master, error) {
	t := outbound.New(c.Outbound).Transport()
	if c.CAFile != "" {
		pem, err := os.ReadFile(c.CAFile)
		pool := x509.NewCertPool()
		if err != nil || !pool.AppendCertsFromPEM(pem) {
			return nil, errs.Wrap(err, errs.Invalid, "backup.certificate", "path", c.CAFile)
		}
		t.TLSClientConfig = &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
	}
	// No redirect is followed: the token must not go to where somebody redirects to.
	return &transit{c, outbound.ClientOver(t, 15*time.Second, 1<<16)}, nil
}

func (t *transit) ID() string { return "server:" + t.conf.Key }

func (t *transit) Wrap(ctx context.Context, key []byte, about string) (string, error) {
	var out struct{ Data struct{ Ciphertext string } }
	err := t.ask(ctx, "encrypt", map[string]string{"plaintext": base64.StdEncoding.EncodeToString(key), "associated_data": base64.StdEncoding.EncodeToString([]byte(about))}, &out)
	if err == nil && out.Data.Ciphertext == "" {
		err = t.failed(fmt.Errorf("no ciphertext in the answer"))
	}
	return out.Data.Ciphertext, err
}

func (t *transit) Unwrap(ctx context.Context, wrapped, about string) ([]byte, error) {
	var out struct{ Data struct{ Plaintext string } }
	err := t.ask(ctx, "decrypt", map[string]string{"ciphertext": wrapped, "associated_data": base64.StdEncoding.EncodeToString([]byte(about))}, &out)
	if err != nil {
		return nil, err
	}
	key, err := base64.StdEncoding.DecodeString(out.Data.Plaintext)
	if err != nil || len(key) != keySize {
		return nil, t.failed(fmt.Errorf("the answer is no key"))
	}
	return key, nil
}

func (t *transit) failed(err error) error {
	return errs.Wrap(err, errs.Unavailable, "seal.server", "url", t.conf.URL, "problem", err.Error())
}

func (t *transit) ask(ctx context.Context, what string, body any, out any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimRight(t.conf.URL, "/")+"/"+what+"/"+url.PathEscape(t.conf.Key), bytes.NewReader(text))
	if err != nil {
		return t.failed(err)
	}
	token := t.conf.Token
	if t.conf.TokenFile != "" {
		b, err := os.ReadFile(t.conf.TokenFile)
		if err != nil {
			return errs.Wrap(err, errs.Invalid, "file.not_found", "path", t.conf.TokenFile)
		}
		token = strings.TrimSpace(string(b))
	}
	req.Header.Set("X-Vault-Token", token)
	req.Header.Set("Content-Type", "application/json")
	res, err := t.client.Do(req)
	if err != nil {
		return t.failed(err)
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		return t.failed(fmt.Errorf("%s", res.Status)) // its body could tell what was sent
	}
	if err := json.NewDecoder(res.Body).Decode(out); err != nil {
		return t.failed(err)
	}
	return nil
}
