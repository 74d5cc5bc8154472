package channel

import (
	"bytes"
	"context"
	"encoding/json"
	"hash/fnv"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"kezhi/internal/clock"
)

const (
	weComHost = "https://qyapi.weixin.qq.com"
	// sameFor is for how long WeCom takes a message with the same content to the same person for the same message: the most it offers.
	sameFor = 4 * time.Hour
	// markBits is how much of its key a message carries, so that two messages with the same words are not taken for one.
	markBits = 24
	// spare is how long before its end a token is no longer used.
	spare = time.Minute
)

// Codes of WeCom's answers that mean something to us.
const (
	weComOK          = 0
	weComBusy        = -1
	weComTooOften    = 45009
	weComBadToken    = 40014
	weComTokenEnded  = 42001
	weComNobody      = 81013 // nobody of those addressed can be reached
	weComNoSuchUser  = 60111
	weComBadUserList = 40031
)

var weComUser = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z_.@-]{0,63}$`)

// WeComUser says whether a text names one user of WeCom: what WeCom reads as several people or as everybody (a|b, @all) does not.
func WeComUser(s string) bool { return weComUser.MatchString(s) }

// member sends messages of an application to people WeCom knows.
type member struct {
	c      WeComConfig
	secret string
	client *http.Client
	now    clock.Clock

	mu    sync.Mutex
	token string
	until time.Time
}

func newWeCom(c WeComConfig, client *http.Client, now clock.Clock) (*member, error) {
	secret, err := secretOf(c.Secret, c.SecretFile)
	return &member{c: c, secret: secret, client: client, now: now}, err
}

func (c WeComConfig) base() string {
	if c.BaseURL == "" {
		return weComHost
	}
	return strings.TrimSuffix(c.BaseURL, "/")
}

// Repeatable is a little less than WeCom is asked to drop the same content to the same person: our clock and theirs differ.
func (w *member) Repeatable() time.Duration { return sameFor - 5*time.Minute }

// mark writes a part of the key of a message in signs that nobody sees: WeCom knows a message again by its content alone, and would
// drop a second one that says the same.
func mark(key string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(key))
	var b strings.Builder
	for sum := h.Sum32(); b.Len() < markBits*len("\u200b"); sum >>= 1 {
		b.WriteRune('\u200b' + rune(sum&1))
	}
	return b.String()
}

type weComAnswer struct {
	Code        int    `json:"errcode"`
	Message     string `json:"errmsg"`
	Token       string `json:"access_token"`
	Expires     int64  `json:"expires_in"`
	InvalidUser string `json:"invaliduser"`
	ID          string `json:"msgid"`
}

func (a weComAnswer) failure() *SendError {
	switch a.Code {
	case weComOK:
		return nil
	case weComBusy, weComTooOften:
		return failed(Temporary, nil, "errcode %d", a.Code)
	case weComNobody, weComNoSuchUser, weComBadUserList:
		return failed(Permanent, nil, "errcode %d", a.Code)
	}
	return &SendError{Class: Refused, Reply: short("errcode " + jsonInt(a.Code)), Down: true}
}

func jsonInt(n int) string {
	b, _ := json.Marshal(n)
	return string(b)
}

func (w *member) ask(ctx context.Context, method, path string, query url.Values, body any) (weComAnswer, *SendError) {
	var content bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&content).Encode(body); err != nil {
			return weComAnswer{}, failed(Permanent, err, "the message cannot be written")
		}
	}
	req, err := http.NewRequestWithContext(ctx, method, w.c.base()+path+"?"+query.Encode(), &content)
	if err != nil {
		return weComAnswer{}, failed(Refused, nil, "the address of WeCom is wrong")
	}
	req.Header.Set("Content-Type", "application/json")
	a, f := ask(ctx, w.client, req)
	if f != nil {
		return weComAnswer{}, f
	}
	if f := a.failure(); f != nil {
		return weComAnswer{}, f
	}
	var out weComAnswer
	if err := json.Unmarshal(a.body, &out); err != nil {
		return out, failed(Unclear, nil, "WeCom's answer cannot be read")
	}
	return out, nil
}

// ticket gives a token that still holds; stale is one that was refused.
func (w *member) ticket(ctx context.Context, stale string) (string, *SendError) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.token != "" && w.token != stale && w.now().Before(w.until) {
		return w.token, nil
	}
	a, f := w.ask(ctx, http.MethodGet, "/cgi-bin/gettoken", url.Values{"corpid": {w.c.CorpID}, "corpsecret": {w.secret}}, nil)
	if f == nil {
		f = a.failure()
	}
	if f != nil {
		if f.Class == Unclear { // nothing of the message has gone out yet
			f.Class = Temporary
		}
		return "", f
	}
	w.token, w.until = a.Token, w.now().Add(time.Duration(a.Expires)*time.Second-spare)
	return w.token, nil
}

// Send hands a message to one person.
func (w *member) Send(ctx context.Context, m Message) (Receipt, error) {
	if !WeComUser(m.To) {
		return Receipt{}, failed(Permanent, nil, "this is not one user of WeCom")
	}
	text := m.Text
	if m.Subject != "" {
		text = m.Subject + "\n" + text
	}
	body := map[string]any{
		"touser": m.To, "msgtype": "text", "agentid": w.c.AgentID, "text": map[string]string{"content": text + mark(m.Key)},
		"enable_duplicate_check": 1, "duplicate_check_interval": int(sameFor.Seconds()),
	}
	stale := ""
	for range 2 {
		token, f := w.ticket(ctx, stale)
		if f != nil {
			return Receipt{}, f
		}
		a, f := w.ask(ctx, http.MethodPost, "/cgi-bin/message/send", url.Values{"access_token": {token}}, body)
		if f != nil {
			return Receipt{}, f
		}
		if a.Code == weComBadToken || a.Code == weComTokenEnded {
			stale = token
			continue
		}
		if f := a.failure(); f != nil {
			return Receipt{}, f
		}
		if slices.Contains(strings.Split(a.InvalidUser, "|"), m.To) {
			return Receipt{}, failed(Permanent, nil, "WeCom does not know this user")
		}
		return Receipt{ID: short(a.ID)}, nil
	}
	return Receipt{}, &SendError{Class: Refused, Reply: "WeCom refuses its own token", Down: true}
}
