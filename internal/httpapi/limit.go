package httpapi

import (
	"crypto/sha256"
	"encoding/hex"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"kezhi/internal/authz"
	"kezhi/internal/errs"
	"kezhi/internal/throttle"
)

// Limits bound how many requests one sender may make of the API: somebody who is signed in, a token, and, without either, an
// address. Signing in, and what strangers may ask, is bounded more tightly where it is done.
type Limits struct {
	Person  throttle.Bucket `yaml:"person"`
	Token   throttle.Bucket `yaml:"token"`
	Address throttle.Bucket `yaml:"address"`
}

// limited answers 429 to whoever sends more than the limits allow. Files of the web UI, health and metrics are not counted.
func (s Server) limited(next http.Handler, reg *prometheus.Registry) http.Handler {
	refused := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "kezhi_http_limited_total", Help: "Requests refused because their sender made too many.",
	}, []string{"sender"})
	reg.MustRegister(refused)
	buckets := throttle.NewBuckets(s.Now)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/api/") {
			sender, key, bucket := s.sender(r)
			if wait := buckets.Take(key, bucket); wait > 0 {
				refused.WithLabelValues(sender).Inc()
				writeProblem(w, ProblemOf(errs.New(errs.RateLimited, "request.too_many", "seconds", int(math.Ceil(wait.Seconds())))))
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

func (s Server) sender(r *http.Request) (kind, key string, of throttle.Bucket) {
	actor, ok := authz.From(r.Context())
	secret, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	switch {
	case ok && bearer:
		sum := sha256.Sum256([]byte(secret)) // no secret stays in memory for it
		return "token", "token " + hex.EncodeToString(sum[:16]), s.Limits.Token
	case ok:
		return "person", "person " + strconv.FormatInt(actor.UserID, 10), s.Limits.Person
	}
	return "address", "address " + throttle.Network(s.address(r)), s.Limits.Address
}

// GetHeaders tells whoever asked too often when to ask again; the framework and writeProblem send it.
func (p *Problem) GetHeaders() http.Header {
	if p.Status != http.StatusTooManyRequests {
		return nil
	}
	wait := time.Minute
	if n, ok := p.Args["seconds"].(int); ok {
		wait = time.Duration(n) * time.Second
	} else if n, ok := p.Args["minutes"].(int); ok {
		wait = time.Duration(n) * time.Minute
	}
	return http.Header{"Retry-After": {strconv.Itoa(max(1, int(wait.Seconds())))}}
}
