package rulebooks

import (
	_ "embed" // the catalogue is part of the program
	"fmt"
	"strings"
	"sync"
)

// How far a clause of the catalogue can be carried out by a program.
const (
	ExecutableYes    = "yes"
	ExecutablePartly = "partly"
	ExecutableNo     = "no" // pure advice
)

// CatalogueClause is a clause of a regulation: its id, its kind and whether a program can carry it out. It has no text.
type CatalogueClause struct {
	ID         string
	Kind       string
	Executable string
}

// Regulation is one of the regulations the shipped rulebooks are about, with the clauses of its documents in order.
type Regulation struct {
	ID        string
	Documents []string
	Clauses   []CatalogueClause
}

//go:embed catalogue.yaml
var catalogueText string

var catalogue = sync.OnceValues(func() ([]Regulation, error) { return readCatalogue(catalogueText) })

// Catalogue gives all regulations by id. The list is shared: it must not be changed.
func Catalogue() ([]Regulation, error) { return catalogue() }

// readCatalogue reads the three line forms the file is generated in:
//
//	REG-01:
//	  S000-D01:
//	    C01: data yes
func readCatalogue(text string) ([]Regulation, error) {
	var out []Regulation
	document := ""
	for i, line := range strings.Split(text, "\n") {
		content := strings.TrimSpace(line)
		if content == "" || content[0] == '#' {
			continue
		}
		key, value, ok := strings.Cut(content, ":")
		value = strings.TrimSpace(value)
		switch indent := len(line) - len(strings.TrimLeft(line, " ")); {
		case ok && indent == 0:
			out, document = append(out, Regulation{ID: key}), ""
		case ok && indent == 2 && len(out) > 0:
			document = key
			out[len(out)-1].Documents = append(out[len(out)-1].Documents, key)
		case ok && indent == 4 && document != "":
			kind, executable, two := strings.Cut(value, " ")
			if !two {
				return nil, fmt.Errorf("catalogue.yaml line %d: %q", i+1, line)
			}
			r := &out[len(out)-1]
			r.Clauses = append(r.Clauses, CatalogueClause{ID: document + "-" + key, Kind: kind, Executable: executable})
		default:
			return nil, fmt.Errorf("catalogue.yaml line %d: %q", i+1, line)
		}
	}
	return out, nil
}
