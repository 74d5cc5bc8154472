// Package words turns codes with arguments into sentences, for what leaves the server as text: the command line and
// downloaded files. The sentences are those of the web UI (web/src/locales): there is one place for words.
package words

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"kezhi/web"
)

var catalogues = map[string]func() map[string]string{
	"zh": sync.OnceValue(func() map[string]string { return load("zh") }),
	"en": sync.OnceValue(func() map[string]string { return load("en") }),
}

// load merges errors.json with the packages' own files in errors.d.
func load(lang string) map[string]string {
	out := map[string]string{}
	names, _ := fs.Glob(web.Locales, path.Join("src/locales", lang, "errors.d", "*.json"))
	for _, name := range append(names, path.Join("src/locales", lang, "errors.json")) {
		b, err := fs.ReadFile(web.Locales, name)
		if err != nil {
			continue
		}
		var m map[string]string
		if json.Unmarshal(b, &m) == nil {
			maps.Copy(out, m)
		}
	}
	return out
}

// Known says whether a code has a sentence in a language ("zh" or "en").
func Known(lang, code string) bool {
	_, ok := catalogues[lang]()[code]
	return ok
}

// Sentence gives the sentence of a code in a language, its {{arguments}} filled in. A code without a sentence is given
// as it is with its arguments, so that nothing is hidden.
func Sentence(lang, code string, args map[string]any) string {
	catalogue, ok := catalogues[lang]
	if !ok {
		catalogue = catalogues["en"]
	}
	s, ok := catalogue()[code]
	if !ok {
		s = code
		for _, k := range slices.Sorted(maps.Keys(args)) {
			s += fmt.Sprintf(" %s=%v", k, args[k])
		}
		return s
	}
	pairs := make([]string, 0, 2*len(args))
	for k, v := range args {
		pairs = append(pairs, "{{"+k+"}}", fmt.Sprint(v))
	}
	// One pass: braces inside a value are the value's own and are not filled in.
	return strings.NewReplacer(pairs...).Replace(s)
}
