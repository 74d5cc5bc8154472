package rulebook

import (
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Carried is one part of rulebook.yaml that carries out a clause.
type Carried struct {
	Kind string // the section: measures, scorecards, grades, duties ...
	Ref  string // where it stands: measures.sales_12m, duties.visit
	Text string // the part as written, without what is nested below it
	Line int    // in rulebook.yaml, from 1
}

// namesOf are the keys that tell the elements of a list apart, in the order in which they are tried.
var namesOf = []string{"name", "measure", "judged", "code", "reason", "do", "field", "of", "to"}

// carriedBy finds what carries out each clause: every mapping of rulebook.yaml with a clause key. The text was parsed
// before by internal/rule, which refuses hostile YAML.
func carriedBy(text string) map[string][]Carried {
	out := map[string][]Carried{}
	file, err := parser.ParseBytes([]byte(text), 0)
	if err != nil {
		return out
	}
	for _, doc := range file.Docs {
		walk(doc.Body, "", "", out)
	}
	return out
}

func walk(n ast.Node, section, path string, out map[string][]Carried) {
	switch n := n.(type) {
	case *ast.MappingNode:
		walkMapping(n.Values, section, path, out)
	case *ast.MappingValueNode:
		walkMapping([]*ast.MappingValueNode{n}, section, path, out)
	case *ast.SequenceNode:
		for i, item := range n.Values {
			walk(item, section, path+"."+nameOf(item, i), out)
		}
	}
}

func walkMapping(values []*ast.MappingValueNode, section, path string, out map[string][]Carried) {
	for _, v := range values {
		key := v.Key.String()
		if key == "clause" && path != "" {
			number := scalar(v.Value)
			out[number] = append(out[number], Carried{Kind: section, Ref: path, Text: render(values), Line: values[0].Key.GetToken().Position.Line})
			continue
		}
		below, name := section, path+"."+key
		if path == "" {
			below, name = key, key
		}
		walk(v.Value, below, name, out)
	}
}

// nameOf gives the name of an element of a list, or its number from 1.
func nameOf(n ast.Node, i int) string {
	if m, ok := n.(*ast.MappingNode); ok {
		for _, want := range namesOf {
			for _, v := range m.Values {
				if v.Key.String() == want {
					return scalar(v.Value)
				}
			}
		}
	}
	return strconv.Itoa(i + 1)
}

// render writes a mapping in block style; what is nested in block style shows as an ellipsis, for it has its own clause
// or is read in the file.
func render(values []*ast.MappingValueNode) string {
	var b strings.Builder
	for _, v := range values {
		text := strings.TrimSpace(v.Value.String())
		if strings.Contains(text, "\n") {
			text = "…"
		}
		b.WriteString(v.Key.String() + ": " + text + "\n")
	}
	return strings.TrimRight(b.String(), "\n")
}

func scalar(n ast.Node) string {
	if s, ok := n.(*ast.StringNode); ok {
		return s.Value
	}
	return strings.TrimSpace(n.String())
}
