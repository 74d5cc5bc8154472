package sheet

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestEveryCodeHasItsSentences reads the codes out of this package's own source and wants a sentence in both languages for each,
// with the same arguments, and no sentence without a code.
func TestEveryCodeHasItsSentences(t *testing.T) {
	used := map[string]bool{}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	code := regexp.MustCompile(`"(sheet\.[a-z_0-9]+)"`)
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		source, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range code.FindAllStringSubmatch(string(source), -1) {
			used[m[1]] = true
		}
	}
	if len(used) < 40 {
		t.Fatalf("only %d codes found in the source", len(used))
	}
	zh, en := sentences(t, "zh"), sentences(t, "en")
	argument := regexp.MustCompile(`\{\{\w+\}\}`)
	for c := range used {
		if zh[c] == "" || en[c] == "" {
			t.Errorf("%s lacks a sentence", c)
		}
		inBoth := map[string]int{}
		for _, a := range argument.FindAllString(zh[c], -1) {
			inBoth[a] |= 1
		}
		for _, a := range argument.FindAllString(en[c], -1) {
			inBoth[a] |= 2
		}
		for a, languages := range inBoth {
			if languages != 3 {
				t.Errorf("%s: %s stands in one language only", c, a)
			}
		}
	}
	for c := range zh {
		if !used[c] {
			t.Errorf("%s has a sentence but is never used", c)
		}
	}
}

func sentences(t *testing.T, language string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "web", "src", "locales", language, "errors.d", "sheet.json"))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatal(err)
	}
	return out
}
