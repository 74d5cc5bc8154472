package duty

import (
	"encoding/binary"
	"hash/fnv"
	"math/bits"
	"strconv"

	"kezhi/internal/calendar"
	"kezhi/internal/rule"
)

// Subject is a customer with the grade that decides what it is owed.
type Subject struct {
	CustomerID int64
	Rulebook   string
	Grade      string
	Since      calendar.Date // the day the grade began; occurrences are counted from it
}

// Horizon is the stretch of days that is planned, both ends included.
type Horizon struct{ Today, Until calendar.Date }

// Planned is a duty to be opened.
type Planned struct {
	Rule              rule.DutyRule
	Occurrence        int // 0 covers the first period since the anchor
	WindowFrom, DueOn calendar.Date
	Key               string
}

// Unplaced is an occurrence for which there is no day, with the reason: "no_interval" or "no_working_day".
type Unplaced struct {
	Rule       string
	Occurrence int
	Reason     string
}

// Plan is what a grade asks for within a horizon. Every occurrence due in it stands in exactly one of: the existing plan
// keys given to PlanFor, Duties, Unplaced.
type Plan struct {
	Duties   []Planned
	Unplaced []Unplaced
	Prefixes []string // what the keys of all duties of this grade begin with; an open duty with another key is obsolete
}

// PlanFor works out the duties of one customer: a pure function of its arguments.
//
// Occurrence n of a rule covers the n-th period since the anchor. Its day is a working day of that period, chosen by a
// hash of customer and rule, so that customers graded on the same day are spread evenly and each customer's duties keep
// their distance. An occurrence that nobody planned while its day was still to come gets one of the days left of its
// period, beyond the horizon if need be, so that the choice is made once.
func PlanFor(s Subject, rules []rule.DutyRule, h Horizon, w *calendar.Working, exists func(key string) bool) Plan {
	var p Plan
	for _, r := range rules {
		prefix := planPrefix(s, r)
		p.Prefixes = append(p.Prefixes, prefix)
		if r.Every.IsZero() {
			p.Unplaced = append(p.Unplaced, Unplaced{Rule: r.Key, Reason: "no_interval"})
			continue
		}
		spread := spreadOf(s, r.Key)
		for n := firstOccurrence(s.Since, r.Every, h.Today); ; n++ {
			from, to := windowOf(s.Since, r.Every, n)
			if from > h.Until {
				break
			}
			key := prefix + strconv.Itoa(n)
			if exists(key) {
				continue
			}
			due, ok := dueDay(from, to, h.Today, spread, w)
			switch {
			case !ok:
				p.Unplaced = append(p.Unplaced, Unplaced{Rule: r.Key, Occurrence: n, Reason: "no_working_day"})
			case due.day <= h.Until || due.moved:
				p.Duties = append(p.Duties, Planned{Rule: r, Occurrence: n, WindowFrom: from, DueOn: due.day, Key: key})
			}
		}
	}
	return p
}

// planPrefix names rule, grade, anchor and cadence. The cadence is part of it because with another one the n-th
// occurrence is another stretch of time.
func planPrefix(s Subject, r rule.DutyRule) string {
	return s.Rulebook + "/" + r.Key + "/" + s.Grade + "@" + s.Since.String() + "/" + r.Every.String() + "#"
}

// windowOf gives the first day of occurrence n and the first day after it. It counts from the anchor, not from the
// occurrence before, so that an anchor on the 31st does not drift.
func windowOf(anchor calendar.Date, every calendar.Period, n int) (from, to calendar.Date) {
	at := func(n int) calendar.Date { return anchor.AddMonths(n * every.Months).AddDays(n * every.Days) }
	return at(n), at(n + 1)
}

// firstOccurrence gives the first occurrence whose window is not over today.
func firstOccurrence(anchor calendar.Date, every calendar.Period, today calendar.Date) int {
	n := 0
	if today > anchor {
		// No period is longer than this, so the estimate is never too high.
		n = int(today-anchor) / (31*every.Months + every.Days)
		n = max(n-1, 0)
	}
	for {
		if _, to := windowOf(anchor, every, n); to > today {
			return n
		}
		n++
	}
}

type placed struct {
	day   calendar.Date
	moved bool // the day first chosen had passed already
}

// dueDay chooses the day of an occurrence in [from, to); false when no working day is left of it.
func dueDay(from, to, today calendar.Date, spread uint64, w *calendar.Working) (placed, bool) {
	day, ok := pick(from, to, spread, w)
	if ok && day >= today {
		return placed{day: day}, true
	}
	if from < today {
		day, ok = pick(today, to, spread, w)
		return placed{day: day, moved: true}, ok
	}
	return placed{}, false
}

// pick gives the working day of [from, to) that lies at the fraction spread / 2^64 of them.
func pick(from, to calendar.Date, spread uint64, w *calendar.Working) (calendar.Date, bool) {
	first := w.OnOrAfter(from)
	if first == calendar.None || first >= to {
		return calendar.None, false
	}
	count := uint64(1)
	for d := w.Next(first); d != calendar.None && d < to; d = w.Next(d) {
		count++
	}
	at, _ := bits.Mul64(spread, count)
	return w.Add(first, int(at)), true
}

// spreadOf is a hash of customer, rulebook and rule, spread evenly over all 64-bit numbers.
func spreadOf(s Subject, ruleKey string) uint64 {
	h := fnv.New64a()
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(s.CustomerID))
	_, _ = h.Write(b[:])
	_, _ = h.Write([]byte(s.Rulebook + "/" + ruleKey))
	// FNV leaves its high bits uneven for inputs that differ little; this finaliser (splitmix64) evens them out.
	x := h.Sum64()
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
