package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// part is something of others that is in the product.
type part struct {
	Kind    string // golang or npm
	Name    string
	Version string
	Licence string // SPDX; "" = not known
}

// permissive are the licences that ask for nothing but their text. What else is wanted is decided by people, in this list.
var permissive = []string{"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BlueOak-1.0.0", "CC0-1.0", "ISC", "MIT", "Unlicense", "Zlib"}

// refused gives the parts whose licence is not permissive, by name.
func refused(parts []part) []part {
	var out []part
	for _, p := range parts {
		if !allowed(p.Licence) {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(a, b part) int { return cmp.Compare(a.Name, b.Name) })
	return out
}

// allowed reads an SPDX expression: of licences joined by OR one is enough, of those joined by AND all are needed.
func allowed(expression string) bool {
	expression = strings.NewReplacer("(", "", ")", "").Replace(expression)
	for either := range strings.SplitSeq(expression, " OR ") {
		all := true
		for each := range strings.SplitSeq(either, " AND ") {
			all = all && slices.Contains(permissive, strings.TrimSpace(each))
		}
		if all {
			return true
		}
	}
	return false
}

// licenceOf knows a licence by phrases that are in its text and in no other's; "" for any other.
func licenceOf(text string) string {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	has := func(phrases ...string) bool {
		return !slices.ContainsFunc(phrases, func(p string) bool { return !strings.Contains(text, p) })
	}
	for _, other := range []string{"gnu general public license", "gnu lesser general public", "gnu affero", "mozilla public license", "eclipse public license", "server side public license", "business source license", "commons clause"} {
		if strings.Contains(text, other) {
			return "" // mixed or not permissive: a person looks at it
		}
	}
	switch {
	case has("apache license", "version 2.0"):
		return "Apache-2.0"
	case has("permission is hereby granted, free of charge", "the above copyright notice and this permission notice"):
		return "MIT"
	case has("permission to use, copy, modify, and", "distribute this software for any purpose with or without fee"):
		return "ISC"
	case has("redistributions of source code must retain", "redistributions in binary form must reproduce", "neither the name"),
		has("redistributions of source code must retain", "redistributions in binary form must reproduce", "may not be used to endorse"):
		return "BSD-3-Clause"
	case has("redistributions of source code must retain", "redistributions in binary form must reproduce"):
		return "BSD-2-Clause"
	case has("this is free and unencumbered software released into the public domain"):
		return "Unlicense"
	}
	return ""
}

// npmPackages reads the packages of a lock file that are not for development only.
func npmPackages(lock []byte) ([]part, error) {
	var doc struct {
		Packages map[string]struct {
			Version, License string
			Dev, DevOptional bool
			Link             bool
		}
	}
	if err := json.Unmarshal(lock, &doc); err != nil {
		return nil, fmt.Errorf("reading the lock file: %w", err)
	}
	var out []part
	for path, p := range doc.Packages {
		if path == "" || p.Dev || p.DevOptional || p.Link {
			continue
		}
		out = append(out, part{Kind: "npm", Name: path[strings.LastIndex(path, "node_modules/")+len("node_modules/"):], Version: p.Version, Licence: p.License})
	}
	slices.SortFunc(out, func(a, b part) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Version, b.Version)) })
	return out, nil
}

// component and bill are what CycloneDX 1.6 calls them; nothing in it depends on when or where it was written.
type component struct {
	Type     string    `json:"type"`
	Name     string    `json:"name"`
	Version  string    `json:"version"`
	PURL     string    `json:"purl"`
	Licences []licence `json:"licenses,omitempty"`
}

type licence struct {
	Expression string `json:"expression"`
}

type bill struct {
	Format     string      `json:"bomFormat"`
	Spec       string      `json:"specVersion"`
	Version    int         `json:"version"`
	Components []component `json:"components"`
}

func billOf(parts []part) bill {
	b := bill{Format: "CycloneDX", Spec: "1.6", Version: 1, Components: []component{}}
	for _, p := range parts {
		c := component{Type: "library", Name: p.Name, Version: p.Version, PURL: "pkg:" + p.Kind + "/" + strings.Replace(p.Name, "@", "%40", 1) + "@" + p.Version}
		if p.Licence != "" {
			c.Licences = []licence{{p.Licence}}
		}
		b.Components = append(b.Components, c)
	}
	return b
}

func writeSBOM(path string, parts []part) error {
	text, err := json.MarshalIndent(billOf(parts), "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, append(text, '\n'), 0o644)
}
