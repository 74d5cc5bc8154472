// Package throttle bounds how often something may be tried: sign-ins, and what strangers ask of the public pages. It counts
// in memory, so several processes each keep their own count and a restart forgets; it is no substitute for a right.
//
// It owns no table and knows no feature: a caller names the keys (an address, a login, a number) and the limits.
package throttle

import (
	"net/netip"
	"slices"
	"sync"
	"time"

	"kezhi/internal/clock"
)

// Rule bounds one key: at most Most times Within a time.
type Rule struct {
	Key    string
	Most   int
	Within time.Duration
}

// Limiter counts by key. The zero value is of no use; New makes one.
type Limiter struct {
	now   clock.Clock
	mu    sync.Mutex
	tries map[string]tries
}

type tries struct {
	within time.Duration
	at     []time.Time // oldest first
}

// maxKeys bounds the memory: a flood from many addresses must not fill it.
const maxKeys = 100_000

// New makes a limiter on a clock.
func New(now clock.Clock) *Limiter { return &Limiter{now: now, tries: map[string]tries{}} }

// Wait says how long it takes until every rule allows one more time; 0 = now.
func (l *Limiter) Wait(rules ...Rule) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.wait(rules)
}

// Count counts one time under every rule, allowed or not.
func (l *Limiter) Count(rules ...Rule) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.count(rules)
}

// Take counts one time under every rule when all of them allow it, and gives 0; else it counts nothing and says how long to
// wait.
func (l *Limiter) Take(rules ...Rule) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	wait := l.wait(rules)
	if wait == 0 {
		l.count(rules)
	}
	return wait
}

// Forget takes back what was counted under a key.
func (l *Limiter) Forget(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.tries, key)
}

func (l *Limiter) wait(rules []Rule) time.Duration {
	var longest time.Duration
	now := l.now()
	for _, r := range rules {
		recent := recent(l.tries[r.Key].at, now, r.Within)
		if len(recent) == 0 {
			delete(l.tries, r.Key)
			continue
		}
		l.tries[r.Key] = tries{r.Within, recent}
		if n := len(recent); n >= r.Most {
			longest = max(longest, r.Within-now.Sub(recent[n-r.Most]))
		}
	}
	return longest
}

func (l *Limiter) count(rules []Rule) {
	now := l.now()
	if len(l.tries)+len(rules) > maxKeys {
		l.sweep(now)
	}
	for _, r := range rules {
		l.tries[r.Key] = tries{r.Within, append(recent(l.tries[r.Key].at, now, r.Within), now)}
	}
}

// sweep takes away what no longer counts; when that is not enough, everything.
func (l *Limiter) sweep(now time.Time) {
	for key, t := range l.tries {
		if len(recent(t.at, now, t.within)) == 0 {
			delete(l.tries, key)
		}
	}
	if len(l.tries) > maxKeys*9/10 {
		clear(l.tries)
	}
}

// recent leaves out what has passed; at is in order of time.
func recent(at []time.Time, now time.Time, within time.Duration) []time.Time {
	i := slices.IndexFunc(at, func(t time.Time) bool { return now.Sub(t) < within })
	if i < 0 {
		return nil
	}
	return at[i:]
}

// Network gives what an address is counted as: an IPv4 address itself, of an IPv6 address the /64 it lies in, because
// whoever has one of those has them all.
func Network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is4() {
		return ip.String()
	}
	net, err := ip.Prefix(64)
	if err != nil {
		return address
	}
	return net.String()
}
