// Package rulebooks holds the regulations that are shipped with the product, one folder each, embedded in the binary:
// rulebook.yaml (what runs), clauses.md (what a reader reads), cases.yaml (the worked examples that prove it).
// It owns their text and nothing else: parsing, checking and running them belongs to internal/rule.
package rulebooks

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
)

// FS holds the folders of the shipped rulebooks.
//
//go:embed */*.yaml */*.md
var FS embed.FS

// Names of the files that make a rulebook.
const (
	FileRulebook = "rulebook.yaml"
	FileClauses  = "clauses.md"
	FileCases    = "cases.yaml"
)

// IDs gives the ids of the shipped rulebooks in alphabetical order.
func IDs() []string {
	entries, err := fs.ReadDir(FS, ".")
	if err != nil {
		return nil
	}
	ids := make([]string, 0, len(entries))
	for _, e := range entries {
		if e.IsDir() {
			ids = append(ids, e.Name())
		}
	}
	return ids
}

// Load gives the files of a shipped rulebook by name, ready for rule.Parse. An unknown id is an error that wraps fs.ErrNotExist.
func Load(id string) (map[string][]byte, error) {
	files := make(map[string][]byte, 3)
	for _, name := range []string{FileRulebook, FileClauses, FileCases} {
		data, err := FS.ReadFile(path.Join(id, name))
		if err != nil {
			return nil, fmt.Errorf("shipped rulebook %q: %w", id, err)
		}
		files[name] = data
	}
	return files, nil
}
