package channel

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// texter hands messages to a provider of text messages as its templates say.
type texter struct {
	c      SMSConfig
	secret string
	client *http.Client
}

func newSMS(c SMSConfig, client *http.Client) (*texter, error) {
	secret, err := secretOf(c.Secret, c.SecretFile)
	if c.Method == "" {
		c.Method = http.MethodPost
	}
	return &texter{c, secret, client}, err
}

// Repeatable is what the administrator knows of the provider.
func (t *texter) Repeatable() time.Duration {
	if t.c.Deduplicates {
		return Always
	}
	return 0
}

func (t *texter) request(ctx context.Context, m Message) (*http.Request, error) {
	values := map[string]string{
		"to": m.To, "to_digits": strings.TrimPrefix(m.To, "+"), "to_national": strings.TrimPrefix(m.To, "+86"),
		"text": m.Text, "key": m.Key, "secret": t.secret,
	}
	contentType := "application/json"
	for k, v := range t.c.Headers {
		if http.CanonicalHeaderKey(k) == "Content-Type" {
			contentType = v
		}
	}
	body := fill(t.c.Body, values, escapeFor(contentType))
	req, err := http.NewRequestWithContext(ctx, t.c.Method, fill(t.c.URL, values, url.QueryEscape), strings.NewReader(body))
	if err != nil {
		return nil, failed(Refused, nil, "the address of the provider is wrong")
	}
	req.Header.Set("Content-Type", contentType)
	for k, v := range t.c.Headers {
		req.Header.Set(k, fill(v, values, inHeader))
	}
	return req, nil
}

// Send hands one text message over.
func (t *texter) Send(ctx context.Context, m Message) (Receipt, error) {
	req, err := t.request(ctx, m)
	if err != nil {
		return Receipt{}, err
	}
	a, f := ask(ctx, t.client, req)
	if f != nil {
		return Receipt{}, f
	}
	if f := a.failure(); f != nil {
		return Receipt{}, f
	}
	if t.c.OKField != "" {
		said := a.field(t.c.OKField)
		switch {
		case slices.Contains(t.c.OKValues, said):
		case slices.Contains(t.c.BusyValues, said):
			return Receipt{}, failed(Temporary, nil, "%s=%s", t.c.OKField, said)
		default:
			return Receipt{}, failed(Permanent, nil, "%s=%s", t.c.OKField, said)
		}
	}
	return Receipt{ID: short(a.field(t.c.IDField))}, nil
}
