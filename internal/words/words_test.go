package words_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kezhi/internal/words"
	"kezhi/web"
)

var argument = regexp.MustCompile(`{{([^{}]*)}}`)

// catalogue reads the files of one language strictly: the loader itself is lenient, so that a start never fails on words.
func catalogue(t *testing.T, lang string) map[string]string {
	t.Helper()
	names, err := fs.Glob(web.Locales, path.Join("src/locales", lang, "errors.d", "*.json"))
	if err != nil || len(names) == 0 {
		t.Fatal("no catalogues", err)
	}
	out, where := map[string]string{}, map[string]string{}
	for _, name := range append(names, path.Join("src/locales", lang, "errors.json")) {
		b, err := fs.ReadFile(web.Locales, name)
		if err != nil {
			t.Fatal(err)
		}
		d := json.NewDecoder(strings.NewReader(string(b)))
		if open, err := d.Token(); err != nil || open != json.Delim('{') {
			t.Fatalf("%s is not an object: %v", name, err)
		}
		for d.More() {
			key, err := d.Token()
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			value, err := d.Token()
			sentence, ok := value.(string)
			if err != nil || !ok || strings.TrimSpace(sentence) == "" {
				t.Fatalf("%s: %v is %v, not a sentence (%v)", name, key, value, err)
			}
			code := fmt.Sprint(key)
			if other := where[code]; other != "" {
				t.Errorf("%s stands in %s and in %s", code, other, name)
			}
			out[code], where[code] = sentence, name
		}
	}
	return out
}

func arguments(sentence string) []string {
	var out []string
	for _, m := range argument.FindAllStringSubmatch(sentence, -1) {
		out = append(out, m[1])
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Both languages know the same codes and fill in the same arguments, so that neither hides what the other says.
func TestBothLanguagesSayTheSameThings(t *testing.T) {
	zh, en := catalogue(t, "zh"), catalogue(t, "en")
	name := regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	han := regexp.MustCompile(`\p{Han}`)
	for _, code := range slices.Sorted(maps.Keys(zh)) {
		other, ok := en[code]
		if !ok {
			t.Errorf("%s has no English sentence", code)
			continue
		}
		a, b := arguments(zh[code]), arguments(other)
		if !slices.Equal(a, b) {
			t.Errorf("%s fills in %v in Chinese and %v in English", code, a, b)
		}
		for _, arg := range a {
			if !name.MatchString(arg) {
				t.Errorf("%s: {{%s}} is not a plain name; only those are filled in outside the browser", code, arg)
			}
		}
		if !han.MatchString(zh[code]) {
			t.Errorf("%s is not Chinese: %s", code, zh[code])
		}
	}
	for code := range en {
		if _, ok := zh[code]; !ok {
			t.Errorf("%s has no Chinese sentence", code)
		}
	}
}

func TestSentence(t *testing.T) {
	args := map[string]any{"path": "/data/a {{known}} b", "have": 9, "known": 5}
	if got := words.Sentence("en", "db.newer_than_program", args); !strings.Contains(got, "version 9") || !strings.Contains(got, "(5)") {
		t.Errorf("%s", got)
	}
	if zh := words.Sentence("zh", "db.newer_than_program", args); !strings.Contains(zh, "9") || zh == words.Sentence("en", "db.newer_than_program", args) {
		t.Errorf("%s", zh)
	}
	for range 20 { // the order of a map must not matter
		if got := words.Sentence("en", "backup.exists", args); !strings.HasPrefix(got, "/data/a {{known}} b exists") {
			t.Fatalf("what a value contains was filled in: %s", got)
		}
		if got := words.Sentence("en", "no.such_code", map[string]any{"b": 2, "a": 1}); got != "no.such_code a=1 b=2" {
			t.Fatalf("%s", got)
		}
	}
	if words.Sentence("fr", "file.empty", nil) != words.Sentence("en", "file.empty", nil) {
		t.Error("an unknown language must fall back to English")
	}
	if words.Known("en", "no.such_code") || !words.Known("zh", "file.empty") {
		t.Error("Known")
	}
}
