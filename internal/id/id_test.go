package id_test

import (
	"math"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// Whatever the clock does, the ids one process makes increase, and two callers never get the same.
func TestIDsIncreaseUnderConcurrencyAndClockSteps(t *testing.T) {
	base := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	steps := []time.Duration{0, time.Millisecond, -time.Hour, time.Microsecond, 40 * 24 * time.Hour, -400 * 24 * time.Hour, 0}
	const callers, each = 8, 6000 // more than 4096 in one millisecond: the counter runs over
	lists := make([][]int64, callers)
	var wg sync.WaitGroup
	for c := range callers {
		wg.Go(func() {
			for i := range each {
				lists[c] = append(lists[c], id.New(base.Add(steps[(i+c)%len(steps)])))
			}
		})
	}
	wg.Wait()
	seen := make(map[int64]bool, callers*each)
	for _, list := range lists {
		last := int64(0)
		for _, n := range list {
			if n <= last || seen[n] {
				t.Fatalf("id %d after %d, seen before: %v", n, last, seen[n])
			}
			last, seen[n] = n, true
		}
	}
}

// futures makes each run of the test look at a day of its own: ids never go back, not even under -count=2.
var futures atomic.Int64

// A later millisecond gives a larger id in any process: the time stands at the top.
func TestIDsOrderByTime(t *testing.T) {
	far := time.Date(2080, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(futures.Add(1)))
	a, b := id.New(far), id.New(far.Add(time.Millisecond))
	if a>>22 >= b>>22 || a <= 0 {
		t.Fatalf("%d then %d", a, b)
	}
	if ms := a >> 22; ms != far.UnixMilli()-time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC).UnixMilli() {
		t.Fatalf("the id says millisecond %d", ms)
	}
}

func TestParse(t *testing.T) {
	for _, n := range []int64{1, 4096, math.MaxInt64} {
		if got, err := id.Parse(id.String(n)); err != nil || got != n {
			t.Errorf("%d came back as %d, %v", n, got, err)
		}
	}
	for _, s := range []string{"", "0", "-1", "+5", "05", " 5", "5 ", "5.0", "0x5", "1e3", "１２", "9223372036854775808", "five"} {
		if n, err := id.Parse(s); errs.KindOf(err) != errs.NotFound || n != 0 {
			t.Errorf("%q gave %d, %v", s, n, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"1", "+1", "007", "9223372036854775807", "-9223372036854775808"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if n, err := id.Parse(s); err == nil && (n <= 0 || strconv.FormatInt(n, 10) != s) {
			t.Fatalf("%q was read as %d", s, n)
		}
	})
}
