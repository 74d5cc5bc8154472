package app

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/config"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/httpapi"
	"kezhi/internal/job"
	"kezhi/internal/user"
)

// ledger is a log that many write to at once.
type ledger struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *ledger) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *ledger) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// Whatever people do, neither who nor whom nor a secret is in a line of the log, even at its most talkative.
func TestLogsHoldNoPersonalDataAndNoSecret(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		sys := authz.With(context.Background(), authz.System("test"))
		log := &ledger{}
		cfg := config.Default()
		cfg.Data = t.TempDir()
		a, err := build(sys, cfg, slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})), clock.System, d)
		if err != nil {
			t.Fatal(err)
		}
		login, person, password, mail := "ouyang.zhenhua", "欧阳振华", "Kite-Ladder-Mango-42", "ouyang.zhenhua@unmistakable.example"
		roles := []string{authz.RoleAdmin}
		if _, err := a.Users.Create(sys, user.Input{Login: &login, Name: &person, Email: &mail, Password: &password, Roles: &roles}); err != nil {
			t.Fatal(err)
		}
		a.Runner.Register("test.broken", func(context.Context, *job.Run) error { return fmt.Errorf("cannot be done") })
		h, err := a.Handler()
		if err != nil {
			t.Fatal(err)
		}
		var cookies []*http.Cookie
		send := func(method, path string, body any, want int) []byte {
			t.Helper()
			text, err := json.Marshal(body)
			if err != nil {
				t.Fatal(err)
			}
			r := httptest.NewRequestWithContext(t.Context(), method, "/api/v1"+path, bytes.NewReader(text))
			r.Header.Set("Content-Type", "application/json")
			for _, c := range cookies {
				r.AddCookie(c)
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code != want {
				t.Fatalf("%s %s: %d %s", method, path, w.Code, w.Body)
			}
			if got := w.Result().Cookies(); len(got) > 0 {
				cookies = got
			}
			return w.Body.Bytes()
		}
		const wrong, customer, contact, phone, address, note = "Wrong-Guess-Tulip-77", "隐澜精密仪器有限公司", "上官婉清", "13987654321", "shangguan@unmistakable.example", "对价格极其敏感"
		send(http.MethodPost, "/session", map[string]string{"login": login, "password": wrong}, http.StatusUnauthorized)
		send(http.MethodPost, "/session", map[string]string{"login": login, "password": password}, http.StatusOK)
		secret := ""
		for _, c := range cookies {
			if c.Name == httpapi.SessionCookie {
				secret = c.Value
			}
		}
		var made struct{ ID string }
		if err := json.Unmarshal(send(http.MethodPost, "/customers", map[string]string{"party": "org", "name": customer, "kind": "dealer", "note": note}, http.StatusCreated), &made); err != nil {
			t.Fatal(err)
		}
		send(http.MethodPost, "/customers/"+made.ID+"/contacts", map[string]string{"name": contact, "phone": phone, "email": address}, http.StatusCreated)
		send(http.MethodPost, "/customers/"+made.ID+"/contacts", map[string]string{"name": "", "phone": phone + "x", "email": "no address"}, http.StatusUnprocessableEntity)
		for _, q := range []string{customer, contact, phone} {
			send(http.MethodGet, "/customers?q="+url.QueryEscape(q), nil, http.StatusOK)
			send(http.MethodGet, "/search?q="+url.QueryEscape(q), nil, http.StatusOK)
		}
		send(http.MethodGet, "/customers/"+made.ID+"/record", nil, http.StatusOK)
		send(http.MethodGet, "/no-such-place?phone="+phone, nil, http.StatusNotFound)
		err = d.InTx(sys, func(q db.Q) error {
			_, err := a.Queue.Enqueue(sys, q, job.Spec{Kind: "test.broken", MaxAttempts: 1})
			return err
		})
		if err == nil {
			err = a.Drain(sys)
		}
		if err != nil {
			t.Fatal(err)
		}
		lines := log.String()
		if strings.Count(lines, `"route"`) < 10 || !strings.Contains(lines, "cannot be done") || secret == "" {
			t.Fatalf("the log tells too little to prove anything (session %v): %s", secret != "", lines)
		}
		for what, needle := range map[string]string{
			"a login": login, "a name": person, "a mail address": mail, "a password": password, "a wrong password": wrong, "a session": secret, "a customer": customer, "a contact": contact,
			"a phone": phone, "a contact's address": address, "a note": note, "a query": url.QueryEscape(customer),
		} {
			if i := strings.Index(lines, needle); i >= 0 {
				t.Errorf("the log holds %s: …%s…", what, lines[max(0, i-120):min(len(lines), i+120)])
			}
		}
	})
}
