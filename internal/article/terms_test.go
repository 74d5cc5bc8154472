package article

import (
	"slices"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"kezhi/internal/search"
)

// Every two characters that stand together are found, wherever the text is cut into pieces; so is the beginning of a word.
func TestEveryPairOfARunningTextIsFound(t *testing.T) {
	letters := []rune("智能指纹锁低电量处理办法应急供电，。 \n#*|")
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.SliceOfN(rapid.SampledFrom(letters), 2, 300).Draw(t, "body")
		terms := termsOf(&Version{Title: Words{Zh: "标题"}, Body: Words{Zh: string(body) + " Type-C 口"}}, nil)
		at := rapid.IntRange(0, len(body)-2).Draw(t, "at")
		if unicode.Is(unicode.Han, body[at]) && unicode.Is(unicode.Han, body[at+1]) {
			for _, m := range search.Query(string(body[at : at+2])) {
				if !m.Has(terms) {
					t.Fatalf("%q is not found", string(body[at:at+2]))
				}
			}
		}
		for _, m := range search.Query("typ") {
			if !m.Has(terms) {
				t.Fatal("a word is not found by its beginning")
			}
		}
	})
}

func TestRankPrefersTheRareWord(t *testing.T) {
	hits := []hit{{"h客户", 1}, {"h客户", 2}, {"h客户", 3}, {"h客户", 4}, {"h客户", 5}, {"h指纹", 2}, {"h纹锁", 2}, {"h铰链", 3}, {"h门板", 3}, {"h门板", 4}, {"h门板", 1}}
	got := rank(hits, 8)
	if len(got) < 2 || got[0] != 2 || got[1] != 3 || slices.Contains(got, 5) {
		t.Errorf("ranked %v", got)
	}
	if rank(nil, 0) != nil {
		t.Error("something out of nothing")
	}
}

func TestStates(t *testing.T) {
	for act, from := range moves {
		for state := range from {
			if _, err := move(act, state); err != nil {
				t.Error(act, state, err)
			}
		}
	}
	for act, state := range map[string]State{"withdraw": Draft, "publish": "gone", "burn": Published} {
		if _, err := move(act, state); err == nil {
			t.Errorf("%s of %s is let through", act, state)
		}
	}
}
