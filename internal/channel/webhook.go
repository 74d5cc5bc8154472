package channel

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"kezhi/internal/clock"
)

// Headers of a webhook's request.
const (
	HeaderTimestamp = "X-Kezhi-Timestamp" // seconds since 1970
	HeaderSignature = "X-Kezhi-Signature" // sha256=HMAC of timestamp, dot and body
	HeaderKey       = "Idempotency-Key"
)

// hook posts messages to a server of the company's own.
type hook struct {
	c      WebhookConfig
	secret string
	client *http.Client
	now    clock.Clock
}

func newWebhook(c WebhookConfig, client *http.Client, now clock.Clock) (*hook, error) {
	secret, err := secretOf(c.Secret, c.SecretFile)
	return &hook{c, secret, client, now}, err
}

// Repeatable is always: the key comes with each request, and a receiver must do the same key once.
func (h *hook) Repeatable() time.Duration { return Always }

// hookBody is what a receiver reads: a Message, field by field.
type hookBody struct {
	Key         string `json:"key"`
	To          string `json:"to"`
	Name        string `json:"name"`
	Subject     string `json:"subject"`
	Text        string `json:"text"`
	Language    string `json:"language"`
	Unsubscribe string `json:"unsubscribe,omitempty"`
}

// Sign gives the signature of a request, for those who check it.
func Sign(secret, timestamp string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = mac.Write([]byte(timestamp + "."))
	_, _ = mac.Write(body) // never fails
	return "sha256=" + hex.EncodeToString(mac.Sum(nil))
}

// Send posts one message; the receipt is the member id of the answer.
func (h *hook) Send(ctx context.Context, m Message) (Receipt, error) {
	body, err := json.Marshal(hookBody(m))
	if err != nil {
		return Receipt{}, failed(Permanent, err, "the message cannot be written")
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, h.c.URL, bytes.NewReader(body))
	if err != nil {
		return Receipt{}, failed(Refused, nil, "the address of the webhook is wrong")
	}
	stamp := strconv.FormatInt(h.now().Unix(), 10)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set(HeaderTimestamp, stamp)
	req.Header.Set(HeaderSignature, Sign(h.secret, stamp, body))
	req.Header.Set(HeaderKey, inHeader(m.Key))
	a, f := ask(ctx, h.client, req)
	if f == nil {
		f = a.failure()
	}
	if f != nil {
		return Receipt{}, f
	}
	return Receipt{ID: short(a.field("id"))}, nil
}
