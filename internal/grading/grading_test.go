package grading

import (
	"testing"

	"kezhi/internal/calendar"
)

func TestFormatScore(t *testing.T) {
	for micro, want := range map[int64]string{0: "0", 97_500_000: "97.5", 130_000_000: "130", -1: "-0.000001", -2_500_000: "-2.5", 1_000_001: "1.000001"} {
		if got := FormatScore(&micro); got != want {
			t.Errorf("FormatScore(%d) = %q, want %q", micro, got, want)
		}
	}
	if got := FormatScore(nil); got != "" {
		t.Errorf("no score gives %q", got)
	}
}

func TestAdvance(t *testing.T) {
	on := func(s string) calendar.Date { return day(t, s) }
	now := Standing{CustomerID: 1, Scheme: "s", VerdictID: 10, Code: "B", Position: 1, AsOf: on("2026-03-31"), Since: on("2025-12-31"), PreviousCode: "C"}
	cases := []struct {
		name      string
		before    *Standing
		v         Verdict
		write     bool
		from, to  string
		moved     int // 9 = no movement
		since     string
		previous  string
		wantBadge string
	}{
		{"first verdict", nil, Verdict{ID: 11, Code: "A", AsOf: on("2026-06-30")}, true, "", "A", 0, "2026-06-30", "", "A"},
		{"first reason", nil, Verdict{ID: 11, Reason: "no_purchases", AsOf: on("2026-06-30")}, true, "", "", 9, "2026-06-30", "", ""},
		{"up", &now, Verdict{ID: 11, Code: "A", Position: 0, AsOf: on("2026-06-30")}, true, "B", "A", 1, "2026-06-30", "B", "A"},
		{"down", &now, Verdict{ID: 11, Code: "C", Position: 2, AsOf: on("2026-06-30")}, true, "B", "C", -1, "2026-06-30", "B", "C"},
		{"aside", &now, Verdict{ID: 11, Reason: "out_of_data", Position: 3, AsOf: on("2026-06-30")}, true, "B", "", 0, "2026-06-30", "B", ""},
		{"same code keeps its beginning", &now, Verdict{ID: 11, Code: "B", Position: 1, AsOf: on("2026-06-30")}, true, "", "", 9, "2025-12-31", "C", "B"},
		{"same verdict", &now, Verdict{ID: 10, Code: "B", Position: 1, AsOf: on("2026-03-31")}, false, "", "", 9, "2025-12-31", "C", "B"},
		{"same day, other facts", &now, Verdict{ID: 11, Code: "C", Position: 2, AsOf: on("2026-03-31")}, true, "B", "C", -1, "2026-03-31", "B", "C"},
		{"earlier day", &now, Verdict{ID: 11, Code: "C", Position: 2, AsOf: on("2026-02-28")}, false, "", "", 9, "2025-12-31", "C", "B"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			after, write, move := advance(c.before, c.v, 7)
			if write != c.write || after.Code != c.wantBadge || after.Since.String() != c.since || after.PreviousCode != c.previous {
				t.Errorf("write %v, standing %+v since %s", write, after, after.Since)
			}
			switch {
			case c.moved == 9 && move != nil:
				t.Errorf("moved: %+v", *move)
			case c.moved != 9 && (move == nil || move.From != c.from || move.To != c.to || move.Direction != c.moved || move.RunID != 7):
				t.Errorf("movement %+v", move)
			}
		})
	}
}

// Each part of a verdict counts for its digest, and none runs into the next.
func TestDigestTellsVerdictsApart(t *testing.T) {
	score := int64(5)
	base := Verdict{Rulebook: "r", Version: "1.0.0", Scheme: "s", AsOf: 100, Code: "A", ExpiresOn: calendar.None, Explanation: []byte("{}")}
	seen := map[string]string{base.digestOf(): "base"}
	for name, change := range map[string]func(v *Verdict){
		"rulebook": func(v *Verdict) { v.Rulebook = "q" }, "version": func(v *Verdict) { v.Version = "1.0.1" }, "scheme": func(v *Verdict) { v.Scheme = "" },
		"day": func(v *Verdict) { v.AsOf++ }, "code": func(v *Verdict) { v.Code = "B" }, "reason": func(v *Verdict) { v.Code, v.Reason = "", "A" },
		"score": func(v *Verdict) { v.Score = &score }, "expiry": func(v *Verdict) { v.ExpiresOn = 100 }, "explanation": func(v *Verdict) { v.Explanation = []byte("{ }") }, "frame": func(v *Verdict) { v.Frame = 1 },
	} {
		v := base
		change(&v)
		if other, dup := seen[v.digestOf()]; dup {
			t.Errorf("%s and %s have one digest", name, other)
		}
		seen[v.digestOf()] = name
	}
}
