package app_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"kezhi/internal/authz"
)

// webWords gives the words of a page in a language as "a.b.c" → sentence.
func webWords(t *testing.T, lang, page string) map[string]string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "web", "src", "locales", lang, page+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var tree map[string]any
	if err := json.Unmarshal(b, &tree); err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	var walk func(prefix string, tree map[string]any)
	walk = func(prefix string, tree map[string]any) {
		for k, v := range tree {
			switch v := v.(type) {
			case map[string]any:
				walk(prefix+k+".", v)
			case string:
				out[prefix+k] = v
			}
		}
	}
	walk("", tree)
	return out
}

var (
	auditAction = regexp.MustCompile(`\bAction:\s*"([a-z_]+\.[a-z_]+)"`)
	auditEntity = regexp.MustCompile(`\bEntity:\s*"([a-z_]+)"`)
)

// The roles page and the audit log show in words whatever the server names; a new name must bring them in both languages.
func TestRightsAndAuditEntriesHaveWords(t *testing.T) {
	keys := map[string]string{}
	for _, p := range authz.Permissions {
		if noun, _, ok := strings.Cut(string(p), "."); ok {
			keys["permission."+string(p)], keys["group."+noun] = "authz", "authz"
		}
	}
	err := filepath.WalkDir("..", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		b, err := os.ReadFile(path)
		for _, m := range auditAction.FindAllSubmatch(b, -1) {
			keys["action."+string(m[1])] = path
		}
		for _, m := range auditEntity.FindAllSubmatch(b, -1) {
			keys["entity."+string(m[1])] = path
		}
		return err
	})
	if err != nil || len(keys) < 80 {
		t.Fatalf("%d names, %v", len(keys), err)
	}
	for _, lang := range []string{"zh", "en"} {
		known := webWords(t, lang, "admin")
		for key, from := range keys {
			if known[key] == "" {
				t.Errorf("%s: no words for admin.%s (%s)", lang, key, from)
			}
		}
	}
}
