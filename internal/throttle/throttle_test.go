package throttle

import (
	"strconv"
	"testing"
	"time"
)

func frozen() (*Limiter, *time.Time) {
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	return New(func() time.Time { return at }), &at
}

func TestTheWindowMovesWithTheClock(t *testing.T) {
	l, at := frozen()
	r := Rule{"a", 3, time.Minute}
	for i := range 3 {
		if wait := l.Take(r); wait != 0 {
			t.Fatalf("time %d waits %v", i, wait)
		}
		*at = at.Add(10 * time.Second)
	}
	if wait := l.Take(r); wait != 30*time.Second {
		t.Errorf("the fourth waits %v", wait)
	}
	if wait := l.Take(Rule{"b", 3, time.Minute}); wait != 0 {
		t.Errorf("another key waits %v", wait)
	}
	*at = at.Add(30*time.Second - time.Nanosecond)
	if wait := l.Take(r); wait != time.Nanosecond {
		t.Errorf("a moment before, %v", wait)
	}
	*at = at.Add(time.Nanosecond)
	if wait := l.Take(r); wait != 0 {
		t.Errorf("the first has passed: %v", wait)
	}
	if wait := l.Wait(r); wait != 10*time.Second {
		t.Errorf("the second counts still: %v", wait)
	}
}

func TestWhatIsRefusedByOneRuleCountsUnderNone(t *testing.T) {
	l, _ := frozen()
	one, other := Rule{"address", 10, time.Hour}, Rule{"number", 1, time.Hour}
	if l.Take(one, other) != 0 || l.Take(one, other) != time.Hour {
		t.Fatal("the second is refused by the number")
	}
	if n := len(l.tries["address"].at); n != 1 {
		t.Errorf("the address was counted %d times", n)
	}
}

func TestWhatIsCountedBeyondTheLimitMakesTheWaitNoShorter(t *testing.T) {
	l, at := frozen()
	r := Rule{"a", 2, time.Minute}
	for range 5 {
		l.Count(r)
		*at = at.Add(time.Second)
	}
	if wait := l.Wait(r); wait != 58*time.Second {
		t.Errorf("the fourth is the second last and is 2 s old: %v", wait)
	}
	l.Forget("a")
	if l.Wait(r) != 0 {
		t.Error("forgotten")
	}
}

func TestAFloodDoesNotFillTheMemory(t *testing.T) {
	l, at := frozen()
	for i := range maxKeys {
		l.Count(Rule{"old" + strconv.Itoa(i), 1, time.Minute})
	}
	*at = at.Add(time.Hour)
	l.Count(Rule{"kept", 1, time.Hour})
	if len(l.tries) != 1 || l.Wait(Rule{"kept", 1, time.Hour}) == 0 {
		t.Errorf("what has passed makes room: %d keys", len(l.tries))
	}
	for i := range 2 * maxKeys {
		l.Count(Rule{"new" + strconv.Itoa(i), 1, time.Hour})
	}
	if len(l.tries) > maxKeys {
		t.Errorf("%d keys", len(l.tries))
	}
}

func TestAnAddressIsCountedAsItsNetwork(t *testing.T) {
	for address, want := range map[string]string{
		"203.0.113.9": "203.0.113.9", "::ffff:203.0.113.9": "203.0.113.9", "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64", "2001:db8:1:2::9": "2001:db8:1:2::/64",
		"fe80::1%eth0": "fe80::/64", "": "", "no address": "no address",
	} {
		if got := Network(address); got != want {
			t.Errorf("%q is counted as %q", address, got)
		}
	}
}
