package rulebook

import (
	"cmp"
	"embed"
	"encoding/json"
	"strings"

	"kezhi/internal/rule"
)

// templates hold the files a new rulebook begins with. They are sound: they pass the check, and their examples reach
// everything, so that an author begins from green.
//
//go:embed template/*
var templates embed.FS

// Fresh gives the files of a new rulebook.
func Fresh(t Template) (map[string]string, error) {
	zh, en := cmp.Or(t.Title.Zh, t.Title.En), cmp.Or(t.Title.En, t.Title.Zh)
	quoted := func(s string) string { // a JSON string is a YAML string
		b, err := json.Marshal(s)
		if err != nil {
			return `""`
		}
		return string(b)
	}
	line := func(s string) string { return strings.Join(strings.Fields(strings.ReplaceAll(s, "|", " ")), " ") }
	fill := strings.NewReplacer("__ID__", t.ID, "__ZH__", quoted(line(zh)), "__EN__", quoted(line(en)), "__HEAD__", line(zh)+" | "+line(en))
	files := map[string]string{}
	for _, name := range []string{rule.FileRulebook, rule.FileClauses, rule.FileCases} {
		b, err := templates.ReadFile("template/" + name)
		if err != nil {
			return nil, err
		}
		files[name] = fill.Replace(string(b))
	}
	return files, nil
}
