package demo

import (
	"sync"
	"time"

	"kezhi/internal/clock"
)

// Dial is a clock whose hands can be set. The services that Load works with are made with Dial.Now; while it loads, they
// live in the past, and afterwards they follow the real clock again.
type Dial struct {
	real clock.Clock
	mu   sync.Mutex
	set  time.Time // zero = follow the real clock
}

// NewDial makes a dial that follows the real clock.
func NewDial(now clock.Clock) *Dial { return &Dial{real: now} }

// Now is the clock.Clock of the dial.
func (d *Dial) Now() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.set.IsZero() {
		return d.real()
	}
	return d.set
}

// turn sets the hands; they stand until they are set again.
func (d *Dial) turn(t time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.set = t.UTC()
}

// release lets the dial follow the real clock again.
func (d *Dial) release() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.set = time.Time{}
}
