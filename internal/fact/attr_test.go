package fact

import (
	"encoding/json"
	"testing"

	"pgregory.net/rapid"
)

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
			if got, want := Attr(text, name), slowAttr(text, name); compact(got) != compact(want) {
				t.Fatalf("Attr(%s, %q) = %q, want %q", text, name, got, want)
			}
		}
		if got := Attr(text, "absent"); got != "" {
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
		Attr(rapid.SliceOfN(rapid.SampledFrom([]byte(`{}[]",:\ ab1`)), 0, 20).Draw(t, "text"), "a")
	})
}
