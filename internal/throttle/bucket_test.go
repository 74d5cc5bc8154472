package throttle_test

import (
	"strconv"
	"testing"
	"time"

	"kezhi/internal/throttle"
)

func TestABucketLetsABurstThroughAndThenASteadyFlow(t *testing.T) {
	at := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	b := throttle.NewBuckets(func() time.Time { return at })
	of := throttle.Bucket{PerSecond: 2, Burst: 5}
	take := func(key string, n int) (got int, wait time.Duration) {
		for range n {
			if wait = b.Take(key, of); wait == 0 {
				got++
			}
		}
		return got, wait
	}
	if got, wait := take("lin", 8); got != 5 || wait != 500*time.Millisecond {
		t.Fatalf("%d at once, then wait %v", got, wait)
	}
	if got, _ := take("other", 5); got != 5 {
		t.Errorf("one's flow bounds another's: %d", got)
	}
	at = at.Add(499 * time.Millisecond)
	if got, _ := take("lin", 1); got != 0 {
		t.Error("too early")
	}
	at = at.Add(time.Millisecond)
	if got, _ := take("lin", 2); got != 1 {
		t.Errorf("after half a second: %d", got)
	}
	at = at.Add(time.Hour)
	if got, _ := take("lin", 20); got != 5 {
		t.Errorf("a pause saves up more than the burst: %d", got)
	}
	for range 1000 {
		if b.Take("free", throttle.Bucket{}) != 0 {
			t.Fatal("no bound binds")
		}
	}
}

// A flood of keys does not fill the memory, and forgets nobody who is being held back while others are idle.
func TestBucketsForgetTheIdleFirst(t *testing.T) {
	at := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	b := throttle.NewBuckets(func() time.Time { return at })
	of := throttle.Bucket{PerSecond: 0.01, Burst: 1}
	quick := throttle.Bucket{PerSecond: 100, Burst: 1}
	b.Take("held", of)
	for i := range 99_999 {
		b.Take(strconv.Itoa(i), quick)
	}
	at = at.Add(time.Second) // all of them are full again
	b.Take("one more", quick)
	if b.Take("held", of) == 0 {
		t.Error("whoever was held back was forgotten")
	}
}
