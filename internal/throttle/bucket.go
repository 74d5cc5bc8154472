package throttle

import (
	"sync"
	"time"

	"golang.org/x/time/rate"

	"kezhi/internal/clock"
)

// Bucket bounds a steady flow: so many a second, and so many at once after a pause. Nothing a second = no bound.
type Bucket struct {
	PerSecond float64 `yaml:"per_second"`
	Burst     int     `yaml:"burst"`
}

// Buckets counts flows by key, in memory. New buckets are full.
type Buckets struct {
	now clock.Clock
	mu  sync.Mutex
	all map[string]*rate.Limiter
}

// NewBuckets makes buckets on a clock.
func NewBuckets(now clock.Clock) *Buckets { return &Buckets{now: now, all: map[string]*rate.Limiter{}} }

// Take takes one from the bucket of a key and gives 0; from an empty one it takes nothing and says how long to wait.
func (b *Buckets) Take(key string, of Bucket) time.Duration {
	if of.PerSecond <= 0 {
		return 0
	}
	now := b.now()
	b.mu.Lock()
	defer b.mu.Unlock()
	l := b.all[key]
	if l == nil {
		if len(b.all) >= maxKeys {
			b.sweep(now)
		}
		l = rate.NewLimiter(rate.Limit(of.PerSecond), max(1, of.Burst))
		b.all[key] = l
	}
	if l.AllowN(now, 1) {
		return 0
	}
	missing := 1 - l.TokensAt(now)
	return max(time.Millisecond, time.Duration(missing/of.PerSecond*float64(time.Second)))
}

// sweep forgets the buckets that are full again; when that is not enough, all of them.
func (b *Buckets) sweep(now time.Time) {
	for key, l := range b.all {
		if l.TokensAt(now) >= float64(l.Burst()) {
			delete(b.all, key)
		}
	}
	if len(b.all) > maxKeys*9/10 {
		clear(b.all)
	}
}
