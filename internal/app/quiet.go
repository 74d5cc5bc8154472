package app

import (
	"context"
	"net/http"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// quietTick is how often the process looks whether it is quiet: it is when nothing was asked and no job began or ended
// between two looks.
const quietTick = 5 * time.Second

// quiet calls rest once after the last piece of work, however many there were before: what people and jobs needed a moment
// ago (mapped pages, caches, garbage) would otherwise be held until the process ends.
type quiet struct {
	requests atomic.Int64
	steps    func() int64
	rest     func()
	seen     int64 // only the loop reads and writes this and rested
	rested   bool
	end      context.CancelFunc // nil until start
	wg       sync.WaitGroup
}

func newQuiet(steps func() int64, rest func()) *quiet {
	return &quiet{steps: steps, rest: rest, seen: -1}
}

// watch counts requests, at their beginning and at their end. Probes and metrics come from machines, all day.
func (q *quiet) watch(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/api/") {
			q.requests.Add(1)
			defer q.requests.Add(1)
		}
		next.ServeHTTP(w, r)
	})
}

// look rests when nothing happened since the last look and something did before it.
func (q *quiet) look() {
	now := q.requests.Load() + q.steps()
	switch {
	case now != q.seen:
		q.seen, q.rested = now, false
	case !q.rested:
		q.rested = true
		q.rest()
	}
}

func (q *quiet) start() {
	if q.end != nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	q.end = cancel
	q.wg.Go(func() {
		t := time.NewTicker(quietTick)
		defer t.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-t.C:
				q.look()
			}
		}
	})
}

func (q *quiet) stop() {
	if q.end != nil {
		q.end()
		q.wg.Wait()
	}
}

// rest lets the database and the garbage collector give memory back to the machine.
func (a *App) rest() {
	if err := a.DB.Rest(context.Background()); err != nil {
		a.log.Error("giving memory back", "error", err)
	}
	debug.FreeOSMemory()
}
