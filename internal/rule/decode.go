package rule

import (
	"reflect"
	"strings"
)

// decoder fills the spec types from a tree, reporting every key it does not know and every value of the wrong shape.
type decoder struct {
	file string
	c    *collector
}

// nodeReader is a type that reads itself from a node.
type nodeReader interface {
	readNode(d *decoder, n *node, path string)
}

var (
	readerType = reflect.TypeFor[nodeReader]()
	posType    = reflect.TypeFor[pos]()
)

// value decodes a node into a pointer. path names the place for messages: "measures.sales_12m".
func (d *decoder) value(n *node, target reflect.Value, path string) {
	if target.Type().Implements(readerType) {
		reader, ok := target.Interface().(nodeReader)
		if ok {
			reader.readNode(d, n, path)
		}
		return
	}
	elem := target.Elem()
	switch elem.Kind() {
	case reflect.Pointer:
		if n.kind == nodeNull {
			return
		}
		fresh := reflect.New(elem.Type().Elem())
		d.value(n, fresh, path)
		elem.Set(fresh)
	case reflect.Slice:
		d.slice(n, elem, path)
	case reflect.Struct:
		d.object(n, elem, path)
	default:
		panic("rule: spec type without a decoder: " + elem.Type().String())
	}
}

func (d *decoder) slice(n *node, elem reflect.Value, path string) {
	if n.kind == nodeNull {
		return
	}
	if n.kind != nodeList {
		d.c.add("yaml.want_list", d.file, n.pos, "", path)
		return
	}
	for _, item := range d.bounded(n.values, n, path) {
		fresh := reflect.New(elem.Type().Elem())
		d.value(item, fresh, path)
		elem.Set(reflect.Append(elem, fresh.Elem()))
	}
}

// Limits of a list. A readable regulation needs a tenth of them; a hostile one must not make everybody wait. Exchange
// rates may come daily.
const (
	maxEntries      = 500
	maxCaseEntries  = 2_000
	maxRatesEntries = 5_000
)

// bounded gives the entries of a list up to its limit and reports those beyond.
func (d *decoder) bounded(items []*node, n *node, path string) []*node {
	limit := maxEntries
	switch {
	case d.file == FileCases:
		limit = maxCaseEntries
	case path == "rates":
		limit = maxRatesEntries
	}
	if len(items) <= limit {
		return items
	}
	at := items[limit].pos
	if at.Line == 0 {
		at = n.pos
	}
	d.c.add("yaml.too_many", d.file, at, "", path, itoa(limit))
	return items[:limit]
}

// field is one key of an object as the spec type declares it.
type field struct {
	name     string
	index    int
	required bool
}

func fieldsOf(t reflect.Type) []field {
	var out []field
	for i := range t.NumField() {
		tag := t.Field(i).Tag.Get("yaml")
		if tag == "" {
			continue
		}
		name, rest, _ := strings.Cut(tag, ",")
		out = append(out, field{name: name, index: i, required: rest == "required"})
	}
	return out
}

// keys decodes a mapping into a pointer to a spec type that can also be written shorter, by its keys.
func (d *decoder) keys(n *node, target nodeReader, path string) {
	d.object(n, reflect.ValueOf(target).Elem(), path)
}

// oneOrMore reads one item or a list of them: a scalar goes into the word that short names, anything else is read by its keys.
func oneOrMore[T any](d *decoder, n *node, path string, short func(item *T) *word) []T {
	items := []*node{n}
	if n.kind == nodeList {
		items = d.bounded(n.values, n, path)
	}
	out := make([]T, len(items))
	for i, item := range items {
		if item.kind == nodeScalar {
			setPos(reflect.ValueOf(&out[i]).Elem(), item.pos)
			short(&out[i]).readNode(d, item, path)
			continue
		}
		d.value(item, reflect.ValueOf(&out[i]), path)
	}
	return out
}

func (d *decoder) object(n *node, elem reflect.Value, path string) {
	if p := elem.FieldByName("pos"); p.IsValid() && p.Type() == posType {
		setPos(elem, n.pos)
	}
	if n.kind != nodeMap {
		d.c.add("yaml.want_keys", d.file, n.pos, "", path)
		return
	}
	fields := fieldsOf(elem.Type())
	found := make(map[string]bool, len(n.keys))
	for i, key := range n.keys {
		f, ok := findField(fields, key.text)
		if !ok {
			d.unknownKey(key, fields, path)
			continue
		}
		found[f.name] = true
		d.value(n.values[i], elem.Field(f.index).Addr(), join(path, f.name))
	}
	for _, f := range fields {
		if f.required && !found[f.name] {
			d.c.add("yaml.missing_key", d.file, n.pos, "", f.name, path)
		}
	}
}

// positioned is implemented by every spec object that remembers its place.
type positioned interface{ setPos(p pos) }

func (p *pos) setPos(v pos) { *p = v }

func setPos(elem reflect.Value, p pos) {
	if target, ok := elem.Addr().Interface().(positioned); ok {
		target.setPos(p)
	}
}

func findField(fields []field, name string) (field, bool) {
	for _, f := range fields {
		if f.name == name {
			return f, true
		}
	}
	return field{}, false
}

func (d *decoder) unknownKey(key *node, fields []field, path string) {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	if guess := closest(key.text, names); guess != "" {
		d.c.add("yaml.unknown_key_guess", d.file, key.pos, "", key.text, path, guess)
		return
	}
	d.c.add("yaml.unknown_key", d.file, key.pos, "", key.text, path, strings.Join(names, ", "))
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// closest gives the candidate a misspelt word most likely means, or nothing.
func closest(word string, candidates []string) string {
	best, bestDistance := "", 3
	if len(word) <= 4 {
		bestDistance = 2
	}
	for _, c := range candidates {
		if dist := distance(word, c); dist < bestDistance {
			best, bestDistance = c, dist
		}
	}
	return best
}

// distance counts the edits between two words; two letters in the wrong order count as one.
func distance(a, b string) int {
	if len(a) > 64 || len(b) > 64 {
		return 99
	}
	var before, prev, cur [66]int
	for j := range len(b) + 1 {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], before[j-2]+1)
			}
		}
		before, prev = prev, cur
	}
	return prev[len(b)]
}

// word is a scalar as written, with its place.
type word struct {
	pos
	S      string
	quoted bool
}

func (w *word) readNode(d *decoder, n *node, path string) {
	w.pos = n.pos
	switch n.kind {
	case nodeScalar:
		w.S, w.quoted = strings.TrimSpace(n.text), n.quoted
	case nodeNull:
		d.c.add("yaml.want_value", d.file, n.pos, "", path)
	case nodeList, nodeMap:
		d.c.add("yaml.want_scalar", d.file, n.pos, "", path)
	}
}

// set reports whether the key was written.
func (w word) set() bool { return w.Line > 0 }

// words is one scalar or a list of scalars.
type words []word

func (ws *words) readNode(d *decoder, n *node, path string) {
	items := []*node{n}
	if n.kind == nodeList {
		items = d.bounded(n.values, n, path)
	}
	for _, item := range items {
		var w word
		w.readNode(d, item, path)
		*ws = append(*ws, w)
	}
}

// titleNode is a text: {zh: …, en: …}, or one scalar that serves both languages.
type titleNode struct {
	pos
	Text
}

type titleKeys struct {
	Zh word `yaml:"zh,required"`
	En word `yaml:"en,required"`
}

func (t *titleNode) readNode(d *decoder, n *node, path string) {
	t.pos = n.pos
	if n.kind == nodeScalar {
		t.Zh, t.En = n.text, n.text
		return
	}
	var keys titleKeys
	d.value(n, reflect.ValueOf(&keys), path)
	t.Zh, t.En = keys.Zh.S, keys.En.S
}

// entries is a map that keeps the order of the file.
type entries[T any] struct {
	pos
	List []entry[T]
}

type entry[T any] struct {
	Name  word
	Value T
}

func (e *entries[T]) readNode(d *decoder, n *node, path string) {
	e.pos = n.pos
	if n.kind == nodeNull {
		return
	}
	if n.kind != nodeMap {
		d.c.add("yaml.want_keys", d.file, n.pos, "", path)
		return
	}
	for i, key := range d.bounded(n.keys, n, path) {
		item := entry[T]{Name: word{pos: key.pos, S: key.text}}
		d.value(n.values[i], reflect.ValueOf(&item.Value), join(path, key.text))
		e.List = append(e.List, item)
	}
}

// get finds an entry by name, nil if there is none.
func (e *entries[T]) get(name string) *T {
	for i := range e.List {
		if e.List[i].Name.S == name {
			return &e.List[i].Value
		}
	}
	return nil
}

// names lists the entries' names in the order of the file.
func (e *entries[T]) names() []string {
	out := make([]string, len(e.List))
	for i := range e.List {
		out[i] = e.List[i].Name.S
	}
	return out
}
