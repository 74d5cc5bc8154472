package rulebook

import (
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// branch is a value of rulebook.yaml reduced to what tells two texts apart: comments, quotes and layout are gone.
type branch struct {
	key  string // of a mapping's member; "" for an element of a list
	text string // canonical, of the whole value
	kind byte   // 's' scalar, 'm' mapping, 'l' list
	line int
	kids []*branch
}

// treeOf reads a text that internal/rule has parsed without complaint about its YAML; anything else gives an empty mapping.
func treeOf(text string) *branch {
	file, err := parser.ParseBytes([]byte(text), 0)
	if err != nil || len(file.Docs) == 0 {
		return &branch{kind: 'm', text: "{}"}
	}
	return branchOf("", file.Docs[0].Body, 0)
}

func branchOf(key string, n ast.Node, line int) *branch {
	b := &branch{key: key, kind: 's', line: line}
	switch n := n.(type) {
	case *ast.MappingNode:
		b.members(n.Values)
	case *ast.MappingValueNode:
		b.members([]*ast.MappingValueNode{n})
	case *ast.SequenceNode:
		b.kind = 'l'
		texts := make([]string, 0, len(n.Values))
		for _, v := range n.Values {
			kid := branchOf("", v, lineOf(v, line))
			b.kids = append(b.kids, kid)
			texts = append(texts, kid.text)
		}
		b.text = "[" + strings.Join(texts, ", ") + "]"
	case nil:
	default:
		b.text = plain(n)
	}
	return b
}

func (b *branch) members(values []*ast.MappingValueNode) {
	b.kind = 'm'
	texts := make([]string, 0, len(values))
	for _, v := range values {
		line := lineOf(v.Key, b.line)
		if b.line == 0 {
			b.line = line
		}
		kid := branchOf(scalar(v.Key), v.Value, line)
		b.kids = append(b.kids, kid)
		texts = append(texts, kid.key+": "+kid.text)
	}
	b.text = "{" + strings.Join(texts, ", ") + "}"
}

func lineOf(n ast.Node, otherwise int) int {
	if n == nil || n.GetToken() == nil || n.GetToken().Position == nil {
		return otherwise
	}
	return n.GetToken().Position.Line
}

// plain gives a scalar as a person reads it: 1_000 stays 1_000, quotes go.
func plain(n ast.Node) string {
	switch v := n.(type) {
	case *ast.StringNode:
		return v.Value
	case *ast.LiteralNode:
		return strings.TrimSpace(v.Value.Value)
	case *ast.NullNode:
		return ""
	}
	if n.GetToken() != nil {
		return n.GetToken().Value
	}
	return ""
}

// child finds a member of a mapping.
func (b *branch) child(key string) *branch {
	for _, k := range b.kids {
		if k.key == key {
			return k
		}
	}
	return nil
}

// name tells an element of a list apart from its neighbours, or is its number from 1.
func (b *branch) name(i int) string {
	if b.kind == 'm' {
		for _, want := range elementNames {
			if k := b.child(want); k != nil && k.kind == 's' && k.text != "" {
				return k.text
			}
		}
	}
	return strconv.Itoa(i + 1)
}

// elementNames are the members that name an element of a list, in the order in which they are tried.
var elementNames = []string{"key", "scheme", "name", "measure", "judged", "code", "reason", "do", "field", "of", "to", "on", "currency"}
