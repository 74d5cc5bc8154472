package rule

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"kezhi/internal/errs"
)

// Limits of a rulebook file. They are far above what a readable regulation needs and keep a hostile file cheap to refuse.
const (
	MaxFileBytes = 512 << 10
	maxDepth     = 24
	maxIndent    = 160
	maxLineBytes = 16 << 10
	maxLines     = 10_000 // the parser takes time that grows with the square of the keys of a map
)

// pos is a place in a file; Line and Col count from 1.
type pos struct{ Line, Col int }

type nodeKind uint8

const (
	nodeNull nodeKind = iota
	nodeScalar
	nodeList
	nodeMap
)

// node is a YAML value with its place. Scalars keep the text as written, so that 1.10 stays "1.10" and 5_000 stays exact.
type node struct {
	pos
	kind   nodeKind
	text   string
	quoted bool
	keys   []*node
	values []*node // of a map, in step with keys; of a list, the items
}

// parseYAML reads one document into a tree. It refuses what a rulebook has no use for: anchors, aliases, tags, several
// documents, and anything larger or deeper than the limits.
func parseYAML(file string, data []byte, c *collector) (root *node) {
	if !guardText(file, data, c) {
		return nil
	}
	defer func() {
		if r := recover(); r != nil {
			c.add("yaml.unreadable", file, pos{}, "")
			root = nil
		}
	}()
	doc, err := parser.ParseBytes(data, 0, parser.AllowDuplicateMapKey()) // duplicates are reported by the tree builder
	if err != nil {
		reportSyntax(file, err, c)
		return nil
	}
	var bodies []ast.Node
	for _, d := range doc.Docs {
		if d.Body != nil {
			bodies = append(bodies, d.Body)
		}
	}
	if len(bodies) == 0 {
		c.add("yaml.empty", file, pos{1, 1}, "")
		return nil
	}
	if len(bodies) > 1 {
		c.add("yaml.documents", file, place(bodies[1].GetToken()), "")
		return nil
	}
	b := treeBuilder{file: file, c: c}
	root = b.build(bodies[0], 0)
	if b.failed {
		return nil
	}
	return root
}

// guardText checks size, encoding and nesting before the parser sees the bytes.
func guardText(file string, data []byte, c *collector) bool {
	if len(data) > MaxFileBytes {
		c.add("file.too_large", file, pos{}, "", fmt.Sprint(len(data)>>10), fmt.Sprint(MaxFileBytes>>10))
		return false
	}
	if !utf8.Valid(data) {
		c.add("file.not_utf8", file, placeOfBadRune(data), "")
		return false
	}
	depth, line := 0, 1
	start := 0
	for i, b := range data {
		switch b {
		case '[', '{':
			depth++
		case ']', '}':
			depth = max(depth-1, 0)
		case '\n':
			line, start = line+1, i+1
			if line > maxLines {
				c.add("file.too_many_lines", file, pos{line, 1}, "", itoa(maxLines))
				return false
			}
		case 0:
			c.add("file.control_character", file, pos{line, i - start + 1}, "")
			return false
		}
		if depth > maxDepth || blockDepth(data, start, i) {
			c.add("yaml.too_deep", file, pos{line, i - start + 1}, "", fmt.Sprint(maxDepth))
			return false
		}
		if i-start > maxLineBytes {
			c.add("file.line_too_long", file, pos{line, 1}, "", fmt.Sprint(maxLineBytes>>10))
			return false
		}
	}
	return true
}

// blockDepth reports whether byte i is still in the indentation (spaces and the markers - ? :) of a line and that
// indentation is deeper than any readable rulebook.
func blockDepth(data []byte, start, i int) bool {
	if i-start != maxIndent {
		return false
	}
	return strings.Trim(string(data[start:i]), " -?:\t") == ""
}

func placeOfBadRune(data []byte) pos {
	line, col := 1, 1
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && size <= 1:
			return pos{line, col}
		case r == '\n':
			line, col = line+1, 1
		default:
			col++
		}
		data = data[size:]
	}
	return pos{line, col}
}

func reportSyntax(file string, err error, c *collector) {
	var known yaml.Error
	if !errors.As(err, &known) || known.GetToken() == nil {
		c.add("yaml.unreadable", file, pos{}, "")
		return
	}
	tk := known.GetToken()
	near := strings.TrimSpace(strings.SplitN(tk.Origin, "\n", 2)[0])
	if near == "" {
		near = tk.Value
	}
	c.add("yaml.syntax", file, place(tk), "", errs.Shown(near))
}

func place(tk *token.Token) pos {
	if tk == nil || tk.Position == nil {
		return pos{}
	}
	return pos{tk.Position.Line, tk.Position.Column}
}

type treeBuilder struct {
	file   string
	c      *collector
	failed bool
}

func (b *treeBuilder) refuse(code string, tk *token.Token, args ...string) *node {
	b.failed = true
	b.c.add(code, b.file, place(tk), "", args...)
	return &node{pos: place(tk)}
}

func (b *treeBuilder) build(n ast.Node, depth int) *node {
	if depth > maxDepth {
		return b.refuse("yaml.too_deep", n.GetToken(), fmt.Sprint(maxDepth))
	}
	switch v := n.(type) {
	case nil:
		return &node{}
	case *ast.MappingNode:
		return b.mapping(v.Values, n, depth)
	case *ast.MappingValueNode:
		return b.mapping([]*ast.MappingValueNode{v}, n, depth)
	case *ast.SequenceNode:
		out := &node{pos: place(n.GetToken()), kind: nodeList}
		for _, item := range v.Values {
			out.values = append(out.values, b.build(item, depth+1))
		}
		if len(out.values) > 0 && out.values[0].Line > 0 {
			out.pos = out.values[0].pos
		}
		return out
	case *ast.NullNode:
		return &node{pos: place(v.Token)}
	case *ast.LiteralNode:
		return &node{pos: place(v.Start), kind: nodeScalar, text: v.Value.Value, quoted: true}
	case *ast.StringNode:
		quoted := v.Token.Type == token.DoubleQuoteType || v.Token.Type == token.SingleQuoteType
		return &node{pos: place(v.Token), kind: nodeScalar, text: v.Value, quoted: quoted}
	case *ast.AnchorNode, *ast.AliasNode, *ast.MergeKeyNode:
		return b.refuse("yaml.alias", n.GetToken())
	case *ast.TagNode, *ast.DirectiveNode, *ast.MappingKeyNode:
		return b.refuse("yaml.not_used_here", n.GetToken(), errs.Shown(n.GetToken().Value))
	case ast.ScalarNode:
		return &node{pos: place(n.GetToken()), kind: nodeScalar, text: n.GetToken().Value}
	default:
		return b.refuse("yaml.not_used_here", n.GetToken(), errs.Shown(n.GetToken().Value))
	}
}

func (b *treeBuilder) mapping(values []*ast.MappingValueNode, n ast.Node, depth int) *node {
	out := &node{pos: place(n.GetToken()), kind: nodeMap}
	seen := make(map[string]bool, len(values))
	for i, kv := range values {
		key := b.build(kv.Key, depth+1)
		if i == 0 {
			out.pos = key.pos
		}
		if key.kind != nodeScalar && !b.failed {
			return b.refuse("yaml.not_used_here", kv.Key.GetToken(), errs.Shown(kv.Key.GetToken().Value))
		}
		if seen[key.text] {
			b.c.add("yaml.duplicate_key", b.file, key.pos, "", key.text)
			continue
		}
		seen[key.text] = true
		value := b.build(kv.Value, depth+1)
		if value.Line == 0 {
			value.pos = key.pos
		}
		out.keys = append(out.keys, key)
		out.values = append(out.values, value)
	}
	return out
}
