package clock_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"kezhi/internal/clock"
)

func TestMicrosRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		us := rapid.Int64Range(-62135596800000000, 253402300799999999).Draw(t, "us") // the years 1 to 9999
		at := clock.FromMicros(us)
		if clock.Micros(at) != us || at.Location() != time.UTC {
			t.Fatalf("%d became %v", us, at)
		}
	})
}

// What the system clock gives survives the database unchanged, or a row read back would differ from the one written.
func TestSystemIsCutToWhatTheDatabaseKeeps(t *testing.T) {
	now := clock.System()
	if !clock.FromMicros(clock.Micros(now)).Equal(now) || now.Location() != time.UTC {
		t.Fatalf("%v does not survive", now)
	}
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	if c := clock.Fixed(at); !c().Equal(at) || !c().Equal(c()) {
		t.Fatal("a fixed clock moved")
	}
}
