package demo

import (
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"kezhi/internal/channel"
)

// Sink stands for the servers to which an installation hands its text messages and webhook calls. It is part of the program: nothing of
// the demo leaves the machine. Numbers that end with 7 do not exist there, so that the log shows what a failure looks like.
type Sink struct {
	server *http.Server
	addr   string
	taken  atomic.Int64
}

// NewSink begins to listen on a port of this machine.
func NewSink() (*Sink, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // it listens at once or not at all
	if err != nil {
		return nil, err
	}
	s := &Sink{addr: l.Addr().String()}
	s.server = &http.Server{Handler: http.HandlerFunc(s.take), ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = s.server.Serve(l) }() // until Close
	return s, nil
}

// Channels gives the settings that hand messages to the sink.
func (s *Sink) Channels() channel.Config {
	return channel.Config{
		SMS: channel.SMSConfig{
			URL: "http://" + s.addr + "/sms", Body: `{"to":"{{to}}","text":"{{text}}","key":"{{key}}"}`, OKField: "code", OKValues: []string{"ok"}, IDField: "id", Deduplicates: true,
		},
		Webhook: channel.WebhookConfig{URL: "http://" + s.addr + "/hook", Secret: "demo"},
	}
}

func (s *Sink) take(w http.ResponseWriter, r *http.Request) {
	var in struct {
		To string `json:"to"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&in); err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	code := "ok"
	if r.URL.Path == "/sms" && strings.HasSuffix(in.To, "7") {
		code = "unknown_number"
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]string{"code": code, "id": "demo-" + strconv.FormatInt(s.taken.Add(1), 10)})
}

// Close stops listening.
func (s *Sink) Close() error {
	if err := s.server.Close(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
