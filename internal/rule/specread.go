package rule

import "reflect"

// readNode accepts P12M, all, year, last_year or {length: …, from: …, to: …}.
func (w *windowSpec) readNode(d *decoder, n *node, path string) {
	if n.kind == nodeScalar {
		w.pos = n.pos
		w.Length = word{pos: n.pos, S: n.text}
		return
	}
	d.keys(n, w, path)
}

// readNode accepts [bound, points] beside the keys.
func (b *bandSpec) readNode(d *decoder, n *node, path string) {
	if n.kind == nodeList {
		b.pos = n.pos
		if len(n.values) != 2 || n.values[0].kind != nodeScalar || n.values[1].kind != nodeScalar {
			d.c.add("band.pair", d.file, n.pos, "")
			return
		}
		b.AtLeast.readNode(d, n.values[0], path)
		b.Points.readNode(d, n.values[1], path)
		return
	}
	d.keys(n, b, path)
}

// readNode accepts 3, [1, 2], yes, or {at_least: …}.
func (cs *condSpec) readNode(d *decoder, n *node, path string) {
	cs.pos = n.pos
	if n.kind == nodeMap {
		cs.Bound = &boundSpec{}
		d.value(n, reflect.ValueOf(cs.Bound), path)
		return
	}
	cs.Values.readNode(d, n, path)
}

// yes reads a written true; anything else, and nothing, is false.
func (w word) yes() bool { return w.S == "true" }
