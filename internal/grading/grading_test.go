package grading

import (
	"encoding/json"
	"testing"

	"pgregory.net/rapid"

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

func TestAttrReadsLikeAJSONDecoder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.OneOf(
			rapid.Map(rapid.String(), func(s string) any { return s }), rapid.Map(rapid.Int32(), func(n int32) any { return n }),
			rapid.Map(rapid.Bool(), func(b bool) any { return b }), rapid.Just(any(nil)),
			rapid.Map(rapid.SliceOfN(rapid.StringMatching(`[a-z{}\[\],":]{0,5}`), 0, 3), func(l []string) any { return l }),
			rapid.Map(rapid.MapOfN(rapid.StringMatching(`[a-z]{1,3}`), rapid.Int(), 0, 3), func(m map[string]int) any { return m }),
		)
		object := rapid.MapOfN(rapid.StringMatching(`[a-z"\\客]{1,3}`), value, 0, 5).Draw(t, "object")
		text, err := json.Marshal(object)
		if rapid.Bool().Draw(t, "indented") {
			text, err = json.MarshalIndent(object, " ", "\t")
		}
		if err != nil {
			t.Fatal(err)
		}
		for name := range object {
			if got, want := attr(text, name), slowAttr(text, name); compact(got) != compact(want) {
				t.Fatalf("attr(%s, %q) = %q, want %q", text, name, got, want)
			}
		}
		if got := attr(text, "absent"); got != "" {
			t.Fatalf("absent member gives %q", got)
		}
	})
}

func compact(s string) string {
	var v any
	if json.Unmarshal([]byte(s), &v) != nil {
		return s
	}
	b, err := json.Marshal(v)
	if err != nil {
		return s
	}
	return string(b)
}

func TestAttrOfBrokenTextDoesNotPanic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		attr(rapid.SliceOfN(rapid.SampledFrom([]byte(`{}[]",:\ ab1`)), 0, 20).Draw(t, "text"), "a")
	})
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
		"score": func(v *Verdict) { v.Score = &score }, "expiry": func(v *Verdict) { v.ExpiresOn = 100 }, "explanation": func(v *Verdict) { v.Explanation = []byte("{ }") },
	} {
		v := base
		change(&v)
		if other, dup := seen[v.digestOf()]; dup {
			t.Errorf("%s and %s have one digest", name, other)
		}
		seen[v.digestOf()] = name
	}
}
