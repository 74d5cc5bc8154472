package httpapi

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"runtime/debug"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// SessionCookie is the name of the session cookie.
const SessionCookie = "kezhi_session"

// Authenticate finds out who sends a request: a session cookie or a bearer token. No credentials: ok is false.
type Authenticate func(ctx context.Context, r *http.Request) (actor authz.Actor, ok bool, err error)

// Server is what Handler needs beside the API.
type Server struct {
	API          *API
	Authenticate Authenticate
	Ready        func(context.Context) error
	Web          http.Handler // the web UI
	Log          *slog.Logger
	Now          clock.Clock
	// TrustProxy takes the client's address from X-Forwarded-For and the scheme from X-Forwarded-Proto.
	TrustProxy bool
	// Metrics are shown beside those of the server itself.
	Metrics []prometheus.Collector
	// Limits bound how often one sender may ask; the zero value bounds nobody.
	Limits Limits
	// Health gives a line for /healthz, shown to this machine and to those who manage the system; nil = none.
	Health func(context.Context) string
	// Version is shown by /healthz.
	Version string
}

// Handler puts the layers around the API, outermost first: log and metrics, recovery, headers, cross-site protection, actor, limits.
func (s Server) Handler() (http.Handler, error) {
	spec, err := s.API.Spec()
	if err != nil {
		return nil, err
	}
	docs, err := docsPage(spec)
	if err != nil {
		return nil, err
	}
	reg := prometheus.NewRegistry()
	reg.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	for _, c := range s.Metrics {
		reg.MustRegister(c)
	}
	mux := s.API.mux
	mux.HandleFunc("GET /api/v1/openapi.json", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(spec)
	})
	mux.HandleFunc("GET /api/docs", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
		_, _ = w.Write(docs)
	})
	mux.HandleFunc("GET /healthz", s.health)
	mux.HandleFunc("GET /readyz", s.ready)
	mux.Handle("GET /metrics", s.localOnly(promhttp.HandlerFor(reg, promhttp.HandlerOpts{})))
	mux.HandleFunc("/api/", func(w http.ResponseWriter, _ *http.Request) {
		writeProblem(w, ProblemOf(errs.New(errs.NotFound, "not_found")))
	})
	mux.Handle("/", s.Web)

	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		writeProblem(w, ProblemOf(errs.New(errs.Forbidden, "auth.cross_site")))
	}))
	var h http.Handler = mux
	h = s.limited(h, reg)
	h = s.actor(h)
	h = cross.Handler(h)
	h = legible(h)
	h = s.headers(h)
	h = s.recovered(h)
	return s.observed(h, reg), nil
}

// health says that the process lives. What else it says never makes it say otherwise: no restart mends a backup.
func (s Server) health(w http.ResponseWriter, r *http.Request) {
	text := "ok " + s.Version + "\n"
	if s.Health != nil && s.managing(r) {
		text += s.Health(r.Context()) + "\n"
	}
	_, _ = w.Write([]byte(text))
}

func (s Server) ready(w http.ResponseWriter, r *http.Request) {
	if err := s.Ready(r.Context()); err != nil {
		http.Error(w, "not ready: "+errs.CodeOf(err), http.StatusServiceUnavailable)
		return
	}
	_, _ = w.Write([]byte("ready\n"))
}

// localOnly shows metrics to this machine and to signed-in people who manage the system, to nobody else.
func (s Server) localOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.managing(r) {
			http.NotFound(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// managing says whether a request comes from this machine or from somebody who manages the system.
func (s Server) managing(r *http.Request) bool {
	a, _ := authz.From(r.Context())
	ip := net.ParseIP(s.address(r))
	// What a proxy on this machine passes on comes from elsewhere, whether the proxy is trusted or not.
	local := ip != nil && ip.IsLoopback() && len(r.Header.Values("X-Forwarded-For")) == 0
	return local || a.Grants[authz.SystemManage] == authz.ReachAll
}

// legible refuses addresses with a NUL or with what is not UTF-8: no name, text or id has any, and PostgreSQL stores none.
func legible(next http.Handler) http.Handler {
	ok := func(text string) bool { return utf8.ValidString(text) && !strings.Contains(text, "\x00") }
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		query, err := url.QueryUnescape(r.URL.RawQuery)
		if err != nil || !ok(query) || !ok(r.URL.Path) {
			writeProblem(w, ProblemOf(errs.New(errs.Invalid, "request.bad_text")))
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (s Server) actor(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := r.Context()
		actor, ok, err := s.Authenticate(ctx, r)
		if err != nil {
			s.Log.ErrorContext(ctx, "authenticating", "error", err)
			writeProblem(w, ProblemOf(err))
			return
		}
		address := s.address(r)
		ctx = WithAddress(ctx, address)
		if ok {
			actor.Address, actor.Request = address, w.Header().Get("X-Request-Id")
			ctx = authz.With(ctx, actor)
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

type addressKey struct{}

// WithAddress keeps the client's address for the sign-in limits; the server and tests set it.
func WithAddress(ctx context.Context, address string) context.Context {
	return context.WithValue(ctx, addressKey{}, address)
}

// Address gives the client's address, or "".
func Address(ctx context.Context) string {
	a, _ := ctx.Value(addressKey{}).(string)
	return a
}

func (s Server) address(r *http.Request) string {
	if s.TrustProxy {
		// Proxies append to the last line or add a line of their own; only the very last address is the proxy's word.
		if lines := r.Header.Values("X-Forwarded-For"); len(lines) > 0 {
			last := lines[len(lines)-1]
			return strings.TrimSpace(last[strings.LastIndex(last, ",")+1:])
		}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

func (s Server) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "geolocation=(self), camera=(self), microphone=()")
		if r.TLS != nil || (s.TrustProxy && r.Header.Get("X-Forwarded-Proto") == "https") {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		if strings.HasPrefix(r.URL.Path, "/api/") {
			h.Set("Cache-Control", "no-store")
		}
		if answersPrograms(r.URL.Path) {
			// Opened as a page it is to do nothing. The web's own pages and its service worker have a policy of theirs.
			h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		}
		next.ServeHTTP(w, r)
	})
}

// answersPrograms says whether what lies there is for programs and not for browsers.
func answersPrograms(path string) bool {
	return strings.HasPrefix(path, "/api/") || path == "/metrics" || path == "/healthz" || path == "/readyz"
}

func (s Server) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if p := recover(); p != nil {
				if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
					panic(p)
				}
				s.Log.ErrorContext(r.Context(), "panic in a request", "panic", p, "stack", string(debug.Stack()))
				if sw, ok := w.(*statusWriter); ok && sw.status != 0 {
					panic(http.ErrAbortHandler) // half an answer is out: the client must see it break off, not end
				}
				writeProblem(w, ProblemOf(errs.New(errs.Internal, "internal")))
			}
		}()
		next.ServeHTTP(w, r)
	})
}

type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(code int) {
	if w.status == 0 {
		w.status = code
	}
	w.ResponseWriter.WriteHeader(code)
}

func (w *statusWriter) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(b)
}

func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// observed gives each request an id, writes one log line and counts it by route pattern (never by path: ids are many).
func (s Server) observed(next http.Handler, reg *prometheus.Registry) http.Handler {
	seconds := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "kezhi_http_seconds", Help: "Time to answer a request.", Buckets: prometheus.ExponentialBuckets(0.001, 2, 14),
	}, []string{"route", "status"})
	reg.MustRegister(seconds)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := s.Now()
		w.Header().Set("X-Request-Id", strconv.FormatInt(id.New(start), 36))
		sw := &statusWriter{ResponseWriter: w}
		_, pattern := s.API.mux.Handler(r)
		next.ServeHTTP(sw, r)
		if sw.status == 0 {
			sw.status = http.StatusOK
		}
		took := s.Now().Sub(start)
		if pattern != "/" {
			seconds.WithLabelValues(pattern, strconv.Itoa(sw.status)).Observe(took.Seconds())
			s.Log.DebugContext(r.Context(), "request", "route", pattern, "status", sw.status, "took", took.Round(time.Microsecond))
		}
	})
}
