// Package clock is the only place that asks the machine for the time; everything else is given a Clock.
package clock

import "time"

// Clock gives the present moment. Tests pass a fixed one.
type Clock func() time.Time

// System is the machine's clock, in UTC, cut to microseconds (what the database keeps).
func System() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// Fixed is a clock that stands still, for tests.
func Fixed(t time.Time) Clock { return func() time.Time { return t } }

// Micros is a moment as the database keeps it: microseconds since 1970-01-01 UTC.
func Micros(t time.Time) int64 { return t.UnixMicro() }

// FromMicros turns what the database keeps back into a moment in UTC.
func FromMicros(us int64) time.Time { return time.UnixMicro(us).UTC() }
