package app

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestQuietRestsOnceAfterTheLastWork(t *testing.T) {
	var steps int64
	rests := 0
	q := newQuiet(func() int64 { return steps }, func() { rests++ })
	h := q.watch(http.NotFoundHandler())
	ask := func(path string) func() {
		return func() { h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, path, http.NoBody)) }
	}
	nothing := func() {}
	for i, c := range []struct {
		what  string
		do    func()
		rests int
	}{
		{"the start is work", nothing, 0},
		{"quiet", nothing, 1},
		{"still quiet", nothing, 1},
		{"a probe", ask("/readyz"), 1},
		{"a request", ask("/api/v1/me"), 1},
		{"another request", ask("/api/v1/me"), 1},
		{"quiet again", nothing, 2},
		{"a job", func() { steps++ }, 2},
		{"its end", func() { steps++ }, 2},
		{"quiet after the job", nothing, 3},
		{"still quiet after the job", nothing, 3},
	} {
		c.do()
		q.look()
		if rests != c.rests {
			t.Errorf("%d %s: %d rests, not %d", i, c.what, rests, c.rests)
		}
	}
	q.start()
	q.start()
	q.stop()
	q.stop()
}
